"""The floor: the least a Textual app of this kind can be. What the console costs is told as a ratio to it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Footer, Header, Static


class Floor(App[None]):
    """A header, a footer and a table of twenty rows; the last says READY."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit"), ("j", "down", "Down"), ("k", "up", "Up")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("Timeline of checks today")
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Time", "Duty", "State", "Note")
        table.add_rows(
            (f"{8 + n // 2:02}:{n % 2 * 30:02}", f"Check number {n + 1}", "pending", "READY" if n == 19 else "-")
            for n in range(20)
        )
        table.focus()


if __name__ == "__main__":
    Floor().run()
