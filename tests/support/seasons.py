"""How busy the shops are on a date: the sales of 618, 11.11 and 12.12, the quiet of Spring Festival, and the parcels
that go out late in the days after a sale. Plain shapes, the same every year.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from math import exp

_SALES = ((6, 18, 1.9, 4.0), (11, 11, 2.6, 3.5), (12, 12, 0.8, 1.2))
"""Month, day, how many times the usual comes on top at the height, and the days to either side it lasts."""

_QUIET = {
    2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22),
    2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6),
}  # fmt: skip
"""Spring Festival's first day."""

_BACKLOG_DAYS = 10


@cache
def busy(day: date) -> float:
    """How much of the usual comes in on a day; 1 is an ordinary one."""
    level = 1.0 + sum(
        height * exp(-(((day - date(day.year, month, at)).days / width) ** 2)) for month, at, height, width in _SALES
    )
    if (festival := _QUIET.get(day.year)) and -1 <= (day - date(day.year, *festival)).days <= 6:
        level *= 0.4
    return level


@cache
def backlog(day: date) -> float:
    """How much of a sale is still to be shipped, 0 on an ordinary day: most two days after its height."""
    level = 0.0
    for month, at, height, _width in _SALES:
        after = (day - date(day.year, month, at)).days
        if 0 < after <= _BACKLOG_DAYS:
            level += height * (after / 2) * exp(1 - after / 2)
    return level
