"""The schedule through time. History stands still (DESIGN.md §1): a past day is computed from the edition in force
when it ended, today and what is ahead from the current one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from csconsole.core.businessday import ONE_DAY
from csconsole.core.calendar import Calendar
from csconsole.core.occurrence import Occurrence, Source, key_of, schedule_source
from csconsole.core.schedule import Duty, Schedule


@dataclass(frozen=True)
class Edition:
    """A schedule with its calendar, in force from business day `first` on, until the next edition's first."""

    first: date
    schedule: Schedule
    calendar: Calendar

    @property
    def sources(self) -> tuple[Source, ...]:
        return (schedule_source(self.schedule, self.calendar),)


class Book:
    """All editions, oldest first, and the business day on which each duty first appeared in the schedule.

    `first_seen` None: not known yet; everything due today counts as owed, and nothing is carried over.
    """

    def __init__(self, editions: Iterable[Edition], first_seen: Mapping[str, date] | None) -> None:
        self.editions = tuple(editions)
        self._first_seen = first_seen
        self._names = _names(duty for edition in self.editions for duty in edition.schedule.duties.values())

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
        return next((edition for edition in reversed(self.editions) if edition.first <= day), self.editions[0])

    def names(self, duty: str) -> frozenset[str]:
        """Every id the duty has had, this one included."""
        return self._names.get(duty, frozenset({duty}))

    def occurrences(self, first: date, last: date, *, lasting: bool = False) -> list[Occurrence]:
        """Everything due from business day `first` to `last`, owed or not, in the order of the day; with `lasting`,
        only what does not expire with its day."""
        return [
            self._named(occurrence, occurrence.duty)
            for edition, start, end in self._spans(first, last)
            for source in edition.sources
            for occurrence in source(start, end, lasting)
        ]

    def owed(self, first: date, last: date) -> list[Occurrence]:
        """What is owed of what is due from `first` to `last`."""
        return [occurrence for occurrence in self.occurrences(first, last) if self.owes(occurrence)]

    def carried(self, day: date) -> list[Occurrence]:
        """What may be carried over into `day`: it is owed, was due before, does not expire, and its duty is in the
        schedule of that day, under whose id it goes on."""
        if not self._first_seen:
            return []
        now_called = {name: duty for duty in self.edition(day).schedule.duties for name in self.names(duty)}
        return [
            self._named(occurrence, now_called[occurrence.duty])
            for occurrence in self.occurrences(min(self._first_seen.values()), day - ONE_DAY, lasting=True)
            if occurrence.duty in now_called and self.owes(occurrence)
        ]

    def owes(self, occurrence: Occurrence) -> bool:
        """Nothing is owed from before the day on which its duty first appeared in the schedule."""
        if self._first_seen is None:
            return True
        seen = [self._first_seen[name] for name in self.names(occurrence.duty) if name in self._first_seen]
        return occurrence.day >= min(seen, default=date.max)

    def _named(self, occurrence: Occurrence, duty: str) -> Occurrence:
        names = self.names(duty)
        if len(names) == 1:
            return occurrence
        aliases = tuple(key_of(name, occurrence.nominal) for name in sorted(names - {duty}))
        return replace(occurrence, duty=duty, key=key_of(duty, occurrence.nominal), aliases=aliases)

    def _spans(self, first: date, last: date) -> Iterator[tuple[Edition, date, date]]:
        for number, edition in enumerate(self.editions):
            start = first if number == 0 else max(first, edition.first)
            end = min([last, *(later.first - ONE_DAY for later in self.editions[number + 1 :])])
            if start <= end:
                yield edition, start, end


def _names(duties: Iterable[Duty]) -> dict[str, frozenset[str]]:
    """Which ids belong to one duty, by what any edition's `was` says."""
    groups: dict[str, frozenset[str]] = {}
    for duty in duties:
        together = frozenset({duty.id}).union(*(groups.get(name, frozenset({name})) for name in (duty.id, *duty.was)))
        groups.update(dict.fromkeys(together, together))
    return groups
