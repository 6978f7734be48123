"""What can be done to an incident, asked for as need be. A screen that shows one does all of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from csconsole import wording
from csconsole.core.incident import (
    Clock,
    EventKind,
    Incident,
    IncidentStatus,
    Responsibility,
    Severity,
    Verdict,
    WaitingOn,
)
from csconsole.core.procedure import StepState, steps_of
from csconsole.i18n import _, language
from csconsole.tui.actions import Scope, in_scope, key_forms, shown
from csconsole.tui.modals.ask import Ask, Choice
from csconsole.tui.modals.pick import Entry, Pick, numbered
from csconsole.tui.modals.when import read_limit, read_promise
from csconsole.wording import life as lifewording
from csconsole.wording import limits as limitwording

if TYPE_CHECKING:
    from csconsole.desk import Desk
    from csconsole.tui.app import ConsoleApp

NOBODY = "-"
"""Typed where somebody, or something, is to be named, it says: nobody, nothing."""


class Deeds:
    """`incident` is what is done to; `did` hears how it stands then."""

    @property
    @abstractmethod
    def console(self) -> ConsoleApp: ...

    @property
    @abstractmethod
    def incident(self) -> Incident: ...

    @abstractmethod
    def did(self, incident: Incident) -> None: ...

    def _do(self, verb: Callable[..., Incident], *said: object) -> None:
        typed = " ".join(each for each in said if isinstance(each, str) and not isinstance(each, StrEnum))
        self.console.perform(partial(verb, self.incident.number, *said), self.did, typed=typed)

    def _ask(self, ask: Ask, then: Callable[[str], None]) -> None:
        self.console.push_screen(ask, lambda text: then(text) if text is not None else None)

    def _pick(
        self, question: str, choices: Iterable[tuple[str, str]], then: Callable[[str], None], cursor: str | None = None
    ) -> None:
        pick = Pick(question, numbered(choices), cursor=cursor)
        self.console.push_screen(pick, lambda chosen: then(chosen) if chosen is not None else None)

    # -- one key each ----------------------------------------------------------------------------------------------

    def action_menu(self) -> None:
        keymap = self.console.keymap
        entries = [
            Entry(each.id, each.label, shown(keymap.keys(each)[0]), frozenset(key_forms(keymap.keys(each)).split(",")))
            for each in in_scope(Scope.STORY)
            if each.id != "menu"
        ]

        def chosen(id: str | None) -> None:
            if id is not None:
                getattr(self, f"action_{id}")()

        self.console.push_screen(Pick(f"#{self.incident.number} {self.incident.title}", entries), chosen)

    def action_resolve(self) -> None:
        desk = self.console.desk
        self._do(desk.reopen if self.incident.status is IncidentStatus.RESOLVED else desk.resolve)

    def action_note(self) -> None:
        self._ask(Ask(_("Note on #{number}").format(number=self.incident.number)), partial(self._do, self._desk.remark))

    def action_wait(self) -> None:
        if self.incident.status is IncidentStatus.WAITING:
            self._do(self._desk.go_on)
            return
        choices = [(on.value, lifewording.waiting_on(on)) for on in WaitingOn]
        self._pick(_("Whose turn is it?"), choices, lambda on: self._do(self._desk.wait, WaitingOn(on)))

    def action_answered(self) -> None:
        self._do(self._desk.answer_buyer)

    def action_assign(self) -> None:
        names = [Choice(name, name) for name in self._desk.people()][:9]
        ask = Ask(_("Who takes it?"), names, placeholder=_("or another name; - for nobody"))
        self._ask(ask, lambda name: self._do(self._desk.assign, "" if name == NOBODY else name))

    def action_severity(self) -> None:
        choices = [(each.value, f"{wording.severity(each)} {wording.severity_mark(each)}") for each in Severity]
        now = self.incident.severity.value
        self._pick(_("How bad is it?"), choices, lambda each: self._do(self._desk.rate, Severity(each)), now)

    def action_limit(self) -> None:
        limits, zone = self.incident.standing.limits, self._desk.schedule.zone

        def label(clock: Clock) -> str:
            until = limits[clock]
            words = wording.date_time(until, zone) if until else _("no limit")
            return f"{limitwording.clock(clock)}: {words}"

        def read(text: str) -> tuple[object, str]:
            return read_limit(text, self._desk.schedule, self._desk.now())

        def chosen(clock: str) -> None:
            ask = Ask(
                _("Until when ({clock}), and why?").format(clock=limitwording.clock(Clock(clock))),
                placeholder=_("18:00, +2h, +1d or 11-25 18:00, then why; - and why for no limit"),
                check=read,
            )
            self._ask(ask, lambda text: self._do(self._desk.move_limit, Clock(clock), *read(text)))

        self._pick(_("Which limit?"), [(clock.value, label(clock)) for clock in Clock], chosen)

    def action_promise(self) -> None:
        def read(text: str) -> tuple[object, ...]:
            return read_promise(text, self._desk.schedule, self._desk.now())

        ask = Ask(_("What was promised?"), placeholder=_("a call back @Wang 18:00"), check=read)
        self._ask(ask, lambda text: self._do(self._desk.promise, *read(text)))

    def action_its_orders(self) -> None:
        from csconsole.tui.modals.orders import Orders

        self.console.push_screen(Orders(self.incident, self.did))

    def action_case(self) -> None:
        from csconsole.tui.modals.case import keep_case

        keep_case(self.console, self.incident.number)

    # -- the steps of a complaint ----------------------------------------------------------------------------------

    def action_step(self) -> None:
        """The next step stands first under the cursor; any other can be taken."""
        steps = steps_of(self.incident)
        cursor = next((step.kind.value for step in steps if step.state is StepState.NEXT), None)
        glyphs = {step.kind: lifewording.step_state(step.state)[0] for step in steps}
        choices = [(kind.value, f"{glyph} {lifewording.step(kind)}") for kind, glyph in glyphs.items()]
        self._pick(_("Which step?"), choices, lambda kind: self._take(EventKind(kind)), cursor)

    def _take(self, kind: EventKind) -> None:
        desk = self._desk
        match kind:
            case EventKind.RESPONSIBILITY:
                whose = [(each.value, lifewording.responsibility(each)) for each in Responsibility]
                self._pick(lifewording.step(kind), whose, lambda each: self._do(desk.say_whose, Responsibility(each)))
            case EventKind.VERDICT:
                verdicts = [(each.value, lifewording.verdict(each)) for each in Verdict]
                self._pick(lifewording.step(kind), verdicts, lambda each: self._do(desk.take_verdict, Verdict(each)))
            case EventKind.OFFERED:
                self._ask(Ask(lifewording.step(kind)), partial(self._do, desk.offer))
            case EventKind.EVIDENCE:
                self._ask(Ask(lifewording.step(kind)), partial(self._do, desk.hand_in))
            case _:
                self._do(desk.tell_buyer)

    # -- what was taken down wrong ---------------------------------------------------------------------------------

    def action_correct(self) -> None:
        ways = {
            "title": (_("Title"), self._correct_title),
            "category": (_("Category"), self._correct_category),
            "shop": (_("Shop"), self._correct_shop),
            "buyer": (_("Buyer"), self._name_buyer),
            "tracking": (_("Tracking"), self._add_tracking),
        }
        self._pick(
            _("What is to be corrected?"), [(id, label) for id, (label, _way) in ways.items()], lambda id: ways[id][1]()
        )

    def _correct(self, **said: str) -> None:
        verb = partial(self._desk.correct, self.incident.number, **said)
        self.console.perform(verb, self.did, typed=" ".join(said.values()))

    def _correct_title(self) -> None:
        self._ask(Ask(_("Title"), value=self.incident.title), lambda title: self._correct(title=title))

    def _correct_category(self) -> None:
        categories = [(each.id, each.name.to(language())) for each in self._desk.schedule.categories.values()]
        self._pick(_("Category"), categories, lambda id: self._correct(category=id), self.incident.category)

    def _correct_shop(self) -> None:
        shops = [(each.id, each.name.to(language())) for each in self._desk.schedule.shops.values()]
        self._pick(_("Shop"), [*shops, ("", _("no shop"))], lambda id: self._correct(shop=id), self.incident.shop)

    def _name_buyer(self) -> None:
        ask = Ask(_("Buyer"), value=self.incident.buyer or "", placeholder=_("id, or how to reach them; - for nobody"))
        self._ask(ask, lambda buyer: self._do(self._desk.name_buyer, "" if buyer == NOBODY else buyer))

    def _add_tracking(self) -> None:
        self._ask(Ask(_("Tracking number")), partial(self._do, self._desk.add_tracking))

    @property
    def _desk(self) -> Desk:
        return self.console.desk
