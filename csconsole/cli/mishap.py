"""What went wrong where nobody is at fault: one plain sentence for the person, the rest into a file."""

from __future__ import annotations

import contextlib
import os
import traceback

from csconsole.cli.parser import Options
from csconsole.cli.setting import workspace_of
from csconsole.clock import Clock
from csconsole.core.text import clean
from csconsole.desk import JournalError
from csconsole.i18n import _

_FULL = 1_000_000
"""Bytes after which the file begins anew."""


def explained(error: Exception, options: Options | None) -> str:
    """One line that says what happened, having written down the traceback where that is of any use."""
    if isinstance(error, JournalError):
        return clean(str(error))
    reason = clean(f"{type(error).__name__}: {error}", limit=500)
    log = _written_down(error, options)
    if log is None:
        return _("something went wrong: {reason}").format(reason=reason)
    return _("something went wrong: {reason}; the details are in {log}").format(reason=reason, log=log)


def _written_down(error: Exception, options: Options | None) -> str | None:
    """The file the traceback went into; None where there is no place for one."""
    with contextlib.suppress(Exception):
        assert options is not None
        log = workspace_of(options).data / "csconsole.log"
        if log.exists() and log.stat().st_size > _FULL:
            log.unlink()
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{Clock().now().isoformat()} {options.verb or 'console'}\n")
            file.writelines(traceback.format_exception(error))
        return str(log)
    return None
