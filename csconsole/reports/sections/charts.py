"""The pictures of a report: how much was on time, day by day; what went wrong where; how readings went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from csconsole.core.agenda import Progress
from csconsole.core.calendar import Day
from csconsole.core.figures import Figure
from csconsole.core.period import PeriodKind
from csconsole.core.report import Report
from csconsole.i18n import _
from csconsole.reports import phrases
from csconsole.reports.document import Bar, Bars, Block, Chart, Course, Panel, Section, Series, Stack

_METRICS = 6
"""How many metrics are drawn: those that have a warning level, and those that moved."""
_FEWEST = 3
"""How many points make a course."""


def at_a_glance(report: Report) -> Iterator[Section]:
    blocks: tuple[Block, ...] = (*_on_time(report), *_checks(report), *_incidents(report))
    if blocks:
        yield Section(_("At a glance"), blocks)


def reading_courses(report: Report) -> Iterator[Section]:
    blocks: tuple[Block, ...] = tuple(_courses(report))
    if blocks:
        yield Section(_("Readings over time"), blocks)


def _points(report: Report) -> list[tuple[str, Progress]]:
    """What is drawn, from left to right: the months of a long period, else days; of a day or week, those before too."""
    if _by_part(report):
        return [(phrases.part_label(side.period), side.progress) for side in report.parts]
    return [(_day(day.date), progress) for day, progress in _days(report)]


def _days(report: Report) -> Sequence[tuple[Day, Progress]]:
    """The days that are drawn one by one. Of more than a day, not the one that is not over: it would seem a bad one."""
    days = report.days if report.parts else (*report.run_up, *report.days)
    running = report.until == report.now and len(report.days) > 1
    return days[:-1] if running else days


def _by_part(report: Report) -> bool:
    return bool(report.parts) and report.parts[0].period.kind is PeriodKind.MONTH


def _day(day: date) -> str:
    return f"{day:%m-%d}"


def _on_time(report: Report) -> Iterator[Chart]:
    points = _points(report)
    rates = tuple(None if (rate := progress.on_time_rate) is None else rate * 100 for _label, progress in points)
    if sum(rate is not None for rate in rates) < _FEWEST:
        return
    last = next(progress for _label, progress in reversed(points) if progress.on_time_rate is not None)
    now = phrases.percent(last.on_time_rate)
    yield Course(
        _("On time, of what was due"),
        tuple(label for label, _progress in points),
        (Panel("", rates, now),),
        low=0,
        high=100,
        bounds=("0%", "100%"),
    )


def _checks(report: Report) -> Iterator[Chart]:
    if report.period.kind is PeriodKind.DAY or len(report.days) < _FEWEST:
        return
    points = _points(report)
    if not report.parts:
        points = points[len(report.run_up) :]
    each = [progress for _label, progress in points]
    yield Stack(
        _("Checks") if not _by_part(report) else _("Checks by month"),
        tuple(label for label, _progress in points),
        (
            Series(_("on time"), tuple(progress.on_time for progress in each)),
            Series(_("late"), tuple(progress.answered - progress.on_time for progress in each)),
            Series(_("missed or overdue"), tuple(progress.missed + progress.overdue for progress in each)),
        ),
    )


def _incidents(report: Report) -> Iterator[Chart]:
    lines = report.incidents.by_category(report.schedule.categories)
    opened = sorted((line for line in lines if line.opened), key=lambda line: -line.opened)
    if len(opened) < 2:
        return
    words = _("{opened} opened, {open} open")
    yield Bars(
        _("Incidents opened, by category"),
        tuple(
            Bar(
                phrases.category_name(report.schedule, line.name),
                line.opened,
                words.format(opened=line.opened, open=line.open),
            )
            for line in opened
        ),
    )


def _courses(report: Report) -> Iterator[Chart]:
    metrics = dict.fromkeys(
        figure.metric for figure in (*report.movers, *report.figures) if figure.warn or figure.moved
    )
    labels = tuple(label for label, _progress in _points(report))
    drawn = 0
    for metric in metrics:
        figures = [figure for figure in report.figures if figure.metric == metric]
        panels = [panel for figure in figures if (panel := _panel(report, figure)) is not None]
        if panels and drawn < _METRICS:
            drawn += 1
            yield _course(report, metric, labels, panels)


def _panel(report: Report, figure: Figure) -> Panel | None:
    if _by_part(report):
        values = figure.parts[: len(report.parts)]
    else:
        values = tuple(figure.daily.get(day.date) for day, _progress in _days(report))
    if sum(value is not None for value in values) < _FEWEST:
        return None
    return Panel(
        phrases.reading_place(report.schedule, figure.shop),
        tuple(values),
        phrases.number(figure.value),
        figure.warn.level if figure.warn else None,
        phrases.warning_of(figure.warn),
        figure.passed is not None,
    )


def _course(report: Report, metric: str, labels: tuple[str, ...], panels: Sequence[Panel]) -> Course:
    title = phrases.metric_name(report.schedule, metric)
    levels = {panel.warning_words for panel in panels}
    if len(levels) == 1 and (level := levels.pop()):
        title = _("{metric}: warning {level}").format(metric=title, level=level)
    else:
        panels = [_with_its_level(panel) for panel in panels]
    known = report.schedule.metrics.get(metric)
    if known is not None and known.by_platform:
        return Course(title, labels, tuple(panels))  # out of 5 here, out of 100 there
    values = [value for panel in panels for value in (*panel.values, panel.warning) if value is not None]
    low, high = min(values), max(values)
    if low >= 0 and low <= high / 2:
        low = 0.0
    if low == high:
        high = low + 1
    return Course(title, labels, tuple(panels), low, high, (phrases.level(low), phrases.level(high)))


def _with_its_level(panel: Panel) -> Panel:
    if not panel.warning_words:
        return panel
    name = _("{shop} ({level})").format(shop=panel.name, level=panel.warning_words)
    return replace(panel, name=name)
