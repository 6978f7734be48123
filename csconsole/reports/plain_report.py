"""A report as JSON (DESIGN.md §4): for scripts, and to be kept. Lengths of time are seconds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from csconsole.core.facts import Closing
from csconsole.core.figures import Figure
from csconsole.core.period import Period, PeriodKind
from csconsole.core.report import Report, Side
from csconsole.core.tally import ShopLine, Tally
from csconsole.core.troubles import IncidentLine, Repeat
from csconsole.i18n import language
from csconsole.reports.handover_json import shift_plain
from csconsole.reports.plain import (
    Plain,
    case_plain,
    day_plain,
    deadline_plain,
    incident_plain,
    instant,
    item_plain,
    number,
    progress_plain,
    seconds,
)
from csconsole.reports.words import in_words


def report_plain(report: Report) -> dict[str, Plain]:
    zone, period = report.schedule.zone, report.period
    plain: dict[str, Plain] = {
        "period": _period(period),
        "now": instant(report.now, zone),
        "words": list(in_words(report)),
        "progress": progress_plain(report.progress),
        "late": report.late,
        "clean_days": report.clean_days,
        "since": report.since.isoformat(),
        "earlier": [_side(side) for side in report.earlier],
        "parts": [_side(side) for side in report.parts],
    }
    if period.kind is PeriodKind.DAY:
        plain["day"] = day_plain(report.days[0][0])
        plain["items"] = [item_plain(item, zone) for item in report.items]
    else:
        plain["by_day"] = [{**day_plain(day), "progress": progress_plain(progress)} for day, progress in report.days]
        plain["items"] = [item_plain(item, zone) for item in report.exceptions]
    closing = report.closing
    return {
        **plain,
        "by_duty": [
            {
                "duty": line.duty,
                "kind": line.kind.value,
                "title": line.title.to(language()),
                "category": line.category,
                **_tally(line),
            }
            for line in report.by_duty
        ],
        "by_category": [{"category": line.category, **_tally(line)} for line in report.by_category],
        "by_shop": [_shop(line) for line in report.by_shop],
        "by_person": [{"person": line.person, **_tally(line)} for line in report.by_person],
        "skipped_because": [
            {"reason": reason.text, "count": reason.count, "titles": [each.to(language()) for each in reason.titles]}
            for reason in report.reasons
        ],
        "incidents": {
            name: [incident_plain(incident, report.until, report.schedule) for incident in incidents]
            for name, incidents in (
                ("opened", report.incidents.opened),
                ("resolved", report.incidents.resolved),
                ("open", report.incidents.open),
            )
        },
        "incident_figures": _incident_figures(report),
        "readings": _readings(report),
        "movers": [{"metric": figure.metric, "shop": figure.shop} for figure in report.movers],
        "cases": [case_plain(case, report.schedule) for case in report.cases],
        "deadlines_due": [
            {"key": item.key, "title": item.title.to(language()), "kept": item.on_time, "status": item.status.value}
            for item in report.handed_in
        ],
        "deadlines": [deadline_plain(deadline, zone) for deadline in report.deadlines],
        "handover": closing.handover if closing else None,
        **(shift_plain(report.handover) if report.handover else {}),
        "handovers": [_handover(each, zone) for each in report.closings],
        "closed_at": instant(closing.closed_at, zone) if closing else None,
        "closed_by": closing.by if closing else None,
    }


def _period(period: Period) -> dict[str, Plain]:
    return {"kind": period.kind.value, "from": period.first.isoformat(), "to": period.last.isoformat()}


def _side(side: Side) -> dict[str, Plain]:
    return {
        "period": _period(side.period),
        "progress": progress_plain(side.progress),
        "opened": side.opened,
        "resolved": side.resolved,
        "median_seconds": seconds(side.times.median if side.times else None),
    }


def _tally(line: Tally) -> dict[str, Plain]:
    spent = None if line.mean_spent is None else number(round(line.mean_spent / timedelta(minutes=1), 1))
    return {
        **progress_plain(line.progress),
        "late": line.late,
        "mean_late_seconds": seconds(line.mean_late),
        "worst_late_seconds": seconds(line.worst_late),
        "timed": line.timed,
        "mean_minutes_spent": spent,
        "found": line.found,
        "runs_late": line.runs_late,
        "finds_nothing": line.finds_nothing,
    }


def _shop(line: ShopLine) -> dict[str, Plain]:
    return {
        "shop": line.shop,
        "total": line.total,
        "answered": line.answered,
        "on_time": line.on_time,
        "issue": line.issue,
        "skipped": line.skipped,
        "missed": line.missed,
    }


def _incident_figures(report: Report) -> dict[str, Plain]:
    incidents, schedule = report.incidents, report.schedule
    times = incidents.times
    return {
        "opened": len(incidents.opened),
        "resolved": len(incidents.resolved),
        "open": len(incidents.open),
        "past_limit": [incident.number for incident in incidents.overdue],
        "median_seconds": seconds(times.median if times else None),
        "worst_seconds": seconds(times.worst if times else None),
        "slowest": times.slowest.number if times else None,
        "by_category": _lines(incidents.by_category(schedule.categories)),
        "by_shop": _lines(incidents.by_shop(schedule.shops)),
        "by_person": _lines(incidents.by_person()),
        "repeats": [_repeat(repeat) for repeat in incidents.repeats],
    }


def _lines(lines: Iterable[IncidentLine]) -> list[Plain]:
    return [
        {
            "name": line.name,
            "opened": line.opened,
            "resolved": line.resolved,
            "open": line.open,
            "past_limit": line.overdue,
            "median_seconds": seconds(line.median),
        }
        for line in lines
    ]


def _repeat(repeat: Repeat) -> dict[str, Plain]:
    return {
        "order": repeat.order or None,
        "category": repeat.category or None,
        "shop": repeat.shop or None,
        "incidents": [incident.number for incident in repeat.incidents],
    }


def _readings(report: Report) -> dict[str, Plain]:
    """`{metric: {shop or "": …}}`, as in an item's readings."""
    metrics: dict[str, dict[str, Plain]] = {}
    for figure in report.figures:
        metrics.setdefault(figure.metric, {})[figure.shop] = _figure(figure, report.schedule.zone)
    return dict(metrics)


def _figure(figure: Figure, zone: ZoneInfo) -> dict[str, Plain]:
    return {
        "value": number(figure.value),
        "at": instant(figure.at, zone),
        "before": None if figure.before is None else number(figure.before),
        "change": None if figure.change is None else number(figure.change),
        "low": number(figure.low),
        "high": number(figure.high),
        "taken": figure.taken,
        "mean": number(figure.mean),
        "earlier": [None if value is None else number(value) for value in figure.earlier],
        "parts": [None if value is None else number(value) for value in figure.parts],
        "warning": figure.passed is not None,
        "warning_level": None if figure.warn is None else number(figure.warn.level),
        "worse": figure.worse,
    }


def _handover(closing: Closing, zone: ZoneInfo) -> dict[str, Plain]:
    return {
        "date": closing.business_date.isoformat(),
        "closed_at": instant(closing.closed_at, zone),
        "by": closing.by,
        "note": closing.handover,
    }
