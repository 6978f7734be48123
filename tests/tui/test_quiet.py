"""What is sent to the terminal: what reads otherwise than before, when it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from consoles import Driver, OpenConsole
from textual._compositor import ChopsUpdate
from textual.app import App

from csconsole.core.answer import Status
from csconsole.tui.widgets.bars import TopBar

Frame = dict[int, str]
"""What a frame brings, by the line of the screen."""


@contextmanager
def frames(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Frame]]:
    """Every frame painted within the block."""
    painted: list[Frame] = []
    display = App._display

    def shown(app: App[object], screen: object, update: object) -> None:
        if update is not None:
            assert isinstance(update, ChopsUpdate), "all of the screen is painted"
            strips = driver.app.screen._compositor.render_strips()
            frame: Frame = {}
            for y, first, last in update.spans:
                frame[y] = frame.get(y, "") + strips[y].crop(first, last).text
            painted.append(frame)
        display(app, screen, update)  # type: ignore[arg-type]  # as it came

    with monkeypatch.context() as patch:
        patch.setattr(App, "_display", shown)
        yield painted


async def test_a_cursor_key_paints_two_lines_and_then_the_check_they_are_about(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as driver:
        await driver.press("down", "up")
        with frames(driver, monkeypatch) as painted:
            await driver.press("down")
        first, *rest = painted
        assert len(first) == 2
        assert sorted(line[:1] for line in first.values()) == [" ", "▸"]
        assert len(rest) <= 2
        assert all("店铺" not in line for frame in rest for line in frame.values()), "of the timeline nothing more"


async def test_what_is_answered_is_painted_before_all_that_follows_from_it(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as driver:
        await driver.press("escape", "up")
        with frames(driver, monkeypatch) as painted:
            await driver.press("space")
        first, then = painted
        assert len(first) == 2
        assert any("✓ 09:42" in line for line in first.values())
        assert any("撤销 Ctrl+Z" in line for line in first.values())
        assert any("1/17" in line for line in then.values())
        assert driver.item("complaints-and-refunds").status is Status.DONE


async def test_a_minute_paints_the_clock_the_line_of_now_and_what_is_left(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as driver:
        await driver.press("escape")
        for _minute in range(2):
            driver.clock.pass_by(minutes=1)
            with frames(driver, monkeypatch) as painted:
                driver.app._tick()
                await driver.settle()
        (frame,) = painted
        bar = driver.app.query_one(TopBar).region
        assert "09:44" in frame[bar.y]
        assert any(line.startswith("── 09:44") for line in frame.values())
        # The names of the checks stay as they are, and so does all that is not about the time.
        assert not any("查看" in line or "到期" in line for line in frame.values())
        assert sum(map(len, frame.values())) < 500


async def test_nothing_is_painted_where_nothing_changed(console: OpenConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    async with console() as driver:
        driver.app.refresh_board()
        await driver.settle()
        with frames(driver, monkeypatch) as painted:
            driver.app.refresh_board()
            driver.app._look_round()
            await driver.settle()
        assert painted == []
