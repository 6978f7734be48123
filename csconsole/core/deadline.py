"""A due date as it stands: what is to be handed in by when, and why then."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from csconsole.core.answer import Status
from csconsole.core.calendar import Adjusted
from csconsole.core.schedule import Kind, Text


class Deadline(Struct, frozen=True):
    """A weekly or monthly occurrence seen as a date to meet.

    `nominal` is the date its rule names; `due` is the aware UTC instant it is due at, on the business date that
    `adjusted` explains. `status` is None where it is not owed (DESIGN.md §1, "What is owed").
    `until` is when it ends, where it takes its time; `notice` the business date from which it is announced.
    """

    key: str
    duty: str
    kind: Kind
    title: Text
    nominal: date
    due: datetime
    adjusted: Adjusted
    status: Status | None
    until: datetime | None = None
    notice: date | None = None

    @property
    def day(self) -> date:
        """The business date it is due on."""
        return self.adjusted.due.date

    @property
    def moved_days(self) -> int:
        return self.adjusted.moved_days

    @property
    def provisional(self) -> bool:
        return self.adjusted.provisional
