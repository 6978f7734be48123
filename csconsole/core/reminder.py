"""What to remind of now, and when to look again: a function of items, claims, snoozes and now.

Every open item has a course of stages (core/course.py). Only the stage reached last counts: whoever comes late gets
one reminder of an item, not a pile. It goes out unless it was claimed before (core/facts.py, `Claim`), or something
keeps it back for a while (core/hold.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from csconsole.core.agenda import Item
from csconsole.core.answer import Answer
from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.course import ASKED_FOR, MORNING, Stage, Step, around, before_morning, morning, rest, step_order
from csconsole.core.facts import Away, Claim, Snooze
from csconsole.core.hold import EVERY_KIND, Hold, HoldKind, hold_at, quiet_at
from csconsole.core.schedule import Schedule

__all__ = [
    "AWAY",
    "MORNING",
    "Digest",
    "Plan",
    "Reminder",
    "Situation",
    "Stage",
    "digest",
    "escalate",
    "plan",
    "split",
    "untold",
]

AWAY = timedelta(seconds=90)
"""What has been due for longer when somebody comes back has come due while nobody was looking."""

_OVER_AND_OVER = frozenset({Stage.REPEAT})

_SENDING, _FAILED = "sending:", "failed:"
_TO_OTHERS = (Stage.ESCALATE.value, _SENDING, _FAILED)

_FROM_OTHERS = frozenset({HoldKind.MEETING, HoldKind.QUIET})
"""What keeps back what others are told. That the person is away or at lunch is no reason not to tell them."""


class Reminder(Struct, frozen=True):
    """That `item` has reached `stage`, planned for the instant `planned` (UTC). `first`: nothing went out for it
    since it was due. `basis` is that of an earlier claim of it, where there is one."""

    key: str
    stage: Stage
    planned: datetime
    item: Item
    first: bool = True
    basis: int | None = None

    @property
    def claim(self) -> Claim:
        """What is written before it goes out, so that it goes out once."""
        basis = self.item.answer.newest if self.basis is None else self.basis
        return Claim(self.key, self.stage.value, self.planned, basis)

    def sending(self, robot: int, at: datetime) -> Claim:
        """What is written before it is sent to robot number `robot` at an instant."""
        return Claim(self.key, f"{_SENDING}{robot}", at, self.claim.basis)

    def failed(self, robot: int, at: datetime) -> Claim:
        """What is written where that failed."""
        return Claim(self.key, f"{_FAILED}{robot}", at, self.claim.basis)

    @property
    def critical(self) -> bool:
        """Whether others are told of it as soon as it is due."""
        return self.item.occurrence.critical


class Plan(Struct, frozen=True):
    """`due` is what is to go out now, in the order of its due instants; `next_at` is when that can next change by
    itself. `hold` is what keeps others back."""

    due: tuple[Reminder, ...]
    next_at: datetime
    hold: Hold | None = None


class Digest(Struct, frozen=True):
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


class Situation(Struct, frozen=True):
    """What reminders are planned from. `items` stand as at one instant: today's whole agenda, what was answered
    included (it may hold reminders), and of what lies ahead that of which something is said already. `claims` and
    `snoozes` are those under the items' keys and aliases; `away` is whether whoever is reminded is."""

    items: Sequence[Item]
    claims: Set[Claim]
    snoozes: Mapping[str, Snooze]
    schedule: Schedule
    away: Away | None = None

    def hold_at(self, now: datetime, kinds: Set[HoldKind] = EVERY_KIND) -> Hold | None:
        """What keeps reminders back at `now`, of these kinds."""
        return hold_at(now, self.schedule, self.items, self.away, kinds)


def plan(situation: Situation, now: datetime) -> Plan:
    """What is to go out at `now`, the instant at which the situation's items stand, and when to plan again at the
    latest. While something keeps reminders back, what was reached since it began waits for its end, but for what is
    critical."""
    hold, out, schedule = situation.hold_at(now), _Claims(situation.claims), situation.schedule
    due: list[Reminder] = []
    turns = [hold.end if hold else _next_day(schedule, now)]
    for item in situation.items:
        if not item.status.open:
            continue
        snooze = _snooze_of(item, situation.snoozes)
        reached, coming = _around(item, snooze, hold, now, schedule)
        if reached is not None:
            planned, stage = reached
            reminder = Reminder(item.key, stage, planned, item, out.none_since(item, item.due))
            if not out.has(reminder):
                due.append(reminder)
        if coming is not None:
            turns.append(coming)
    due.sort(key=_due)
    return Plan(tuple(due), min(turns), hold)


