"""What came due while nobody was looking. It waits beside the timeline and takes no key that belongs to it."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.text import truncate
from csconsole.i18n import _, language, ngettext
from csconsole.tui.board import Board

_MOST = 6


class Meanwhile(Static):
    """A list of items, gone when they are answered or the list is put away."""

    board: reactive[Board | None] = reactive(None)
    meanwhile: reactive[tuple[Item, ...]] = reactive((), layout=True)

    def watch_meanwhile(self) -> None:
        self.display = bool(self.meanwhile)

    def render(self) -> Text:
        if self.board is None or not self.meanwhile:
            return Text()
        zone, n = self.board.present.zone, len(self.meanwhile)
        # What can be done with them stands before them: where there is little room, it is what is seen.
        lines = [
            Text(ngettext("{n} check came due meanwhile", "{n} checks came due meanwhile", n).format(n=n), "bold"),
            Text(_("F5 all done at their time, recorded now · Space, F6, F8 on the timeline · Esc hides"), "dim"),
            *(
                Text(
                    truncate(
                        f"{wording.clock_time(item.due, zone)} {item.title.to(language())}", max(10, self.size.width)
                    )
                )
                for item in self.meanwhile[:_MOST]
            ),
        ]
        if n > _MOST:
            lines.append(Text(_("… and {n} more").format(n=n - _MOST)))
        return Text("\n").join(lines)
