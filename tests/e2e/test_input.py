"""How what is typed arrives: in pieces, after the console was stopped, and at no cost while nothing is typed."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import psutil
import pytest
from terminal import OpenTerminal


def test_an_escape_is_a_key_of_its_own_when_nothing_follows(console: OpenTerminal) -> None:
    term = console(size=(80, 24))
    for _time in range(3):
        term.press("f1")
        term.see("填写: 打开应办项")
        term.send(b"\x1b", apart=0)
        term.see(lambda: "填写: 打开应办项" not in term.text)


def test_characters_and_keys_may_arrive_in_halves(console: OpenTerminal) -> None:
    term = console(size=(80, 24))
    term.press("f2")
    typed = "退款".encode()
    term.send(typed[:1], typed[1:4], typed[4:], apart=0.2)
    term.see("退款")
    at = term.cursor
    term.send(b"\x1b[", b"D", apart=0.04)  # Left; more than 100 ms later it would be three keys
    term.see(lambda: term.cursor[0] == at[0] - 2)
    term.send(b"\x1b[200~" + typed[:2], typed[2:] + b"\x1b[201", b"~", apart=0.04)
    term.see("退退款款")


def test_what_is_neither_text_nor_a_key_is_passed_over(console: OpenTerminal) -> None:
    term = console(size=(80, 24))
    term.press("f2")
    term.send("退".encode("gbk"), apart=0.05)
    for broken in (b"\x1b[57:R", b"\x1b[999999999200~", b"\x1b[;;;u"):
        term.send(broken, apart=0.2)
        term.type("好")
    term.see("好好好")


def test_stopped_and_continued_it_takes_keys_again(console: OpenTerminal) -> None:
    term = console(size=(80, 24))
    process = psutil.Process(term.pid)
    for words in ("写到一半", "又写一半"):
        term.press("f2")
        term.type(words)
        term.signal(signal.SIGTSTP)
        term.see(lambda: process.status() == psutil.STATUS_STOPPED, lambda: not term.alternate)
        term.signal(signal.SIGCONT)
        term.see(words, "退款", lambda: term.alternate)
        term.type("了")
        term.see(f"{words}了")
        term.press("escape")
        term.see(lambda words=words: words not in term.text)  # type: ignore[misc]
    term.press("ctrl+q")
    assert term.ended() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="no other system counts how often a thread was woken")
def test_the_keyboard_is_not_looked_at_while_nothing_is_typed(console: OpenTerminal) -> None:
    term = console(size=(80, 24))
    term.settle(1.0)
    woken = times_woken(term.pid)
    time.sleep(2)
    assert times_woken(term.pid) - woken < 10


def times_woken(pid: int) -> int:
    """How often threads were woken, but for the one that paints."""
    tasks = (task for task in Path(f"/proc/{pid}/task").iterdir() if task.name != str(pid))
    return sum(int((task / "status").read_text().split("\nvoluntary_ctxt_switches:")[1].split()[0]) for task in tasks)
