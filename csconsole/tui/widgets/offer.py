"""A reading past its warning level offers to be logged: one line below the timeline, which takes no key of its."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from csconsole.core.agenda import Item
from csconsole.core.lexicon import Lexicon
from csconsole.core.schedule import Schedule
from csconsole.core.text import truncate, width
from csconsole.i18n import _, language


class Offer(NamedTuple):
    """`words` say what could be logged, found at `item`; `line` is what the log would begin with."""

    item: Item
    words: str
    line: str


class Offered(Static):
    """The first of what is offered; gone when it is taken or put away."""

    offers: reactive[tuple[Offer, ...]] = reactive((), layout=True)

    def watch_offers(self) -> None:
        self.display = bool(self.offers)

    def render(self) -> Text:
        if not self.offers:
            return Text()
        keys = _("F2 logs it · Esc hides")
        if more := len(self.offers) - 1:
            keys = _("and {n} more").format(n=more) + " · " + keys
        words = truncate(f"▲ {self.offers[0].words}", max(10, self.size.width - width(keys) - 3))
        return Text.assemble((words, "bold"), f" · {keys}")


def line_for(item: Item, shop: str | None, lexicon: Lexicon) -> str:
    """What a line begins with that says what was found at a check: its category, and the shop if it is one."""
    words = []
    if item.occurrence.category in lexicon.schedule.categories:
        words.append(lexicon.write_category(item.occurrence.category))
    if shop and shop in lexicon.schedule.shops:
        words.append(lexicon.write_shop(shop))
    return "".join(f"{word} " for word in words)


def offers_of(item: Item, readings: Mapping[tuple[str, str], float], lexicon: Lexicon) -> Iterator[Offer]:
    """What these readings, taken at a check, offer to log: those past their warning level."""
    schedule: Schedule = lexicon.schedule
    for (shop, name), value in readings.items():
        metric, place = schedule.metrics.get(name), schedule.shops.get(shop)
        warn = metric.scale_on(place.platform if place else None).warn if metric else None
        if metric and warn and warn.hit(value):
            sign = ">" if warn.above else "<"
            figure = f"{metric.name.to(language())} {value:.10g} {sign} {warn.level:.10g}"
            where = place.name.to(language()) + " " if place else ""
            yield Offer(item, where + figure, line_for(item, shop, lexicon) + figure)
