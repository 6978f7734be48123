"""The field of the one-line log: it takes pastes of many lines, and stays fast however long the line is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from rich.cells import get_character_cell_size
from rich.text import Text
from textual import events
from textual.message import Message
from textual.strip import Strip

from csconsole.core.text import LIMIT, clean
from csconsole.tui.modals.ask import Line

_LONG = 400
"""Characters from which on a value is measured once and painted only where it is seen: an Input measures all of its
value a dozen times a key."""


class Words(Line):
    """A line of text. What is pasted from a column or a table becomes one line, with nothing lost."""

    MOST = None

    class TooMuch(Message):
        """Nothing was pasted, for the line would have `n` characters."""

        def __init__(self, n: int) -> None:
            super().__init__()
            self.n = n

    _measured: tuple[str, list[int]] = ("", [0])

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        pasted = clean(event.text, limit=None)
        if len(event.text.splitlines()) > 1 or "\t" in event.text:
            pasted = f" {pasted.strip()} "  # the cells of a table stand apart from what is typed around them
        start, end = sorted(self.selection)
        n = len(self.value) - (end - start) + len(pasted)
        if n > LIMIT:
            self.post_message(self.TooMuch(n))
        else:
            self.replace(pasted, start, end)

    # -- long values ------------------------------------------------------------------------------------------

    @property
    def _ends(self) -> list[int]:
        """The cell at which each character begins, and at which the value ends."""
        if self._measured[0] != self.value:
            self._measured = self.value, list(accumulate(map(get_character_cell_size, self.value), initial=0))
        return self._measured[1]

    def _position_to_cell(self, position: int) -> int:
        return super()._position_to_cell(position) if len(self.value) < _LONG else self._ends[position]

    @property
    def content_width(self) -> int:
        return super().content_width if len(self.value) < _LONG else self._ends[-1] + 1

    def render_line(self, y: int) -> Strip:
        if y != 0 or len(self.value) < _LONG:
            return super().render_line(y)
        ends, left, cells = self._ends, round(self.scroll_offset.x), self.scrollable_content_region.width + 1
        first, last = bisect_right(ends, left) - 1, bisect_left(ends, left + cells)
        seen = Text(self.value[first:last] + " ", no_wrap=True, overflow="ignore", end="")
        if self.has_focus:
            start, end = (min(max(place, first), last) - first for place in sorted(self.selection))
            seen.stylize(self.get_component_rich_style("input--selection"), start, end)
            if first <= self.cursor_position <= last:
                cursor = self.cursor_position - first
                seen.stylize(self.get_component_rich_style("input--cursor"), cursor, cursor + 1)
        strip = Strip(seen.render(self.app.console)).crop(left - ends[first], left - ends[first] + cells)
        return strip.extend_cell_length(cells).apply_style(self.rich_style)
