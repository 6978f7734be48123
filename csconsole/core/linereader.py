"""Reading the words of a one-line log: what each of them is, and what could have been meant otherwise.

The rules are told in `quickline`, which makes an incident of what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.incident import Severity
from csconsole.core.lexicon import Lexicon, fold
from csconsole.core.schedule import Schedule
from csconsole.core.text import halfwidth


class TokenKind(StrEnum):
    CATEGORY = "category"
    SHOP = "shop"
    ORDER = "order"
    PERSON = "person"
    SEVERITY = "severity"
    LIMIT = "limit"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the line, from `start` to `end`, as typed, and what it was read as.

    `value` is the id of a category or shop, an order without its `#`, a person's name, a `Severity`, the limit as an
    aware UTC instant, or the title's words.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    value: str | datetime


class NoteKind(StrEnum):
    """What a person should know of how the line was read."""

    ASSUMED = "assumed"  # no category was named: the choice was taken
    EXTRA = "extra"  # a second one of its kind: it stayed in the title
    AMBIGUOUS = "ambiguous"  # the first choice was taken, another was possible
    UNDECIDED = "undecided"  # could be any of the choices: none was taken, it stayed in the title
    GLUED = "glued"  # within a word of the title: standing apart, it would be the choice
    LATER_DAY = "later_day"  # the limit lies beyond this business day
    UNKNOWN = "unknown"  # no person of the schedule, and no name seen before


class Choice(NamedTuple):
    kind: TokenKind
    value: str | datetime


@dataclass(frozen=True, slots=True)
class Note:
    """`text` is the part of the line it is about; empty for what was not typed."""

    what: NoteKind
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens in the order typed, which hold every character that is not a space, and each note once."""

    tokens: tuple[Token, ...]
    notes: tuple[Note, ...]

    def first(self, kind: TokenKind) -> Token | None:
        return next((token for token in self.tokens if token.kind is kind), None)


def read(line: str, lexicon: Lexicon, now: datetime) -> Reading:
    """Read a cleaned line at the instant `now`."""
    reading = _Reader(line, lexicon, now).reading
    shop = reading.first(TokenKind.SHOP)
    if shop is None or reading.first(TokenKind.CATEGORY):
        return reading
    # The shop may have taken the category's word: "jd shop fined" says both, and so does "jd tmall slow".
    name = fold(shop.text).rstrip(_TAIL)
    if " " in name:
        other = _Reader(line, lexicon, now, shop_words=1).reading
    elif name in lexicon.categories:
        other = _Reader(line, lexicon, now, category_first=True).reading
    else:
        return reading
    category = other.first(TokenKind.CATEGORY)
    if category is None or other.first(TokenKind.SHOP) is None:
        return reading
    doubt = Note(NoteKind.AMBIGUOUS, shop.text, (Choice(category.kind, category.value), Choice(shop.kind, shop.value)))
    return Reading(other.tokens, (*other.notes, doubt))


_TAIL = ",;:、。"  # what may stand behind a word without being part of it
_WORD = re.compile(r"\S+")
_PERSON = re.compile(r"@[^,;、。]+[,;、。]*")
_NEXT_ORDER = re.compile(r"(?<=[,;、])(?=#|[0-9][0-9-]{9})")
_DIGITS = re.compile(r"[0-9]+(?:-+[0-9]+)*")
_ENOUGH_DIGITS = 10
_SIGNS = "@!#+0123456789"
_GLUED_DIGITS = re.compile(rf"[0-9]{{{_ENOUGH_DIGITS},}}")
_NUMBER = r"([0-9]{1,4}(?:\.[0-9]{1,2})?)"
_SPAN = re.compile(rf"\+(?:{_NUMBER}(?:d|天))?(?:{_NUMBER}(?:h|小时))?(?:{_NUMBER}(?:m|min|分钟|分))?")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])|24:00")


def _words(half: str) -> Iterator[tuple[int, int]]:
    """From where to where the words of a line go: between spaces, behind the comma that ends a person's name, and
    between orders joined by commas."""
    for word in _WORD.finditer(half):
        start, end = word.span()
        while half[start] == "@" and (person := _PERSON.match(half, start, end)) and person.end() < end:
            yield start, person.end()
            start = person.end()
        if half[start] in "#0123456789":
            for gap in _NEXT_ORDER.finditer(half, start + 1, end):
                yield start, gap.start()
                start = gap.start()
        yield start, end


