"""A check as a form: numbers per shop beside last time's, the result, a note. Everything is optional."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from csconsole.core.agenda import Item
from csconsole.core.facts import MarkKind
from csconsole.core.text import fit, halfwidth, width
from csconsole.i18n import _, language
from csconsole.tui.board import Board, Past
from csconsole.tui.modals.ask import Line
from csconsole.tui.modals.form import Form
from csconsole.tui.widgets.checkrows import CELL, Asked, Cell, Result
from csconsole.tui.widgets.detail import of_round

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

_NAME, _RESULT = 14, 16
_SPLIT = re.compile(r"[\s;、]+")


class Filled(NamedTuple):
    """A check as it was saved: how it stands, whether an issue was said to be found and, if at one shop alone, at
    which, and the readings that were taken."""

    item: Item
    issue: bool
    shop: str | None
    readings: Mapping[tuple[str, str], float]


class CheckForm(Form[Filled | None]):
    """Answers with the check as it was saved, or None where it was called off. Until it is saved it keeps what was
    typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f4", "issue", show=False),
        Binding("f2", "app.log", show=False),
        Binding("ctrl+l", "trend", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("enter", "save", show=False),
    ]

    def __init__(self, item: Item, board: Board, past: Past) -> None:
        super().__init__()
        schedule = board.schedule
        self._board = board
        # A past day's check may have read what the schedule no longer knows.
        self._read = [schedule.metrics[name] for name in item.occurrence.read if name in schedule.metrics]
        self._item = item
        self._schedule = schedule
        self._past = past
        self._saving = False

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        found = self._item.occurrence
        room = min(self.app.size.width, 130) - _NAME - _RESULT - 6
        self._column = max(CELL, min(3 * CELL, room // max(1, len(self._read))))
        with VerticalScroll(classes="box wide form", can_focus=False):
            yield Static(found.title.to(language()), classes="title", markup=False)
            steps = " · ".join(step.to(language()) for step in found.steps)
            if steps:
                yield Static(steps, classes="hint steps", markup=False)
            if self._read or found.shops:
                with Horizontal(classes="row hint"):
                    yield Static(fit("", _NAME), markup=False)
                    for metric in self._read:
                        yield Static(self._head(metric.name.to(language())), markup=False)
            for shop in found.shops or (("",) if self._read else ()):
                with Horizontal(classes="row"):
                    yield from self._row(shop)
            with Horizontal(classes="row"):
                yield Static(fit(_("Result"), _NAME), markup=False)
                # What is answered stays so unless it is said otherwise: numbers are added later.
                kinds = (MarkKind.DONE, MarkKind.ISSUE, None)
                answered = self._item.status if self._item.status.answered else None
                yield Result(None, kinds[-1:] + kinds[:-1] if answered else kinds, answered)
            with Horizontal(classes="row"):
                yield Static(fit(_("Note"), _NAME), markup=False)
                yield Line(id="note")
            if asked := self._board.round_of(self._item).asked:
                yield Static(_("Found before and open: closed?"), classes="title", markup=False)
                room = min(self.app.size.width, 130) - 12
                yield from (Asked(each.number, of_round(each, self._board, room - 24)) for each in asked)
            yield Static(id="fault", markup=False)
            yield Static(
                _("Enter saves · Tab walks · Space changes a result · F4 issue · Ctrl+L trend · Esc leaves"),
                classes="hint",
                markup=False,
            )

    @property
    def _beside(self) -> bool:
        """Whether there is room for last time's numbers beside the cells; else they stand in them."""
        return self._column >= 2 * CELL

    def _head(self, name: str) -> str:
        if not self._beside:
            return fit(name, self._column - 1) + " "
        last = _("last")
        return f"{fit(name, self._column - width(last) - 2)} {last} "

    def _row(self, shop: str) -> ComposeResult:
        name = self._schedule.shops[shop].name.to(language()) if shop in self._schedule.shops else shop
        platform = self._schedule.shops[shop].platform if shop in self._schedule.shops else None
        yield Static(fit(name, _NAME - 1) + " ", markup=False)
        for metric in self._read:
            if platform is not None and not metric.asked_on(platform):
                yield Static(" " * self._column, markup=False)
                continue
            about = (shop, metric.id)
            before = "" if about not in self._past.last else f"{self._past.last[about]:.10g}"
            cell = Cell(shop, metric.id, f"({before})" if before and not self._beside else "")
            # What another check took less than an hour ago is offered as it was.
            taken = self._item.answer.readings.get(about, self._past.recent.get(about))
            if taken is not None:
                cell.value, cell.select_on_focus = f"{taken:.10g}", True  # and typed over
            yield cell
            beside = f"{before if self._beside else '':>{max(0, self._column - CELL - 1)}}"
            yield Static(fit(beside, self._column - CELL), classes="hint", markup=False)
        if shop:
            kinds = (None, MarkKind.DONE, MarkKind.ISSUE, MarkKind.SKIPPED)
            yield Result(shop, kinds, self._item.answer.shops.get(shop))

    def on_mount(self) -> None:
        first = next(iter([*self.query(Cell), *self.query("#note")]), None)
        if isinstance(first, Widget):
            first.focus()

    # -- typing -----------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def _spread(self, event: Input.Changed) -> None:
        cell = event.input
        typed = _SPLIT.split(halfwidth(event.value))
        if not isinstance(cell, Cell) or len(typed) < 2 or not all(typed):
            return
        column = [each for each in self.query(Cell) if each.metric == cell.metric]
        below = column[column.index(cell) :]
        if len(typed) > len(below):
            self._refused(_("more numbers than rows: the last ones are left out"))
        for each, number in zip(below, typed, strict=False):
            with each.prevent(Input.Changed):
                each.value, each.select_on_focus = number, False
        below[min(len(typed), len(below)) - 1].focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_issue(self) -> None:
        self.query(Result).last().result = MarkKind.ISSUE

    def action_trend(self) -> None:
        """The trend of the number in whose cell the cursor stands, or else of the first."""
        from csconsole.tui.modals.trend import TrendScreen

        read = self._item.occurrence.read
        if read:
            cell = self.focused if isinstance(self.focused, Cell) else None
            at = read.index(cell.metric) if cell else 0
            self.app.push_screen(TrendScreen(read, self._item.occurrence.day, at, cell.shop if cell else None))

    def action_save(self) -> None:
        if self._saving:
            return
        readings: dict[tuple[str, str], float] = {}
        for cell in self.query(Cell):
            try:
                number = cell.number
            except ValueError:
                self._refused(_("not a number: {text}").format(text=cell.value))
                cell.focus()
                return
            if number is not None and number != self._item.answer.readings.get((cell.shop, cell.metric)):
                readings[cell.shop, cell.metric] = number
        answers: dict[str | None, MarkKind] = {
            result.shop: result.result for result in self.query(Result) if result.result is not None
        }
        # What is said of single shops is written first, so that the rest is the rest.
        rest = answers.pop(None, None)
        if rest is not None:
            answers[None] = rest
        note = self.query_one("#note", Line).value
        closed = {each.number: each.closed for each in self.query(Asked) if each.closed is not None}
        verb = partial(
            self.console.desk.fill, self._item.key, answers, readings=readings, note=note or None, closed=closed
        )
        issues = [shop for shop, kind in answers.items() if kind is MarkKind.ISSUE]
        shop = issues[0] if len(issues) == 1 else None
        self._saving = True
        saved = partial(self._saved, issue=bool(issues), shop=shop, readings=readings)
        self.console.perform(verb, saved, self._refused, typed=note)

    def _saved(self, item: Item, *, issue: bool, shop: str | None, readings: Mapping[tuple[str, str], float]) -> None:
        if self.is_current:
            self.dismiss(Filled(item, issue, shop, readings))

    def _refused(self, why: str) -> None:
        self._saving = False
        if self.is_current:
            self.query_one("#fault", Static).update(Text(why, "bold"))
        else:
            self.console.complain(why)

    def action_leave(self) -> None:
        self.dismiss(None)
