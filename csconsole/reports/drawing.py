"""Charts as shapes on paper, in millimetres from the top left corner: what SVG and PDF both draw.

Nothing is told apart by colour: courses stand in panels of their own, counts by hatching and grey, what is past its
warning level by a filled mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from csconsole.core.text import truncate
from csconsole.core.text import width as cells_of
from csconsole.reports.document import Bar, Bars, Chart, Course, Panel, Stack

WIDTH = 180.0
"""How wide every chart is: an A4 page within its margins."""
SMALL = 2.5
"""The height of the letters, in millimetres."""

_ABREAST = 6
"""How many panels stand side by side."""
_GAP = 4.0
_TALL = 24.0
_CELL = 0.55
"""How wide a terminal's cell of text is, in heights of its letters: enough for most."""


class Fill(StrEnum):
    NONE = "none"
    GREY = "grey"
    HATCH = "hatch"
    SOLID = "solid"


class Stroke(Struct, frozen=True):
    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False
    soft: bool = False
    weight: float = 0.25


class Path(Struct, frozen=True):
    points: tuple[tuple[float, float], ...]


class Box(Struct, frozen=True):
    x: float
    y: float
    width: float
    height: float
    fill: Fill


class Dot(Struct, frozen=True):
    x: float
    y: float
    filled: bool


