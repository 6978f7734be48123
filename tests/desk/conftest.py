"""Every test of the desk has a home of its own, copied from one whose schedule is compiled and journal made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from houses import SCHEDULE, House

from csconsole.journal import Journal


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home nobody has worked in yet."""
    house = House(tmp_path_factory.mktemp("house"))
    house.workspace.prepare()
    house.write(SCHEDULE)
    Journal.open(house.workspace.database).close()
    assert house.desk().glance() is None
    house.desk()._read(house.desk()._compiler)
    return house.home


@pytest.fixture
def house(built: Path, tmp_path: Path) -> Iterator[House]:
    """Its clock stands at 09:00 on Monday, 23 November 2026."""
    made = House(Path(shutil.copytree(built, tmp_path / "house")))
    yield made
    made.close()
