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
    # What is done to an incident, by its number as the key; `until` where a limit is moved.
    OPEN = "open"
    REPLY = "reply"
    WAIT = "wait"
    GO_ON = "go_on"
    MOVE = "move"
    RESOLVE = "resolve"


@dataclass(frozen=True)
class Act:
    at: datetime
    deed: Deed
    key: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Kind:
    """What an incident's category says: minutes until the buyer has an answer and until it is settled, the platform's
    own, and whether the first two stand still while it waits. `line` logs one."""

    line: str
    respond: int | None
    settle: int | None
    platform: int | None = None
    stands_still: bool = False
    critical: bool = False


@dataclass
class _Limit:
    """One limit of an incident as time goes by."""

    key: str
    due: datetime
    set_at: datetime
    critical: bool
    stops: bool
    stopped: datetime | None = None
    over: bool = False
    peace_until: datetime | None = None
    peace_ends_with: str = ""
    waiting: tuple[datetime, str] | None = None


@dataclass
class _Thread:
    """One item as time goes by."""

    item: Occurrence
    answered: bool = False
    peace_until: datetime | None = None
    peace_ends_with: str = ""
    waiting: tuple[datetime, str] | None = None


class Simulation:
    """`quiet` and `lunch` as (start, end) by the clock of `zone`; business days begin at `day_starts`. `kinds` are
    those of the incidents that are opened, by number."""

    def __init__(
        self,
        items: Iterable[Occurrence],
        acts: Iterable[Act],
        zone: ZoneInfo,
        day_starts: time,
        quiet: tuple[time, time] | None,
        lunch: tuple[time, time] | None,
        kinds: Mapping[str, Kind] | None = None,
    ) -> None:
        self.kinds = kinds or {}
        self.limits: list[_Limit] = []
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
            for limit in self.limits:
                if reason := self._limit_reached(limit, minute):
                    limit.waiting = (minute, reason)
                if limit.waiting is None:
                    continue
                asked = quiet_alone and reason in ("snooze", "back")
                night = _within(self._clock(minute), self.quiet)
                through = limit.critical and not (night and limit.waiting[1] == "repeat")
                if not held or asked or through:
                    yield minute, limit.key, limit.waiting[1]
                    limit.waiting = None
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
        if act.key in self.kinds or act.key.partition(":")[0][1:] in self.kinds:
            self._do_to_incident(act)
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

    def _do_to_incident(self, act: Act) -> None:
        number = act.key.partition(":")[0].lstrip("#")
        kind, mine = self.kinds[number], [limit for limit in self.limits if limit.key.startswith(f"#{number}:")]
        if act.deed is Deed.OPEN:
            settle = ("settle", kind.settle) if kind.platform is None else ("platform", kind.platform)
            for name, minutes in (("respond", kind.respond), settle):
                if minutes is not None:
                    due, critical = act.at + minutes * MINUTE, kind.critical or name == "platform"
                    stops = kind.stands_still and name != "platform"
                    self.limits.append(_Limit(f"#{number}:{name}", due, act.at, critical, stops))
        for limit in mine:
            match act.deed:
                case Deed.RESOLVE:
                    limit.over = True
                case Deed.REPLY if limit.key.endswith("respond"):
                    limit.over = True
                case Deed.WAIT if limit.stops:
                    limit.stopped = limit.stopped or act.at
                case Deed.GO_ON if limit.stopped is not None:
                    limit.due += act.at - limit.stopped
                    limit.set_at, limit.stopped = act.at, None
                case Deed.MOVE if not limit.key.endswith("respond"):
                    assert act.until is not None
                    limit.due, limit.set_at = act.until, act.at
                    limit.stopped = limit.stopped and act.at
                case Deed.SNOOZE if limit.key == act.key:
                    limit.peace_until, limit.peace_ends_with = act.until, "snooze"
                case _:
                    continue
            limit.waiting = None
            if act.deed is not Deed.SNOOZE and limit.peace_until is not None and limit.peace_until <= act.at:
                limit.peace_until = None

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

    def _limit_reached(self, limit: _Limit, minute: datetime) -> str:
        if limit.over or limit.stopped is not None:
            return ""
        if limit.peace_until is not None:
            if minute < limit.peace_until:
                return ""
            if minute == limit.peace_until:
                return limit.peace_ends_with
        since, hour = minute - limit.due, 60 * MINUTE
        # A quarter of the time it had in whole minutes, five to sixty of them; before the night it falls in.
        lead = max(5 * MINUTE, min((limit.due - limit.set_at) // MINUTE // 4 * MINUTE, hour))
        end = limit.due
        if self.quiet is not None and _within(self._clock(limit.due - MINUTE), self.quiet):
            day = limit.due.astimezone(self.zone).date()
            before = self._at(day, self.quiet[0])
            end = before if before < limit.due else self._at(day - timedelta(1), self.quiet[0])
        if since > timedelta() and not since % (10 * MINUTE if since < hour else hour):
            return "repeat"
        if not since:
            return "due"
        return "ahead" if minute == end - lead > limit.set_at else ""

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
