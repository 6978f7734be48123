"""An incident's whole story, and the place where it is worked on."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from csconsole.core.errors import UserError
from csconsole.core.incident import Incident, IncidentStatus
from csconsole.i18n import _, language
from csconsole.tui.actions import ACTIONS, Scope, in_scope, shown
from csconsole.tui.deeds import Deeds
from csconsole.tui.keys import bindings
from csconsole.tui.modals.form import Form
from csconsole.tui.widgets.bars import KeyBar
from csconsole.tui.widgets.life import newest, story_text

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

LOOK_AGAIN = 1.0
"""Seconds between looks for what another console changed, and for what the clocks say."""

_CASE = next(action for action in in_scope(Scope.STORY) if action.id == "case")


class Story(Deeds, Form[None]):
    """How an incident stands, what happened to it, and all that can be done to it, one key each. Esc leaves."""

    SCOPE = Scope.STORY
    AUTO_FOCUS = "#story-box"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.STORY),
        Binding("escape", "leave", show=False),
        Binding("ctrl+z,u", "undo", show=False),
        Binding("f1,question_mark,h", "help", show=False),
        Binding("f2,plus,l", "app.log", show=False),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._board: object = None

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    @property
    def incident(self) -> Incident:
        return self.console.desk.incident(self._number)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box form story"):
            with VerticalScroll(id="story-box"):
                yield Static(id="story", markup=False)
            yield Static(id="deed", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(KeyBar)
        bar.keymap = self.console.keymap
        leading = (each for each in in_scope(Scope.STORY) if each.footer)
        bar.actions = (*leading, next(each for each in ACTIONS if each.id == "help"))
        self._show(self.incident)
        self.set_interval(LOOK_AGAIN, self._look_again)

    def _show(self, incident: Incident) -> None:
        if self.is_attached:
            self._board = self.console.board
            desk = self.console.desk
            checks = [self._title(key) for key in incident.standing.occurrences]
            self.query_one("#story", Static).update(story_text(incident, desk.schedule, desk.now(), checks))

    def _title(self, key: str) -> str:
        """The check of a key by its title; the key of one that left the schedule."""
        with suppress(UserError):
            item = self.console.desk.find(key)
            return f"{item.title.to(language())} ({item.occurrence.day:%m-%d})"
        return key

    def _look_again(self) -> None:
        """The board is taken anew whenever anybody changed anything, and every minute."""
        if self.console.board is not self._board:
            self._refresh()

    def _refresh(self) -> None:
        try:
            self._show(self.incident)
        except UserError:  # its logging was undone
            self.action_leave()

    def did(self, incident: Incident) -> None:
        words = newest(incident, self.console.desk.schedule)
        self.console.say_saved(words)
        if self.is_attached:
            self._show(incident)
            said = _("✓ {words} · undo Ctrl+Z").format(words=words)
            if incident.status is IncidentStatus.RESOLVED:
                key = self.console.keymap.keys(_CASE)[0]
                said += " · " + _("{key} keeps it as a case").format(key=shown(key))
            self.query_one("#deed", Static).update(Text(said, "bold", no_wrap=True))

    def action_undo(self) -> None:
        def undone(_undone: object) -> None:
            self._refresh()
            if self.is_attached:
                self.query_one("#deed", Static).update(_("taken back"))

        self.console.perform(self.console.desk.undo, undone)

    def action_help(self) -> None:
        from csconsole.tui.modals.help import Help

        self.console.push_screen(Help(Scope.STORY))

    def action_leave(self) -> None:
        self.dismiss(None)
