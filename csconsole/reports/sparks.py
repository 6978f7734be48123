"""Charts in a terminal: courses as sparklines, counts as bars, in cells that line up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csconsole.core.text import fit, truncate, width
from csconsole.reports.document import Bars, Chart, Course, Stack

_STEPS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_LONGEST = 40
"""How many cells a sparkline has at most: of more values, several share one."""
_NAMES = 24


def sparks(chart: Chart, cells: int) -> Iterator[str]:
    """The chart in lines of at most `cells` cells, its title first."""
    yield truncate(chart.title, cells)
    match chart:
        case Course():
            yield from _course(chart, cells)
        case Stack():
            yield from _stack(chart, cells)
        case Bars():
            yield from _bars(chart, cells)


def spark(values: Sequence[float | None], low: float | None = None, high: float | None = None) -> str:
    """A sparkline, between these bounds (None: those of the values)."""
    shown = _shared(values)
    known = [value for value in shown if value is not None]
    if not known:
        return _NOTHING * len(shown)
    low, high = min(known) if low is None else low, max(known) if high is None else high
    reach = (high - low) or 1.0
    last = len(_STEPS) - 1
    return "".join(
        _NOTHING if value is None else _STEPS[max(0, min(last, round((value - low) / reach * last)))] for value in shown
    )


def _shared(values: Sequence[float | None]) -> list[float | None]:
    if len(values) <= _LONGEST:
        return list(values)
    shared: list[float | None] = []
    for cell in range(_LONGEST):
        part = values[cell * len(values) // _LONGEST : (cell + 1) * len(values) // _LONGEST]
        known = [value for value in part if value is not None]
        shared.append(sum(known) / len(known) if known else None)
    return shared


def _course(chart: Course, cells: int) -> Iterator[str]:
    names = min(max(width(panel.name) for panel in chart.panels), _NAMES)
    for panel in chart.panels:
        line = f"  {fit(panel.name, names)}  " if names else "  "
        line += f"{spark(panel.values, chart.low, chart.high)}  {panel.now}"
        if panel.alarming:
            line += f"  ▲ {panel.warning_words}"
        yield truncate(line, cells)
    yield truncate(f"  {_from_to(chart.labels)}", cells)


def _stack(chart: Stack, cells: int) -> Iterator[str]:
    names = max(width(series.name) for series in chart.series)
    most = max([1, *(sum(values) for values in zip(*(series.values for series in chart.series), strict=True))])
    for series in chart.series:
        yield truncate(f"  {fit(series.name, names)}  {spark(series.values, 0, most)}  {sum(series.values):,}", cells)
    yield truncate(f"  {_from_to(chart.labels)}", cells)


def _bars(chart: Bars, cells: int) -> Iterator[str]:
    names = min(max(width(bar.name) for bar in chart.bars), _NAMES)
    words = max(width(bar.words) for bar in chart.bars)
    room = max(cells - names - words - 6, 8)
    most = max(bar.value for bar in chart.bars)
    for bar in chart.bars:
        yield truncate(f"  {fit(bar.name, names)}  {'█' * max(1, round(room * bar.value / most))} {bar.words}", cells)


def _from_to(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{labels[0]} … {labels[-1]}"
