"""One typed line, read as an incident: `退款 天猫 2608123456789012345 买家说没收到 @小李 !! +2h`.

Words stand in any order, apart by spaces of any kind; full-width forms count as their plain ones, and case does not
matter. Only whole words are read, from left to right, the first of each kind:

- a category by its id, its singular, its name in either language, or its words;
- a shop by its id, its name, its platform where no other shop is on it, or a start of its name no other shop has;
- `#` and any text, 10 or more digits, hyphens allowed, or `订单:` with either: an order, as many as there are;
- `SF`, `YT`, `JD` and other carriers' letters with their digits, or `快递:` `tracking:`: a tracking number, likewise;
- `买家:` `buyer:` and an id or name, `旺旺:` `wx:` and the like, or a mobile number: the buyer, likewise (`lineforms`);
- `@` and a name: a person of the schedule by id or name, a name seen before, or any other as typed;
- `!` high, `!!` or more critical;
- `+2h`, `18:00`, `明天18:00`, `fri 18:00`, `11-28 18:00`, `3天`: the limit (`timewords`);
- `平台` `platform` or `p` with such a limit, as in `平台+48h`: the platform's own.

Everything else is the title, as typed. So is a second category, shop, person, severity or limit, a word that could
be one of several shops, and what only looks like any of these: `@`, `#`, `25:00`, `急!`. A comma, colon or full stop
behind a word is not part of it; what is joined by commas is taken apart behind a name or number.

A word for both a shop and a category (`jd`: 京东, 接待) is the shop, unless another word names a shop and none a
category: "jd 退款" is at 京东, "jd 天猫" is 接待 at 天猫. The words of a shop's name that are a category's ("JD shop",
`shop`) belong to the name only if other words name the category. What was assumed or could have been meant otherwise
is in `Parsed.notes`: nothing is guessed silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from csconsole.core.calendar import Calendar
from csconsole.core.errors import UserError
from csconsole.core.incident import Draft, Severity
from csconsole.core.lexicon import Lexicon
from csconsole.core.limits import limited
from csconsole.core.linereader import read
from csconsole.core.linetokens import Choice, Note, NoteKind, Token, TokenKind
from csconsole.core.text import LIMIT, clean

__all__ = [
    "Choice",
    "EmptyLine",
    "LineTooLong",
    "Note",
    "NoteKind",
    "Parsed",
    "Token",
    "TokenKind",
    "parse",
]


class EmptyLine(UserError):
    """Nothing was typed that anybody could see."""

    def __init__(self) -> None:
        super().__init__("the line is empty: say what went wrong")


class LineTooLong(UserError):
    """More than `LIMIT` characters. Refused rather than cut, for nothing typed is lost."""

    def __init__(self) -> None:
        super().__init__(f"the line is longer than {LIMIT} characters: shorten it")


class Parsed(Struct, frozen=True):
    """A line as read. The tokens stand in the order typed and hold every character of `line`, the cleaned text, that
    is not a space."""

    line: str
    tokens: tuple[Token, ...]
    draft: Draft
    notes: tuple[Note, ...]

    @property
    def category_assumed(self) -> bool:
        return any(note.what is NoteKind.ASSUMED for note in self.notes)


def parse(
    line: str,
    lexicon: Lexicon,
    now: datetime,
    *,
    default_category: str | None = None,
    calendar: Calendar | None = None,
    given: int = 0,
) -> Parsed:
    """Read a line at the instant `now`, by the words of `lexicon`. `calendar` knows the working days (None: every day
    is one), for limits that count working hours.

    A line that names no category is of `default_category`, else of the schedule's first, and its notes say so. One
    without a title goes by the name of its category in the lexicon's language, or by all it says if it names none. Its
    limit is the typed one, else the category's: to answer the buyer, and to settle; the platform's counts beside it,
    unless that one is typed.

    Of the line's first `given` characters, which were not typed, a category or shop gives way to one that was.

    Raises `EmptyLine` where nothing is left of the line once cleaned, and `LineTooLong`.
    """
    line = clean(line, limit=None)
    if not line.strip():
        raise EmptyLine
    if len(line) > LIMIT:
        raise LineTooLong
    schedule = lexicon.schedule
    reading = read(line, lexicon, now, given)
    tokens, notes = reading.tokens, reading.notes

    def said(kind: TokenKind) -> str | None:
        token = reading.first(kind)
        return str(token.value) if token else None

    def all_said(kind: TokenKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(token.value) for token in tokens if token.kind is kind))

    def limit(kind: TokenKind) -> datetime | None:
        token = reading.first(kind)
        return token.value if token and isinstance(token.value, datetime) else None

    named = said(TokenKind.CATEGORY)
    category = named or default_category or next(iter(schedule.categories), "")
    if not named:
        notes = (Note(NoteKind.ASSUMED, "", (Choice(TokenKind.CATEGORY, category),)), *notes)
    meant = schedule.categories.get(category)
    said_so = Draft(
        title=_title(line, tokens) or (meant.name.to(lexicon.language) if named and meant else line.strip()),
        category=category,
        line=line,
        shop=said(TokenKind.SHOP),
        orders=all_said(TokenKind.ORDER),
        assignee=said(TokenKind.PERSON),
        severity=Severity(said(TokenKind.SEVERITY) or Severity.NORMAL),
        due_at=limit(TokenKind.LIMIT),
        platform_by=limit(TokenKind.PLATFORM),
        buyer=" ".join(all_said(TokenKind.BUYER)) or None,
        tracking=all_said(TokenKind.TRACKING),
    )
    return Parsed(line, tokens, limited(said_so, now, schedule, calendar), notes)


def _title(line: str, tokens: Sequence[Token]) -> str:
    """The words of which nothing else was read, each part with the space typed before it."""
    parts: list[str] = []
    end = 0
    for token in tokens:
        if token.kind is TokenKind.TITLE:
            parts += [(line[end : token.start] or " ") if parts else "", token.text]
        end = token.end
    return "".join(parts)
