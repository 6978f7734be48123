"""The schedule through time. History stands still (DESIGN.md §1): a past day is computed from the edition in force
when it ended, today and what is ahead from the current one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from csconsole.core.businessday import ONE_DAY
from csconsole.core.calendar import Calendar
from csconsole.core.occurrence import FARTHEST_MOVE, Occurrence, Source, key_of, schedule_source
from csconsole.core.schedule import Kind, Schedule

_LONGEST_NOTICE = timedelta(days=120)
"""Sixty working days, which is the longest a schedule can say, with the weekends and days off between."""


class Edition(Struct, frozen=True):
    """A schedule with its calendar, in force from business day `first` on, until the next edition's first."""

    first: date
    schedule: Schedule
    calendar: Calendar

    @property
    def sources(self) -> tuple[Source, ...]:
        return (schedule_source(self.schedule, self.calendar),)

    def due(
        self, first: date, last: date, *, daily: bool = True, over: Container[str] | None = None
    ) -> list[Occurrence]:
        """What this edition alone has due from `first` to `last`, in the order of the day; without `daily`, only
        what does not come every day; with `over`, only what lasts, but for what has one of these keys."""
        return [occurrence for source in self.sources for occurrence in source(first, last, daily, over)]


class Book:
    """All editions, oldest first, and the business day on which each duty first appeared in the schedule.

    `first_seen` None: not known yet; everything due today counts as owed, and nothing is carried over.
    """

    def __init__(self, editions: Iterable[Edition], first_seen: Mapping[str, date] | None) -> None:
        self.editions = tuple(editions)
        self._first_seen = first_seen
        self._names = _names(self.editions)
        self._spans = tuple(_spans(self.editions))
        # A book never changes, and what it says of one occurrence or day is asked for again and again.
        self.find = lru_cache(maxsize=256)(self._find)
        self.known = lru_cache(maxsize=16)(self._known)
        self._moved = cache(self._find_moved)
        self.ahead = cache(self._find_ahead)
        self.announced = cache(self._find_announced)

    @property
    def schedule(self) -> Schedule:
        """The schedule in force now."""
        return self.editions[-1].schedule

    @property
    def calendar(self) -> Calendar:
        """The calendar in force now."""
        return self.editions[-1].calendar

    def edition(self, day: date) -> Edition:
        """The edition in force when business day `day` ended, or is to end."""
        return self.editions[self._number(day)]

    def reigns(self, first: date, last: date) -> Iterator[tuple[Edition, date, date]]:
        """The editions in force from `first` to `last`, each with the first and the last day of these it stands for."""
        for edition, start, end in self._spans:
            if start <= last and end >= first:
                yield edition, max(first, start), min(last, end)

    def names(self, duty: str) -> frozenset[str]:
        """Every id the duty has had, this one included."""
        return self._names.get(duty, frozenset({duty}))

    def occurrences(self, first: date, last: date) -> list[Occurrence]:
        """Everything due from business day `first` to `last`, owed or not, in the order of the day."""
        return [
            self._named(occurrence, occurrence.duty)
            for edition, start, end in self.reigns(first, last)
            for occurrence in edition.due(start, end)
        ]

    def owed(self, first: date, last: date) -> list[Occurrence]:
        """What is owed of what is due from `first` to `last`."""
        return [occurrence for occurrence in self.occurrences(first, last) if self.owes(occurrence)]

    def _known(self, first: date, last: date, *, daily: bool = True) -> tuple[Occurrence, ...]:
        """Everything due from `first` to `last` as far as is known now: of an occurrence that an edit moved across
        the day it was made on, the newer edition's word. Without `daily`, only what does not come every day."""
        due = [
            edition.due(max(first, start), min(last, end), daily=daily) if start <= last and end >= first else []
            for edition, start, end in self._spans
        ]
        return tuple(
            self._named(occurrence, occurrence.duty)
            for occurrence in self._by_newest(due)
            if first <= occurrence.day <= last
        )

    def _find(self, duty: str, nominal: date) -> Occurrence | None:
        """The occurrence of a duty, by any id it has had, for a nominal date, owed or not. One from before its duty
        first appeared goes by the schedule in force now: no edition of that day has it."""
        key, around = key_of(duty, nominal), _around(nominal)
        newest = self.editions[-1]
        spans = (((nominal, nominal), True), (around, False))
        known = (each for span, daily in spans for each in self.known(*span, daily=daily))
        before = (
            self._named(occurrence, occurrence.duty)
            for span, daily in spans
            for occurrence in newest.due(*span, daily=daily)
            if not self.owes(occurrence)
        )
        found = (occurrence for occurrence in chain(known, before) if key in (occurrence.key, *occurrence.aliases))
        return next(found, None)

    @property
    def lasting(self) -> frozenset[str]:
        """The ids of the duties that may be carried over, every one they have had."""
        duties = chain.from_iterable(edition.schedule.duties.values() for edition in self.editions)
        return frozenset(name for duty in duties if duty.lasts for name in self.names(duty.id) | {duty.id})

    def carried(self, day: date, over: AbstractSet[str] = frozenset()) -> list[Occurrence]:
        """What may be carried over into `day`, but for what has one of the keys `over`: it is owed, was due before,
        does not expire, and its duty is in the schedule of that day, under whose id it goes on."""
        if not self._first_seen:
            return []
        number = self._number(day)
        live = self.editions[number].schedule.duties
        now_called = {name: duty for duty in live for name in self.names(duty)}
        due = [self._lasting_before(day, each, over) for each in range(number + 1)]
        found = (
            self._named(occurrence, now_called[occurrence.duty])
            for occurrence in self._by_newest(due)
            if occurrence.expires_at is None and occurrence.duty in now_called and self.owes(occurrence)
        )
        return [occurrence for occurrence in found if over.isdisjoint((occurrence.key, *occurrence.aliases))]

    def _find_ahead(self, day: date) -> tuple[Occurrence, ...]:
        """What is owed on the day after `day`, and of the months that follow what does not come every day."""
        tomorrow = day + ONE_DAY
        daily = (each for each in self.known(tomorrow, tomorrow) if each.kind is Kind.DAILY)
        rest = self.known(tomorrow, day + _LONGEST_NOTICE, daily=False)
        return tuple(each for each in (*daily, *rest) if self.owes(each))

    def _find_announced(self, day: date) -> tuple[Occurrence, ...]:
        """What is owed after `day` and announced by then."""
        return tuple(each for each in self.ahead(day) if each.notice and each.notice <= day)

    def owes(self, occurrence: Occurrence) -> bool:
        """Nothing is owed from before the day on which its duty first appeared in the schedule."""
        if self._first_seen is None:
            return True
        seen = [self._first_seen[name] for name in self.names(occurrence.duty) if name in self._first_seen]
        return occurrence.day >= min(seen, default=date.max)

    def _number(self, day: date) -> int:
        return next(number for number, (_edition, _start, end) in enumerate(self._spans) if day <= end)

    def _named(self, occurrence: Occurrence, duty: str) -> Occurrence:
        names = self.names(duty)
        if len(names) == 1:
            return occurrence
        aliases = tuple(key_of(name, occurrence.nominal) for name in sorted(names - {duty}))
        return replace(occurrence, duty=duty, key=key_of(duty, occurrence.nominal), aliases=aliases)

    def _by_newest(self, due: Iterable[Iterable[Occurrence]]) -> list[Occurrence]:
        """What the editions, oldest first, have due while they are in force, together, in the order of the days.
        What an edit moved across the day it was made on is neither there twice nor lost."""
        found: dict[str, Occurrence] = {}
        for number, occurrences in enumerate(due):
            if number:
                ahead, back = self._moved(number)
                for same in ahead:
                    found.pop(same, None)
                found |= back
            found |= {self._same(occurrence): occurrence for occurrence in occurrences}
        return sorted(found.values(), key=lambda occurrence: occurrence.planned)

    def _find_moved(self, number: int) -> tuple[frozenset[str], dict[str, Occurrence]]:
        """What the edit that made this edition moved across its day: what had been due and now lies ahead, and
        what lay ahead and now had been due, on a day whose agenda never had it."""
        first = self.editions[number].first
        before, after = (
            {self._same(occurrence): occurrence for occurrence in edition.due(*_around(first), daily=False)}
            for edition in self.editions[number - 1 : number + 1]
        )
        both = before.keys() & after.keys()
        ahead = frozenset(same for same in both if before[same].day < first <= after[same].day)
        back = {same: after[same] for same in both if after[same].day < first <= before[same].day}
        return ahead, back

    def _lasting_before(self, day: date, number: int, over: Container[str]) -> list[Occurrence]:
        edition, start, end = self._spans[number]
        last = min(end, day - ONE_DAY)
        began = min((self._first_seen or {}).values(), default=last)
        return edition.due(max(start, began), last, daily=False, over=over)

    def _same(self, occurrence: Occurrence) -> str:
        """A key that stays the same while ids change."""
        names = self.names(occurrence.duty)
        return occurrence.key if len(names) == 1 else key_of(min(names), occurrence.nominal)


def _spans(editions: tuple[Edition, ...]) -> Iterator[tuple[Edition, date, date]]:
    """Each edition with its first and its last day; the oldest stands for the days before it, too."""
    ends = (*(edition.first - ONE_DAY for edition in editions[1:]), date.max)
    for number, (edition, end) in enumerate(zip(editions, ends, strict=True)):
        yield edition, edition.first if number else date.min, end


def _around(day: date) -> tuple[date, date]:
    return day - FARTHEST_MOVE, day + FARTHEST_MOVE


def _names(editions: tuple[Edition, ...]) -> dict[str, frozenset[str]]:
    """Which ids belong to one duty, by what any edition's `was` says. An id that the schedule now gives to another
    duty belongs to that one alone."""
    groups: dict[str, frozenset[str]] = {}
    for edition in editions:
        for duty in edition.schedule.duties.values():
            ids = (duty.id, *duty.was)
            together = frozenset(ids).union(*(groups.get(name, frozenset()) for name in ids))
            groups.update(dict.fromkeys(together, together))
    live = editions[-1].schedule.duties.keys()
    return {name: group for name, group in groups.items() if len(group & live) <= 1}
