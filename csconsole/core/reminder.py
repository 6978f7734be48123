"""What to remind of now, and when to look again: a function of items, claims, snoozes and now.

Every open item has a course of stages, each reached at an instant. Only the stage reached last counts: whoever comes
late gets one reminder of an item, not a pile. It goes out unless it was claimed before (core/facts.py, `Claim`).

What expires with its day speaks ahead of its time, when it is due, every `repeat`, and when its grace is over, until
it expires. What stays owed until answered speaks on the day of its notice as well, in the morning of the day it is
due and of each day after, and at no time between the midnight after it was due and that morning: nobody is to be
nagged at night about a month's report.

What nobody answers for long is escalated: told to others, once (`escalate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from csconsole.core.agenda import Answer, Item, Status
from csconsole.core.businessday import ONE_DAY, business_date, day_start, wall_instant
from csconsole.core.facts import Claim, Snooze
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Remind, Schedule

MORNING = time(9)
"""When the morning's reminders go out, in the schedule's zone; with the business day where that starts later."""

WORKING = timedelta(minutes=30)
"""How long an item that was started is left in peace."""

AWAY = timedelta(seconds=90)
"""What has been due for longer when somebody comes back has come due while nobody was looking."""

_OFF = Remind(None, None)


class Stage(StrEnum):
    """Why a reminder goes out. Of two reached at one instant, the later in this list counts."""

    NOTICE = "notice"  # the morning of the day from which a deadline is announced
    MORNING = "morning"  # the morning of the due date, and of each day after it
    AHEAD = "ahead"
    DUE = "due"
    REPEAT = "repeat"
    OVERDUE = "overdue"  # grace is over
    WORKING = "working"  # started a while ago, and still not answered
    BACK = "back"  # the colleague it was delegated to was to have it done by now
    SNOOZE = "snooze"
    ESCALATE = "escalate"  # told to others: `escalate` plans it, `plan` never does

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {stage: rank for rank, stage in enumerate(Stage)}

_Step = tuple[datetime, Stage]


@dataclass(frozen=True, slots=True)
class Reminder:
    """That `item` has reached `stage`, planned for the instant `planned` (UTC). `first`: nothing went out for it
    since it was due."""

    key: str
    stage: Stage
    planned: datetime
    item: Item = field(compare=False, repr=False)
    first: bool = field(default=True, compare=False)

    @property
    def claim(self) -> Claim:
        """What is written before it goes out, so that it goes out once."""
        return Claim(self.key, self.stage.value, self.planned, self.item.answer.newest)

    @property
    def critical(self) -> bool:
        """Whether others are told of it as soon as it is due. No duty is that bad; an incident can be."""
        return False


@dataclass(frozen=True, slots=True)
class Plan:
    """`due` is what is to go out now, in the order of its due instants; `next_at` is when that can next change by
    itself."""

    due: tuple[Reminder, ...]
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """What goes out together, as one reminder. `meanwhile` came due while nobody was looking."""

    at: datetime
    fresh: tuple[Reminder, ...] = ()
    meanwhile: tuple[Reminder, ...] = ()

    @property
    def reminders(self) -> tuple[Reminder, ...]:
        """All of it, in the order of the due instants."""
        return tuple(sorted(self.meanwhile + self.fresh, key=_due))

    def __bool__(self) -> bool:
        return bool(self.fresh or self.meanwhile)


@dataclass(frozen=True, slots=True)
class Situation:
    """What reminders are planned from. `items` stand as at one instant: today's whole agenda, what was answered
    included (it may hold reminders), and what is announced ahead. `claims` and `snoozes` are those under the items'
    keys and aliases."""

    items: Sequence[Item]
    claims: Set[Claim]
    snoozes: Mapping[str, Snooze]
    schedule: Schedule


def plan(situation: Situation, now: datetime) -> Plan:
    """What is to go out at `now`, the instant at which the situation's items stand, and when to plan again at the
    latest. While an item that holds reminders runs, what was reached after its start waits for its end.
    """
    at, held_until = _held(situation.items, now)
    out, schedule = _Claims(situation.claims), situation.schedule
    due: list[Reminder] = []
    turns = [_next_day(schedule, now)]
    for item in situation.items:
        if not item.status.open:
            continue
        reached, coming = _around(item, _snooze_of(item, situation.snoozes), at, schedule)
        if reached is not None:
            planned, stage = reached
            reminder = Reminder(item.key, stage, planned, item, out.none_since(item, item.due))
            if not out.has(reminder):
                due.append(reminder)
        if coming is not None:
            turns.append(coming)
    due.sort(key=_due)
    return Plan(tuple(due), held_until or min(turns))


def escalate(situation: Situation, now: datetime, after: timedelta) -> Plan:
    """What others are to be told at `now`, each once: what has been overdue for `after`, or is critical.

    Whoever put it off, began or delegated it is given `after` again when that is over. It waits for the end of an
    item that holds reminders; what stays owed is not told at night; what is not reminded of is told to nobody.
    """
    at, held_until = _held(situation.items, now)
    out, schedule = _Claims(situation.claims), situation.schedule
    due: list[Reminder] = []
    turns = [_next_day(schedule, now)]
    for item in situation.items:
        if not item.status.open or item.occurrence.remind == _OFF:
            continue
        # The claim names when it was overdue, not when it is told: another `after` does not tell it again.
        reminder = Reminder(item.key, Stage.ESCALATE, item.due + item.occurrence.grace, item)
        turn = item.due if reminder.critical else reminder.planned + after
        if rest := _rest(item, _snooze_of(item, situation.snoozes)):
            turn = max(turn, rest[0] + after)
        if item.occurrence.expires_at is None and _at_night(schedule, turn):
            turn = _morning(schedule, turn.astimezone(schedule.zone).date())
        if turn > at:
            turns.append(turn)
        elif not out.has(reminder):
            due.append(reminder)
    due.sort(key=_due)
    return Plan(tuple(due), held_until or min(turns))


def split(
    due: Iterable[Reminder], now: datetime, away: timedelta = AWAY
) -> tuple[tuple[Reminder, ...], tuple[Reminder, ...]]:
    """`(fresh, meanwhile)`: of what goes out when somebody comes back, `meanwhile` came due more than `away` ago
    and nothing was said of it since."""
    due = tuple(due)
    missed = tuple(reminder for reminder in due if reminder.first and reminder.item.due < now - away)
    return tuple(reminder for reminder in due if reminder not in missed), missed


def digest(due: Iterable[Reminder], now: datetime, away: timedelta | None = None) -> Digest:
    """`due` as one reminder. `away` as in `split` where somebody has just come back, else None."""
    if away is None:
        return Digest(now, tuple(due))
    return Digest(now, *split(due, now, away))


def _due(reminder: Reminder) -> datetime:
    return reminder.item.due


# -- the course of one item ------------------------------------------------------------------------------------


def _around(
    item: Item, snooze: Snooze | None, at: datetime, schedule: Schedule
) -> tuple[_Step | None, datetime | None]:
    """The stage that `item` reached last by `at`, and the instant of its next one."""
    occurrence = item.occurrence
    rest = _rest(item, snooze)
    if rest is None:
        steps = list(_course(occurrence, at, schedule))
    else:
        until, stage = rest
        steps = [step for step in _course(occurrence, max(at, until), schedule) if step[0] > until]
        # A start long before its time needs no asking whether it is still being worked on.
        if stage is not Stage.WORKING or until >= item.due:
            steps.append(rest)
    if occurrence.expires_at is not None:
        steps = [step for step in steps if step[0] < occurrence.expires_at]
    reached = max((step for step in steps if step[0] <= at), key=_order, default=None)
    return reached, min((planned for planned, _stage in steps if planned > at), default=None)


def _rest(item: Item, snooze: Snooze | None) -> _Step | None:
    """Until when an item is left in peace, and the stage that ends it. A delegation without an hour gives none."""
    rests: list[_Step] = []
    if snooze is not None:
        rests.append((snooze.until, Stage.SNOOZE))
    if item.answer.delegated_until is not None:
        rests.append((item.answer.delegated_until, Stage.BACK))
    elif item.answer.started_at is not None:
        rests.append((item.answer.started_at + WORKING, Stage.WORKING))
    return max(rests, key=_order, default=None)


def _order(step: _Step) -> tuple[datetime, int]:
    return step[0], step[1].rank


def _course(occurrence: Occurrence, at: datetime, schedule: Schedule) -> Iterator[_Step]:
    """The stages of `occurrence`, in no order. Of those that recur, the ones around `at`."""
    due, day, remind = occurrence.due, occurrence.day, occurrence.remind
    if remind == _OFF:
        return
    if occurrence.notice is not None and occurrence.notice < day:
        yield _morning(schedule, occurrence.notice), Stage.NOTICE
    if remind.lead is not None:
        yield due - remind.lead, Stage.AHEAD
    yield due, Stage.DUE

    lasts = occurrence.expires_at is None
    night = occurrence.expires_at or min(day_start(schedule, day + ONE_DAY), _midnight_after(schedule, due))
    overdue = due + occurrence.grace
    if overdue < night or (lasts and not _at_night(schedule, overdue)):
        yield overdue, Stage.OVERDUE
    if remind.repeat:
        last = (min(at, night) - due) // remind.repeat
        for number in range(max(last - 1, 1), max(last, 0) + 2):
            if (planned := due + number * remind.repeat) < night:
                yield planned, Stage.REPEAT
    if lasts:
        if (morning := _morning(schedule, day)) < due - (remind.lead or timedelta()):
            yield morning, Stage.MORNING
        today = business_date(schedule, at)
        for later in (today - ONE_DAY, today, today + ONE_DAY):
            if later > day:
                yield _morning(schedule, later), Stage.MORNING


def _next_day(schedule: Schedule, now: datetime) -> datetime:
    return day_start(schedule, business_date(schedule, now) + ONE_DAY)


def _morning(schedule: Schedule, day: date) -> datetime:
    return wall_instant(schedule, day, _morning_hour(schedule))


def _morning_hour(schedule: Schedule) -> time:
    return max(MORNING, schedule.day_starts_at)


def _at_night(schedule: Schedule, instant: datetime) -> bool:
    return instant.astimezone(schedule.zone).time() < _morning_hour(schedule)


def _midnight_after(schedule: Schedule, instant: datetime) -> datetime:
    return wall_instant(schedule, instant.astimezone(schedule.zone).date() + ONE_DAY, time())


# -- what keeps reminders back ---------------------------------------------------------------------------------


def _held(items: Iterable[Item], now: datetime) -> tuple[datetime, datetime | None]:
    """Up to which instant stages count as reached at `now`, and until when others are held, if they are."""
    return next((hold for hold in _holds(items) if hold[0] <= now < hold[1]), (now, None))


def _holds(items: Iterable[Item]) -> list[tuple[datetime, datetime]]:
    """The spans in which items that hold reminders run, those that touch joined. One that was skipped holds none."""
    spans: list[tuple[datetime, datetime]] = []
    for start, end in sorted(
        (item.occurrence.planned, item.occurrence.until)
        for item in items
        if item.occurrence.hold_reminders and item.occurrence.until and item.status is not Status.SKIPPED
    ):
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((start, end))
    return spans


def _keys(item: Item) -> tuple[str, ...]:
    return (item.key, *item.occurrence.aliases)


def _snooze_of(item: Item, snoozes: Mapping[str, Snooze]) -> Snooze | None:
    """The snooze set last, under the item's key or one of its aliases."""
    found = [snoozes[key] for key in _keys(item) if key in snoozes]
    return max(found, key=lambda snooze: snooze.set_at, default=None)


class _Claims:
    """Claims by occurrence."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_key: dict[str, list[Claim]] = {}
        for claim in claims:
            self._by_key.setdefault(claim.key, []).append(claim)

    def _of(self, item: Item) -> Iterator[Claim]:
        for key in _keys(item):
            yield from self._by_key.get(key, ())

    def none_since(self, item: Item, instant: datetime) -> bool:
        return all(claim.planned < instant for claim in self._of(item))

    def has(self, reminder: Reminder) -> bool:
        """Whether it went out. What was answered in part, started or delegated since is the work it asked for and
        no reason to say it again; an undo is."""
        wanted = reminder.claim
        return any(
            (claim.stage, claim.planned) == (wanted.stage, wanted.planned)
            and (claim.basis == wanted.basis or _touched(reminder.item.answer))
            for claim in self._of(reminder.item)
        )


def _touched(answer: Answer) -> bool:
    return bool(answer.started_at or answer.delegated_to or any(answer.shops.values()))
