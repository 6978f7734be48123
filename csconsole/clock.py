"""What time it is: the only place that reads the system's clock.

A `Clock` can be started at another instant and made to run faster, for rehearsals and for commands asked about
another moment. All instants are aware `datetime`s in UTC.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """The time as this program is to see it: `start` when made (the system's time if None), running on `speed`
    times as fast as the system's."""

    def __init__(self, start: datetime | None = None, speed: float = 1.0) -> None:
        self._origin = datetime.now(UTC)
        self._start = self._origin if start is None else start.astimezone(UTC)
        self.speed = speed

    def now(self) -> datetime:
        """The present instant on this clock, in UTC."""
        return self._start + (datetime.now(UTC) - self._origin) * self.speed

    def real(self, instant: datetime) -> datetime:
        """The system's time at which this clock will show `instant`, in UTC."""
        return self._origin + (instant - self._start) / self.speed

    def real_seconds(self, span: timedelta) -> float:
        """How many of the system's seconds `span` of this clock takes."""
        return span.total_seconds() / self.speed

    def monotonic(self) -> float:
        """Seconds of the system's clock that is never set, and that stands still (on most systems) while it sleeps."""
        return time.monotonic()

    @property
    def moved(self) -> bool:
        """Whether this clock shows another time than the system's."""
        return self._start != self._origin or self.speed != 1.0
