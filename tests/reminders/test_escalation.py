"""Robots are told once, together, not too often, and not of what was answered in the meantime."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from csconsole.clock import Clock
from csconsole.core.facts import Claim
from csconsole.reminders import ChannelError, Message, Reminders, Unclear, escalation

At = Callable[[str], datetime]


class Robot:
    """A robot that is told, or fails as it is told to."""

    def __init__(self, name: str = "Robot") -> None:
        self.name = name
        self.told: list[Message] = []
        self.tries = 0
        self.failing: ChannelError | None = None
        self.slow: asyncio.Event | None = None

    async def check(self) -> None: ...

    async def send(self, message: Message) -> None:
        self.tries += 1
        if self.slow is not None:
            await self.slow.wait()
        if self.failing is not None:
            raise self.failing
        self.told.append(message)

    async def close(self) -> None: ...

    @property
    def heard(self) -> list[list[str]]:
        """The titles in each message."""
        return [[line.split(" · ")[0] for line in message.body.split("\n")] for message in self.told]


class Post:
    """A console whose reminders a person sits beside."""

    def __init__(self, desk: Any, sit: Callable[..., Awaitable[None]], robots: list[Robot]) -> None:
        self.desk = desk
        self.clock = desk.clock
        self.troubles: list[str] = []
        self.standing: list[str] = []
        self._sit = sit
        self.reminders = Reminders(
            self.clock,
            desk.situation,
            desk.claim,
            lambda _digest: None,
            self.troubles.append,
            robots=robots,
            standing=self._stands,
        )

    def _stands(self, troubles: Sequence[str]) -> None:
        self.standing = list(troubles)

    async def sit(self, **span: float) -> None:
        """Time passes, with a look at every minute of it."""
        left = timedelta(**span)
        while left > timedelta():
            step = min(left, timedelta(minutes=1))
            left -= step
            await self._sit(self.reminders, self.clock, seconds=step.total_seconds())
            await self.delivered()

    async def delivered(self) -> None:
        while self.reminders._tasks:
            await asyncio.gather(*self.reminders._tasks)
            await asyncio.sleep(0)  # a task that was done at once is struck off when the loop comes round


@pytest.fixture
async def post(hand_clock: Any, counter: Any, sit: Any, at: At) -> AsyncIterator[Callable[..., Awaitable[Post]]]:
    made: list[Post] = []

    async def begin(
        now: str, *times: str, robots: list[Robot], claims: set[Claim] | None = None, clock: Any = None
    ) -> Post:
        desk = counter(clock or hand_clock(at(now)), *times, claims=claims)
        begun = Post(desk, sit, robots)
        made.append(begun)
        await begun.reminders.look()
        return begun

    yield begin
    for each in made:
        await each.reminders.stop()


Begin = Callable[..., Awaitable[Post]]


async def test_a_robot_is_told_once_of_what_nobody_answers(post: Begin) -> None:
    robot = Robot()
    console = await post("08:50", "09:00", robots=[robot])
    await console.sit(minutes=54)
    assert robot.told == []
    await console.sit(minutes=120)
    assert robot.told == [
        Message("csconsole: 1 overdue, not answered", "09:00 Look at 09:00 · overdue, due for 45 min")
    ]


async def test_what_is_answered_in_time_is_nobodys_business(post: Begin) -> None:
    robot = Robot()
    console = await post("08:50", "09:00", robots=[robot])
    await console.sit(minutes=54)
    console.desk.answer("d09:00")
    await console.sit(minutes=60)
    assert robot.tries == 0


async def test_several_at_once_are_one_message(post: Begin) -> None:
    robot = Robot()
    console = await post("08:50", "09:00:10", "09:00:30", "09:00:40", robots=[robot])
    await console.sit(minutes=60)
    assert robot.heard == [["09:00 Look at 09:00:10", "09:00 Look at 09:00:30", "09:00 Look at 09:00:40"]]


async def test_what_comes_within_a_minute_is_merged_into_the_next_message(
    post: Begin, sit: Callable[..., Awaitable[None]]
) -> None:
    robot = Robot()
    console = await post("09:40", "09:00:01", "09:00:11", "09:00:21", "09:00:31", robots=[robot])
    await sit(console.reminders, console.clock, minutes=5, seconds=2)
    await console.delivered()
    first = len(robot.told)
    for _second in range(59):
        await sit(console.reminders, console.clock, seconds=1)
        await console.delivered()
    assert (first, len(robot.told)) == (1, 1), "the rest waits"
    await sit(console.reminders, console.clock, seconds=2)
    await console.delivered()
    assert [len(message) for message in robot.heard] == [1, 3]


async def test_two_consoles_tell_each_thing_once_and_together_keep_the_pace(
    post: Begin, hand_clock: Any, at: At, sit: Callable[..., Awaitable[None]]
) -> None:
    robot, claims, clock = Robot(), set[Claim](), hand_clock(at("09:30"))
    times = [f"09:00:{second:02}" for second in range(0, 60, 7)]
    one = await post("", *times, robots=[robot], claims=claims, clock=clock)
    other = await post("", *times, robots=[robot], claims=claims, clock=clock)
    sent_at: list[datetime] = []
    for _second in range(20 * 60):
        before = len(robot.told)
        clock.run(timedelta(seconds=1))
        for console in (one, other):
            assert not console.reminders.came_back()
            await console.reminders.look()
            await console.delivered()
        sent_at += [clock.now()] * (len(robot.told) - before)
    assert sorted(line for message in robot.heard for line in message) == sorted(f"09:00 Look at {t}" for t in times)
    assert len({instant.replace(second=0) for instant in sent_at}) == len(sent_at)


async def test_whoever_comes_back_is_left_some_minutes(post: Begin) -> None:
    robot = Robot()
    console = await post("11:00", "09:00", "09:30", robots=[robot])
    await console.sit(minutes=4)
    assert robot.told == []
    console.desk.answer("d09:00")
    await console.sit(minutes=2)
    assert robot.heard == [["09:30 Look at 09:30"]]


async def test_one_robot_that_fails_keeps_no_other_from_being_told(post: Begin) -> None:
    broken, well = Robot("broken"), Robot("well")
    broken.failing = ChannelError("broken: no")
    console = await post("08:50", "09:00", "09:30", robots=[broken, well])
    await console.sit(minutes=60)
    assert well.heard == [["09:00 Look at 09:00"]]
    assert console.troubles == ["broken: no"]


async def test_a_robot_that_fails_is_tried_ever_less_often_and_then_told_what_is_open(post: Begin) -> None:
    robot = Robot()
    robot.failing = ChannelError("no")
    console = await post("08:50", "09:00", "09:30", "10:30", robots=[robot])
    tries: list[int] = []
    for minute in range(120):
        before = robot.tries
        await console.sit(minutes=1)
        tries += [minute] * (robot.tries - before)
    assert console.troubles == ["no"], "once until it works again"
    assert [later - earlier for earlier, later in pairwise(tries)] == [2, 4, 8, 16, 32]
    console.desk.answer("d09:00")
    robot.failing = None
    await console.sit(minutes=60)
    assert robot.heard == [["09:30 Look at 09:30", "10:30 Look at 10:30"]]


async def test_what_may_have_arrived_is_not_sent_again(post: Begin) -> None:
    robot = Robot()
    robot.failing = Unclear("it does not answer")
    console = await post("08:50", "09:00", robots=[robot])
    await console.sit(minutes=180)
    assert (robot.tries, console.troubles) == (1, ["it does not answer"])


async def test_while_a_message_is_on_its_way_no_other_is_sent(post: Begin, sit: Callable[..., Awaitable[None]]) -> None:
    robot = Robot()
    robot.slow = asyncio.Event()
    console = await post("08:50", "09:00", "09:10", robots=[robot])
    await sit(console.reminders, console.clock, minutes=55)
    for _minute in range(30):
        await sit(console.reminders, console.clock, minutes=1)
        await asyncio.sleep(0)
    assert robot.tries == 1
    robot.slow.set()
    await console.delivered()
    await console.sit(minutes=2)
    assert robot.heard == [["09:00 Look at 09:00"], ["09:10 Look at 09:10"]]


async def test_leaving_does_not_wait_and_coming_again_works(post: Begin, sit: Callable[..., Awaitable[None]]) -> None:
    robot = Robot()
    robot.slow = asyncio.Event()
    console = await post("08:50", "09:00", "09:10", robots=[robot])
    await sit(console.reminders, console.clock, minutes=55)
    await asyncio.wait_for(console.reminders.stop(), 1)
    robot.slow = None
    await console.sit(minutes=20)
    assert robot.heard[-1][-1] == "09:10 Look at 09:10"


async def test_nothing_is_claimed_that_no_robot_can_be_told(post: Begin, sit: Callable[..., Awaitable[None]]) -> None:
    console = await post("11:00", "09:00", robots=[Robot()])
    assert "escalate" not in {claim.stage for claim in console.desk.claims}
    without = await post("08:50", "09:00", robots=[])
    await without.sit(minutes=60)
    assert "escalate" not in {claim.stage for claim in without.desk.claims}


async def test_a_console_that_runs_wakes_up_for_it(
    hand_clock: Any, counter: Any, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escalation, "SETTLE", 0.0)
    robot, desk = Robot(), counter(Clock(at("09:30"), speed=3600), "09:00")
    reminders = Reminders(desk.clock, desk.situation, desk.claim, lambda _d: None, lambda _t: None, robots=[robot])
    reminders.start()
    async with asyncio.timeout(5):
        while not robot.told:
            await asyncio.sleep(0.01)
    await reminders.stop()
    assert desk.clock.now() < at("10:30")


async def test_what_a_robot_was_not_told_is_told_by_the_next_console(post: Begin) -> None:
    """A console that is closed while a robot fails leaves to the next what is still open, and nothing it was told."""
    broken, well, claims = Robot("broken"), Robot("well"), set[Claim]()
    broken.failing = ChannelError("no")
    console = await post("08:50", "09:00", "09:10", "09:20", robots=[broken, well], claims=claims)
    await console.sit(minutes=80)
    assert len(well.heard) == 3
    console.desk.answer("d09:10")
    await console.reminders.stop()
    again = await post("", "09:00", "09:10", "09:20", robots=[broken, well], claims=claims, clock=console.clock)
    again.desk.records = console.desk.records
    broken.failing = None
    await again.sit(minutes=20)
    assert broken.heard == [["09:00 Look at 09:00", "09:20 Look at 09:20"]]
    assert len(well.heard) == 3


async def test_of_two_consoles_either_tells_what_the_other_could_not(post: Begin) -> None:
    robot, claims = Robot(), set[Claim]()
    robot.failing = ChannelError("no")
    one = await post("08:50", "09:00", robots=[robot], claims=claims)
    await one.sit(minutes=60)
    other = await post("", "09:00", robots=[robot], claims=claims, clock=one.clock)
    robot.failing = None
    for _step in range(3 * 40):
        one.clock.run(timedelta(seconds=20))
        for console in (one, other):
            await console.reminders.look()
            await console.delivered()
    assert robot.heard == [["09:00 Look at 09:00"]]


async def test_what_was_on_its_way_when_the_console_was_closed_is_not_sent_again(
    post: Begin, sit: Callable[..., Awaitable[None]]
) -> None:
    robot, claims = Robot(), set[Claim]()
    robot.slow = asyncio.Event()
    console = await post("08:50", "09:00", robots=[robot], claims=claims)
    await sit(console.reminders, console.clock, minutes=55)
    await asyncio.sleep(0)
    assert robot.tries == 1
    await console.reminders.stop()
    robot.slow = None
    again = await post("", "09:00", robots=[robot], claims=claims, clock=console.clock)
    await again.sit(minutes=60)
    assert (robot.tries, robot.heard) == (1, [])


async def test_a_robot_that_fails_is_a_trouble_until_it_works_again(post: Begin) -> None:
    robot = Robot()
    robot.failing = ChannelError("no")
    console = await post("08:50", "09:00", robots=[robot])
    await console.sit(minutes=90)
    assert console.standing == ["no"]
    robot.failing = None
    await console.sit(minutes=60)
    assert (console.standing, len(robot.heard)) == ([], 1)
