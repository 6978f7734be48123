"""What people of the made-up year do, and who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from csconsole.core.case import CaseDraft
from csconsole.core.facts import NewMark
from csconsole.core.incident import Draft, NewEvent
from csconsole.journal.tables import Verb

WANG, LI, ZHANG, CHEN, NIGHT = "王主管", "小李", "小张", "小陈", "夜班"


@dataclass(frozen=True, slots=True)
class Deed:
    """One action by one person. What belongs to its verb is set; `undoes` and `of` are earlier deeds."""

    at: datetime
    by: str
    verb: Verb
    marks: Sequence[NewMark] = ()
    draft: Draft | None = None
    of: Deed | None = None
    events: Sequence[NewEvent] = ()
    text: str = ""
    day: date | None = None
    undoes: Deed | None = None
    case: CaseDraft | None = None
