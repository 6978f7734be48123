"""What went wrong: logging it, listing it, resolving it."""

from __future__ import annotations

from csconsole import linewording
from csconsole.cli import lines
from csconsole.cli.parser import Options
from csconsole.cli.setting import opened
from csconsole.cli.streams import complain, say


def log(options: Options) -> int:
    """The number goes to stdout and is all that does; how the line was read goes to stderr."""
    line = " ".join(options.line)
    with opened(options) as desk:
        notes = desk.read_line(line).notes
        incident = desk.log(line)
        say(str(incident.number))
        for said in (lines.incident(desk, incident), *(linewording.log_note(note, desk.schedule) for note in notes)):
            complain(said)
    return 0


def incidents(options: Options) -> int:
    with opened(options) as desk:
        found = desk.incidents(all=options.all)
        say(desk.incidents_json(found).rstrip("\n") if options.json else lines.incidents(desk, found))
    return 0


def resolve(options: Options) -> int:
    with opened(options) as desk:
        say(lines.incident(desk, desk.resolve(options.number, options.note or "")))
    return 0
