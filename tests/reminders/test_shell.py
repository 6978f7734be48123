"""The shell: claims before it delivers, follows any clock, and keeps going."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import types
from collections import Counter as Tally
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from datetime import datetime, timedelta
from typing import Any

import pytest

from csconsole.clock import Clock
from csconsole.core.facts import Claim
from csconsole.core.reminder import Digest, Stage
from csconsole.reminders import ChannelError, Message, Reminders, shell

MINUTE = timedelta(minutes=1)


class Told:
    """What reached the person."""

    def __init__(self) -> None:
        self.digests: list[Digest] = []
        self.troubles: list[str] = []

    def heard(self) -> list[tuple[str, Stage]]:
        """Duty and stage of everything delivered so far."""
        return [(each.item.occurrence.duty, each.stage) for digest in self.digests for each in digest.reminders]

    def said(self) -> list[tuple[str, Stage]]:
        """The same, which is then forgotten."""
        lines = self.heard()
        self.digests.clear()
        return lines


async def until(condition: Callable[[], object]) -> None:
    """Let the loop run until something is so."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.002)


@pytest.fixture
async def shells() -> AsyncIterator[Callable[..., tuple[Reminders, Told]]]:
    """Makes shells, and stops them in the end."""
    made: list[Reminders] = []

    def make(counter: Any, **more: Any) -> tuple[Reminders, Told]:
        told = Told()
        reminders = Reminders(
            counter.clock, counter.situation, counter.claim, told.digests.append, told.troubles.append, **more
        )
        made.append(reminders)
        return reminders, told

    yield make
    for reminders in made:
        await reminders.stop()


At = Callable[[str], datetime]
Shells = Callable[..., tuple[Reminders, Told]]


async def test_a_look_says_each_thing_once(at: At, hand_clock: Any, counter: Any, shells: Shells) -> None:
    clock = hand_clock(at("08:50"))
    reminders, told = shells(counter(clock, "09:00"))
    await reminders.look()
    assert told.said() == []
    clock.run(5 * MINUTE)
    await reminders.look()
    await reminders.look()
    assert told.said() == [("d09:00", Stage.AHEAD)]


async def test_several_at_once_are_one_delivery(at: At, hand_clock: Any, counter: Any, shells: Shells) -> None:
    clock = hand_clock(at("08:50"))
    reminders, told = shells(counter(clock, "09:00", "09:00:30", "09:01"))
    await reminders.look()
    clock.run(11 * MINUTE)
    await reminders.look()
    assert len(told.digests) == 1
    assert len(told.digests[0].fresh) == 3


async def test_of_two_consoles_one_alone_says_it(at: At, hand_clock: Any, counter: Any, shells: Shells) -> None:
    clock, claims = hand_clock(at("09:00")), set[Claim]()
    one, told_one = shells(counter(clock, "09:00", claims=claims))
    # The other planned before the first had claimed: its own claim is what is refused.
    late = counter(clock, "09:00", claims=claims)
    situation = late.situation()
    late.situation = lambda: situation
    other, told_other = shells(late)
    await one.look()
    await other.look()
    assert told_one.said() == [("d09:00", Stage.DUE)]
    assert told_other.said() == []


def at_once(loop: asyncio.AbstractEventLoop, doing: Coroutine[Any, Any, Any], **more: Any) -> asyncio.Future[Any]:
    """Makes tasks that begin at once, as Textual has them from Python 3.12 on (`asyncio.eager_task_factory`); 3.11 has
    none."""

    @types.coroutine
    def rest(awaited: Any) -> Generator[Any, Any, Any]:
        yield awaited
        return (yield from doing.__await__())

    try:
        awaited = doing.send(None)
    except StopIteration as end:
        done: asyncio.Future[Any] = loop.create_future()
        done.set_result(end.value)
        return done
    return asyncio.Task(rest(awaited), loop=loop, **more)


@pytest.mark.parametrize("tasks", [None, getattr(asyncio, "eager_task_factory", at_once)])
async def test_a_fast_clock_is_followed(at: At, counter: Any, shells: Shells, tasks: Any) -> None:
    asyncio.get_running_loop().set_task_factory(tasks)
    desk = counter(Clock(at("08:54"), speed=3600), "09:00", "09:10", "09:30")
    reminders, told = shells(desk)
    reminders.start()
    await until(lambda: ("d09:30", Stage.OVERDUE) in told.heard())
    assert told.troubles == []
    # On a slow machine one stage may overtake another; none comes twice or out of order, and the last is not left out.
    out = [reminder for digest in told.digests for reminder in digest.reminders]
    assert len(out) == len({(reminder.key, reminder.planned) for reminder in out})
    for duty in desk.schedule.duties:
        planned = [reminder.planned for reminder in out if reminder.item.occurrence.duty == duty]
        assert planned == sorted(planned)
        assert planned[-1] >= at(duty[1:]) + 15 * MINUTE


