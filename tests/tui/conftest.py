"""Every console test has a home of its own, copied from one whose schedule is compiled already."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clocks import StandingClock
from consoles import MONDAY, OpenConsole, console_on

from csconsole.desk import Desk
from csconsole.i18n import use
from csconsole.workspace import Workspace


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    desk = Desk(Workspace.find(home=str(home)), StandingClock(MONDAY), "王主管")
    desk.open()
    desk.look()
    desk.deadlines()
    desk.close()
    return home


@pytest.fixture
def home(filled_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled_home, tmp_path / "home")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


@pytest.fixture
def console(home: Path) -> OpenConsole:
    return console_on(home)
