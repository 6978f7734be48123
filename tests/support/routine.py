"""A small routine made up for tests, with its records, looked at from any instant. No journal, no files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from csconsole.core.agenda import Agenda, Item, agenda, stand
from csconsole.core.answer import Status, record_of
from csconsole.core.book import Book, Edition
from csconsole.core.calendar import Calendar, Decree
from csconsole.core.facts import Mark, MarkKind, NewMark, Record
from csconsole.core.occurrence import FARTHEST_MOVE, Occurrence
from csconsole.core.schedule import (
    CalendarRule,
    Duty,
    EveryDay,
    Kind,
    OnMonthDay,
    OnWeekdays,
    Schedule,
    Text,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
INSTANT = timedelta.resolution
CLOSED = Text("闭店", "closed")


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """The UTC instant of a wall-clock time, as in "2026-11-23 09:05"; an offset behind it wins over the zone."""
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def wall(instant: datetime, zone: ZoneInfo = SHANGHAI) -> str:
    """What the clock on the wall shows at an instant, the date included."""
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def daily(id: str, at: str, **more: Any) -> Duty:
    return _duty(id, at, **{"kind": Kind.DAILY, "rule": EveryDay(), "expires": True} | more)


def weekly(id: str, weekday: int, at: str = "18:00", **more: Any) -> Duty:
    """Monday is 0."""
    return _duty(id, at, **{"kind": Kind.WEEKLY, "rule": OnWeekdays((weekday,)), "deadline": True} | more)


def monthly(id: str, day: int, at: str = "18:00", **more: Any) -> Duty:
    return _duty(id, at, **{"kind": Kind.MONTHLY, "rule": OnMonthDay(day), "deadline": True} | more)


def _duty(id: str, at: str, **more: Any) -> Duty:
    until, title = more.pop("until", None), more.pop("title", Text(id, id))
    return Duty(
        id=id,
        title=title,
        category="team",
        at=time.fromisoformat(at),
        until=until and time.fromisoformat(until),
        **more,
    )


class World:
    """Editions of a schedule, what was marked, and looks at it."""

    def __init__(
        self,
        *duties: Duty,
        began: str = "2026-11-02",
        zone: ZoneInfo = SHANGHAI,
        day_starts_at: str = "05:00",
        off: str = "",
        makeup: str = "",
    ) -> None:
        self.zone = zone
        self.day_starts_at = time.fromisoformat(day_starts_at)
        self.editions: list[Edition] = []
        self.first_seen: dict[str, date] = {}
        self.marks: list[Mark] = []
        self.newest: dict[str, int] = {}
        self.edit(began, *duties, off=off, makeup=makeup)

    def edit(self, first: str, *duties: Duty, off: str = "", makeup: str = "") -> None:
        """Put another edition in force from a business day on: its duties, and the days off and make-up workdays
        of its calendar (ISO dates with spaces between)."""
        schedule = Schedule(
            self.zone, self.day_starts_at, CalendarRule(None), {}, {}, {}, {}, (), {duty.id: duty for duty in duties}
        )
        days_off = {date.fromisoformat(day): CLOSED for day in off.split()}
        workdays = {date.fromisoformat(day): None for day in makeup.split()}
        calendar = Calendar((5, 6), lambda year: Decree(year, days_off, workdays))
        self.editions.append(Edition(date.fromisoformat(first), schedule, calendar))
        for duty in duties:
            self.first_seen.setdefault(duty.id, date.fromisoformat(first))
        self.book = Book(self.editions, self.first_seen)

    def at(self, text: str) -> datetime:
        return at(text, self.zone)

    def occurrence(self, key: str) -> Occurrence:
        """By its key, owed or not."""
        nominal = date.fromisoformat(key.rpartition("@")[2])
        return next(
            found
            for reach in (timedelta(), FARTHEST_MOVE)
            for found in self.book.known(nominal - reach, nominal + reach)
            if key in (found.key, *found.aliases)
        )

    def mark(self, key: str, kind: MarkKind, when: str, **more: Any) -> int:
        """Mark an occurrence at a wall-clock time, as it stands in the newest edition; the id of the action."""
        found = self.occurrence(key)
        said = NewMark(
            key=key,
            business_date=found.day,
            kind=kind,
            at=self.at(when),
            due=found.due,
            grace=found.grace,
            shops=found.shops,
        )
        return self.write(replace(said, **{name: value for name, value in more.items() if name != "recorded"}),
                          recorded=more.get("recorded", when))  # fmt: skip

    def done(self, key: str, when: str, **more: Any) -> int:
        return self.mark(key, MarkKind.DONE, when, **more)

    def write(self, *said: NewMark, recorded: str, by: str = "me") -> int:
        """Write marks as one action."""
        action = max(self.newest.values(), default=0) + 1
        for each in said:
            self.marks.append(Mark(len(self.marks) + 1, action, self.at(recorded), by, each))
            self.newest[each.key] = action
        return action

    def undo(self, action: int) -> None:
        undone = [mark for mark in self.marks if mark.action == action]
        newest = max(self.newest.values()) + 1
        self.marks = [mark for mark in self.marks if mark.action != action]
        self.newest |= {mark.said.key: newest for mark in undone}

    @property
    def records(self) -> Mapping[str, Record]:
        return {
            key: Record(tuple(mark for mark in self.marks if mark.said.key == key), newest)
            for key, newest in self.newest.items()
        }

    def look(self, day: str, now: str) -> Agenda:
        """The agenda of a business day, as it stands at a wall-clock time."""
        return agenda(self.book, self.records, date.fromisoformat(day), self.at(now))

    def keys(self, day: str, now: str) -> list[str]:
        return [item.key for item in self.look(day, now).items]

    def item(self, key: str, now: str) -> Item:
        """An occurrence as it stands, whatever agenda it is on."""
        found = self.occurrence(key)
        return stand(found, record_of(found, self.records), self.at(now), owed=self.book.owes(found))

    def status(self, key: str, now: str) -> Status:
        return self.item(key, now).status


def statuses(items: Iterable[Item]) -> dict[str, str]:
    return {item.key: item.status.value for item in items}
