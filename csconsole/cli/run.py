"""From a command line to an exit code: the language, the options, the command, and what is said when it fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from csconsole.cli.parser import Options, language_asked, parse
from csconsole.cli.streams import complain
from csconsole.core.errors import UserError
from csconsole.i18n import use

if TYPE_CHECKING:
    from csconsole.desk import Desk

DONE, FAILED, USER_AT_FAULT = 0, 1, 2

Show = Callable[["Desk", bool], int]
"""Opens the console on a Desk, as a rehearsal or in earnest; its exit code."""

_FAMILIES = {
    "today": "agenda",
    "done": "agenda",
    "skip": "agenda",
    "undo": "agenda",
    "log": "incidents",
    "incidents": "incidents",
    "resolve": "incidents",
    "wait": "incidents",
    "assign": "incidents",
    "note": "incidents",
    "reopen": "incidents",
    "case": "cases",
    "cases": "cases",
    "deadlines": "reports",
    "report": "reports",
    "handover": "shifts",
    "close-day": "shifts",
    "schedule": "upkeep",
    "backup": "upkeep",
    "restore": "upkeep",
    "doctor": "upkeep",
    "notify": "notify",
}
"""In which module of `cli.commands` the command of a verb is, under the verb's name (`_` for `-`)."""


def run(words: Sequence[str], show: Show) -> int:
    """Carry out a command line: a command, or the console by `show`. Lets only a broken pipe and Ctrl+C through."""
    use(language_asked(words))
    options: Options | None = None
    try:
        options = parse(words)
        use(options.lang)
        return _carry_out(options, show)
    except UserError as error:
        return _said(error, USER_AT_FAULT)
    except SystemExit:  # how argparse ends once it printed a help
        return DONE
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 -- the last resort: nobody is to see a traceback
        complain(_explained(error, options))
        return FAILED


def _carry_out(options: Options, show: Show) -> int:
    if options.verb is None or options.verb == "rehearse":
        from csconsole.cli.commands import console

        return console.rehearse(options, show) if options.verb else console.open_console(options, show)
    family = import_module(f"csconsole.cli.commands.{_FAMILIES[options.verb]}")
    command: Callable[[Options], int] = getattr(family, options.verb.replace("-", "_"))
    return command(options)


def _explained(error: Exception, options: Options | None) -> str:
    from csconsole.cli.setting import workspace_of
    from csconsole.clock import Clock
    from csconsole.desk.mishap import explained

    log = workspace_of(options).log if options is not None else None
    return explained(error, log, Clock().now(), (options and options.verb) or "console")


def _said(error: UserError, code: int) -> int:
    """One line for each fault of a file, one in all of anything else, whatever the person typed into it."""
    from csconsole.core.text import clean

    for fault in getattr(error, "faults", (error,)):
        complain(clean(str(fault)))
    return code
