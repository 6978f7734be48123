"""What the list of incidents is narrowed to, and how the head says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from csconsole import wording
from csconsole.core.schedule import Schedule
from csconsole.core.search import Found, State
from csconsole.desk import Desk
from csconsole.i18n import N_, _
from csconsole.wording import life as lifewording

AGES = tuple(timedelta(hours=hours) for hours in (4, 24, 72, 168, 720))

STATES: dict[State, str] = {
    State.UNRESOLVED: N_("not resolved"),
    State.OPEN: N_("open"),
    State.WAITING: N_("waiting"),
    State.RESOLVED: N_("resolved"),
    State.ALL: N_("all"),
}


class Filters(Struct, frozen=True):
    """All of it applies; None is any. `person` "" is nobody."""

    words: str = ""
    shop: str | None = None
    category: str | None = None
    person: str | None = None
    state: State | None = None
    age: timedelta | None = None

    def found(self, desk: Desk) -> Found:
        return desk.find_incidents(
            self.words,
            shop=self.shop,
            category=self.category,
            person=self.person,
            state=self.state,
            older_than=self.age,
        )

    def shown(self, schedule: Schedule) -> str:
        """What the list is narrowed to, in words; empty where it is to nothing."""
        return " · ".join(self._parts(schedule))

    def _parts(self, schedule: Schedule) -> Iterator[str]:
        if self.words.strip():
            yield _("“{words}”").format(words=self.words.strip())
        if self.state is not None:
            yield _(STATES[self.state])
        if self.shop is not None:
            yield lifewording.shop(schedule, self.shop)
        if self.category is not None:
            yield lifewording.category(schedule, self.category)
        if self.person is not None:
            yield f"@{lifewording.person(schedule, self.person)}" if self.person else _("with nobody")
        if self.age is not None:
            yield _("older than {span}").format(span=wording.span(self.age))
