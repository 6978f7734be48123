"""The journal: one method, one short transaction, core types in and out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from sqlmodel import Session, col, select

from csconsole.core.facts import Undone
from csconsole.journal import maintenance, schema
from csconsole.journal.days import Days
from csconsole.journal.engine import PATIENCE, Database
from csconsole.journal.incidents import Incidents, reindex
from csconsole.journal.marks import Marks
from csconsole.journal.reminders import Reminders
from csconsole.journal.store import standing
from csconsole.journal.tables import ActionRow, IncidentEventRow, IncidentRow, MarkRow, SnoozeRow, Verb

_PATIENCE_OF_A_COMMAND = timedelta(seconds=10)
_UNDOABLE = [verb for verb in Verb if verb.undoable]


class Journal(Marks, Incidents, Reminders, Days):
    """Every fact of the day, in one database. Instants are aware and come back in UTC.

    All that writes raises `NotSaved` where it could not, and then has written nothing; all that reads raises
    `NotRead`. Both raise `Damaged` where the file proves to be.
    """

    @classmethod
    def open(cls, url: str, console: str | None = None) -> Self:
        """Open the database at an SQLAlchemy URL, created or migrated as need be. `console` names the console that
        acts, None is a command: that may wait longer for other programs, and undoes by who acted.

        Raises `UserError` where it is no database of csconsole's, or of a newer one; `Damaged`; `NotRead`.
        """
        database = Database(url, PATIENCE if console is not None else _PATIENCE_OF_A_COMMAND)
        try:
            schema.ensure(
                database,
                # An empty file is a new database, unless there are snapshots to tell that it was full.
                may_create=lambda: database.is_new or not maintenance.snapshots(url),
                before_migrating=lambda revision: maintenance.snapshot_before_migrating(url, revision),
            )
            database.settle()
        except BaseException:
            database.close()
            raise
        return cls(database, console)

    def undo(self, by: str, now: datetime) -> Undone | None:
        """Take back the latest standing action, whole: the console's own, or without a console the actor's. Again
        goes one further. None where there is none left. Raises `NotSaved`."""
        whose = col(ActionRow.actor) == by if self._console is None else col(ActionRow.console) == self._console
        with self._writing() as session:
            action = session.exec(
                select(ActionRow)
                .where(whose, col(ActionRow.verb).in_(_UNDOABLE), standing(col(ActionRow.id)))
                .order_by(col(ActionRow.id).desc())
                .limit(1)
                .with_for_update()
            ).first()
            if action is None or action.id is None:
                return None
            self._act(session, Verb.UNDO, by, now, undoes=action.id)
            undone = Undone(action.verb, _keys(session, action.id), _numbers(session, action.id))
            if undone.incidents:
                reindex(session, undone.incidents)
        return undone


def _keys(session: Session, action: int) -> tuple[str, ...]:
    marked = session.exec(select(MarkRow.key).where(MarkRow.action_id == action).order_by(col(MarkRow.id)))
    snoozed = session.exec(select(SnoozeRow.key).where(SnoozeRow.action_id == action))
    return tuple(dict.fromkeys((*marked, *snoozed)))


def _numbers(session: Session, action: int) -> tuple[int, ...]:
    logged = session.exec(select(IncidentRow.number).where(IncidentRow.action_id == action))
    told = session.exec(select(IncidentEventRow.number).where(IncidentEventRow.action_id == action))
    return tuple(number for number in (*logged, *told) if number is not None)
