"""Reports as they will be printed: the day, the week, the month, the year, the pack for Monday, the month's refunds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from csconsole.core.businessday import ONE_DAY
from csconsole.core.packs import MeetingPack, Pack, RefundPack
from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.i18n import N_, _
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask
from csconsole.tui.pages.page import Page

_KINDS: tuple[tuple[str, Callable[[date], Period | Pack]], ...] = (
    (N_("day"), partial(period_of, PeriodKind.DAY)),
    (N_("week"), partial(period_of, PeriodKind.WEEK)),
    (N_("month"), partial(period_of, PeriodKind.MONTH)),
    (N_("year"), partial(period_of, PeriodKind.YEAR)),
    (N_("Monday's meeting"), MeetingPack.of),
    (N_("the month's refunds"), RefundPack.of),
)


class ReportsPage(Page):
    """One report, as plain text."""

    SCOPE = Scope.REPORTS
    LIST = "#paper-box"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.REPORTS)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._kind = 0
        self._day: date | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="paper-box"):
            yield Static(id="paper", markup=False)

    def refresh_page(self, board: Board) -> None:
        if board.known:
            text = self.console.desk.paper(self._about, "text").decode()
            self.query_one("#paper", Static).update(Text(text, no_wrap=True))
            kind = _(_KINDS[self._kind][0])
            self.query_one("#paper-box").border_title = _("Report: {kind}").format(kind=kind)

    @property
    def _about(self) -> Period | Pack:
        return _KINDS[self._kind][1](self._day or self.console.desk.today())

    @property
    def _period(self) -> Period:
        about = self._about
        return about if isinstance(about, Period) else about.period

    def action_kind(self) -> None:
        self._kind = (self._kind + 1) % len(_KINDS)
        self._show()

    def action_previous(self) -> None:
        self._day = self._period.first - ONE_DAY
        self._show()

    def action_next(self) -> None:
        following = self._period.last + ONE_DAY
        # What lies ahead has no report yet; a meeting is prepared in the week before it.
        last = self.console.desk.today()
        if isinstance(self._about, MeetingPack):
            last += 7 * ONE_DAY
        if following <= last:
            self._day = following
            self._show()

    def action_print(self) -> None:
        self.console.perform(
            partial(self.console.desk.print_paper, self._about),
            lambda _none: self.console.say(_("sent to the printer")),
        )

    def action_save(self) -> None:
        about = self._about
        name = f"{about.kind}-{about.first.isoformat()}" if isinstance(about, Period) else about.name
        target = self.console.desk.workspace.reports / f"{name}.html"

        def saved(text: str | None) -> None:
            if text:
                self.console.perform(
                    partial(self.console.desk.save_paper, Path(text), self._about),
                    lambda where: self.console.say(_("saved as {file}").format(file=where)),
                )

        question = _("Save as (.html .txt .md .json .pdf .csv .xlsx):")
        self.console.push_screen(Ask(question, value=str(target)), saved)

    def action_copy(self) -> None:
        text = self.console.desk.paper(self._about, "chat").decode()
        self.app.copy_to_clipboard(text)
        self.console.say(_("copied as it pastes into a chat group"))
