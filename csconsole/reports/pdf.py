"""A report as a PDF, by fpdf2, which is installed on request (`csconsole[pdf]`). Laid out as the HTML page is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from csconsole.core.errors import UserError
from csconsole.i18n import _, language
from csconsole.reports.document import (
    Bars,
    Block,
    Chart,
    Column,
    Course,
    Document,
    Facts,
    Grid,
    GridCell,
    Lines,
    Prose,
    Section,
    Stack,
    Table,
)
from csconsole.reports.drawing import draw as draw_chart
from csconsole.reports.html import ABREAST, LANGUAGE_TAGS

try:
    from csconsole.reports.sheet import ACCENT, INK, LEADING, RULE, SOFT, Colour, Sheet
except ModuleNotFoundError as error:
    if error.name != "fpdf":
        raise
    raise UserError(_("a PDF needs fpdf2: install csconsole[pdf], or take html instead")) from error

_TEXT, _SMALL = 9.0, 8.0
_GAP, _PADDING = 3.0, 1.0
_NARROW = 38.0
"""The most a column that is not the table's wide one may take, in millimetres."""
_FIRST = 30.0
"""Room for the head of a table and what stands first in it, in millimetres."""
_TITLE = 10.0
"""Room for the title of a section, or the head of a table, in millimetres."""
_ROW = 6.5
"""What a row of one line takes, in millimetres."""
_LONG = 100.0
"""Rows higher than this, in millimetres, may go on over a page's end."""


def draw(document: Document) -> bytes:
    """Raises `UserError` where no font of this system draws Chinese."""
    sheet = Sheet(f"{document.title} {document.subtitle}")
    sheet.set_title(document.title)
    sheet.set_lang(LANGUAGE_TAGS[language()])
    sheet.set_creation_date(document.at)
    sheet.paragraph(document.title, 18, ACCENT, bold=True)
    sheet.paragraph(document.subtitle, _TEXT, bold=True)
    sheet.paragraph(document.state, _TEXT, SOFT)
    sheet.ln(2)
    sheet.rule(ACCENT, 0.8)
    sheet.ln(3)
    for sentence in document.lead:
        sheet.paragraph(sentence, 10.5)
        sheet.ln(0.6)
    sheet.ln(2)
    _facts(sheet, document.head)
    for section in document.sections:
        _section(sheet, section)
    sheet.ln(5)
    sheet.paragraph(document.foot, _SMALL, SOFT)
    return bytes(sheet.output())


def _section(sheet: Sheet, section: Section) -> None:
    sheet.ln(5)
    sheet.need(_TITLE + _opening(section.blocks[0]))
    sheet.paragraph(section.title, 12, ACCENT, bold=True)
    sheet.ln(1)
    for block in section.blocks:
        _block(sheet, block)


def _opening(block: Block) -> float:
    """How much of a block is to stand on the page that its title stands on."""
    match block:
        case Course() | Stack() | Bars():
            return draw_chart(block).height
        case Table():
            rows = sum(1 + len(group.rows) for group in block.groups)
            return min(_FIRST, _TITLE + rows * _ROW)
        case Grid():
            return _FIRST
        case _:
            return _TITLE


def _block(sheet: Sheet, block: Block) -> None:
    match block:
        case Facts():
            _facts(sheet, block)
        case Table():
            _table(sheet, block)
        case Grid():
            for grid in block.abreast(ABREAST):
                _grid(sheet, grid)
            sheet.paragraph(block.legend, _SMALL, SOFT)
        case Course() | Stack() | Bars():
            _chart(sheet, block)
        case Lines():
            for line in block.lines:
                sheet.paragraph(line, _TEXT, indent=4, start="-")
            sheet.ln(2)
        case Prose():
            for line in block.lines:
                sheet.paragraph(line, _TEXT + 1, indent=4)
            if block.signature:
                sheet.paragraph(block.signature, _SMALL, SOFT, indent=4)
            sheet.ln(1)


def _chart(sheet: Sheet, chart: Chart) -> None:
    drawing = draw_chart(chart)
    sheet.need(drawing.height)
    sheet.picture(drawing)
    sheet.ln(1)


def _facts(sheet: Sheet, facts: Facts) -> None:
    """A box for each figure, side by side."""
    width = sheet.epw / len(facts.facts)
    top, bottom = sheet.y, sheet.y
    for number, fact in enumerate(facts.facts):
        sheet.set_xy(sheet.l_margin + number * width, top + 1)
        # Alarming is said by a mark as well as by weight: it is to survive a black-and-white copier.
        value = f"▲ {fact.value}" if fact.alarming else fact.value
        # What is long is written smaller: a figure that is broken in two is another.
        large = next((size for size in (14, 12, 10.5) if sheet.width_of(value, size, bold=True) <= width - 3), 9)
        for text, size, colour, bold in (
            (fact.label, 7.5, SOFT, False),
            (value, large, INK, True),
            (fact.detail, 7.5, SOFT, False),
        ):
            for line in sheet.lines(text, width - 3, size, bold=bold) if text else ():
                sheet.set_x(sheet.l_margin + number * width + 1.5)
                sheet.put(width - 3, line, size, colour, bold=bold)
                sheet.set_y(sheet.y + size * LEADING)
        bottom = max(bottom, sheet.y + 1)
    sheet.set_draw_color(*RULE)
    sheet.set_line_width(0.15)
    for number in range(len(facts.facts)):
        sheet.rect(sheet.l_margin + number * width, top, width, bottom - top)
    sheet.set_xy(sheet.l_margin, bottom)


