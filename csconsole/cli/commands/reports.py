"""What looks at more than a day: due dates, and reports on screen, in files and on paper."""

from __future__ import annotations

import sys
from pathlib import Path

from csconsole.cli import lines
from csconsole.cli.commands.agenda import date_of
from csconsole.cli.parser import Options
from csconsole.cli.setting import opened
from csconsole.cli.streams import complain, say, say_bytes
from csconsole.core.errors import UserError
from csconsole.core.report import PeriodKind
from csconsole.i18n import _


def deadlines(options: Options) -> int:
    with opened(options) as desk:
        found = desk.deadlines(date_of(desk, options.first), date_of(desk, options.last))
        say(desk.deadlines_json(found).rstrip("\n") if options.json else lines.deadlines(desk, found))
    return 0


def report(options: Options) -> int:
    if options.format == "pdf" and options.output is None and sys.stdout.isatty():
        raise UserError(_("a PDF is not for the screen: name a file with -o, or send it on"))
    kind = PeriodKind(options.period)
    with opened(options) as desk:
        day = date_of(desk, options.day)
        if options.output is not None:
            target = desk.save_paper(Path(options.output), kind, day, options.format)
            complain(_("written to {file}").format(file=target))
        if options.print:
            printed = desk.print_paper(kind, day)
            complain(_("sent to the printer; kept as {file}").format(file=printed))
        if options.output is None and not options.print:
            paper = desk.paper(kind, day, options.format or "text")
            if options.format == "pdf":
                say_bytes(paper)
            else:
                say(paper.decode().rstrip("\n"))
    return 0
