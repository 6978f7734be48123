"""What stands over the pages until it is answered or left."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType

from csconsole.tui.unbroken import Unbroken


class Form(Unbroken, ModalScreen[ScreenResultType]):
    """A form over the pages, or over another."""

    _left: tuple[ScreenResultType | None] | None = None

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave it; where another stands over it, as soon as that is left. Textual would take away the one on top,
        with what is typed there."""
        if self.is_active:
            return super().dismiss(result)
        self._left = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        if self._left is not None:
            self.dismiss(*self._left)
