"""A clock for tests: no test waits for time to pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from csconsole.clock import Clock


class StandingClock(Clock):
    """A clock that stands where it is put."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(instant)
        self.put(instant)

    def now(self) -> datetime:
        return self._at

    def real(self, instant: datetime) -> datetime:
        return datetime.now(UTC) + (instant - self._at)

    def put(self, instant: datetime) -> None:
        self._at = instant.astimezone(UTC)

    def pass_by(self, **span: float) -> None:
        self._at += timedelta(**span)
