"""What happened, made up: how a supervisor answered each check and what was read at it. All of it follows from the
numbers of one `Random`, so that the same seed tells the same story again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from deeds import LI, WANG, Deed
from msgspec.structs import replace
from seasons import backlog, busy
from troubles import Troubles

from csconsole.core.businessday import wall_instant
from csconsole.core.calendar import Calendar
from csconsole.core.facts import MarkKind, NewMark
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Schedule
from csconsole.journal.tables import Verb

_MINUTE = timedelta(minutes=1)

_LATE = {"data-and-chats": 0.3, "review-contents": 0.15, "one-to-one": 0.12}
"""How often a check is answered late, where it is not the usual."""

_MISSED = {"one-to-one": 0.09, "team-status": 0.05, "review-contents": 0.04}

_FINDS = {
    "complaints-and-refunds": 0.16, "refund-chase": 0.12, "late-wrong-shipments": 0.14, "returns-and-logistics": 0.1,
    "review-contents": 0.08, "platform-disputes": 0.07, "shop-health": 0.03,
}  # fmt: skip
"""How often a check finds something wrong; the others never do."""

_SKIPPED = {
    "operations-plan": ("今天没有活动", "运营部外出"),
    "dropship-dispatch": ("今天没有代发单",),
    "one-to-one": ("人手不够,改到明天",),
    "morning-meeting": ("公司通知取消",),
}

# metric: usual level, how far it swings, how much sales and backlogs add to it
_LEVELS = {
    "complaints_open": (2.5, 0.4, 1.0, 0.5), "refunds_pending": (11, 0.35, 0.6, 0.4),
    "refunds_near_limit": (2, 0.6, 0.6, 0.5), "late_shipments": (1.2, 0.6, 0.1, 4.0),
    "pickup_overdue": (1, 0.7, 0.1, 3.0), "wrong_shipments": (0.8, 0.7, 0.3, 0.8),
    "unshipped_orders": (60, 0.3, 1.6, 0.8), "returns_to_receive": (14, 0.3, 0.1, 1.2),
    "logistics_stalled": (3, 0.5, 0.1, 2.5), "bad_reviews": (2.2, 0.6, 0.3, 1.0),
    "offline_unanswered": (3, 0.7, 0.9, 0.2), "disputes_to_answer": (1, 0.7, 0.5, 0.8),
    "dropship_orders": (22, 0.3, 1.0, 0.0), "response_seconds": (19, 0.15, 0.35, 0.1),
    "sales_amount": (48_000, 0.15, 1.3, -0.05),
}  # fmt: skip
_SIZES = {"tmall": 1.5, "taobao": 0.9, "jd": 1.1, "pdd": 1.4, "douyin": 1.0, "kuaishou": 0.5, "": 1.0}

# metric: usual level, how far it swings, how much sales and backlogs take away
_SCORES = {
    "dsr_item": (4.82, 0.012, 0.01, 0.01), "dsr_service": (4.8, 0.015, 0.015, 0.015),
    "dsr_logistics": (4.78, 0.015, 0.02, 0.045), "reply_rate": (96.5, 0.8, 2.0, 0.4),
    "inquiry_conversion": (47, 2.5, -3.0, 1.0), "satisfaction": (90, 1.6, 2.5, 2.0),
}  # fmt: skip
_SHOP_SCORES = {"jd": (4.6, 0.03, 0.05, 0.06), "pdd": (4.5, 0.04, 0.05, 0.08), "douyin": (88, 0.8, 1.0, 2.0),
                "kuaishou": (84, 0.8, 1.0, 1.5)}  # fmt: skip

_HANDOVERS = (
    "",
    "",
    "夜班请盯未结投诉",
    "库存:A 款缺货,先不承诺发货时间",
    "快递停收两个区,改址单先留着",
    "大促排班见群公告",
)


@dataclass
class Life:
    """The story of a team by a schedule."""

    schedule: Schedule
    calendar: Calendar
    random: Random
    troubles: Troubles
    _drift: dict[tuple[str, str], float] = field(default_factory=dict)

    def day(self, day: date, occurrences: Sequence[Occurrence]) -> Iterator[Deed]:
        """What was done about what was due on a day, what went wrong on it and became of that later, in no order."""
        for place, drift in self._drift.items():
            self._drift[place] = 0.8 * drift + self.random.gauss(0, 0.35)
        away = self.random.random() < 0.008  # nobody was at the console
        lead = WANG if self.calendar.is_working(day) else LI
        yield Deed(self._wall(day, 8, 20, 20), lead, Verb.TAKE_OVER)
        for occurrence in occurrences:
            if not away or occurrence.deadline:
                yield from self._answered(occurrence, lead)
        yield from self.troubles.of(day)
        if not away and self.random.random() < 0.93:
            handover = self.random.choice(_HANDOVERS)
            yield Deed(self._wall(day, 21, 30, 50), lead, Verb.CLOSE_DAY, text=handover, day=day)

    # -- checks -----------------------------------------------------------------------------------------------

    def _answered(self, found: Occurrence, by: str) -> Iterator[Deed]:
        chance = self.random.random
        at = self._answer_time(found)
        if at is None:
            return
        mark = NewMark(found.key, found.day, MarkKind.DONE, at, found.due, found.grace, found.shops)
        if found.duty in _SKIPPED and chance() < 0.06:
            skipped = replace(mark, kind=MarkKind.SKIPPED, reason=self.random.choice(_SKIPPED[found.duty]))
            yield Deed(at, by, Verb.MARK, (skipped,))
            return
        if chance() < 0.25:
            started = replace(mark, kind=MarkKind.STARTED, at=at - self.random.randint(3, 40) * _MINUTE)
            yield Deed(started.at, by, Verb.MARK, (started,))
        elif chance() < 0.02:
            given = replace(mark, kind=MarkKind.DELEGATED, to=LI, until=at, at=at - 45 * _MINUTE)
            yield Deed(given.at, by, Verb.MARK, (given,))
        done = replace(mark, readings=self._readings(found))
        if chance() < 0.012:  # a slip of the finger
            slip = Deed(at - 2 * _MINUTE, by, Verb.MARK, (replace(done, at=at - 2 * _MINUTE, kind=MarkKind.ISSUE),))
            yield slip
            yield Deed(at - _MINUTE, by, Verb.UNDO, undoes=slip)
        if chance() < _FINDS.get(found.duty, 0) * (0.6 + 0.4 * busy(found.day) + 0.3 * backlog(found.day)):
            yield from self._issue(done, found, by)
        elif found.shops and chance() < 0.05:  # shop after shop
            for number, shop in enumerate(found.shops):
                own = {place: value for place, value in (done.readings or {}).items() if place[0] == shop}
                moment = at - (len(found.shops) - number) * _MINUTE
                yield Deed(moment, by, Verb.MARK, (replace(done, shop=shop, at=moment, readings=own),))
        else:
            # Done at its time, and only said later.
            recorded = at + self.random.randint(20, 240) * _MINUTE if chance() < 0.03 else at
            yield Deed(recorded, by, Verb.MARK, (done,))

    def _issue(self, mark: NewMark, found: Occurrence, by: str) -> Iterator[Deed]:
        shop = self.random.choice(found.shops) if found.shops else None
        said = replace(
            mark, kind=MarkKind.ISSUE, shop=shop, note=self.random.choice(("已建工单", "", "跟进中")) or None
        )
        rest = (replace(mark, readings=None),) if shop else ()
        yield Deed(mark.at, by, Verb.MARK, (said, *rest))
        if self.random.random() < 0.8:
            yield from self.troubles.trouble(found.day, found.category, shop, mark.at, found.key)

    def _answer_time(self, found: Occurrence) -> datetime | None:
        """When it was answered; None where it never was."""
        chance, strain = self.random.random(), 0.03 * (busy(found.day) - 1)
        if found.deadline:
            if chance < 0.06:
                return found.due + self.random.randint(30, 2 * 24 * 60) * _MINUTE
            return found.due - self.random.randint(5, 300) * _MINUTE
        missed = _MISSED.get(found.duty, 0.012) + strain + (0 if self.calendar.is_working(found.day) else 0.03)
        if chance < missed:
            return None
        if chance < missed + _LATE.get(found.duty, 0.06) + 2 * strain:
            late = found.due + found.grace + (1 + self.random.expovariate(1 / 35)) * _MINUTE
            return min(late, (found.expires_at or late) - _MINUTE)
        early = -4 if not found.until else 0
        return found.due + self.random.randint(early * 60, int(found.grace.total_seconds())) * timedelta(seconds=1)

    # -- readings ---------------------------------------------------------------------------------------------

    def _readings(self, found: Occurrence) -> dict[tuple[str, str], float]:
        if not found.read or self.random.random() < 0.04:
            return {}
        places = [(shop, metric) for metric in found.read for shop in found.shops or ("",)]
        taken = [place for place in places if self._asked(*place) and self.random.random() < 0.87]
        return {(shop, metric): self._level(shop, metric, found.day) for shop, metric in taken}

    def _asked(self, shop: str, metric: str) -> bool:
        return not shop or self.schedule.metrics[metric].asked_on(self.schedule.shops[shop].platform)

    def _level(self, shop: str, metric: str, day: date) -> float:
        drift = self._drift.setdefault((shop, metric), self.random.gauss(0, 0.5))
        sale, late = busy(day) - 1, backlog(day)
        if metric in _LEVELS:
            usual, swing, by_sale, by_backlog = _LEVELS[metric]
            size = 1.0 if metric == "response_seconds" else _SIZES.get(shop, 1.0)
            level = usual * size * max(0.05, 1 + by_sale * sale + by_backlog * late)
            if (shop, metric) == ("pdd", "refunds_pending"):  # grows through each year
                level *= 1 + 0.8 * day.timetuple().tm_yday / 366
            level *= max(0.0, 1 + swing * (drift + self.random.gauss(0, 0.5)))
            return round(level, 2) if metric == "sales_amount" else float(round(level))
        usual, swing, by_sale, by_backlog = (_SHOP_SCORES if metric == "shop_score" else _SCORES).get(
            shop if metric == "shop_score" else metric, (80, 1, 1, 1)
        )
        level = usual + swing * drift - by_sale * sale - by_backlog * late
        scale = self.schedule.metrics[metric].scale_on(self.schedule.shops[shop].platform if shop else None)
        low, high = scale.low or 0.0, 1e9 if scale.high is None else scale.high
        return round(min(max(level, low), high), 2 if usual < 10 else 1)

    def _wall(self, day: date, hour: int, minute: int, within: int) -> datetime:
        start = wall_instant(self.schedule, day, datetime.min.time())
        return start + timedelta(hours=hour, minutes=minute + self.random.randrange(within))
