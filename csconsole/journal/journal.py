"""The journal: one method, one short transaction, core types in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import Connection, func, select

from csconsole.core.facts import NewMark, Undone
from csconsole.core.incident import NewEvent
from csconsole.journal import maintenance, schema
from csconsole.journal.cases import Cases
from csconsole.journal.days import Days
from csconsole.journal.engine import PATIENCE, Database, path_of
from csconsole.journal.errors import Damaged
from csconsole.journal.incidents import Incidents, reindex, write_events
from csconsole.journal.marks import Marks, check_readings, write_marks
from csconsole.journal.reminders import Reminders
from csconsole.journal.repair import Repair, put_back, restore_newest
from csconsole.journal.store import standing
from csconsole.journal.tables import ACTION, INCIDENT, INCIDENT_EVENT, MARK, SNOOZE, Verb

_PATIENCE_OF_A_COMMAND = timedelta(seconds=10)
_LOOK = 16_000_000
"""Up to how many bytes a database is looked into at every opening: that takes 2 ms a megabyte, and this holds more than
a year. A larger one is looked into by the console right after it has shown its records (ten years: 100 MB, 0.2 s), and
by the day's copy at the first opening of a day."""
_UNDOABLE = [verb for verb in Verb if verb.undoable]


class Journal(Marks, Incidents, Cases, Reminders, Days):
    """Every fact of the day, in one database. Instants are aware and come back in UTC.

    All that writes raises `NotSaved` where it could not, and then has written nothing; all that reads raises
    `NotRead`. Both raise `Damaged` where the file proves to be.
    """

    @classmethod
    def open(cls, url: str, console: str | None = None) -> Self:
        """Open the database at an SQLAlchemy URL, created or migrated as need be. `console` names the console that
        acts, None is a command: that may wait longer for other programs, and undoes by who acted.

        A database that was lost is repaired first, where there is a good snapshot: see `repairs`.

        Raises `UserError` where it is no database of csconsole's, or of a newer one; `Damaged`; `NotRead`; `NotSaved`.
        """
        database, repair = _opened(url, console)
        journal = cls(database, console)
        journal.repairs += filter(None, [repair])
        return journal

    def mend(self) -> bool:
        """After `Damaged`: put the newest good snapshot in the place of the file, if that is damaged and there is one;
        whether it was done, and may be said in `repairs`. Raises `JournalError`."""
        self._database.close()
        repair = restore_newest(self._database.url)
        if repair is not None:
            self.repairs.append(repair)
            self._take_up()
        return repair is not None

    def _attend(self) -> None:
        """Make sure that what is done now is done to the file people see: of a database that was removed while it was
        open nothing is lost, and one that was put in its place is taken up."""
        if self._database.moved:
            self.repairs += filter(None, [put_back(self._database)])
            self._take_up()

    def _take_up(self) -> None:
        held = self._database
        self._database, repair = _opened(self._database.url, self._console)
        held.close()
        self.repairs += filter(None, [repair])
        self._seen = None  # all may be new

    def fill(self, by: str, marks: Sequence[NewMark], told: Mapping[int, Sequence[NewEvent]], now: datetime) -> None:
        """Write what a check was answered and what it showed of incidents, as one action. Raises `UnknownIncident` and
        `NotSaved`, and ValueError as `mark` does."""
        if not told:
            self.mark(by, marks, now)
            return
        check_readings(marks)
        with self._writing() as session:
            action = self._act(session, Verb.MARK if marks else Verb.TELL, by, now)
            write_marks(session, action, marks)
            for number, events in told.items():
                write_events(session, action, number, events, now)
            reindex(session, told)

    def undone(self) -> int:
        """How many actions were taken back so far: while this stays as it is, what was answered stays answered."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).where(ACTION.c.undoes.is_not(None))) or 0

    def undo(self, by: str, now: datetime) -> Undone | None:
        """Take back the latest standing action, whole: the console's own, or without a console the actor's. Again
        goes one further. None where there is none left. Raises `NotSaved`."""
        whose = ACTION.c.actor == by if self._console is None else ACTION.c.console == self._console
        with self._writing() as session:
            connection = session.connection()
            action = connection.execute(
                select(ACTION.c.id, ACTION.c.verb)
                .where(whose, ACTION.c.verb.in_(_UNDOABLE), standing(ACTION.c.id))
                .order_by(ACTION.c.id.desc())
                .limit(1)
                .with_for_update()
            ).first()
            if action is None:
                return None
            self._act(session, Verb.UNDO, by, now, undoes=action.id)
            undone = Undone(action.verb, _keys(connection, action.id), _numbers(connection, action.id))
            if undone.incidents:
                reindex(session, undone.incidents)
        return undone


def _opened(url: str, console: str | None) -> tuple[Database, Repair | None]:
    """The database, looked into, brought up, and repaired before if need be."""
    patience = PATIENCE if console is not None else _PATIENCE_OF_A_COMMAND
    repair: Repair | None = None
    path = path_of(url)
    if path is not None and maintenance.check(url, _LOOK):
        repair = restore_newest(url)
        if path.exists() and (found := maintenance.check(url, _LOOK)):
            raise Damaged(path, found[0])
    try:
        return _brought_up(url, patience), repair
    except Damaged:
        if repair is not None or (repair := restore_newest(url)) is None:
            raise
        return _brought_up(url, patience), repair


def _brought_up(url: str, patience: timedelta) -> Database:
    database = Database(url, patience)
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
    return database


def _keys(connection: Connection, action: int) -> tuple[str, ...]:
    marked = connection.scalars(select(MARK.c.key).where(MARK.c.action_id == action).order_by(MARK.c.id))
    snoozed = connection.scalars(select(SNOOZE.c.key).where(SNOOZE.c.action_id == action))
    return tuple(dict.fromkeys((*marked, *snoozed)))


def _numbers(connection: Connection, action: int) -> tuple[int, ...]:
    logged = connection.scalars(select(INCIDENT.c.number).where(INCIDENT.c.action_id == action))
    told = connection.scalars(select(INCIDENT_EVENT.c.number).where(INCIDENT_EVENT.c.action_id == action))
    return tuple(dict.fromkeys((*logged, *told)))
