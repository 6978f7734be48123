"""What the next shift must know of a business day, as data: what is open and what runs out first, what was promised,
what was left, what was written down, who took over, and how the next day begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from csconsole.core.agenda import Agenda, Item
from csconsole.core.answer import Status
from csconsole.core.calendar import Day
from csconsole.core.facts import Closing, TakeOver, Word
from csconsole.core.incident import Clock, Incident, IncidentStatus, by_urgency
from csconsole.core.schedule import Schedule
from csconsole.core.standing import Promise
from csconsole.core.tally import PersonLine, by_person
from csconsole.core.troubles import as_of

FIRST_HOUR = timedelta(hours=1)
"""How much of the next day is told, from its first check on."""


class Amended(Struct, frozen=True):
    """That a closed day changed: how many of its checks were answered, changed or taken back since it was closed first,
    and when that, or closing it again, happened last."""

    checks: int
    at: datetime


class Begin(Struct, frozen=True):
    """How the next business day begins. `checks` are those of the hour from its first on (`since`, None without any),
    `deadlines` what is to be handed in at any time of it. `limits` are those of open incidents that run out before that
    hour is over, or, without any check, before the day is."""

    day: Day
    since: datetime | None
    checks: tuple[Item, ...]
    deadlines: tuple[Item, ...]
    limits: tuple[tuple[Incident, Clock, datetime], ...]


class Handover(Struct, frozen=True):
    """A business day as it is handed over, at `agenda.now`. `incidents` were open at its end, or are now, as they
    stand now: what runs out first on top, what was settled since last. `words` and `closings` are in the order
    written: the last counts. `taken` are those who took over on the day, and whoever took over from them."""

    agenda: Agenda
    schedule: Schedule
    incidents: tuple[Incident, ...]
    words: tuple[Word, ...]
    taken: tuple[TakeOver, ...]
    closings: tuple[Closing, ...]
    amended: Amended | None
    begin: Begin

    @property
    def note(self) -> Word | None:
        """What counts of all that was written; None where nothing was, or it was taken back."""
        return self.words[-1] if self.words and self.words[-1].text else None

    @property
    def open(self) -> tuple[Incident, ...]:
        """The incidents that are still to be settled."""
        return tuple(each for each in self.incidents if each.status is not IncidentStatus.RESOLVED)

    @property
    def promises(self) -> tuple[tuple[Incident, Promise], ...]:
        """What was promised and is still to be kept: by when, what nobody dated last."""
        found = [(incident, promise) for incident in self.open for promise in incident.standing.promises]
        return tuple(sorted(found, key=lambda it: (it[1].by is None, it[1].by or it[1].at)))

    @property
    def unanswered(self) -> tuple[Item, ...]:
        """The checks to be gone on with: due and overdue, in progress, with a colleague, still to come."""
        return tuple(item for item in self.agenda.items if item.status.open)

    @property
    def gaps(self) -> tuple[Item, ...]:
        """The checks that will not be done, or found something."""
        telling = (Status.MISSED, Status.SKIPPED, Status.ISSUE)
        return tuple(item for status in telling for item in self.agenda.items if item.status is status)

    @property
    def by_person(self) -> tuple[PersonLine, ...]:
        """Who answered how much of the day, whoever answered most first."""
        return by_person(self.agenda.items, frozenset(), self.schedule)


def handover(
    agenda: Agenda,
    incidents: Iterable[Incident],
    words: Sequence[Word],
    taken: Sequence[TakeOver],
    closings: Sequence[Closing],
    amended: Amended | None,
    following: Agenda,
    schedule: Schedule,
) -> Handover:
    """The day of `agenda`, which `following` comes after, with the schedule in force on it. `incidents` may be more
    than were open at its end."""
    then = min(agenda.now, agenda.ends - timedelta.resolution)
    open_then = [
        each for each in incidents if each.opened_at <= then and as_of(each, then).status is not IncidentStatus.RESOLVED
    ]
    found = by_urgency(open_then, agenda.now)
    return Handover(
        agenda=agenda,
        schedule=schedule,
        incidents=tuple(found),
        words=tuple(words),
        taken=tuple(taken),
        closings=tuple(closings),
        amended=amended,
        begin=_begin(following, found),
    )


def _begin(following: Agenda, incidents: Sequence[Incident]) -> Begin:
    day = following.day.date
    own = [item for item in following.items if item.occurrence.day == day]
    timed = [item for item in own if not item.occurrence.deadline]
    since = min((item.occurrence.planned for item in timed), default=None)
    until = following.ends if since is None else since + FIRST_HOUR
    return Begin(
        day=following.day,
        since=since,
        checks=tuple(item for item in timed if item.occurrence.planned <= until),
        deadlines=tuple(item for item in own if item.occurrence.deadline),
        limits=tuple(_limits(incidents, following.now, until)),
    )


def _limits(
    incidents: Iterable[Incident], now: datetime, until: datetime
) -> Iterator[tuple[Incident, Clock, datetime]]:
    """The limit that runs out first of each of these, where that is between two instants."""
    for incident in incidents:
        running = [(clock, at) for clock, at in incident.limits if not incident.stands_still(clock)]
        if running and now <= running[0][1] <= until:
            yield incident, *running[0]


def changed_since(agenda: Agenda, closings: Sequence[Closing]) -> Mapping[str, int]:
    """Which checks of a day changed after it was closed first, and the newest action on each. What counts is the order
    of writing. What was carried over from before, and changed after the day, is of a later day's."""
    if not closings:
        return {}
    return {
        item.key: item.answer.newest
        for item in agenda.items
        if item.answer.newest > closings[0].action
        and (item.occurrence.day == agenda.day.date or (item.answer.recorded_at or agenda.now) < agenda.ends)
    }
