"""Several lines of text: a field for them, and a form with nothing else."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from csconsole.core.text import clean
from csconsole.i18n import _
from csconsole.tui.modals.form import Form
from csconsole.tui.unbroken import Unbroken


class Prose(Unbroken, TextArea):
    """Lines to type. Enter hands them in, as in every other field; Ctrl+J begins another line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j,shift+enter,alt+enter", "line", show=False)]

    class Submitted(Message):
        """The lines are as they are to be."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(clean(text, multiline=True), placeholder=placeholder, id=id, compact=True, soft_wrap=True)
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self.text))
        else:
            await super()._on_key(event)

    def edit(self, edit: Edit) -> EditResult:
        """Whatever is typed or pasted comes in here; the terminal is to show it, not to obey it."""
        edit.text = clean(edit.text, multiline=True)
        return super().edit(edit)

    def action_line(self) -> None:
        self.insert("\n")


class ProseForm(Form[str | None]):
    """Answers with the lines, or None where it was called off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f2", "app.log", show=False),
    ]

    def __init__(self, title: str, text: str, *, placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield Static(self._title, classes="title", markup=False)
            yield Prose(self._text, placeholder=self._placeholder)
            yield Static(_("Enter saves · Ctrl+J another line · Esc leaves"), classes="hint", markup=False)

    @on(Prose.Submitted)
    def _submitted(self, event: Prose.Submitted) -> None:
        self.dismiss(event.text)

    def action_leave(self) -> None:
        self.dismiss(None)
