"""A paper that is no report on a period: its words, the rows beneath them, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from csconsole.core.text import truncate
from csconsole.i18n import _, pgettext
from csconsole.reports.document import Block, Column, Document, Facts, Lines, Prose, Row, Table
from csconsole.reports.plain import Plain, dumps
from csconsole.reports.rows import Rows

_NOTE = 200
"""The characters that a chat message gives to one note."""


class Paper(Struct, frozen=True):
    """`tables` are for a spreadsheet, the first for CSV, which can hold but one."""

    document: Document
    tables: tuple[Rows, ...]
    plain: Plain


def render_paper(paper: Paper, format: str) -> bytes:
    """The paper as the bytes of a file in any format there is. Raises `UserError` where the library for it, or a font
    with Chinese characters, is missing, and KeyError for what is no format."""
    document = paper.document
    match format:
        case "text":
            from csconsole.reports.text import render_text

            return render_text(document).encode()
        case "chat":
            return _chat(document).encode()
        case "markdown":
            from csconsole.reports.markdown import render_markdown

            return render_markdown(document).encode()
        case "html":
            from csconsole.reports.html import render_html

            return render_html(document).encode()
        case "pdf":
            from csconsole.reports.pdf import draw

            return draw(document)
        case "csv":
            from csconsole.reports.csv import render_csv

            return render_csv(paper.tables[0])
        case "xlsx":
            from csconsole.reports.xlsx import render_xlsx

            return render_xlsx(paper.tables, f"{document.title} {document.subtitle}", document.at)
        case "json":
            return dumps(paper.plain).encode()
    raise KeyError(format)


def _chat(document: Document) -> str:
    """Plain lines that paste as they are into a chat, sections parted by blank lines."""
    head = [_("{title}: {period}").format(title=document.title, period=document.subtitle), *document.lead]
    sections = (
        [section.title, *(line for block in section.blocks for line in _lines(block))] for section in document.sections
    )
    return "\n\n".join("\n".join(lines) for lines in (head, *sections)) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Table():
            for group in block.groups:
                if group.heading:
                    yield group.heading
                yield from (_line(block.columns, row) for row in group.rows)
        case Lines() | Prose():
            yield from block.lines
        case Facts():
            yield from (f"{fact.label} {fact.value} {fact.detail}".rstrip() for fact in block.facts)


def _line(columns: Sequence[Column], row: Row) -> str:
    """A row as one line; a number with its column's title, which there is none above it to say."""
    named = (
        f"{column.title} {cell}" if column.number else cell
        for column, cell in zip(columns, row.cells, strict=True)
        if cell
    )
    cells = pgettext("between facts in brackets", ", ").join(named)
    notes = "".join(f" / {truncate(note, _NOTE)}" for note in row.notes)
    return f"· {cells}{notes}"
