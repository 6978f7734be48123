"""The orders of one incident: closed one by one or together, and added to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from csconsole.core.incident import Incident
from csconsole.core.text import fit, halfwidth
from csconsole.i18n import _
from csconsole.tui.actions import Scope, in_scope
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask
from csconsole.tui.modals.form import Form
from csconsole.tui.widgets.bars import KeyBar
from csconsole.tui.widgets.life import orders_line
from csconsole.tui.widgets.rows import Part, Rows

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


class OrderRows(Rows[tuple[str, bool]]):
    """An order, and whether it is closed."""

    def id_of(self, entry: tuple[str, bool]) -> str:
        return entry[0]

    def parts(self, entry: tuple[str, bool], cells: int) -> list[Part]:
        order, closed = entry
        state = _("✓ closed") if closed else _("● open")
        return [
            (fit(f" {order}", cells - 12), "rows--muted" if closed else ""),
            (state, "rows--good" if closed else ""),
        ]


class Orders(Form[None]):
    """Every action is about the selected order, or about all. `did` hears how the incident stands then."""

    SCOPE = Scope.ORDERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.ORDERS),
        Binding("escape", "leave", show=False),
        Binding("ctrl+z,u", "undo", show=False),
        Binding("f2", "app.log", show=False),
    ]

    def __init__(self, incident: Incident, did: Callable[[Incident], None]) -> None:
        super().__init__()
        self._incident = incident
        self._did = did

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield Static(id="orders-title", classes="title", markup=False)
            yield OrderRows(id="orders", empty=_("no orders yet"))
            yield Static(_("Esc leaves"), classes="hint", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(KeyBar)
        bar.keymap, bar.actions = self.console.keymap, tuple(in_scope(Scope.ORDERS))
        self._show(self._incident)
        self.query_one(OrderRows).focus()

    def _show(self, incident: Incident) -> None:
        self._incident = incident
        if self.is_attached:
            rows = self.query_one(OrderRows)
            rows.styles.height = max(1, len(incident.orders))
            rows.show(list(incident.standing.orders.items()))
            self.query_one("#orders-title", Static).update(f"#{incident.number} {orders_line(incident)}")

    def _changed(self, incident: Incident) -> None:
        self._show(incident)
        self._did(incident)

    def action_close(self) -> None:
        order = self.query_one(OrderRows).cursor
        if order is not None:
            desk = self.console.desk
            verb = desk.reopen_orders if self._incident.standing.orders[order] else desk.close_orders
            self.console.perform(partial(verb, self._incident.number, [order]), self._changed)

    def action_all(self) -> None:
        self.console.perform(partial(self.console.desk.close_orders, self._incident.number), self._changed)

    def action_add(self) -> None:
        def typed(text: str | None) -> None:
            if text:
                verb = partial(self.console.desk.add_orders, self._incident.number, _orders_of(text))
                self.console.perform(verb, self._changed, typed=text)

        self.console.push_screen(Ask(_("Which orders?"), placeholder=_("one or several, as they are pasted")), typed)

    def action_undo(self) -> None:
        def undone(_undone: object) -> None:
            self._changed(self.console.desk.incident(self._incident.number))

        self.console.perform(self.console.desk.undo, undone)

    def action_leave(self) -> None:
        self.dismiss(None)


def _orders_of(text: str) -> list[str]:
    return halfwidth(text).replace(",", " ").replace("、", " ").split()
