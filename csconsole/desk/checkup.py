"""A look at everything the program stands on: what is in use, where it is, and whether it is sound."""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct

from csconsole import __version__, wording
from csconsole.core.errors import UserError
from csconsole.desk import places
from csconsole.desk.mishap import reminders_trouble
from csconsole.desk.upkeep import Upkeep
from csconsole.i18n import _, ngettext
from csconsole.journal import JournalError
from csconsole.workspace import Found, Workspace, settings

_LIBRARIES = ("textual", "sqlmodel", "sqlalchemy", "apscheduler", "pendulum", "msgspec", "holidays", "tzdata")

_COUNTED = {
    "actions": "SELECT count(*) FROM action",
    "marks": "SELECT count(*) FROM mark",
    "incidents": "SELECT count(*) FROM incident",
}


class Soundness(StrEnum):
    SOUND = "sound"
    NOTE = "note"  # good to know, nothing that must be mended
    FAULT = "fault"


class Finding(Struct, frozen=True):
    """One line of a check-up."""

    what: str
    says: str
    soundness: Soundness = Soundness.SOUND


def examine(desk: Upkeep) -> Iterator[Finding]:
    """Look at everything `desk` has in use. Changes nothing, and needs nothing to be in order."""
    yield _versions()
    yield from _folders(desk.workspace)
    yield from _files(desk)
    yield from _time(desk)
    yield from _database(desk.workspace.database)
    yield from _privacy(desk.workspace)
    yield from _notifications(desk.workspace)
    yield from _robots(desk.workspace)


def _versions() -> Finding:
    system = f"Python {platform.python_version()}, {platform.platform(terse=True)}"
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    return Finding("csconsole", f"{__version__}; {system}; {libraries}")


def _folders(workspace: Workspace) -> Iterator[Finding]:
    home = workspace.home
    yield Finding(_("home"), f"{home}: {_why(workspace.found)}")
    if not home.exists():
        yield Finding(_("home"), _("is not there yet; it is filled when it is first used"), Soundness.NOTE)
    for folder in filter(Path.exists, (home, workspace.data)):
        if not os.access(folder, os.W_OK | os.X_OK):
            says = _("{folder} cannot be written to: mend its permissions, or name another with --home")
            yield Finding(_("home"), says.format(folder=folder), Soundness.FAULT)


def _files(desk: Upkeep) -> Iterator[Finding]:
    for what, file in ((_("schedule"), desk.workspace.schedule), (_("days off"), desk.workspace.holidays)):
        if not file.exists():
            yield Finding(what, _("{file} is not there yet").format(file=file), Soundness.NOTE)
            continue
        try:
            verdict = desk.check_schedule(file)
        except UserError as error:
            yield Finding(what, str(error), Soundness.FAULT)
            continue
        for fault in verdict.faults:
            yield Finding(what, str(fault), Soundness.FAULT)
        if not verdict.faults:
            duties = ngettext("{count} duty", "{count} duties", verdict.duties).format(count=verdict.duties)
            yield Finding(what, f"{file}: {duties}" if verdict.duties else str(file))


def _time(desk: Upkeep) -> Iterator[Finding]:
    if not desk.workspace.schedule.exists():
        return
    try:
        edition = desk.in_use()
    except UserError:
        return  # said already
    schedule = edition.schedule
    now = desk.now().astimezone(schedule.zone)
    system = desk.now().astimezone()
    says = _("{now} in {zone}; {system} by this computer's clock").format(
        now=f"{now:%Y-%m-%d %H:%M}", zone=schedule.zone.key, system=f"{system:%Y-%m-%d %H:%M %z}"
    )
    yield Finding(_("time"), says)
    country = schedule.calendar.country or _("weekends only")
    for year in (now.year, now.year + 1):
        provisional = edition.calendar.day(now.date().replace(year=year, month=1, day=1)).provisional
        known = _("not announced yet, its dates are provisional") if provisional else _("known")
        soundness = Soundness.NOTE if provisional else Soundness.SOUND
        yield Finding(_("calendar"), f"{country} {year}: {known}", soundness)


def _database(url: str) -> Iterator[Finding]:
    from csconsole.journal import engine, maintenance

    what = _("database")
    try:
        path = engine.path_of(url)
    except UserError as error:
        yield Finding(what, str(error), Soundness.FAULT)
        return
    if path is None:
        yield Finding(what, _("no SQLite file: look after it with the tools of that database"), Soundness.NOTE)
        return
    if not path.exists() and not maintenance.snapshots(url):
        yield Finding(what, _("{file} is not there yet").format(file=path), Soundness.NOTE)
        return
    yield from _records(url, path)
    yield from _place(path)
    yield from _snapshots(maintenance.snapshots(url))
    for old in sorted(path.parent.glob(f"{path.stem}.*-[0-9]*{path.suffix}")):
        yield Finding(
            what, _("{file} is kept from before: delete it when it is not needed").format(file=old), Soundness.NOTE
        )


