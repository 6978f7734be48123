"""Who is on duty, how days were handed over and closed, and which schedule each of them ran with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Session, col, func, select

from csconsole.core.facts import Closing, TakeOver, Version, Word
from csconsole.journal.store import Store, standing
from csconsole.journal.tables import (
    ActionRow,
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
        with self._reading() as session:
            return session.exec(select(OnDutyRow.name).order_by(col(OnDutyRow.id).desc()).limit(1)).first()

    def take_overs(self, since: datetime, until: datetime) -> list[TakeOver]:
        """Who took over from an instant on and before another, in the order written."""
        with self._reading() as session:
            rows = session.exec(
                select(OnDutyRow.name, ActionRow.recorded_at)
                .join(ActionRow, col(ActionRow.id) == col(OnDutyRow.action_id))
                .where(col(ActionRow.recorded_at) >= since, col(ActionRow.recorded_at) < until)
                .order_by(col(OnDutyRow.id))
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
        with self._reading() as session:
            noted = session.exec(
                select(ActionRow.id, ActionRow.recorded_at, ActionRow.actor, HandoverRow.note)
                .join(HandoverRow, col(HandoverRow.action_id) == col(ActionRow.id))
                .where(col(HandoverRow.business_date) == day, standing(col(ActionRow.id)))
            ).all()
        closings = self.all_closings(day, day)
        closed = [(each.action, each.closed_at, each.by, each.handover) for each in closings if each.handover]
        found = [Word(at, by, text) for _action, at, by, text in sorted((*noted, *closed), key=lambda it: it[0] or 0)]
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
        with self._reading() as session:
            rows = session.exec(
                select(ClosingRow, ActionRow)
                .join(ActionRow, col(ActionRow.id) == col(ClosingRow.action_id))
                .where(col(ClosingRow.business_date).between(first, last), standing(col(ActionRow.id)))
                .order_by(col(ClosingRow.business_date), col(ClosingRow.id))
            )
            return [
                Closing(row.business_date, action.recorded_at, action.actor, row.handover, row.summary, row.action_id)
                for row, action in rows
            ]

    def recorded_last(self, actions: Iterable[int]) -> datetime | None:
        """When the newest of these actions was recorded; None of none."""
        newest = max(actions, default=0)
        with self._reading() as session:
            return session.exec(select(ActionRow.recorded_at).where(col(ActionRow.id) == newest)).first()

    def adopt(self, schedule: str, holidays: str, duties: Mapping[str, date], now: datetime) -> None:
        """Keep the texts of the schedule and the holiday overrides as those in force from `now` on, and per duty the
        earliest business day it was seen on. Writes nothing where all that is known. Raises `NotSaved`."""
        hashes = (_hash(schedule), _hash(holidays))
        with self._reading() as session:
            if _current(session, now) == hashes and not _new(session, duties):
                return
        with self._writing() as session:
            if _current(session, now) != hashes:
                for hash_, text in zip(hashes, (schedule, holidays), strict=True):
                    if session.get(SourceRow, hash_) is None:
                        session.add(SourceRow(hash=hash_, text=text))
                        session.flush()
                session.add(VersionRow(since=now, schedule=hashes[0], holidays=hashes[1]))
            session.add_all(DutySeenRow(duty=duty, business_date=day) for duty, day in _new(session, duties))

    def versions(self) -> tuple[Version, ...]:
        """Every schedule and holiday overrides ever in force, in the order adopted."""
        with self._reading() as session:
            rows = session.exec(select(VersionRow).order_by(col(VersionRow.id)))
            return tuple(Version(row.id or 0, row.since, row.schedule, row.holidays) for row in rows)

    def source(self, hash: str) -> str:
        """The text a version names. Raises KeyError where there is none."""
        with self._reading() as session:
            row = session.get(SourceRow, hash)
        if row is None:
            raise KeyError(hash)
        return row.text

    def first_seen(self) -> dict[str, date]:
        """Per duty the first business day on which it stood in the schedule."""
        with self._reading() as session:
            return _first_seen(session)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _current(session: Session, now: datetime) -> tuple[str, str] | None:
    # One from a clock that was ahead is not in force yet.
    newest_first = (col(VersionRow.since).desc(), col(VersionRow.id).desc())
    texts = select(VersionRow.schedule, VersionRow.holidays).where(col(VersionRow.since) <= now)
    return session.exec(texts.order_by(*newest_first).limit(1)).first()


def _new(session: Session, duties: Mapping[str, date]) -> Iterable[tuple[str, date]]:
    seen = _first_seen(session)
    return [(duty, day) for duty, day in duties.items() if duty not in seen or day < seen[duty]]


def _first_seen(session: Session) -> dict[str, date]:
    rows = session.exec(select(DutySeenRow.duty, func.min(DutySeenRow.business_date)).group_by(DutySeenRow.duty))
    return dict(rows.all())
