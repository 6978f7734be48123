"""A check's readings over thirty days: shop by shop, one reading at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from csconsole.core.errors import UserError
from csconsole.core.trend import Trend
from csconsole.i18n import _, language
from csconsole.tui.modals.form import Form
from csconsole.tui.modals.story import LOOK_AGAIN
from csconsole.tui.widgets.rows import Rows
from csconsole.tui.widgets.trend import Chart, TrendList, heads

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


class TrendScreen(Form[None]):
    """The trend of `metrics`, beginning with the `at`-th and the shop `shop`, up to business day `last`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right,space,ideographic_space", "turn(1)", show=False),
    ]

    def __init__(self, metrics: Sequence[str], last: date, at: int = 0, shop: str | None = None) -> None:
        super().__init__()
        self._metrics = metrics
        self._last = last
        self._at = at
        self._shop = shop
        self._trend: Trend | None = None
        self._board: object = None

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box form"):
            yield Static(id="trend-title", classes="title", markup=False)
            yield Static(id="trend-heads", classes="hint", markup=False)
            yield TrendList(id="trend-list")
            yield Chart(id="trend-chart", markup=False)
            more = _("↑↓ shop · ← → other readings · Esc leaves")
            yield Static(more if len(self._metrics) > 1 else _("↑↓ shop · Esc leaves"), classes="hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(TrendList).focus()
        self._look()
        if self._shop:
            self.query_one(TrendList).move_to(self._shop)
        self.set_interval(LOOK_AGAIN, self._look_again)

    def _look_again(self) -> None:
        """The board is taken anew whenever anybody changed anything."""
        if self.console.board is not self._board:
            self._look()

    def _look(self) -> None:
        desk, self._board = self.console.desk, self.console.board
        name = self._metrics[self._at]
        try:
            self._trend = trend = desk.trend(name, self._last)
        except UserError as error:
            self.console.complain(str(error))
            self.dismiss(None)
            return
        schedule = desk.book.edition(self._last).schedule
        metric = schedule.metrics[name]
        title = (
            f"{metric.name.to(language())} ({metric.unit.to(language())}) · {trend.first:%m-%d} – {trend.last:%m-%d}"
        )
        if len(self._metrics) > 1:
            title += f" · ‹{self._at + 1}/{len(self._metrics)}›"
        self.query_one("#trend-title", Static).update(title)
        rows = self.query_one(TrendList)
        rows.styles.height = len(trend.lines)
        rows.show_trend(trend, schedule)
        self._choose()
        self.call_after_refresh(self._name_columns)

    def _name_columns(self) -> None:
        if self._trend is not None:
            cells = self.query_one(TrendList).size.width - 1
            self.query_one("#trend-heads", Static).update(" " + heads(len(self._trend.days), cells))

    @on(Rows.Selected, "#trend-list")
    def _choose(self) -> None:
        chosen = self.query_one(TrendList).selected
        chart = self.query_one(Chart)
        chart.trend, chart.line = self._trend, chosen.line if chosen else None

    def on_resize(self) -> None:
        self.call_after_refresh(self._name_columns)

    def action_turn(self, by: int) -> None:
        self._at = (self._at + by) % len(self._metrics)
        self._look()

    def action_leave(self) -> None:
        self.dismiss(None)
