from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csconsole.journal import Journal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def opening(url: str) -> Iterator[Callable[[str | None], Journal]]:
    """Opens the journal of `url`, as often as asked, for a console or (None) a command; all are closed in the end."""
    opened: list[Journal] = []

    def open_one(console: str | None) -> Journal:
        opened.append(Journal.open(url, console))
        return opened[-1]

    yield open_one
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(opening: Callable[[str | None], Journal]) -> Journal:
    return opening("console")