class Label(Struct, frozen=True):
    """`y` is the line the letters stand on."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False


Shape = Stroke | Path | Box | Dot | Label


class Drawing(Struct, frozen=True):
    """`title` says in words what it shows."""

    title: str
    height: float
    shapes: tuple[Shape, ...]


def draw(chart: Chart) -> Drawing:
    match chart:
        case Course():
            return _course(chart)
        case Stack():
            return _stack(chart)
        case Bars():
            return _bars(chart)


def hatched(box: Box, every: float = 1.0) -> Iterator[Stroke]:
    """The lines that hatch a box, from lower left to upper right, none of them outside."""
    reach = every
    while reach < box.width + box.height:
        start, end = max(0.0, reach - box.height), min(box.width, reach)
        bottom = box.y + box.height
        yield Stroke(box.x + start, bottom - (reach - start), box.x + end, bottom - (reach - end), weight=0.18)
        reach += every


# -- courses: a panel each -------------------------------------------------------------------------------------


def _course(chart: Course) -> Drawing:
    shapes: list[Shape] = [Label(0, SMALL + 0.6, chart.title, bold=True)]
    left = max(_wide(words) for words in chart.bounds) + 1.5 if chart.bounds[1] else 0.0
    abreast = min(_ABREAST, len(chart.panels))
    room = (WIDTH - left - _GAP * (abreast - 1)) / abreast
    top = 5.0
    for start in range(0, len(chart.panels), abreast):
        row = chart.panels[start : start + abreast]
        named = any(panel.name for panel in row)
        upper = top + (SMALL + 1.5 if named else 1.0)
        if chart.bounds[1]:
            shapes.append(Label(left - 1, upper + SMALL * 0.4, chart.bounds[1], "end"))
            shapes.append(Label(left - 1, upper + _TALL + SMALL * 0.3, chart.bounds[0], "end"))
        for place, panel in enumerate(row):
            x = left + place * (room + _GAP)
            shapes += _panel(chart, panel, x, upper, room, one=len(chart.panels) == 1)
        top = upper + _TALL + SMALL + 3.5
    return Drawing(chart.title, top, tuple(shapes))


def _panel(chart: Course, panel: Panel, x: float, y: float, room: float, *, one: bool) -> Iterator[Shape]:
    """A frame, the warning line across it where it lies within, the course, and its last value marked and named."""
    known = [value for value in panel.values if value is not None]
    low = min(known) if chart.low is None else chart.low
    high = max(known) if chart.high is None else chart.high
    if chart.low is None and panel.warning is not None:
        low, high = min(low, panel.warning), max(high, panel.warning)
    reach = (high - low) or 1.0
    steps = max(len(panel.values) - 1, 1)
    now_room = _wide(panel.now) + 3.0
    width = room - now_room

    def place(number: int, value: float) -> tuple[float, float]:
        return x + width * number / steps, y + _TALL * (1 - (value - low) / reach)

    if panel.name:
        mark = "▲ " if panel.alarming else ""
        yield Label(x, y - 1.2, _fitting(mark + panel.name, room), bold=panel.alarming)
    yield Stroke(x, y + _TALL, x + width, y + _TALL, soft=True)
    yield Stroke(x, y, x + width, y, soft=True)
    if panel.warning is not None and low <= panel.warning <= high:
        level = place(0, panel.warning)[1]
        yield Stroke(x, level, x + width, level, dashed=True)
    known_points = tuple(place(number, value) for number, value in enumerate(panel.values) if value is not None)
    if len(known_points) > 1:
        yield Path(known_points)
    last = known_points[-1]
    yield Dot(*last, filled=panel.alarming)
    yield Label(x + width + 1.5, min(max(last[1] + SMALL * 0.35, y + SMALL), y + _TALL), panel.now, bold=True)
    yield from _ticks(
        chart.labels,
        [x + width * n / steps for n in range(len(panel.values))],
        y + _TALL + SMALL + 0.8,
        12 if one else 2,
    )


def _ticks(labels: Sequence[str], places: Sequence[float], y: float, most: int) -> Iterator[Label]:
    """The labels there is room for: the first, the last, and between them every so many."""
    steps = len(labels) - 1
    if steps < 1:
        yield from (Label(place, y, label, "middle") for place, label in zip(places, labels, strict=True))
        return
    room = int((places[-1] - places[0]) // (_wide(labels[0]) + 2))
    every = -(-steps // max(1, min(most - 1, room)))
    yield Label(places[0], y, labels[0], "start")
    for number in range(every, steps - every // 2, every):
        if steps - number >= every:
            yield Label(places[number], y, labels[number], "middle")
    yield Label(places[-1], y, labels[-1], "end")


# -- counts ----------------------------------------------------------------------------------------------------

_FILLS = (Fill.GREY, Fill.HATCH, Fill.SOLID)


def _stack(chart: Stack) -> Drawing:
    shapes: list[Shape] = [Label(0, SMALL + 0.6, chart.title, bold=True)]
    totals = [sum(values) for values in zip(*(series.values for series in chart.series), strict=True)]
    most = max([*totals, 1])
    left = _wide(str(most)) + 1.5
    x = left + max(_wide(chart.title) - left + 6, 0)
    for series, fill in zip(chart.series, _FILLS, strict=False):
        shapes += [Box(x, 0.8, 3.2, 2.4, fill), Label(x + 4.2, SMALL + 0.6, series.name)]
        x += 4.2 + _wide(series.name) + 5
    top = 6.0
    step = (WIDTH - left) / len(chart.labels)
    wide = min(step * 0.72, 9.0)
    shapes.append(Label(left - 1, top + SMALL * 0.6, str(most), "end"))
    shapes.append(Label(left - 1, top + _TALL, "0", "end"))
    for number in range(len(chart.labels)):
        foot = top + _TALL
        for series, fill in zip(chart.series, _FILLS, strict=False):
            height = _TALL * series.values[number] / most
            if height:
                foot -= height
                shapes.append(Box(left + step * number + (step - wide) / 2, foot, wide, height, fill))
    shapes.append(Stroke(left, top + _TALL, WIDTH, top + _TALL))
    middles = [left + step * (number + 0.5) for number in range(len(chart.labels))]
    every = max(1, -(-len(chart.labels) * (_wide(chart.labels[0]) + 2) // (WIDTH - left)))
    shapes += [
        Label(middle, top + _TALL + SMALL + 0.8, label, "middle")
        for number, (middle, label) in enumerate(zip(middles, chart.labels, strict=True))
        if number % every == 0
    ]
    return Drawing(chart.title, top + _TALL + SMALL + 3.5, tuple(shapes))


def _bars(chart: Bars) -> Drawing:
    shapes: list[Shape] = [Label(0, SMALL + 0.6, chart.title, bold=True)]
    names = min(max(_wide(bar.name) for bar in chart.bars), WIDTH / 4)
    words = max(_wide(bar.words) for bar in chart.bars)
    room = WIDTH - names - words - 4
    most = max(bar.value for bar in chart.bars)
    top = 5.0
    for bar in chart.bars:
        shapes += _bar(bar, top, names, room * bar.value / most)
        top += 4.6
    return Drawing(chart.title, top + 1.5, tuple(shapes))


def _bar(bar: Bar, top: float, names: float, length: float) -> Iterator[Shape]:
    yield Label(names, top + 3.0, _fitting(bar.name, names), "end")
    yield Box(names + 2, top + 0.4, length, 3.4, Fill.GREY)
    yield Label(names + 2 + length + 1.5, top + 3.0, bar.words)


# -- text ------------------------------------------------------------------------------------------------------


def _wide(text: str) -> float:
    """About how wide a text is drawn."""
    return cells_of(text) * SMALL * _CELL


def _fitting(text: str, room: float) -> str:
    return truncate(text, int(room / (SMALL * _CELL)))
