"""A business day at an instant: what is owed, how each item stands, what comes next.

Everything here is computed from a `Book` (what recurs, by which calendar, since when), the records of what was
marked, and `now`. Nothing is stored: "overdue" is a function, never a row (DESIGN.md §1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from csconsole.core.answer import Answer, Status, answer_of, record_of
from csconsole.core.book import Book, Edition
from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.calendar import Day
from csconsole.core.facts import Record
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Text


class Item(Struct, frozen=True):
    """An occurrence as it stands. An answered one has the due instant, grace and shops its mark was made against."""

    occurrence: Occurrence
    status: Status
    answer: Answer
    overlaps: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.occurrence.key

    @property
    def title(self) -> Text:
        return self.occurrence.title

    @property
    def due(self) -> datetime:
        return self.occurrence.due

    @property
    def late(self) -> timedelta | None:
        """How long after its due instant it was answered, never negative; None while it is not answered."""
        if self.answer.marked_at is None:
            return None
        return max(timedelta(), self.answer.marked_at - self.due)

    @property
    def on_time(self) -> bool:
        """Whether it was answered by the end of its grace: exactly then is still on time."""
        late = self.late
        return late is not None and late <= self.occurrence.grace


class Progress(Struct, frozen=True):
    """How many items of a day stand how. A skipped item is answered."""

    total: int = 0
    answered: int = 0
    done: int = 0
    issue: int = 0
    skipped: int = 0
    missed: int = 0
    overdue: int = 0
    on_time: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """The share answered on time of what was to be answered by now; None while nothing was."""
        owed = self.answered + self.missed + self.overdue
        return self.on_time / owed if owed else None


def progress_of(items: Iterable[Item]) -> Progress:
    items = tuple(items)
    counts = dict.fromkeys(Status, 0)
    for item in items:
        counts[item.status] += 1
    return Progress(
        total=len(items),
        answered=counts[Status.DONE] + counts[Status.ISSUE] + counts[Status.SKIPPED],
        done=counts[Status.DONE],
        issue=counts[Status.ISSUE],
        skipped=counts[Status.SKIPPED],
        missed=counts[Status.MISSED],
        overdue=counts[Status.OVERDUE],
        on_time=sum(item.on_time for item in items),
    )


class Missed(Struct, frozen=True):
    """How many items of a past business day nobody answered before it ended."""

    day: Day
    count: int


class Agenda(Struct, frozen=True, dict=True):
    """Business day `day` at `now`, from `starts` to `ends`. `items` in the order of the day, what was carried over
    from earlier days first."""

    day: Day
    now: datetime
    zone: ZoneInfo
    starts: datetime
    ends: datetime
    items: tuple[Item, ...]

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self.items)

    @property
    def next(self) -> Item | None:
        """The item that comes due next."""
        return min((item for item in self.items if item.status is Status.UPCOMING), key=_due, default=None)

    @property
    def pressing(self) -> tuple[Item, ...]:
        """What is due or overdue now, the longest overdue first."""
        return tuple(sorted((i for i in self.items if i.status in (Status.DUE, Status.OVERDUE)), key=_due))

    @property
    def first(self) -> Item | None:
        """What to look at first: what came due last and is not overdue yet, else what is longest overdue, else what
        comes next."""
        due = [item for item in self.pressing if item.status is Status.DUE]
        return due[-1] if due else next(iter(self.pressing), self.next)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if key in (item.key, *item.occurrence.aliases)), None)


def _due(item: Item) -> datetime:
    return item.due


def candidates(book: Book, day: date, today: date, over: AbstractSet[str] = frozenset()) -> list[Occurrence]:
    """What may stand on the agenda of `day`: what is due on it, and what lasts from earlier days but for what has one
    of the keys `over`.

    Whose marks to look up before calling `agenda`. What lies ahead of today is not carried into later days.
    """
    due_on_it = book.owed(day, day)
    if day > today:
        return due_on_it
    # An edit can move a date across the day it was made on: then the newer edition's word on the key counts.
    return list({occurrence.key: occurrence for occurrence in (*book.carried(day, over), *due_on_it)}.values())


def agenda(
    book: Book, records: Mapping[str, Record], day: date, now: datetime, occurrences: Sequence[Occurrence] | None = None
) -> Agenda:
    """The agenda of business day `day` at `now`. `records` are those of its `candidates`, which can be
    given as `occurrences` to save computing them twice."""
    edition = book.edition(day)
    if occurrences is None:
        occurrences = candidates(book, day, business_date(book.schedule, now))
    starts = day_start(edition.schedule, day)
    items = [
        item
        for occurrence in occurrences
        if _stands(item := stand(occurrence, record_of(occurrence, records), now), day, starts)
    ]
    return Agenda(
        day=edition.calendar.day(day),
        now=now,
        zone=edition.schedule.zone,
        starts=starts,
        ends=day_start(edition.schedule, day + ONE_DAY),
        items=tuple(_with_overlaps(items)),
    )


class Stretch(Struct, frozen=True):
    """Business days from `first` to `last` under one edition: what is due on them, and what may be carried over into
    them up to day `carries_to`, from before or from one to the next."""

    edition: Edition
    first: date
    last: date
    due: tuple[Occurrence, ...]
    carried: tuple[Occurrence, ...]
    carries_to: date


def stretches(
    book: Book, first: date, last: date, now: datetime, over: AbstractSet[str] = frozenset()
) -> list[Stretch]:
    """What may stand on the agendas from `first` to `last`: `candidates` of many days at once."""
    today = business_date(book.schedule, now)
    return [
        Stretch(
            edition,
            start,
            end,
            due=tuple(book.owed(start, end)),
            carried=tuple(book.carried(min(end, today), over)) if start <= today else (),
            carries_to=min(end, today),
        )
        for edition, start, end in book.reigns(first, last)
    ]


def agendas(records: Mapping[str, Record], days: Iterable[Stretch], now: datetime) -> Iterator[Agenda]:
    """The agendas of these days at `now`, oldest first, each the one that `agenda` gives: how an occurrence stands is
    computed once for all the days it stands on. `records` are those of all its occurrences."""
    for stretch in days:
        schedule, calendar = stretch.edition.schedule, stretch.edition.calendar
        span = [stretch.first + n * ONE_DAY for n in range((stretch.last - stretch.first).days + 1)]
        by_day: dict[date, dict[str, Item]] = {day: {} for day in span}
        for occurrence in stretch.carried:
            item = stand(occurrence, record_of(occurrence, records), now)
            recorded_at = item.answer.recorded_at
            until = stretch.carries_to
            if recorded_at is not None:
                until = min(until, business_date(schedule, recorded_at))
            day = max(stretch.first, occurrence.day + ONE_DAY)
            while day <= until:
                by_day[day][item.key] = item
                day += ONE_DAY
        for occurrence in stretch.due:
            by_day[occurrence.day][occurrence.key] = stand(occurrence, record_of(occurrence, records), now)
        for day, items in by_day.items():
            yield Agenda(
                day=calendar.day(day),
                now=now,
                zone=schedule.zone,
                starts=day_start(schedule, day),
                ends=day_start(schedule, day + ONE_DAY),
                items=tuple(_with_overlaps(list(items.values()))),
            )


def _stands(item: Item, day: date, starts: datetime) -> bool:
    """An item carried over leaves with the day on which it was answered, by when that was recorded: what is said to
    have been done before does not vanish at once."""
    return item.occurrence.day == day or item.answer.recorded_at is None or item.answer.recorded_at >= starts


def stand(occurrence: Occurrence, record: Record, now: datetime, *, owed: bool = True) -> Item:
    """How an occurrence stands at `now`, by what was marked. What is not owed is never overdue or missed."""
    answer, completed = answer_of(occurrence, record)
    if completed is not None:
        said, shops = completed.said, tuple(answer.shops)
        if (said.due, said.grace, shops) != (occurrence.due, occurrence.grace, occurrence.shops):
            occurrence = replace(occurrence, due=said.due, grace=said.grace, shops=shops)
    status = _status(occurrence, answer, now)
    if not owed and status in (Status.OVERDUE, Status.MISSED):
        status = Status.DUE
    return Item(occurrence, status, answer)


def _status(occurrence: Occurrence, answer: Answer, now: datetime) -> Status:
    if answer.result is not None:
        return answer.result
    if occurrence.expires_at is not None and now >= occurrence.expires_at:
        return Status.MISSED
    if answer.delegated_until is not None:
        if now < answer.delegated_until:
            return Status.DELEGATED
    elif answer.in_progress:
        return Status.IN_PROGRESS
    if now < occurrence.due:
        return Status.UPCOMING
    return Status.DUE if now <= occurrence.due + occurrence.grace else Status.OVERDUE


def _with_overlaps(items: list[Item]) -> Iterator[Item]:
    """Name for each item those whose time falls inside it, and those inside which its own falls."""
    spans = [item for item in items if item.occurrence.until is not None]
    for item in items:
        # Of two items that overlap, one at least goes on for a while.
        others = items if item.occurrence.until is not None else spans
        keys = tuple(
            other.key for other in others if other is not item and (_inside(item, other) or _inside(other, item))
        )
        yield replace(item, overlaps=keys) if keys else item


def _inside(item: Item, span: Item) -> bool:
    until = span.occurrence.until
    return until is not None and span.occurrence.planned <= item.occurrence.planned < until
