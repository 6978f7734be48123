"""Keeping a case: what happened, what we did, what to do next time, and whether it was handled well."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from csconsole.core.case import Case, CaseDraft
from csconsole.i18n import _
from csconsole.tui.modals.ask import Line
from csconsole.tui.modals.form import Form

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

FIELDS = ("title", "happened", "did", "next_time")


class CaseForm(Form[None]):
    """Enter saves, Tab walks, F4 changes between good and bad, Esc leaves. `kept` hears of the case that was kept;
    `number` is that of the case which is written anew."""

    AUTO_FOCUS = "#case-next_time"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f4,ctrl+b", "judge", show=False, priority=True),
    ]

    def __init__(self, draft: CaseDraft, kept: Callable[[Case], None], number: int | None = None) -> None:
        super().__init__()
        self._draft = draft
        self._kept = kept
        self._number = number

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        words = {
            "title": _("Title"),
            "happened": _("What happened"),
            "did": _("What we did"),
            "next_time": _("What to do next time"),
        }
        with Vertical(classes="box wide"):
            yield Static(_("Keep as a case"), classes="title", markup=False)
            for name in FIELDS:
                yield Static(words[name], markup=False)
                yield Line(_flat(getattr(self._draft, name)), id=f"case-{name}")
            yield Static(id="judged", markup=False)
            yield Static(id="fault", markup=False)
            yield Static(_("Enter saves · Tab walks · F4 good or bad · Esc leaves"), classes="hint", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        good = self._draft.good
        self.query_one("#judged", Static).update(_("Handled well ✓") if good else _("Handled badly ✗"))

    def action_judge(self) -> None:
        self._draft = replace(self._draft, good=not self._draft.good)
        self._show()

    @on(Input.Submitted)
    def _save(self) -> None:
        typed = {name: self.query_one(f"#case-{name}", Line).value for name in FIELDS}
        # What was not touched keeps its lines.
        before = {name: _flat(getattr(self._draft, name)) for name in FIELDS}
        changed: dict[str, Any] = {name: text for name, text in typed.items() if text != before[name]}
        draft, desk, number = replace(self._draft, **changed), self.console.desk, self._number
        verb = partial(desk.keep_case, draft) if number is None else partial(desk.revise_case, number, draft)
        self.console.perform(verb, self._saved, self._refused, typed=" ".join(changed.values()))

    def _saved(self, case: Case) -> None:
        self.console.say_saved(_("case {number} kept: {title}").format(number=case.number, title=case.draft.title))
        if self.is_attached:
            self.dismiss(None)
        self._kept(case)

    def _refused(self, why: str) -> None:
        if self.is_attached:
            self.query_one("#fault", Static).update(why)

    def action_leave(self) -> None:
        self.dismiss(None)


def _flat(text: str) -> str:
    return " · ".join(text.split("\n"))


def keep_case(console: ConsoleApp, number: int) -> None:
    """Ask for what an incident taught, filled in as far as its story says."""
    console.push_screen(CaseForm(console.desk.case_of(number), lambda _case: None))
