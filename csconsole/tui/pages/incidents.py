"""Incidents: what went wrong and is not settled, what runs out first on top."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from csconsole.core.incident import Incident, IncidentStatus
from csconsole.i18n import _
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask
from csconsole.tui.pages.page import Page
from csconsole.tui.widgets.lists import IncidentLine, IncidentList
from csconsole.tui.widgets.rows import Rows


class IncidentsPage(Page):
    """The list of incidents. Every action is about the selected one."""

    SCOPE = Scope.INCIDENTS
    LIST = "#incident-list"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.INCIDENTS)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._all = False

    def compose(self) -> ComposeResult:
        yield IncidentList(id="incident-list", empty=_("no open incidents; F2 logs one"))

    def refresh_page(self, board: Board) -> None:
        shown = self.console.desk.incidents(all=True) if self._all else board.incidents
        rows = self.query_one(IncidentList)
        rows.show([IncidentLine(incident, board) for incident in shown])
        title = _("All incidents") if self._all else _("Open incidents")
        rows.border_title = f"{title} {len(shown)}"

    @property
    def incident(self) -> Incident | None:
        """The selected incident."""
        line = self.query_one(IncidentList).selected
        return line.incident if line else None

    def action_resolve(self) -> None:
        incident = self.incident
        if incident is None:
            return
        desk, number = self.console.desk, incident.number
        if incident.status is IncidentStatus.RESOLVED:
            self.console.perform(partial(desk.reopen, number), partial(self._said, _("#{number} open again")))
        else:
            self.console.perform(partial(desk.resolve, number), partial(self._said, _("#{number} resolved")))

    def action_note(self) -> None:
        incident = self.incident
        if incident is None:
            return

        def noted(text: str | None) -> None:
            if text:
                verb = partial(self.console.desk.remark, incident.number, text)
                self.console.perform(verb, partial(self._said, _("#{number} noted")), typed=text)

        self.console.push_screen(Ask(_("Note on #{number}").format(number=incident.number)), noted)

    def action_open(self) -> None:
        if incident := self.incident:
            from csconsole.tui.modals.story import Story

            self.console.push_screen(Story(incident.number))

    def action_snooze(self) -> None:
        incident, board = self.incident, self.board
        if incident is None or board is None:
            return
        from csconsole.tui.modals.later import put_off

        if keys := [limit.key for limit in board.limits_of(incident.number)]:
            put_off(self.console, keys, f"#{incident.number} {incident.title}")
        else:
            self.console.complain(_("#{number} has no limit that runs").format(number=incident.number))

    @on(Rows.Opened)
    def _opened(self) -> None:
        self.action_open()

    def action_all(self) -> None:
        self._all = not self._all
        self._show()

    def _said(self, words: str, incident: Incident) -> None:
        self.console.say_saved(words.format(number=incident.number))
