"""The period beside those before it, and its parts beside one another."""

from __future__ import annotations

from collections.abc import Iterator

from csconsole import wording
from csconsole.core.period import PeriodKind
from csconsole.core.report import Report, Side
from csconsole.i18n import _
from csconsole.reports import phrases
from csconsole.reports.document import Column, Group, Row, Section, Table


def beside(report: Report) -> Iterator[Section]:
    """Nothing where nothing is known of what was before."""
    earlier = [side for side in report.earlier if side.progress.total or side.opened or side.resolved]
    if not earlier and not report.parts:
        return
    columns = (
        Column(_("Period"), wide=True),
        Column(_("Answered"), number=True),
        Column(_("On time"), number=True),
        Column(_("Issues"), number=True),
        Column(_("Missed"), number=True),
        Column(_("Opened"), number=True),
        Column(_("Resolved"), number=True),
        Column(_("Median time"), number=True),
    )
    sides = tuple(_row(report, side) for side in (report.side, *earlier))
    groups = [Group("", sides)]
    if report.parts:
        by_month = report.parts[0].period.kind is PeriodKind.MONTH
        heading = _("Month by month") if by_month else _("Week by week")
        groups.append(Group(heading, tuple(_row(report, side) for side in report.parts)))
    yield Section(_("Beside what was before"), (Table(columns, tuple(groups)),))


def _row(report: Report, side: Side) -> Row:
    progress = side.progress
    return Row(
        (
            phrases.period_label(side.period),
            phrases.answered(progress) if progress.total else phrases.NOTHING,
            phrases.percent(progress.on_time_rate),
            phrases.count(progress.issue),
            phrases.count(progress.missed),
            str(side.opened),
            str(side.resolved),
            wording.span(side.times.median) if side.times else phrases.NOTHING,
        )
    )
