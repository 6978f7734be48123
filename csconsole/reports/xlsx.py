"""Tables of facts as an Excel workbook, by XlsxWriter, which is installed on request (`csconsole[xlsx]`)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

from csconsole.core.errors import UserError
from csconsole.core.text import width
from csconsole.i18n import _
from csconsole.reports.rows import Cell, Rows, is_formula

try:
    from xlsxwriter import Workbook
except ModuleNotFoundError as error:
    if error.name != "xlsxwriter":
        raise
    raise UserError(_("a workbook needs XlsxWriter: install csconsole[xlsx], or take csv instead")) from error

_LONGEST = 32_767
"""The characters that a cell of Excel can hold."""
_NARROWEST, _WIDEST = 6, 60
_MINUTES, _DAYS = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"


def render_xlsx(tables: Sequence[Rows], title: str, at: datetime) -> bytes:
    """A sheet for each table, with its titles frozen and filters on them; every text is a text, none a formula. `at`
    is the instant (UTC) the workbook gives as the one at which it was made."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        styles = {
            "title": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"valign": "top"}),
            "quoted": book.add_format({"valign": "top", "quote_prefix": True}),
            "minute": book.add_format({"valign": "top", "num_format": _MINUTES, "align": "left"}),
            "day": book.add_format({"valign": "top", "num_format": _DAYS, "align": "left"}),
        }
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.write_row(0, 0, table.columns, styles["title"])
            for line, row in enumerate(table.rows, 1):
                for place, cell in enumerate(row):
                    match cell:
                        case None:
                            pass
                        case str():
                            style = styles["quoted" if is_formula(cell) else "text"]
                            sheet.write_string(line, place, cell[:_LONGEST], style)
                        case datetime():
                            sheet.write_datetime(line, place, cell.replace(tzinfo=None), styles["minute"])
                        case date():
                            sheet.write_datetime(line, place, cell, styles["day"])
                        case _:
                            sheet.write_number(line, place, cell, styles["text"])
            for place, title_ in enumerate(table.columns):
                widest = max((_width(row[place]) for row in table.rows), default=0)
                sheet.set_column(place, place, min(max(widest, width(title_), _NARROWEST), _WIDEST) + 2)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            sheet.set_footer("&L&A&R&P / &N")
    return made.getvalue()


def _width(cell: Cell) -> int:
    match cell:
        case datetime():
            return len(_MINUTES)
        case date():
            return len(_DAYS)
        case None:
            return 0
    return width(str(cell)[:200])
