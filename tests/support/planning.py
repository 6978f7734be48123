"""A routine to be reminded of, with its marks, claims and snoozes, looked at from any instant. No journal, no files."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from csconsole.core.agenda import Item, agenda, stand
from csconsole.core.answer import record_of
from csconsole.core.book import Book, Edition
from csconsole.core.businessday import business_date
from csconsole.core.calendar import Calendar, Decree
from csconsole.core.course import Stage, spoken_of
from csconsole.core.facts import Away, Claim, Mark, MarkKind, NewMark, Record, Snooze
from csconsole.core.occurrence import Occurrence
from csconsole.core.reminder import Plan, Reminder, Situation, plan
from csconsole.core.schedule import (
    CalendarRule,
    Duty,
    EveryDay,
    Hours,
    Kind,
    OnMonthDay,
    OnWeekdays,
    Remind,
    Schedule,
    Text,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)


def reminding(lead: timedelta | None = 5 * MINUTE, repeat: timedelta | None = 10 * MINUTE) -> Remind:
    """Without a last call, which has tests of its own."""
    return Remind(lead, repeat, None)


def duty(id: str, at: str, **more: object) -> Duty:
    daily = {"kind": Kind.DAILY, "rule": EveryDay(), "expires": True, "remind": reminding()}
    return Duty(id=id, title=Text(id, id), category="team", at=time.fromisoformat(at), **(daily | more))  # type: ignore[arg-type]  # keywords as given


CHECK = duty("check", "09:00")
LATER = duty("later", "09:30")
MEETING = duty("meeting", "09:50", kind=Kind.WEEKLY, rule=OnWeekdays((0,)), until=time(10, 30), hold_reminders=True)
TEN = duty("ten", "10:00")
WEEKLY = duty("weekly", "18:00", kind=Kind.WEEKLY, rule=OnWeekdays((4,)), expires=False, deadline=True)
MONTHLY = duty(
    "monthly", "18:00", kind=Kind.MONTHLY, rule=OnMonthDay(6), expires=False, deadline=True, notice=2
)  # fmt: skip


def _hours(text: str) -> Hours | None:
    return Hours(*map(time.fromisoformat, text.split("-"))) if text else None


class World:
    """A schedule with its marks, claims and snoozes, looked at from any instant."""

    def __init__(
        self,
        *duties: Duty,
        zone: ZoneInfo = SHANGHAI,
        day_starts_at: time = time(5),
        began: date = MONDAY,
        quiet: str = "",
        lunch: str = "",
    ) -> None:
        """`quiet` and `lunch` as in "22:30-07:30"."""
        self.schedule = Schedule(
            zone,
            day_starts_at,
            CalendarRule(None),
            {},
            {},
            {},
            {},
            (),
            {duty.id: duty for duty in duties},
            quiet=_hours(quiet),
            lunch=_hours(lunch),
        )
        calendar = Calendar((5, 6), Decree)
        self.book = Book([Edition(date.min, self.schedule, calendar)], dict.fromkeys(self.schedule.duties, began))
        self.records: dict[str, Record] = {}
        self.claims: set[Claim] = set()
        self.snoozes: dict[str, Snooze] = {}
        self.away: Away | None = None
        self.actions = 0

    def at(self, clock: str, day: date = MONDAY) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), self.schedule.zone).astimezone(UTC)

    def situation(self, now: datetime) -> Situation:
        today = business_date(self.schedule, now)
        items = agenda(self.book, self.records, today, now).items
        ahead = [self.item(occurrence, now) for occurrence in spoken_of(self.book, today)]
        return Situation((*items, *ahead), frozenset(self.claims), self.snoozes, self.schedule, self.away)

    def item(self, occurrence: Occurrence, now: datetime) -> Item:
        return stand(occurrence, record_of(occurrence, self.records), now)

    def visit(self, now: datetime) -> tuple[Reminder, ...]:
        """What goes out at `now`: planned, and claimed as the journal would."""
        return self.turn(now).due

    def turn(self, now: datetime) -> Plan:
        planned = plan(self.situation(now), now)
        for reminder in planned.due:
            assert reminder.claim not in self.claims, "planned twice"
            self.claims.add(reminder.claim)
        return planned

    def said(self, now: datetime) -> list[tuple[str, Stage]]:
        return [(reminder.item.occurrence.duty, reminder.stage) for reminder in self.visit(now)]

    def log(self, first: datetime, last: datetime) -> list[tuple[str, str, Stage]]:
        """All that goes out from `first` to `last`, by looking when each plan says to look again."""
        lines: list[tuple[str, str, Stage]] = []
        now = first
        while now <= last:
            local = now.astimezone(self.schedule.zone)
            stamp = local.strftime("%H:%M" if local.date() == first.astimezone(local.tzinfo).date() else "%d %H:%M")
            planned = self.turn(now)
            lines += [(stamp, reminder.item.occurrence.duty, reminder.stage) for reminder in planned.due]
            assert planned.next_at > now
            now = planned.next_at
        return lines

    def mark(self, id: str, kind: MarkKind, at: datetime, **more: object) -> None:
        key = next(item.key for item in self.situation(at).items if item.occurrence.duty == id)
        item = next(item for item in self.situation(at).items if item.key == key)
        self.actions += 1
        said = NewMark(
            key, item.occurrence.day, kind, at, item.due, item.occurrence.grace, item.occurrence.shops, **more  # type: ignore[arg-type]  # keywords as given
        )  # fmt: skip
        marks = self.records.get(key, Record()).marks
        self.records[key] = Record((*marks, Mark(self.actions, self.actions, at, "wang", said)), self.actions)

    def undo(self, id: str) -> None:
        key = next(key for key in self.records if key.startswith(f"{id}@"))
        self.actions += 1
        self.records[key] = Record(self.records[key].marks[:-1], self.actions)

    def snooze(self, id: str, until: datetime, set_at: datetime) -> None:
        key = next(item.key for item in self.situation(set_at).items if item.occurrence.duty == id)
        self.snoozes[key] = Snooze(key, until, set_at)
