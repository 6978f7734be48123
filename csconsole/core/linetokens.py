"""What a one-line log is read as: tokens, and notes on what could have been meant otherwise."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class TokenKind(StrEnum):
    CATEGORY = "category"
    SHOP = "shop"
    ORDER = "order"
    TRACKING = "tracking"
    BUYER = "buyer"
    PERSON = "person"
    SEVERITY = "severity"
    LIMIT = "limit"
    PLATFORM = "platform"  # the platform's own limit
    TITLE = "title"


MANY = frozenset({TokenKind.ORDER, TokenKind.TRACKING, TokenKind.BUYER})
"""What a line may name several of. Of all else the first counts."""


class Token(Struct, frozen=True):
    """A part of the line, from `start` to `end`, as typed, and what it was read as.

    `value` is the id of a category or shop, an order without its `#`, a tracking number in capitals, the buyer's id or
    how to reach them, a person's id, or name where the schedule does not know them, a `Severity`, a limit as an aware
    UTC instant, or the title's words.
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
    BROKEN = "broken"  # looks like one of this kind, and is none: it stayed in the title
    TWICE = "twice"  # an order or parcel that the line names more than once
    LATER_DAY = "later_day"  # the limit lies beyond this business day
    PASSED = "passed"  # the limit is over already
    UNKNOWN = "unknown"  # no person of the schedule, and no name seen before


class Choice(NamedTuple):
    kind: TokenKind
    value: str | datetime


class Note(Struct, frozen=True):
    """`text` is the part of the line it is about; empty for what was not typed."""

    what: NoteKind
    text: str
    choices: tuple[Choice, ...]


class Reading(Struct, frozen=True):
    """The tokens in the order typed, which hold every character that is not a space, and each note once."""

    tokens: tuple[Token, ...]
    notes: tuple[Note, ...]

    def first(self, kind: TokenKind) -> Token | None:
        return next((token for token in self.tokens if token.kind is kind), None)


class Option(NamedTuple):
    """What a word, or several from there on, may be. `exact`: more than the start of a name. `dated`: not a time of
    day alone."""

    kind: TokenKind
    value: str | datetime
    words: int = 1
    exact: bool = True
    dated: bool = True
