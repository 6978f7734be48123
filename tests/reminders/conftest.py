from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from csconsole.clock import Clock
from csconsole.core.agenda import stand
from csconsole.core.businessday import business_date
from csconsole.core.calendar import Calendar, Decree
from csconsole.core.facts import Claim, Mark, MarkKind, NewMark, Record, Snooze
from csconsole.core.occurrence import Occurrence, schedule_source
from csconsole.core.reminder import Situation
from csconsole.core.schedule import CalendarRule, Duty, EveryDay, Kind, Remind, Schedule, Text
from csconsole.reminders import Reminders

MONDAY = date(2026, 11, 23)


class HandClock(Clock):
    """A clock that is set by hand."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.shows, self.ticks = start, 0.0

    def now(self) -> datetime:
        return self.shows

    def monotonic(self) -> float:
        return self.ticks

    def real(self, instant: datetime) -> datetime:
        return Clock().now() + (instant - self.shows)

    def run(self, span: timedelta) -> None:
        """Time passes."""
        self.shows += span
        self.ticks += span.total_seconds()

    def jump(self, span: timedelta) -> None:
        """The clock is set, or the machine sleeps: only the wall clock moves."""
        self.shows += span


async def sit(reminders: Reminders, clock: HandClock, **span: float) -> None:
    """Somebody is there while time passes."""
    left = timedelta(**span)
    while left > timedelta():
        step = min(left, timedelta(seconds=20))
        clock.run(step)
        left -= step
        assert not reminders.came_back()
    await reminders.look()


class Counter:
    """Daily checks as they stand by `clock`, with what was claimed."""

    def __init__(self, clock: Clock, *times: str, claims: set[Claim] | None = None) -> None:
        duties = [
            Duty(
                id=f"d{at}",
                kind=Kind.DAILY,
                title=Text(f"看 {at}", f"Look at {at}"),
                category="team",
                at=time.fromisoformat(at),
                rule=EveryDay(),
                remind=Remind(timedelta(minutes=5), timedelta(minutes=20)),
                expires=True,
            )
            for at in times
        ]
        zone = ZoneInfo("Asia/Shanghai")
        self.clock = clock
        self.schedule = Schedule(
            zone, time(5), CalendarRule(None), {}, {}, {}, {}, (), {duty.id: duty for duty in duties}
        )
        self.source = schedule_source(self.schedule, Calendar((5, 6), Decree))
        self.claims = set[Claim]() if claims is None else claims
        self.records: dict[str, Record] = {}
        self.snoozes: dict[str, Snooze] = {}

    def situation(self) -> Situation:
        now = self.clock.now()
        items = [stand(found, self.records.get(found.key, Record()), now) for found in self.occurrences()]
        return Situation(items, frozenset(self.claims), self.snoozes, self.schedule)

    def occurrences(self) -> list[Occurrence]:
        today = business_date(self.schedule, self.clock.now())
        return list(self.source(today, today, True))

    def claim(self, claim: Claim) -> bool:
        new = claim not in self.claims
        self.claims.add(claim)
        return new

    def answer(self, duty: str) -> None:
        found = next(found for found in self.occurrences() if found.duty == duty)
        now = self.clock.now()
        said = NewMark(found.key, found.day, MarkKind.DONE, now, found.due, found.grace, found.shops)
        self.records[found.key] = Record((Mark(1, 1, now, "wang", said),), 1)


@pytest.fixture
def at() -> Callable[[str], datetime]:
    """The instant of a time of day on Monday 2026-11-23 in Shanghai."""

    def instant(clock: str) -> datetime:
        return datetime.combine(MONDAY, time.fromisoformat(clock), ZoneInfo("Asia/Shanghai")).astimezone(UTC)

    return instant


@pytest.fixture(autouse=True)
async def _as_in_the_console() -> None:
    """Tasks begin at once, as Textual has them from Python 3.12 on."""
    asyncio.get_running_loop().set_task_factory(getattr(asyncio, "eager_task_factory", None))


@pytest.fixture
def hand_clock() -> type[HandClock]:
    return HandClock


@pytest.fixture(name="sit")
def sitting() -> Callable[..., Awaitable[None]]:
    return sit


@pytest.fixture
def counter() -> type[Counter]:
    return Counter
