"""Due dates: the month as a calendar, and what is due in it with the reason where a date moved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.errors import UserError
from csconsole.core.month import Month
from csconsole.i18n import _, language
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.keys import bindings
from csconsole.tui.pages.page import Page
from csconsole.tui.widgets.lists import DeadlineLine, DeadlineList, deadline_state
from csconsole.tui.widgets.month import MonthView
from csconsole.tui.widgets.rows import Rows

_LIST_LINES = 7
"""The lines that the list keeps below the calendar, where these do not stand side by side."""


class DeadlinesPage(Page):
    """What is due in a month besides the daily checks. Space answers the selected one, early or late."""

    SCOPE = Scope.DEADLINES
    LIST = "#deadline-list"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.DEADLINES)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._first: date | None = None  # of the month looked at; None: of today's
        self._shown: Month | None = None

    def compose(self) -> ComposeResult:
        with Container(id="month-and-list"):
            with Container(id="month-box"):
                yield MonthView(id="month")
            with Container(id="due-column"):
                yield DeadlineList(id="deadline-list", empty=_("no due dates"))
                yield Static(id="due-detail", markup=False)

    def refresh_page(self, board: Board) -> None:
        if not board.known:
            return
        today = board.present.day.date
        month = self.console.desk.month(self._first or today)
        turned = self._shown is None or self._shown.first != month.first
        self._shown = month
        view = self.query_one(MonthView)
        view.month, view.today = month, today
        view.room = self._room
        now = board.now.astimezone(board.present.zone)
        first = next((each for each in month.deadlines if each.day >= today), next(iter(month.deadlines), None))
        cursor = first.key if first and turned else None
        self.query_one(DeadlineList).show_deadlines(month.deadlines, now, cursor=cursor)
        self._choose()

    @property
    def _room(self) -> int:
        """The lines the calendar may take."""
        if self.screen.has_class("-wide"):
            return self.query_one("#month-box").content_size.height
        return self.size.height - _LIST_LINES

    @on(Rows.Selected, "#deadline-list")
    def _choose(self) -> None:
        line = self.query_one(DeadlineList).selected
        self.query_one(MonthView).chosen = line.deadline if line else None
        self.query_one("#due-detail", Static).update(_told(line) if line else "")

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_done(self) -> None:
        line = self.query_one(DeadlineList).selected
        if line is not None:
            self.console.perform(partial(self.console.desk.answer, line.deadline.key), self._saved)

    def _saved(self, item: Item) -> None:
        self.console.say_saved(f"{wording.status(item.status)}: {item.title.to(language())}")

    def action_later(self) -> None:
        self._walk(timedelta(days=31))

    def action_earlier(self) -> None:
        self._walk(-timedelta(days=1))

    def action_to_now(self) -> None:
        self._first = None
        self._show()

    def _walk(self, by: timedelta) -> None:
        """Look at the month that the first of this one, moved by so much, lies in."""
        if self._shown is None:
            return
        first = (self._shown.first + by).replace(day=1)
        try:
            self.console.desk.month(first)
        except UserError as error:
            self.console.complain(str(error))
        else:
            self._first = first
            self._show()


def _told(line: DeadlineLine) -> Text:
    """A due date whole: what, by when, and why then."""
    deadline, zone = line.deadline, line.today.tzinfo
    state, _style = deadline_state(deadline, line.today)
    assert zone is not None
    when = f"{wording.full_date(deadline.day)} {wording.clock_time(deadline.due, zone)} · {state}"
    lines = [when]
    if deadline.moved_days:
        lines.append(_("set for {date}").format(date=wording.full_date(deadline.nominal)))
        lines.append(wording.moved_reason(deadline.adjusted))
    lines.append(wording.provisional_note(deadline.adjusted) if not deadline.moved_days else "")
    return Text("\n").join([Text(deadline.title.to(language()), "bold"), *(Text(each) for each in lines if each)])
