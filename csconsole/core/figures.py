"""What readings came to over a period, beside what they were before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter

from msgspec import Struct, field

from csconsole.core.facts import Reading
from csconsole.core.period import Period, PeriodKind
from csconsole.core.schedule import Schedule, WarnLevel

_MOVED = 0.25
"""From which share of what it was a reading has moved enough to be named."""
_BY = 2.0
"""By how much it must have moved at least: from one to two is no trend."""


class Figure(Struct, frozen=True):
    """A reading at one shop ("" where it is taken once for all) over a period.

    `value` was taken last, `at` that instant (UTC); `low` and `high` bound all that were `taken`, `mean` is that of
    the last of each day. `before` is the last value of the period before. `level` is what `earlier` and `parts` are
    held against: of a day the value, of more the mean; likewise they, of `Period.earlier` and `Period.parts`, None
    where nothing was taken. `warn` is the warning level there is for it. `daily` is the last value of each day, from
    the first day of what the period is held against.
    """

    metric: str
    shop: str
    value: float
    at: datetime
    low: float
    high: float
    taken: int
    mean: float
    level: float
    before: float | None = None
    earlier: tuple[float | None, ...] = ()
    parts: tuple[float | None, ...] = ()
    warn: WarnLevel | None = None
    daily: Mapping[date, float] = field(default_factory=dict)

    @property
    def passed(self) -> WarnLevel | None:
        """The warning level that the value is past, None where it is not."""
        return self.warn if self.warn and self.warn.hit(self.value) else None

    @property
    def change(self) -> float | None:
        return None if self.before is None else difference(self.value, self.before)

    @property
    def drift(self) -> float | None:
        """By how much it moved against the nearest of `earlier`; None where nothing was taken then."""
        return None if not self.earlier or self.earlier[0] is None else difference(self.level, self.earlier[0])

    @property
    def worse(self) -> bool | None:
        """Whether it moved towards its warning level or further past it; None where it has none, or stood still."""
        if self.warn is None or not self.drift:
            return None
        return (self.drift > 0) is self.warn.above

    @property
    def moved(self) -> bool:
        """Whether it moved enough to be named, or came to be past its warning level."""
        drift = self.drift
        if drift is None or not self.earlier or self.earlier[0] is None:
            return False
        crossed = self.warn is not None and self.warn.hit(self.level) and not self.warn.hit(self.earlier[0])
        return crossed or (abs(drift) >= _BY and abs(drift) >= _MOVED * abs(self.earlier[0]))


def difference(value: float, before: float) -> float:
    # Rounded, for 4.7 less 4.6 is to be 0.1 and not 0.10000000000000053.
    return round(value - before, 6)


def movers(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that moved, the worst first: those that moved for the worse, then those of which nobody said which
    way is worse, each by the share of what they were; what moved for the better last."""

    def badness(figure: Figure) -> tuple[int, float]:
        drift = figure.drift or 0.0
        rank = {True: 0, None: 1, False: 2}[figure.worse]
        return rank, -abs(drift) / max(abs(figure.level - drift), 1.0)

    return sorted((figure for figure in figures if figure.moved), key=badness)


def figures_of(readings: Iterable[Reading], period: Period, schedule: Schedule) -> Iterator[Figure]:
    """The figures of a period, in the order of the schedule's metrics and shops; `readings` reach back to the first
    day the period is held against. Readings of shops and metrics that are no longer known come last."""
    taken: dict[tuple[str, str], list[Reading]] = {}
    for reading in sorted(readings, key=attrgetter("at")):
        taken.setdefault((reading.metric, reading.shop), []).append(reading)
    metrics, shops = _places(schedule.metrics), _places(("", *schedule.shops))
    last = (len(metrics), len(shops))
    earlier, parts = period.earlier, period.parts
    for about in sorted(taken, key=lambda it: (metrics.get(it[0], last[0]), it[0], shops.get(it[1], last[1]), it[1])):
        figure = _figure(taken[about], period, earlier, parts, schedule)
        if figure is not None:
            yield figure


def _figure(
    readings: list[Reading], period: Period, earlier: Sequence[Period], parts: Sequence[Period], schedule: Schedule
) -> Figure | None:
    """None where nothing was taken in the period itself. `readings` are of one metric at one shop, by instant."""
    within = [reading for reading in readings if reading.business_date in period]
    if not within:
        return None
    newest = within[-1]
    values = [reading.value for reading in within]
    daily = dict(sorted({reading.business_date: reading.value for reading in readings}.items()))
    course = _Course(daily)
    metric, shop = schedule.metrics.get(newest.metric), schedule.shops.get(newest.shop)
    mean = course.mean(period)
    assert mean is not None
    return Figure(
        metric=newest.metric,
        shop=newest.shop,
        value=newest.value,
        at=newest.at,
        low=min(values),
        high=max(values),
        taken=len(values),
        mean=mean,
        level=newest.value if period.kind is PeriodKind.DAY else mean,
        before=course.last(period.before),
        earlier=tuple(map(course.mean, earlier)),
        parts=tuple(map(course.mean, parts)),
        warn=metric.scale_on(shop.platform if shop else None).warn if metric else None,
        daily=daily,
    )


class _Course:
    """The last value of each day, to be asked about periods."""

    def __init__(self, daily: Mapping[date, float]) -> None:
        """`daily` in the order of the days."""
        self._days = list(daily)
        self._values = list(daily.values())

    def _within(self, period: Period) -> list[float]:
        return self._values[bisect_left(self._days, period.first) : bisect_right(self._days, period.last)]

    def mean(self, period: Period) -> float | None:
        values = self._within(period)
        return round(sum(values) / len(values), 6) if values else None

    def last(self, period: Period) -> float | None:
        values = self._within(period)
        return values[-1] if values else None


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}
