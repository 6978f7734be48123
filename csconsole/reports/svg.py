"""A drawing as SVG within an HTML page: shapes and words, no scripts, no links, no colours but black and grey."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from csconsole.reports.drawing import SMALL, WIDTH, Box, Dot, Drawing, Fill, Label, Path, Shape, Stroke, hatched

_FILLS = {Fill.NONE: "#fff", Fill.GREY: "#c9ced6", Fill.HATCH: "#fff", Fill.SOLID: "#1a1a1a"}


def render_svg(drawing: Drawing) -> Iterator[str]:
    height = _mm(drawing.height)
    yield f'<figure><svg viewBox="0 0 {_mm(WIDTH)} {height}" role="img" aria-label="{escape(drawing.title)}">'
    for shape in drawing.shapes:
        yield from _shape(shape)
    yield "</svg></figure>"


def _shape(shape: Shape) -> Iterator[str]:
    match shape:
        case Stroke():
            yield _line(shape)
        case Path(points):
            places = " ".join(f"{_mm(x)},{_mm(y)}" for x, y in points)
            yield f'<polyline points="{places}" class="course"/>'
        case Box():
            place = f'x="{_mm(shape.x)}" y="{_mm(shape.y)}" width="{_mm(shape.width)}" height="{_mm(shape.height)}"'
            yield f'<rect {place} fill="{_FILLS[shape.fill]}" stroke="#1a1a1a" stroke-width="0.2"/>'
            if shape.fill is Fill.HATCH:
                yield from map(_line, hatched(shape))
        case Dot(x, y, filled):
            fill = "#1a1a1a" if filled else "#fff"
            yield f'<circle cx="{_mm(x)}" cy="{_mm(y)}" r="0.8" fill="{fill}" stroke="#1a1a1a" stroke-width="0.3"/>'
        case Label():
            weight = ' font-weight="600"' if shape.bold else ""
            place = f'x="{_mm(shape.x)}" y="{_mm(shape.y)}" font-size="{SMALL}" text-anchor="{shape.anchor}"'
            yield f"<text {place}{weight}>{escape(shape.text)}</text>"


def _line(stroke: Stroke) -> str:
    place = f'x1="{_mm(stroke.x1)}" y1="{_mm(stroke.y1)}" x2="{_mm(stroke.x2)}" y2="{_mm(stroke.y2)}"'
    dashes = ' stroke-dasharray="1.2 0.8"' if stroke.dashed else ""
    colour = "#c8c8c8" if stroke.soft else "#1a1a1a"
    return f'<line {place} stroke="{colour}" stroke-width="{stroke.weight}"{dashes}/>'


def _mm(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")
