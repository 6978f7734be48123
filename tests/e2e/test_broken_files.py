"""Schedule files with something wrong: a line each with its place, soon, and never a traceback."""

from __future__ import annotations

import os
import re
from pathlib import Path

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
    for broken in FILES.values():
        file.write_bytes(broken.text)
        term.see(f"supervisor.yaml:{broken.line}:", "督促售后处理后台退款", within=5)
        file.write_bytes(good)
        term.see(lambda: "supervisor.yaml" not in term.text, within=5)
    term.press("space")
    term.see("✓ 09:42")
    assert not (home / "data" / "csconsole.log").exists()
