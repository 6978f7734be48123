"""The selected check at a glance: how it stands, what to look at, the numbers beside those of last time."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from csconsole import wording
from csconsole.core.agenda import Item, Status
from csconsole.core.schedule import Metric, Schedule
from csconsole.core.text import fit, truncate, width
from csconsole.i18n import _, language
from csconsole.tui.board import Board, Past

_BARS = "▁▂▃▄▅▆▇█"


class Detail(Static):
    """What there is to know of one item."""

    board: reactive[Board | None] = reactive(None)
    item: reactive[Item | None] = reactive(None)
    past: reactive[Past | None] = reactive(None)

    def render(self) -> Text:
        board, item = self.board, self.item
        if board is None or item is None:
            return Text(_("Nothing is selected."), "dim")
        cells = max(20, self.size.width)
        lines = [
            Text(item.title.to(language()), "bold"),
            *(Text(line) for line in _standing(item, board) if line),
            Text(),
            *(Text(f"· {step.to(language())}") for step in item.occurrence.steps),
        ]
        if item.occurrence.link:
            lines.append(Text(f"↗ {item.occurrence.link}", "underline"))
        if item.occurrence.read or item.occurrence.shops:
            lines += [Text(), *_table(item, board.schedule, self.past or Past({}, {}), cells)]
        if item.answer.note:
            lines += [Text(), Text(_("Note: {note}").format(note=item.answer.note))]
        if item.answer.reason:
            lines += [Text(), Text(_("Skipped: {reason}").format(reason=item.answer.reason))]
        return Text("\n").join(lines)


def _standing(item: Item, board: Board) -> Sequence[str]:
    """How the item stands, in words."""
    agenda, found = board.agenda, item.occurrence
    zone, now = agenda.zone, agenda.now
    span = wording.clock_time(found.planned, zone)
    if found.until:
        span += "–" + wording.clock_time(found.until, zone)
    lines = [span]
    if found.due != found.planned:
        lines.append(_("held until {time}: it is due then").format(time=wording.clock_time(found.due, zone)))
    if not board.known and found.due <= now:
        return [*lines, _("loading")]
    state = f"{wording.status_glyph(item.status)} {wording.status(item.status)}"
    if item.answer.marked_at is not None:
        state += " " + wording.date_time(item.answer.marked_at, zone)
        if not item.on_time and item.late:
            state += " · " + wording.late(item.late)
        if item.answer.by:
            state += " · " + item.answer.by
    elif item.status is Status.UPCOMING:
        state += " · " + wording.ahead(found.due - now)
    elif item.status in (Status.DUE, Status.OVERDUE):
        state += " " + wording.span(now - found.due)
        state += " · " + _("grace until {time}").format(time=wording.clock_time(found.due + found.grace, zone))
    elif item.status is Status.DELEGATED and item.answer.delegated_until:
        until = wording.clock_time(item.answer.delegated_until, zone)
        state += " · " + _("{name} until {time}").format(name=item.answer.delegated_to or "", time=until)
    return [*lines, state, wording.moved_reason(found.adjusted), wording.provisional_note(found.adjusted)]


def _table(item: Item, schedule: Schedule, past: Past, cells: int) -> list[Text]:
    """A row a shop: its answer, and each reading with last time's and the trend of the days before."""
    metrics = [schedule.metrics[name] for name in item.occurrence.read]
    rows: list[Text] = []
    for shop in item.occurrence.shops or ("",):
        head = Text()
        if shop:
            known = schedule.shops.get(shop)
            name = known.name.to(language()) if known else shop
            result = item.answer.shops.get(shop)
            glyph = wording.status_glyph(result) if result else "·"
            head = Text.assemble((f"{glyph} ", "green" if result is Status.DONE else "bold"), fit(name, 14))
        platform = schedule.shops[shop].platform if shop in schedule.shops else None
        asked = [metric for metric in metrics if platform is None or metric.asked_on(platform)]
        if not asked:
            rows.append(head)
        for metric in asked:
            lead = head if metric is asked[0] else Text(" " * head.cell_len)
            rows.append(Text.assemble(lead, _reading(item, metric, shop, platform, past, cells - head.cell_len)))
    return rows


def _reading(item: Item, metric: Metric, shop: str, platform: str | None, past: Past, cells: int) -> Text:
    about = (shop, metric.id)
    value, before = item.answer.readings.get(about), past.last.get(about)
    warn = metric.scale_on(platform).warn
    hit = value is not None and warn is not None and warn.hit(value)
    name = fit(metric.name.to(language()), min(14, max(8, cells - 22)))
    words = Text.assemble(
        " ", (name, "dim"), f"{_number(value):>7}", ("▲" if hit else " ", "bold red"), f"{_number(before):>7} "
    )
    trend = spark(past.trend.get(about, ()))
    return words + Text(trend) if width(trend) + words.cell_len <= cells else words


def spark(values: Sequence[float]) -> str:
    """The values as bars, the lowest and the highest being the ends of the scale."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    steps = len(_BARS) - 1
    return "".join(_BARS[round((value - low) / (high - low) * steps) if high > low else 3] for value in values)


def _number(value: float | None) -> str:
    return "–" if value is None else truncate(f"{value:,.10g}", 7)
