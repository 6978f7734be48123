"""Who is on duty: taking over, from whatever page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from csconsole import wording
from csconsole.i18n import _
from csconsole.tui.modals.ask import Ask, Choice

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp


def ask_who_takes_over(console: ConsoleApp) -> None:
    """Ask who takes over, and put them on duty: from then on they act here."""
    desk = console.desk
    names = [Choice(name, name) for name in desk.people()]

    def took_over(who: str) -> None:
        when = wording.clock_time(desk.now(), desk.schedule.zone)
        console.say(_("taken over: {name} {time}").format(name=who, time=when))

    def answered(name: str | None) -> None:
        if name:
            console.perform(partial(desk.take_over, name), took_over)

    console.push_screen(Ask(_("Who takes over?"), names, placeholder=_("or another name")), answered)