def _around(
    item: Item, snooze: Snooze | None, hold: Hold | None, now: datetime, schedule: Schedule
) -> tuple[Step | None, datetime | None]:
    """As `around`, but while reminders are kept back: what was reached by the beginning of that, and in quiet hours
    also what a person asked for at an hour within them. What is critical comes through; but in the night it is not
    said over and over."""
    if hold is None:
        return around(item, snooze, now, schedule)
    if item.occurrence.critical:
        night = quiet_at(schedule, now)
        if night is None:
            return around(item, snooze, now, schedule)
        spoken, coming = around(item, snooze, now, schedule, without=_OVER_AND_OVER)
        before = around(item, snooze, night.start - timedelta.resolution, schedule)[0]
        reached = max((step for step in (spoken, before) if step is not None), key=step_order, default=None)
        return reached, night.end if coming is None else min(coming, night.end)
    at, coming = hold.before, None
    asked = rest(item, snooze)
    if hold.quiet and asked is not None and asked[1] in ASKED_FOR and hold.start <= asked[0] < hold.end:
        at, coming = (hold.before, asked[0]) if now < asked[0] else (asked[0], None)
    return around(item, snooze, at, schedule)[0], coming


def escalate(situation: Situation, now: datetime, after: timedelta) -> Plan:
    """What others are to be told at `now`, each once: what has been overdue for `after`, or is critical.

    Whoever put it off, began or delegated it is given `after` again when that is over. It waits for the end of an
    item that holds reminders and of quiet hours, unless it is critical; what stays owed is not told at night; what is
    not reminded of is told to nobody.
    """
    hold = situation.hold_at(now, _FROM_OTHERS)
    at = hold.before if hold else now
    out, schedule = _Claims(situation.claims), situation.schedule
    due: list[Reminder] = []
    turns = [hold.end if hold else _next_day(schedule, now)]
    for item in situation.items:
        if not item.status.open or item.occurrence.remind.silent:
            continue
        # The claim names when it was overdue, not when it is told: another `after` does not tell it again.
        reminder = Reminder(item.key, Stage.ESCALATE, item.due + item.occurrence.grace, item)
        turn = item.due if reminder.critical else reminder.planned + after
        if peace := rest(item, _snooze_of(item, situation.snoozes)):
            turn = max(turn, peace[0] + after)
        lasts = item.occurrence.expires_at is None and not item.occurrence.presses
        if lasts and before_morning(schedule, turn):
            turn = morning(schedule, turn.astimezone(schedule.zone).date())
        if turn > (now if reminder.critical else at):
            turns.append(turn if hold is None or reminder.critical else max(turn, hold.end))
        elif not out.has(reminder):
            due.append(reminder)
    due.sort(key=_due)
    return Plan(tuple(due), min(turns), hold)


def untold(situation: Situation, robot: int) -> tuple[Reminder, ...]:
    """What others were to be told, and robot number `robot` was not: nothing was sent to it, or what was sent last
    failed. What was begun to be sent and is not known to have failed may have arrived. Each has the `basis` on which
    it was claimed."""
    out = _Claims(situation.claims)
    found = []
    for item in situation.items:
        if item.status.open:
            reminder = Reminder(item.key, Stage.ESCALATE, item.due + item.occurrence.grace, item)
            claim = out.of(reminder)
            if claim is not None and out.failed(claim, robot):
                found.append(replace(reminder, basis=claim.basis))
    return tuple(sorted(found, key=_due))


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


def _next_day(schedule: Schedule, now: datetime) -> datetime:
    return day_start(schedule, business_date(schedule, now) + ONE_DAY)


# -- what went out, and what is put off --------------------------------------------------------------------------


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
        """Whether nothing was said to the person; what others were told does not count."""
        return all(claim.planned < instant for claim in self._of(item) if not claim.stage.startswith(_TO_OTHERS))

    def has(self, reminder: Reminder) -> bool:
        """Whether it went out."""
        return self.of(reminder) is not None

    def of(self, reminder: Reminder) -> Claim | None:
        """The claim with which it went out, if it did. What was answered in part, started or delegated since is the
        work it asked for and no reason to say it again; an undo is."""
        wanted = reminder.claim
        return next(
            (
                claim
                for claim in self._of(reminder.item)
                if (claim.stage, claim.planned) == (wanted.stage, wanted.planned)
                and (claim.basis == wanted.basis or _touched(reminder.item.answer))
            ),
            None,
        )

    def failed(self, told: Claim, robot: int) -> bool:
        """Whether robot number `robot` certainly did not get what was claimed so."""
        mine = [claim for claim in self._by_key[told.key] if claim.basis == told.basis]
        sent = max((claim.planned for claim in mine if claim.stage == f"{_SENDING}{robot}"), default=None)
        return sent is None or any(claim.stage == f"{_FAILED}{robot}" and claim.planned == sent for claim in mine)


def _touched(answer: Answer) -> bool:
    return bool(answer.started_at or answer.delegated_to or any(answer.shops.values()))
