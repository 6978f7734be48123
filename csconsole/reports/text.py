"""A report as plain text for a terminal: 80 cells wide, columns aligned by cells, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from csconsole.core.text import width
from csconsole.reports import lines
from csconsole.reports.document import (
    Bars,
    Block,
    Column,
    Course,
    Document,
    Facts,
    Grid,
    Lines,
    Prose,
    Row,
    Section,
    Stack,
    Table,
)
from csconsole.reports.sparks import sparks

CELLS = 80
_GAP = "  "
_INDENT = "  "
_NARROWEST = 6


def render_text(document: Document) -> str:
    return "\n".join(line.rstrip() for line in _lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield from _underlined(document.title, "=")
    yield from wrap(document.subtitle, CELLS)
    yield from wrap(document.state, CELLS)
    yield ""
    for sentence in document.lead:
        yield from wrap(sentence, CELLS)
    yield ""
    yield from _facts(document.head)
    for section in document.sections:
        yield ""
        yield from _section(section)
    yield ""
    yield document.foot


def _section(section: Section) -> Iterator[str]:
    yield from _underlined(section.title, "-")
    for place, block in enumerate(section.blocks):
        if place and isinstance(block, Course | Stack | Bars):
            yield ""
        yield from _block(block)


def _underlined(title: str, mark: str) -> Iterator[str]:
    over = wrap(title, CELLS)
    yield from over
    yield mark * max(map(width, over))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Facts():
            yield from _facts(block)
        case Table():
            yield from table(block)
        case Grid():
            yield from table(block.table)
        case Course() | Stack() | Bars():
            yield from sparks(block, CELLS)
        case Lines():
            for line in block.lines:
                yield from _hanging("- ", line)
        case Prose():
            for line in block.lines:
                yield from _hanging(_INDENT, line)
            if block.signature:
                yield from _hanging(_INDENT + "– ", block.signature)


def _facts(facts: Facts) -> Iterator[str]:
    columns = (Column(""), Column("", number=True), Column("", wide=True))
    rows = [Row((fact.label, fact.value, fact.detail)) for fact in facts.facts]
    widths = _widths(columns, rows)
    for row in rows:
        yield from _row(columns, widths, row)


def table(table: Table) -> Iterator[str]:
    """The table's lines, each row's as wide as any other's; notes and headings go across."""
    widths = _widths(table.columns, [row for group in table.groups for row in group.rows])
    yield from _row(table.columns, widths, Row(tuple(column.title for column in table.columns)))
    for place, group in enumerate(table.groups):
        if group.heading:
            yield from [""] if place else []
            yield from wrap(group.heading, CELLS)
        for row in group.rows:
            yield from _row(table.columns, widths, row)
            for note in row.notes:
                yield from _hanging(" " * (widths[0] + len(_GAP)) if widths[0] < 20 else _INDENT * 2, note)


def _row(columns: Sequence[Column], widths: Sequence[int], row: Row) -> Iterator[str]:
    cells = [wrap(cell, cells) for cell, cells in zip(row.cells, widths, strict=True)]
    for line in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(_aligned(*each) for each in zip(columns, line, widths, strict=True))


def _aligned(column: Column, text: str, cells: int) -> str:
    blank = " " * (cells - width(text))
    return blank + text if column.number else text + blank


def _widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """How wide each column is to be: as its widest cell, the `wide` one and then the widest giving way."""
    widths = [
        min(CELLS, max([width(column.title), 1, *(width(row.cells[place]) for row in rows)]))
        for place, column in enumerate(columns)
    ]
    room = CELLS - len(_GAP) * (len(columns) - 1)
    while sum(widths) > room:
        wide = next((place for place, column in enumerate(columns) if column.wide and widths[place] > room // 3), None)
        place = max(range(len(widths)), key=widths.__getitem__) if wide is None else wide
        if widths[place] <= _NARROWEST:
            break
        widths[place] -= 1
    return widths


def _hanging(start: str, text: str) -> Iterator[str]:
    for place, line in enumerate(wrap(text, CELLS - width(start))):
        yield (start if place == 0 else " " * width(start)) + line


def wrap(text: str, cells: int) -> list[str]:
    """`text` in lines of at most `cells` cells; at least one line."""
    return lines.wrap(text, cells, width)
