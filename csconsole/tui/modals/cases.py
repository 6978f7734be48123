"""The cases kept for training: looked for by words, read, written anew, printed."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from csconsole import wording
from csconsole.core.case import Case, CaseBook, CaseDraft
from csconsole.core.schedule import Schedule
from csconsole.core.text import fit, width
from csconsole.i18n import _, ngettext
from csconsole.tui.actions import Scope, in_scope
from csconsole.tui.keys import bindings
from csconsole.tui.modals.ask import Line
from csconsole.tui.modals.case import CaseForm
from csconsole.tui.modals.form import Form
from csconsole.tui.widgets.bars import KeyBar
from csconsole.tui.widgets.rows import Part, Rows
from csconsole.wording import life as lifewording

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


class CaseRows(Rows[Case]):
    """Cases by title, how they were handled, and the day in `zone` on which they were kept."""

    zone: tzinfo = UTC

    def id_of(self, entry: Case) -> str:
        return str(entry.number)

    def parts(self, entry: Case, cells: int) -> list[Part]:
        mark, style = ("✓ ", "rows--good") if entry.draft.good else ("✗ ", "rows--overdue")
        when = f" {entry.kept_at.astimezone(self.zone):%Y-%m-%d} "
        return [(mark, style), (fit(entry.draft.title, cells - width(when) - 2), ""), (when, "rows--muted")]


class Cases(Form[None]):
    """The list, and below it the selected case in full."""

    SCOPE = Scope.CASES
    AUTO_FOCUS = "#cases"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.CASES),
        Binding("ctrl+z,u", "undo", show=False),
        Binding("f2", "app.log", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._good: bool | None = None

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box form story"):
            yield Static(id="cases-title", classes="title", markup=False)
            yield Line(id="cases-search", placeholder=_("words, parts of words"))
            yield CaseRows(id="cases", empty=_("no cases; an incident is kept as one where it is told"))
            with VerticalScroll(id="case-box", can_focus=False):
                yield Static(id="case", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(KeyBar)
        bar.keymap, bar.actions = self.console.keymap, tuple(in_scope(Scope.CASES))
        self.query_one("#cases-search").display = False
        self.query_one(CaseRows).zone = self.console.desk.schedule.zone
        self._show()

    @property
    def _book(self) -> CaseBook:
        return self.console.desk.cases(self.query_one("#cases-search", Line).value, good=self._good)

    def _show(self) -> None:
        cases = self._book.cases
        self.query_one(CaseRows).show(cases)
        which = {None: "", True: _(" · ✓ good"), False: _(" · ✗ bad")}[self._good]
        title = ngettext("{n} case", "{n} cases", len(cases)).format(n=len(cases))
        self.query_one("#cases-title", Static).update(title + which)
        self._tell()

    @on(Rows.Selected)
    def _tell(self) -> None:
        case = self.query_one(CaseRows).selected
        text = case_text(case, self.console.desk.schedule) if case else ""
        self.query_one("#case", Static).update(text)

    def action_open(self) -> None:
        if case := self.query_one(CaseRows).selected:
            self.console.push_screen(CaseForm(case.draft, self._written, case.number))

    def action_add(self) -> None:
        category = next(iter(self.console.desk.schedule.categories))
        self.console.push_screen(CaseForm(CaseDraft("", category, "", ""), self._written))

    def _written(self, _case: Case) -> None:
        if self.is_attached:
            self._show()

    def action_judged(self) -> None:
        """Good and bad ones, good ones alone, bad ones alone."""
        self._good = {None: True, True: False, False: None}[self._good]
        self._show()

    def action_search(self) -> None:
        line = self.query_one("#cases-search", Line)
        line.display = True
        line.focus()

    @on(Input.Changed, "#cases-search")
    def _narrow(self) -> None:
        self._show()

    @on(Input.Submitted, "#cases-search")
    def _searched(self) -> None:
        self.query_one(CaseRows).focus()

    def on_key(self, event: events.Key) -> None:
        line = self.query_one("#cases-search", Line)
        if event.key == "escape" and line.display:
            line.value = ""
            line.display = False
            self.query_one(CaseRows).focus()
        elif event.key == "escape":
            self.dismiss(None)

    def action_print(self) -> None:
        self.console.perform(
            partial(self.console.desk.print_cases, self._book), lambda _file: self.console.say(_("sent to the printer"))
        )

    def action_undo(self) -> None:
        self.console.perform(self.console.desk.undo, lambda _undone: self._show())


def case_text(case: Case, schedule: Schedule) -> Text:
    """A case in full."""
    draft, zone = case.draft, schedule.zone
    about = [lifewording.category(schedule, draft.category)]
    if draft.incident is not None:
        about.append(f"#{draft.incident}")
    about += [lifewording.person(schedule, case.by), wording.date_time(case.written_at, zone)]
    text = Text.assemble((draft.title, "bold"), "\n", (" · ".join(about), "dim"))
    for heading, words in (
        (_("What happened"), draft.happened),
        (_("What we did"), draft.did),
        (_("What to do next time"), draft.next_time),
    ):
        if words:
            text.append("\n").append(heading, "bold").append(f"\n{words}")
    return text
