"""Days as a whole: reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from csconsole.core.facts import Reading
from csconsole.desk.deadlines import Deadlines, check_order
from csconsole.desk.office import EARLIEST, LATEST, within_reach

if TYPE_CHECKING:
    from csconsole.core.period import Period
    from csconsole.core.report import Report


class Days(Deadlines):
    """What looks at more than one occurrence at a time."""

    def report(self, period: Period | None = None) -> Report:
        """The report on a period (None: today) as it stands now. Raises `UserError` for one that is too far away, and
        for a span the wrong way round."""
        from csconsole.core.period import PeriodKind, period_of
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
            self.journal.told_of(agendas[0].starts, agendas[-1].ends),
            self.deadlines(period.first, min(period.last + AHEAD, LATEST)),
            self.journal.closings(period.first, last),
            self.journal.cases(),
            self.book.edition(last).schedule,
        )

    def readings(self, first: date, last: date, metrics: Sequence[str]) -> list[Reading]:
        """The numbers taken on business days `first` to `last`, ends included, oldest first."""
        return self.journal.readings(first, last, metrics=metrics)
