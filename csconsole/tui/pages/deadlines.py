"""Due dates: the coming weeks, nominal and due, with the reason where they moved; the month beside them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widgets import Static

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.calendar import Calendar, DayType
from csconsole.core.deadline import Deadline
from csconsole.core.schedule import Schedule
from csconsole.core.text import fit
from csconsole.i18n import N_, _, language
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.keys import bindings
from csconsole.tui.pages.page import Page
from csconsole.tui.widgets.lists import DeadlineList

STEP = timedelta(weeks=5)
_MARKS = {DayType.HOLIDAY: N_("H"), DayType.MAKEUP_WORKDAY: N_("W")}


class DeadlinesPage(Page):
    """Weekly and monthly due dates of five weeks. Space answers the selected one, early or late."""

    SCOPE = Scope.DEADLINES
    LIST = "#deadline-list"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.DEADLINES)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._steps = 0

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield DeadlineList(id="deadline-list", empty=_("no due dates"))
            yield Month(id="month")

    def on_mount(self) -> None:
        self.query_one(Month).border_title = _("Month")

    def refresh_page(self, board: Board) -> None:
        if not board.known:
            return
        first = board.present.day.date + self._steps * STEP
        # A meeting is not a date to meet: what expires with its day stands on the timeline alone.
        deadlines = [
            deadline
            for deadline in self.console.desk.deadlines(first, first + STEP)
            if not _expires(deadline, board.schedule)
        ]
        today = board.now.astimezone(board.present.zone)
        rows = self.query_one(DeadlineList)
        rows.show_deadlines(deadlines, today)
        rows.border_title = f"{wording.full_date(first)} – {wording.full_date(first + STEP)}"
        month = self.query_one(Month)
        month.calendar = self.console.desk.book.calendar
        month.first = first.replace(day=1)
        month.deadlines = tuple(deadlines)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_done(self) -> None:
        line = self.query_one(DeadlineList).selected
        if line is not None:
            self.console.perform(partial(self.console.desk.answer, line.deadline.key), self._saved)

    def _saved(self, item: Item) -> None:
        self.console.say_saved(f"{wording.status(item.status)}: {item.title.to(language())}")

    def action_later(self) -> None:
        self._steps += 1
        self._show()

    def action_earlier(self) -> None:
        self._steps -= 1
        self._show()


def _expires(deadline: Deadline, schedule: Schedule) -> bool:
    duty = schedule.duties.get(deadline.duty)
    return duty is not None and duty.expires


class Month(Static):
    """Two months of days, with those off and those made up marked, and the due ones."""

    calendar: reactive[Calendar | None] = reactive(None)
    first: reactive[date | None] = reactive(None)
    deadlines: reactive[tuple[Deadline, ...]] = reactive(())

    def render(self) -> Text:
        if self.calendar is None or self.first is None:
            return Text()
        following = (self.first + timedelta(days=32)).replace(day=1)
        return Text("\n\n").join(
            [self._month(self.first), self._month(following), Text(_("H day off · W make-up workday · [ ] due"), "dim")]
        )

    def _month(self, first: date) -> Text:
        assert self.calendar is not None
        due = {deadline.day for deadline in self.deadlines}
        lines = [Text(_("{month} {year}").format(month=wording.month(first.month), year=first.year), "bold")]
        monday = date(2024, 1, 1)
        heads = [wording.short_weekday(monday + timedelta(days=n)) for n in range(7)]
        lines.append(Text("".join(fit(f" {head[-1] if language() == 'zh' else head[:2]}", 6) for head in heads), "dim"))
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
            line = Text()
            for day in week:
                if day.month != first.month:
                    line.append(" " * 6)
                    continue
                kind = self.calendar.day(day).type
                mark = _(_MARKS[kind]) if kind in _MARKS else ""
                number = f"[{day.day}]" if day in due else f"{day.day} "
                style = "dim" if not kind.working else ""
                line.append(fit(f"{number:>4}{mark}", 6), "bold" if day in due else style)
            lines.append(line)
        return Text("\n").join(lines)
