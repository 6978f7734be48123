"""A reading over days: a line a shop, and the selected shop's days as bars with the warning level across them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct
from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from csconsole.core.schedule import Schedule
from csconsole.core.text import fit
from csconsole.core.trend import Line, Trend
from csconsole.i18n import _, language, ngettext
from csconsole.tui.widgets.detail import number, spark
from csconsole.tui.widgets.rows import Part, Rows

_SHOP, _NUMBER = 12, 7
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_LOWEST_CHART = 4
_LABEL = 8
_WEEK = 7


class ShopTrend(Struct, frozen=True):
    """A shop's line and the name it goes by."""

    line: Line
    name: str


class TrendList(Rows[ShopTrend]):
    """Shop by shop: the days as bars, the lowest, the highest and the newest number, and how often past its level."""

    def show_trend(self, trend: Trend, schedule: Schedule) -> None:
        shops = schedule.shops
        self.show(
            [
                ShopTrend(
                    line, shops[line.shop].name.to(language()) if line.shop in shops else line.shop or _("all shops")
                )
                for line in trend.lines
            ]
        )

    def id_of(self, entry: ShopTrend) -> str:
        return entry.line.shop or "-"

    def parts(self, entry: ShopTrend, cells: int) -> list[Part]:
        line = entry.line
        days = len(line.values)
        figures, room = _columns(days, cells)
        bars = spark(line.values) or "".join("·" if value is None else "▄" for value in line.values)
        hit = line.warn is not None and line.last is not None and line.warn.hit(line.last)
        numbers = [number(value) for value in (min(line.taken, default=None), max(line.taken, default=None), line.last)]
        *bounds, newest = numbers[-figures:]
        over = ngettext("▲ {n} day", "▲ {n} days", line.passed).format(n=line.passed) if line.passed else ""
        return [
            (fit(entry.name, _SHOP - 1) + " ", ""),
            (fit(bars[-room:], max(0, min(days, room))), ""),
            *((f"{each:>{_NUMBER}}", "rows--muted") for each in bounds),
            (f"{newest:>{_NUMBER}}", "rows--strong"),
            ("▲" if hit else " ", "rows--overdue"),
            (fit(f" {over}", max(0, room - days)), "rows--overdue"),
        ]


def _columns(days: int, cells: int) -> tuple[int, int]:
    """How many numbers stand behind the days, and the cells left for these: all days come before the lowest and the
    highest."""
    rooms = ((figures, cells - _SHOP - figures * _NUMBER - 1) for figures in (3, 1))
    return next((figures, room) for figures, room in rooms if room >= days or figures == 1)


def heads(days: int, cells: int) -> str:
    """What the columns of the list are."""
    figures, room = _columns(days, cells)
    bars = " " * max(0, min(days, room))
    words = (_("min"), _("max"), _("newest"))[-figures:]
    numbers = "".join(f"{word:>{_NUMBER - _wide(word)}}" for word in words)
    return " " * _SHOP + bars + numbers


def _wide(word: str) -> int:
    """The cells a word takes beyond its characters, which padding does not count."""
    return sum(1 for each in word if not each.isascii())


class Chart(Static):
    """The days of one shop as bars in the height there is; days without a number stay empty."""

    trend: reactive[Trend | None] = reactive(None)
    line: reactive[Line | None] = reactive(None)

    def render(self) -> Text:
        trend, line = self.trend, self.line
        height = self.size.height - 1
        if trend is None or line is None or not line.taken or height < _LOWEST_CHART:
            return Text()
        level = line.warn.level if line.warn else None
        low, high = scale(line.taken, level)
        each = max(1, min(4, (self.size.width - _LABEL) // len(line.values)))
        level_row = None if level is None else round((level - low) / (high - low) * height - 0.5)
        rows = []
        for row in reversed(range(height)):
            text = Text(_label(row, height, low, high, level, level_row))
            for value in line.values:
                text.append_text(_bar(line, value, row, height, low, high, each, row == level_row))
            rows.append(text)
        return Text("\n").join([*rows, Text(_axis(trend, each), "dim")])


def scale(values: Sequence[float], level: float | None) -> tuple[float, float]:
    """The ends of the chart: from nothing, unless all of it lies so high that nothing would be seen of its changes."""
    bounds = [*values, *([level] if level is not None else [])]
    low, high = min(bounds), max(bounds)
    if low > (high - low) or low < 0:
        low -= (high - low) * 0.1 or abs(high) * 0.1 or 1
    else:
        low = 0
    return low, high if high > low else low + 1


def _bar(
    line: Line, value: float | None, row: int, height: int, low: float, high: float, each: int, at_level: bool
) -> Text:
    """The part of a day's bar that lies in a row."""
    eighths = 0 if value is None else max(1, round((value - low) / (high - low) * height * 8)) - row * 8
    past = value is not None and line.warn is not None and line.warn.hit(value)
    style = "bold red" if past else ""
    gap = 1 if each > 1 else 0
    if eighths <= 0:
        filler = "┄" if at_level else "·" if value is None and row == 0 else " "
        return Text(filler * each if at_level else filler + " " * (each - 1), "dim")
    bar = _EIGHTHS[min(8, eighths)] * (each - gap)
    return Text.assemble((bar, style), (("┄" if at_level else " ") * gap, "dim"))


def _label(row: int, height: int, low: float, high: float, level: float | None, level_row: int | None) -> str:
    if row == level_row and level is not None:
        return fit(f"▲{number(level)}", _LABEL)
    if row == height - 1:
        return fit(number(round(high, 2)), _LABEL)
    return fit(number(round(low, 2)) if row == 0 else "", _LABEL)


def _axis(trend: Trend, each: int) -> str:
    """A date a week below the bars."""
    words = " " * _LABEL
    for number_ in range(0, len(trend.days), _WEEK):
        place = _LABEL + number_ * each
        label = f"{trend.first + timedelta(number_):%m-%d}"
        words = fit(words, place) + label
    return words
