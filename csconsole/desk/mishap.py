"""What went wrong where nobody is at fault: one plain sentence for the person, the rest into a file."""

from __future__ import annotations

import contextlib
import errno
import os
import traceback
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from csconsole import wording
from csconsole.core.schedule import Schedule
from csconsole.core.text import clean
from csconsole.i18n import _
from csconsole.journal import JournalError
from csconsole.journal.repair import Outcome, Repair

_FULL = 1_000_000
"""Bytes after which the file begins anew; the one before it is kept."""

REMINDERS = "reminders: "
"""Begins what the log says of reminders that could not be sent; alone, all of it works again."""


def explained(error: BaseException, log: Path | None, now: datetime, doing: str) -> str:
    """One line that says what happened while `doing` something, having written down where in the program it did."""
    if isinstance(error, JournalError):
        return clean(str(error))
    reason = clean(f"{type(error).__name__}: {error}", limit=500)
    if log is None or not write_down(log, now, doing, _told(error)):
        return _("something went wrong: {reason}").format(reason=reason)
    return _("something went wrong: {reason}; the details are in {log}").format(reason=reason, log=log)


def write_down(log: Path, now: datetime, doing: str, lines: Iterable[str] = ()) -> bool:
    """Add to the log; whether that could be done."""
    with contextlib.suppress(Exception):  # it is the last resort, and not to fail itself
        if log.exists() and log.stat().st_size > _FULL:
            log.replace(log.with_name(f"{log.name}.1"))
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{now.isoformat()} {doing}\n")
            file.writelines(lines)
        return True
    return False


def reminders_trouble(log: Path) -> tuple[datetime, str] | None:
    """What the log said last of reminders that could not be sent, and when; None where they could since, or it says
    nothing."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    for line in reversed(lines):
        at, _space, said = line.partition(" ")
        if said.startswith(REMINDERS.rstrip()):
            with contextlib.suppress(ValueError):
                trouble = clean(said.removeprefix(REMINDERS.rstrip())).strip()
                return (datetime.fromisoformat(at), trouble) if trouble else None
    return None


def _told(error: BaseException) -> Iterator[str]:
    """A traceback without what the errors say: that may quote what people typed about buyers, or who they are."""
    if cause := error.__cause__ or error.__context__:
        yield from _told(cause)
        yield "\nand then\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    number = error.errno if isinstance(error, OSError) else None
    of_sqlite = getattr(error, "sqlite_errorname", None)
    code = errno.errorcode.get(number, str(number)) if number is not None else of_sqlite
    yield f"{type(error).__module__}.{type(error).__qualname__}{f' ({code})' if code else ''}\n"


def repaired(repair: Repair, schedule: Schedule) -> str:
    """What was lost, from when, and where what was there is kept."""
    until = wording.date_time(repair.until, schedule.zone) if repair.until else _("the beginning")
    match repair.outcome, repair.kept:
        case Outcome.RESTORED, None:
            words = _("the records were gone: what was recorded after {time} is missing, all before was put back")
        case Outcome.RESTORED, _kept:
            words = _("the records were damaged: what was recorded after {time} is missing; the old file is {file}")
        case Outcome.PUT_BACK, None:
            words = _("the records were removed while in use: all of them were put back")
        case Outcome.PUT_BACK, _kept:
            words = _("the records were replaced while in use: all of them were put back; what lay there is {file}")
        case _:
            words = _("the records were replaced while in use: those from before are kept in {file}")
    return words.format(time=until, file=repair.kept)
