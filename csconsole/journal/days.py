"""Who is on duty, how days were handed over and closed, and which schedule each of them ran with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, func, select

from csconsole.core.facts import Closing, TakeOver, Version, Word
from csconsole.journal.store import Store, standing
from csconsole.journal.tables import (
    ACTION,
    CLOSING,
    DUTY_SEEN,
    HANDOVER,
    ON_DUTY,
    SOURCE,
    VERSION,
    ClosingRow,
    DutySeenRow,
    HandoverRow,
    OnDutyRow,
    SourceRow,
    Verb,
    VersionRow,
)


class Days(Store):
    def take_over(self, name: str, now: datetime) -> int:
        """Be the one on duty from now on; the id of the action. Raises `NotSaved`."""
        with self._writing() as session:
            action = self._act(session, Verb.TAKE_OVER, name, now)
            session.add(OnDutyRow(action_id=action, name=name))
        return action

    def on_duty(self) -> str | None:
        """Who took over last; None if nobody ever did."""
        with self._reading() as connection:
            return connection.scalar(select(ON_DUTY.c.name).order_by(ON_DUTY.c.id.desc()).limit(1))

    def take_overs(self, since: datetime, until: datetime) -> list[TakeOver]:
        """Who took over from an instant on and before another, in the order written."""
        with self._reading() as connection:
            rows = connection.execute(
                select(ON_DUTY.c.name, ACTION.c.recorded_at)
                .join(ACTION, ACTION.c.id == ON_DUTY.c.action_id)
                .where(ACTION.c.recorded_at >= since, ACTION.c.recorded_at < until)
                .order_by(ON_DUTY.c.id)
            )
            return [TakeOver(*row) for row in rows]

    def hand_over(self, by: str, day: date, note: str, now: datetime) -> int:
        """Write for the shift after a business day what it must know; the id of the action. Raises `NotSaved`."""
        with self._writing() as session:
            action = self._act(session, Verb.HAND_OVER, by, now)
            session.add(HandoverRow(action_id=action, business_date=day, note=note))
        return action

    def words(self, day: date) -> list[Word]:
        """What was written for the shift after a business day, by itself or with a closing, in the order written: the
        last counts."""
        with self._reading() as connection:
            noted = connection.execute(
                select(ACTION.c.id, ACTION.c.recorded_at, ACTION.c.actor, HANDOVER.c.note)
                .join(HANDOVER, HANDOVER.c.action_id == ACTION.c.id)
                .where(HANDOVER.c.business_date == day, standing(ACTION.c.id))
            ).all()
        closings = self.all_closings(day, day)
        closed = [(each.action, each.closed_at, each.by, each.handover) for each in closings if each.handover]
        found = [Word(at, by, text) for _action, at, by, text in sorted((*noted, *closed), key=lambda it: it[0])]
        # A day is closed with the note that was there, as a rule: that writes nothing new.
        return [word for place, word in enumerate(found) if word.text != (found[place - 1].text if place else "")]

    def close_day(self, by: str, day: date, handover: str, summary: str, now: datetime) -> int:
        """Close a business day, or amend its closing; the id of the action. Raises `NotSaved`."""
        with self._writing() as session:
            action = self._act(session, Verb.CLOSE_DAY, by, now)
            session.add(ClosingRow(action_id=action, business_date=day, handover=handover, summary=summary))
        return action

    def closing(self, day: date) -> Closing | None:
        """How a business day was closed, as amended last; None while it is open."""
        return next(iter(self.closings(day, day)), None)

    def closings(self, first: date, last: date) -> list[Closing]:
        """How each of the business days `first` to `last`, both included, was closed, in their order; likewise."""
        return list({each.business_date: each for each in self.all_closings(first, last)}.values())

    def all_closings(self, first: date, last: date) -> list[Closing]:
        """How each of these days was closed, and every time its closing was amended, in the order written."""
        with self._reading() as connection:
            rows = connection.execute(
                select(
                    CLOSING.c.business_date,
                    ACTION.c.recorded_at,
                    ACTION.c.actor,
                    CLOSING.c.handover,
                    CLOSING.c.summary,
                    ACTION.c.id,
                )
                .join(ACTION, ACTION.c.id == CLOSING.c.action_id)
                .where(CLOSING.c.business_date.between(first, last), standing(ACTION.c.id))
                .order_by(CLOSING.c.business_date, CLOSING.c.id)
            )
            return [Closing(*row) for row in rows]

    def recorded_last(self, actions: Iterable[int]) -> datetime | None:
        """When the newest of these actions was recorded; None of none."""
        newest = max(actions, default=0)
        with self._reading() as connection:
            return connection.scalar(select(ACTION.c.recorded_at).where(ACTION.c.id == newest))

    def adopt(self, schedule: str, holidays: str, duties: Mapping[str, date], now: datetime) -> None:
        """Keep the texts of the schedule and the holiday overrides as those in force from `now` on, and per duty the
        earliest business day it was seen on. Writes nothing where all that is known. Raises `NotSaved`."""
        hashes = (_hash(schedule), _hash(holidays))
        with self._reading() as connection:
            if _current(connection, now) == hashes and not _new(connection, duties):
                return
        with self._writing() as session:
            connection = session.connection()
            if _current(connection, now) != hashes:
                for hash_, text in zip(hashes, (schedule, holidays), strict=True):
                    if _text(connection, hash_) is None:
                        session.add(SourceRow(hash=hash_, text=text))
                        session.flush()
                session.add(VersionRow(since=now, schedule=hashes[0], holidays=hashes[1]))
            session.add_all(DutySeenRow(duty=duty, business_date=day) for duty, day in _new(connection, duties))

    def versions(self) -> tuple[Version, ...]:
        """Every schedule and holiday overrides ever in force, in the order adopted."""
        versions = select(VERSION.c.id, VERSION.c.since, VERSION.c.schedule, VERSION.c.holidays).order_by(VERSION.c.id)
        with self._reading() as connection:
            return tuple(Version(*row) for row in connection.execute(versions))

    def source(self, hash: str) -> str:
        """The text a version names. Raises KeyError where there is none."""
        with self._reading() as connection:
            text = _text(connection, hash)
        if text is None:
            raise KeyError(hash)
        return text

    def first_seen(self) -> dict[str, date]:
        """Per duty the first business day on which it stood in the schedule."""
        with self._reading() as connection:
            return _first_seen(connection)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _current(connection: Connection, now: datetime) -> tuple[str, str] | None:
    # One from a clock that was ahead is not in force yet.
    newest_first = (VERSION.c.since.desc(), VERSION.c.id.desc())
    texts = select(VERSION.c.schedule, VERSION.c.holidays).where(VERSION.c.since <= now)
    return connection.execute(texts.order_by(*newest_first).limit(1)).first()


def _text(connection: Connection, hash: str) -> str | None:
    return connection.scalar(select(SOURCE.c.text).where(SOURCE.c.hash == hash))


def _new(connection: Connection, duties: Mapping[str, date]) -> Iterable[tuple[str, date]]:
    seen = _first_seen(connection)
    return [(duty, day) for duty, day in duties.items() if duty not in seen or day < seen[duty]]


def _first_seen(connection: Connection) -> dict[str, date]:
    rows = connection.execute(select(DUTY_SEEN.c.duty, func.min(DUTY_SEEN.c.business_date)).group_by(DUTY_SEEN.c.duty))
    return dict(rows.all())
