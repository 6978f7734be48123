"""Reports: the day, the week and the month as they will be printed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.i18n import _
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask
from csconsole.tui.pages.page import Page

_KINDS = [PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.YEAR]


class ReportsPage(Page):
    """One report, as plain text."""

    SCOPE = Scope.REPORTS
    LIST = "#paper-box"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.REPORTS)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._kind = PeriodKind.DAY
        self._day: date | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="paper-box"):
            yield Static(id="paper", markup=False)

    def refresh_page(self, board: Board) -> None:
        if board.known:
            text = self.console.desk.paper(self._period, "text").decode()
            self.query_one("#paper", Static).update(Text(text, no_wrap=True))
            kinds = {
                PeriodKind.DAY: _("day"),
                PeriodKind.WEEK: _("week"),
                PeriodKind.MONTH: _("month"),
                PeriodKind.YEAR: _("year"),
            }
            self.query_one("#paper-box").border_title = _("Report: {kind}").format(kind=kinds[self._kind])

    @property
    def _period(self) -> Period:
        return period_of(self._kind, self._day or self.console.desk.today())

    def action_kind(self) -> None:
        self._kind = _KINDS[(_KINDS.index(self._kind) + 1) % len(_KINDS)]
        self._show()

    def action_previous(self) -> None:
        self._day = self._period.first - timedelta(days=1)
        self._show()

    def action_next(self) -> None:
        following = self._period.last + timedelta(days=1)
        today = self.console.desk.today()
        # What lies ahead has no report yet.
        if following <= today:
            self._day = following
            self._show()

    def action_print(self) -> None:
        self.console.perform(
            partial(self.console.desk.print_paper, self._period),
            lambda _none: self.console.say(_("sent to the printer")),
        )

    def action_save(self) -> None:
        target = self.console.desk.workspace.reports / f"{self._kind}-{self._period.first.isoformat()}.html"

        def saved(text: str | None) -> None:
            if text:
                self.console.perform(
                    partial(self.console.desk.save_paper, Path(text), self._period),
                    lambda where: self.console.say(_("saved as {file}").format(file=where)),
                )

        question = _("Save as (.html .txt .md .json .pdf):")
        self.console.push_screen(Ask(question, value=str(target)), saved)

    def action_copy(self) -> None:
        text = self.console.desk.paper(self._period, "chat").decode()
        self.app.copy_to_clipboard(text)
        self.console.say(_("copied as it pastes into a chat group"))
