"""A home for a test: a small schedule, a clock that stands where it is put, a real journal."""

from __future__ import annotations

import os
from pathlib import Path

from clocks import StandingClock
from routine import at

from csconsole.core.agenda import Agenda
from csconsole.desk import Desk
from csconsole.workspace import Workspace

HEAD = """\
version: 1
timezone: Asia/Shanghai
day_starts_at: "05:00"
calendar: {country: null, weekend: [sat, sun]}
platforms:
  tmall: {name: {zh: 天猫, en: Tmall}}
  jd: {name: {zh: 京东, en: JD}}
shops:
  - {id: tmall, name: {zh: 天猫旗舰店, en: Tmall flagship}, platform: tmall}
  - {id: jd, name: {zh: 京东店, en: JD shop}, platform: jd}
people:
  - {id: wang, name: {zh: 王主管, en: Wang}, role: 主管}
  - {id: li, name: {zh: 小李, en: Li}, role: 售后}
categories:
  complaints: {name: {zh: 投诉, en: Complaints}, words: [维权], settle: 24h}
  team: {name: {zh: 团队, en: Team}}
metrics:
  open: {name: {zh: 未结, en: Open}, unit: 件}
  score:
    name: {zh: 体验分, en: Score}
    unit: 分
    platforms: {tmall: {range: [0, 5]}, jd: {range: [-10, 100]}}
"""

DAILY = """\
daily:
  - {id: check, at: "09:00", category: complaints, title: 查看投诉, each: shop, read: [open, score]}
  - {id: ten, at: "10:00", category: team, title: 十点, read: [open]}
"""

REST = """\
weekly:
  - {id: meeting, on: mon, at: "09:50", until: "10:30", category: team, title: 晨会, hold_reminders: true,
     workdays_only: true, expires: same_day}
  - {id: list, on: fri, by: "18:00", category: team, title: 清单}
monthly:
  - {id: report, day: 6, by: "18:00", category: team, title: "{month}月报", covers: previous_month,
     convention: following, notice: 2}
"""

SCHEDULE = HEAD + DAILY + REST

MONDAY = "2026-11-23"


class House:
    """A home folder and the desks in it, which share one clock."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = StandingClock(at(f"{MONDAY} 09:00"))
        self._desks: list[Desk] = []

    @property
    def workspace(self) -> Workspace:
        return Workspace.find(home=str(self.home))

    def desk(self, by: str = "wang", console: str | None = None) -> Desk:
        """A desk that is not open yet."""
        desk = Desk(self.workspace, self.clock, by, console)
        self._desks.append(desk)
        return desk

    def open(self, now: str | None = None, by: str = "wang", console: str | None = None) -> Desk:
        if now:
            self.put(now)
        desk = self.desk(by, console)
        desk.open()
        return desk

    def put(self, now: str) -> None:
        """Put the clock to a wall-clock time in Shanghai."""
        self.clock.put(at(now))

    def write(self, *parts: str) -> None:
        """Write the schedule, as its owner's editor does."""
        self._write(self.workspace.schedule, "".join(parts))

    def write_holidays(self, text: str) -> None:
        self._write(self.workspace.holidays, text)

    def _write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        os.utime(file, (0, 0))  # what counts is what a file holds, not when it was written

    def close(self) -> None:
        for desk in self._desks:
            desk.close()


def keys(agenda: Agenda) -> list[str]:
    return [item.key for item in agenda.items]