async def test_an_answer_ends_it_and_a_refresh_sees_it(at: At, counter: Any, shells: Shells) -> None:
    desk = counter(Clock(at("08:59"), speed=3600), "09:00")
    reminders, told = shells(desk)
    reminders.start()
    await until(told.heard)
    desk.answer("d09:00")
    reminders.refresh()
    told.digests.clear()
    await until(lambda: desk.clock.now() > at("09:25"))
    assert told.digests == []


async def test_the_next_look_is_at_the_real_instant(at: At, hand_clock: Any, counter: Any, shells: Shells) -> None:
    clock = hand_clock(at("08:54:59.9"))
    reminders, told = shells(counter(clock, "09:00"))
    reminders.start()
    await asyncio.sleep(0.05)
    clock.run(timedelta(seconds=0.1))
    await until(lambda: told.digests)
    assert told.said() == [("d09:00", Stage.AHEAD)]


async def test_coming_in_late_what_came_due_is_told_apart(
    at: At, hand_clock: Any, counter: Any, shells: Shells
) -> None:
    clock = hand_clock(at("10:04"))
    reminders, told = shells(counter(clock, "09:00", "09:30", "10:03"))
    reminders.start()
    await until(lambda: told.digests)
    (digest,) = told.digests
    assert [each.item.occurrence.duty for each in digest.meanwhile] == ["d09:00", "d09:30"]
    assert [each.item.occurrence.duty for each in digest.fresh] == ["d10:03"]


async def test_while_somebody_is_here_nothing_came_due_meanwhile(
    at: At, hand_clock: Any, counter: Any, shells: Shells
) -> None:
    clock = hand_clock(at("08:00"))
    desk = counter(clock, "09:00")
    desk.answer("d09:00")
    reminders, told = shells(desk)
    await reminders.look()
    for _tick in range(360):
        clock.run(timedelta(seconds=20))
        assert not reminders.came_back()
    desk.records.clear()  # undone, an hour after its time
    await reminders.look()
    assert [digest.meanwhile for digest in told.digests] == [()]


async def test_after_a_sleep_everything_is_caught_up(
    at: At, hand_clock: Any, counter: Any, shells: Shells, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "DRIFT_CHECK", 0.005)
    clock = hand_clock(at("08:40"))
    reminders, told = shells(counter(clock, "09:00", "09:30"))
    reminders.start()
    await asyncio.sleep(0.02)
    clock.jump(timedelta(hours=1))  # nobody calls refresh: the check alone must notice
    await until(lambda: told.digests)
    assert {each.item.occurrence.duty for each in told.digests[0].meanwhile} == {"d09:00", "d09:30"}


async def test_a_clock_set_back_is_followed(
    at: At, hand_clock: Any, counter: Any, shells: Shells, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "DRIFT_CHECK", 0.005)
    clock = hand_clock(at("09:05"))
    reminders, told = shells(counter(clock, "09:00", "12:00"))
    reminders.start()
    await until(lambda: told.digests)
    assert told.said() == [("d09:00", Stage.DUE)]
    clock.jump(timedelta(hours=-1))
    await asyncio.sleep(0.02)
    clock.jump(timedelta(hours=4) - timedelta(minutes=5) - timedelta(milliseconds=60))
    await asyncio.sleep(0.02)
    clock.run(timedelta(milliseconds=60))
    await until(lambda: ("d12:00", Stage.DUE) in told.said())


def test_a_process_that_stood_still_counts_as_away(at: At, hand_clock: Any, counter: Any) -> None:
    clock = hand_clock(at("08:00"))
    desk = counter(clock, "09:00")
    reminders = Reminders(clock, desk.situation, desk.claim, lambda _digest: None, lambda _trouble: None)
    asyncio.run(reminders.look())
    clock.run(timedelta(seconds=20))
    assert not reminders.came_back()
    clock.run(timedelta(seconds=120))  # both clocks ran on, but nothing looked at them
    assert reminders.came_back()


