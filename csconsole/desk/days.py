"""Days as a whole: reports, closing the day, who is on duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.core.facts import Closing, Reading
from csconsole.core.incident import Incident
from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.core.text import clean
from csconsole.desk.deadlines import Deadlines, check_order
from csconsole.desk.office import EARLIEST, LATEST, within_reach
from csconsole.i18n import _

if TYPE_CHECKING:
    from csconsole.core.report import Report


class Days(Deadlines):
    """What looks at more than one occurrence at a time."""

    def report(self, period: Period | None = None) -> Report:
        """The report on a period (None: today) as it stands now. Raises `UserError` for one that is too far away, and
        for a span the wrong way round."""
        from csconsole.core.report import AHEAD, report_of

        period = period or period_of(PeriodKind.DAY, self.today())
        check_order(period.first, period.last)
        within_reach(min(max(period.first, EARLIEST), period.last))
        first = min(each.first for each in (period, *period.earlier))
        last = min(period.last, max(self.today(), period.first))
        agendas = self.look_back(first, last)
        return report_of(
            period,
            agendas,
            self.journal.readings(first, last),
            self._incidents_of(agendas[0].starts, agendas[-1].ends),
            self.deadlines(period.first, min(period.last + AHEAD, LATEST)),
            self.journal.closings(period.first, last),
            self.book.edition(last).schedule,
        )

    def _incidents_of(self, starts: datetime, ends: datetime) -> list[Incident]:
        """The incidents a report on this span tells of: opened or resolved in it, or open at its end. What was resolved
        after its end was open then."""
        incidents = (
            *self.journal.incidents(open_only=True, opened_to=ends),
            *self.journal.incidents(opened_from=starts, opened_to=ends),
            *self.journal.incidents(opened_to=ends, resolved_from=starts),
        )
        return sorted({each.number: each for each in incidents}.values(), key=lambda each: each.number)

    def close_day(self, handover: str = "", day: date | None = None) -> Closing:
        """Close a business day (None: today) with a handover note, keeping the summary as it now stands."""
        from csconsole.reports import render

        day = day or self.today()
        note = clean(handover, multiline=True).strip()
        report = self.report(period_of(PeriodKind.DAY, day))
        self.journal.close_day(self.by, day, note, render(report, "json"), self.now())
        closing = self.journal.closing(day)
        assert closing is not None
        return closing

    def closing(self, day: date | None = None) -> Closing | None:
        """How a business day (None: today) was closed; None where it was not."""
        return self.journal.closing(day or self.today())

    def take_over(self, name: str) -> str:
        """Put `name` on duty: from now on they act in this console."""
        who = clean(name).strip()
        if not who:
            raise UserError(_("say who takes over"))
        self.journal.take_over(who, self.now())
        self.by = who
        return who

    def readings(self, first: date, last: date, metrics: Sequence[str]) -> list[Reading]:
        """The numbers taken on business days `first` to `last`, ends included, oldest first."""
        return self.journal.readings(first, last, metrics=metrics)
