"""What goes wrong in the made-up year, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from deeds import CHEN, LI, NIGHT, WANG, ZHANG, Deed
from msgspec.structs import replace
from seasons import backlog, busy

from csconsole.core.businessday import day_start
from csconsole.core.calendar import Calendar
from csconsole.core.incident import Draft, EventKind, NewEvent, Severity, WaitingOn
from csconsole.core.limits import limited
from csconsole.core.schedule import Schedule
from csconsole.journal.tables import Verb

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)

# category: how often, and what is said of it; the shares shift with sales and backlogs
_TROUBLES = {
    "complaints": (22, ("买家说没收到", "投诉客服态度", "平台介入待举证", "承诺未兑现", "要求三倍赔付")),
    "refunds": (20, ("少件要求退款", "仅退款争议", "退款未到账", "配件少发,退配件款", "价保差价未退", "退货运费争议")),
    "shipments": (13, ("延迟发货催单", "错发颜色", "漏发赠品", "缺货要取消", "虚假发货预警")),
    "logistics": (19, ("丢件,要求退款", "破损待赔", "物流停滞三天", "拦截失败", "改址", "拒收退回")),
    "reviews": (9, ("差评:掉色", "差评:尺寸不符", "低星待回复")),
    "quality": (7, ("少件:缺螺丝配件", "到手有瑕疵", "开线")),
    "invoices": (4, ("发票抬头写错", "发票未寄")),
    "service": (3, ("响应超时被投诉", "话术用错")),
    "shop": (1.5, ("违规扣分申诉", "体验分预警")),
    "operations": (1.5, ("活动价设置错误", "库存不同步")),
}
_NOTES = ("已联系快递,等回复", "买家同意补发", "已交凭证,等平台判责", "电话未接,下午再打", "仓库在找", "已转售后")
_ENDINGS = ("已退款", "已补发", "平台支持我方", "快递已赔", "买家撤诉", "已道歉并送券", "")


@dataclass
class Troubles:
    """Incidents at the shops of a schedule, some `a_day` on an ordinary one."""

    schedule: Schedule
    calendar: Calendar
    random: Random
    a_day: float

    def of(self, day: date) -> Iterator[Deed]:
        """What went wrong on a day, besides what its checks found, and what became of that, in no order."""
        for _number in range(self._poisson(self.a_day * 0.85 * (0.75 * busy(day) + 0.25 + 0.25 * backlog(day)))):
            yield from self.trouble(day, self._category(day), self.random.choice(list(self.schedule.shops)))

    def _category(self, day: date) -> str:
        shares = {category: share for category, (share, _titles) in _TROUBLES.items()}
        shares["complaints"] *= busy(day)
        shares["shipments"] *= 1 + 2 * backlog(day)
        shares["logistics"] *= 1 + backlog(day)
        return self.random.choices(list(shares), list(shares.values()))[0]

    def trouble(
        self, day: date, category: str, shop: str | None, at: datetime | None = None, found_at: str | None = None
    ) -> Iterator[Deed]:
        choice, chance = self.random.choice, self.random.random
        at = at or day_start(self.schedule, day) + self.random.triangular(3.5, 20, 9) * _HOUR
        at = at.replace(microsecond=0)
        title = choice(_TROUBLES.get(category, _TROUBLES["service"])[1])
        many = self.random.randint(12, 37) if title == "物流停滞三天" and chance() < 0.1 else 1 + (chance() < 0.08)
        orders = tuple(
            f"{day:%y%m%d}{self.random.randrange(10**13):013d}" for _ in range(many if chance() < 0.93 else 0)
        )
        assignee = self.random.choices((LI, ZHANG, CHEN, WANG, None), (40, 25, 15, 8, 12))[0]
        severity = self.random.choices(list(Severity), (10, 68, 17, 5))[0]
        buyer = f"tb{self.random.randrange(10**8):08d}" if chance() < 0.3 else None
        line = f"{category} {shop or ''} {title}"
        draft = Draft(title, category, line, shop, orders, assignee, severity, occurrence=found_at, buyer=buyer)
        draft = limited(draft, at, self.schedule, self.calendar)
        if "平台" in title:
            draft = replace(draft, platform_by=at + self.random.randint(20, 72) * _HOUR)
        by = NIGHT if at > day_start(self.schedule, day) + 16 * _HOUR else assignee or WANG
        logged = Deed(at, by, Verb.LOG, draft=draft)
        yield logged
        if chance() < 0.006:
            yield Deed(at + _MINUTE, by, Verb.UNDO, undoes=logged)
            return
        yield from self._followed(logged, draft)

    def _followed(self, logged: Deed, draft: Draft) -> Iterator[Deed]:
        """What became of an incident: told from a list of hours after its logging."""
        span = (draft.due_at or logged.at + 24 * _HOUR) - logged.at
        takes = span * self.random.lognormvariate(-1.0, 0.65)
        by = draft.assignee or WANG

        def told(after: timedelta, *events: NewEvent) -> Deed:
            return Deed((logged.at + after).replace(microsecond=0), by, Verb.TELL, of=logged, events=events)

        chance, choice = self.random.random, self.random.choice
        yield told(takes * 0.1, NewEvent(EventKind.ANSWERED))
        for number in range(notes := self.random.choices((0, 1, 2, 3), (35, 40, 18, 7))[0]):
            yield told(takes * (number + 1) / (notes + 2), NewEvent(EventKind.NOTE, choice(_NOTES)))
        if chance() < 0.15:
            waiting = NewEvent(EventKind.WAITING, value=choice(list(WaitingOn)).value)
            yield told(takes * 0.3, waiting)
            if chance() < 0.5:
                yield told(takes * 0.7, NewEvent(EventKind.CONTINUED))
        if draft.assignee is None or chance() < 0.04:
            yield told(takes * 0.4, NewEvent(EventKind.ASSIGNED, value=choice((LI, ZHANG, CHEN))))
        if len(draft.orders) > 1:
            for order in draft.orders[:-1]:
                yield told(takes * (0.5 + 0.4 * chance()), NewEvent(EventKind.ORDER_CLOSED, value=order))
        if chance() < 0.006:  # long forgotten
            takes += self.random.randint(8, 40) * timedelta(days=1)
        yield told(takes, NewEvent(EventKind.RESOLVED, choice(_ENDINGS)))
        if chance() < 0.03:
            yield told(takes + 20 * _HOUR, NewEvent(EventKind.REOPENED, "买家又来了"))
            yield told(takes + 44 * _HOUR, NewEvent(EventKind.RESOLVED, choice(_ENDINGS)))

    def _poisson(self, mean: float) -> int:
        count, left = 0, mean
        while (left := left - self.random.expovariate(1.0)) > 0:
            count += 1
        return count
