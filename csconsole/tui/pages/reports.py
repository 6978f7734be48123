"""Reports: the day, the week, the month and the year as they will be printed."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.i18n import N_, _
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.clerk import Clerk
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask, Choice
from csconsole.tui.pages.page import Page

_KINDS = {
    PeriodKind.DAY: N_("day"),
    PeriodKind.WEEK: N_("week"),
    PeriodKind.MONTH: N_("month"),
    PeriodKind.YEAR: N_("year"),
}
_ENDINGS = {
    ".html": N_("HTML, for the browser and for printing"),
    ".pdf": N_("PDF"),
    ".xlsx": N_("Excel workbook of the rows beneath"),
    ".csv": N_("CSV of the checks"),
    ".md": N_("Markdown"),
    ".txt": N_("plain text"),
    ".json": N_("JSON"),
}


class ReportsPage(Page):
    """One report, as plain text. It is made in a thread: what was there stays until it is ready."""

    SCOPE = Scope.REPORTS
    LIST = "#paper-box"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.REPORTS)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._kind = PeriodKind.DAY
        self._day: date | None = None
        self._clerk: Clerk | None = None
        self._shown: object = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="paper-box"):
            yield Static(id="paper", markup=False)

    def arrive(self) -> None:
        self._shown = None  # time has passed: as of when it stands is to be said anew
        super().arrive()

    def refresh_page(self, board: Board) -> None:
        """Have the report made, where anything in it has changed."""
        about = (self._period, *_facts(board))
        if not board.known or about == self._shown:
            return
        self._shown = about
        box = self.query_one("#paper-box")
        box.border_title = _("Report: {kind}").format(kind=_(_KINDS[self._kind]))
        box.border_subtitle = _("being made …")
        period = self._period
        self.clerk.ask(lambda desk: desk.paper(period, "text").decode(), self._made, self._refused, about="preview")

    def _made(self, text: str) -> None:
        self.query_one("#paper-box").border_subtitle = ""
        self.query_one("#paper", Static).update(Text(text, no_wrap=True))

    def _refused(self, why: str) -> None:
        self.query_one("#paper-box").border_subtitle = ""
        self.console.complain(why)

    def on_unmount(self) -> None:
        if self._clerk is not None:
            self._clerk.close()

    @property
    def clerk(self) -> Clerk:
        if self._clerk is None:
            self._clerk = Clerk(self.console)
        return self._clerk

    @property
    def _period(self) -> Period:
        return period_of(self._kind, self._day or self.console.desk.today())

    # -- which report -----------------------------------------------------------------------------------------

    def action_kind(self) -> None:
        kinds = list(_KINDS)
        self._tell_of(kinds[(kinds.index(self._kind) + 1) % len(kinds)])

    def action_day(self) -> None:
        self._tell_of(PeriodKind.DAY)

    def action_week(self) -> None:
        self._tell_of(PeriodKind.WEEK)

    def action_month(self) -> None:
        self._tell_of(PeriodKind.MONTH)

    def action_year(self) -> None:
        self._tell_of(PeriodKind.YEAR)

    def _tell_of(self, kind: PeriodKind) -> None:
        self._kind = kind
        self._turn()

    def action_previous(self) -> None:
        self._day = self._period.before.last
        self._turn()

    def action_next(self) -> None:
        following = self._period.after.first
        # What lies ahead has no report yet.
        if following <= self.console.desk.today():
            self._day = following
            self._turn()

    def _turn(self) -> None:
        self.query_one("#paper-box", VerticalScroll).scroll_home(animate=False)
        self._show()

    # -- what becomes of it -----------------------------------------------------------------------------------

    def action_print(self) -> None:
        self.console.say(_("being sent to the printer …"))
        period = self._period
        self.clerk.ask(
            lambda desk: desk.print_paper(period),
            lambda file: self.console.say(_("sent to the printer; kept as {file}").format(file=file)),
            self.console.complain,
        )

    def action_save(self) -> None:
        """Ask for a format, or for a file, whose ending says the format."""
        choices = [Choice(_(words), ending) for ending, words in _ENDINGS.items()]
        ask = Ask(_("Save the report as"), choices, placeholder=_("or a file, named by its ending"))
        self.console.push_screen(ask, partial(self._save, self._period))

    def _save(self, period: Period, said: str | None) -> None:
        if not said:
            return
        name = f"{period.kind}-{period.first.isoformat()}{said}"
        target = self.console.desk.workspace.reports / name if said in _ENDINGS else Path(said)
        if said in _ENDINGS:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.console.say(_("being saved …"))
        self.clerk.ask(
            lambda desk: desk.save_paper(target, period),
            lambda where: self.console.say(_("saved as {file}").format(file=where)),
            self.console.complain,
        )

    def action_copy(self) -> None:
        period = self._period
        self.clerk.ask(
            lambda desk: desk.paper(period, "chat").decode(), self._copied, self.console.complain, about="copy"
        )

    def _copied(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.console.say(_("copied as it pastes into a chat group"))


def _facts(board: Board) -> tuple[object, ...]:
    """What a report says may have changed with, as far as the board knows; the time alone changes none of it."""
    items = (*board.agenda.items, *board.present.items)
    return (board.schedule, tuple(board.incidents), *((item.key, item.status, item.answer.newest) for item in items))
