"""What every part of the journal stands on: transactions, and actions that stand or were undone."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from csconsole.i18n import _
from csconsole.journal.engine import Database, guarded
from csconsole.journal.errors import NotRead, NotSaved
from csconsole.journal.tables import ACTION, ActionRow, Verb

if TYPE_CHECKING:
    from csconsole.journal.repair import Repair


_CHUNK = 500
"""How many values one IN list may have: SQLite takes 32,766 parameters at most, before 3.32 only 999."""


class Store:
    """An open database and the console (None: a command) whose actions are written to it. Every method is one short
    transaction. To be used by one thread at a time, not always the same."""

    def __init__(self, database: Database, console: str | None) -> None:
        self._database = database
        self._console = console
        self._seen = self._others()
        self.written = 0
        """How many transactions were committed."""
        self.repairs: list[Repair] = []
        """What had to be repaired, oldest first, until somebody takes it out."""

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def warm(self) -> None:
        """Have the classes of rows mapped: the first write would wait for it, and nothing that is read needs it."""
        configure_mappers()

    def changed(self) -> bool:
        """Whether anybody else has written since this was last asked, or since the opening."""
        self._attend()
        seen, self._seen = self._seen, self._others()
        return seen != self._seen

    def _others(self) -> int | None:
        """A number that changes when somebody else writes: the database's own, else their newest action."""
        version = self._database.data_version()
        if version is not None:
            return version
        theirs = or_(ACTION.c.console.is_(None), ACTION.c.console != self._console)
        with self._reading() as connection:
            newest: int | None = connection.scalar(select(func.max(ACTION.c.id)).where(theirs))
        return newest

    @abstractmethod
    def _attend(self) -> None:
        """Make sure that what is done now is done to the file people see. Raises `JournalError`."""

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._attend()
        with guarded(self._database.path, NotRead), self._database.reading.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A transaction that is on disk when this ends without an error, and has left no trace otherwise."""
        self._attend()
        with guarded(self._database.path, NotSaved), Session(self._database.writing) as session, session.begin():
            session.connection()  # waits for its turn: who removes a file meanwhile is seen here
            if self._database.moved:
                raise NotSaved(_("the database {path} was removed just now").format(path=self._database.path))
            yield session
        self.written += 1

    def _act(self, session: Session, verb: Verb, by: str, now: datetime, undoes: int | None = None) -> int:
        """Begin an action; its id."""
        return added(session, ActionRow(verb=verb, actor=by, console=self._console, recorded_at=now, undoes=undoes))


def added(session: Session, row: Any) -> int:
    """Write a row whose primary key the database chooses; that key."""
    session.add(row)
    session.flush()
    (key,) = row.__mapper__.primary_key_from_instance(row)
    assert isinstance(key, int)
    return key


UNDO = ACTION.alias("undo")
"""The action that undid another, in a query about both."""


def standing(action_id: ColumnElement[int] | Any) -> ColumnElement[bool]:
    """That an action stands: no other undoes it."""
    return ~exists().where(UNDO.c.undoes == action_id)


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Distinct values, a few hundred at a time, for IN lists."""
    rest = iter(dict.fromkeys(values))
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
