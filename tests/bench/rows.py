"""What a measure found, beside what was to be reached and what the floor takes."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `value` must not be above `limit`; where there is no limit, it is told for its own sake."""

    what: str
    goal: str
    measured: str
    floor: str
    value: float = 0.0
    limit: float | None = None

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit

    @property
    def verdict(self) -> str:
        return "" if self.limit is None else "ok" if self.holds else "SHORT"


def ratio(what: str, limit: float, found: float, floor: float, unit: str = "ms", more: str = "") -> Row:
    """A row that holds as long as `found` is at most `limit` times `floor`."""
    value = found / floor
    return Row(what, f"≤ {limit:g}×", f"{value:.2f}×  {found:.4g} {unit}{more}", f"{floor:.4g} {unit}", value, limit)


def bound(what: str, limit: float, found: float, unit: str, floor: str = "") -> Row:
    """A row that holds as long as `found` is at most `limit`."""
    return Row(what, f"≤ {limit:g} {unit}", f"{found:.4g} {unit}", floor, found, limit)


def p95(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def table(rows: Sequence[Row]) -> str:
    """The rows as text, in columns."""
    heads = ("what", "goal", "measured", "floor", "")
    cells = [heads, *((row.what, row.goal, row.measured, row.floor, row.verdict) for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in cells)
