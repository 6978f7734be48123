"""Incidents and due dates as lists of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import dropwhile, takewhile

from msgspec import Struct
from rich.text import Text

from csconsole import wording
from csconsole.core.answer import Status
from csconsole.core.deadline import Deadline
from csconsole.core.incident import Incident, IncidentStatus
from csconsole.core.text import fit, truncate, width
from csconsole.i18n import _, language
from csconsole.tui.board import Board
from csconsole.tui.widgets.bars import short
from csconsole.tui.widgets.rows import Part, Rows
from csconsole.wording import life as lifewording
from csconsole.wording import limits as limitwording


class IncidentLine(Struct, frozen=True):
    incident: Incident
    board: Board


class IncidentList(Rows[IncidentLine]):
    """Incidents in the order given: what, where, with whom, how much time is left."""

    def id_of(self, entry: IncidentLine) -> str:
        return str(entry.incident.number)

    def parts(self, entry: IncidentLine, cells: int) -> list[Part]:
        incident = entry.incident
        clock, style = clock_of(incident, entry.board.now)
        who = f"@{lifewording.person(entry.board.schedule, incident.assignee)} " if incident.assignee else ""
        head = short(incident, entry.board)
        mark = wording.severity_mark(incident.severity)
        head = f"{head} {mark} " if mark else f"{head} "
        room = max(4, cells - width(head) - width(who) - width(clock) - 2)
        done = incident.status is IncidentStatus.RESOLVED
        return [
            (head, "rows--muted" if done else "rows--strong" if mark else ""),
            (fit(incident.title, room), "rows--muted" if done else ""),
            (" " + who, "rows--muted"),
            (clock + " ", style),
        ]


def clock_of(incident: Incident, now: datetime) -> tuple[str, str]:
    """The time an incident has left, or that it is settled, with the style that goes with it."""
    if incident.status is IncidentStatus.RESOLVED:
        return f"✓ {wording.incident_status(incident.status)}", "rows--good"
    nearest, words = incident.nearest(now), limitwording.left(incident, now)
    if nearest is None:
        return _("no limit"), "rows--muted"
    clock, left = nearest
    if left < timedelta():
        return f"▲ {words}", "rows--overdue"
    if incident.stands_still(clock):
        return words, "rows--muted"
    return words, "rows--due" if left < timedelta(hours=1) else ""


class DeadlineLine(Struct, frozen=True):
    """A due date; `why` is a line of the reason it moved, below it."""

    deadline: Deadline
    today: datetime
    why: str = ""


class DeadlineList(Rows[DeadlineLine]):
    """Due dates, nominal ones beside them where they moved."""

    def __init__(self, *, id: str, empty: str = "") -> None:
        super().__init__(id=id, empty=empty)
        self._deadlines: Sequence[Deadline] = ()
        self._today: datetime | None = None
        self._folded_to = 0

    def show_deadlines(self, deadlines: Iterable[Deadline], today: datetime, *, cursor: str | None = None) -> None:
        """Show these, each with the reason it moved, or that it may yet move, in as many lines as it takes."""
        self._deadlines, self._today = tuple(deadlines), today
        self._fold(cursor)

    def on_resize(self) -> None:
        if self._folded_to != self.size.width:
            self._fold()

    def _fold(self, cursor: str | None = None) -> None:
        if self._today is None:
            return
        self._folded_to = self.size.width
        cells = max(16, self._folded_to - 4)  # beside the cursor, an indent of two, and a scroll bar
        lines: list[DeadlineLine] = []
        for deadline in self._deadlines:
            lines.append(DeadlineLine(deadline, self._today))
            why = wording.moved_reason(deadline.adjusted) or wording.provisional_note(deadline.adjusted)
            folded = Text(why).wrap(self.app.console, cells) if why else ()
            lines += [DeadlineLine(deadline, self._today, line.plain) for line in folded]
        self.show(lines, cursor=cursor)

    def reveal(self, id: str) -> None:
        """Bring a due date into view with the reason it moved."""
        super().reveal(id)
        below = list(dropwhile(lambda each: each != id, self._ids()))[1:]
        why = len(list(takewhile(lambda each: each is None, below)))
        end = len(self._entries) - len(below) + why
        if self.size.height > why and end > self.scroll_offset.y + self.size.height:
            self.scroll_to(y=end - self.size.height, animate=False, force=True)

    def id_of(self, entry: DeadlineLine) -> str | None:
        return None if entry.why else entry.deadline.key

    def parts(self, entry: DeadlineLine, cells: int) -> list[Part]:
        deadline = entry.deadline
        if entry.why:
            return [("  " + truncate(entry.why, cells - 2), "rows--muted")]
        when = wording.date_label(deadline.day)
        moved = f" ({deadline.nominal:%m-%d})" if deadline.moved_days else ""
        state, style = deadline_state(deadline, entry.today)
        room = max(8, cells - width(when) - width(moved) - width(state) - 3)
        return [
            (when, "rows--strong"),
            (moved, "rows--muted"),
            (" " + fit(deadline.title.to(language()), room), ""),
            (" " + state + " ", style),
        ]


def deadline_state(deadline: Deadline, today: datetime) -> tuple[str, str]:
    """How it stands, or how far off it is, with the style that goes with it."""
    status = deadline.status
    if status is not None and status is not Status.UPCOMING:
        style = "rows--overdue" if status in (Status.OVERDUE, Status.MISSED) else "rows--good"
        return f"{wording.status_glyph(status)} {wording.status(status)}", style
    words = wording.days_ahead((deadline.day - today.date()).days)
    return (f"? {words}" if deadline.provisional else words), "rows--muted"
