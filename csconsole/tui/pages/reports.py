"""Reports as they will be printed: the day, the week, the month, the year, Monday's pack, the month's refunds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
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
from csconsole.tui.clerk import Clerk
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask, Choice
from csconsole.tui.pages.page import Page

_KINDS: Mapping[str, tuple[str, Callable[[date], Period | Pack]]] = {
    "day": (N_("day"), partial(period_of, PeriodKind.DAY)),
    "week": (N_("week"), partial(period_of, PeriodKind.WEEK)),
    "month": (N_("month"), partial(period_of, PeriodKind.MONTH)),
    "year": (N_("year"), partial(period_of, PeriodKind.YEAR)),
    "meeting": (N_("Monday's meeting"), MeetingPack.of),
    "refunds": (N_("the month's refunds"), RefundPack.of),
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
        self._kind = "day"
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
        about = self._about
        if not board.known or (about, *_facts(board)) == self._shown:
            return
        self._shown = (about, *_facts(board))
        box = self.query_one("#paper-box")
        box.border_title = _("Report: {kind}").format(kind=_(_KINDS[self._kind][0]))
        box.border_subtitle = _("being made …")
        self.clerk.ask(lambda desk: desk.paper(about, "text").decode(), self._made, self._refused, about="preview")

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
    def _about(self) -> Period | Pack:
        return _KINDS[self._kind][1](self._day or self.console.desk.today())

    @property
    def _period(self) -> Period:
        about = self._about
        return about if isinstance(about, Period) else about.period

    # -- which report -----------------------------------------------------------------------------------------

    def action_kind(self) -> None:
        kinds = list(_KINDS)
        self._tell_of(kinds[(kinds.index(self._kind) + 1) % len(kinds)])

    def action_day(self) -> None:
        self._tell_of("day")

    def action_week(self) -> None:
        self._tell_of("week")

    def action_month(self) -> None:
        self._tell_of("month")

    def action_year(self) -> None:
        self._tell_of("year")

    def action_meeting(self) -> None:
        self._tell_of("meeting")

    def action_refunds(self) -> None:
        self._tell_of("refunds")

    def _tell_of(self, kind: str) -> None:
        self._kind = kind
        self._turn()

    def action_previous(self) -> None:
        self._day = self._period.before.last
        self._turn()

    def action_next(self) -> None:
        following = self._period.after.first
        # What lies ahead has no report yet; a meeting is prepared in the week before it.
        last = self.console.desk.today() + (7 * ONE_DAY if self._kind == "meeting" else timedelta())
        if following <= last:
            self._day = following
            self._turn()

    def _turn(self) -> None:
        self.query_one("#paper-box", VerticalScroll).scroll_home(animate=False)
        self._show()

    # -- what becomes of it -----------------------------------------------------------------------------------

    def action_print(self) -> None:
        self.console.say(_("being sent to the printer …"))
        about = self._about
        self.clerk.ask(
            lambda desk: desk.print_paper(about),
            lambda file: self.console.say(_("sent to the printer; kept as {file}").format(file=file)),
            self.console.complain,
        )

    def action_save(self) -> None:
        """Ask for a format, or for a file, whose ending says the format."""
        choices = [Choice(_(words), ending) for ending, words in _ENDINGS.items()]
        ask = Ask(_("Save the report as"), choices, placeholder=_("or a file, named by its ending"))
        self.console.push_screen(ask, partial(self._save, self._about))

    def _save(self, about: Period | Pack, said: str | None) -> None:
        if not said:
            return
        name = f"{about.kind}-{about.first.isoformat()}" if isinstance(about, Period) else about.name
        target = self.console.desk.workspace.reports / f"{name}{said}" if said in _ENDINGS else Path(said)
        if said in _ENDINGS:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.console.say(_("being saved …"))
        self.clerk.ask(
            lambda desk: desk.save_paper(target, about),
            lambda where: self.console.say(_("saved as {file}").format(file=where)),
            self.console.complain,
        )

    def action_copy(self) -> None:
        about = self._about
        self.clerk.ask(
            lambda desk: desk.paper(about, "chat").decode(), self._copied, self.console.complain, about="copy"
        )

    def _copied(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.console.say(_("copied as it pastes into a chat group"))


def _facts(board: Board) -> tuple[object, ...]:
    """What a report says may have changed with, as far as the board knows; the time alone changes none of it."""
    items = (*board.agenda.items, *board.present.items)
    return (board.schedule, tuple(board.incidents), *((item.key, item.status, item.answer.newest) for item in items))
