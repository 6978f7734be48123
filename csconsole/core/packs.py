"""What a paper can be about besides a period: the meeting that opens a week, the refunds of a month."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from csconsole.core.period import Period, PeriodKind, period_of


class MeetingPack(Struct, frozen=True):
    """Monday's meeting of `week`: what the week before left, and what this one brings."""

    week: Period

    @classmethod
    def of(cls, day: date) -> MeetingPack:
        return cls(period_of(PeriodKind.WEEK, day))

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return f"meeting-{self.week.first.isoformat()}"

    @property
    def period(self) -> Period:
        return self.week


class RefundPack(Struct, frozen=True):
    """The refunds for lost parcels and missing parts of `month`."""

    month: Period

    @classmethod
    def of(cls, day: date) -> RefundPack:
        return cls(period_of(PeriodKind.MONTH, day))

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return f"refunds-{self.month.first:%Y-%m}"

    @property
    def period(self) -> Period:
        return self.month


Pack = MeetingPack | RefundPack
