"""Opening the console: in earnest, or on a scratch copy to rehearse."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

from csconsole.cli.parser import PROGRAM, Options
from csconsole.cli.run import Show
from csconsole.cli.setting import desk_of
from csconsole.core.errors import UserError
from csconsole.i18n import _


def open_console(options: Options, show: Show) -> int:
    _need_a_terminal()
    desk = desk_of(options, console=os.urandom(8).hex())
    # Who was put on duty last is on duty still, unless it is said who acts.
    desk.resumes_duty = options.by is None
    return show(desk, False)


def rehearse(options: Options, show: Show) -> int:
    _need_a_terminal()
    with desk_of(options).rehearsal(options.day or timedelta(), options.speed) as scratch:
        return show(scratch, True)


def _need_a_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(
            _("the console needs a terminal; for plain text there is {command}").format(command=f"{PROGRAM} today")
        )
