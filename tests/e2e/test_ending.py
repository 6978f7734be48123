"""However the console ends, what it said was saved is there, and the terminal is as it was."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import psutil
import pytest
from homes import Records, desk_on
from terminal import OpenTerminal, Terminal

SAID = "撤销 Ctrl+Z"


def left_clean(term: Terminal) -> None:
    """The terminal is as the shell left it."""
    assert not term.alternate
    assert term.cursor_shown
    assert term.title == "the shell's own title"
    assert term.text.strip() == ""


def test_ctrl_q_leaves_at_once_wherever_one_is(console: OpenTerminal) -> None:
    term = console(size=(80, 24))
    term.press("f2")
    term.type("没写完")
    term.press("ctrl+q")
    assert term.ended(within=3) == 0
    left_clean(term)


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.long)])
def test_a_signal_ends_it_within_two_seconds(console: OpenTerminal, number: signal.Signals) -> None:
    term = console(size=(80, 24))
    term.signal(number)
    assert term.ended(within=2) == 0
    left_clean(term)


def test_closing_the_terminal_ends_it_within_two_seconds(console: OpenTerminal) -> None:
    term = console(size=(80, 24))
    term.hang_up()
    assert term.ended(within=2) == 0


def test_closing_the_terminal_of_the_shell_it_runs_in_leaves_no_process(console: OpenTerminal) -> None:
    # The system has what loses its terminal go on (SIGCONT), and Textual then begins to paint where nobody reads.
    term = console(size=(80, 24), shell=True)
    _shell, console_itself = term.processes()
    term.hang_up()
    end = time.monotonic() + 10
    while not over(console_itself):
        assert time.monotonic() < end, "still running after 10 s"
        time.sleep(0.02)


def over(process: psutil.Process) -> bool:
    """Whether it has ended, be it that its parent has not heard of it yet."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.long
def test_every_answer_that_was_acknowledged_survives_a_kill(console: OpenTerminal, records: Records) -> None:
    """See `test_kills` for a short form."""
    for answered in range(17):
        term = console(size=(80, 24))
        assert term.text.count("✓ 09:42") == answered
        term.press("space")
        term.see(SAID)
        term.signal(signal.SIGKILL)
        assert term.ended() == -signal.SIGKILL
    with desk_on(records.home) as desk:
        assert desk.look().progress.answered == 17


BROKEN = """\
version: 1
timezone: Asia/Shanghai
calendar: {country: CN}
daily:
  - {id: one, at: "9:5", title: 一}
  - {id: two, at: "25:00", title: 二}
  - {id: one, at: "10:00", title: 三, colour: red}
"""


def test_a_broken_schedule_is_told_whole_on_the_shells_screen(console: OpenTerminal, home: Path) -> None:
    file = home / "schedules" / "supervisor.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    term = console(size=(300, 24), loaded=False)
    assert term.ended(within=20) == 2
    assert not term.alternate
    assert term.cursor_shown
    said = [line for line in term.lines if line]
    assert all(line.startswith(f"{file}:") for line in said)
    assert {line.removeprefix(f"{file}:").split(":")[0] for line in said} >= {"5", "6", "7"}
    assert "Traceback" not in term.text


def test_an_error_nobody_expected_is_one_sentence(console: OpenTerminal, home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from csconsole.desk import office\n"
        "def broken(self, day=None): raise RuntimeError('no such luck')\n"
        "office.Office.look = broken\n"
    )
    term = console(size=(160, 24), loaded=False, env={"PYTHONPATH": str(tmp_path)})
    assert term.ended(within=20) == 1
    assert not term.alternate
    assert "RuntimeError: no such luck" in term.text
    assert "Traceback" not in term.text
    log = home / "data" / "csconsole.log"
    assert "Traceback" in log.read_text()
    log.unlink()


@pytest.mark.long
def test_a_signal_while_it_starts_leaves_the_terminal_as_it_was(console: OpenTerminal) -> None:
    chance = random.Random(7)
    for n in range(40):
        term = console(size=(80, 24), loaded=False)
        if n % 2:
            term.see(lambda: term.alternate, within=20)  # noqa: B023 -- asked at once
        term.watch(chance.random() / (4 if n % 2 else 1))
        number = chance.choice([signal.SIGTERM, signal.SIGHUP])
        term.signal(number)
        assert term.ended(within=20) in (0, -number)
        left_clean(term)
