"""Looking after the database file: snapshots, backup, restore, check. SQLite only; others bring tools of their own.

Snapshots lie in `snapshots/` beside the database. Each is a whole database in one private file, and was checked
before it took its name.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import StaticPool, create_engine, inspect, make_url

from csconsole.core.errors import UserError
from csconsole.i18n import _
from csconsole.journal import schema
from csconsole.journal.engine import path_of
from csconsole.journal.errors import Damaged, JournalError
from csconsole.journal.files import BESIDE, copy, faults, free_name, looked_into, merge_log, putting
from csconsole.journal.tables import METADATA

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def backup(url: str, target: Path) -> None:
    """Copy the database to a file, sound even while others write to it.

    Raises `UserError` where the target is there already or can never be; `Damaged`; `NotSaved`.
    """
    source = _file(url)
    if not source.exists():
        raise UserError(_("there is no database {file} yet").format(file=source))
    if target.exists():
        raise UserError(_("{file} is there already: name another").format(file=target))
    if not target.parent.is_dir():
        raise UserError(_("there is no folder {folder}").format(folder=target.parent))
    copy(source, target)


def restore(url: str, source: Path) -> Path | None:
    """Put a backup or snapshot in the place of the database. Answers where the file that was there is kept; None if
    none was. What is restored is migrated when it is next opened.

    Raises `UserError` where the source is no sound database of csconsole's, or the database is in use; `NotSaved`.
    """
    target = _file(url)
    vet(source)
    incoming = target.with_name(f".{target.name}.incoming")
    copy(source, incoming)
    with putting(target):
        try:
            kept = _keep(target)
            for beside in BESIDE:  # a log left here would be read as the new database's own
                target.with_name(target.name + beside).unlink(missing_ok=True)
            incoming.replace(target)
        finally:
            incoming.unlink(missing_ok=True)
    return kept


def check(url: str, at_most: int | None = None) -> tuple[str, ...]:
    """What is wrong with the database file, a line each; nothing if it is sound, or no file. One that is empty, or not
    there, beside snapshots was lost. It is looked into where it has `at_most` so many bytes (None: any number). Raises
    `NotRead`."""
    path = path_of(url)
    if path is None or path.is_dir():
        return ()
    if not path.exists() or path.stat().st_size == 0:
        return (_("it is gone") if not path.exists() else _("it is empty"),) if snapshots(url) else ()
    if at_most is not None and path.stat().st_size > at_most:
        return ()
    try:
        with looked_into(path) as connection:
            return faults(connection)
    except Damaged as error:
        return (str(error),)


def look_into(url: str) -> None:
    """Raise `Damaged` where `check` finds anything, and `NotRead`."""
    if found := check(url):
        raise Damaged(path_of(url), found[0])


def daily_snapshot(url: str, today: date, keep: int = 14) -> Path | None:
    """Keep the database as it was at its first use of the day, for the newest `keep` such days; where, or None if
    today has its snapshot. To be called before the first write of a day. It has connections of its own, so another
    thread may write meanwhile. Older ones go only once the new one was found sound.

    Raises `Damaged`, `NotSaved`.
    """
    path = path_of(url)
    if path is None or not path.exists():
        return None
    snapshot = _snapshot(path, today.isoformat())
    if snapshot.exists():
        return None
    copy(path, snapshot)
    broken_off = [file for file in snapshot.parent.glob(f".{path.stem}-*") if _older(file, snapshot)]
    # Whatever days the others are named by, this one is known to be good.
    others = sorted({*snapshot.parent.glob(f"{path.stem}-{_DAY}{path.suffix}")} - {snapshot})
    for old in (*others[: max(0, len(others) - keep + 1)], *broken_off):
        old.unlink(missing_ok=True)
    return snapshot


def _older(file: Path, other: Path) -> bool:
    """Whether a file was written more than a day before another."""
    return file.stat().st_mtime < other.stat().st_mtime - timedelta(days=1).total_seconds()


def snapshot_before_migrating(url: str, revision: str) -> None:
    """Keep the database as it was with schema `revision`. Raises `Damaged`, `NotSaved`."""
    if (path := path_of(url)) is not None:
        copy(path, _snapshot(path, f"before-migrating-{revision}"))


def snapshots(url: str) -> list[Path]:
    """The snapshots of a database, the newest first."""
    path = path_of(url)
    if path is None:
        return []
    found = snapshots_folder(path).glob(f"{path.stem}-*{path.suffix}")
    return sorted(found, key=lambda snapshot: snapshot.stat().st_mtime, reverse=True)


def snapshots_folder(path: Path) -> Path:
    return path.parent / "snapshots"


def _snapshot(path: Path, name: str) -> Path:
    return snapshots_folder(path) / f"{path.stem}-{name}{path.suffix}"


def _file(url: str) -> Path:
    path = path_of(url)
    if path is None:
        address = make_url(url).render_as_string()  # without the password
        raise UserError(_("{url} is no SQLite file: use the tools of that database").format(url=address))
    return path


def vet(source: Path) -> None:
    """Make sure a file may become the database: sound, csconsole's own, and without code of its own (triggers,
    views), which no csconsole ever wrote. Raises `UserError`."""
    try:
        with looked_into(source) as connection:
            if found := faults(connection):
                raise Damaged(source, found[0])
            with create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool).connect() as opened:
                stored = schema.revision(opened, str(source))
                missing = METADATA.tables.keys() - set(inspect(opened).get_table_names())
            code = connection.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
    except JournalError as error:
        raise UserError(_("{file} cannot be restored: {reason}").format(file=source, reason=error)) from error
    if stored is None or (stored == schema.REVISIONS[-1] and missing) or code != (0,):
        raise UserError(_("{file} is not a database of csconsole: name another file").format(file=source))


def _keep(path: Path) -> Path | None:
    """Copy the database aside as it is, whatever its state; where, or None if there is none."""
    if not path.exists():
        return None
    try:
        in_use = not merge_log(path)
    except Damaged:
        in_use = False  # and its log is kept with it
    if in_use:
        raise UserError(_("the database {path} is in use: close the other consoles first").format(path=path))
    kept = free_name(path, "replaced")
    for beside in ("", *BESIDE):
        if (old := path.with_name(path.name + beside)).exists():
            shutil.copy2(old, kept.with_name(kept.name + beside))
    return kept
