"""Time passes: reminders come once, take no key, and a rehearsal leaves the home as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from consoles import MONDAY
from homes import Records, desk_on
from terminal import OpenTerminal


def content(home: Path) -> dict[str, str]:
    """What is in the files of a home. Whoever reads an SQLite database lays an index, and an empty log, beside it."""
    files = [file for file in home.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
    return {str(file): hashlib.sha256(text).hexdigest() for file in files if (text := file.read_bytes())}


def test_a_rehearsal_follows_its_clock_and_leaves_the_home_alone(console: OpenTerminal, home: Path) -> None:
    before = content(home)
    term = console("rehearse", "--date", "2026-11-23", "--speed", "300")
    term.see("演练", "2026-11-23")
    term.press("f2")
    term.type("演练里记的")
    bells = term.bells
    term.see(lambda: any("08:45" in line and "超时" in line for line in term.lines), within=15)
    term.see("▌")  # the edge of a pop-up
    assert term.bells > bells
    term.type(" jd")  # reminded or not, the keys go where they went
    term.see("演练里记的 jd")
    term.press("enter", "escape")
    term.see("#1 ", "京东 1单")
    term.press("home", "space")
    term.see("撤销 Ctrl+Z")
    term.press("ctrl+q")
    assert term.ended(within=3) == 0
    assert content(home) == before


def test_a_reminder_comes_once_whatever_is_started_again(console: OpenTerminal, home: Path) -> None:
    first = console(size=(80, 24))
    first.see("这段时间到点 3 项")
    assert first.bells == 1
    first.press("ctrl+q")
    assert first.ended() == 0
    again = console(size=(80, 24))
    again.watch(1)
    assert again.bells == 0
    assert "这段时间到点" not in again.text
    assert "超时 2" in again.text  # the bar of what is due is there all the same
    assert again.title == "(3 项到点) csconsole"


@pytest.mark.long
def test_answered_elsewhere_is_not_reminded_of(console: OpenTerminal, records: Records) -> None:
    with desk_on(records.home, MONDAY) as desk:
        for duty in ("shop-health", "complaints-and-refunds", "refund-chase"):
            desk.answer(duty)
    term = console(at="09:49:45", size=(80, 24), loaded=False)
    term.see("✓ 09:42", within=10)
    with desk_on(records.home, MONDAY) as desk:
        desk.answer("morning-meeting")
    term.watch(0.5)
    bells = term.bells
    term.see(lambda: "09:50" in term.lines[0], within=15)
    term.watch(1)
    assert term.bells == bells
