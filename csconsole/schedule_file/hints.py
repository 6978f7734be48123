"""Pieces of messages: what stands in the file as it can be shown, and what was probably meant."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Any

from csconsole.core.text import clean, truncate
from csconsole.i18n import _

_CELLS = 40
_FEW = 20
_MANY = 600  # all time zones; more would take too long to compare


def shown(value: Any) -> str:
    """A value of the file, short and without anything a terminal would obey."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if not math.isfinite(value):
            return "." + str(value)
        case str() | int() | float():
            return truncate(clean(str(value)), _CELLS)
        case list():
            return "[…]"
        case dict():
            return "{…}"
        case _:
            return ""


def guess(value: str, known: Iterable[str], otherwise: str = "") -> str:
    """ ", did you mean 'x'?" where something known is close to `value`; else what is known, if that is not too much;
    else `otherwise`."""
    names = {name.lower(): name for name in sorted(islice(known, _MANY))}
    near = get_close_matches(value[:_CELLS].lower(), names, n=1)
    if near:
        return _(", did you mean '{name}'?").format(name=names[near[0]])
    if names and len(names) <= _FEW:
        return _(", known are: {names}").format(names=", ".join(names.values()))
    return otherwise
