"""A table of facts as CSV that spreadsheets open as it was meant: UTF-8 with a byte-order mark, and no formulas."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

from csconsole.reports.rows import Cell, Rows, is_formula

_LONG_NUMBER = re.compile(r"[0-9]{12,}")


def render_csv(rows: Rows) -> bytes:
    """RFC 4180, behind a byte-order mark, without which Excel takes it for the system's code page."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(_written, rows.columns))
    writer.writerows(map(_written, row) for row in rows.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _written(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case str():
            # An apostrophe in front says that a text follows, whatever it looks like. Of an order's number Excel would
            # show 2.6E+18, and forget all digits past the fifteenth.
            return f"'{cell}" if is_formula(cell) or _LONG_NUMBER.fullmatch(cell) else cell
        case float() if cell.is_integer():
            return int(cell)
    return cell
