"""What a period was, counted again from the schedule's YAML, an independent calendar and the raw tables: plain SQL and
plain loops, no line of the program under test. For the schedule that ships and records of 2018 to 2026.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar
import yaml

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(1)
GRACE = {"morning-meeting": timedelta(minutes=40)}
COUNTS = ("total", "answered", "done", "issue", "skipped", "missed", "overdue", "on_time")

_STANDS = "NOT EXISTS (SELECT 1 FROM action AS undo WHERE undo.undoes = {})"
_MARKS = f"""
    SELECT mark.kind, mark.shop, mark.at, action.recorded_at, action.actor
    FROM mark JOIN action ON action.id = mark.action_id
    WHERE mark.key = ? AND mark.kind <> 'note' AND {_STANDS.format("action.id")} ORDER BY mark.id
"""
_READINGS = f"""
    WITH counting AS (
        SELECT max(reading.id) AS id FROM reading JOIN mark ON mark.id = reading.mark_id
        WHERE reading.business_date BETWEEN ? AND ? AND {_STANDS.format("mark.action_id")}
        GROUP BY mark.key, reading.shop, reading.metric)
    SELECT metric, reading.shop, value, mark.at
    FROM reading JOIN counting USING (id) JOIN mark ON mark.id = reading.mark_id
    ORDER BY mark.at, reading.id
"""
_INCIDENTS = f"""
    SELECT number, category, coalesce(shop, ''), coalesce(assignee, ''), opened_at FROM incident
    WHERE {_STANDS.format("action_id")}
"""
_OPENED = f"SELECT * FROM incident WHERE opened_at >= :since AND opened_at < :ends AND {_STANDS.format('action_id')}"
_REPEATS = f"""
    SELECT text, '', '', group_concat(number), max(opened_at) FROM (
        SELECT DISTINCT text, number, opened_at FROM ({_OPENED}) JOIN incident_order USING (number)
        WHERE NOT tracking ORDER BY number)
    GROUP BY text HAVING count(*) > 1 AND max(opened_at) >= :starts
    UNION ALL
    SELECT '', category, shop, group_concat(number), max(opened_at) FROM (
        SELECT category, shop, number, opened_at FROM ({_OPENED}) WHERE shop IS NOT NULL ORDER BY number)
    GROUP BY category, shop HAVING count(*) >= 3 AND max(opened_at) >= :starts
"""
_FOUND = f"""
    SELECT occurrence FROM incident
    WHERE occurrence IS NOT NULL AND opened_at >= ? AND opened_at < ? AND {_STANDS.format("action_id")}
    UNION SELECT incident_event.value FROM incident_event JOIN incident USING (number)
    WHERE kind = 'found_at' AND opened_at >= ? AND opened_at < ? AND at < ?
        AND {_STANDS.format("incident_event.action_id")}
"""
_CASES = f"""
    SELECT lesson.id, lesson.title FROM lesson JOIN action ON action.id = lesson.action_id
    WHERE revises IS NULL AND recorded_at >= ? AND recorded_at < ? AND {_STANDS.format("action.id")}
    ORDER BY lesson.id DESC
"""
_DAILY = f"""
    WITH counting AS (
        SELECT max(reading.id) AS id FROM reading JOIN mark ON mark.id = reading.mark_id
        WHERE reading.business_date BETWEEN ? AND ? AND {_STANDS.format("mark.action_id")}
        GROUP BY mark.key, reading.shop, reading.metric),
    ranked AS (
        SELECT metric, reading.shop AS shop, value, row_number() OVER (
            PARTITION BY metric, reading.shop, reading.business_date ORDER BY mark.at DESC, reading.id DESC) AS place
        FROM reading JOIN counting USING (id) JOIN mark ON mark.id = reading.mark_id)
    SELECT metric, shop, avg(value) FROM ranked WHERE place = 1 GROUP BY metric, shop
"""
_TURNS = f"""
    SELECT number, kind, at, coalesce(value, '') FROM incident_event
    WHERE kind IN ('resolved', 'reopened', 'assigned') AND {_STANDS.format("action_id")} ORDER BY id
