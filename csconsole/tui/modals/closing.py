"""Closing the day: a pass through what is unanswered, the handover note, and the summary is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from csconsole.core.agenda import Item
from csconsole.core.facts import Closing, MarkKind
from csconsole.i18n import _, language, ngettext
from csconsole.tui.modals.ask import Ask, Choice, Line
from csconsole.tui.widgets.timeline import Timeline, lines_of

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


class CloseDay(ModalScreen[None]):
    """Space, F4 and F8 answer what is left; Tab goes to the handover note; Enter there closes the day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f2", "app.log", show=False),
        Binding("space,ideographic_space", "answer('done')", show=False),
        Binding("f4,exclamation_mark,fullwidth_exclamation_mark", "answer('issue')", show=False),
        Binding("f8,delete,minus", "skip", show=False),
        Binding("enter", "to_note", show=False),
    ]

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide"):
            yield Static(_("Close the day"), classes="title", markup=False)
            yield Static(id="left-open", markup=False)
            yield Timeline(id="unanswered", empty=_("everything is answered"))
            yield Static(_("Handover: what the next shift must know"), markup=False)
            yield Line(id="handover")
            keys = _("Space done · F4 issue · F8 skip · Tab to the note · Enter there closes the day · Esc leaves")
            yield Static(keys, classes="hint", markup=False)

    def on_mount(self) -> None:
        closing = self.console.desk.closing()
        if closing is not None:
            self.query_one("#handover", Line).value = closing.handover
        items = self._refresh()
        self.query_one("#unanswered" if items else "#handover").focus()

    def _refresh(self) -> list[Item]:
        board = self.console.board
        assert board is not None
        lines = [
            line
            for line in lines_of(board.present, board.schedule, board.known, today=False)
            if line.item and line.item.status.open
        ]
        self.query_one(Timeline).show(lines)
        words = ngettext("{n} not answered", "{n} not answered", len(lines)).format(n=len(lines))
        self.query_one("#left-open", Static).update(words)
        return [line.item for line in lines if line.item]

    @property
    def _item(self) -> Item | None:
        line = self.query_one(Timeline).selected
        return line.item if line else None

    def action_answer(self, kind: str) -> None:
        if (item := self._item) and self.query_one(Timeline).has_focus:
            verb = partial(self.console.desk.answer, item.key, MarkKind(kind))
            self.console.perform(verb, self._answered)

    def action_skip(self) -> None:
        item = self._item
        if item is None or not self.query_one(Timeline).has_focus:
            return
        choices = [Choice(reason, reason) for reason in (_("not applicable today"), _("shop closed"))]

        def skipped(reason: str | None) -> None:
            if reason:
                self.console.perform(partial(self.console.desk.skip, item.key, reason), self._answered)

        question = _("Skip: {title}").format(title=item.title.to(language()))
        self.console.push_screen(Ask(question, choices, placeholder=_("or why")), skipped)

    def _answered(self, item: Item) -> None:
        if self.is_attached and not self._refresh():
            self.query_one("#handover").focus()

    def action_to_note(self) -> None:
        self.query_one("#handover").focus()

    @on(Input.Submitted)
    def _close(self, event: Input.Submitted) -> None:
        self.console.perform(partial(self.console.desk.close_day, event.value), self._day_closed, typed=event.value)

    def _day_closed(self, closing: Closing) -> None:
        self.console.say_saved(_("the day is closed"))
        if self.is_current:
            self.dismiss(None)
        self.console.show_page("reports")

    def action_leave(self) -> None:
        self.dismiss(None)
