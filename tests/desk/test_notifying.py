"""Robots and the settings of reminders, from the desk."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from clocks import StandingClock
from houses import House
from robots import Service, http_service

from csconsole.core.errors import UserError
from csconsole.core.facts import MarkKind
from csconsole.desk import Desk
from csconsole.reminders import Reminders


class RealClock(StandingClock):
    """One that stands where it is put, and says that it shows the system's time."""

    ticks = 0.0

    @property
    def moved(self) -> bool:
        return False

    def monotonic(self) -> float:
        return self.ticks

    def pass_by(self, **span: float) -> None:
        super().pass_by(**span)
        self.ticks += timedelta(**span).total_seconds()


@pytest.fixture(autouse=True)
def robot(monkeypatch: pytest.MonkeyPatch, house: House) -> Iterator[Service]:
    """A robot the environment names."""
    for name in list(os.environ):
        if name.startswith("CSCONSOLE_"):
            monkeypatch.delenv(name)
    with http_service() as service:
        monkeypatch.setenv("CSCONSOLE_WECOM_URL", f"{service.url}/send?key=t0kenOfTheRobot")
        settings(house, '[notify]\ndesktop = "off"\n[robots]\nafter = "20m"\n')
        yield service


def settings(house: House, text: str) -> None:
    (house.home / "data" / "settings.toml").write_text(text, encoding="utf-8")


async def sit(clock: RealClock, *consoles: Reminders, minutes: int) -> None:
    for _minute in range(minutes):
        clock.pass_by(minutes=1)
        for console in consoles:
            assert not console.came_back()
            await console.look()
            while console._tasks:
                await asyncio.gather(*console._tasks)


def console(house: House, clock: RealClock, name: str, troubles: list[str]) -> tuple[Desk, Reminders]:
    house.clock = clock
    desk = house.desk(console=name)
    desk.open()
    return desk, desk.reminders(lambda _digest: None, troubles.append)


async def test_of_two_consoles_one_tells_the_robot_once_and_answering_ends_it(house: House, robot: Service) -> None:
    clock, troubles = RealClock(house.clock.now()), list[str]()
    desk, one = console(house, clock, "one", troubles)
    _other_desk, other = console(house, clock, "other", troubles)
    for each in (one, other):
        await each.look()
    await sit(clock, one, other, minutes=34)
    assert robot.posts == []
    await sit(clock, one, other, minutes=10)
    assert [post.json["text"]["content"] for post in robot.posts] == [
        "csconsole: 1 overdue, not answered\n09:00 查看投诉 · overdue, due for 35 min"
    ]
    desk.answer("check", MarkKind.DONE)
    await sit(clock, one, other, minutes=30)
    assert len(robot.posts) == 1 and troubles == []
    for each in (one, other):
        await each.stop()


async def test_whoever_comes_out_of_a_meeting_is_left_some_minutes(house: House, robot: Service) -> None:
    settings(house, '[notify]\ndesktop = "off"\n[robots]\nafter = "40m"\n')
    clock = RealClock(house.clock.now())
    _desk, reminders = console(house, clock, "one", [])
    await reminders.look()
    await sit(clock, reminders, minutes=94)  # the check at 09:00 was to be told at 09:55, within the meeting
    assert robot.posts == []
    await sit(clock, reminders, minutes=2)
    assert len(robot.posts) == 1
    await reminders.stop()


async def test_a_clock_that_was_moved_tells_no_robot(house: House, robot: Service) -> None:
    """A rehearsal is nothing to tell the team."""
    desk = house.open()
    reminders = desk.reminders(lambda _digest: None, lambda _trouble: None)
    assert reminders._robots == ()
    with desk.rehearsal(timedelta(), 60) as scratch:
        scratch.open()
        assert scratch.reminders(lambda _digest: None, lambda _trouble: None)._robots == ()
        scratch.close()
    assert robot.posts == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('notify = "off"\n', "notify is a table"),
        ('[notify]\ndesktop = "off"\n[robots]\nafter = "soon"\n', "robots.after = 'soon' is not a length of time"),
        ("[notify", "settings.toml: cannot be read"),
    ],
)
async def test_what_the_settings_spoil_is_told_and_reminders_come_all_the_same(
    text: str, told: str, house: House
) -> None:
    settings(house, text)
    clock, troubles, said = RealClock(house.clock.now()), list[str](), list[object]()
    house.clock = clock
    desk = house.open()
    reminders = desk.reminders(said.append, troubles.append)
    assert told in troubles[0]
    await reminders.look()
    await reminders.stop()
    assert said


def test_which_ways_are_in_use(house: House) -> None:
    desk = house.desk()
    assert desk.ways().toast and not desk.ways().desktop
    settings(house, '[notify]\nbell = "no"\n')
    with pytest.raises(UserError, match=r"notify\.bell = 'no' is not known"):
        desk.ways()


def test_every_channel_is_tried_in_order(house: House, robot: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCONSOLE_FEISHU_URL", f"{robot.url}/hook/x")
    settings(house, '[notify]\ndesktop = "off"\n[robots]\nuse = ["wecom", "feishu"]\n')
    tried = list(house.desk().try_channels())
    assert tried == [("WeCom", ""), ("Feishu", "Feishu: its answer cannot be understood")]
