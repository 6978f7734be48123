"""Putting reminders off: for some minutes, or until a time typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from csconsole import wording
from csconsole.core.businessday import ONE_DAY
from csconsole.i18n import _, ngettext
from csconsole.tui.modals.ask import Ask, Choice
from csconsole.tui.modals.when import read_time

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

_MINUTES = (5, 10, 15, 30)


def put_off(console: ConsoleApp, keys: Sequence[str], title: str) -> None:
    """Ask until when nothing is to be said of these items, which go by `title`."""
    desk = console.desk

    def until(text: str) -> datetime:
        return read_time(text, desk.schedule, desk.now())

    def answered(text: str | None) -> None:
        if text is not None:
            when = until(text)
            said = wording.clock_time if when - desk.now() < ONE_DAY / 2 else wording.date_time
            words = _("no reminder before {time}").format(time=said(when, desk.schedule.zone))
            console.perform(partial(desk.snooze, keys, when), lambda _none: console.say_saved(words))

    ask = Ask(
        _("Later: {title}").format(title=title),
        [Choice(ngettext("{n} minute", "{n} minutes", n).format(n=n), f"+{n}m") for n in _MINUTES],
        placeholder=_("or until when, as in 15:30 or +1h"),
        check=until,
        digits=True,
    )
    console.push_screen(ask, answered)
