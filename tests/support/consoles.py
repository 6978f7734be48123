"""A console on a temporary home, with a clock that stands where a test puts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from clocks import StandingClock
from textual.pilot import Pilot

from csconsole.core.agenda import Item
from csconsole.desk import Desk
from csconsole.tui.app import ConsoleApp
from csconsole.tui.pages.today import TodayPage
from csconsole.tui.widgets.bars import StatusLine
from csconsole.tui.widgets.timeline import Timeline
from csconsole.workspace import Workspace

MONDAY = datetime.fromisoformat("2026-11-23T09:42:00+08:00")
"""A Monday with its meeting at 09:50, which holds the 10:00 check."""


class Driver:
    """A console in a test, driven by keys and asked what it shows and what it saved."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[Any], clock: StandingClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.faulty = False
        """Whether the test has made something fail. Otherwise nothing does: the console itself would go on."""

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def settle(self) -> None:
        await self.pilot.pause()
        await self.pilot.pause()  # what comes after the first frame has come as well

    async def loaded(self) -> None:
        """Until the records are there and everything asked for before is done."""
        for _ in range(400):
            if self.app.ready and self.app.board is not None and self.app.board.known:
                break
            await self.pilot.pause(0.02)
        else:
            pytest.fail("the records were not loaded")
        await self.settle()

    async def shows(self, words: str) -> None:
        """Until these words are on the screen: what takes long is made in a thread."""
        for _ in range(600):
            if words in self.text:
                return
            await self.pilot.pause(0.02)
        pytest.fail(f"{words} never came:\n{self.text}")

    def item(self, duty: str) -> Item:
        """How today's item of a duty stands in the journal, asked of a desk of its own."""
        desk = Desk(self.app.desk.workspace, self.clock, "test")
        desk.open()
        try:
            return next(item for item in desk.look().items if item.occurrence.duty == duty)
        finally:
            desk.close()

    def desk(self) -> Desk:
        """The console's own desk."""
        return self.app.desk

    @property
    def today(self) -> TodayPage:
        return self.app.query_one(TodayPage)

    @property
    def timeline(self) -> Timeline:
        return self.app.query_one("#timeline", Timeline)

    @property
    def said(self) -> str:
        return self.app.query_one(StatusLine).said

    @property
    def text(self) -> str:
        """What is on the screen, as a person reads it."""
        height = self.app.size.height
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips[:height])


OpenConsole = Callable[..., AbstractAsyncContextManager[Driver]]


def console_on(home: Path) -> OpenConsole:
    """`async with open(at=..., size=...) as driver`: a console over `home` whose records are loaded."""
    settings = home / "data" / "settings.toml"
    if not settings.exists():
        settings.write_text('[notify]\ndesktop = "off"\n', encoding="utf-8")

    @asynccontextmanager
    async def opened(
        at: datetime = MONDAY, size: tuple[int, int] = (120, 36), wait: bool = True, toasts: bool = False
    ) -> AsyncIterator[Driver]:
        clock = StandingClock(at)
        app = ConsoleApp(Desk(Workspace.find(home=str(home)), clock, "王主管", console="test"))
        # As Textual does, but for tests, from Python 3.12 on.
        asyncio.get_running_loop().set_task_factory(getattr(asyncio, "eager_task_factory", None))
        async with app.run_test(size=size, notifications=toasts) as pilot:
            driver = Driver(app, pilot, clock)
            if wait:
                await driver.loaded()
            yield driver
        log = app.desk.workspace.log
        assert driver.faulty or not log.exists() or "Traceback" not in log.read_text(encoding="utf-8")

    return opened
