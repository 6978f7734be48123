"""What is said of an undo: a line."""

from __future__ import annotations

import contextlib

from csconsole.core.errors import UserError
from csconsole.core.facts import Undone
from csconsole.desk import Desk
from csconsole.i18n import _, language

_NAMED = 2
"""How many items are named."""


def taken_back(desk: Desk, undone: Undone) -> str:
    """What an undo took back."""
    names = [f"#{number}" for number in undone.incidents]
    for key in undone.keys[:_NAMED]:
        with contextlib.suppress(UserError):  # a duty may have left the schedule meanwhile
            names.append(desk.find(key).title.to(language()))
    if (more := len(undone.keys) - _NAMED) > 0:
        names.append(_("… and {n} more").format(n=more))
    nameless = {"away": _("Away"), "hand_over": _("Note"), "keep_case": _("a case")}.get(
        undone.verb, _("Close the day")
    )
    return _("taken back: {what}").format(what=" · ".join(names) or " ".join(undone.keys) or nameless)
