"""One of several things, to be chosen with the cursor or by its own key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from csconsole.core.text import fit, truncate, width
from csconsole.i18n import _
from csconsole.tui.actions import key_forms
from csconsole.tui.modals.form import Form
from csconsole.tui.widgets.rows import Part, Rows


class Entry(Struct, frozen=True):
    """`keys` choose it at once, as Textual names them; `hint` stands at the end of its line."""

    id: str
    label: str
    hint: str = ""
    keys: frozenset[str] = frozenset()


def numbered(choices: Iterable[tuple[str, str]]) -> list[Entry]:
    """Ids and labels as entries; the first nine are chosen by their number, too."""
    return [
        Entry(id, f"{n} {label}", keys=frozenset(key_forms((str(n),)).split(",")) if n < 10 else frozenset())
        for n, (id, label) in enumerate(choices, 1)
    ]


class Entries(Rows[Entry]):
    def id_of(self, entry: Entry) -> str:
        return entry.id

    def parts(self, entry: Entry, cells: int) -> list[Part]:
        hint = truncate(entry.hint, cells // 2)
        return [(fit(f" {entry.label}", cells - width(hint) - 1), ""), (hint, "rows--muted")]


class Pick(Form[str | None]):
    """Answers with the id of what was chosen, or None where it was called off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter,space,ideographic_space", "take", show=False),
    ]

    def __init__(self, question: str, entries: Iterable[Entry], *, cursor: str | None = None) -> None:
        super().__init__()
        self._question = question
        self._entries: Sequence[Entry] = tuple(entries)
        self._cursor = cursor

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, classes="title", markup=False)
            yield Entries(id="entries")
            yield Static(_("↑ ↓ Enter choose · or its key · Esc leaves"), classes="hint", markup=False)

    def on_mount(self) -> None:
        entries = self.query_one(Entries)
        entries.styles.height = len(self._entries)
        entries.show(self._entries, cursor=self._cursor)
        entries.focus()

    def on_key(self, event: events.Key) -> None:
        if chosen := next((entry.id for entry in self._entries if event.key in entry.keys), None):
            event.stop()
            self.dismiss(chosen)

    @on(Rows.Opened)
    def action_take(self) -> None:
        self.dismiss(self.query_one(Entries).cursor)

    def action_leave(self) -> None:
        self.dismiss(None)