async def test_fifty_jumps_and_twenty_restarts(at: At, hand_clock: Any, counter: Any, shells: Shells) -> None:
    chance = random.Random(20261123)
    times = [f"{hour:02}:{minute:02}" for hour in range(7, 22) for minute in (0, 25)]
    clock = hand_clock(at("06:00"))
    desk = counter(clock, *times)
    heard: list[tuple[str, Stage, datetime]] = []
    reminders, told = shells(desk)
    jumps = [*(timedelta(minutes=chance.randint(5, 90)) for _ in range(25))]
    jumps += [-timedelta(minutes=chance.randint(5, 60)) for _ in range(25)]
    chance.shuffle(jumps)
    for number, jump in enumerate(jumps):
        clock.shows = max(clock.shows + jump, at("06:00"))
        if number % 5 < 2:
            reminders, told = shells(desk)
        for _step in range(8):
            await reminders.look()
            heard += [(each.key, each.stage, each.planned) for digest in told.digests for each in digest.reminders]
            told.digests.clear()
            clock.run(3 * MINUTE)
    while clock.now() < at("23:00"):
        await reminders.look()
        clock.run(3 * MINUTE)
        heard += [(each.key, each.stage, each.planned) for digest in told.digests for each in digest.reminders]
        told.digests.clear()
    assert [each for each, count in Tally(heard).items() if count > 1] == []
    assert {key[1:6] for key, _stage, _planned in heard} == set(times)


async def test_what_fails_is_told_once_and_tried_again(
    at: At, hand_clock: Any, counter: Any, shells: Shells, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "RETRY", timedelta(milliseconds=5))
    desk = counter(hand_clock(at("09:00")), "09:00")
    situation, failures = desk.situation, iter(range(3))

    def failing() -> Any:
        if next(failures, None) is not None:
            raise OSError("the disk is full")
        return situation()

    desk.situation = failing
    reminders, told = shells(desk)
    reminders.start()
    await until(lambda: told.digests)
    assert told.said() == [("d09:00", Stage.DUE)]
    assert told.troubles == ["reminders are held up: the disk is full"]


async def test_what_was_claimed_before_a_failure_is_still_said(
    at: At, hand_clock: Any, counter: Any, shells: Shells
) -> None:
    desk = counter(hand_clock(at("09:01")), "09:00", "09:01")
    claim = desk.claim

    def second_fails(wanted: Claim) -> bool:
        if wanted.key.startswith("d09:01"):
            raise OSError("the disk is full")
        return bool(claim(wanted))

    desk.claim = second_fails
    reminders, told = shells(desk)
    with pytest.raises(OSError, match="full"):
        await reminders.look()
    assert told.said() == [("d09:00", Stage.DUE)]


class Pigeon:
    """A channel that carries what it is given, or fails with what it is told to."""

    def __init__(self, failing: str | None = None) -> None:
        self.sent: list[Message] = []
        self.failing = failing
        self.closed = False

    async def check(self) -> None:
        if self.failing:
            raise ChannelError(self.failing)

    async def send(self, message: Message) -> None:
        await self.check()
        self.sent.append(message)

    async def close(self) -> None:
        self.closed = True


async def test_channels_carry_the_digest_in_words(at: At, hand_clock: Any, counter: Any, shells: Shells) -> None:
    clock, pigeon = hand_clock(at("09:00")), Pigeon()
    reminders, told = shells(counter(clock, "09:00", "09:10"), channels=[pigeon])
    await reminders.look()
    clock.run(20 * MINUTE)
    await reminders.look()
    await until(lambda: len(pigeon.sent) == 2)
    assert pigeon.sent == [
        Message("Look at 09:00", "09:00 · due now"),
        Message(
            "2 items to look at", "09:00 Look at 09:00 · overdue, due for 20 min\n09:10 Look at 09:10 · due for 10 min"
        ),
    ]
    await reminders.stop()
    assert pigeon.closed
    assert told.troubles == []


async def test_a_channel_that_cannot_is_told_once_until_it_can(
    at: At, hand_clock: Any, counter: Any, shells: Shells
) -> None:
    clock, pigeon = hand_clock(at("08:00")), Pigeon("no pigeons today")
    reminders, told = shells(counter(clock, "09:00"), channels=[pigeon])
    reminders.start()
    for _look in range(3):
        clock.run(timedelta(minutes=55))
        await reminders.look()
        await asyncio.sleep(0.01)
    assert len(told.digests) == 3
    assert told.troubles == ["no pigeons today"]
    pigeon.failing = None
    clock.run(timedelta(minutes=20))
    await reminders.look()
    await until(lambda: pigeon.sent)
    pigeon.failing = "gone again"
    clock.run(timedelta(minutes=20))
    await reminders.look()
    await until(lambda: len(told.troubles) == 2)
    assert told.troubles == ["no pigeons today", "gone again"]


async def test_stopped_it_says_nothing(at: At, counter: Any, shells: Shells) -> None:
    desk = counter(Clock(at("08:54"), speed=6000), "09:00")
    reminders, told = shells(desk)
    reminders.start()
    await reminders.stop()
    await until(lambda: desk.clock.now() > at("09:10"))
    reminders.refresh()
    assert told.digests == []
    reminders.start()
    await until(lambda: told.digests)


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = "apscheduler textual desktop_notifier dbus_fast sqlmodel pydantic holidays"
    code = f"import csconsole.reminders, sys; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