# -- tables ---------------------------------------------------------------------------------------------------

Line = tuple[str, float, Colour, bool]
"""A line of a cell: its text, size, colour, and whether it is bold."""

_BLANK: Line = ("", _SMALL, SOFT, False)


def _table(sheet: Sheet, table: Table) -> None:
    widths = _widths(sheet, table)
    sheet.need(_opening(table))
    _head(sheet, table.columns, widths)
    for group in table.groups:
        if group.heading:
            if sheet.need(20):
                _head(sheet, table.columns, widths)
            sheet.ln(2)
            sheet.paragraph(group.heading, _TEXT, ACCENT, bold=True)
            sheet.ln(0.5)
            sheet.rule()
        for row in group.rows:
            cells = [
                [*_lines(sheet, cell, width), *_notes(sheet, row.notes if column.wide else (), width)]
                for column, cell, width in zip(table.columns, row.cells, widths, strict=True)
            ]
            _row(sheet, table.columns, widths, cells)


def _grid(sheet: Sheet, grid: Grid) -> None:
    name_width = sheet.epw * 0.16
    width = (sheet.epw - name_width) / len(grid.columns) - _GAP
    columns = [Column(grid.corner), *(Column(title, number=True) for title in grid.columns)]
    widths = [name_width, *(width for _column in grid.columns)]
    sheet.need(_FIRST)
    _head(sheet, columns, widths)
    for name, cells in grid.rows:
        figures = [_figure(sheet, cell, width) if cell else [] for cell in cells]
        _row(sheet, columns, widths, [_lines(sheet, name, name_width), *figures])
    sheet.ln(2)


def _figure(sheet: Sheet, cell: GridCell, width: float) -> list[Line]:
    value = f"▲ {cell.value}" if cell.warning else cell.value
    beneath = [text for text in (cell.before, cell.further, cell.warning) if text]
    return [*_lines(sheet, value, width, bold=bool(cell.warning)), *_notes(sheet, beneath, width)]


def _lines(sheet: Sheet, text: str, width: float, *, bold: bool = False) -> list[Line]:
    return [(line, _TEXT, INK, bold) for line in sheet.lines(text, width, _TEXT, bold=bold)]


def _notes(sheet: Sheet, notes: Sequence[str], width: float) -> list[Line]:
    return [(line, _SMALL, SOFT, False) for note in notes for line in sheet.lines(note, width, _SMALL)]


def _widths(sheet: Sheet, table: Table) -> list[float]:
    """Each column as wide as what stands in it, within reason; the rest of the page for the wide one."""
    rows = [row.cells for group in table.groups for row in group.rows]
    widths = []
    for place, column in enumerate(table.columns):
        cells = (sheet.width_of(row[place], _TEXT) for row in rows)
        # A trifle more than the text takes, or it would break for an error of rounding.
        widths.append(min(_NARROW, max([sheet.width_of(column.title, _SMALL, bold=True), *cells]) + 0.1))
    room = sheet.epw - _GAP * (len(widths) - 1)
    others = sum(width for column, width in zip(table.columns, widths, strict=True) if not column.wide)
    widths = [
        max(room - others, _NARROW) if column.wide else width
        for column, width in zip(table.columns, widths, strict=True)
    ]
    shrunk = min(1.0, room / sum(widths))
    return [width * shrunk for width in widths]


def _head(sheet: Sheet, columns: Sequence[Column], widths: Sequence[float]) -> None:
    # It stands again on every page, and is to leave room for the rows: a title may have three lines.
    titles = [
        [(line, _SMALL, SOFT, True) for line in sheet.lines(column.title, width, _SMALL, bold=True)[:3]]
        for column, width in zip(columns, widths, strict=True)
    ]
    for strip in zip_longest(*titles, fillvalue=_BLANK):
        _strip(sheet, columns, widths, strip)
    sheet.ln(0.5)
    sheet.rule(INK, 0.3)


def _row(sheet: Sheet, columns: Sequence[Column], widths: Sequence[float], cells: Sequence[Sequence[Line]]) -> None:
    """The row on one page, unless it is too long for one."""
    strips = list(zip_longest(*cells, fillvalue=_BLANK))
    height = sum(map(_height, strips)) + 2 * _PADDING
    if sheet.need(min(height, _LONG)):
        _head(sheet, columns, widths)
    sheet.ln(_PADDING)
    for strip in strips:
        if sheet.need(_height(strip)):
            _head(sheet, columns, widths)
        _strip(sheet, columns, widths, strip)
    sheet.ln(_PADDING)
    sheet.rule()


def _strip(sheet: Sheet, columns: Sequence[Column], widths: Sequence[float], strip: Sequence[Line]) -> None:
    """One line of every column."""
    left = sheet.l_margin
    for column, width, (text, size, colour, bold) in zip(columns, widths, strip, strict=True):
        if text:
            sheet.set_x(left)
            sheet.put(width, text, size, colour, bold=bold, right=column.number)
        left += width + _GAP
    sheet.set_xy(sheet.l_margin, sheet.y + _height(strip))


def _height(strip: Sequence[Line]) -> float:
    return max(size for _text, size, _colour, _bold in strip) * LEADING
