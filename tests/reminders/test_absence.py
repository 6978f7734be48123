"""Starts, sleeps, clocks that are set, and what kept reminders back: nothing due is silent, nothing is told twice.

A machine cannot be put to sleep here. What a sleep does is that the wall clock has moved on and the monotonic one has
not; that is what `clock.jump` makes of it, and a clock that is set by hand looks the same.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from houses import House
from routine import at

from csconsole.core.facts import MarkKind
from csconsole.core.reminder import Digest, Stage
from csconsole.desk import Desk
from csconsole.reminders import Reminders

MINUTE = timedelta(minutes=1)
SHIPPED = (Path(__file__).parents[2] / "schedules" / "supervisor.yaml").read_text(encoding="utf-8")


class Watch:
    """Consoles over one journal, one after the other, and all that reached the person."""

    def __init__(self, house: House, clock: Any) -> None:
        self.house = house
        self.clock = clock
        self.digests: list[Digest] = []
        self.started = 0
        self.start()

    def start(self) -> None:
        """Open the console anew."""
        self.started += 1
        self.desk: Desk = self.house.desk(console=f"console {self.started}")
        self.desk.clock = self.clock
        self.desk.open()
        self.reminders = Reminders(
            self.clock, self.desk.situation, self.desk.claim, self.digests.append, lambda _trouble: None
        )

    async def look(self) -> Digest | None:
        """What a look brings."""
        before = len(self.digests)
        await self.reminders.look()
        assert len(self.digests) <= before + 1
        return self.digests[before] if len(self.digests) > before else None

    async def sit(self, span: timedelta) -> None:
        """Somebody is there while time passes."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            self.clock.run(min(20 * timedelta(seconds=1), end - self.clock.now()))
            self.reminders.came_back()
        await self.reminders.look()

    @property
    def told(self) -> list[tuple[str, Stage, datetime, int]]:
        return [
            (each.key, each.stage, each.planned, each.item.answer.newest)
            for digest in self.digests
            for each in digest.reminders
        ]


@pytest.fixture
def house(tmp_path: Path) -> Any:
    made = House(tmp_path)
    made.workspace.prepare()
    made.write(SHIPPED.replace("# lunch:", "lunch:"))
    yield made
    made.close()


def duties(reminders: Any) -> list[str]:
    return [reminder.item.occurrence.duty for reminder in reminders]


