"""Damage to databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def scar(file: Path, what: str = "ix_mark_key") -> None:
    """Spoil one page: the root of a table or index that is not needed to open the database or to copy it."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (what,)).fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(b"\xff" * 4096)
