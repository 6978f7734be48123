"""An incident's life between its first word and its last: who has it, how bad it is, its orders, what was promised, and
the steps of a complaint. Waiting and limits are in `clocks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from csconsole.core.errors import UserError
from csconsole.core.incident import (
    EventKind,
    Incident,
    IncidentStatus,
    NewEvent,
    Responsibility,
    Severity,
    Verdict,
)
from csconsole.core.lexicon import Lexicon, fold
from csconsole.core.standing import changing
from csconsole.core.text import clean, halfwidth, prose
from csconsole.desk.incidents import Incidents
from csconsole.desk.office import did_you_mean
from csconsole.i18n import _, language

NUMBER_LIMIT = 100
"""Characters that an order, a parcel's number, a name or a buyer's id may have."""


class Life(Incidents):
    """Each verb is one action in one transaction. All raise `UserError` for an incident that is resolved and for what
    would change nothing, and `NotSaved` for what could not be written."""

    def assign(self, number: int, name: str) -> Incident:
        """Give it to somebody, by name or by a person's id; to nobody, where `name` is empty."""
        return self._change(number, NewEvent(EventKind.ASSIGNED, value=self.known_as(name)))

    def rate(self, number: int, severity: Severity) -> Incident:
        """Say how bad it is."""
        return self._change(number, NewEvent(EventKind.SEVERITY, value=severity.value))

    def correct(
        self, number: int, *, title: str | None = None, category: str | None = None, shop: str | None = None
    ) -> Incident:
        """Say better what it is and where: a title, the id or name of a category or a shop ("" for no shop)."""
        said = []
        if title is not None:
            said.append(NewEvent(EventKind.TITLE, value=_words(clean(title), _("the title is empty"))))
        if category is not None:
            said.append(NewEvent(EventKind.CATEGORY, value=self.category_named(category)))
        if shop is not None:
            said.append(NewEvent(EventKind.SHOP, value=shop and self.shop_named(shop)))
        return self._change(number, *said)

    # -- orders, parcels, the buyer -------------------------------------------------------------------------------

    def add_orders(self, number: int, orders: Sequence[str]) -> Incident:
        """Say that it is about these orders too. What it already is about is left out."""
        have = self.incident(number).orders
        given = dict.fromkeys(_number(order) for order in orders)
        return self._change(
            number, *(NewEvent(EventKind.ORDER_ADDED, value=each) for each in given if each not in have)
        )

    def close_orders(self, number: int, orders: Sequence[str] | None = None, note: str = "") -> Incident:
        """Say that these of its orders are settled (None: all that are left), each by its number or the end of it."""
        incident = self.incident(number)
        meant = incident.orders_left if orders is None else [self._order(incident, order) for order in orders]
        text = prose(note)
        return self._change(number, *(NewEvent(EventKind.ORDER_CLOSED, text, each) for each in meant))

    def reopen_orders(self, number: int, orders: Sequence[str]) -> Incident:
        """Say that these of its orders are not settled after all."""
        incident = self.incident(number)
        meant = [self._order(incident, order) for order in orders]
        return self._change(number, *(NewEvent(EventKind.ORDER_REOPENED, value=each) for each in meant))

    def add_tracking(self, number: int, tracking: str) -> Incident:
        """Add a parcel's tracking number."""
        parcel = _number(tracking)
        have = parcel in self.incident(number).tracking
        return self._change(number, *([] if have else [NewEvent(EventKind.TRACKING, value=parcel)]))

    def name_buyer(self, number: int, buyer: str) -> Incident:
        """Say who the buyer is, or how to reach them; "" for nobody."""
        return self._change(number, NewEvent(EventKind.BUYER, value=_short(buyer)))

    def promise(self, number: int, what: str, to: str = "", by: datetime | None = None) -> Incident:
        """Keep in mind what was promised, to whom, and by when (aware; None: nobody said)."""
        text = _words(what, _("say what was promised"))
        return self._change(number, NewEvent(EventKind.PROMISED, text, _short(to), by))

    # -- the steps of a complaint ----------------------------------------------------------------------------------

    def say_whose(self, number: int, whose: Responsibility, note: str = "") -> Incident:
        """Say whose responsibility it is."""
        return self._change(number, NewEvent(EventKind.RESPONSIBILITY, prose(note), whose.value))

    def offer(self, number: int, what: str) -> Incident:
        """Say what the buyer was offered."""
        return self._change(number, NewEvent(EventKind.OFFERED, _words(what, _("say what was offered"))))

    def hand_in(self, number: int, what: str) -> Incident:
        """Say what evidence the platform was given."""
        return self._change(number, NewEvent(EventKind.EVIDENCE, _words(what, _("say what was handed in"))))

    def take_verdict(self, number: int, verdict: Verdict, note: str = "") -> Incident:
        """Say how the platform decided."""
        return self._change(number, NewEvent(EventKind.VERDICT, prose(note), verdict.value))

    def tell_buyer(self, number: int, note: str = "") -> Incident:
        """Say that the buyer knows the outcome."""
        return self._change(number, NewEvent(EventKind.TOLD, prose(note)))

    # -- what these stand on ---------------------------------------------------------------------------------------

    def known_as(self, name: str) -> str:
        """Whom a name or a person's id means, as the journal keeps them; a name nobody knows as it is typed."""
        typed = _short(name).removeprefix("@").strip()
        return next(iter(Lexicon(self.schedule, self.people(), language()).people.get(fold(typed), ())), typed)

    def category_named(self, name: str) -> str:
        """The category of an id, a name or a word of the schedule's. Raises `UserError` where it is none."""
        known = Lexicon(self.schedule, (), language()).categories.get(fold(name), ())
        return _one_of(name, known, self.schedule.categories)

    def shop_named(self, name: str) -> str:
        """The shop of an id, a name or the start of one, or the platform where no other shop is. Raises `UserError`
        where it is none."""
        lexicon = Lexicon(self.schedule, (), language())
        return _one_of(name, lexicon.shops.get(fold(name), ()) or lexicon.start(fold(name)), self.schedule.shops)

    def _order(self, incident: Incident, text: str) -> str:
        """The order of an incident that is meant."""
        typed = _number(text)
        meant = [order for order in incident.orders if order == typed] or [
            order for order in incident.orders if order.endswith(typed)
        ]
        if len(meant) == 1:
            return meant[0]
        told = _("incident {number}: several orders end in {order}; give more of it")
        raise UserError(
            (told if meant else _("incident {number} has no order {order}")).format(number=incident.number, order=typed)
        )

    def _change(self, number: int, *said: NewEvent) -> Incident:
        """Write what is said, as far as it changes anything."""
        incident, now = self.incident(number), self.now()
        if incident.status is IncidentStatus.RESOLVED:
            raise UserError(_("incident {number} is resolved: open it again first").format(number=number))
        new = changing(incident.draft, incident.events, said, now)
        if not new:
            raise UserError(_("incident {number}: nothing would change").format(number=number))
        return self._tell(number, *new)


