"""What is said of an edit of the schedule: a line."""

from __future__ import annotations

import os
from pathlib import Path

from csconsole.core.edits import Edits
from csconsole.core.schedule import Duty
from csconsole.i18n import _, language

_NAMED = 2
"""How many duties of a kind are named."""


def words(edits: Edits) -> str:
    """That the schedule was edited, and what changed."""
    kinds = (
        (_("new: {duties}"), edits.added),
        (_("changed: {duties}"), edits.changed),
        (_("gone: {duties}"), edits.removed),
    )
    changes = [words.format(duties=_named(duties)) for words, duties in kinds if duties]
    if not changes:
        return _("the schedule was edited: in force from now on")
    return _("the schedule was edited: {changes}").format(changes="; ".join(changes))


def fault(error: Exception, folder: Path) -> str:
    """Why it cannot be taken up, in one line. It is the line of the file that is looked for: without its folder the
    file leaves room for it."""
    first, *more = str(error).splitlines()
    words = _("{fault} … and {n} more").format(fault=first, n=len(more)) if more else first
    return words.removeprefix(f"{folder}{os.sep}")


def _named(duties: tuple[Duty, ...]) -> str:
    names = [duty.title.to(language()).replace("{month}", "…") for duty in duties[:_NAMED]]
    if more := len(duties) - _NAMED:
        names += [_("… and {n} more").format(n=more)] if more > 0 else []
    return ", ".join(names)
