"""The console in the terminal. It talks to the Desk and to nothing below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csconsole.desk import Desk

TURN = 0.0005
"""Seconds after which a thread lets another have its turn, a tenth of the usual: keys are read, and frames written, in
threads of their own, and wait neither for what is loaded nor for what follows from a frame."""


def run(desk: Desk, rehearsal: bool = False) -> int:
    """Open the console over `desk`, which is not open yet, and return the exit code when it is left. Raises what went
    wrong in it where nobody expected it."""
    import sys

    from csconsole.tui.app import ConsoleApp

    sys.setswitchinterval(TURN)
    app = ConsoleApp(desk, rehearsal=rehearsal)
    result = app.run()
    if app._exception is not None:
        raise app._exception
    if app.farewell:
        sys.stderr.write(app.farewell + "\n")
    if app.unsaved:
        return 1
    return result if result is not None else app.return_code or 0