def _one_of(typed: str, meant: Sequence[str], known: Iterable[str]) -> str:
    """The one id that is meant by what was typed."""
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UserError(_("{text} could be {choices}: say which").format(text=typed, choices=" / ".join(meant)))
    raise UserError(
        _("there is no {text} in the schedule; there are {known}{hint}").format(
            text=clean(typed, limit=60), known=", ".join(known), hint=did_you_mean(typed, known)
        )
    )


def _short(text: str) -> str:
    """A name or a number, on one line. Raises `UserError` where it is too long to be one."""
    cleaned = " ".join(clean(text, limit=None).split())
    if len(cleaned) > NUMBER_LIMIT:
        raise UserError(_("{text}… is longer than {limit} characters").format(text=cleaned[:20], limit=NUMBER_LIMIT))
    return cleaned


def _number(text: str) -> str:
    """An order or a parcel's number as the log writes it. Raises `UserError` where there is none."""
    number = halfwidth(_short(text)).lstrip("#").strip()
    if not number:
        raise UserError(_("give a number, as in {example}").format(example="2608123456789012345"))
    return number


def _words(text: str, otherwise: str) -> str:
    """What is said in words. Raises `UserError` with `otherwise` where nothing is."""
    said = prose(text)
    if not said:
        raise UserError(otherwise)
    return said
