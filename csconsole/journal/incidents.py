"""Incidents: logged, told about, resolved, and found again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, select, true
from sqlmodel import Session

from csconsole.core.incident import Draft, Event, EventKind, Incident, NewEvent
from csconsole.core.search import Found, Wanted
from csconsole.journal.errors import UnknownIncident
from csconsole.journal.incident_index import NOT_RESOLVED, find, reindexed
from csconsole.journal.store import Store, added, chunks, standing
from csconsole.journal.tables import (
    ACTION,
    INCIDENT,
    INCIDENT_EVENT,
    INCIDENT_INDEX,
    INCIDENT_ORDER,
    IncidentEventRow,
    IncidentOrderRow,
    IncidentRow,
    Verb,
)

_GREATEST = 2**31 - 1


class Incidents(Store):
    def log(self, by: str, draft: Draft, now: datetime) -> int:
        """Open an incident at `now`; its number, which is never given again. Raises `NotSaved`."""
        with self._writing() as session:
            row = IncidentRow(
                action_id=self._act(session, Verb.LOG, by, now),
                opened_at=now,
                title=draft.title,
                category=draft.category,
                line=draft.line,
                shop=draft.shop,
                assignee=draft.assignee,
                severity=draft.severity,
                due_at=draft.due_at,
                occurrence=draft.occurrence,
                respond_by=draft.respond_by,
                platform_by=draft.platform_by,
                stands_still=draft.stands_still,
                buyer=draft.buyer,
            )
            number = added(session, row)
            session.add_all(IncidentOrderRow(number=number, text=order) for order in draft.orders)
            session.add_all(IncidentOrderRow(number=number, text=parcel, tracking=True) for parcel in draft.tracking)
            reindex(session, [number])
        return number

    def tell(self, by: str, number: int, events: Iterable[NewEvent], now: datetime) -> None:
        """Add to an incident what happened to it at `now`, as one action. Raises `UnknownIncident` and `NotSaved`."""
        with self._writing() as session:
            write_events(session, self._act(session, Verb.TELL, by, now), number, events, now)
            reindex(session, [number])

    def incident(self, number: int) -> Incident | None:
        """One incident with its whole story; None where there is none, or its logging was undone."""
        with self._reading() as connection:
            return next(iter(_load(connection, _is(number))), None)

    def incidents(
        self,
        *,
        open_only: bool = False,
        opened_from: datetime | None = None,
        opened_to: datetime | None = None,
        resolved_from: datetime | None = None,
        resolved_to: datetime | None = None,
        occurrences: Iterable[str] | None = None,
    ) -> list[Incident]:
        """The incidents to which all of this applies, by number: not resolved; opened, or at any time resolved, at
        or after the one instant and before the other; found at one of these occurrences."""
        conditions: list[ColumnElement[bool]] = [true()]
        if open_only:
            conditions.append(INCIDENT.c.number.in_(_still_open()))
        if opened_from is not None:
            conditions.append(INCIDENT.c.opened_at >= opened_from)
        if opened_to is not None:
            conditions.append(INCIDENT.c.opened_at < opened_to)
        if resolved_from is not None or resolved_to is not None:
            resolved = _resolved()
            if resolved_from is not None:
                resolved = resolved.where(INCIDENT_EVENT.c.at >= resolved_from)
            if resolved_to is not None:
                resolved = resolved.where(INCIDENT_EVENT.c.at < resolved_to)
            conditions.append(INCIDENT.c.number.in_(resolved))
        if occurrences is not None:
            keys = list(occurrences)
            first = select(INCIDENT.c.number).where(INCIDENT.c.occurrence.in_(keys))
            later = select(INCIDENT_EVENT.c.number).where(
                INCIDENT_EVENT.c.kind == EventKind.FOUND_AT,
                INCIDENT_EVENT.c.value.in_(keys),
                standing(INCIDENT_EVENT.c.action_id),
            )
            conditions.append(INCIDENT.c.number.in_(first.union(later)))
        with self._reading() as connection:
            return _load(connection, *conditions)

    def told_of(self, starts: datetime, ends: datetime) -> list[Incident]:
        """The incidents opened before `ends` that somebody may want to hear of who asks about the time from `starts`
        on: opened or resolved since, or not resolved yet; by number."""
        opened = select(INCIDENT.c.number).where(INCIDENT.c.opened_at.between(starts, ends))
        resolved = _resolved().where(INCIDENT_EVENT.c.at >= starts)
        meant = INCIDENT.c.number.in_(opened.union(resolved, _still_open()))
        with self._reading() as connection:
            return _load(connection, meant, INCIDENT.c.opened_at < ends)

    def search(self, wanted: Wanted, most: int) -> Found:
        """The incidents to which all of it applies, `most` of them at most, and how many there are: first what a word
        names by its number, then the unresolved, then the resolved, each the newest first."""
        with self._reading() as connection:
            numbers, total = find(connection, wanted, most)
            by_number = {each.number: each for each in _load(connection, INCIDENT.c.number.in_(numbers))}
        return Found(tuple(by_number[number] for number in numbers), total)

    def assignees(self, since: datetime) -> list[str]:
        """Everybody who has incidents that were opened from this instant on."""
        assigned = (
            select(INCIDENT_INDEX.c.assignee)
            .join(INCIDENT, INCIDENT.c.number == INCIDENT_INDEX.c.number)
            .where(INCIDENT.c.opened_at >= since)
        )
        with self._reading() as connection:
            return sorted(filter(None, connection.scalars(assigned.distinct())))


def write_events(session: Session, action: int, number: int, events: Iterable[NewEvent], now: datetime) -> None:
    """What happened to an incident; the index is to be brought up afterwards. Raises `UnknownIncident`."""
    known = select(INCIDENT.c.number).where(_is(number), standing(INCIDENT.c.action_id))
    if session.connection().scalar(known.with_for_update()) is None:
        raise UnknownIncident(number)
    session.add_all(
        IncidentEventRow(
            number=number,
            action_id=action,
            kind=event.kind,
            at=now,
            text=event.text,
            value=event.value,
            until=event.until,
        )
        for event in events
    )


def reindex(session: Session, numbers: Iterable[int]) -> None:
    """Bring the index up to what was just written of these."""
    session.flush()
    wanted = list(numbers)
    reindexed(session, wanted, _load(session.connection(), INCIDENT.c.number.in_(wanted)))


def _still_open() -> Select[Any]:
    return select(INCIDENT_INDEX.c.number).where(INCIDENT_INDEX.c.status.in_(NOT_RESOLVED))


def _resolved() -> Select[Any]:
    return select(INCIDENT_EVENT.c.number).where(
        INCIDENT_EVENT.c.kind == EventKind.RESOLVED, standing(INCIDENT_EVENT.c.action_id)
    )


def _is(number: int) -> ColumnElement[bool]:
    # A number nobody can have been given may be too long for the database even to compare with.
    return INCIDENT.c.number == (number if 0 < number <= _GREATEST else 0)


def _load(connection: Connection, *conditions: ColumnElement[bool]) -> list[Incident]:
    """Columns rather than rows as objects: of a year they are many thousands."""
    rows = connection.execute(_INCIDENTS.where(*conditions)).all()
    orders: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for chunk in chunks(row.number for row in rows):
        for number, text, tracking in connection.execute(_ORDERS, {"numbers": chunk}):
            orders[number, tracking].append(text)
        for number, kind, at, by, text, value, until, action in connection.execute(_EVENTS, {"numbers": chunk}):
            events[number].append(Event(kind, at, by, text, value, until, action))
    # Sorted here: SQLite would rather go through all there are in this order than look up the few that are meant.
    found = [_incident(row, orders, tuple(events.get(row.number, ()))) for row in rows]
    return sorted(found, key=lambda incident: incident.number)


_ORDERS = (
    select(INCIDENT_ORDER.c.number, INCIDENT_ORDER.c.text, INCIDENT_ORDER.c.tracking)
    .where(INCIDENT_ORDER.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(INCIDENT_ORDER.c.id)
)
_EVENTS = (
    select(
        INCIDENT_EVENT.c.number,
        INCIDENT_EVENT.c.kind,
        INCIDENT_EVENT.c.at,
        ACTION.c.actor,
        INCIDENT_EVENT.c.text,
        INCIDENT_EVENT.c.value,
        INCIDENT_EVENT.c.until,
        INCIDENT_EVENT.c.action_id,
    )
    .join(ACTION, ACTION.c.id == INCIDENT_EVENT.c.action_id)
    .where(INCIDENT_EVENT.c.number.in_(bindparam("numbers", expanding=True)), standing(ACTION.c.id))
    .order_by(INCIDENT_EVENT.c.id)
)
_INCIDENTS: Select[Any] = (
    select(*INCIDENT.c, ACTION.c.actor).join(ACTION, ACTION.c.id == INCIDENT.c.action_id).where(standing(ACTION.c.id))
)


def _incident(row: Row[Any], orders: Mapping[tuple[int, bool], list[str]], events: tuple[Event, ...]) -> Incident:
    draft = Draft(
        title=row.title,
        category=row.category,
        line=row.line,
        shop=row.shop,
        orders=tuple(orders.get((row.number, False), ())),
        assignee=row.assignee,
        severity=row.severity,
        due_at=row.due_at,
        occurrence=row.occurrence,
        respond_by=row.respond_by,
        platform_by=row.platform_by,
        stands_still=row.stands_still,
        buyer=row.buyer,
        tracking=tuple(orders.get((row.number, True), ())),
    )
    return Incident(row.number, draft, row.opened_at, row.actor, events, row.action_id)
