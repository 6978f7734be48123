"""Charts: what they show is what the report counts, in black and white, on a page that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import get_args

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from monday import MONDAY, Facts
from msgspec.structs import replace
from routine import at

from csconsole.core.facts import MarkKind, Reading
from csconsole.core.period import PeriodKind
from csconsole.core.report import Report
from csconsole.core.schedule import Language
from csconsole.core.text import width
from csconsole.i18n import speaking
from csconsole.reports import render
from csconsole.reports.compose import compose
from csconsole.reports.document import Bar, Bars, Chart, Course, Panel, Series, Stack
from csconsole.reports.drawing import WIDTH, Box, Dot, Fill, Label, Path, Stroke, draw, hatched
from csconsole.reports.sparks import spark, sparks
from csconsole.reports.svg import render_svg

words = st.text("天猫ab 1<&\"'", max_size=12)
numbers = st.one_of(st.none(), st.floats(-1e6, 1e6), st.integers(-5, 5).map(float))
counts = st.lists(st.integers(0, 40), min_size=1, max_size=31)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    labels = draw(st.lists(words, min_size=1, max_size=40))
    known = st.lists(numbers, min_size=len(labels), max_size=len(labels)).filter(lambda its: set(its) != {None})
    panel = st.builds(Panel, words, known.map(tuple), words, numbers, words, st.booleans())
    panels = draw(st.lists(panel, min_size=1, max_size=8))
    every = [value for each in panels for value in each.values if value is not None]
    bounds = draw(st.sampled_from([(None, None), (min(every), max(every) + 1)]))
    return Course(draw(words), tuple(labels), tuple(panels), *bounds, ("0", "1") if bounds[1] is not None else ("", ""))


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    first = draw(counts)
    series = [first, *([draw(st.integers(0, 9)) for _each in first] for _n in range(2))]
    return Stack(
        draw(words), tuple("01-01" for _each in first), tuple(Series(draw(words), tuple(each)) for each in series)
    )


bars = st.builds(
    Bars, words, st.lists(st.builds(Bar, words, st.integers(1, 99), words), min_size=1, max_size=9).map(tuple)
)
charts = st.one_of(courses(), stacks(), bars)


@given(charts)
def test_nothing_is_drawn_beside_the_paper(chart: Chart) -> None:
    drawing = draw(chart)
    for x, y in (place for shape in drawing.shapes for place in places(shape)):
        assert -0.01 <= x <= WIDTH + 0.01 and -0.01 <= y <= drawing.height + 0.01


def places(shape: object) -> Iterable[tuple[float, float]]:
    match shape:
        case Stroke():
            return (shape.x1, shape.y1), (shape.x2, shape.y2)
        case Path(points):
            return points
        case Box():
            return (shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)
        case Dot() | Label():
            return ((shape.x, shape.y),)
    raise AssertionError(shape)


@given(st.floats(0.1, 60), st.floats(0.1, 30))
def test_hatching_stays_in_its_box(wide: float, high: float) -> None:
    for stroke in hatched(Box(5, 7, wide, high, Fill.HATCH)):
        for x, y in places(stroke):
            assert 5 - 1e-6 <= x <= 5 + wide + 1e-6 and 7 - 1e-6 <= y <= 7 + high + 1e-6


@given(charts)
def test_a_drawing_is_sound_markup_without_colour_or_reference(chart: Chart) -> None:
    text = "\n".join(render_svg(draw(chart)))
    html5lib.HTMLParser(strict=True).parseFragment(text)
    assert not re.search(r"href|src=|url\(|<script|style=", text)
    for colour in re.findall(r'(?:fill|stroke)="#(\w+)"', text):
        red, green, blue = (int(part * (3 - len(part)), 16) for part in re.findall("." * (len(colour) // 3), colour))
        assert max(red, green, blue) - min(red, green, blue) < 16


@given(charts, st.integers(40, 80))
def test_in_a_terminal_no_line_is_wider_than_it(chart: Chart, cells: int) -> None:
    assert all(width(line) <= cells for line in sparks(chart, cells))


@pytest.mark.parametrize(
    ("values", "bounds", "expected"),
    [
        ([0, 50, 100], (0, 100), "▁▅█"),
        ([1, 2, 3, 4, 5, 6, 7, 8], (None, None), "▁▂▃▄▅▆▇█"),
        ([None, 5, None], (None, None), "·▁·"),
        ([7, 7], (None, None), "▁▁"),
        ([200, -9], (0, 100), "█▁"),
        ([None, None], (None, None), "··"),
    ],
)
def test_a_sparkline_is_as_high_as_its_values(
    values: Sequence[float | None], bounds: tuple[float | None, float | None], expected: str
) -> None:
    assert spark(values, *bounds) == expected


def test_a_long_course_shares_cells_by_their_mean() -> None:
    assert spark([0.0] * 400 + [100.0] * 400, 0, 100) == "▁" * 20 + "█" * 20


# -- what they show --------------------------------------------------------------------------------------------


@pytest.fixture
def week(facts: Facts) -> Report:
    """The Monday's week, with refunds read every day and two categories of incidents."""
    for n in range(7):
        day = MONDAY + timedelta(days=n)
        facts.readings.append(Reading("jd", "refunds_pending", 10 + 3 * n, at(f"{day} 11:00"), day, f"x@{day}"))
        facts.world.mark(f"complaints@{day}", MarkKind.DONE, f"{day} 09:05")
    facts.incidents.append(replace(facts.incidents[0], number=44, opened_at=at("2026-11-24 10:00")))
    facts.now = "2026-11-30 09:00"
    return facts.report(PeriodKind.WEEK, [facts.agenda(MONDAY + timedelta(days=n)) for n in range(7)])


def charts_of(report: Report) -> list[Chart]:
    with speaking("en"):
        blocks = [block for section in compose(report).sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, Course | Stack | Bars)]


def test_the_pictures_show_what_the_report_counts(week: Report) -> None:
    rates, checks, incidents, refunds = charts_of(week)
    assert isinstance(rates, Course) and isinstance(checks, Stack)
    assert rates.panels[0].values == tuple(
        None if progress.on_time_rate is None else progress.on_time_rate * 100 for _day, progress in week.days
    )
    assert [sum(column) for column in zip(*(series.values for series in checks.series), strict=True)] == [
        progress.total for _day, progress in week.days
    ]
    assert isinstance(incidents, Bars) and isinstance(refunds, Course)
    assert sum(bar.value for bar in incidents.bars) == len(week.incidents.opened)
    [jd] = [panel for panel in refunds.panels if panel.name == "JD shop"]
    assert (jd.values, jd.now, jd.warning, jd.alarming) == ((10, 13, 16, 19, 22, 25, 28), "28", 20, True)
    assert refunds.title == "Refunds pending (orders): warning above 20"


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("language", get_args(Language))
def test_every_format_with_room_for_them_has_them(week: Report, format: str, language: Language) -> None:
    text = render(week, format, language)  # type: ignore[arg-type]  # one of them
    if format == "html":
        assert text.count("<svg") == 4 and text.count("<polyline") == 2
        assert 'stroke-dasharray="1.2 0.8"' in text  # the warning line
        assert "▲ " + ("JD shop" if language == "en" else "京东店") in text
    else:
        assert spark([10, 13, 16, 19, 22, 25, 28], 0, 28) in text
        assert "█████" in text


@pytest.mark.parametrize("language", get_args(Language))
def test_a_page_with_pictures_is_valid_html(week: Report, hostile: Facts, language: Language) -> None:
    for report in (week, hostile.day(), hostile.week()):
        html5lib.HTMLParser(strict=True).parse(render(report, "html", language))
