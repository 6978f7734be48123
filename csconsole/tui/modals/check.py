"""A check as a form: numbers per shop beside last time's, the result, a note. Everything is optional."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from csconsole import wording
from csconsole.core.agenda import Item, Status
from csconsole.core.facts import MarkKind
from csconsole.core.schedule import Schedule
from csconsole.core.text import fit, halfwidth
from csconsole.i18n import _, language
from csconsole.tui.board import Past
from csconsole.tui.modals.ask import Line

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

_NAME, _CELL = 14, 8
_SPLIT = re.compile(r"[\s;、]+")


class Cell(Line):
    """One number of one shop. Several typed or pasted at once fill the column downwards."""

    def __init__(self, shop: str, metric: str, before: float | None) -> None:
        super().__init__(placeholder="" if before is None else f"{before:.10g}")
        self.shop = shop
        self.metric = metric

    @property
    def number(self) -> float | None:
        """What is typed; None where nothing is. Raises `ValueError` where it is no number."""
        typed = halfwidth(self.value).strip().replace(",", "").removesuffix("%")
        return float(typed) if typed else None

    def on_paste(self, event: events.Paste) -> None:
        # A column copied from a spreadsheet comes as lines, of which an input would keep the first alone.
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class Result(Static, can_focus=True):
    """A result that Space or the arrows change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space,right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    def __init__(self, shop: str | None, results: tuple[MarkKind | None, ...]) -> None:
        super().__init__(markup=False)
        self.shop = shop
        self._results = results
        self._at = 0

    @property
    def result(self) -> MarkKind | None:
        return self._results[self._at]

    @result.setter
    def result(self, kind: MarkKind | None) -> None:
        self._at = self._results.index(kind)
        self.refresh(layout=True)

    def render(self) -> Text:
        kind = self.result
        if kind is None:
            words = _("numbers only") if self.shop is None else _("as the rest")
            return Text(f"[· {words}]")
        status = Status(kind.value)
        return Text(f"[{wording.status_glyph(status)} {wording.status(status)}]")

    def action_turn(self, by: int) -> None:
        self._at = (self._at + by) % len(self._results)
        self.refresh(layout=True)


class CheckForm(ModalScreen[Callable[[], Item] | None]):
    """Answers with what the Desk is to do, or None where it was called off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f4", "issue", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("enter", "save", show=False),
    ]

    def __init__(self, item: Item, schedule: Schedule, past: Past) -> None:
        super().__init__()
        self._item = item
        self._schedule = schedule
        self._past = past

    @property
    def console(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def compose(self) -> ComposeResult:
        found = self._item.occurrence
        with VerticalScroll(classes="box wide form", can_focus=False):
            yield Static(found.title.to(language()), classes="title", markup=False)
            steps = " · ".join(step.to(language()) for step in found.steps)
            if steps:
                yield Static(steps, classes="hint", markup=False)
            if found.read or found.shops:
                with Horizontal(classes="row hint"):
                    yield Static(fit("", _NAME), markup=False)
                    for name in found.read:
                        yield Static(self._schedule.metrics[name].name.to(language()), classes="head", markup=False)
            for shop in found.shops or (("",) if found.read else ()):
                with Horizontal(classes="row"):
                    yield from self._row(shop)
            with Horizontal(classes="row"):
                yield Static(fit(_("Result"), _NAME), markup=False)
                yield Result(None, (MarkKind.DONE, MarkKind.ISSUE, None))
            with Horizontal(classes="row"):
                yield Static(fit(_("Note"), _NAME), markup=False)
                yield Line(id="note")
            yield Static(id="fault", markup=False)
            yield Static(
                _("Enter saves · Tab walks · Space changes a result · F4 issue · Esc leaves"),
                classes="hint",
                markup=False,
            )

    def _row(self, shop: str) -> ComposeResult:
        name = self._schedule.shops[shop].name.to(language()) if shop in self._schedule.shops else shop
        platform = self._schedule.shops[shop].platform if shop in self._schedule.shops else None
        yield Static(fit(name, _NAME), markup=False)
        for metric_name in self._item.occurrence.read:
            metric = self._schedule.metrics[metric_name]
            if platform is not None and not metric.asked_on(platform):
                yield Static("", classes="head", markup=False)
                continue
            about = (shop, metric_name)
            cell = Cell(shop, metric_name, self._past.last.get(about))
            taken = self._item.answer.readings.get(about)
            if taken is not None:
                cell.value = f"{taken:.10g}"
            yield cell
            before = self._past.last.get(about)
            yield Static("" if before is None else f" {before:.10g}", classes="before", markup=False)
        if shop:
            yield Result(shop, (None, MarkKind.DONE, MarkKind.ISSUE, MarkKind.SKIPPED))

    def on_mount(self) -> None:
        # Last time's numbers stand beside the cells where there is room, and in them where there is not.
        wide = _NAME + 2 * _CELL * len(self._item.occurrence.read) + _NAME
        self.set_class(self.size.width < wide + 6, "narrow")
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
        for each, number in zip(below, typed, strict=False):
            with each.prevent(Input.Changed):
                each.value = number
        below[min(len(typed), len(below)) - 1].focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_issue(self) -> None:
        self.query(Result).last().result = MarkKind.ISSUE

    def action_save(self) -> None:
        readings: dict[tuple[str, str], float] = {}
        for cell in self.query(Cell):
            try:
                number = cell.number
            except ValueError:
                self.query_one("#fault", Static).update(Text(_("not a number: {text}").format(text=cell.value), "bold"))
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
        self.dismiss(self._verb(answers, readings))

    def _verb(
        self, answers: Mapping[str | None, MarkKind], readings: Mapping[tuple[str, str], float]
    ) -> Callable[[], Item]:
        note = self.query_one("#note", Line).value
        return partial(self.console.desk.fill, self._item.key, answers, readings=readings, note=note or None)

    def action_leave(self) -> None:
        self.dismiss(None)
