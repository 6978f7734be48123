"""A database that was damaged, emptied or removed comes back, and nothing that was there is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from csconsole.core.errors import UserError
from csconsole.journal.engine import Database, path_of
from csconsole.journal.errors import Damaged, JournalError
from csconsole.journal.files import alone, copy, free_name, looked_into, move_aside, write_new
from csconsole.journal.maintenance import check, snapshots, snapshots_folder, vet


class Outcome(StrEnum):
    RESTORED = "restored"  # a snapshot is in the place of what was lost
    PUT_BACK = "put back"  # what was held open is in its place again, whole
    REPLACED = "replaced"  # somebody put another database in its place, and it was left there


class Repair(Struct, frozen=True):
    """What was done about a database that was lost. `until`: when (UTC) the last action was recorded that is in what
    was restored. `kept`: the file that lay there; of one replaced, what it held. None: there is none."""

    outcome: Outcome
    kept: Path | None
    until: datetime | None = None


def restore_newest(url: str) -> Repair | None:
    """Put the newest good snapshot in the place of a database that was lost, which is kept. None where it proves to be
    sound, or where there is no good snapshot.

    Raises `NotSaved` where nothing can be written just now; nothing was changed then.
    """
    path = path_of(url)
    if path is None:
        return None
    with _repairing(path):
        good = dict(_good(snapshots(url))) if check(url) else {}
        if not good:
            return None
        newest = max(good, key=lambda snapshot: good[snapshot] or _Last(0, datetime.min.replace(tzinfo=UTC)))
        until = good[newest]
        incoming = path.with_name(f".{path.name}.incoming")
        copy(newest, incoming)
        kept = move_aside(path, "damaged")
        incoming.replace(path)
        return Repair(Outcome.RESTORED, kept, until and until.at)


def put_back(held: Database) -> Repair | None:
    """Save what is held open of a database that was removed, or in whose place another file was put: in its place if
    there is nothing sound, else beside it. None where what is there has it all, or where what is held is damaged.

    Raises `NotSaved` where nothing can be written just now.
    """
    path = held.path
    assert path is not None
    with _repairing(path), suppress(Damaged):
        data = held.held()
        if not path.exists() or path.stat().st_size == 0 or check(held.url):
            kept = move_aside(path, "damaged")
            write_new(path, data)
            return Repair(Outcome.PUT_BACK, kept)
        aside = free_name(path, "replaced")
        write_new(aside, data)
        ours = _last(aside)
        with suppress(JournalError):  # it may be anything
            if ours is None or _last(path, ours.id) == ours:
                aside.unlink()
                return None
        return Repair(Outcome.REPLACED, aside)
    return None


@contextmanager
def _repairing(path: Path) -> Iterator[None]:
    with alone(snapshots_folder(path) / ".repairing"):
        yield


class _Last(NamedTuple):
    """The last action of a database."""

    id: int
    at: datetime


def _good(found: list[Path]) -> Iterator[tuple[Path, _Last | None]]:
    for snapshot in found:
        with suppress(UserError, JournalError):
            vet(snapshot)
            yield snapshot, _last(snapshot)


def _last(path: Path, id: int | None = None) -> _Last | None:
    """The last action of a database, or the one that is named."""
    query = "SELECT id, recorded_at FROM action WHERE ?1 IS NULL OR id = ?1 ORDER BY id DESC LIMIT 1"
    with looked_into(path) as connection:
        row = connection.execute(query, (id,)).fetchone()
        return row and _Last(row[0], datetime.fromisoformat(row[1]).replace(tzinfo=UTC))
