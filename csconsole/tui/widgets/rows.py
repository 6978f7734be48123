"""A list of lines with a cursor, the one list of the console. It paints only the lines that changed, keeps its cursor
on the entry it was on however the list changes around it, and takes a click as a selection.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from csconsole.core.text import fit, width
from csconsole.tui.widgets.painting import Lines

Part = tuple[str, str]
"""A piece of a line and the component class that styles it ("" for none)."""

Entry = TypeVar("Entry")


class Rows(Lines, Generic[Entry], can_focus=True):
    """Lines made of entries. A subclass says how an entry reads (`parts`), what identifies it (`id_of`), and which
    can be selected (`id_of` not None)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor",
        "rows--muted",
        "rows--accent",
        "rows--due",
        "rows--overdue",
        "rows--good",
        "rows--strong",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,K,ｋ", "move(-1)", show=False),
        Binding("down,j,J,ｊ", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("end", "move(9999)", show=False),
    ]

    class RowMessage(Message):
        """Something about the entry of this id."""

        def __init__(self, rows: Rows[Any], id: str | None) -> None:
            super().__init__()
            self.rows = rows
            self.id = id

        @property
        def control(self) -> Rows[Any]:
            return self.rows

    class Selected(RowMessage):
        """The cursor stands on another entry, or on none (None)."""

    class Opened(RowMessage):
        """An entry was clicked twice."""

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:
        super().__init__(id=id)
        self.empty = empty
        self._entries: Sequence[Entry] = ()
        self._cursor: str | None = None
        self._strips: dict[int, Strip] = {}
        self._styles: dict[tuple[str, ...], Style] = {}

    # -- for subclasses ---------------------------------------------------------------------------------------

    @abstractmethod
    def parts(self, entry: Entry, cells: int) -> list[Part]:
        """How an entry reads in `cells` cells."""

    @abstractmethod
    def id_of(self, entry: Entry) -> str | None:
        """What identifies an entry; None for a line that cannot be selected."""

    # -- data in ----------------------------------------------------------------------------------------------

    def show(self, entries: Sequence[Entry], *, cursor: str | None = None) -> None:
        """Show these entries, the cursor on `cursor` if given, else where it was, else on the first."""
        place = self._place()
        self._entries = tuple(entries)
        self._strips = {}
        ids = self._ids()
        wanted = cursor if cursor is not None and cursor in ids else self._cursor
        if wanted is None or wanted not in ids:
            # What the cursor stood on is gone: stay at the same height.
            selectable = [id for id in ids if id is not None]
            wanted = selectable[min(place, len(selectable) - 1)] if selectable else None
        moved, self._cursor = wanted != self._cursor, wanted
        self.virtual_size = Size(1, len(self._entries))
        self.paint()
        if moved or cursor is not None:
            self._reveal()
        if moved:
            self.post_message(self.Selected(self, self._cursor))

    def put(self, entry: Entry) -> None:
        """Show an entry in the place of the one that has its id."""
        places = [y for y, old in enumerate(self._entries) if self.id_of(old) == self.id_of(entry)]
        self._entries = tuple(entry if y in places else old for y, old in enumerate(self._entries))
        self._paint_anew(places)

    @property
    def cursor(self) -> str | None:
        """What the cursor stands on."""
        return self._cursor

    @property
    def selected(self) -> Entry | None:
        return next((entry for entry in self._entries if self._cursor and self.id_of(entry) == self._cursor), None)

    @property
    def lines(self) -> list[str]:
        """What is shown, as plain text, at the present width."""
        return [self.strip(y).text.rstrip() for y in range(len(self._entries))]

    # -- moving -----------------------------------------------------------------------------------------------

    def move_to(self, id: str | None) -> None:
        if id == self._cursor or id is None:
            return
        ids = self._ids()
        touched = [ids.index(each) for each in (self._cursor, id) if each in ids]
        self._cursor = id
        self._paint_anew(touched)
        self._reveal()
        self.post_message(self.Selected(self, id))

    def action_move(self, by: int) -> None:
        ids = [id for id in self._ids() if id is not None]
        if ids:
            place = ids.index(self._cursor) if self._cursor in ids else 0
            self.move_to(ids[max(0, min(place + by, len(ids) - 1))])

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.size.height - 1))

    def action_scroll_home(self) -> None:
        raise SkipAction  # Home is the page's: back to now

    def on_click(self, event: events.Click) -> None:
        y = event.y + self.scroll_offset.y
        ids = self._ids()
        if 0 <= y < len(ids) and (id := ids[y]) is not None:
            self.move_to(id)
            if event.chain == 2:
                self.post_message(self.Opened(self, id))

    def reveal(self, id: str) -> None:
        """Scroll so that an entry is in view; the cursor stays where it is."""
        ids = self._ids()
        if id in ids:
            y = ids.index(id)
            height = self.size.height
            if height and not self.scroll_offset.y <= y < self.scroll_offset.y + height:
                self.scroll_to(y=max(0, y - height // 2), animate=False, force=True)

    def _reveal(self) -> None:
        if self._cursor is not None:
            self.reveal(self._cursor)

    # -- painting ---------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips, self._styles = {}, {}

    def on_resize(self) -> None:
        self._strips = {}
        self.call_after_refresh(self._reveal)

    def on_focus(self) -> None:
        self._repaint_cursor()

    def on_blur(self) -> None:
        self._repaint_cursor()

    def _repaint_cursor(self) -> None:
        ids = self._ids()
        if self._cursor in ids:
            self._paint_anew([ids.index(self._cursor)])

    def _paint_anew(self, lines: Sequence[int]) -> None:
        for y in lines:
            self._strips.pop(y, None)
        self.paint(lines)

    @property
    def _cells(self) -> int:
        return max(1, self.scrollable_content_region.width or self.size.width)

    def _ids(self) -> list[str | None]:
        return [self.id_of(entry) for entry in self._entries]

    def _place(self) -> int:
        ids = [id for id in self._ids() if id is not None]
        return ids.index(self._cursor) if self._cursor in ids else 0

    def strip(self, y: int) -> Strip:
        if y not in self._strips:
            self._strips[y] = self._painted(y)
        return self._strips[y]

    def _painted(self, y: int) -> Strip:
        cells = self._cells
        if y >= len(self._entries):
            words = fit(" " + self.empty, cells) if self.empty and not self._entries and y == 0 else " " * cells
            return Strip([Segment(words, self._style("rows--muted"))], cells)
        entry = self._entries[y]
        chosen = self.can_focus and self._cursor is not None and self.id_of(entry) == self._cursor
        over = "rows--cursor" if chosen and self.has_focus else ""
        segments, used = [Segment("▸" if chosen else " ", self._style("", over))], 1
        for text, name in self.parts(entry, cells - 1):
            segments.append(Segment(text, self._style(name, over)))
            used += width(text)
        if used < cells:
            segments.append(Segment(" " * (cells - used), self._style("", over)))
        return Strip(segments, max(used, cells)).crop(0, cells)

    def _style(self, *names: str) -> Style:
        """The list's own style under those of these component classes. Kept: Textual works them out for every line."""
        if names not in self._styles:
            over = [self.get_component_rich_style(name, partial=True) for name in names if name]
            self._styles[names] = Style.combine([self.rich_style, *over])
        return self._styles[names]