def _limit(word: str, now: datetime, schedule: Schedule) -> datetime | None:
    """The limit a word sets, in UTC: a span from now, or the next time the schedule's clock shows that time.

    A time that has passed today is tomorrow's, for a limit is typed to be kept, and one already over cannot be; 01:00
    typed at 22:00 is tonight's. One beyond this business day is told in a note.
    """
    try:
        if span := _SPAN.fullmatch(word):
            days, hours, minutes = (float(number or 0) for number in span.groups())
            length = timedelta(days=days, hours=hours, minutes=minutes)
            return now.astimezone(UTC) + length if length else None
        if clock := _CLOCK.fullmatch(word):
            hour, minute = (int(number or 0) for number in clock.groups())
            today = now.astimezone(schedule.zone).date()
            for ahead in range(
                3
            ):  # more than one day, for a time that a day leaves out; twice a day, for one it repeats
                for second in (0, 1):
                    at = time(hour, minute, tzinfo=schedule.zone, fold=second)
                    instant = datetime.combine(today + ahead * ONE_DAY, at).astimezone(UTC)
                    if instant > now:
                        return instant
    except OverflowError:  # beyond the year 9999
        pass
    return None


class _Option(NamedTuple):
    """What a word, or several from there on, may be. `exact`: more than the start of a name."""

    kind: TokenKind
    value: str | datetime
    words: int = 1
    exact: bool = True


def _choices(options: Iterable[_Option]) -> tuple[Choice, ...]:
    return tuple(Choice(option.kind, option.value) for option in options)


