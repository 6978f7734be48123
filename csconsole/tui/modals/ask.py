"""One question: a few answers one key away, or one typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec import Struct
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from csconsole.core.errors import UserError
from csconsole.core.text import LIMIT, clean, halfwidth
from csconsole.i18n import _
from csconsole.tui.modals.form import Form
from csconsole.tui.unbroken import Unbroken


class Choice(Struct, frozen=True):
    label: str
    value: str


class Line(Unbroken, Input):
    """A line of text to type. Where it is typed stands the terminal's cursor too (see `keyboard`)."""

    MOST: ClassVar[int | None] = LIMIT
    """How many characters it takes (None: any number, to be told of)."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Whatever is typed or pasted comes in here; the terminal is to show it, not to obey it."""
        super().replace(clean(text, limit=self.MOST), start, end)


class Answer(Line):
    """An input in which a digit, while nothing is typed, chooses one of `choices` answers."""

    class Chosen(Message):
        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, value: str, *, placeholder: str, choices: int) -> None:
        super().__init__(value, placeholder=placeholder)
        self._choices = choices

    def on_key(self, event: events.Key) -> None:
        typed = halfwidth(event.character or "")
        if not self.value and typed.isdecimal() and 1 <= int(typed) <= self._choices:
            event.stop()
            event.prevent_default()
            self.post_message(self.Chosen(int(typed)))


class Ask(Form[str | None]):
    """Answers with the choice or the text, or None where it was called off. Text that `check` refuses, by a
    `UserError`, stays to be mended. Where what is typed may begin with a digit (`digits`), a number chooses with
    Enter, else at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self,
        question: str,
        choices: Sequence[Choice] = (),
        *,
        placeholder: str = "",
        value: str = "",
        check: Callable[[str], object] | None = None,
        digits: bool = False,
    ) -> None:
        super().__init__()
        self._check = check
        self._digits = digits
        self._question = question
        self._choices = choices
        self._placeholder = placeholder
        self._value = value

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, classes="title", markup=False)
            for number, choice in enumerate(self._choices, 1):
                yield Static(f" {number}  {choice.label}", classes="choice", markup=False)
            at_once = 0 if self._digits else len(self._choices)
            yield Answer(self._value, placeholder=self._placeholder, choices=at_once)
            keys = _("1–{n} choose · Enter takes what is typed · Esc leaves").format(n=len(self._choices))
            if self._digits:
                keys = _("1–{n} and Enter choose · or type it, and Enter · Esc leaves").format(n=len(self._choices))
            yield Static(id="fault", markup=False)
            yield Static(keys if self._choices else _("Enter saves · Esc leaves"), classes="hint", markup=False)

    @on(Answer.Chosen)
    def _chosen(self, event: Answer.Chosen) -> None:
        self.dismiss(self._choices[event.number - 1].value)

    @on(events.Click, ".choice")
    def _clicked(self, event: events.Click) -> None:
        widgets = list(self.query(".choice"))
        if event.widget in widgets:
            self.dismiss(self._choices[widgets.index(event.widget)].value)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        number = halfwidth(text)
        if self._digits and number.isdecimal() and 1 <= int(number) <= len(self._choices):
            self.dismiss(self._choices[int(number) - 1].value)
            return
        try:
            if text and self._check:
                self._check(text)
        except UserError as error:
            self.query_one("#fault", Static).update(Text(str(error), "bold"))
        else:
            self.dismiss(text or None)

    def action_leave(self) -> None:
        self.dismiss(None)
