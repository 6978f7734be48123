"""Schedule files with something wrong: a line each with its place, soon, and never a traceback."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from broken import FILES
from shell import process
from terminal import OpenTerminal

SHORT = ("empty", "gbk", "a bomb of aliases", "ten thousand levels", "a short time", "an unknown key")


def test_there_are_forty() -> None:
    assert len(FILES) == 40


@pytest.mark.parametrize(
    "name", [name if name in SHORT else pytest.param(name, marks=pytest.mark.long) for name in FILES]
)
def test_it_is_told_what_is_wrong_and_where(name: str, tmp_path: Path) -> None:
    broken, file = FILES[name], tmp_path / "supervisor.yaml"
    file.write_bytes(broken.text)
    before = os.times()
    said = process("--lang", "en", "schedule", "check", str(file))
    after = os.times()
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert all(re.fullmatch(re.escape(str(file)) + r":\d+:\d+: \S.*", line) for line in lines), said.err
    assert lines[0].startswith(f"{file}:{broken.line}:"), said.err
    assert broken.says in said.err
    assert after.children_user + after.children_system - before.children_user - before.children_system < 1


@pytest.mark.long
def test_a_console_keeps_the_last_good_one_and_says_so_for_each(console: OpenTerminal, home: Path) -> None:
    term = console()
    file = home / "schedules" / "supervisor.yaml"
    good = file.read_bytes()
    delays: list[float] = []

    def edited(text: bytes, *seen: str | Callable[[], bool]) -> None:
        begun = time.monotonic()
        file.write_bytes(text)
        term.see(*seen, within=5)
        delays.append(time.monotonic() - begun)

    for broken in FILES.values():
        edited(broken.text, f"supervisor.yaml:{broken.line}:", "督促售后处理后台退款")
        edited(good, lambda: "supervisor.yaml" not in term.text)
    sys.stdout.write(f"{len(delays)} edits taken up: median {median(delays):.2f} s, latest {max(delays):.2f} s\n")
    assert max(delays) < 2
    term.press("space")
    term.see("✓ 09:4")
    assert not (home / "data" / "csconsole.log").exists()