def _records(url: str, path: Path) -> Iterator[Finding]:
    from csconsole.journal import files, maintenance

    what = _("database")
    try:
        if faults := maintenance.check(url):
            for fault in faults:
                yield Finding(what, f"{path}: {fault}", Soundness.FAULT)
            return
        with files.looked_into(path) as connection:
            holds = {what: connection.execute(query).fetchone()[0] for what, query in _COUNTED.items()}
    except JournalError as error:
        yield Finding(what, str(error), Soundness.FAULT)
    else:
        says = _("{file}: sound; {actions} actions, {marks} marks, {incidents} incidents; {kilobytes} kB")
        yield Finding(what, says.format(file=path, **holds, kilobytes=-(-path.stat().st_size // 1000)))


def _place(database: Path) -> Iterator[Finding]:
    """Where a database is not safe, or not private."""
    what = _("database")
    if kind := places.network(database):
        says = _("{file} lies on another computer ({kind}), where no database is safe: name a folder here with --home")
        yield Finding(what, says.format(file=database, kind=kind), Soundness.FAULT)
    if folder := places.synced(database):
        says = _("{folder} is kept in step with a cloud, which can spoil a database: name another with --home")
        yield Finding(what, says.format(folder=folder), Soundness.NOTE)


def _snapshots(found: Sequence[Path]) -> Iterator[Finding]:
    from csconsole.journal import maintenance

    what, good = _("snapshots"), list[Path]()
    for snapshot in found:
        try:
            maintenance.vet(snapshot)
            good.append(snapshot)
        except UserError as error:
            yield Finding(what, str(error), Soundness.NOTE)
    if good:
        yield Finding(what, _("{count} kept, the newest is {file}").format(count=len(good), file=good[0]))
    else:
        lost, early = _("there is none to go back to"), _("none yet: the first is made when the console is opened")
        yield Finding(what, lost if found else early, Soundness.FAULT if found else Soundness.NOTE)


def _privacy(workspace: Workspace) -> Iterator[Finding]:
    files = [workspace.settings, workspace.robots, *workspace.data.glob("*.*"), *workspace.data.glob("*/*.*")]
    for file in places.open_to_others(sorted(set(files))):
        private = _("others on this computer can read {file}; chmod 600 makes it private")
        yield Finding(_("privacy"), private.format(file=file), Soundness.NOTE)
    if workspace.log.exists():
        says = _("what went wrong is written down in {file}, the last time on {date}")
        last = datetime.fromtimestamp(workspace.log.stat().st_mtime).astimezone()
        yield Finding(_("log"), says.format(file=workspace.log, date=f"{last:%Y-%m-%d %H:%M}"), Soundness.NOTE)


def _notifications(workspace: Workspace) -> Iterator[Finding]:
    from csconsole.reminders import ChannelError, channels, ways

    what = _("notifications")
    try:
        found = channels(ways(settings(workspace)))
    except UserError as error:
        yield Finding(what, str(error), Soundness.FAULT)
        return
    for channel in found:
        try:
            asyncio.run(channel.check())
            yield Finding(what, _("can be sent"))
        except ChannelError as error:
            yield Finding(what, str(error), Soundness.NOTE)
    if not found:
        yield Finding(what, _("turned off in the settings"))


def _robots(workspace: Workspace) -> Iterator[Finding]:
    """Which robots there are, never where."""
    from csconsole.reminders import ChannelError, escalating, robots

    what = _("robots")
    try:
        chosen = settings(workspace)
        after, found = escalating(chosen).after, robots(chosen, workspace.robots)
    except UserError as error:
        yield Finding(what, str(error), Soundness.FAULT)
        return
    for robot in found:
        try:
            asyncio.run(robot.check())
            says = _("{robot} is told of what has been overdue for {span}; csconsole notify test tries it")
            yield Finding(what, says.format(robot=robot.name, span=wording.span(after)))
        except ChannelError as error:
            yield Finding(what, str(error), Soundness.FAULT)
    if not found:
        yield Finding(what, _("none is set up"))
    elif trouble := reminders_trouble(workspace.log):
        at, words = trouble
        when = f"{at.astimezone():%Y-%m-%d %H:%M}"
        yield Finding(what, _("could not be told on {time}: {reason}").format(time=when, reason=words), Soundness.FAULT)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "–"


def _why(found: Found) -> str:
    match found:
        case "named":
            return _("named by --home or CSCONSOLE_HOME")
        case "current":
            return _("the current folder, for it holds schedules/supervisor.yaml")
        case "own":
            return _("the user's data folder")