class _Reader:
    """Reads the words of a line from left to right.

    A shop's name may have up to `shop_words` words. A word for both a shop and a category is the shop, unless one was
    named before; with `category_first`, the category, and no shop goes by a mere start of its name.
    """

    def __init__(
        self, line: str, lexicon: Lexicon, now: datetime, *, shop_words: int = 99, category_first: bool = False
    ) -> None:
        self._line, self._half = line, halfwidth(line)
        self._lexicon, self._now = lexicon, now
        self._shop_words, self._category_first = shop_words, category_first
        self._named: dict[TokenKind, _Option] = {}
        self._spans: list[tuple[int, int, TokenKind, str | datetime]] = []
        self._notes: list[Note] = []
        self._doubts: dict[tuple[str, tuple[_Option, ...], _Option | None], None] = {}
        self._words = list(_words(self._half))
        self._folded = [self._half[start:end].casefold() for start, end in self._words]
        at = 0
        while at < len(self._words):
            at += self._take(at)
        notes: dict[tuple[NoteKind, str, tuple[Choice, ...]], Note] = {}
        for note in (*self._notes, *self._doubtful(), *self._glued()):
            notes.setdefault((note.what, fold(note.text), note.choices), note)
        self.reading = Reading(tuple(self._tokens()), tuple(notes.values()))

    def _tokens(self) -> Iterator[Token]:
        for start, end, kind, value in self._spans:
            text = self._line[start:end]
            yield Token(kind, text, start, end, text if kind is TokenKind.TITLE else value)

    def _take(self, at: int) -> int:
        """Read what begins with the word at this place; of how many words it was."""
        options = self._options(at)
        sure = [option for option in options if sum(other.kind is option.kind for other in options) == 1]
        taken = next((o for o in sure if o.kind is TokenKind.ORDER or o.kind not in self._named), None)
        words = taken.words if taken else 1
        start, end = self._words[at][0], self._words[at + words - 1][1]
        text = self._line[start:end]
        if len(options) > 1:
            self._doubts[text, tuple(options), taken] = None
        if taken:
            self._named.setdefault(taken.kind, taken)
            self._spans.append((start, end, taken.kind, taken.value))
            self._notes.extend(self._remarks(text, taken))
            return words
        if sure and sure[0].exact and all(self._named[option.kind].value != option.value for option in sure):
            self._notes.append(Note(NoteKind.EXTRA, text, _choices(sure)))
        if self._spans and self._spans[-1][2] is TokenKind.TITLE:
            start = self._spans.pop()[0]
        self._spans.append((start, end, TokenKind.TITLE, ""))
        return words

    # -- what words may be ------------------------------------------------------------------------------------

    def _options(self, at: int) -> list[_Option]:
        """What the words from this place may be, the likelier first; of several lengths, the longest."""
        word = self._folded[at].rstrip(_TAIL)
        if not word:
            return []
        if options := self._by_sign(at, word):
            return options
        for words in self._lengths(at, word):
            if options := self._by_name(self._phrase(at, words), words):
                return options
        return []

    def _by_sign(self, at: int, word: str) -> list[_Option]:
        """What the word's form alone says it is."""
        start, end = self._words[at]
        typed = self._half[start:end].rstrip(_TAIL)
        if word[0] not in _SIGNS:
            return []
        if word[0] == "@" and len(word) > 1:
            for words in self._lengths(at, word[1:]):
                if known := self._lexicon.people.get(self._phrase(at, words)[1:]):
                    return [_Option(TokenKind.PERSON, name, words) for name in known]
            return [_Option(TokenKind.PERSON, typed[1:])]
        if not word.strip("!"):
            return [_Option(TokenKind.SEVERITY, Severity.HIGH if word == "!" else Severity.CRITICAL)]
        if word[0] == "#" and word.strip("#"):
            return [_Option(TokenKind.ORDER, typed[1:])]
        if len(word) - word.count("-") >= _ENOUGH_DIGITS and _DIGITS.fullmatch(word):
            return [_Option(TokenKind.ORDER, word)]
        limit = _limit(word, self._now, self._lexicon.schedule)
        return [_Option(TokenKind.LIMIT, limit)] if limit else []

    def _by_name(self, phrase: str, words: int) -> list[_Option]:
        may_be_shop = words <= self._shop_words
        shops = self._lexicon.shops.get(phrase, ()) if may_be_shop else ()
        starts = self._lexicon.start(phrase) if may_be_shop and not shops else ()
        as_shop = [_Option(TokenKind.SHOP, shop, words) for shop in shops]
        as_start = [_Option(TokenKind.SHOP, shop, words, exact=False) for shop in starts]
        as_category = [_Option(TokenKind.CATEGORY, it, words) for it in self._lexicon.categories.get(phrase, ())]
        if self._category_first:
            return as_category + as_shop
        return as_shop + as_category + as_start

    def _lengths(self, at: int, word: str) -> range:
        return range(min(self._lexicon.longest_from(word), len(self._words) - at), 0, -1)

    def _phrase(self, at: int, words: int) -> str:
        return " ".join(self._folded[at : at + words]).rstrip(_TAIL)

    # -- what a person should know ----------------------------------------------------------------------------

    def _remarks(self, text: str, taken: _Option) -> Iterator[Note]:
        if isinstance(taken.value, datetime):
            schedule = self._lexicon.schedule
            by_clock = ":" in halfwidth(text).rstrip(_TAIL)
            if by_clock and taken.value >= day_start(schedule, business_date(schedule, self._now) + ONE_DAY):
                yield Note(NoteKind.LATER_DAY, text, _choices([taken]))
        elif taken.kind is TokenKind.PERSON and self._lexicon.people and fold(taken.value) not in self._lexicon.people:
            yield Note(NoteKind.UNKNOWN, text, _choices([taken]))

    def _doubtful(self) -> Iterator[Note]:
        """Words that could have been something else which the line does not name otherwise."""
        for text, options, taken in self._doubts:
            others = [option for option in options if option != taken]
            if taken and (taken != options[0] or any(other.kind not in self._named for other in others)):
                yield Note(NoteKind.AMBIGUOUS, text, _choices([taken, *others]))
            elif not taken and options[0].kind not in self._named:
                yield Note(NoteKind.UNDECIDED, text, _choices(options))

    def _glued(self) -> Iterator[Note]:
        """What words of the title hold and the line does not name: 退款天猫, 买家要退款, 单号2608123456789012345."""
        title = " ".join(self._half[start:end] for start, end, kind, _ in self._spans if kind is TokenKind.TITLE)
        lower = title.casefold()
        for kind, names in ((TokenKind.CATEGORY, self._lexicon.categories), (TokenKind.SHOP, self._lexicon.shops)):
            if kind not in self._named:
                # Latin words stand apart by nature: "ts" in "parts" is nothing.
                held = [name for name in names if len(name) > 1 and not name.isascii() and name in lower]
                sure = [name for name in held if len(names[name]) == 1]
                if sure:
                    name = min(sure, key=lambda name: (lower.index(name), -len(name)))
                    yield Note(NoteKind.GLUED, name, (Choice(kind, names[name][0]),))
        for digits in _GLUED_DIGITS.findall(title):
            yield Note(NoteKind.GLUED, digits, (Choice(TokenKind.ORDER, digits),))
