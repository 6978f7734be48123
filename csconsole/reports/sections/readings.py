"""The readings: what they are, what they were, and which moved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from csconsole.core.figures import Figure
from csconsole.core.period import PeriodKind
from csconsole.core.report import Report
from csconsole.i18n import _
from csconsole.reports import phrases
from csconsole.reports.document import Block, Column, Grid, GridCell, Group, Lines, Row, Section, Table

_ABREAST = 6
"""How many parts of a period stand side by side: a year's months in two tables."""
_NAMED = 8
"""How many of the readings that moved are named."""


def readings(report: Report) -> Section:
    title = _("Readings")
    if not report.figures:
        return Section(title, (Lines((_("None taken."),)),))
    warned = tuple(phrases.warned(report, figure) for figure in report.figures if figure.passed)
    blocks: list[Block] = [Lines(warned)] if warned else []
    blocks += _parts(report) if report.parts else [_grid(report)]
    return Section(title, tuple(blocks))


def movers(report: Report) -> Iterator[Section]:
    """What moved most against the period before, the worst first."""
    if not report.movers:
        return
    columns = (
        Column(_("Reading"), wide=True),
        Column(phrases.sentence(phrases.period_before(report)), number=True),
        Column(_("Now") if report.period.kind is PeriodKind.DAY else _("Average"), number=True),
        Column(_("Change"), number=True),
        Column(_("Warning")),
    )
    rows = tuple(
        Row(
            (
                phrases.reading_name(report.schedule, figure),
                phrases.level_or_nothing(figure.earlier[0]),
                phrases.level(figure.level),
                phrases.direction(figure),
                phrases.warning(figure),
            )
        )
        for figure in report.movers[:_NAMED]
    )
    yield Section(_("What moved most"), (Table(columns, (Group("", rows),)),))


# -- a day and a week: by shop, with what was before ----------------------------------------------------------


def _grid(report: Report) -> Grid:
    schedule = report.schedule
    figures = {(figure.metric, figure.shop): figure for figure in report.figures}
    shops = [shop for shop in ("", *schedule.shops) if any(shop == its for _metric, its in figures)]
    shops += sorted({shop for _metric, shop in figures} - set(shops))
    metrics = dict.fromkeys(metric for metric, _shop in figures)
    return Grid(
        corner=_("Reading"),
        columns=tuple(phrases.reading_place(schedule, shop) for shop in shops),
        rows=tuple(
            (
                phrases.metric_name(schedule, metric),
                tuple(_cell(report, figures.get((metric, shop))) for shop in shops),
            )
            for metric in metrics
        ),
        table=_table(report),
        legend=_("Beneath each figure: {what}.").format(what=_beneath(report)),
    )


def _beneath(report: Report) -> str:
    match report.period.kind:
        case PeriodKind.DAY:
            return _("the day before and the change; the same weekday one and two weeks before")
        case PeriodKind.WEEK:
            return _("the week before and the change; the averages of this week and of the two before")
        case _:
            return _("what it was before and the change; the average, and that before")


def _cell(report: Report, figure: Figure | None) -> GridCell | None:
    if figure is None:
        return None
    before = "" if figure.before is None else f"{phrases.number(figure.before)} ({phrases.change(figure.change)})"
    return GridCell(phrases.number(figure.value), before, phrases.warning(figure), _further(report, figure))


def _further(report: Report, figure: Figure) -> str:
    """What else it was: of a day, one and two weeks before; of more, on average, and so before."""
    day = report.period.kind is PeriodKind.DAY
    then = figure.earlier[1:] if day else figure.earlier
    if all(value is None for value in then):
        return ""
    return "/".join(phrases.brief(value, whole_from=10) for value in (then if day else (figure.mean, *then)))


def _table(report: Report) -> Table:
    """The readings one by one; over a longer period, the last of each with the average, the lowest and the highest."""
    day = report.period.kind is PeriodKind.DAY
    week = report.period.kind is PeriodKind.WEEK
    columns = (
        Column(_("Shop"), wide=True),
        Column(_("Value"), number=True),
        Column(_("Day before") if day else _("Period before"), number=True),
        Column(_("Change"), number=True),
        *([Column(_("1 week before"), number=True), Column(_("2 weeks before"), number=True)] if day else []),
        *([] if day else [Column(_("Average"), number=True), Column(_("Before"), number=True)]),
        *([Column(_("2 weeks before"), number=True)] if week else []),
        Column(_("Warning")),
    )
    return Table(
        columns,
        tuple(
            Group(phrases.metric_name(report.schedule, metric), tuple(_row(report, each) for each in figures))
            for metric, figures in groupby(report.figures, key=lambda figure: figure.metric)
        ),
    )


def _row(report: Report, figure: Figure) -> Row:
    day = report.period.kind is PeriodKind.DAY
    further = figure.earlier[1:] if day else (figure.mean, *figure.earlier)
    return Row(
        (
            phrases.reading_place(report.schedule, figure.shop),
            phrases.number(figure.value),
            phrases.NOTHING if figure.before is None else phrases.number(figure.before),
            phrases.change(figure.change),
            *map(phrases.brief, further),
            phrases.warning(figure),
        )
    )


# -- anything longer: its parts side by side ------------------------------------------------------------------


def _parts(report: Report) -> Iterator[Table]:
    for start in range(0, len(report.parts), _ABREAST):
        places = range(start, min(start + _ABREAST, len(report.parts)))
        last = places.stop == len(report.parts)
        columns = (
            Column(_("Average"), wide=True),
            *(Column(phrases.part_label(report.parts[place].period), number=True) for place in places),
            *([Column(_("In all"), number=True), Column(_("Before"), number=True)] if last else []),
        )
        groups = tuple(
            Group(
                phrases.metric_name(report.schedule, metric),
                tuple(_part_row(report, figure, places, last=last) for figure in figures),
            )
            for metric, figures in groupby(report.figures, key=lambda figure: figure.metric)
        )
        yield Table(columns, groups)


def _part_row(report: Report, figure: Figure, places: range, *, last: bool) -> Row:
    whole = (figure.mean, figure.earlier[0] if figure.earlier else None) if last else ()
    return Row(
        (
            phrases.reading_place(report.schedule, figure.shop),
            *map(phrases.brief, (figure.parts[place] for place in places)),
            *map(phrases.brief, whole),
        )
    )
