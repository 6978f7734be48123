"""A report in words, before it has a format: sections of figures, tables and prose, in one language.

`compose` makes one of a report; every format with tables renders it. Its strings are plain text without control
characters: escaping is the renderer's task.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace


class Fact(Struct, frozen=True):
    """One figure to be seen at a glance. `alarming` where it should be nought and is not."""

    label: str
    value: str
    detail: str = ""
    alarming: bool = False


class Facts(Struct, frozen=True):
    facts: tuple[Fact, ...]


class Column(Struct, frozen=True):
    """`number` aligns to the right. Of a table's columns one, as a rule, is `wide` and takes the room left over."""

    title: str
    number: bool = False
    wide: bool = False


class Row(Struct, frozen=True):
    """A cell for each column, and `notes` to stand under the row in full. `about` is the key of the check or the number
    of the incident it is about, "" where it is about neither."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()
    about: str = ""


class Group(Struct, frozen=True):
    """Rows of one table that belong together, under a heading of their own where there is one."""

    heading: str
    rows: tuple[Row, ...]


class Table(Struct, frozen=True):
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]


class GridCell(Struct, frozen=True):
    """A reading; what it was before, the warning it calls for, what it was further back: "" where there is none."""

    value: str
    before: str = ""
    warning: str = ""
    further: str = ""


class Grid(Struct, frozen=True):
    """Readings by metric and shop, for a format with room for both; for any other, the same figures as a `table`.

    A row is the metric's name and a cell for each column, None where nothing was taken.
    """

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell | None, ...]], ...]
    table: Table
    legend: str

    def abreast(self, most: int) -> Iterator[Grid]:
        """The grid as several, none with more than `most` columns."""
        for start in range(0, len(self.columns), most):
            end = start + most
            rows = tuple((name, cells[start:end]) for name, cells in self.rows if any(cells[start:end]))
            yield replace(self, columns=self.columns[start:end], rows=rows)


class Lines(Struct, frozen=True):
    lines: tuple[str, ...]


class Prose(Struct, frozen=True):
    """What somebody wrote, line by line, and who did when."""

    lines: tuple[str, ...]
    signature: str = ""


class Panel(Struct, frozen=True):
    """One course: its name, what was at each label (None: nothing known), what it is now in words, and the level past
    which it calls for attention, in words too; `alarming` where it is past that now."""

    name: str
    values: tuple[float | None, ...]
    now: str
    warning: float | None = None
    warning_words: str = ""
    alarming: bool = False


class Course(Struct, frozen=True):
    """Values over time, a panel each, side by side. `low` and `high` bound what is drawn, None: what each panel has;
    `bounds` are those in words."""

    title: str
    labels: tuple[str, ...]
    panels: tuple[Panel, ...]
    low: float | None = None
    high: float | None = None
    bounds: tuple[str, str] = ("", "")


class Series(Struct, frozen=True):
    name: str
    values: tuple[int, ...]


class Stack(Struct, frozen=True):
    """Counts at each label, three series at most, one on top of another from what went well up."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Bar(Struct, frozen=True):
    name: str
    value: int
    words: str


class Bars(Struct, frozen=True):
    title: str
    bars: tuple[Bar, ...]


Chart = Course | Stack | Bars


class PageLine(Struct, frozen=True):
    """A line of a page that has no columns. `depth` is 0 for the title of a section, 1 for a heading in it, 2 for what
    stands there, 3 for a note on the line before; `about` as of a `Row`."""

    text: str
    depth: int
    about: str = ""


Block = Facts | Table | Grid | Lines | Prose | Course | Stack | Bars


class Section(Struct, frozen=True):
    title: str
    blocks: tuple[Block, ...]


class Document(Struct, frozen=True):
    """`title` and `subtitle` name the report and its period; `state` says how final it is and who made it so. `at` is
    the instant (UTC) at which it stood so. `lead` are the sentences to be read first."""

    at: datetime
    title: str
    subtitle: str
    state: str
    lead: tuple[str, ...]
    head: Facts
    sections: tuple[Section, ...]
    foot: str


def table_or(columns: tuple[Column, ...], groups: Sequence[Group], otherwise: str) -> tuple[Block, ...]:
    """A table of these groups; where there are none, a line that says so."""
    return (Table(columns, tuple(groups)) if groups else Lines((otherwise,)),)
