"""Looking after the house: schedules checked, databases copied and put back, scratch copies to rehearse on.

None of these needs the Desk to be open; where the schedule or the database is broken, they still do their part.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct

from csconsole.clock import Clock
from csconsole.core.book import Edition
from csconsole.core.businessday import business_date, day_start, instant, wall_instant
from csconsole.core.errors import UserError
from csconsole.desk.compiled import Compiler
from csconsole.desk.office import Office
from csconsole.i18n import _
from csconsole.workspace import Workspace, write_atomically

if TYPE_CHECKING:
    from csconsole.desk.checkup import Finding
    from csconsole.schedule_file import Fault

MORNING = time(8, 30)
"""When a rehearsal begins: a quarter of an hour before the first check of the routine that ships."""

_ENOUGH = 2_000_000
"""Bytes read of a file that is to be a schedule: one that has more is at fault for its size alone."""


class Verdict(Struct, frozen=True):
    """What a check of schedule files found: every fault of each, and how many duties they hold if there is none."""

    faults: tuple[Fault, ...]
    duties: int


class Upkeep(Office):
    """Each verb raises `UserError` for files that cannot be used, and JournalError for a database that cannot."""

    def in_use(self) -> Edition:
        """The schedule in use now with its calendar, whether the Desk is open or not. Raises `Faults`."""
        if self.is_open:
            return self.book.editions[-1]
        if not self.workspace.schedule.exists():
            self.workspace.prepare()
        schedule, overrides, _texts = self._read(self._compiler)
        today = business_date(schedule, self.now())
        return Edition(today, schedule, self._compiler.calendar(schedule.calendar, overrides))

    def examine(self) -> Iterator[Finding]:
        """Look at everything that is in use, one finding after the other; whatever is broken."""
        from csconsole.desk.checkup import examine

        return examine(self)

    def moment(self, wall: datetime | date) -> datetime:
        """The instant (UTC) meant by an aware one, by a wall-clock time of the schedule's zone, or by a date: where
        that business day begins. Of a wall-clock time that comes twice, the first counts."""
        if isinstance(wall, datetime) and wall.tzinfo:
            return wall.astimezone(UTC)
        schedule = self.in_use().schedule
        if isinstance(wall, datetime):
            return wall_instant(schedule, wall.date(), wall.time())
        return day_start(schedule, wall)

    def check_schedule(self, file: Path | None = None) -> Verdict:
        """Check a schedule file, or holiday overrides where it is called as they are; None: both that are in use."""
        from csconsole.schedule_file import Faults, compile, compile_holidays

        overrides = self.workspace.holidays
        if file is None:
            self.workspace.prepare()
            files = [self.workspace.schedule, *([overrides] if overrides.exists() else [])]
        else:
            files = [file]
        faults: list[Fault] = []
        duties = 0
        for each in files:
            text = _read_up_to(each, _ENOUGH)
            try:
                if each.name == overrides.name:
                    compile_holidays(text, str(each))
                else:
                    duties += len(compile(text, str(each))["duties"])
            except Faults as error:
                faults += error.faults
        return Verdict(tuple(faults), duties)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of schedule files."""
        from csconsole.schedule_file import schema

        return schema()

    def warm(self) -> None:
        """Have ready what the first answer needs, and what is shown did not."""
        self.journal.warm()

    def snapshot(self) -> None:
        """Keep the database as it is today beside it, once a day, for two weeks, and tidy the cache. Has connections
        of its own: another thread may write meanwhile. Raises `JournalError`."""
        from csconsole.journal.maintenance import daily_snapshot

        if daily_snapshot(self.workspace.database, self.today()) is not None:
            self._compiler.prune()

    def look_into(self) -> None:
        """Look through all of the database, however large it is: an opening leaves a large one to this. Has a
        connection of its own: another thread may write meanwhile. Raises `JournalError`."""
        from csconsole.journal.maintenance import look_into

        look_into(self.workspace.database)

    def backup(self, target: Path | None = None) -> Path:
        """Copy the database, sound even while it is in use; where to. None: into `data/backups`, by the time it is."""
        from csconsole.journal import maintenance

        if target is None:
            folder = self.workspace.data / "backups"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            target = folder / f"csconsole-{self.now().astimezone():%Y%m%d-%H%M%S}.sqlite3"
        maintenance.backup(self.workspace.database, target)
        return target

    def restore(self, source: Path) -> Path | None:
        """Put a backup in the place of the database; where the one that was there is kept, None if none was."""
        from csconsole.journal import maintenance

        return maintenance.restore(self.workspace.database, source)

    def mend(self) -> bool:
        """After the records proved to be damaged: restore the newest good copy, if there is
        one; whether it was done."""
        return self._journal is not None and self._journal.mend()

    def repairs(self) -> list[str]:
        """What was done about records that were lost, since this was last asked: a sentence each, which is in the log
        as well."""
        from csconsole.desk.mishap import repaired, write_down

        if self._journal is None or not self.is_open:
            return []
        done, self.journal.repairs = self.journal.repairs, []
        words = [repaired(repair, self.schedule) for repair in done]
        for each in words:
            write_down(self.workspace.log, self.now(), each)
        return words

    @contextmanager
    def rehearsal(self, day: date | timedelta, speed: float) -> Iterator[Self]:
        """A Desk, not open yet, on a home of its own: the schedule in use, and the journal as it stood on the
        morning of `day` (a date, or a distance from today), when its clock begins, `speed` times as fast as the
        system's. All of it is gone when this ends; nothing in the real home changes."""
        with TemporaryDirectory(prefix="csconsole-rehearsal-", ignore_cleanup_errors=True) as folder:
            desk = type(self)(Workspace.find(home=folder), self.clock, self.by, console="rehearsal")
            self._copy_files(desk.workspace)
            # Faults are to name the owner's file. Where there is no home yet, the scratch one was filled like one.
            texts = self if self.workspace.own_schedule or self.workspace.schedule.exists() else desk
            schedule = texts._read(Compiler(desk.workspace.cache))[0]
            if isinstance(day, timedelta):
                day += business_date(schedule, self.now())
            desk.clock = Clock(instant(schedule, day, MORNING), speed)
            self._copy_journal(desk.workspace.database, desk.now(), day)
            yield desk

    def _copy_files(self, to: Workspace) -> None:
        if self.workspace.cache.is_dir():
            shutil.copytree(self.workspace.cache, to.cache)
        to.data.mkdir(exist_ok=True)
        to.schedule.parent.mkdir()
        for original, copy in (
            (self.workspace.schedule, to.schedule),
            (self.workspace.holidays, to.holidays),
            (self.workspace.settings, to.settings),
        ):
            if original.exists():
                write_atomically(copy, _read_up_to(original, _ENOUGH))
        to.prepare()

    def _copy_journal(self, url: str, start: datetime, day: date) -> None:
        from csconsole.journal import engine, maintenance, rewind

        original, copy = engine.path_of(self.workspace.database), engine.path_of(url)
        # A database that is no file stays where it is: the rehearsal then begins with an empty journal.
        if original is not None and original.exists() and copy is not None:
            maintenance.backup(self.workspace.database, copy)
            rewind.rewind(url, start, day)


def _read_up_to(path: Path, most: int) -> bytes:
    """A file's content, or as much of it as need be looked at: what is named might be a device without an end."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise UserError(_("{file}: cannot be read: {reason}").format(file=path, reason=error.strerror)) from error
