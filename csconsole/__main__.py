"""`csconsole`: commands for the shell, or the console. The one place that knows both front ends."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from csconsole import __version__
from csconsole.cli import streams

if TYPE_CHECKING:
    from csconsole.desk import Desk


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command line (None: the process's own); the exit code: 0 done, 2 the user's input is at fault,
    1 anything else."""
    if argv is not None:
        return _guarded(list(argv))
    # To look for garbage among half a million objects that stay is a third of what a command takes, most of it when
    # the process ends. The console turns it on when it is loaded.
    gc.disable()
    try:
        return _guarded(sys.argv[1:])
    finally:
        gc.freeze()


def _guarded(words: list[str]) -> int:
    return streams.guarded(lambda: _main(words))


def _main(words: list[str]) -> int:
    if words[:1] == ["--version"]:  # not even the parser is needed to say this
        streams.say(f"csconsole {__version__}")
        return 0
    from csconsole.cli.run import run

    return run(words, _show)


def _show(desk: Desk, rehearsal: bool) -> int:
    from csconsole.tui import run

    return run(desk, rehearsal)


if __name__ == "__main__":
    sys.exit(main())
