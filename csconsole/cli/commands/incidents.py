"""What went wrong: logging it, listing it, resolving it."""

from __future__ import annotations

from csconsole.cli import lines
from csconsole.cli.parser import Options
from csconsole.cli.setting import opened
from csconsole.cli.streams import complain, say
from csconsole.core.incident import WaitingOn
from csconsole.core.search import State
from csconsole.i18n import _
from csconsole.wording import line as linewording

ALL = 2**31 - 1
"""A script is to get all there are."""


def log(options: Options) -> int:
    """The number goes to stdout and is all that does; how the line was read goes to stderr."""
    line = " ".join(options.line)
    with opened(options) as desk:
        lexicon = desk.lexicon()
        notes = desk.read_line(line, lexicon).notes
        incident = desk.log(line, lexicon)
        say(str(incident.number))
        for said in (lines.incident(desk, incident), *(linewording.log_note(note, desk.schedule) for note in notes)):
            complain(said)
    return 0


def incidents(options: Options) -> int:
    with opened(options) as desk:
        found = desk.find_incidents(
            options.find,
            shop=options.shop,
            category=options.category,
            person=_or_nobody(options.person) if options.person else None,
            state=State.ALL if options.all else State(options.state) if options.state else None,
            older_than=options.older_than,
            most=ALL,
        ).incidents
        say(desk.incidents_json(found).rstrip("\n") if options.json else lines.incidents(desk, found))
    return 0


def resolve(options: Options) -> int:
    """Orders that are named are closed; the incident is resolved where none is."""
    with opened(options) as desk:
        if not options.order:
            say(lines.incident(desk, desk.resolve(options.number, options.note or "")))
            return 0
        found = desk.close_orders(options.number, options.order, options.note or "")
        say(lines.incident(desk, found))
        if not found.orders_left:
            complain(_("all its orders are closed; if that is all: csconsole resolve {n}").format(n=found.number))
    return 0


def reopen(options: Options) -> int:
    with opened(options) as desk:
        say(lines.incident(desk, desk.reopen(options.number, options.note or "")))
    return 0


def note(options: Options) -> int:
    with opened(options) as desk:
        say(lines.incident(desk, desk.remark(options.number, " ".join(options.line))))
    return 0


def assign(options: Options) -> int:
    with opened(options) as desk:
        say(lines.incident(desk, desk.assign(options.number, _or_nobody(options.person or ""))))
    return 0


def wait(options: Options) -> int:
    number, note = options.number, options.note or ""
    with opened(options) as desk:
        found = desk.go_on(number, note) if options.on == "nobody" else desk.wait(number, WaitingOn(options.on), note)
        say(lines.incident(desk, found))
    return 0


def _or_nobody(name: str) -> str:
    return "" if name.strip() == "-" else name
