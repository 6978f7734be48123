"""What every page of the console is: a widget that gets the board and does what its scope's actions name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Container
from textual.reactive import reactive

from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.unbroken import Unbroken

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp
    from csconsole.tui.modals.logline import LogLine


class Page(Unbroken, Container):
    """A page. `refresh_page` shows the board; it is called only while the page is in front."""

    SCOPE: ClassVar[Scope]
    LIST: ClassVar[str]
    """The selector of the widget that takes the keyboard."""

    board: reactive[Board | None] = reactive(None, repaint=False)

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def arrive(self) -> None:
        """The page comes to the front."""
        self._show()
        self.query_one(self.LIST).focus()

    def watch_board(self) -> None:
        if self.display and self.is_mounted:
            self._show()

    def _show(self) -> None:
        if self.board is not None:
            self.refresh_page(self.board)

    def log_line(self) -> LogLine:
        """The one-line log as it opens from here."""
        from csconsole.tui.modals.logline import LogLine

        return LogLine()

    def refresh_page(self, board: Board) -> None:
        raise NotImplementedError
