"""The Desk a command works at, as the global options set it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from csconsole.cli.parser import Options
from csconsole.cli.streams import complain
from csconsole.clock import Clock
from csconsole.core.text import clean
from csconsole.desk import Damaged, Desk, JournalError
from csconsole.workspace import Workspace


def workspace_of(options: Options) -> Workspace:
    return Workspace.find(options.home, options.schedule, options.database)


def desk_of(options: Options, console: str | None = None) -> Desk:
    """A Desk that is not open yet. `console` names it where it is one that stays open."""
    desk = Desk(workspace_of(options), Clock(), options.by or _system_user(), console)
    if options.now is not None:
        desk.clock = Clock(desk.moment(options.now))
    return desk


@contextmanager
def opened(options: Options) -> Iterator[Desk]:
    """A Desk that is open within the block. What was lost of the records, and how that was repaired, goes to stderr."""
    desk = desk_of(options)
    try:
        desk.open()
        _tell_repairs(desk)
        _copy(desk)
        yield desk
    except Damaged:
        desk.mend()
        raise
    finally:
        _tell_repairs(desk)
        desk.close()


def _copy(desk: Desk) -> None:
    """Keep the day's copy of the records. A clock that was moved is none to name days by."""
    if not desk.clock.moved:
        try:
            desk.snapshot()
        except JournalError as error:
            complain(str(error))


def _tell_repairs(desk: Desk) -> None:
    for words in desk.repairs():
        complain(words)


def _system_user() -> str:
    try:
        return clean(getpass.getuser()).strip() or "user"
    except (OSError, ImportError, KeyError):  # a user without a name, as in some containers
        return "user"
