"""Closing the day in one pass: what is unanswered, the open incidents, the note, the summary as it will be kept."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.errors import UserError
from csconsole.core.facts import Closing, MarkKind
from csconsole.core.incident import Incident, IncidentStatus
from csconsole.core.period import PeriodKind, period_of
from csconsole.i18n import _, language, ngettext
from csconsole.tui.modals.ask import Ask, Choice
from csconsole.tui.modals.form import Form
from csconsole.tui.modals.prose import Prose
from csconsole.tui.widgets.lists import IncidentLine, IncidentList
from csconsole.tui.widgets.timeline import Timeline, lines_of

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

CHECKS, INCIDENTS, NOTE, SUMMARY = STEPS = ("checks", "incidents", "note", "summary")
_FIELDS = {CHECKS: "#unanswered", INCIDENTS: "#still-open", NOTE: "#note-to-them", SUMMARY: "#summary-box"}


class CloseDay(Form[None]):
    """Enter goes on with what is left as it is, Esc a step back. What is answered, resolved or noted is saved at once;
    the day is closed at the end, or not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("enter", "onward", show=False),
        Binding("space,ideographic_space", "settle", show=False),
        Binding("f3,full_stop,ideographic_full_stop,fullwidth_full_stop", "keep", show=False),
        Binding("f4,exclamation_mark,fullwidth_exclamation_mark", "issue", show=False),
        Binding("f7,at,fullwidth_commercial_at", "assign", show=False),
        Binding("f8,delete,minus,fullwidth_hyphen_minus", "skip", show=False),
        Binding("ctrl+r", "close(True)", show=False),
        Binding("ctrl+z", "undo", show=False),
        Binding("f2,plus,fullwidth_plus_sign", "app.log", show=False),
    ]

    def __init__(self, day: date) -> None:
        super().__init__()
        # The day stays the one it was begun for, though it may turn meanwhile.
        self._day = day
        self._step = CHECKS
        self._numbers: list[int] = []
        self._prints = False

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box form"):
            yield Static(id="which-step", classes="title", markup=False)
            yield Static(id="how-it-stands", markup=False)
            with Vertical(id=CHECKS, classes="step"):
                yield Timeline(id="unanswered", empty=_("everything is answered"))
            with Vertical(id=INCIDENTS, classes="step"):
                yield IncidentList(id="still-open", empty=_("no open incidents"))
            with Vertical(id=NOTE, classes="step"):
                yield Prose(self._draft(), placeholder=_("what the next shift must know"), id="note-to-them")
            with Vertical(id=SUMMARY, classes="step"), VerticalScroll(id="summary-box"):
                yield Static(id="summary-text", markup=False)
            yield Static(id="step-keys", classes="hint", markup=False)

    def _draft(self) -> str:
        """What was being written, or else what is written."""
        draft = self.console.note_draft
        return draft[1] if draft is not None and draft[0] == self._day else self.console.desk.handover_note(self._day)

    def on_mount(self) -> None:
        self._numbers = [incident.number for incident in self.console.desk.incidents()]
        unanswered = self._unanswered()
        self._go(CHECKS if unanswered else INCIDENTS if self._numbers else NOTE)

    # -- the steps --------------------------------------------------------------------------------------------

    def _go(self, step: str) -> None:
        self._step = step
        for each in STEPS:
            self.query_one(f"#{each}").display = each == step
        if step == SUMMARY:
            paper = self.console.desk.paper(period_of(PeriodKind.DAY, self._day), "text").decode()
            self.query_one("#summary-text", Static).update(Text(paper, no_wrap=True))
            self._prints = self._is_to_print()
        self._refresh()
        self.query_one(_FIELDS[step]).focus()

    def _refresh(self) -> None:
        """Show what the step is about as it stands now."""
        if not self.is_attached or (board := self.console.board) is None:
            return
        desk = self.console.desk
        agenda = desk.look(self._day)
        lines = lines_of(agenda, board.schedule, board.known, today=False)
        self.query_one(Timeline).show([line for line in lines if line.item and not line.item.status.answered])
        incidents = [IncidentLine(desk.incident(number), board) for number in self._numbers]
        self.query_one(IncidentList).show(incidents)
        names = {
            CHECKS: _("What is not answered"),
            INCIDENTS: _("Open incidents"),
            NOTE: _("Note to the next shift"),
            SUMMARY: _("The summary, as it will be kept"),
        }
        title = _("Close {date} · {step} of {steps} · {name}").format(
            date=wording.date_label(self._day),
            step=STEPS.index(self._step) + 1,
            steps=len(STEPS),
            name=names[self._step],
        )
        self.query_one("#which-step", Static).update(title)
        self.query_one("#how-it-stands", Static).update(self._how())
        self.query_one("#step-keys", Static).update(self._keys())

    def _how(self) -> str:
        left = len(self._unanswered())
        not_answered = ngettext("{n} not answered", "{n} not answered", left).format(n=left)
        match self._step:
            case "checks":
                return not_answered
            case "incidents":
                still = sum(each.status is not IncidentStatus.RESOLVED for each in map(self._incident, self._numbers))
                return ngettext("{n} goes on to the next day", "{n} go on to the next day", still).format(n=still)
            case "note":
                return _("It stands on the handover page and in the report.")
        closing = self.console.desk.closing(self._day)
        if closing is None:
            return not_answered
        when = wording.date_time(closing.closed_at, self.console.desk.schedule.zone)
        return _("{n}; closed {time} already: this amends it").format(n=not_answered, time=when)

    def _keys(self) -> str:
        match self._step:
            case "checks":
                return _("Enter leaves the rest, on · Space done · F4 issue · F8 skip · Esc leaves")
            case "incidents":
                return _("Enter keeps the rest, on · Space resolved · F7 reassign · F3 keep · Esc back")
            case "note":
                return _("Enter on · Ctrl+J another line · Esc back")
        if self._prints:
            return _("Enter closes the day and prints it · Esc back")
        return _("Enter closes the day · Ctrl+R closes and prints it · Esc back")

    def _is_to_print(self) -> bool:
        """Whether every closing is printed. Settings that cannot be used keep no day from being closed."""
        try:
            return self.console.desk.prints_on_closing()
        except UserError as error:
            self.console.complain(str(error))
            return False

    def action_onward(self) -> None:
        if self._step == SUMMARY:
            self.action_close(self._prints)
        elif self._step == NOTE:
            self._note(self.query_one(Prose).text)
        else:
            self._go(STEPS[STEPS.index(self._step) + 1])

    def action_back(self) -> None:
        if self._step == CHECKS:
            # What was typed and is not written yet waits for next time.
            text = self.query_one(Prose).text
            written = self.console.desk.handover_note(self._day)
            self.console.note_draft = (self._day, text) if text.strip() != written else None
            self.dismiss(None)
        else:
            self._go(STEPS[STEPS.index(self._step) - 1])

    # -- checks -----------------------------------------------------------------------------------------------

    def _unanswered(self) -> list[Item]:
        return [item for item in self.console.desk.look(self._day).items if not item.status.answered]

    @property
    def _item(self) -> Item | None:
        """The selected check, in the step of the checks."""
        line = self.query_one(Timeline).selected if self._step == CHECKS else None
        return line.item if line else None

    def _answer(self, kind: MarkKind) -> None:
        if item := self._item:
            self.console.perform(partial(self.console.desk.answer, item.key, kind), self._did)

    def action_issue(self) -> None:
        self._answer(MarkKind.ISSUE)

    def action_skip(self) -> None:
        if (item := self._item) is None:
            return
        choices = [Choice(reason, reason) for reason in (_("not applicable today"), _("shop closed"))]

        def skipped(reason: str | None) -> None:
            if reason:
                self.console.perform(partial(self.console.desk.skip, item.key, reason), self._did)

        question = _("Skip: {title}").format(title=item.title.to(language()))
        self.console.push_screen(Ask(question, choices, placeholder=_("or why")), skipped)

    # -- incidents --------------------------------------------------------------------------------------------

    def _incident(self, number: int) -> Incident:
        return self.console.desk.incident(number)

    @property
    def _selected(self) -> Incident | None:
        """The selected incident, in the step of the incidents."""
        line = self.query_one(IncidentList).selected if self._step == INCIDENTS else None
        return line.incident if line else None

    def action_settle(self) -> None:
        """Space: a check is done, an incident resolved, or after all not."""
        self._answer(MarkKind.DONE)
        if incident := self._selected:
            desk = self.console.desk
            verb = desk.reopen if incident.status is IncidentStatus.RESOLVED else desk.resolve
            self.console.perform(partial(verb, incident.number), self._did)

    def action_keep(self) -> None:
        if self._selected:
            self.query_one(IncidentList).action_move(1)

    def action_assign(self) -> None:
        if (incident := self._selected) is None:
            return
        desk = self.console.desk
        names = [Choice(name, name) for name in desk.people()][:9]

        def assigned(name: str | None) -> None:
            if name:
                self.console.perform(partial(desk.assign, incident.number, name), self._did)

        self.console.push_screen(Ask(_("Who takes it?"), names, placeholder=_("or another name")), assigned)

    # -- the note, and the end --------------------------------------------------------------------------------

    @on(Prose.Submitted)
    def _submitted(self) -> None:
        self.action_onward()

    def _note(self, text: str) -> None:
        desk = self.console.desk
        if text.strip() == desk.handover_note(self._day):
            self._go(SUMMARY)
        else:
            self.console.perform(partial(desk.hand_over, text, self._day), lambda _word: self._noted())

    def _noted(self) -> None:
        self.console.note_draft = None
        if self.is_attached:
            self._go(SUMMARY)

    def action_close(self, prints: bool) -> None:
        if self._step == SUMMARY:
            verb = partial(self.console.desk.close_day, day=self._day)
            self.console.perform(verb, partial(self._day_closed, prints=prints))

    def _day_closed(self, closing: Closing, *, prints: bool) -> None:
        console = self.console
        console.say_saved(_("the day is closed"))
        if prints:
            verb = partial(console.desk.print_paper, period_of(PeriodKind.DAY, closing.business_date))
            console.perform(verb, lambda _file: console.say(_("the day is closed and sent to the printer")))
        self.dismiss(None)
        console.show_page("reports")

    # -- all of them ------------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        self.console.action_undo()
        self._refresh()

    def _did(self, _done: Item | Incident) -> None:
        self._refresh()
