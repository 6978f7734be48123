"""Days lived through by the real thing: the shell in its event loop, the desk over a journal on disk, and a supervisor
who answers, starts, puts off, hands on, goes to lunch and goes away. What came is compared, reminder by reminder, with
what `tests/support/naive.py` works out minute by minute without the planner.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from houses import House
from naive import ORDER, Act, Deed, Kind, Simulation, Told
from routine import at

from csconsole.clock import Clock
from csconsole.core.facts import MarkKind
from csconsole.core.incident import Clock as Clocks
from csconsole.core.incident import WaitingOn
from csconsole.core.occurrence import Occurrence
from csconsole.core.reminder import Digest, Situation
from csconsole.desk import Desk
from csconsole.reminders import Reminders
from csconsole.reminders.shell import DRIFT_CHECK

MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
SHIPPED = (Path(__file__).parents[2] / "schedules" / "supervisor.yaml").read_text(encoding="utf-8")
WITH_LUNCH = SHIPPED.replace("# lunch:", "lunch:")
WITH_LIMITS = (
    WITH_LUNCH.replace("    respond: 1h\n", "    respond: 1h\n    platform_limit: { tmall: 8h }\n", 1)
    .replace("    respond: 4h\n", "    respond: 4h\n    stands_still: true\n", 1)
    .replace("    settle: 48h\n", "    settle: 20h\n", 1)
)
KINDS = (
    Kind("投诉 京东 一", 60, 24 * 60),
    Kind("投诉 天猫 二", 60, None, platform=8 * 60),
    Kind("物流 三", 4 * 60, 20 * 60, stands_still=True),
    Kind("评价 四 +2h", None, 2 * 60),
    Kind("评价 五 !! +5h", None, 5 * 60, critical=True),
    Kind("团队 六 +4m", None, 4),
)
"""One incident of each is logged a day."""
QUIET, LUNCH = (time(22, 30), time(7, 30)), (time(12, 30), time(13, 20))


class LeapingClock(Clock):
    """It stands while the reminders work, and when they ask for the real instant of their next look it is there, or at
    the next thing the supervisor does. On its way it passes every twenty seconds, as time does."""

    def __init__(self, start: datetime, stops: Sequence[datetime], end: datetime) -> None:
        super().__init__(start)
        self.shows, self.ticks, self.end = start, 0.0, end
        self.stops = sorted(stops, reverse=True)
        self.over = asyncio.Event()
        self.reminders: Reminders | None = None

    def now(self) -> datetime:
        return self.shows

    def monotonic(self) -> float:
        return self.ticks

    def real(self, instant: datetime) -> datetime:
        if instant <= self.shows:
            return datetime.now(UTC)
        while self.stops and self.stops[-1] <= self.shows:
            self.stops.pop()
        self._leap(min([instant, *self.stops[-1:]]))
        if self.shows > self.end:
            self.over.set()
            return datetime.now(UTC) + ONE_DAY
        return datetime.now(UTC)

    def _leap(self, to: datetime) -> None:
        while self.shows < to:
            step = min(to - self.shows, timedelta(seconds=DRIFT_CHECK))
            self.shows += step
            self.ticks += step.total_seconds()
            if self.reminders is not None:
                assert not self.reminders.came_back()


class Life:
    """A supervisor's days at a desk, by a script."""

    def __init__(self, house: House, acts: Sequence[Act], end: datetime) -> None:
        self.house = house
        self.heard: list[Told] = []
        self.troubles: list[str] = []
        self.acts = sorted(acts, key=lambda act: act.at)[::-1]
        self.clock = LeapingClock(house.clock.now(), [act.at for act in acts], end)
        self.desk = house.open(console="one")
        self.desk.clock = self.clock

    async def live(self) -> None:
        reminders = Reminders(self.clock, self._situation, self.desk.claim, self._deliver, self.troubles.append)
        reminders.start()
        await asyncio.sleep(0)
        self.clock.reminders = reminders
        await asyncio.wait_for(self.clock.over.wait(), 600)
        await reminders.stop()

    def _situation(self) -> Situation:
        while self.acts and self.acts[-1].at <= self.clock.now():
            do(self.desk, self.acts.pop())
        return self.desk.situation()

    def _deliver(self, digest: Digest) -> None:
        self.heard += [(digest.at, reminder.key, reminder.stage.value) for reminder in digest.reminders]


