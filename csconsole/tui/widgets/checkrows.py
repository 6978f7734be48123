"""What a check's form is made of: a number, a result, and an incident that is asked about."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Static

from csconsole import wording
from csconsole.core.answer import Status
from csconsole.core.facts import MarkKind
from csconsole.core.text import fit, halfwidth, width
from csconsole.i18n import _
from csconsole.tui.modals.ask import Line

CELL = 8
"""Terminal cells that a number has."""


class Cell(Line):
    """One number of one shop. Several typed or pasted at once fill the column downwards."""

    def __init__(self, shop: str, metric: str, before: str) -> None:
        # An empty cell is seen without colour too.
        super().__init__(placeholder=before or "_" * (CELL - 1))
        self.shop = shop
        self.metric = metric

    @property
    def number(self) -> float | None:
        """What is typed; None where nothing is. Raises `ValueError` where it is no number."""
        typed = halfwidth(self.value).strip().replace(",", "").removesuffix("%")
        return float(typed) if typed else None

    def on_paste(self, event: events.Paste) -> None:
        # A column copied from a spreadsheet comes as lines, of which an input would keep the first alone.
        event.stop()
        event.prevent_default()
        self.replace(" ".join(event.text.split()), *self.selection)


class Result(Static, can_focus=True):
    """A result that Space or the arrows change; None leaves what was answered before as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space,right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    def __init__(self, shop: str | None, results: tuple[MarkKind | None, ...], before: Status | None) -> None:
        super().__init__(markup=False)
        self.shop = shop
        self._results = results
        self._before = before
        self._at = 0

    @property
    def result(self) -> MarkKind | None:
        return self._results[self._at]

    @result.setter
    def result(self, kind: MarkKind | None) -> None:
        self._at = self._results.index(kind)
        self.refresh(layout=True)

    def render(self) -> Text:
        kind = self.result
        status = Status(kind.value) if kind else self._before
        if status is None:
            words = _("numbers only") if self.shop is None else _("as the rest")
            return Text(f"[· {words}]")
        words = f"{wording.status_glyph(status)} {wording.status(status)}"
        return Text(f"[{words}]" if kind else f"({words})")

    def action_turn(self, by: int) -> None:
        self._at = (self._at + by) % len(self._results)
        self.refresh(layout=True)


class Asked(Static, can_focus=True):
    """An incident of an earlier round: Space says that it is closed, ← or → that it is open still; again takes it
    back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space", "say(True)", show=False),
        Binding("left,right", "say(False)", show=False),
    ]

    def __init__(self, number: int, words: str) -> None:
        super().__init__(markup=False)
        self.number = number
        self.closed: bool | None = None
        self._words = words

    def render(self) -> Text:
        said = {None: _("closed? Space yes, → no"), True: _("✓ closed"), False: _("↻ still open")}[self.closed]
        room = max(8, self.size.width - width(said) - 3)
        return Text(f"{fit(self._words, room)} [{said}]")

    def action_say(self, closed: bool) -> None:
        self.closed = None if self.closed is closed else closed
        self.refresh()
