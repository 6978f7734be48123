"""The day's checks: looking at them, answering them, taking it back."""

from __future__ import annotations

from datetime import date, timedelta

from csconsole.cli import lines
from csconsole.cli.parser import Options
from csconsole.cli.setting import opened
from csconsole.cli.streams import say
from csconsole.cli.values import quoted
from csconsole.core.errors import UserError
from csconsole.core.facts import MarkKind
from csconsole.core.text import clean, halfwidth
from csconsole.desk import Desk
from csconsole.i18n import _


def today(options: Options) -> int:
    with opened(options) as desk:
        agenda = desk.look(date_of(desk, options.day))
        say(desk.agenda_json(agenda).rstrip("\n") if options.json else lines.day(desk, agenda))
    return 0


def done(options: Options) -> int:
    readings: dict[tuple[str, str], float] = {}
    for metric, value in options.reading:
        place = (options.shop or "", metric)
        if readings.setdefault(place, value) != value:
            raise UserError(_("the reading {name} is given twice: leave one out").format(name=quoted(metric)))
    kind = MarkKind.ISSUE if options.issue else MarkKind.DONE
    with opened(options) as desk:
        item = desk.answer(key_of(options), kind, shop=options.shop, readings=readings, note=options.note)
        say(lines.recorded(desk, item, options.shop))
    return 0


def skip(options: Options) -> int:
    with opened(options) as desk:
        item = desk.skip(key_of(options), options.reason, shop=options.shop)
        say(lines.recorded(desk, item, options.shop))
    return 0


def undo(options: Options) -> int:
    with opened(options) as desk:
        say(lines.taken_back(desk, desk.undo()))
    return 0


def key_of(options: Options) -> str:
    """The key as typed, perhaps with a full-width ＠."""
    return halfwidth(clean(options.key)).strip()


def date_of(desk: Desk, said: date | timedelta | None) -> date | None:
    return desk.today() + said if isinstance(said, timedelta) else said
