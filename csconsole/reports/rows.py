"""Tables of facts for a spreadsheet: a cell holds a value, not the words for it. `csv` and `xlsx` write them."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

Cell = str | int | float | date | datetime | None
"""A `datetime` is aware, in the zone whose wall clock is to be shown: spreadsheets know no zones. None is empty."""

# The full-width signs are the same to a spreadsheet in Chinese or Japanese (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Rows(Struct, frozen=True):
    """A table by its name, with a title for each column. A row has a cell for each."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens `text` would compute it instead of showing it."""
    return text.startswith(_FORMULA)
