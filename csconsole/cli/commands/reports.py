"""What looks at more than a day: due dates, and reports on screen, in files and on paper."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from csconsole.cli import lines
from csconsole.cli.commands.agenda import date_of
from csconsole.cli.parser import Options
from csconsole.cli.setting import opened
from csconsole.cli.streams import complain, say, say_bytes
from csconsole.cli.values import Span
from csconsole.core.errors import UserError
from csconsole.core.packs import MeetingPack, Pack, RefundPack
from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.desk import Desk
from csconsole.i18n import _

BINARY = ("pdf", "xlsx")
"""Formats that are no text."""


def deadlines(options: Options) -> int:
    if options.month is not None and (options.first or options.last):
        raise UserError(_("--month stands for a span of its own: leave --from and --to out"))
    if options.json and options.ics:
        raise UserError(_("say --json or --ics, not both"))
    with opened(options) as desk:
        month = desk.month(options.month) if options.month is not None else None
        found = month.deadlines if month else desk.deadlines(date_of(desk, options.first), date_of(desk, options.last))
        if options.ics:
            say_bytes(desk.deadlines_ics(found))
        elif options.json:
            say(desk.deadlines_json(found).rstrip("\n"))
        else:
            calendar = [*lines.month(desk, month), ""] if month else []
            say("\n".join([*calendar, lines.deadlines(desk, found)]))
    return 0


def report(options: Options) -> int:
    if options.format in BINARY and options.output is None and sys.stdout.isatty():
        raise UserError(
            _("{format} is not for the screen: name a file with -o, or send it on").format(format=options.format)
        )
    with opened(options) as desk:
        about = _about(desk, options)
        if options.as_closed:
            return _as_closed(desk, about, options)
        if options.output is not None:
            target = desk.save_paper(
                Path(options.output), about, options.format, table=options.table, unmasked=options.unmasked
            )
            complain(_("written to {file}").format(file=target))
        if options.print:
            printed = desk.print_paper(about, unmasked=options.unmasked)
            complain(_("sent to the printer; kept as {file}").format(file=printed))
        if options.output is None and not options.print:
            paper = desk.paper(about, options.format or "text", table=options.table, unmasked=options.unmasked)
            if options.format in (*BINARY, "csv"):
                say_bytes(paper)
            else:
                say(paper.decode().rstrip("\n"))
    return 0


def _as_closed(desk: Desk, about: Period | Pack, options: Options) -> int:
    if not isinstance(about, Period) or about.kind is not PeriodKind.DAY or options.print:
        raise UserError(_("--as-closed shows a day as it was kept: csconsole report day DATE --as-closed"))
    day, unmasked = about.first, options.unmasked
    if options.output is not None:
        target = desk.save_as_closed(Path(options.output), day, options.format, unmasked=unmasked)
        complain(_("written to {file}").format(file=target))
    else:
        say(desk.as_closed(day, options.format or "text", unmasked=unmasked).decode().rstrip("\n"))
    return 0


def _about(desk: Desk, options: Options) -> Period | Pack:
    first, last = date_of(desk, options.first), date_of(desk, options.last)
    if options.period != PeriodKind.SPAN:
        if first or last:
            raise UserError(_("--from and --to belong to a span: csconsole report span --from D --to D"))
        return _around(options.period, _day(desk, options))
    if first is None or options.around is not None:
        raise UserError(_("say from which day to which: csconsole report span --from D --to D"))
    return Period(PeriodKind.SPAN, first, last or desk.today())


def _around(what: str, day: date) -> Period | Pack:
    match what:
        case "meeting":
            return MeetingPack.of(day)
        case "refunds":
            return RefundPack.of(day)
    return period_of(PeriodKind(what), day)


def _day(desk: Desk, options: Options) -> date:
    """A day in what is asked for. A year or a month says which only where it is no longer."""
    around = options.around
    if not isinstance(around, Span):
        return date_of(desk, around) or desk.today()
    fits = ("year",) if around.text == f"{around.first:%Y}" else ("month", "year", "refunds")
    if options.period not in fits:
        words = _("{given} is more than was asked for: say which day, as in {example}")
        raise UserError(words.format(given=around.text, example=f"{around.first:%Y-%m}-23"))
    return around.first
