"""One typed line, read as an incident: `退款 天猫 2608123456789012345 买家说没收到 @小李 !! +2h`.

Words stand in any order, apart by spaces of any kind; full-width forms count as their plain ones, and case does not
matter. Only whole words are read, from left to right, the first of each kind:

- a category by its id, its singular, its name in either language, or its words;
- a shop by its id, its name, its platform where no other shop is on it, or a start of its name no other shop has;
- `#` and any text, or 10 or more digits, hyphens allowed: an order, as many as there are;
- `@` and a name: a person of the schedule by id or name, a name seen before, or any other as typed;
- `!` high, `!!` or more critical;
- `+2h`, `+30m`, `+1d`, `+1h30m` (小时 分钟 天 too) from now, or `18:00`, the next time the clock shows that: the limit.

Everything else is the title, as typed. So is a second category, shop, person, severity or limit, a word that could
be one of several shops, and `@`, `#` or `!` that mark nothing or stick to a word ("急!"). A comma, colon or full stop
behind a word is not part of it; orders may be joined by commas, and a comma ends a person's name.

A word for both a shop and a category (`jd`: 京东, 接待) is the shop, unless another word names a shop and none a
category: "jd 退款" is at 京东, "jd 天猫" is 接待 at 天猫. The words of a shop's name that are a category's ("JD shop",
`shop`) belong to the name only if other words name the category. What was assumed or could have been meant otherwise
is in `Parsed.notes`: nothing is guessed silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from csconsole.core.calendar import Calendar
from csconsole.core.errors import UserError
from csconsole.core.incident import Draft, Severity
from csconsole.core.lexicon import Lexicon, Names, fold
from csconsole.core.limits import limited
from csconsole.core.linereader import Choice, Note, NoteKind, Token, TokenKind, read
from csconsole.core.schedule import Language, Schedule
from csconsole.core.text import LIMIT, clean, halfwidth

__all__ = [
    "Choice",
    "Completion",
    "EmptyLine",
    "LineTooLong",
    "Note",
    "NoteKind",
    "Parsed",
    "Token",
    "TokenKind",
    "completions",
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


@dataclass(frozen=True, slots=True)
class Parsed:
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
    schedule: Schedule,
    now: datetime,
    *,
    people: Iterable[str] = (),
    default_category: str | None = None,
    language: Language = "en",
    calendar: Calendar | None = None,
) -> Parsed:
    """Read a line at the instant `now`. `people` are names seen before; `calendar` knows the working days (None: every
    day is one), for limits that count working hours.

    A line that names no category is of `default_category`, else of the schedule's first, and its notes say so. One
    without a title goes by the name of its category in `language`, or by all it says if it names none. Its limit is
    the typed one, which counts alone, else the category's: to answer the buyer, to settle, and the platform's.

    Raises `EmptyLine` where nothing is left of the line once cleaned, and `LineTooLong`.
    """
    line = clean(line, limit=None)
    if not line.strip():
        raise EmptyLine
    if len(line) > LIMIT:
        raise LineTooLong
    reading = read(line, Lexicon(schedule, people, language), now)
    tokens, notes = reading.tokens, reading.notes

    def said(kind: TokenKind) -> str | None:
        token = reading.first(kind)
        return str(token.value) if token else None

    named = said(TokenKind.CATEGORY)
    category = named or default_category or next(iter(schedule.categories), "")
    if not named:
        notes = (Note(NoteKind.ASSUMED, "", (Choice(TokenKind.CATEGORY, category),)), *notes)
    meant = schedule.categories.get(category)
    typed_limit = reading.first(TokenKind.LIMIT)
    due_at = typed_limit.value if typed_limit else None
    said_so = Draft(
        title=_title(line, tokens) or (meant.name.to(language) if named and meant else line.strip()),
        category=category,
        line=line,
        shop=said(TokenKind.SHOP),
        orders=tuple(dict.fromkeys(str(token.value) for token in tokens if token.kind is TokenKind.ORDER)),
        assignee=said(TokenKind.PERSON),
        severity=Severity(said(TokenKind.SEVERITY) or Severity.NORMAL),
        due_at=due_at if isinstance(due_at, datetime) else None,
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


# -- completion ------------------------------------------------------------------------------------------------

_WORD = re.compile(r"\S+")
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # which limits a line sets does not matter to what may complete it


@dataclass(frozen=True, slots=True)
class Completion:
    """What the word from `start` to `end` of the cleaned line may become: `text`, which is then read as `value`."""

    kind: TokenKind
    value: str
    text: str
    start: int
    end: int


def completions(
    line: str,
    cursor: int,
    schedule: Schedule,
    people: Iterable[str] = (),
    language: Language = "en",
) -> list[Completion]:
    """What the word that the cursor stands in or behind may become: after `@` a person, else a category or a shop
    with a spelling that begins with what stands before the cursor. Never what the rest of the line names already.

    Texts are in `language`, but Chinese where Chinese was typed. `cursor` counts characters of the cleaned line.
    """
    line = clean(line, limit=None)
    word = next((word for word in _WORD.finditer(line) if word.start() < cursor <= word.end()), None)
    if word is None or len(line) > LIMIT:
        return []
    typed = halfwidth(line[word.start() : cursor])
    lexicon = Lexicon(schedule, people, language if typed.isascii() else "zh")
    rest = read(f"{line[: word.start()]} {line[word.end() :]}", lexicon, _ANY_TIME)
    return [
        Completion(kind, value, text, *word.span())
        for kind, value, text in _candidates(typed, lexicon)
        if not rest.first(kind) and fold(text) != fold(word.group())
    ]


def _candidates(typed: str, lexicon: Lexicon) -> Iterator[tuple[TokenKind, str, str]]:
    begun = fold(typed)
    if begun.startswith("@"):
        for name in _begun(lexicon.people, begun[1:]):
            yield TokenKind.PERSON, name, f"@{name}"
        return
    for category in _begun(lexicon.categories, begun):
        yield TokenKind.CATEGORY, category, lexicon.write_category(category)
    for shop in _begun(lexicon.shops, begun):
        yield TokenKind.SHOP, shop, lexicon.write_shop(shop)


def _begun(names: Names, begun: str) -> list[str]:
    """What the spellings that begin so stand for."""
    return list(dict.fromkeys(it for spelling, ids in names.items() if spelling.startswith(begun) for it in ids))
