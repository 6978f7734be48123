"""An incident's whole story: what was logged, what was added to it, by whom and when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from csconsole import wording
from csconsole.core.incident import EventKind, Incident
from csconsole.core.schedule import Schedule
from csconsole.i18n import _, language
from csconsole.tui.modals.ask import Line

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

_EVENTS = {EventKind.NOTE: "·", EventKind.RESOLVED: "✓", EventKind.REOPENED: "↺"}


class Story(ModalScreen[None]):
    """The story, and a line to add to it. Enter adds a note; Esc leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f2", "app.log", show=False),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box wide", can_focus=False):
            yield Static(id="story", markup=False)
            yield Line(placeholder=_("add a note"))
            yield Static(_("Enter adds the note · Esc leaves"), classes="hint", markup=False)

    def on_mount(self) -> None:
        self._tell(self.console.desk.incident(self._number))
        self.query_one(Line).focus()

    @on(Input.Submitted)
    def _noted(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self.action_leave()
            return
        self.console.perform(
            partial(self.console.desk.remark, self._number, event.value), self._tell, typed=event.value
        )
        event.input.clear()

    def _tell(self, incident: Incident) -> None:
        if self.is_attached:
            desk = self.console.desk
            self.query_one("#story", Static).update(story_text(incident, desk.schedule))

    def action_leave(self) -> None:
        self.dismiss(None)


def story_text(incident: Incident, schedule: Schedule) -> Text:
    """An incident from the first word to the last."""
    zone = schedule.zone
    category = schedule.categories.get(incident.category)
    shop = schedule.shops.get(incident.shop or "")
    facts = [
        (_("Category"), category.name.to(language()) if category else incident.category),
        (_("Shop"), shop.name.to(language()) if shop else ""),
        (_("Orders"), " ".join(incident.orders)),
        (_("With"), incident.assignee or ""),
        (_("Severity"), wording.severity(incident.severity)),
        (_("Status"), wording.incident_status(incident.status)),
        (_("Limit"), wording.date_time(incident.due_at, zone) if incident.due_at else ""),
        (_("Found at"), incident.occurrence or ""),
    ]
    text = Text.assemble((f"#{incident.number} {incident.title}\n", "bold"))
    text.append("\n".join(f"{name}: {value}" for name, value in facts if value) + "\n\n")
    opened = f"{wording.date_time(incident.opened_at, zone)} {incident.opened_by}"
    text.append(f"{opened}: {incident.draft.line or incident.draft.title}\n")
    for event in incident.events:
        word = (
            ""
            if event.kind is EventKind.NOTE
            else {
                EventKind.RESOLVED: _("resolved"),
                EventKind.REOPENED: _("open again"),
            }[event.kind]
            + (": " if event.text else "")
        )
        when = wording.date_time(event.at, zone)
        text.append(f"{_EVENTS[event.kind]} {when} {event.by}: {word}{event.text}\n")
    return text