@pytest.mark.parametrize("jumping", [20, pytest.param(50, marks=pytest.mark.long)])
async def test_jumps_and_restarts_bring_everything_once(house: House, hand_clock: Any, jumping: int) -> None:
    chance = random.Random(20261123)
    start, end = at("2026-11-23 07:31"), at("2026-11-23 22:29")
    watch = Watch(house, hand_clock(start))
    jumps = [timedelta(minutes=chance.randint(5, 90)) for _ in range(jumping // 2)]
    jumps += [-timedelta(minutes=chance.randint(5, 60)) for _ in range(jumping // 2)]
    chance.shuffle(jumps)
    for number, jump in enumerate(jumps):
        watch.clock.shows = min(max(watch.clock.shows + jump, start), end)
        if number % 5 < 2:
            watch.start()
        for _step in range(3):
            await watch.look()
            watch.clock.run(4 * MINUTE)
        nothing_due_is_silent(watch)
    while watch.clock.now() < end:
        await watch.look()
        watch.clock.run(4 * MINUTE)
    assert watch.started == 2 * jumping // 5 + 1
    assert [each for each, count in Counter(watch.told).items() if count > 1] == []
    assert {key for key, *_rest in watch.told} >= {item.key for item in watch.desk.look().items}


def nothing_due_is_silent(watch: Watch) -> None:
    agenda = watch.desk.look()
    if watch.desk.hold(agenda) is None:
        told = {key for key, *_rest in watch.told}
        # A look was some minutes ago.
        due = {item.key for item in agenda.items if item.status.open and item.due <= agenda.now - 4 * MINUTE}
        assert due <= told


async def test_a_sleep_of_a_week_is_one_greeting_of_what_remains(house: House, hand_clock: Any) -> None:
    watch = Watch(house, hand_clock(at("2026-11-23 08:50")))
    await watch.look()
    for duty in ("shop-health", "complaints-and-refunds"):
        watch.desk.answer(duty)
    watch.digests.clear()
    watch.clock.jump(timedelta(days=7, minutes=40))
    assert watch.reminders.came_back()
    greeting = await watch.look()
    assert greeting is not None
    assert duties(greeting.meanwhile) == ["invoices", "weekly-reports", "shop-health", "complaints-and-refunds"]
    assert duties(greeting.fresh) == ["refund-chase", "lost-parts-refunds"]  # due this minute, and this evening
    assert await watch.look() is None


async def test_a_clock_set_back_brings_nothing_again(house: House, hand_clock: Any) -> None:
    watch = Watch(house, hand_clock(at("2026-11-23 08:40")))
    for _minute in range(60):
        watch.clock.run(MINUTE)
        await watch.look()
    first = watch.told
    watch.clock.jump(timedelta(hours=-1))
    for _minute in range(60):
        await watch.look()
        watch.clock.run(MINUTE)
    assert watch.told == first


@pytest.mark.parametrize(("since", "end"), [("12:29", "13:20"), ("22:29", "07:30")], ids=["lunch", "quiet hours"])
async def test_after_hours_that_kept_them_back_what_came_due_is_one_list(
    house: House, hand_clock: Any, since: str, end: str
) -> None:
    early = "daily:\n  - {id: early, at: '07:00', title: 开门}\n  - {id: noon, at: '12:45', title: 午间}\n"
    house.write(SHIPPED.replace("# lunch:", "lunch:").replace("daily:\n", early, 1))
    watch = Watch(house, hand_clock(at(f"2026-11-23 {since}")))
    await watch.look()
    watch.digests.clear()
    day = 24 if end < since else 23
    stop = at(f"2026-11-{day} {end}")
    while (left := stop - MINUTE - watch.clock.now()) > timedelta():
        await watch.sit(min(left, 5 * MINUTE))
    assert watch.digests == []
    await watch.sit(MINUTE)
    (digest,) = watch.digests
    assert duties(digest.meanwhile) == ["early" if day == 24 else "noon"]


async def test_whoever_comes_back_early_gets_the_list_at_once(house: House, hand_clock: Any) -> None:
    watch = Watch(house, hand_clock(at("2026-11-23 13:25")))
    await watch.look()
    watch.digests.clear()
    watch.desk.leave(at("2026-11-23 17:00"))
    for _quarter in range(6):
        await watch.sit(15 * MINUTE)
    assert watch.digests == []
    watch.desk.come_back()
    digest = await watch.look()
    assert digest is not None
    assert duties(digest.meanwhile) == ["data-and-chats", "dropship-dispatch", "shipping-progress"]
    assert "platform-disputes" in duties(digest.fresh)  # five minutes ahead


async def test_an_answer_from_elsewhere_ends_a_snooze_before_it_pops(house: House, hand_clock: Any) -> None:
    watch = Watch(house, hand_clock(at("2026-11-23 09:00")))
    await watch.look()
    watch.desk.snooze(["complaints-and-refunds"], at("2026-11-23 09:20"))
    watch.digests.clear()
    await watch.sit(19 * MINUTE)
    assert "complaints-and-refunds" not in [duty for digest in watch.digests for duty in duties(digest.reminders)]
    command = house.desk(by="li")
    command.clock = watch.clock
    command.open()
    command.answer("complaints-and-refunds", MarkKind.DONE)
    watch.digests.clear()
    await watch.sit(30 * MINUTE)
    assert "complaints-and-refunds" not in [duty for digest in watch.digests for duty in duties(digest.reminders)]


async def test_a_snooze_that_ran_out_during_a_sleep_comes_back_once(house: House, hand_clock: Any) -> None:
    watch = Watch(house, hand_clock(at("2026-11-23 09:00")))
    await watch.look()
    watch.desk.snooze(["complaints-and-refunds"], at("2026-11-23 09:12"))  # its grace ends at 09:15
    watch.digests.clear()
    watch.clock.jump(17 * MINUTE)
    await watch.look()
    await asyncio.sleep(0)
    stages = [stage for key, stage, *_rest in watch.told if key.startswith("complaints")]
    assert stages == [Stage.OVERDUE]
