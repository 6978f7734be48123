"""The Desk: everything a supervisor can do, whoever asks. The two front ends talk to it and to nothing below it."""

from __future__ import annotations

from csconsole.desk.cases import Cases
from csconsole.desk.clocks import Clocks
from csconsole.desk.reminding import Reminding
from csconsole.desk.shapes import Shapes
from csconsole.desk.trends import Trends
from csconsole.desk.upkeep import Upkeep
from csconsole.journal import Damaged, Held, JournalError, NotRead, NotSaved

__all__ = ["Damaged", "Desk", "Held", "JournalError", "NotRead", "NotSaved"]


class Desk(Cases, Reminding, Clocks, Shapes, Trends, Upkeep):
    """All verbs, one file a family."""
