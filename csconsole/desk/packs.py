"""What Monday's meeting needs, and what operations is handed at the end of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csconsole.core.packs import MeetingPack, RefundPack
from csconsole.desk.deadlines import Deadlines
from csconsole.desk.office import within_reach

if TYPE_CHECKING:
    from csconsole.core.meeting import Meeting
    from csconsole.core.refunds import Refunds


class Packs(Deadlines):
    """All raise `UserError` for days that are too far away."""

    def refunds(self, pack: RefundPack) -> Refunds:
        """The refunds for lost parcels and missing parts of a month: of the incidents opened in it, as they stand now,
        those the schedule names."""
        from csconsole.core.businessday import ONE_DAY, day_start
        from csconsole.core.refunds import refunds_of

        first, last = within_reach(pack.month.first), pack.month.last
        schedule = self.book.edition(min(last, max(self.today(), first))).schedule
        incidents = self.journal.incidents(
            opened_from=day_start(schedule, first), opened_to=day_start(schedule, last + ONE_DAY)
        )
        return refunds_of(incidents, pack.month, schedule, self.now())

    def meeting(self, pack: MeetingPack) -> Meeting:
        """What Monday's meeting of a week looks at, as things stand now."""
        from csconsole.core.meeting import meeting_of

        week = pack.week
        within_reach(week.first)
        last = week.before
        ended = min(last.last, max(self.today(), last.first))
        agendas = self.look_back(last.first, ended)
        opened = self.journal.incidents(opened_from=agendas[0].starts, opened_to=agendas[-1].ends)
        still = self.journal.incidents(open_only=True)
        return meeting_of(
            week,
            agendas,
            {each.number: each for each in (*opened, *still)}.values(),
            self.journal.readings(last.first, ended),
            self.ahead(week.first, week.last),
            self.book.edition(ended).schedule,
            self.now(),
        )
