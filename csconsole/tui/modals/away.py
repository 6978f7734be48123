"""Going away until a time, and coming back: reminders wait meanwhile."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from csconsole import wording
from csconsole.core.facts import Away
from csconsole.i18n import _, ngettext
from csconsole.tui.modals.ask import Ask, Choice
from csconsole.tui.modals.when import read_time

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

_MINUTES = (15, 30, 60)


def leave_or_come_back(console: ConsoleApp) -> None:
    """Ask until when whoever acts here is away; where they are away, they are back."""
    desk = console.desk
    if desk.away():
        console.perform(desk.come_back, lambda _none: console.say_saved(_("back")))
        return

    def until(text: str) -> datetime:
        return read_time(text, desk.schedule, desk.now())

    def left(away: Away) -> None:
        time = wording.clock_time(away.until, desk.schedule.zone)
        console.say_saved(_("away until {time}").format(time=time))

    def answered(text: str | None) -> None:
        if text is not None:
            console.perform(partial(desk.leave, until(text)), left)

    ask = Ask(
        _("Away until?"),
        [Choice(ngettext("{n} minute", "{n} minutes", n).format(n=n), f"+{n}m") for n in _MINUTES],
        placeholder=_("or until when, as in 13:30 or +2h"),
        check=until,
        digits=True,
    )
    console.push_screen(ask, answered)
