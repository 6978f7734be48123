"""A report as one HTML page that needs nothing else: no scripts, no addresses, its style inside. Made for A4 paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from csconsole.core.text import width
from csconsole.i18n import language
from csconsole.reports.document import (
    Bars,
    Block,
    Column,
    Course,
    Document,
    Facts,
    Grid,
    GridCell,
    Lines,
    Prose,
    Row,
    Section,
    Stack,
    Table,
)
from csconsole.reports.drawing import draw
from csconsole.reports.svg import render_svg

LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
"""BCP 47, for what is to be read by other programs."""

_WIDEST = 22
"""How many characters a column may have that is not the table's wide one."""

ABREAST = 7
"""How many columns of readings stand side by side: what an A4 page has room for."""


def render_html(document: Document) -> str:
    title = f"{document.title} {document.subtitle}"
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{LANGUAGE_TAGS[language()]}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{style}@page {{ @bottom-left {{ content: {_css_string(title)} }} }}\n</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{escape(document.title)}</h1>",
        f"<p><strong>{escape(document.subtitle)}</strong><br>{escape(document.state)}</p>",
        "</header>",
        '<div class="lead">',
        *(f"<p>{escape(sentence)}</p>" for sentence in document.lead),
        "</div>",
        *_facts(document.head),
        *(line for section in document.sections for line in _section(section)),
        f"<footer>{escape(document.foot)}</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _css_string(text: str) -> str:
    """`text` as a CSS string. What could end the string or the style is written by its number (CSS Syntax 3, 4.3.7)."""
    return '"' + re.sub(r"[^\w ,.:·–-]", lambda found: f"\\{ord(found[0]):06x}", text) + '"'


def _section(section: Section) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{escape(section.title)}</h2>"
    for block in section.blocks:
        yield from _block(block)
    yield "</section>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Facts():
            yield from _facts(block)
        case Table():
            yield from _table(block)
        case Grid():
            for grid in block.abreast(ABREAST):
                yield from _grid(grid)
            yield f'<p class="legend">{escape(block.legend)}</p>'
        case Course() | Stack() | Bars():
            yield from render_svg(draw(block))
        case Lines():
            yield "<ul>"
            yield from (f"<li>{escape(line)}</li>" for line in block.lines)
            yield "</ul>"
        case Prose():
            yield "<blockquote>"
            yield from (f"<p>{escape(line)}</p>" for line in block.lines)
            if block.signature:
                yield f'<p class="signature">{escape(block.signature)}</p>'
            yield "</blockquote>"


def _facts(facts: Facts) -> Iterator[str]:
    yield '<dl class="facts">'
    for fact in facts.facts:
        yield f'<div class="{"alarming" if fact.alarming else "calm"}">'
        yield f"<dt>{escape(fact.label)}</dt><dd>{escape(fact.value)}"
        if fact.detail:
            yield f"<small>{escape(fact.detail)}</small>"
        yield "</dd></div>"
    yield "</dl>"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    yield from _widths(table)
    yield from _head(table.columns)
    for group in table.groups:
        yield "<tbody>"
        if group.heading:
            across = f'colspan="{len(table.columns)}" scope="rowgroup"'
            yield f'<tr class="group"><th {across}>{escape(group.heading)}</th></tr>'
        for row in group.rows:
            yield from _row(table.columns, row)
        yield "</tbody>"
    yield "</table>"


def _widths(table: Table) -> Iterator[str]:
    """The columns as wide as what stands in them, and all the rest for the wide one: no table outgrows the page."""
    rows = [[column.title for column in table.columns], *(row.cells for group in table.groups for row in group.rows)]
    widths = [min(max(map(width, cells)), _WIDEST) for cells in zip(*rows, strict=True)]
    cols = (
        "<col>" if column.wide else f'<col style="width: calc({cells + 1}ch + 2mm)">'
        for column, cells in zip(table.columns, widths, strict=True)
    )
    yield f"<colgroup>{''.join(cols)}</colgroup>"


def _head(columns: Iterable[Column]) -> Iterator[str]:
    cells = "".join(f'<th scope="col"{_kind(column)}>{escape(column.title)}</th>' for column in columns)
    yield f"<thead><tr>{cells}</tr></thead>"


def _row(columns: Sequence[Column], row: Row) -> Iterator[str]:
    """The row, its notes beneath what stands in the wide column."""
    cells = []
    for column, cell in zip(columns, row.cells, strict=True):
        notes = row.notes if column.wide else ()
        written = "".join(f"<small>{escape(note)}</small>" for note in notes)
        cells.append(f"<td{_kind(column)}>{escape(cell)}{written}</td>")
    yield f"<tr>{''.join(cells)}</tr>"


def _kind(column: Column) -> str:
    return ' class="wide"' if column.wide else ' class="number"' if column.number else ""


def _grid(grid: Grid) -> Iterator[str]:
    yield '<table class="grid">'
    yield from _head((Column(grid.corner, wide=True), *(Column(title, number=True) for title in grid.columns)))
    yield "<tbody>"
    for name, cells in grid.rows:
        yield f'<tr><th scope="row">{escape(name)}</th>{"".join(map(_grid_cell, cells))}</tr>'
    yield "</tbody>"
    yield "</table>"


def _grid_cell(cell: GridCell | None) -> str:
    if cell is None:
        return "<td></td>"
    lines = [f"<b>▲ {escape(cell.value)}</b>" if cell.warning else escape(cell.value)]
    lines += [f"<small>{escape(text)}</small>" for text in (cell.before, cell.further, cell.warning) if text]
    return f'<td class="number">{"".join(lines)}</td>'
