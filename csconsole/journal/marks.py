"""Marks: what was said of occurrences, and the readings taken with them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Row, Select, String, bindparam, func, select, type_coerce
from sqlmodel import Session

from csconsole.core.facts import Mark, MarkKind, NewMark, Reading, Record
from csconsole.core.text import clean
from csconsole.journal.store import UNDO, Store, added, chunks, standing
from csconsole.journal.tables import ACTION, MARK, READING, MarkRow, ReadingRow, Verb


class Marks(Store):
    def mark(self, by: str, marks: Sequence[NewMark], now: datetime) -> int:
        """Write marks with their readings as one action; its id. `now` is when they are recorded.

        Raises `NotSaved`, and ValueError for no marks at all and for a reading that is infinite or no number.
        """
        if not marks:
            raise ValueError("an action without a mark")
        check_readings(marks)
        with self._writing() as session:
            action = self._act(session, Verb.MARK, by, now)
            write_marks(session, action, marks)
        return action

    def records(self, keys: Iterable[str], *, readings: bool = True) -> dict[str, Record]:
        """What is known of each occurrence; those nobody ever touched are left out. Without `readings`, the numbers
        taken with the marks are: they are most of it."""
        found: defaultdict[str, list[Mark]] = defaultdict(list)
        newest: dict[str, int] = {}
        with self._reading() as connection:
            for chunk in chunks(keys):
                rows = connection.execute(_MARKS, {"keys": chunk}).all()
                taken = _readings_of(connection, [row.id for row in rows]) if readings else {}
                for row in rows:
                    found[row.key].append(_mark(row, taken.get(row.id)))
                newest.update(connection.execute(_NEWEST, {"keys": chunk}).all())
        return {key: Record(tuple(found.get(key, ())), touched) for key, touched in newest.items()}

    def settled(self, duties: Iterable[str], before: datetime) -> frozenset[str]:
        """The occurrences of these duties that were answered for all shops at once, recorded before an instant: few
        facts of many, where `records` would bring them all. What was answered shop by shop is not among them."""
        found: set[str] = set()
        with self._reading() as connection:
            for duty in duties:
                # All its keys, by the index on them: a duty's id is followed by "@" and a date.
                its = {"first": f"{duty}@0", "last": f"{duty}@9~", "before": before}
                found.update(connection.scalars(_SETTLED, its))
        return frozenset(found)

    def delegates(self, since: date) -> list[str]:
        """Everybody to whom checks of this business day or a later one were delegated."""
        delegated = select(MARK.c.delegate).where(MARK.c.business_date >= since, MARK.c.kind == MarkKind.DELEGATED)
        with self._reading() as connection:
            return sorted(filter(None, connection.scalars(delegated.distinct())))

    def readings(
        self, first: date, last: date, *, metrics: Iterable[str] | None = None, shops: Iterable[str] | None = None
    ) -> list[Reading]:
        """The readings that count of business days `first` to `last`, both included, in the order written: per
        occurrence, shop and metric the standing one written last. A shop of "" is a reading for all shops at once.
        """
        within = READING.c.business_date.between(first, last)
        wanted = [
            column.in_(list(names))
            for column, names in ((READING.c.metric, metrics), (READING.c.shop, shops))
            if names is not None
        ]
        taken = (
            # As plain text: the few names there are need not be looked at anew in each of very many rows.
            select(
                READING.c.mark_id,
                type_coerce(READING.c.shop, String),
                type_coerce(READING.c.metric, String),
                READING.c.value,
            )
            .where(within, *wanted)
            .order_by(READING.c.id)
        )
        marks = select(MARK.c.id, MARK.c.at, MARK.c.business_date, MARK.c.key).where(
            MARK.c.id.in_(select(READING.c.mark_id).where(within, *wanted)), standing(MARK.c.action_id)
        )
        with self._reading() as connection:
            taken_with = {mark.id: (mark.at, mark.business_date, mark.key) for mark in connection.execute(marks)}
            rows = connection.execute(taken).all()
        times_marked = Counter(key for _at, _day, key in taken_with.values())
        counting: list[Reading] = []
        again: set[tuple[str, str, str]] = set()
        clean_name = cache(partial(clean, limit=None))
        for mark_id, shop, metric, value in reversed(rows):
            if mark_id not in taken_with:
                continue
            at, day, key = taken_with[mark_id]
            if times_marked[key] > 1:
                place = (key, shop, metric)
                if place in again:
                    continue
                again.add(place)
            counting.append(Reading(clean_name(shop), clean_name(metric), value, at, day, key))
        counting.reverse()
        return counting


# Columns rather than rows as objects, and each made once: these are asked for at every key.
_MARKS: Select[Any] = (
    select(*MARK.c, ACTION.c.recorded_at, ACTION.c.actor)
    .join(ACTION, ACTION.c.id == MARK.c.action_id)
    .where(MARK.c.key.in_(bindparam("keys", expanding=True)), standing(ACTION.c.id))
    .order_by(MARK.c.id)
)
# Of what was undone nothing else counts, and there may be much of it.
_NEWEST = (
    select(MARK.c.key, func.max(func.coalesce(UNDO.c.id, MARK.c.action_id)))
    .outerjoin(UNDO, UNDO.c.undoes == MARK.c.action_id)
    .where(MARK.c.key.in_(bindparam("keys", expanding=True)))
    .group_by(MARK.c.key)
)
_READINGS = (
    select(READING.c.mark_id, READING.c.shop, READING.c.metric, READING.c.value)
    .where(READING.c.mark_id.in_(bindparam("marks", expanding=True)))
    .order_by(READING.c.id)
)
_SETTLED = (
    select(MARK.c.key)
    .join(ACTION, ACTION.c.id == MARK.c.action_id)
    .where(
        MARK.c.key.between(bindparam("first"), bindparam("last")),
        MARK.c.kind.in_([kind for kind in MarkKind if kind.answers]),
        MARK.c.shop.is_(None),
        ACTION.c.recorded_at < bindparam("before"),
        standing(ACTION.c.id),
    )
)


def check_readings(marks: Iterable[NewMark]) -> None:
    """Raises ValueError for a reading that is infinite or no number."""
    if not all(math.isfinite(value) for mark in marks for value in (mark.readings or {}).values()):
        raise ValueError("a reading must be a finite number")


def write_marks(session: Session, action: int, marks: Iterable[NewMark]) -> None:
    """Write marks, which were checked before, with their readings."""
    for mark in marks:
        mark_id = added(session, _row(action, mark))
        session.add_all(
            ReadingRow(mark_id=mark_id, business_date=mark.business_date, shop=shop, metric=metric, value=value)
            for (shop, metric), value in (mark.readings or {}).items()
        )


def _readings_of(connection: Connection, marks: Iterable[int]) -> dict[int, dict[tuple[str, str], float]]:
    found: defaultdict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    for chunk in chunks(marks):
        for mark, shop, metric, value in connection.execute(_READINGS, {"marks": chunk}):
            found[mark][shop, metric] = value
    return found


def _row(action: int, mark: NewMark) -> MarkRow:
    return MarkRow(
        action_id=action,
        key=mark.key,
        business_date=mark.business_date,
        kind=mark.kind,
        shop=mark.shop,
        at=mark.at,
        due=mark.due,
        grace=int(mark.grace.total_seconds()),
        shops=list(mark.shops),
        note=mark.note,
        reason=mark.reason,
        delegate=mark.to,
        until=mark.until,
    )


def _mark(row: Row[Any], readings: dict[tuple[str, str], float] | None) -> Mark:
    said = NewMark(
        key=row.key,
        business_date=row.business_date,
        kind=row.kind,
        at=row.at,
        due=row.due,
        grace=timedelta(seconds=row.grace),
        shops=tuple(row.shops),
        shop=row.shop,
        note=row.note,
        reason=row.reason,
        to=row.delegate,
        until=row.until,
        readings=readings,
    )
    return Mark(id=row.id, action=row.action_id, recorded_at=row.recorded_at, by=row.actor, said=said)
