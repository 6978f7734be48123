"""The Desk: everything a supervisor can do, whoever asks. The two front ends talk to it and to nothing below it."""

from __future__ import annotations

from csconsole.desk.answers import Answers
from csconsole.desk.days import Days
from csconsole.desk.incidents import Incidents
from csconsole.desk.reminding import Reminding
from csconsole.journal import JournalError, NotSaved

__all__ = ["Desk", "JournalError", "NotSaved"]


class Desk(Answers, Incidents, Days, Reminding):
    """All verbs, one file a family."""
