"""What is to be said first of a period, found in its figures by rules: what was good, what slipped, what needs whom.

A finding carries every number that is said of it; `csconsole.reports.words` puts it into words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from csconsole.core.answer import Status
from csconsole.core.deadline import Deadline
from csconsole.core.figures import Figure
from csconsole.core.incident import Incident
from csconsole.core.period import PeriodKind
from csconsole.core.report import Outcome, Report
from csconsole.core.schedule import Text
from csconsole.core.troubles import Repeat, Times

MOST = 6
"""How many findings a reader is told of first."""


class Answered(Struct, frozen=True):
    """How much was answered; `rate` None while nothing was to be, `before` that of the period before, if known."""

    total: int
    answered: int
    on_time: int
    rate: float | None
    before: float | None


class NothingOwed(Struct, frozen=True):
    pass


class Flow(Struct, frozen=True):
    """What became of incidents; `before` were opened in the period before."""

    opened: int
    resolved: int
    open: int
    before: int


class NoIncidents(Struct, frozen=True):
    pass


class CleanDays(Struct, frozen=True):
    """On so many days, of those that are over, everything was answered on time."""

    days: int
    of: int


class Settled(Struct, frozen=True):
    times: Times


class HandedIn(Struct, frozen=True):
    """Of the deadlines that came due `met` were kept, and `waiting` are still to be, `first` of them first."""

    of: int
    met: int
    waiting: int
    first: Text | None


class Missed(Struct, frozen=True):
    """`times` of them the same check, `title`."""

    count: int
    title: Text
    times: int


class Latest(Struct, frozen=True):
    """Of a day: what was answered latest."""

    title: Text
    late: timedelta
    count: int


class RunsLate(Struct, frozen=True):
    title: Text
    late: int
    answered: int
    mean: timedelta


class Moved(Struct, frozen=True):
    figure: Figure
    before: float


class PastLimit(Struct, frozen=True):
    """Incidents whose time had run out: `theirs` are with `who` ("" for nobody); `longest` has been so for longest."""

    count: int
    who: str
    theirs: int
    longest: Incident


class Waiting(Struct, frozen=True):
    """Checks that are overdue and can still be answered, `title` for longest."""

    count: int
    title: Text


class Returns(Struct, frozen=True):
    repeat: Repeat


class FindsNothing(Struct, frozen=True):
    title: Text
    answered: int


class Ahead(Struct, frozen=True):
    deadline: Deadline


class NothingAhead(Struct, frozen=True):
    pass


Finding = (
    Answered | NothingOwed | Flow | NoIncidents | CleanDays | Settled | HandedIn | Missed | Latest | RunsLate | Moved
    | Waiting | PastLimit | Returns | FindsNothing | Ahead | NothingAhead
)  # fmt: skip


def findings(report: Report) -> tuple[Finding, ...]:
    """Three to six, in the order in which they are to be read: how it stands, what was good, what slipped, what needs
    somebody. Where there are more, the worst of each kind is said before the second of any."""
    head = [_answered(report), _flow(report)]
    good, slipped, needs = list(_good(report)), list(_slipped(report)), list(_needs(report))
    ahead = [Ahead(report.deadlines[0]) if report.deadlines else NothingAhead()]
    by_weight = [*slipped[:1], *needs[:2], *good[:1], *slipped[1:2]][: MOST - len(head)]
    chosen = by_weight or ahead
    return (*head, *(found for found in (*good, *slipped, *needs, *ahead) if found in chosen))


def _answered(report: Report) -> Finding:
    progress = report.progress
    if not progress.total:
        return NothingOwed()
    before = report.earlier[0].progress.on_time_rate if report.earlier else None
    return Answered(progress.total, progress.answered, progress.on_time, progress.on_time_rate, before)


def _flow(report: Report) -> Finding:
    incidents = report.incidents
    opened, resolved, still = len(incidents.opened), len(incidents.resolved), len(incidents.open)
    if not (opened or resolved or still):
        return NoIncidents()
    return Flow(opened, resolved, still, report.earlier[0].opened if report.earlier else 0)


def _good(report: Report) -> Iterator[Finding]:
    due = report.handed_in
    if due and all(item.on_time for item in due):
        yield HandedIn(len(due), len(due), 0, None)
    if report.clean_days:
        yield CleanDays(report.clean_days, len(report.days))
    times = report.incidents.times
    if times is not None and len(report.incidents.resolved) > 1:
        yield Settled(times)
    for figure in report.movers:
        if figure.worse is False:
            yield _moved(figure)


def _slipped(report: Report) -> Iterator[Finding]:
    missed = report.by_outcome[Outcome.MISSED]
    if missed:
        [(duty, times)] = Counter(item.occurrence.duty for item in missed).most_common(1)
        yield Missed(len(missed), next(item.title for item in missed if item.occurrence.duty == duty), times)
    due = report.handed_in
    if any(not item.on_time for item in due):
        waiting = [item for item in due if item.status.open or item.status is Status.MISSED]
        met = sum(item.on_time for item in due)
        yield HandedIn(len(due), met, len(waiting), min(waiting, key=lambda item: item.due).title if waiting else None)
    yield from _late(report)
    for figure in report.movers:
        if figure.worse is not False:
            yield _moved(figure)


def _late(report: Report) -> Iterator[Finding]:
    if report.period.kind is PeriodKind.DAY:
        late = [(item.late, item) for item in report.items if item.late is not None and not item.on_time]
        if late:
            worst, item = max(late, key=lambda each: each[0])
            yield Latest(item.title, worst, len(late))
        return
    lines = [line for line in report.by_duty if line.runs_late]
    if lines:
        line = max(lines, key=lambda each: (each.late / each.progress.answered, each.late))
        assert line.mean_late is not None  # it was answered
        yield RunsLate(line.title, line.late, line.progress.answered, line.mean_late)


def _needs(report: Report) -> Iterator[Finding]:
    if waiting := [item for item in report.items if item.status is Status.OVERDUE and not item.occurrence.deadline]:
        yield Waiting(len(waiting), min(waiting, key=lambda item: item.due).title)
    if overdue := report.incidents.overdue:
        [(who, theirs)] = Counter(incident.assignee or "" for incident in overdue).most_common(1)
        yield PastLimit(len(overdue), who, theirs, overdue[0])  # what ran out first stands first
    for repeat in report.incidents.repeats:
        yield Returns(repeat)
    if report.period.kind in (PeriodKind.MONTH, PeriodKind.YEAR, PeriodKind.SPAN):
        idle = [line for line in report.by_duty if line.finds_nothing]
        for line in sorted(idle, key=lambda line: -line.progress.answered):
            yield FindsNothing(line.title, line.progress.answered)


def _moved(figure: Figure) -> Moved:
    before = figure.earlier[0]
    assert before is not None  # or it would not have moved
    return Moved(figure, before)