def do(desk: Desk, act: Act) -> None:
    match act.deed:
        case Deed.ANSWER:
            desk.answer(act.key, MarkKind.DONE)
        case Deed.START:
            desk.start(act.key)
        case Deed.SNOOZE:
            assert act.until is not None
            desk.snooze([act.key], act.until)
        case Deed.DELEGATE:
            assert act.until is not None
            desk.delegate(act.key, "Li", act.until)
        case Deed.LEAVE:
            assert act.until is not None
            desk.leave(act.until)
        case Deed.RETURN:
            desk.come_back()
        case Deed.OPEN:
            assert desk.log(KINDS[(int(act.key) - 1) % len(KINDS)].line).number == int(act.key)
        case Deed.REPLY:
            desk.answer_buyer(int(act.key))
        case Deed.WAIT:
            desk.wait(int(act.key), WaitingOn.CARRIER)
        case Deed.GO_ON:
            desk.go_on(int(act.key))
        case Deed.MOVE:
            platform = KINDS[(int(act.key) - 1) % len(KINDS)].platform is not None
            desk.move_limit(int(act.key), Clocks.PLATFORM if platform else Clocks.SETTLE, act.until, "for a reason")
        case Deed.RESOLVE:
            desk.resolve(int(act.key))


def script(items: Sequence[Occurrence], seed: int) -> Iterator[Act]:
    """What is done about each item, by chance but always the same; and two absences."""
    chance = random.Random(seed)
    for item in items:
        due = item.due

        def later(least: int, most: int, after: datetime = due) -> datetime:
            return after + chance.randint(least, most) * MINUTE

        answer = later(-10, 12)
        if item.expires_at is None:
            # A due date is answered the same evening, the next day, or two days later.
            answer = later(-90, 150) + chance.randint(0, 2) * ONE_DAY
            yield Act(answer, Deed.ANSWER, item.key)
            continue
        match chance.randrange(7):
            case 0:  # never
                continue
            case 1:
                begun = later(-40, 20)
                yield Act(begun, Deed.START, item.key)
                answer = later(5, 75, begun)
            case 2:
                put_off = later(0, 20)
                yield Act(put_off, Deed.SNOOZE, item.key, until=later(5, 40, put_off))
                answer = later(41, 90, put_off)
            case 3:
                handed = later(-5, 15)
                yield Act(handed, Deed.DELEGATE, item.key, until=later(20, 120, handed))
                answer = later(121, 180, handed)
            case 4:
                answer = later(15, 200)
        yield Act(min(answer, item.expires_at - MINUTE), Deed.ANSWER, item.key)
    days = sorted({item.day for item in items})
    for number, day in enumerate(days):
        afternoon = at(f"{day} 14:50")
        if number % 3 == 0:
            yield Act(afternoon, Deed.LEAVE, until=afternoon + 45 * MINUTE)
        elif number % 3 == 1:
            yield Act(afternoon, Deed.LEAVE, until=afternoon + 90 * MINUTE)
            yield Act(afternoon + 23 * MINUTE, Deed.RETURN)
    evening = at(f"{days[0]} 22:31")
    unanswered = next(item for item in items if item.duty == "team-status")
    yield Act(evening, Deed.SNOOZE, unanswered.key, until=at(f"{days[0]} 23:05"))


def troubles(start: datetime, days: int, seed: int) -> Iterator[Act]:
    """Six incidents a day, one of each kind, and what is done about them, by chance but always the same."""
    chance = random.Random(seed)

    def later(least: int, most: int, after: datetime) -> datetime:
        return after + chance.randint(least, most) * MINUTE

    opened = sorted(
        start + day * ONE_DAY + chance.randint(1, 20 * 60) * MINUTE for day in range(days) for _kind in KINDS
    )
    for number, begun in enumerate(opened, 1):
        kind, key = KINDS[(number - 1) % len(KINDS)], str(number)
        resolved = later(1, 3000, begun)
        acts = [Act(begun, Deed.OPEN, key), Act(resolved, Deed.RESOLVE, key)]
        if kind.respond is not None and chance.random() < 0.7:
            acts.append(Act(later(1, 2 * kind.respond, begun), Deed.REPLY, key))
        stopped = later(1, 300, begun)
        going = later(1, 900, stopped)
        moved = later(1, 300, going if chance.random() < 0.8 else stopped)
        if moved != going and chance.random() < 0.6:
            acts += [Act(stopped, Deed.WAIT, key), Act(going, Deed.GO_ON, key)]
        if chance.random() < 0.4:
            acts.append(Act(moved, Deed.MOVE, key, until=later(10, 1200, moved)))
        yield from (act for act in acts if act.at < resolved or act.deed is Deed.RESOLVE)


def put_off(acts: Sequence[Act], simulation: Simulation, start: datetime, end: datetime, seed: int) -> Iterator[Act]:
    """Now and then, what was just said of a limit is put off."""
    chance = random.Random(seed)
    taken = {act.at for act in acts}
    for when, key, _why in simulation.run(start, end):
        if key.startswith("#") and chance.random() < 0.1 and when + MINUTE not in taken:
            yield Act(when + MINUTE, Deed.SNOOZE, key, until=when + chance.randint(6, 90) * MINUTE)


