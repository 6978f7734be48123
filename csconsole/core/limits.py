"""When an incident's time runs out: the limits its category sets when it is opened."""

from __future__ import annotations

from datetime import datetime

from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.schedule import Category, Schedule


def settle_by(category: Category, opened_at: datetime, schedule: Schedule) -> datetime | None:
    """When an incident of this category, opened at `opened_at`, is to be settled, in UTC; None where it says nothing.

    Its `settle` counts around the clock; `same_day` is until the next business day begins; of both, the earlier.
    """
    limits = []
    if category.same_day:
        limits.append(day_start(schedule, business_date(schedule, opened_at) + ONE_DAY))
    if category.settle is not None:
        limits.append(opened_at + category.settle)
    return min(limits, default=None)


def respond_by(category: Category, opened_at: datetime) -> datetime | None:
    """When the buyer is to be answered, in UTC; None where the category says nothing."""
    return None if category.respond is None else opened_at + category.respond
