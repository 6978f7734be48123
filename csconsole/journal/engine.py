"""Everything that only SQLite needs or knows: connections, durability, what its errors mean; `files` has its files.

Other databases get an engine as SQLAlchemy makes it; they look after the rest themselves.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from csconsole.core.errors import UserError
from csconsole.i18n import _
from csconsole.journal.errors import Damaged, Held, JournalError, NotRead, NotSaved

PATIENCE = timedelta(seconds=1)
"""How long a screen may wait for another program to let go of the database."""

STARTING = timedelta(seconds=10)
"""How long a start may wait for another one to create or migrate the database."""

BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def path_of(url: str) -> Path | None:
    """The file of an SQLite database; None for other databases and for one in memory.

    Raises `UserError` where `url` is no address of a database.
    """
    try:
        address = make_url(url)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise UserError(
            _("{url} is not the address of a database; give a file or, say, {example}").format(
                url=url, example="sqlite:///folder/file.sqlite3"
            )
        ) from error
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return None
    return Path(address.database).absolute()


class Database:
    """An open database. `reading` and `writing` are the engines for transactions of either kind.

    An SQLite database has one connection here, which may pass from thread to thread but serves one at a time. It
    is created, private to its owner, if missing; `is_new` says so.
    """

    def __init__(self, url: str, patience: timedelta = PATIENCE) -> None:
        self.url = url
        self.path = path_of(url)
        self.is_new = False
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self.path is not None:
            self.is_new = _create_file(self.path)
        self._identity = self._look()
        self._patience = patience
        self._waits = STARTING
        self.reading = self._sqlite_engine(url) if self.is_sqlite else _other_engine(url)
        self.writing = self.reading.execution_options(writing=True)
        with guarded(self.path, NotRead):
            self._watching = self.reading.raw_connection() if self.is_sqlite else None  # connects

    def settle(self) -> None:
        """From now on wait for other programs no longer than was asked for."""
        self._waits = self._patience
        if self.is_sqlite:
            self._pragma(_busy_timeout(self._waits))

    def data_version(self) -> int | None:
        """A number that changes with every transaction another connection commits; None where there is none."""
        return self._pragma("data_version") if self.is_sqlite else None

    @property
    def moved(self) -> bool:
        """Whether its file was removed, or another put in its place. It lives on unseen while it is open, and what is
        written to it would be lost."""
        return self.path is not None and self._look() != self._identity

    def held(self) -> bytes:
        """All that was ever committed, as the one file it would be: also of a file that was removed. Nobody else can
        write to that until this transaction ends. Raises `NotSaved`."""
        with guarded(self.path, NotSaved), self.writing.begin() as connection:
            driver = connection.connection.dbapi_connection
            assert isinstance(driver, sqlite3.Connection)
            return driver.serialize()

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """A transaction in which tables may be rebuilt: references are checked at its end, not on the way, where
        dropping the old table would take along what refers to it. (https://www.sqlite.org/lang_altertable.html)"""
        if not self.is_sqlite:
            with self.writing.begin() as connection:
                yield connection
            return
        self._pragma("foreign_keys=OFF")
        try:
            with self.writing.begin() as connection:
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise NotRead(
                        _("the database {path} cannot be migrated: {reason}").format(
                            path=self.path, reason=f"foreign_key_check: {tuple(broken)}"
                        )
                    )
        finally:
            self._pragma("foreign_keys=ON")

    def close(self) -> None:
        self.reading.dispose()

    def _sqlite_engine(self, url: str) -> Engine:
        arguments = {"timeout": STARTING.total_seconds(), "check_same_thread": False}
        engine = create_engine(url, connect_args=arguments, poolclass=StaticPool)
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", self._on_begin)
        return engine

    def _on_begin(self, connection: Connection) -> None:
        # A transaction that reads and then writes fails at once if another wrote in between, whatever the timeout;
        # one that says at its beginning that it will write waits. Readers must not say so: they would block writers.
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        if not connection.get_execution_options().get("writing", False):
            driver.execute("BEGIN")
            return
        # SQLite itself would ask ever more seldom, up to every 100 ms: beside two busy writers, one starved.
        driver.execute("PRAGMA busy_timeout=0")
        try:
            _patiently(driver, "BEGIN IMMEDIATE", self._waits)
        finally:
            driver.execute(f"PRAGMA {_busy_timeout(self._waits)}")

    def _look(self) -> tuple[int, int] | None:
        try:
            seen = self.path.stat() if self.path is not None else None
        except OSError:
            return None
        return (seen.st_dev, seen.st_ino) if seen is not None else None

    def _pragma(self, pragma: str) -> int:
        assert self._watching is not None
        with guarded(self.path, NotRead):
            cursor = self._watching.cursor()
            cursor.execute(f"PRAGMA {pragma}")
            (value,) = cursor.fetchone() or (0,)
            return int(value)


def _create_file(path: Path) -> bool:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The -wal and -shm files take their mode from this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise NotRead(
            _("the database {path} cannot be created: {reason}").format(path=path, reason=error.strerror)
        ) from error
    return True


def _other_engine(url: str) -> Engine:
    try:
        return create_engine(url)
    except ModuleNotFoundError as error:
        raise UserError(
            _("{url} needs a driver that is not installed: pip install {driver}").format(
                url=make_url(url).render_as_string(), driver=error.name
            )
        ) from error


def _on_connect(connection: DBAPIConnection, _record: object) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # the driver begins nothing by itself: see _on_begin
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")  # less loses what was committed last in a power cut
        # This change needs the file to itself for a moment, and SQLite does not wait for it as it does for a lock.
        _patiently(connection, "PRAGMA journal_mode=WAL", STARTING)
    except sqlite3.Error:
        connection.close()
        raise


def _patiently(connection: sqlite3.Connection, statement: str, patience: timedelta) -> None:
    """Execute a statement, again every millisecond while another program holds the database."""
    deadline = time.monotonic() + patience.total_seconds()
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if code_of(error) not in BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.001)
        else:
            return


def _busy_timeout(patience: timedelta) -> str:
    return f"busy_timeout={int(patience.total_seconds() * 1000)}"


# -- what its errors mean --------------------------------------------------------------------------------------


@contextmanager
def guarded(path: Path | None, otherwise: type[JournalError]) -> Iterator[None]:
    """Turn a database's errors into the journal's: `Damaged`, or `otherwise` with the reason in words. A constraint
    that refused what was written is left to whoever wrote it."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        # For bytes that are no text the driver raises an error of its own, without SQLite's code.
        if code_of(original) in _BROKEN or "decode to UTF-8" in str(original):
            raise Damaged(path, str(original)) from error
        if otherwise is NotSaved and code_of(original) in BUSY:
            otherwise = Held
        raise otherwise(_reason(path, original)) from error
    except (ValueError, LookupError) as error:
        # What is read back is no date, no number, no known kind: nothing of ours was written so.
        raise Damaged(path, str(error)) from error


def code_of(error: BaseException | None) -> int:
    # The low byte is the kind of error, the rest says more about it.
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _reason(path: Path | None, error: BaseException | None) -> str:
    match code_of(error):
        case sqlite3.SQLITE_FULL:
            return _("the disk is full")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _("another program holds the database {path}").format(path=path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _("the database {path} cannot be written to").format(path=path)
        case sqlite3.SQLITE_CANTOPEN:
            return _("the database {path} cannot be opened").format(path=path)
        case _:
            return _("the database {path} says: {reason}").format(path=path, reason=error)
