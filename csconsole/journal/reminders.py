"""What went out to remind, what is not to remind for a while, and who is away meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from csconsole.core.facts import Away, Claim, Snooze
from csconsole.journal.store import Store, added, chunks, standing
from csconsole.journal.tables import ActionRow, AwayRow, ClaimRow, SnoozeRow, Verb


class Reminders(Store):
    def claim(self, claim: Claim, now: datetime) -> bool:
        """Claim a reminder before it goes out: true for one caller only, whoever else asks, now or ever.

        Raises `NotSaved`.
        """
        try:
            with self._writing() as session:
                added(
                    session,
                    ClaimRow(
                        key=claim.key, stage=claim.stage, planned=claim.planned, basis=claim.basis, claimed_at=now
                    ),
                )
        except IntegrityError:
            return False
        return True

    def claims(self, keys: Iterable[str]) -> set[Claim]:
        """What was claimed of these occurrences."""
        found: set[Claim] = set()
        with self._reading() as session:
            for chunk in chunks(keys):
                rows = session.exec(select(ClaimRow).where(col(ClaimRow.key).in_(chunk)))
                found.update(Claim(row.key, row.stage, row.planned, row.basis) for row in rows)
        return found

    def snooze(self, by: str, key: str, until: datetime, now: datetime) -> int:
        """No reminder of this occurrence before `until`; the id of the action. Raises `NotSaved`."""
        with self._writing() as session:
            action = self._act(session, Verb.SNOOZE, by, now)
            session.add(SnoozeRow(action_id=action, key=key, until=until))
        return action

    def snoozes(self, keys: Iterable[str]) -> dict[str, Snooze]:
        """Per occurrence the snooze that was set last and not undone, run out or not."""
        found: dict[str, Snooze] = {}
        with self._reading() as session:
            for chunk in chunks(keys):
                rows = session.exec(
                    select(SnoozeRow, ActionRow.recorded_at)
                    .join(ActionRow, col(ActionRow.id) == col(SnoozeRow.action_id))
                    .where(col(SnoozeRow.key).in_(chunk), standing(col(ActionRow.id)))
                    .order_by(col(SnoozeRow.id))
                )
                found.update((row.key, Snooze(row.key, row.until, set_at)) for row, set_at in rows)
        return found

    def leave(self, by: str, until: datetime, now: datetime) -> int:
        """Be away until an instant, or, where that is now, no longer; the id of the action. Raises `NotSaved`."""
        with self._writing() as session:
            action = self._act(session, Verb.AWAY, by, now)
            session.add(AwayRow(action_id=action, until=until))
        return action

    def away(self, by: str) -> Away | None:
        """The absence somebody announced last and did not undo, over or not."""
        with self._reading() as session:
            found = session.exec(
                select(ActionRow.recorded_at, AwayRow.until)
                .join(ActionRow, col(ActionRow.id) == col(AwayRow.action_id))
                # Not by the index on who acted: SQLite would go through all that somebody ever did, for few absences.
                .where(col(ActionRow.actor).concat("") == by, standing(col(ActionRow.id)))
                .order_by(col(AwayRow.id).desc())
                .limit(1)
            ).first()
        return Away(*found) if found else None

    def last_seen(self) -> datetime | None:
        """The instant of the last sign of anybody: something done, or a reminder that went out."""
        newest = (
            select(ActionRow.recorded_at).order_by(col(ActionRow.id).desc()).limit(1),
            select(ClaimRow.claimed_at).order_by(col(ClaimRow.id).desc()).limit(1),
        )
        with self._reading() as session:
            signs = [sign for query in newest if (sign := session.exec(query).first()) is not None]
        return max(signs, default=None)
