"""What is looked for among incidents: words, parts of words, numbers, and what each must be besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from csconsole.core.incident import EventKind, Incident, IncidentStatus
from csconsole.core.lexicon import Lexicon, fold
from csconsole.core.schedule import Schedule

_NAMING = frozenset(
    (
        *(EventKind.ASSIGNED, EventKind.BUYER, EventKind.TITLE, EventKind.PROMISED, EventKind.TRACKING),
        *(EventKind.ORDER_ADDED, EventKind.ORDER_CLOSED, EventKind.ORDER_REOPENED),
    )
)
"""The events whose value is a name, a number or a title."""
_NUMBER = re.compile("#?([0-9]{1,9})")


class State(StrEnum):
    """How incidents may stand that are looked for."""

    UNRESOLVED = "unresolved"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    ALL = "all"

    @property
    def statuses(self) -> tuple[IncidentStatus, ...]:
        match self:
            case State.UNRESOLVED:
                return IncidentStatus.OPEN, IncidentStatus.WAITING
            case State.ALL:
                return tuple(IncidentStatus)
            case _:
                return (IncidentStatus(self.value),)


class Term(Struct, frozen=True):
    """A word, folded. It is in an incident's texts, or the number, or names the category, shop or person it has."""

    text: str
    number: int | None = None
    categories: tuple[str, ...] = ()
    shops: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Wanted(Struct, frozen=True):
    """All of it must apply; what is None may be anything. `assignee` "" is nobody. Instants are aware."""

    terms: tuple[Term, ...] = ()
    state: State = State.ALL
    category: str | None = None
    shop: str | None = None
    assignee: str | None = None
    opened_before: datetime | None = None


COUNTED = 1000
"""How much of what was found is counted: to count on would be to go through all that is kept."""


class Found(Struct, frozen=True):
    """What was found: some of it, and how much there is in all, or one more than is counted."""

    incidents: tuple[Incident, ...]
    total: int


def terms_of(words: str, schedule: Schedule) -> tuple[Term, ...]:
    """What each of some typed words may mean. `#41` and `41` are the incident of that number too, and a word by which
    the schedule knows a category, shop or person is what they have."""
    zh, en = Lexicon(schedule, (), "zh"), Lexicon(schedule, (), "en")
    return tuple(dict.fromkeys(_term(word, zh, en) for word in fold(words).split()))


def _term(word: str, *lexicons: Lexicon) -> Term:
    number = _NUMBER.fullmatch(word)
    names = word.lstrip("@")
    return Term(
        word,
        int(number[1]) if number else None,
        tuple(dict.fromkeys(id for each in lexicons for id in each.categories.get(word, ()))),
        tuple(dict.fromkeys(id for each in lexicons for id in (*each.shops.get(word, ()), *each.start(word)))),
        tuple(dict.fromkeys(id for each in lexicons for id in each.people.get(names, ()))),
    )


def index_words(incident: Incident) -> str:
    """Every text of an incident by which somebody may look for it, folded, each on a line of its own, but for those
    that are a part of another: the less there is, the sooner it is searched."""
    kept = ""
    for text in sorted(map(fold, filter(None, _texts(incident))), key=len, reverse=True):
        if text not in kept:
            kept += f"\n{text}" if kept else text
    return kept


def _texts(incident: Incident) -> Iterator[str]:
    yield from (incident.draft.title, incident.draft.line, incident.draft.buyer or "", incident.draft.assignee or "")
    yield from (*incident.orders, *incident.tracking)
    for event in incident.events:
        yield event.text
        if event.kind in _NAMING:
            yield event.value or ""
