"""The clocks of incidents: limits moved, standing still while it waits for somebody, the buyer answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from csconsole.core.agenda import Item
from csconsole.core.errors import UserError
from csconsole.core.incident import Clock, EventKind, Incident, IncidentStatus, NewEvent, WaitingOn
from csconsole.core.incident_items import limit_items
from csconsole.core.limits import resumed
from csconsole.core.schedule import Text
from csconsole.core.text import prose
from csconsole.desk.incidents import Incidents
from csconsole.i18n import _
from csconsole.wording import limits as limitwording


class Clocks(Incidents):
    """Each verb is one action in one transaction. All raise `UserError` for what cannot be, as for an incident that is
    resolved, and `NotSaved` for what could not be written."""

    def move_limit(self, number: int, clock: Clock, until: datetime | None, reason: str) -> Incident:
        """Move one of an incident's limits to `until` (aware), or take it away (None), and say why."""
        why = prose(reason)
        if not why:
            raise UserError(_("say why the limit is moved"))
        if until is not None and until <= self.now():
            raise UserError(_("the new limit must lie ahead"))
        self._unresolved(number)
        return self._tell(number, NewEvent(EventKind.LIMIT, why, clock.value, until))

    def wait(self, number: int, on: WaitingOn, note: str = "") -> Incident:
        """Say whose turn it is. Where its category says so, its clocks stand still from now on."""
        if self._unresolved(number).standing.waiting_on is on:
            raise UserError(_("incident {number} waits for them already").format(number=number))
        return self._tell(number, NewEvent(EventKind.WAITING, prose(note), on.value))

    def go_on(self, number: int, note: str = "") -> Incident:
        """Say that an incident waits no more. Clocks that stood still go on with what was left on them."""
        incident = self._unresolved(number)
        if incident.status is not IncidentStatus.WAITING:
            raise UserError(_("incident {number} waits for nobody").format(number=number))
        calendar = self.book.edition(self.today()).calendar
        limits = resumed(incident, self.now(), self.schedule, calendar)
        return self._tell(number, NewEvent(EventKind.CONTINUED, prose(note)), *limits)

    def answer_buyer(self, number: int, note: str = "") -> Incident:
        """Say that the buyer was answered: only settling is left."""
        if self._unresolved(number).standing.answered_at is not None:
            raise UserError(_("the buyer was answered already"))
        return self._tell(number, NewEvent(EventKind.ANSWERED, prose(note)))

    def limits(self, incidents: Iterable[Incident] | None = None) -> list[Item]:
        """The limits that run now, as items to remind of, the earliest first: of the incidents that are not resolved,
        to be given where they are known already."""
        now, calendar = self.now(), self.book.edition(self.today()).calendar
        found = self.journal.incidents(open_only=True) if incidents is None else incidents
        items = [item for each in found for item in limit_items(each, now, self.schedule, calendar, _limit_title)]
        return sorted(items, key=lambda item: item.due)


def _limit_title(incident: Incident, clock: Clock) -> Text:
    words = _("#{number} {clock}: {title}").format(
        number=incident.number, clock=limitwording.clock(clock), title=incident.title
    )
    return Text(words, words)
