"""What went out to remind, what is not to remind for a while, and who is away meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from csconsole.core.facts import Away, Claim, Snooze
from csconsole.journal.store import Store, added, chunks, standing
from csconsole.journal.tables import ACTION, AWAY, CLAIM, SNOOZE, AwayRow, ClaimRow, SnoozeRow, Verb


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
        claims = select(CLAIM.c.key, CLAIM.c.stage, CLAIM.c.planned, CLAIM.c.basis)
        with self._reading() as connection:
            for chunk in chunks(keys):
                found.update(Claim(*row) for row in connection.execute(claims.where(CLAIM.c.key.in_(chunk))))
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
        with self._reading() as connection:
            for chunk in chunks(keys):
                found.update((row.key, Snooze(*row)) for row in connection.execute(_SNOOZES, {"keys": chunk}))
        return found

    def leave(self, by: str, until: datetime, now: datetime) -> int:
        """Be away until an instant, or, where that is now, no longer; the id of the action. Raises `NotSaved`."""
        with self._writing() as session:
            action = self._act(session, Verb.AWAY, by, now)
            session.add(AwayRow(action_id=action, until=until))
        return action

    def away(self, by: str) -> Away | None:
        """The absence somebody announced last and did not undo, over or not."""
        with self._reading() as connection:
            found = connection.execute(_AWAY, {"by": by}).first()
        return Away(*found) if found else None

    def last_seen(self) -> datetime | None:
        """The instant of the last sign of anybody: something done, or a reminder that went out."""
        newest = (
            select(ACTION.c.recorded_at).order_by(ACTION.c.id.desc()).limit(1),
            select(CLAIM.c.claimed_at).order_by(CLAIM.c.id.desc()).limit(1),
        )
        with self._reading() as connection:
            signs = [sign for query in newest if (sign := connection.scalar(query)) is not None]
        return max(signs, default=None)


# Each made once: these are asked for at every key.
_SNOOZES = (
    select(SNOOZE.c.key, SNOOZE.c.until, ACTION.c.recorded_at)
    .join(ACTION, ACTION.c.id == SNOOZE.c.action_id)
    .where(SNOOZE.c.key.in_(bindparam("keys", expanding=True)), standing(ACTION.c.id))
    .order_by(SNOOZE.c.id)
)
_AWAY = (
    select(ACTION.c.recorded_at, AWAY.c.until)
    .join(ACTION, ACTION.c.id == AWAY.c.action_id)
    # Not by the index on who acted: SQLite would go through all that somebody ever did, for few absences.
    .where(ACTION.c.actor.concat("") == bindparam("by"), standing(ACTION.c.id))
    .order_by(AWAY.c.id.desc())
    .limit(1)
)
