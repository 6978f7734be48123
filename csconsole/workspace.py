"""Where the schedules and the records are, and the owner's settings. Nothing is created before `prepare`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Literal

from msgspec import Struct

from csconsole.core.errors import UserError
from csconsole.i18n import _

_SCHEDULES = "schedules"
_SHIPPED = ("supervisor.yaml", "holidays.yaml")

Found = Literal["named", "current", "own"]
"""How a home was found: it was named, it is the current folder, or it is the user's data folder."""


class Workspace(Struct, frozen=True):
    """A home folder with its `schedules/` and `data/`, the schedule in use and the address of the database; `found`
    says why it is this folder."""

    home: Path
    schedule: Path
    database: str
    own_schedule: bool = False
    found: Found = "named"

    @classmethod
    def find(
        cls,
        home: str | None = None,
        schedule: str | None = None,
        database: str | None = None,
        *,
        here: Path | None = None,
    ) -> Workspace:
        """The workspace in use: `home` if given, else the current folder if it holds `schedules/supervisor.yaml`,
        else the user's data folder (DESIGN.md §4). `database` is a URL or the path of an SQLite file."""
        here = here or Path.cwd()
        found: Found = "named"
        if home:
            folder = Path(home).expanduser().absolute()
        elif (here / _SCHEDULES / _SHIPPED[0]).is_file():
            folder, found = here, "current"
        else:
            from platformdirs import user_data_path

            folder, found = user_data_path("csconsole", appauthor=False), "own"
        return cls(
            home=folder,
            schedule=Path(schedule).expanduser().absolute() if schedule else folder / _SCHEDULES / _SHIPPED[0],
            database=_url(database, folder),
            own_schedule=schedule is not None,
            found=found,
        )

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def cache(self) -> Path:
        """Compiled schedules and calendars, safe to delete."""
        return self.data / "cache"

    @property
    def reports(self) -> Path:
        return self.data / "reports"

    @property
    def holidays(self) -> Path:
        return self.home / _SCHEDULES / _SHIPPED[1]

    @property
    def settings(self) -> Path:
        return self.data / "settings.toml"

    @property
    def robots(self) -> Path:
        """The addresses of chat robots, for nobody else to read."""
        return self.data / "robots.toml"

    @property
    def log(self) -> Path:
        """What went wrong where nobody is at fault."""
        return self.data / "csconsole.log"

    @property
    def drafts(self) -> Path:
        """Lines typed and not logged, kept for the next start."""
        return self.data / "drafts.json"

    def prepare(self) -> None:
        """Make the folders and fill `schedules/` with what ships, where they are missing.

        Raises `UserError` where the folder cannot be written or the schedule that was named is not there.
        """
        if self.own_schedule and not self.schedule.is_file():
            raise UserError(_("{file}: there is no such schedule file").format(file=self.schedule))
        try:
            for folder in (self.home, self.home / _SCHEDULES, self.data, self.cache, self.reports):
                if not folder.is_dir():
                    folder.mkdir(parents=True, mode=0o700)
            for name in _SHIPPED:
                target = self.home / _SCHEDULES / name
                if not target.exists() and not (self.own_schedule and name == _SHIPPED[0]):
                    write_atomically(target, shipped(name))
        except OSError as error:
            raise UserError(
                _("{folder}: cannot be used as home ({reason}); name another with --home").format(
                    folder=self.home, reason=error.strerror
                )
            ) from error


def shipped(name: str) -> bytes:
    """A file of the `schedules/` folder that came with the program."""
    packaged = files("csconsole") / _SCHEDULES / name
    if packaged.is_file():
        return packaged.read_bytes()
    # Running from a checkout: the folder stands beside the package.
    return (Path(__file__).parent.parent / _SCHEDULES / name).read_bytes()


def write_atomically(target: Path, data: bytes) -> None:
    """Write a private file so that a reader, or a crash, sees the old content or the new, never half of it."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def settings(workspace: Workspace) -> Mapping[str, object]:
    """The owner's settings; empty where there is no such file. Raises `UserError` where it cannot be read."""
    try:
        text = workspace.settings.read_text(encoding="utf-8-sig")
        import tomllib  # takes a while, and is not needed where there is no file

        return tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # what is no UTF-8 and what is no TOML are both kinds of ValueError
        raise UserError(_("{file}: cannot be read: {reason}").format(file=workspace.settings, reason=error)) from error


def _url(database: str | None, home: Path) -> str:
    if database is None:
        return f"sqlite:///{home / 'data' / 'csconsole.sqlite3'}"
    if "://" in database:
        return database
    return f"sqlite:///{Path(database).expanduser().absolute()}"
