"""What the Desk shows, as JSON for scripts (DESIGN.md §4)."""

from __future__ import annotations

from collections.abc import Sequence

from csconsole.core.agenda import Agenda
from csconsole.core.deadline import Deadline
from csconsole.core.incident import Incident
from csconsole.desk.rounds import Rounds


class Shapes(Rounds):
    """Texts are in the language in use, instants have the offset of the schedule's zone."""

    def agenda_json(self, agenda: Agenda) -> str:
        from csconsole.reports import plain

        return plain.dumps(plain.agenda_plain(agenda, self.numbers_found(agenda.items)))

    def deadlines_json(self, deadlines: Sequence[Deadline]) -> str:
        from csconsole.reports import plain

        return plain.dumps([plain.deadline_plain(each, self.schedule.zone) for each in deadlines])

    def deadlines_ics(self, deadlines: Sequence[Deadline]) -> bytes:
        """As an iCalendar, for any calendar program. Raises `UserError` where its library is not installed."""
        from csconsole.reports.ics import render_ics

        return render_ics(deadlines, self.schedule, self.now())

    def incidents_json(self, incidents: Sequence[Incident]) -> str:
        from csconsole.reports import plain

        now = self.now()
        return plain.dumps([plain.incident_plain(each, now, self.schedule) for each in incidents])
