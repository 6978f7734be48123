"""What is wrong with a file, and where: every fault at once, so that one round of mending is enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from csconsole.core.errors import UserError
from csconsole.i18n import ngettext

SHOWN = 200
"""Faults told apart; of more, only the number is said."""


class Place(NamedTuple):
    """A line and a column of the file, both from 1, the column in characters."""

    line: int
    column: int


START = Place(1, 1)


class Fault(Struct, frozen=True, order=True):
    """One fault. `message` is one line in the user's language, with a hint how to mend it."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class Faults(UserError):
    """All that is wrong with one file, in the order of its lines."""

    def __init__(self, name: str, found: Iterable[tuple[Place, str]]) -> None:
        each = sorted(found)
        self.faults = [Fault(name, *place, message) for place, message in dict.fromkeys(each[:SHOWN])]
        if len(each) > SHOWN:
            rest = len(each) - SHOWN
            more = ngettext("and {count} more fault", "and {count} more faults", rest).format(count=rest)
            self.faults.append(Fault(name, *each[SHOWN][0], more))
        super().__init__("\n".join(map(str, self.faults)))
