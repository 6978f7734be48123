"""The bench's instruments tell the truth: each is held against a program of which it is known what it does."""

from __future__ import annotations

import sys

from tests.bench.commands import once, watched
from tests.bench.program import Program
from tests.bench.rows import bound, p95, ratio, table
from tests.bench.starting import FLOOR, floor_stands, steady_keys

KNOWN = """
import os, sys, time, tty
tty.setraw(0)
time.sleep(0.25)
os.write(1, b"\\x1b[H\\x1b[2Jloading, \\xe5\\xb7\\xb2\\xe7\\x99\\xbb\\xe8")  # half a character
time.sleep(0.05)
os.write(1, b"\\xae\\xb0")
for letter in b"abcdefghij":
    os.read(0, 16)
    time.sleep(0.04)
    os.write(1, b"\\x1b[5;5H" + bytes([letter]))
"""


def test_a_start_and_its_keys_take_what_the_program_takes() -> None:
    with Program([sys.executable, "-c", KNOWN]) as program:
        half = program.shows(lambda lines: "loading" in lines[0])
        whole = program.shows(lambda lines: "已登记" in lines[0])
        assert 0.25 < half < whole
        assert whole - half > 0.045
        before = program.usage()
        found = steady_keys(program, 6)
        used = program.usage()
    assert min(found) > 40
    assert used.sent - before.sent == 6 * len(b"\x1b[5;5HA")
    assert 12 <= used.wakeups - before.wakeups <= 40
    assert used.seconds - before.seconds < 0.1 < before.megabytes


def test_the_floor_stands_only_when_it_is_painted() -> None:
    with Program(FLOOR) as program:
        program.read(program.now + 0.05)
        assert not floor_stands(program.lines)
        shown = program.shows(floor_stands)
        assert shown > 0.05
        assert any("Check number 20" in line for line in program.lines)
        (changed,) = steady_keys(program, 1)
        assert 0.5 < changed < 1000


def test_a_command_takes_what_it_takes() -> None:
    code = "import time; held = b'x' * (60 << 20); time.sleep(0.1)"
    run = watched([sys.executable, "-c", code])
    assert run.megabytes > 60
    assert run.milliseconds > 100
    assert once([sys.executable, "-c", "import time; time.sleep(0.1)"]) > 100


def test_what_falls_short_is_said() -> None:
    rows = [ratio("a", 1.5, 3.0, 2.0), ratio("b", 1.5, 3.2, 2.0), bound("c", 25, 25.1, "ms")]
    assert [row.holds for row in rows] == [True, False, False]
    assert table(rows).count("SHORT") == 2
    assert p95([float(n) for n in range(100)]) == 94