@pytest.mark.parametrize(
    ("days", "seed"), [(1, 1), pytest.param(7, 2, marks=pytest.mark.long), pytest.param(7, 3, marks=pytest.mark.long)]
)
async def test_days_lived_through_bring_each_reminder_once_in_order(tmp_path: Path, days: int, seed: int) -> None:
    house = House(tmp_path)
    house.workspace.prepare()
    house.write(WITH_LIMITS)
    start, end = at(f"{MONDAY} 07:30"), at(f"{MONDAY + days * ONE_DAY} 07:30")
    house.clock.put(start)
    looking = house.open()
    items = [
        item
        for item in looking.book.known(MONDAY, MONDAY + (days + 7) * ONE_DAY)
        if item.day < MONDAY + days * ONE_DAY or item.notice
    ]
    acts = [act for act in (*script(items, seed), *troubles(start, days, seed)) if start < act.at < end]
    kinds = {act.key: KINDS[(int(act.key) - 1) % len(KINDS)] for act in acts if act.deed is Deed.OPEN}

    def simulation() -> Simulation:
        return Simulation(items, acts, looking.schedule.zone, time(5), QUIET, LUNCH, kinds)

    acts += put_off(acts, simulation(), start, end - 2 * MINUTE, seed)
    acts.sort(key=lambda act: act.at)
    life = Life(house, acts, end)
    await life.live()

    expected = list(simulation().run(start, end))
    assert life.troubles == []
    assert [count for count in Counter(life.heard).values() if count > 1] == []
    assert sorted(life.heard) == sorted(expected)
    assert [told[0] for told in life.heard] == sorted(told[0] for told in life.heard)
    told = {key for _at, key, _why in life.heard}
    attended = {act.key for act in acts}
    assert {item.key for item in items if start < item.due < end} - attended <= told
    if days == 7:
        assert {why for _at, _key, why in life.heard} == set(ORDER)
    house.close()


# -- rehearsed on a clock that runs ----------------------------------------------------------------------------

LONG = pytest.mark.long


@pytest.mark.parametrize(
    ("speed", "span"),
    [
        (600, timedelta(minutes=50)),
        pytest.param(60, timedelta(hours=2, minutes=5), marks=LONG),
        pytest.param(3600, 7 * ONE_DAY, marks=LONG),
    ],
    ids=["50 minutes", "125 minutes at speed 60", "seven days"],
)
async def test_a_rehearsal_brings_them_in_order_within_a_second(tmp_path: Path, speed: int, span: timedelta) -> None:
    """Nobody answers. On a clock that runs, a look may come so late that an item has reached another stage: then that
    one is told, and what it overtook is not."""
    house = House(tmp_path)
    house.workspace.prepare()
    house.write(SHIPPED)
    house.workspace.settings.write_text('[notify]\ndesktop = "off"\n', encoding="utf-8")
    heard: list[Told] = []
    planned: list[tuple[str, datetime]] = []
    troubles: list[str] = []
    with house.desk().rehearsal(MONDAY, speed) as desk:
        start = at(f"{MONDAY} 08:30")
        desk.open()

        def deliver(digest: Digest) -> None:
            heard.extend((desk.now(), each.key, each.stage.value) for each in digest.reminders)
            planned.extend((each.key, each.planned) for each in digest.reminders)

        reminders = desk.reminders(deliver, troubles.append)
        reminders.start()
        while desk.now() < start + span:
            await asyncio.sleep(0.1)
        await reminders.stop()
        days = [MONDAY + n * ONE_DAY for n in range(span.days + 1)]
        items = [item for item in desk.book.known(MONDAY, days[-1] + 7 * ONE_DAY) if item.day in days or item.notice]
        simulation = Simulation(items, [], desk.schedule.zone, time(5), QUIET, None)
        desk.close()
    house.close()
    within = timedelta(seconds=speed)
    expected = list(simulation.run(start, start + span))
    assert troubles == []
    assert [count for count in Counter(planned).values() if count > 1] == []
    by_key: dict[str, list[datetime]] = {}
    for when, key, _why in heard:
        by_key.setdefault(key, []).append(when)
    for key in by_key:
        instants = [instant for name, instant in planned if name == key]
        assert instants == sorted(instants)
    known = set(expected)
    assert [told for told in heard if not any((t, *told[1:]) in known for t in _minutes(told[0], within))] == []
    assert [
        (when, key, why)
        for when, key, why in expected
        if when < start + span - within and not any(when <= told < when + within for told in by_key.get(key, ()))
    ] == []


def _minutes(told: datetime, within: timedelta) -> Iterator[datetime]:
    """The whole minutes at which what was told then may have been due."""
    minute = told.replace(second=0, microsecond=0)
    while minute > told - within:
        yield minute
        minute -= MINUTE
