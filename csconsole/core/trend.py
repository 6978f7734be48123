"""A reading over days, shop by shop: a value a day, and the days on which none was taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from csconsole.core.facts import Reading
from csconsole.core.schedule import Metric, Schedule, WarnLevel


class Line(Struct, frozen=True):
    """One shop ("" where the number is taken once for all). `values` has an entry a day, the number taken last on it,
    None where none was."""

    shop: str
    values: tuple[float | None, ...]
    warn: WarnLevel | None = None

    @property
    def taken(self) -> tuple[float, ...]:
        return tuple(value for value in self.values if value is not None)

    @property
    def last(self) -> float | None:
        """The newest there is."""
        return self.taken[-1] if self.taken else None

    @property
    def passed(self) -> int:
        """The days on which it was past its warning level."""
        return sum(self.warn.hit(value) for value in self.taken) if self.warn else 0


class Trend(Struct, frozen=True):
    """A metric on the business days from `first` to `last`, both included, of every shop it is asked of or was taken
    at."""

    metric: str
    first: date
    last: date
    lines: tuple[Line, ...]

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))


def trend_of(
    metric: str, first: date, last: date, readings: Iterable[Reading], schedule: Schedule, shops: Sequence[str]
) -> Trend:
    """The trend of `readings`, of whatever metric. `shops` are those to be shown though nothing was taken there."""
    known = schedule.metrics.get(metric)
    newest: dict[tuple[str, date], Reading] = {}
    for reading in readings:
        place = reading.shop, reading.business_date
        if reading.metric == metric and (place not in newest or reading.at >= newest[place].at):
            newest[place] = reading
    found = dict.fromkeys((*shops, *(shop for shop, _day in newest)))
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return Trend(
        metric,
        first,
        last,
        tuple(
            Line(
                shop,
                tuple(newest[shop, day].value if (shop, day) in newest else None for day in days),
                _warn(known, shop, schedule),
            )
            for shop in found
        ),
    )


def _warn(metric: Metric | None, shop: str, schedule: Schedule) -> WarnLevel | None:
    platform = schedule.shops[shop].platform if shop in schedule.shops else None
    return metric.scale_on(platform).warn if metric else None
