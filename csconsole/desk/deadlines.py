"""What is due by when: a span of days, and a month as a calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from csconsole.core.agenda import Item
from csconsole.core.deadline import Deadline
from csconsole.core.errors import UserError
from csconsole.core.occurrence import FARTHEST_MOVE, Occurrence
from csconsole.core.schedule import Kind
from csconsole.desk.office import LATEST, Office, within_reach
from csconsole.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from csconsole.core.month import Month

WEEKS_AHEAD = timedelta(weeks=5)
"""How far the deadlines reach where nobody says how far."""


class Deadlines(Office):
    """Due dates, whenever they were set for. All raise `UserError` for days that are too far away."""

    def deadlines(self, first: date | None = None, last: date | None = None) -> list[Deadline]:
        """Weekly and monthly due dates whose nominal or due date lies from `first` (None: today) to `last` (None:
        five weeks after), ends included, by due instant. Raises `UserError` where the span is the wrong way round.
        """
        first = within_reach(first or self.today())
        last = within_reach(last or min(first + WEEKS_AHEAD, LATEST))
        check_order(first, last)
        return self._touching(first, last, lambda found: found.kind in (Kind.WEEKLY, Kind.MONTHLY))

    def month(self, day: date | None = None) -> Month:
        """The month of `day` (None: of today) with what is due in it besides the daily checks, and what was set for a
        day of it. A weekly entry that ends with its day, a meeting say, is no date to meet and left out."""
        from csconsole.core.month import month_of

        first = within_reach(day or self.today()).replace(day=1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return month_of(first, self.book.edition(last).calendar, self.ahead(first, last))

    def ahead(self, first: date, last: date) -> list[Deadline]:
        """Everything besides the daily checks, dated events too, that is due in a span of days or was set for a day of
        it, without the weekly entries that end with their day."""
        return self._touching(first, last, lambda each: each.kind is not Kind.WEEKLY or each.expires_at is None)

    def _touching(self, first: date, last: date, meant: Callable[[Occurrence], bool]) -> list[Deadline]:
        """Those `meant` of all that does not come every day and whose nominal or due date lies in the span."""
        found = [
            each
            for each in self.book.known(first - FARTHEST_MOVE, last + FARTHEST_MOVE, daily=False)
            if meant(each) and (first <= each.nominal <= last or first <= each.day <= last)
        ]
        deadlines = [_deadline(item, owed=self.book.owes(item.occurrence)) for item in self.all_standing(found)]
        return sorted(deadlines, key=lambda deadline: deadline.due)


def check_order(first: date, last: date) -> None:
    """Raise `UserError` where a span of days is the wrong way round."""
    if last < first:
        raise UserError(_("{last} lies before {first}").format(first=first.isoformat(), last=last.isoformat()))


def _deadline(item: Item, *, owed: bool) -> Deadline:
    found = item.occurrence
    return Deadline(
        key=found.key,
        duty=found.duty,
        kind=found.kind,
        title=found.title,
        nominal=found.nominal,
        due=found.due,
        adjusted=found.adjusted,
        status=item.status if owed else None,
        until=found.until,
        notice=found.notice,
    )
