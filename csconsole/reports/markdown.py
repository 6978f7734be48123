"""A report as Markdown (GitHub's dialect, for its tables). What people wrote is escaped, and stays as they wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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
from csconsole.reports.sparks import sparks

_CELLS = 76

# What may open or close markup anywhere in a line, and what only counts where a line begins.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~#&$]")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """`text` as Markdown shows it unchanged."""
    text = _MARKUP.sub(r"\\\g<0>", text)
    return _AT_START.sub(lambda at: at[1] + (at[2] + "\\" if at[2].isdigit() else "\\" + at[2]), text)


def render_markdown(document: Document) -> str:
    parts = [f"# {escape(document.title)}", f"**{escape(document.subtitle)}** · {escape(document.state)}"]
    parts.append("  \n".join(map(escape, document.lead)))
    parts += _block(document.head)
    for section in document.sections:
        parts += _section(section)
    parts += ["---", escape(document.foot)]
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {escape(section.title)}"
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    """The paragraphs of a block, to be parted by blank lines."""
    match block:
        case Facts():
            yield "\n".join(
                f"- {escape(fact.label)}: **{escape(fact.value)}**"
                + (f" ({escape(fact.detail)})" if fact.detail else "")
                for fact in block.facts
            )
        case Table():
            for group in block.groups:
                if group.heading:
                    yield f"**{escape(group.heading)}**"
                yield _table(block.columns, (_cells(block.columns, row) for row in group.rows))
        case Grid():
            columns = (Column(block.corner), *(Column(title, number=True) for title in block.columns))
            yield _table(columns, ((escape(name), *map(_grid_cell, cells)) for name, cells in block.rows))
            yield escape(block.legend)
        case Course() | Stack() | Bars():
            # Four blanks before each line: nothing that stands there is markup, whatever it holds.
            yield "\n".join(f"    {line}" for line in sparks(block, _CELLS))
        case Lines():
            yield "\n".join(f"- {escape(line)}" for line in block.lines)
        case Prose():
            lines = [escape(line) for line in block.lines]
            if block.signature:
                lines.append(f"– {escape(block.signature)}")
            yield "\n>\n".join(f"> {line}" for line in lines)


def _table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(escape(column.title) for column in columns)]
    lines.append(_line("---:" if column.number else "---" for column in columns))
    lines += map(_line, rows)
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(columns: Sequence[Column], row: Row) -> tuple[str, ...]:
    """The row's cells, its notes in the wide one."""
    return tuple(
        " — ".join(escape(text) for text in (cell, *(row.notes if column.wide else ())))
        for column, cell in zip(columns, row.cells, strict=True)
    )


def _grid_cell(cell: GridCell | None) -> str:
    if cell is None:
        return ""
    warning = f" {escape(cell.warning)}" if cell.warning else ""
    before = "".join(f" · {escape(text)}" for text in (cell.before, cell.further) if text)
    return f"**{escape(cell.value)}**{warning}{before}"
