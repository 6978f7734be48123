"""The handover: what the next shift must know, and who takes over."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from csconsole import wording
from csconsole.core.businessday import ONE_DAY
from csconsole.core.facts import Word
from csconsole.i18n import _
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask
from csconsole.tui.pages.page import Page
from csconsole.tui.pages.today import TodayPage
from csconsole.tui.widgets.pagelines import PageLines
from csconsole.tui.widgets.rows import Rows


class HandoverPage(Page):
    """The page of a business day; the day before is the night's, for the morning to read."""

    SCOPE = Scope.HANDOVER
    LIST = "#handover-lines"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.HANDOVER)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._day: date | None = None

    def compose(self) -> ComposeResult:
        yield PageLines(id="handover-lines")

    def refresh_page(self, board: Board) -> None:
        if board.known:
            lines = self.query_one(PageLines)
            lines.border_title = _("Handover")
            lines.show_lines(self.console.desk.handover_lines(self._day))

    def action_take(self) -> None:
        self.console.action_on_duty()

    def action_note(self) -> None:
        from csconsole.tui.modals.prose import ProseForm

        desk, day = self.console.desk, self._day or self.console.desk.today()
        written = desk.handover_note(day)

        def answered(text: str | None) -> None:
            if text is not None and text.strip() != written:
                self.console.perform(partial(desk.hand_over, text, day), self._noted)

        title = _("For the shift after {date}").format(date=wording.full_date(day))
        self.console.push_screen(ProseForm(title, written, placeholder=_("what it must know")), answered)

    def _noted(self, word: Word) -> None:
        self.console.say_saved(_("noted for the next shift") if word.text else _("the note is taken back"))
        self._show()

    def action_open(self) -> None:
        line = self.query_one(PageLines).selected
        if line is None:
            return
        if line.about.isdecimal():
            from csconsole.tui.modals.story import Story

            self.console.push_screen(Story(int(line.about)))
            return
        self.console.query_one(TodayPage).open_check(line.about)

    @on(Rows.Opened)
    def _opened(self) -> None:
        self.action_open()

    def action_previous(self) -> None:
        self._walk(-ONE_DAY)

    def action_next(self) -> None:
        self._walk(ONE_DAY)

    def _walk(self, by: timedelta) -> None:
        today = self.console.desk.today()
        day = (self._day or today) + by
        # What lies ahead has nothing to hand over yet; today goes on with the day.
        if day <= today:
            self._day = None if day == today else day
            self._show()

    def action_print(self) -> None:
        verb = partial(self.console.desk.print_handover, self._day)
        self.console.perform(verb, lambda _file: self.console.say(_("sent to the printer")))

    def action_save(self) -> None:
        desk = self.console.desk
        day = self._day or desk.today()
        target = desk.workspace.reports / f"handover-{day.isoformat()}.html"

        def saved(text: str | None) -> None:
            if text:
                verb = partial(desk.save_handover, Path(text), day)
                self.console.perform(verb, lambda where: self.console.say(_("saved as {file}").format(file=where)))

        self.console.push_screen(Ask(_("Save as (.html .txt .md .json .pdf):"), value=str(target)), saved)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.console.desk.handover_paper(self._day, "chat").decode())
        self.console.say(_("copied as it pastes into a chat group"))
