"""What fails is said and written down, and the console goes on; what cannot be saved waits."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from consoles import MONDAY, Driver, OpenConsole
from textual.events import Callback
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets._toast import Toast, ToastHolder

from csconsole.core.answer import Status
from csconsole.desk import Desk, Held, NotRead, NotSaved
from csconsole.tui.app import ConsoleApp
from csconsole.tui.errands import TURNS
from csconsole.tui.modals.ask import Line
from csconsole.tui.modals.check import CheckForm
from csconsole.tui.modals.help import Help
from csconsole.tui.modals.logline import LogLine
from csconsole.tui.modals.story import Story
from csconsole.tui.pages.today import TodayPage
from csconsole.tui.unbroken import BEGINNING, Unbroken
from csconsole.tui.widgets.bars import TopBar
from csconsole.tui.widgets.rows import Part, Rows
from csconsole.tui.widgets.timeline import Line as Row
from csconsole.tui.widgets.timeline import Timeline

PLAIN = "出错了:ZeroDivisionError: division by zero"


def fails(*_: object, **__: object) -> Any:
    return 1 / 0


def full(*_: object, **__: object) -> Any:
    raise NotSaved("the disk is full")


def log_of(driver: Driver) -> str:
    log: Path = driver.desk().workspace.log
    return log.read_text(encoding="utf-8") if log.exists() else ""


async def told(driver: Driver, what: str = PLAIN) -> None:
    driver.faulty = True
    for _ in range(200):
        if any(what in note.message for note in driver.app._notifications):
            return
        await driver.pilot.pause(0.02)
    pytest.fail(f"{what!r} was not said")


async def saved(driver: Driver) -> None:
    """Until everything that was asked for is saved."""
    for _ in range(400):
        if not driver.app.unsaved:
            break
        await driver.pilot.pause(0.02)
    assert driver.app.unsaved == []


async def goes_on(driver: Driver) -> None:
    await driver.press("home", "space")
    assert driver.item("refund-chase").status is Status.DONE


@pytest.mark.parametrize(
    ("where", "cause"),
    [
        ("a handler of a key", lambda patch: patch.setattr(Help, "__init__", fails)),
        ("a verb", lambda patch: patch.setattr(Desk, "undo", fails)),
        ("what follows a verb", lambda patch: patch.setattr("csconsole.tui.app.taken_back", fails)),
    ],
)
async def test_a_fault_behind_a_key_is_said_and_the_console_goes_on(
    console: OpenConsole,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    cause: Callable[[pytest.MonkeyPatch], None],
) -> None:
    async with console() as driver:
        await driver.press("up", "space")
        with monkeypatch.context() as patch:
            cause(patch)
            await driver.press("f1" if "handler" in where else "ctrl+z")
        await told(driver)
        assert "ZeroDivisionError" in log_of(driver)
        await goes_on(driver)


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        (TodayPage, ("up",)),  # hears of the cursor from its list
        (Rows, ("up",)),
        (Story, ("2", "enter", "f2", "escape")),
        (LogLine, ("f2", "x")),
        (Line, ("f2", "x")),
        (ConsoleApp, ("f2",)),
    ],
)
async def test_a_fault_in_a_handler_is_said_and_the_console_goes_on(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch, where: type[Unbroken], keys: tuple[str, ...]
) -> None:
    """In one handler of a page, a list, a form, a field, the console itself."""
    async with console() as driver:
        driver.app.desk.log("jd 破损")
        driver.app.refresh_board()
        await driver.press("1")
        failed: list[object] = []

        async def once(part: Unbroken, message: Message) -> None:
            if isinstance(part, where) and not failed and not isinstance(message, (Callback, *BEGINNING)):
                failed.append(message)
                fails()
            await handled(part, message)

        handled = MessagePump._dispatch_message
        with monkeypatch.context() as patch:
            patch.setattr(MessagePump, "_dispatch_message", once)
            await driver.press(*keys)
        assert failed
        await told(driver)
        assert "ZeroDivisionError" in log_of(driver)
        await driver.press("escape", "escape", "1")
        await goes_on(driver)


@pytest.mark.parametrize("later", ["set_timer", "set_interval", "call_after_refresh"])
async def test_a_fault_in_what_was_put_off_is_said_and_the_console_goes_on(console: OpenConsole, later: str) -> None:
    async with console() as driver:
        await driver.press("f2")
        for part in (driver.app, driver.app.screen, driver.app.query_one(TodayPage)):
            driver.app.clear_notifications()
            put_off = getattr(part, later)
            timer = put_off(fails) if later == "call_after_refresh" else put_off(0.01, fails)
            await told(driver)
            if later == "set_interval":
                timer.stop()
        await driver.press("escape")
        await goes_on(driver)


@pytest.mark.parametrize("started", [True, False], ids=["while it runs", "from the start"])
async def test_a_line_that_cannot_be_painted_says_so_and_the_others_are_seen(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch, started: bool
) -> None:
    parts = Timeline.parts

    def broken(timeline: Timeline, entry: Row, cells: int) -> list[Part]:
        return fails() if entry.item and entry.item.key.startswith("data-and") else parts(timeline, entry, cells)

    if not started:
        monkeypatch.setattr(Timeline, "parts", broken)
        monkeypatch.setattr(TopBar, "line", fails)
    async with console() as driver:
        monkeypatch.setattr(Timeline, "parts", broken)
        monkeypatch.setattr(TopBar, "line", fails)
        await driver.pilot.resize_terminal(110, 34)
        await told(driver)
        for key in ("down", "up"):
            await driver.press(key)
        lines = driver.text.splitlines()
        assert " ⚠ " in lines[0]
        assert sum(" ⚠ " in line for line in lines) == 2
        assert "督促售后处理后台退款" in driver.text
        assert len([note for note in driver.app._notifications if PLAIN in note.message]) <= 2
        assert log_of(driver).count("Traceback") == 2
        await goes_on(driver)


@pytest.mark.parametrize("failing", ["compose", "on_mount"])
async def test_a_form_that_cannot_be_opened_is_closed_again(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    async with console() as driver:
        with monkeypatch.context() as patch:
            patch.setattr(LogLine, failing, fails)
            await driver.press("f2")
            await told(driver)
        assert len(driver.app.screen_stack) == 1
        await goes_on(driver)
        await driver.press("f2")
        assert isinstance(driver.app.screen, LogLine)


@pytest.mark.parametrize("failing", ["look", "changed", "snapshot", "missed_since"])
async def test_a_fault_in_the_background_is_said_and_the_console_goes_on(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    async with console() as driver:
        with monkeypatch.context() as patch:
            patch.setattr(Desk, failing, fails)
            driver.app._copied = None
            if failing == "missed_since":
                driver.app.desk.clock.put(MONDAY + timedelta(days=1))  # type: ignore[attr-defined]  # it stands still
            driver.app._tick()
            driver.app._look_round()
            await told(driver)
        assert "ZeroDivisionError" in log_of(driver)
        driver.app._tick()
        await driver.press("home", "space")
        assert driver.app.is_running


async def test_a_fault_of_a_job_is_said_and_reminders_go_on(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as driver:
        with monkeypatch.context() as patch:
            assert driver.app._reminding is not None
            patch.setattr(driver.app._reminding._reminders, "_situation", fails)
            driver.app._reminding.refresh()
            for _ in range(200):
                await driver.pilot.pause(0.02)
                if "提醒受阻" in driver.said:
                    break
        assert PLAIN in driver.said
        driver.faulty = True
        assert "ZeroDivisionError" in log_of(driver)
        await goes_on(driver)


async def test_what_waits_counts_as_done_when_it_was_asked_for(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as driver:
        with monkeypatch.context() as patch:
            patch.setattr(driver.app.desk.journal, "mark", full)
            await driver.press("home", "space")
            assert "the disk is full" in driver.text
            driver.app.desk.clock.put(MONDAY + timedelta(minutes=30))  # type: ignore[attr-defined]  # it stands still
            driver.app._carry_out()
            assert driver.app.unsaved == [""]
        driver.app._carry_out()
        assert driver.app.unsaved == []
        assert driver.item("refund-chase").answer.marked_at == MONDAY


async def test_a_form_that_had_to_wait_leaves_when_it_is_saved_whatever_stands_over_it(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as driver:
        monkeypatch.setattr("csconsole.tui.errands.TRY_AGAIN", 0.1)
        await driver.press("home", "enter")
        form = driver.app.screen
        assert isinstance(form, CheckForm)
        with monkeypatch.context() as patch:
            patch.setattr(driver.app.desk.journal, "mark", full)
            await driver.press("enter", "f2", *"jd")
        await saved(driver)
        assert isinstance(driver.app.screen, LogLine)
        assert "jd" in driver.text
        await driver.press("escape")
        assert driver.app.screen is not form
        assert driver.item("refund-chase").status is Status.DONE
        assert "完成: 督促售后" in driver.text


async def test_while_others_write_it_waits_its_turn_and_says_so_only_where_that_takes_long(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = 0

    def held(*words: Any, **more: Any) -> Any:
        nonlocal busy
        busy -= 1
        if busy >= 0:
            raise Held("another program holds the database")
        return mark(*words, **more)

    async with console() as driver:
        monkeypatch.setattr("csconsole.tui.errands.TRY_AGAIN", 0.1)
        mark = driver.app.desk.journal.mark
        monkeypatch.setattr(driver.app.desk.journal, "mark", held)
        said: list[str] = []
        monkeypatch.setattr(driver.app, "trouble", lambda about, words="": said.append(words) if words else None)
        for times, told in ((TURNS - 1, 0), (TURNS, 1)):
            busy = times
            await driver.press("home", "space")
            await saved(driver)
            assert len(said) == told


async def test_what_was_written_and_cannot_be_read_back_is_not_written_twice(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object, **__: object) -> Any:
        raise NotRead("another program holds the database")

    async with console() as driver:
        with monkeypatch.context() as patch:
            patch.setattr(driver.app.desk.journal, "incident", unreadable)
            await driver.press("f2")
            await driver.type("parcel torn")
            await driver.press("enter")
            assert driver.app.unsaved == []
        driver.app._carry_out()
        assert len(driver.app.desk.incidents()) == 1


async def test_toasts_that_are_withdrawn_leave_nothing_behind(console: OpenConsole) -> None:
    async with console(toasts=True) as driver:
        driver.app.notify("what was lost", severity="error", timeout=60, markup=False)
        for number in range(5):
            driver.app.clear_notifications()
            driver.app.notify(f"reminder {number}", timeout=60, markup=False)
            await driver.settle()
        assert [toast.render().plain for toast in driver.app.screen.query(Toast)] == ["what was lost", "reminder 4"]
        assert len(driver.app.screen.query(ToastHolder)) == 2


async def test_what_a_form_painted_is_let_go_of_when_it_is_closed(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f1")
        painted = weakref.ref(driver.app.screen._styles_cache)
        await driver.press("escape")
        driver.app._tick()
        await driver.settle()
        gc.collect()
        assert painted() is None
