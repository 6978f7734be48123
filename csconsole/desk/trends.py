"""How a number went over the last weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.desk.office import EARLIEST, Office, within_reach
from csconsole.i18n import _

if TYPE_CHECKING:
    from csconsole.core.trend import Trend

TREND_DAYS = 30


class Trends(Office):
    """What looks at one reading over many days."""

    def trend(self, metric: str, last: date | None = None) -> Trend:
        """A metric of the schedule on the thirty business days up to `last` (None: today), per shop. Raises `UserError`
        for one that the schedule does not know."""
        from csconsole.core.trend import trend_of

        last = within_reach(last or self.today())
        first = max(last - timedelta(days=TREND_DAYS - 1), EARLIEST)
        schedule = self.book.edition(last).schedule
        known = schedule.metrics.get(metric)
        if known is None:
            raise UserError(_("there is no reading {name} in the schedule").format(name=metric))
        asked = {
            shop
            for duty in schedule.duties.values()
            if metric in duty.read
            for shop in duty.shops or ("",)
            if not shop or known.asked_on(schedule.shops[shop].platform)
        }
        shops = [shop for shop in ("", *schedule.shops) if shop in asked]
        return trend_of(metric, first, last, self.journal.readings(first, last, metrics=[metric]), schedule, shops)
