"""What can go wrong between the program and its database. Each message is one line, in the person's language."""

from __future__ import annotations

from pathlib import Path

from csconsole.core.text import clean
from csconsole.i18n import _


class JournalError(Exception):
    """The database did not do what was asked of it."""

    def __init__(self, message: str) -> None:
        # SQLite quotes what it found, over several lines if need be, and a damaged file may hold anything.
        super().__init__(clean(" ".join(message.split())))


class NotSaved(JournalError):
    """Nothing of the action was written: the disk is full, another program holds the database, … Saying it again
    later may do."""


class Held(NotSaved):
    """Another program was writing all the time that could be waited for."""


class NotRead(JournalError):
    """The database could not be read, or not be opened, just now."""


class Damaged(JournalError):
    """The database file is not what was written: a snapshot is to be restored (`maintenance.restore`)."""

    def __init__(self, path: Path | None, reason: str) -> None:
        super().__init__(_("the database {path} is damaged: {reason}").format(path=path, reason=reason))
        self.path = path


class UnknownIncident(JournalError):
    """There is no incident of this number, or the logging of it was undone."""

    def __init__(self, number: int) -> None:
        super().__init__(_("there is no incident {number}").format(number=number))
        self.number = number
