"""Consoles in a real terminal, each on a temporary home that was used once: its schedule is compiled."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from consoles import MONDAY
from homes import Records, desk_on
from terminal import OpenTerminal, Terminal

if os.name != "posix":  # there is no pty
    collect_ignore = [file.name for file in Path(__file__).parent.glob("test_*.py") if file.name != "test_commands.py"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("template") / "home"
    with desk_on(home) as desk:
        desk.look()
        desk.deadlines()
    (home / "data" / "settings.toml").write_text('[notify]\ndesktop = "off"\n', encoding="utf-8")
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "home"))


@pytest.fixture
def records(home: Path) -> Records:
    return Records(home)


@pytest.fixture
def console(home: Path) -> Iterator[OpenTerminal]:
    """`console("rehearse", at="09:42", lang="zh")`: a console on the home, its records loaded. Nothing of it is left
    when the test ends."""
    with ExitStack() as opened:

        def start(
            *words: str,
            at: str = "09:42",
            lang: str = "zh",
            where: Path | None = None,
            loaded: bool = True,
            size: tuple[int, int] = (120, 36),
            env: dict[str, str] | None = None,
            shell: bool = False,
        ) -> Terminal:
            options = ["--home", str(where or home), "--lang", lang, "--by", "王主管"]
            if "rehearse" not in words:
                options += ["--now", at if "T" in at else f"{MONDAY:%Y-%m-%d}T{at}+08:00"]
            term = opened.enter_context(Terminal(*options, *words, size=size, env=env, shell=shell))
            if loaded:
                term.see(lambda: term.title.endswith("csconsole"), within=30)
                term.settle(0.15)
            return term

        yield start
    log = home / "data" / "csconsole.log"
    assert not log.exists() or "Traceback" not in log.read_text(encoding="utf-8"), (
        "nothing fails unless a test makes it"
    )
