"""A page of text as a list: what a line is about can be selected and opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.text import Text

from csconsole.tui.widgets.rows import Part, Rows

if TYPE_CHECKING:
    from csconsole.reports.document import PageLine

_STYLES = ("rows--accent", "rows--strong", "", "rows--muted")


class Piece(Struct, frozen=True):
    """As much of a line as fits. `id` is that of the line where it begins one that can be selected."""

    text: str
    depth: int
    about: str
    id: str | None


class PageLines(Rows[Piece]):
    """Lines in as many rows as they take, titles apart from what is before them."""

    _lines: tuple[PageLine, ...] = ()

    def on_resize(self) -> None:
        # Before it is in front, it has no width to fold its lines to.
        self.show_lines(self._lines)

    def show_lines(self, lines: Iterable[PageLine]) -> None:
        self._lines = tuple(lines)
        if not self.size.width:
            return
        pieces: list[Piece] = []
        section = 0
        for line in self._lines:
            if line.depth == 0 and pieces:
                section += 1
                pieces.append(Piece("", 0, "", None))
            indent = " " * max(0, line.depth - 1)
            room = max(16, self.size.width - 3 - len(indent))
            for number, piece in enumerate(Text(line.text).wrap(self.app.console, room)):
                # The same thing may be spoken of in several sections.
                id = f"{section} {line.about}" if line.about and line.depth == 2 and number == 0 else None
                pieces.append(
                    Piece(indent + (" " if number else "") + piece.plain.rstrip(), line.depth, line.about, id)
                )
        self.show(pieces)

    def id_of(self, entry: Piece) -> str | None:
        return entry.id

    def parts(self, entry: Piece, cells: int) -> list[Part]:
        overdue = entry.depth == 2 and "▲" in entry.text
        return [(entry.text, "rows--overdue" if overdue else _STYLES[entry.depth])]
