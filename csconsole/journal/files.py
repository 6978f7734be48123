"""The files of SQLite databases: looked into, checked, copied."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from csconsole.i18n import _
from csconsole.journal.engine import BUSY, STARTING, code_of, guarded
from csconsole.journal.errors import Damaged, NotRead, NotSaved

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, by what its name ends in."""


@contextmanager
def looked_into(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing. Raises `Damaged` and `NotRead`, also for what is done inside."""
    with guarded(path, NotRead), closing(_connect(path, "ro")) as connection:
        yield connection


def _connect(path: Path, mode: str, timeout: float = STARTING.total_seconds()) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout, isolation_level=None
    )
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")  # a damaged file may hold anything
    return connection


def faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What SQLite's own check finds wrong with the file; nothing if it is sound."""
    found = (str(fault) for (fault,) in connection.execute("PRAGMA quick_check(10)"))
    return tuple(fault for fault in found if fault != "ok")


@contextmanager
def putting(file: Path) -> Iterator[None]:
    """Turn what the system says against writing `file` into `NotSaved`."""
    try:
        yield
    except OSError as error:
        raise NotSaved(
            _("{file} cannot be written: {reason}").format(file=file, reason=error.strerror or error)
        ) from error


def copy(source: Path, target: Path) -> None:
    """Copy a database, sound even while others write to it, into one private file that appears only when it is
    whole and was checked. What was at `target` is replaced, its folder made if need be.

    Raises `Damaged` if the source is, and `NotSaved`.
    """
    with putting(target):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
        temporary = Path(name)
        try:
            with guarded(source, NotSaved):
                _copy_into(source, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def _copy_into(source: Path, target: Path) -> None:
    with closing(_connect(source, "ro")) as old, closing(_connect(target, "rw")) as new:
        old.backup(new)
        # Without a log beside it, it is one file, and can be read where nothing can be written.
        new.execute("PRAGMA journal_mode=DELETE")
        if found := faults(new):
            raise Damaged(source, found[0])


def write_new(path: Path, data: bytes) -> None:
    """Write the bytes of a database to a private file that appears only when it is whole and was checked, made with its
    folder if need be. Raises `Damaged` where they prove to be, and `NotSaved`."""
    with putting(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                os.fsync(file.fileno())
            with guarded(path, NotSaved), closing(_connect(temporary, "rw")) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
                if found := faults(connection):
                    raise Damaged(path, found[0])
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def move_aside(path: Path, why: str) -> Path | None:
    """Give a database another name, its log and all; that name, or None where there was nothing. Whoever has it open
    goes on with it. Raises `NotSaved`."""
    kept = free_name(path, why) if path.exists() else None
    with putting(path):
        for beside in ("", *BESIDE):
            old = path.with_name(path.name + beside)
            if kept is not None and old.exists():
                old.replace(kept.with_name(kept.name + beside))
            else:
                old.unlink(missing_ok=True)  # a log left here would be read as the new database's own
    return kept


def free_name(path: Path, why: str) -> Path:
    """A name beside a database that nothing has yet: what was in its place is kept under it."""
    names = (path.with_name(f"{path.stem}.{why}-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Only one process at a time gets past here; one that ends, however it ends, lets the next one in. `file` is what
    they meet at. Raises `NotSaved`."""
    with putting(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    with guarded(file, NotSaved), closing(_connect(file, "rw")) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def merge_log(path: Path) -> bool:
    """Bring all that was written into the one file; whether that could be done, for it cannot while any other
    program has the database open. Raises `Damaged` and `NotRead`."""
    with guarded(path, NotRead), closing(_connect(path, "rw", timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if code_of(error) not in BUSY:
                raise
            return False
    return True
