"""Painting no more than what reads otherwise than before: a console is idle most of the day, and often far away."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from csconsole.core.text import fit
from csconsole.i18n import _
from csconsole.tui.unbroken import Unbroken


def strip_of(text: Text, cells: int, style: Style, console: Console) -> Strip:
    """A line of styled text over a widget's own style, `cells` wide."""
    return Strip(text.render(console)).adjust_cell_length(cells).apply_style(style)


def difference(old: Strip | None, new: Strip, y: int) -> Region | None:
    """Where a widget's line `y` reads otherwise than before; None where it does not. It begins and ends with pieces of
    text: a wide character is never cut in two."""
    if old is None or old.cell_length != new.cell_length:
        return Region(0, y, new.cell_length, 1)
    start, end = 0, new.cell_length
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        start += after.cell_length
    for before, after in zip(reversed([*old]), reversed([*new]), strict=False):
        if before != after:
            break
        end -= after.cell_length
    return Region(start, y, end - start, 1) if start < end else None


class Strips(Unbroken, Widget):
    """A part of the screen that is painted line by line. A line that cannot be made says so, and the others are seen:
    no record, whatever is in it, takes the console away."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._faults: set[str] = set()

    def made(self, make: Callable[[], Strip]) -> Strip:
        """The line that `make` makes. What goes wrong is said and written down once, however often it is painted."""
        try:
            return make()
        except Exception as error:  # noqa: BLE001 -- see above
            if (told := repr(error)) not in self._faults:
                self._faults.add(told)
                self._failed(error)
            return Strip([Segment(fit(" ⚠ " + _("this cannot be shown"), self.size.width), self.rich_style)])


class Lines(Strips, ScrollView):
    """A part of the screen made of lines, which knows what it shows of them."""

    ALLOW_MAXIMIZE = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: dict[int, Strip] = {}

    @abstractmethod
    def strip(self, y: int) -> Strip:
        """How line `y` reads, of all that can be scrolled to."""

    def paint(self, lines: Iterable[int] | None = None) -> None:
        """Repaint what reads otherwise now of these lines; None: of all that is seen."""
        top, height = self.scroll_offset.y, self.size.height
        seen = range(top, top + height) if lines is None else (y for y in lines if top <= y < top + height)
        changed = (difference(self._shown.get(y - top), self._line(y), y - top) for y in seen)
        if regions := [region for region in changed if region is not None]:
            self.refresh(*regions)  # without any, all of it

    def render_line(self, y: int) -> Strip:
        self._shown[y] = self._line(y + self.scroll_offset.y)
        return self._shown[y]

    def _line(self, y: int) -> Strip:
        return self.made(lambda: self.strip(y))

    def on_resize(self) -> None:
        # The frame that gave it another size painted all of it. Textual would do so again with what changes next.
        self._repaint_regions.clear()
        self.paint()
