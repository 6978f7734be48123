"""Temporary homes, and what their records hold, asked of a desk of its own beside the program under test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from consoles import MONDAY, StandingClock

from csconsole.core.agenda import Item
from csconsole.desk import Desk
from csconsole.workspace import Workspace


@contextmanager
def desk_on(home: Path, at: datetime = MONDAY, by: str = "夜班") -> Iterator[Desk]:
    """A desk on a home, open, its clock standing at `at`."""
    desk = Desk(Workspace.find(home=str(home)), StandingClock(at), by)
    desk.open()
    try:
        yield desk
    finally:
        desk.close()


@dataclass(frozen=True, slots=True)
class Records:
    """What a home holds."""

    home: Path

    def item(self, duty: str, day: date | None = None, at: datetime = MONDAY) -> Item:
        """How a duty's item on the agenda of `day` (None: of the day of `at`) stands at `at`."""
        with desk_on(self.home, at) as desk:
            return next(item for item in desk.look(day).items if item.occurrence.duty == duty)
