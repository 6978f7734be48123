"""From one shift to the next: what it must know, who takes over, closing the day."""

from __future__ import annotations

import sys
from pathlib import Path

from csconsole.cli import lines
from csconsole.cli.commands.agenda import date_of
from csconsole.cli.parser import Options
from csconsole.cli.setting import opened
from csconsole.cli.streams import complain, say, say_bytes
from csconsole.core.errors import UserError
from csconsole.core.period import PeriodKind, period_of
from csconsole.i18n import _


def handover(options: Options) -> int:
    """Shows the page unless it was only to be written to; what was written is said in any case."""
    if options.format == "pdf" and options.output is None and sys.stdout.isatty():
        raise UserError(
            _("{format} is not for the screen: name a file with -o, or send it on").format(format=options.format)
        )
    with opened(options) as desk:
        day = date_of(desk, options.day)
        if options.note is not None:
            word = desk.hand_over(options.note, day)
            complain(_("noted for the next shift") if word.text else _("the note to the next shift is taken back"))
        if options.take is not None:
            complain(lines.taken_over(desk, desk.take_over(options.take)))
        if options.output is not None:
            target = desk.save_handover(Path(options.output), day, options.format, unmasked=options.unmasked)
            complain(_("written to {file}").format(file=target))
        if options.print:
            printed = desk.print_handover(day, unmasked=options.unmasked)
            complain(_("sent to the printer; kept as {file}").format(file=printed))
        wrote = options.note is not None or options.take is not None
        if options.output is None and not options.print and not (wrote and options.format is None):
            paper = desk.handover_paper(day, options.format or "text", unmasked=options.unmasked)
            if options.format == "pdf":
                say_bytes(paper)
            else:
                say(paper.decode().rstrip("\n"))
    return 0


def close_day(options: Options) -> int:
    with opened(options) as desk:
        day = date_of(desk, options.day) or desk.today()
        prints = options.print or desk.prints_on_closing()
        desk.close_day(options.note, day, leave_missed=options.leave_missed)
        period = period_of(PeriodKind.DAY, day)
        say(desk.paper(period, "json").decode().rstrip("\n") if options.json else lines.closed(desk, day))
        if prints:
            printed = desk.print_paper(period)
            complain(_("sent to the printer; kept as {file}").format(file=printed))
    return 0
