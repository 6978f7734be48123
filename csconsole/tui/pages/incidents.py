"""Incidents: what went wrong and is not settled, what runs out first on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from csconsole import wording
from csconsole.core.incident import Incident, IncidentStatus
from csconsole.core.search import COUNTED, State
from csconsole.i18n import _, language, ngettext
from csconsole.tui.actions import Scope, in_scope, shown
from csconsole.tui.board import Board
from csconsole.tui.filters import AGES, STATES, Filters
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Ask, Line
from csconsole.tui.modals.pick import Pick, numbered
from csconsole.tui.pages.page import Page
from csconsole.tui.widgets.lists import IncidentLine, IncidentList
from csconsole.tui.widgets.rows import Rows

_CASE = next(action for action in in_scope(Scope.INCIDENTS) if action.id == "case")

ANY = "*"
"""The choice that takes a filter away."""


class IncidentsPage(Page):
    """The list of incidents. Every action is about the selected one."""

    SCOPE = Scope.INCIDENTS
    LIST = "#incident-list"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.INCIDENTS)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._filters = Filters()

    def compose(self) -> ComposeResult:
        yield Line(id="search", placeholder=_("words, parts of words, an order, a parcel, a buyer, #41"))
        yield IncidentList(id="incident-list")

    def on_mount(self) -> None:
        self.query_one("#search").display = False

    def refresh_page(self, board: Board) -> None:
        filters, rows = self._filters, self.query_one(IncidentList)
        incidents, total = board.incidents, len(board.incidents)
        if filters != Filters():
            found = filters.found(self.console.desk)
            incidents, total = found.incidents, found.total
        rows.empty = _("no open incidents; F2 logs one") if filters == Filters() else _("none found; 0 shows all")
        rows.show([IncidentLine(incident, board) for incident in incidents])
        heading = filters.shown(board.schedule) or _("Open incidents")
        counted, beyond = min(total, COUNTED), "+" if total > COUNTED else ""
        rows.border_title = Content(f"{heading} {counted}{beyond}")
        more = counted - len(incidents)
        words = ngettext("{n} more: narrow it down", "{n} more: narrow it down", more)
        rows.border_subtitle = Content(words.format(n=f"{more}{beyond}") if more else "")

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
            keys = shown(self.console.keymap.keys(_CASE)[0])
            words = _("#{number} resolved · {key} keeps it as a case").replace("{key}", keys)
            self.console.perform(partial(desk.resolve, number), partial(self._said, words))

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

    def action_case(self) -> None:
        from csconsole.tui.modals.case import keep_case

        if incident := self.incident:
            keep_case(self.console, incident.number)

    def action_cases(self) -> None:
        from csconsole.tui.modals.cases import Cases

        self.console.push_screen(Cases())

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

    # -- narrowing it down -----------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """A line to type in; the list narrows while one types. Enter goes to the list, Esc gives the search up."""
        line = self.query_one("#search", Line)
        line.display = True
        line.focus()

    @on(Input.Changed, "#search")
    def _narrow(self, event: Input.Changed) -> None:
        self._filter(words=event.value)

    @on(Input.Submitted, "#search")
    def _searched(self) -> None:
        self.query_one(self.LIST).focus()

    def on_key(self, event: events.Key) -> None:
        line = self.query_one("#search", Line)
        if event.key == "escape" and line.display:
            event.stop()
            line.value = ""
            line.display = False
            self._filter(words="")
            self.query_one(self.LIST).focus()
        elif event.key == "down" and line.has_focus:
            event.stop()
            self.query_one(self.LIST).focus()

    def action_by_shop(self) -> None:
        shops = [(each.id, each.name.to(language())) for each in self.console.desk.schedule.shops.values()]
        self._choose(_("Which shop?"), shops, lambda shop: self._filter(shop=shop))

    def action_by_category(self) -> None:
        categories = [(each.id, each.name.to(language())) for each in self.console.desk.schedule.categories.values()]
        self._choose(_("Which category?"), categories, lambda category: self._filter(category=category))

    def action_by_person(self) -> None:
        people = [(name, name) for name in self.console.desk.people()]
        self._choose(_("Whose?"), [*people, ("", _("nobody's"))], lambda person: self._filter(person=person))

    def action_by_state(self) -> None:
        states = [(state.value, _(words)) for state, words in STATES.items()]
        self._choose(_("How do they stand?"), states, lambda state: self._filter(state=state and State(state)))

    def action_by_age(self) -> None:
        ages = [(str(n), _("older than {span}").format(span=wording.span(age))) for n, age in enumerate(AGES)]
        self._choose(_("How old?"), ages, lambda n: self._filter(age=None if n is None else AGES[int(n)]))

    def action_clear(self) -> None:
        line = self.query_one("#search", Line)
        line.value = ""
        line.display = False
        self._filters = Filters()
        self._show()

    def action_all(self) -> None:
        self._filter(state=None if self._filters.state is State.ALL else State.ALL)

    def _filter(self, **what: Any) -> None:
        self._filters = replace(self._filters, **what)
        self._show()

    def _choose(self, question: str, choices: Iterable[tuple[str, str]], then: Callable[[str | None], None]) -> None:
        """One of the choices, or any of them (None)."""
        entries = numbered([*choices, (ANY, _("any"))])
        pick = Pick(question, entries)
        self.console.push_screen(pick, lambda id: None if id is None else then(None if id == ANY else id))

    def _said(self, words: str, incident: Incident) -> None:
        self.console.say_saved(words.format(number=incident.number))
