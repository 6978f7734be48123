from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from shell import MONDAY, Shell

from csconsole import i18n
from csconsole.__main__ import main


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting of whoever runs the tests, and English again after each."""
    for name in ("HOME", "SCHEDULE", "DATABASE", "LANG", "BY", "NOW"):
        monkeypatch.delenv(f"CSCONSOLE_{name}", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was opened first on Monday at eight."""
    home = tmp_path_factory.mktemp("template") / "home"
    assert main(["--home", str(home), "--now", f"{MONDAY}T08:00", "today"]) == 0
    return home


@pytest.fixture
def home(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "home"))


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(home, capsys)
