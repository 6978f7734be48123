"""What reminders should come, worked out minute by minute and in the plainest words: written from what the schedule and
the guide promise, without looking at how the planner does it.

Everything happens at whole minutes: the times of the schedule, its lengths, and what the supervisor does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from csconsole.core.occurrence import Occurrence

MINUTE = timedelta(minutes=1)

Told = tuple[datetime, str, str]
"""When, of which item, and why."""

# Of two reasons at one minute, the later here is the one that is told.
ORDER = ("notice", "morning", "ahead", "due", "repeat", "overdue", "last_call", "working", "back", "snooze")


class Deed(StrEnum):
    """What a supervisor does about an item (and, without one, about themselves)."""

    ANSWER = "answer"
    START = "start"
    SNOOZE = "snooze"
    DELEGATE = "delegate"
    LEAVE = "leave"
    RETURN = "return"


@dataclass(frozen=True)
class Act:
    at: datetime
    deed: Deed
    key: str = ""
    until: datetime | None = None


@dataclass
class _Thread:
    """One item as time goes by."""

    item: Occurrence
    answered: bool = False
    peace_until: datetime | None = None
    peace_ends_with: str = ""
    waiting: tuple[datetime, str] | None = None


class Simulation:
    """`quiet` and `lunch` as (start, end) by the clock of `zone`; business days begin at `day_starts`."""

    def __init__(
        self,
        items: Iterable[Occurrence],
        acts: Iterable[Act],
        zone: ZoneInfo,
        day_starts: time,
        quiet: tuple[time, time] | None,
        lunch: tuple[time, time] | None,
    ) -> None:
        self.threads = [_Thread(item) for item in items]
        self.by_key: Mapping[str, _Thread] = {thread.item.key: thread for thread in self.threads}
        self.meetings = [item for item in (t.item for t in self.threads) if item.hold_reminders]
        self.acts: dict[datetime, list[Act]] = {}
        for act in acts:
            self.acts.setdefault(act.at, []).append(act)
        self.zone, self.day_starts, self.quiet, self.lunch = zone, day_starts, quiet, lunch
        self.away: tuple[datetime, datetime] | None = None

    def run(self, first: datetime, last: datetime) -> Iterator[Told]:
        """All that is told from `first` to `last`, both included."""
        minute = first
        while minute <= last:
            for act in self.acts.get(minute, ()):
                self._do(act)
            held, quiet_alone = self._held(minute), self._only_quiet(minute)
            for thread in sorted(self.threads, key=lambda thread: thread.item.due):
                if reason := self._reached(thread, minute):
                    thread.waiting = (minute, reason)
                if thread.waiting is None:
                    continue
                asked = quiet_alone and reason in ("snooze", "back")
                if not held or asked:
                    yield minute, thread.item.key, thread.waiting[1]
                    thread.waiting = None
            minute += MINUTE

    # -- what the supervisor does --------------------------------------------------------------------------------

    def _do(self, act: Act) -> None:
        if act.deed is Deed.LEAVE:
            assert act.until is not None
            self.away = (act.at, act.until)
            return
        if act.deed is Deed.RETURN:
            self.away = None
            return
        thread = self.by_key[act.key]
        thread.waiting = None
        match act.deed:
            case Deed.ANSWER:
                thread.answered = True
            case Deed.START:
                thread.peace_until = act.at + thread.item.remind.in_progress
                thread.peace_ends_with = "working" if thread.peace_until >= thread.item.due else ""
            case Deed.SNOOZE:
                thread.peace_until, thread.peace_ends_with = act.until, "snooze"
            case Deed.DELEGATE:
                thread.peace_until, thread.peace_ends_with = act.until, "back"

    # -- when nothing may be said --------------------------------------------------------------------------------

    def _held(self, minute: datetime) -> bool:
        return self._only_quiet(minute) or self._otherwise_held(minute)

    def _only_quiet(self, minute: datetime) -> bool:
        return _within(self._clock(minute), self.quiet) and not self._otherwise_held(minute)

    def _otherwise_held(self, minute: datetime) -> bool:
        if _within(self._clock(minute), self.lunch):
            return True
        if self.away is not None and self.away[0] < minute < self.away[1]:
            return True
        return any(m.until is not None and m.planned < minute < m.until for m in self.meetings)

    # -- what is to be said --------------------------------------------------------------------------------------

    def _reached(self, thread: _Thread, minute: datetime) -> str:
        item = thread.item
        if item.expires_at is not None and minute >= item.expires_at:
            thread.waiting = None
            return ""
        if thread.answered:
            return ""
        if thread.peace_until is not None:
            if minute < thread.peace_until:
                return ""
            if minute == thread.peace_until:
                return thread.peace_ends_with
        return max(self._reasons(item, minute), key=ORDER.index, default="")

    def _reasons(self, item: Occurrence, minute: datetime) -> Iterator[str]:
        since, remind = minute - item.due, item.remind
        lasts = item.expires_at is None
        clock, day = self._clock(minute), self._business_day(minute)
        if remind.lead is not None and -since == remind.lead:
            yield "ahead"
        if not since:
            yield "due"
        # What lasts is left alone in the night after it was due, and every night.
        same_evening = minute < self._night_after(item.due)
        repeated = remind.repeat and since > timedelta() and not since % remind.repeat
        if repeated and (not lasts or same_evening):
            yield "repeat"
        if since == item.grace:
            by_day = clock >= time(9) and not _within(clock, self.quiet)
            if not lasts or same_evening or by_day:
                yield "overdue"
        if remind.last_call is not None:
            if item.deadline and minute == item.due - remind.last_call:
                yield "last_call"
            if item.expires_at is not None:
                end = item.expires_at
                if self.quiet is not None:  # which is on when the day ends
                    end = self._at(item.day, self.quiet[0])
                if minute == end - remind.last_call > item.due:
                    yield "last_call"
        if lasts and clock == time(9):
            if day > item.day or (day == item.day and minute < item.due - (remind.lead or timedelta())):
                yield "morning"
            elif day == item.notice and day < item.day:
                yield "notice"

    def _night_after(self, instant: datetime) -> datetime:
        day = instant.astimezone(self.zone).date()
        return self._at(day, self.quiet[0]) if self.quiet else self._at(day + timedelta(1), time())

    # -- the clock on the wall -----------------------------------------------------------------------------------

    def _clock(self, instant: datetime) -> time:
        return instant.astimezone(self.zone).time()

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)

    def _business_day(self, instant: datetime) -> date:
        local = instant.astimezone(self.zone)
        return local.date() - timedelta(local.time() < self.day_starts)


def _within(clock: time, hours: tuple[time, time] | None) -> bool:
    if hours is None:
        return False
    start, end = hours
    return start <= clock < end if start < end else clock >= start or clock < end