"""


@dataclass
class Trouble:
    """An incident as it stood when a period ended; `took` is how many seconds it was open until it was resolved."""

    number: int
    category: str
    shop: str
    person: str
    opened: datetime
    resolved: datetime | None = None

    @property
    def took(self) -> int:
        assert self.resolved is not None
        return int((self.resolved - self.opened).total_seconds())


@dataclass
class Count:
    """How often something was owed, and what became of it; how late, in seconds, each answer was, how many seconds were
    spent on each of which that is known, and at how many a problem was found."""

    total: int = 0
    answered: int = 0
    done: int = 0
    issue: int = 0
    skipped: int = 0
    missed: int = 0
    overdue: int = 0
    on_time: int = 0
    lates: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)
    found: int = 0


class Plainly:
    """The records of a home that began on business day `began`, looked at after business day `over` ended."""

    def __init__(self, home: Path, began: date, over: date) -> None:
        self._file = home / "data" / "csconsole.sqlite3"
        self._schedule = yaml.load((home / "schedules" / "supervisor.yaml").read_bytes(), yaml.BaseLoader)
        self._began, self._now = began, _starts(over + DAY)

    def checks(self, first: date, last: date) -> dict[str, dict[str, Count]]:
        """What was due from `first` to `last` and what was carried into them: that was due before, does not end with
        its day, and was not said to be done before `first` began. Told apart by `duty`, by `category`, by the `person`
        who answered, and by `shop`."""
        counts: dict[str, defaultdict[str, Count]] = {
            by: defaultdict(Count) for by in ("duty", "category", "person", "shop")
        }
        span = (_stored(_starts(first)), _stored(_starts(last + DAY)))
        with closing(sqlite3.connect(self._file)) as connection:
            logged = {key for (key,) in connection.execute(_FOUND, (*span, *span, span[1]))}
            for duty, nominal, day in self._due(self._began, last):
                if day < first and self._expires(duty):
                    continue
                key = f"{duty['id']}@{nominal}"
                marks = connection.execute(_MARKS, (key,)).fetchall()
                answers = [mark for mark in marks if mark[0] in ("done", "issue", "skipped")]
                completed, result = self._answer(duty, answers)
                if day < first and completed is not None and _instant(completed[3]) < _starts(first):
                    continue
                which = {"duty": duty["id"], "category": duty["category"]}
                if completed is not None:
                    which["person"] = self._person(completed[4])
                for by, name in which.items():
                    count = counts[by][name]
                    self._add(count, duty, day, completed, result)
                    count.spent += _spent(marks, completed)
                    count.found += key in logged or (completed is not None and result == "issue")
                if duty.get("each") == "shop":
                    self._by_shop(counts["shop"], duty, day, answers, completed)
        return {by: dict(each) for by, each in counts.items()}

    def cases(self, first: date, last: date) -> list[tuple[int, str]]:
        """The number and title of each case kept then, the newest first."""
        span = (_stored(_starts(first)), _stored(_starts(last + DAY)))
        with closing(sqlite3.connect(self._file)) as connection:
            return list(connection.execute(_CASES, span))

    def means(self, first: date, last: date) -> dict[tuple[str, str], float]:
        """Per metric and shop, the mean of what was taken last on each day."""
        with closing(sqlite3.connect(self._file)) as connection:
            rows = connection.execute(_DAILY, (first.isoformat(), last.isoformat()))
            return {(metric, shop): value for metric, shop, value in rows}

    def warning(self, metric: str, shop: str) -> tuple[str, float] | None:
        """The sign and the level past which a metric is to be looked at, at a shop."""
        known = self._schedule["metrics"][metric]
        platform = next((each["platform"] for each in self._schedule["shops"] if each["id"] == shop), None)
        warn = (known.get("by_platform") or {}).get(platform, known).get("warn")
        if warn is None:
            return None
        sign, level = warn.split()
        return sign, float(level)

    def readings(self, first: date, last: date) -> dict[str, dict[str, dict[str, float]]]:
        """Per metric and shop: the value taken last, the lowest, the highest, and how many there are."""
        found: dict[str, dict[str, dict[str, float]]] = {}
        with closing(sqlite3.connect(self._file)) as connection:
            for metric, shop, value, _at in connection.execute(_READINGS, (first.isoformat(), last.isoformat())):
                seen = found.setdefault(metric, {}).setdefault(shop, {"low": value, "high": value, "taken": 0})
                seen["value"], seen["taken"] = value, seen["taken"] + 1
                seen["low"], seen["high"] = min(seen["low"], value), max(seen["high"], value)
        return found

    def incidents(self, first: date, last: date) -> dict[str, list[Trouble]]:
        """Those opened and those resolved from `first` to `last`, and those open when that ended. What was resolved
        and reopened within is open."""
        starts, ends = _starts(first), _starts(last + DAY)
        with closing(sqlite3.connect(self._file)) as connection:
            rows = [Trouble(*row[:4], _instant(row[4])) for row in connection.execute(_INCIDENTS)]
            all = {trouble.number: trouble for trouble in rows if trouble.opened < ends}
            for number, kind, at, value in connection.execute(_TURNS):
                if (moment := _instant(at)) < ends and kind == "assigned":
                    all[number].person = value
                elif moment < ends:
                    all[number].resolved = moment if kind == "resolved" else None
        return {
            "opened": [each for each in all.values() if each.opened >= starts],
            "resolved": [each for each in all.values() if each.resolved is not None and each.resolved >= starts],
            "open": [each for each in all.values() if each.resolved is None],
        }

    def repeats(self, since: date, first: date, last: date) -> dict[tuple[str, str, str], list[int]]:
        """By order, or by category and shop, the incidents since `since` of what came back from `first` to `last`."""
        bounds = {"since": _stored(_starts(since)), "starts": _stored(_starts(first))}
        bounds["ends"] = _stored(_starts(last + DAY))
        with closing(sqlite3.connect(self._file)) as connection:
            rows = connection.execute(_REPEATS, bounds)
            return {row[:3]: sorted(map(int, row[3].split(","))) for row in rows}

    # -- what was due -----------------------------------------------------------------------------------------

    def _due(self, first: date, last: date) -> Iterator[tuple[dict[str, Any], date, date]]:
        """Every duty with its nominal and its due date."""
        for nominal in (first - 31 * DAY + n * DAY for n in range((last - first).days + 62)):
            for duty in self._falling_on(nominal):
                day = _moved(nominal, duty.get("convention", "unadjusted"))
                if first <= day <= last and (chinese_calendar.is_workday(day) or not duty.get("workdays_only")):
                    yield duty, nominal, day

    def _falling_on(self, nominal: date) -> Iterator[dict[str, Any]]:
        yield from self._schedule["daily"]
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[nominal.weekday()]
        yield from (duty for duty in self._schedule["weekly"] if duty["on"] == weekday)
        tomorrow = nominal + DAY
        for duty in self._schedule["monthly"]:
            if int(duty["day"]) == nominal.day or (int(duty["day"]) > nominal.day and tomorrow.day == 1):
                yield duty

    def _expires(self, duty: dict[str, Any]) -> bool:
        return duty in self._schedule["daily"] or duty.get("expires") == "same_day"

    def _due_at(self, duty: dict[str, Any], day: date) -> datetime:
        clock = str(duty.get("at") or duty.get("by"))
        if day.weekday() == 0 and chinese_calendar.is_workday(day) and "09:50" < clock < "10:30":
            clock = "10:30"  # the morning meeting
        return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZONE)

    # -- what became of it ------------------------------------------------------------------------------------

    def _answer(self, duty: dict[str, Any], marks: list[Any]) -> tuple[Any | None, str]:
        """The mark by which all shops were answered, and the result."""
        shops = [shop["id"] for shop in self._schedule["shops"]] if duty.get("each") == "shop" else [""]
        whole: str | None = None
        apart: dict[str, str] = {}
        completed = None
        for mark in marks:
            kind, shop = mark[0], mark[1]
            if shop is None:
                whole = kind
            else:
                apart[shop] = kind
            if completed is None and (whole or len(apart) == len(shops)):
                completed = mark
        results = {apart.get(shop, whole or "") for shop in shops}
        return completed, "issue" if "issue" in results else "skipped" if results == {"skipped"} else "done"

    def _by_shop(
        self, counts: dict[str, Count], duty: dict[str, Any], day: date, answers: list[Any], completed: Any | None
    ) -> None:
        for shop in self._schedule["shops"]:
            of_it = [mark for mark in answers if mark[1] in (None, shop["id"])]
            apart = [mark for mark in of_it if mark[1]]
            count = counts[shop["id"]]
            count.total += 1
            if of_it:
                count.answered += 1
                result = (apart or of_it)[-1][0]
                setattr(count, result, getattr(count, result) + 1)
                grace = GRACE.get(duty["id"], timedelta(minutes=15))
                count.on_time += _instant(of_it[0][2]) <= self._due_at(duty, day) + grace
            elif completed is None and self._expires(duty) and _starts(day + DAY) <= self._now:
                count.missed += 1

    def _person(self, name: str) -> str:
        known = (each["id"] for each in self._schedule["people"] if name in (each["id"], *each["name"].values()))
        return next(known, name)

    def _add(self, count: Count, duty: dict[str, Any], day: date, completed: Any | None, result: str) -> None:
        count.total += 1
        due = self._due_at(duty, day)
        grace = GRACE.get(duty["id"], timedelta(minutes=15))
        if completed is not None:
            count.answered += 1
            setattr(count, result, getattr(count, result) + 1)
            late = max(timedelta(0), _instant(completed[2]) - due)
            count.on_time += late <= grace
            count.lates.append(int(late.total_seconds()))
        elif self._expires(duty) and _starts(day + DAY) <= self._now:
            count.missed += 1
        elif due + grace < self._now:
            count.overdue += 1


def together(counts: dict[str, Count]) -> dict[str, int]:
    return {name: sum(getattr(count, name) for count in counts.values()) for name in COUNTS}


def _spent(marks: list[Any], completed: Any | None) -> list[float]:
    """How many seconds were spent until it was answered, where somebody said when work on it began."""
    begun = None
    for kind, _shop, at, _recorded, _by in marks[: marks.index(completed)] if completed else ():
        if kind == "started":
            begun = begun or _instant(at)
        elif kind == "delegated":
            begun = None
    if begun is None or (spent := _instant(completed[2]) - begun) < timedelta(0):  # type: ignore[index]  # then it is
        return []
    return [spent.total_seconds()]


def _stored(instant: datetime) -> str:
    """An instant as the tables have it."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _moved(nominal: date, convention: str) -> date:
    step = {"following": DAY, "preceding": -DAY}.get(convention)
    while step and not chinese_calendar.is_workday(nominal):
        nominal += step
    return nominal


def _starts(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=ZONE)


def _instant(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
