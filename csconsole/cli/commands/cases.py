"""Cases: keeping what an incident taught, and reading it again."""

from __future__ import annotations

import sys
from pathlib import Path

from msgspec.structs import replace

from csconsole.cli.commands.agenda import date_of
from csconsole.cli.parser import Options
from csconsole.cli.setting import opened
from csconsole.cli.streams import complain, say, say_bytes
from csconsole.cli.values import incident
from csconsole.core.case import CaseDraft
from csconsole.core.errors import UserError
from csconsole.desk import Desk
from csconsole.i18n import _


def case(options: Options) -> int:
    """The number goes to stdout and is all that does."""
    with opened(options) as desk:
        draft = _drafted(desk, options)
        kept = desk.keep_case(draft) if options.revise is None else desk.revise_case(options.revise, draft)
        say(str(kept.number))
        complain(_("case {number} kept: {title}").format(number=kept.number, title=kept.draft.title))
    return 0


def _drafted(desk: Desk, options: Options) -> CaseDraft:
    """What is there already, with what the options say in its place."""
    if options.revise is not None:
        draft = desk.case(options.revise).draft
    elif options.key is not None:
        draft = desk.case_of(incident(options.key))
    elif options.title:
        draft = CaseDraft(options.title, next(iter(desk.schedule.categories)), "", "")
    else:
        raise UserError(_("name an incident, or say with --title what to call the case"))
    said = {name: getattr(options, name) for name in ("title", "category", "happened", "did", "next_time", "good")}
    return replace(draft, **{name: value for name, value in said.items() if value is not None})


def cases(options: Options) -> int:
    if options.format == "pdf" and options.output is None and sys.stdout.isatty():
        raise UserError(
            _("{format} is not for the screen: name a file with -o, or send it on").format(format=options.format)
        )
    with opened(options) as desk:
        book = desk.cases(
            " ".join(options.line),
            good=options.good,
            category=options.category,
            first=date_of(desk, options.first) if options.first else None,
            last=date_of(desk, options.last) if options.last else None,
        )
        if options.output is not None:
            target = desk.save_cases(Path(options.output), book, options.format, unmasked=options.unmasked)
            complain(_("written to {file}").format(file=target))
        if options.print:
            printed = desk.print_cases(book, unmasked=options.unmasked)
            complain(_("sent to the printer; kept as {file}").format(file=printed))
        if options.output is None and not options.print:
            paper = desk.case_paper(book, options.format or "text", unmasked=options.unmasked)
            if options.format == "pdf":
                say_bytes(paper)
            else:
                say(paper.decode().rstrip("\n"))
    return 0
