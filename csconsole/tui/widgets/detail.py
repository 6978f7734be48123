"""The selected check at a glance: how it stands, what to look at, the numbers beside those of last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.geometry import Size
from textual.strip import Strip

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.answer import Status
from csconsole.core.incident import Incident
from csconsole.core.schedule import Metric, Schedule
from csconsole.core.text import fit, truncate, width
from csconsole.i18n import _, language
from csconsole.tui.board import Board, Past
from csconsole.tui.widgets.bars import short
from csconsole.tui.widgets.lists import clock_of
from csconsole.tui.widgets.painting import Lines, strip_of

_BARS = "▁▂▃▄▅▆▇█"
_SHOP, _COLUMN = 12, 16


class Detail(Lines, can_focus=False):
    """What there is to know of one item, folded to the room there is. It paints only the lines that changed."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.item: Item | None = None
        self.past: Past | None = None
        self._board: Board | None = None
        self._strips: list[Strip] = []

    def show(self, item: Item | None, board: Board, past: Past | None) -> None:
        """Show an item of this board beside the numbers taken before; None: they are not known yet."""
        if item is self.item and board is self._board and past is self.past:
            return
        if item is None or self.item is None or item.key != self.item.key:
            self.scroll_to(y=0, animate=False, force=True)
        self.item, self.past, self._board = item, past, board
        self._fold()

    def text(self, cells: int) -> Text:
        """What it says in lines of `cells` cells, which may yet be folded."""
        board, item = self._board, self.item
        if board is None or item is None:
            return Text(_("Nothing is selected."), "dim")
        lines = [
            Text(item.title.to(language()), "bold"),
            *(Text(line) for line in _standing(item, board) if line),
            *_round(item, board, cells),
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

    def strip(self, y: int) -> Strip:
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._fold()

    def on_resize(self) -> None:
        self._fold()

    def _fold(self) -> None:
        if not self.is_attached or not self.size:
            return  # nothing is laid out yet
        self._strips = self._folded(self.size.width)
        if len(self._strips) > self.size.height:
            self._strips = self._folded(self.size.width - self.scrollbar_size_vertical)
        if self.virtual_size.height != len(self._strips):
            # Set the usual way, it has Textual lay out all of the screen: that is for a scroll bar that comes or goes.
            self.set_reactive(Detail.virtual_size, Size(1, len(self._strips)))
            self._scroll_update(self.virtual_size)
        self.paint()

    def _folded(self, width: int) -> list[Strip]:
        cells, console = max(20, width), self.app.console
        return [strip_of(line, cells, self.rich_style, console) for line in self.text(cells).wrap(console, cells)]


def _round(item: Item, board: Board, cells: int) -> Iterator[Text]:
    """The incidents found at the item, and those it asks about."""
    around = board.round_of(item)
    asked = _("Found before and open: closed?")
    for heading, incidents in ((_("Found here"), around.found), (asked, around.asked)):
        if incidents:
            yield Text(heading, "bold")
            yield from (Text(of_round(each, board, cells)) for each in incidents)


def of_round(incident: Incident, board: Board, cells: int) -> str:
    """An incident a check found, in one line: what it is, and the time it has left or that it is settled."""
    clock, _style = clock_of(incident, board.now)
    head = short(incident, board)
    return f"{head} {truncate(incident.title, max(4, cells - width(head) - width(clock) - 4))} · {clock}"


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
        if item.answer.spent is not None:
            state += " · " + _("took {span}").format(span=wording.span(item.answer.spent))
        if item.answer.by:
            state += " · " + item.answer.by
    elif item.status is Status.UPCOMING:
        state += " · " + wording.ahead(found.due - now)
    elif item.status in (Status.DUE, Status.OVERDUE):
        state += " " + wording.span(now - found.due)
        state += " · " + _("grace until {time}").format(time=wording.clock_time(found.due + found.grace, zone))
    elif item.status is Status.IN_PROGRESS and item.answer.started_at:
        state += " · " + _("since {time}, {span}").format(
            time=wording.clock_time(item.answer.started_at, zone), span=wording.span(now - item.answer.started_at)
        )
    elif item.status is Status.DELEGATED and item.answer.delegated_until:
        until = wording.clock_time(item.answer.delegated_until, zone)
        state += " · " + _("{name} until {time}").format(name=item.answer.delegated_to or "", time=until)
    peace = []
    if item.answer.delegated_to and item.status is not Status.DELEGATED:
        peace.append(_("back from {name}?").format(name=item.answer.delegated_to))
    if item.status.open and (later := board.snoozed.get(item.key)):
        peace.append(_("no reminder before {time}").format(time=wording.clock_time(later, zone)))
    return [*lines, state, *peace, wording.moved_reason(found.adjusted), wording.provisional_note(found.adjusted)]


def _table(item: Item, schedule: Schedule, past: Past, cells: int) -> list[Text]:
    """A row a shop: its answer, and each reading beside last time's; the trend of the days before where one number is
    taken. Where the columns do not fit side by side, a line a reading."""
    # A past day's check may have read what the schedule no longer knows.
    metrics = [schedule.metrics[name] for name in item.occurrence.read if name in schedule.metrics]
    columns = _SHOP + len(metrics) * _COLUMN <= cells
    rows: list[Text] = []
    if columns and metrics:
        heads = "".join(fit("  " + metric.name.to(language()), _COLUMN) for metric in metrics)
        rows.append(Text(" " * _SHOP + heads, "dim"))
    for shop in item.occurrence.shops or ("",):
        platform = schedule.shops[shop].platform if shop in schedule.shops else None
        row = _shop(item, schedule, shop)
        for metric in metrics:
            asked = platform is None or metric.asked_on(platform)
            if columns:
                row.append_text(_numbers(item, metric, shop, platform, past) if asked else Text(" " * _COLUMN))
            elif asked:
                name = fit("  " + metric.name.to(language()), max(8, cells - _COLUMN))
                row.append_text(Text.assemble("\n", (name, "dim"), _numbers(item, metric, shop, platform, past)))
        trend = spark(past.trend.get((shop, metrics[0].id), ())) if len(metrics) == 1 else ""
        if row.cell_len + width(trend) < cells:
            row.append(" " + trend)
        rows.append(row)
    return rows


def _shop(item: Item, schedule: Schedule, shop: str) -> Text:
    if not shop:
        return Text(" " * _SHOP)
    known, result = schedule.shops.get(shop), item.answer.shops.get(shop)
    name = known.name.to(language()) if known else shop
    glyph = wording.status_glyph(result) if result else "·"
    return Text.assemble((f"{glyph} ", "green" if result is Status.DONE else "bold"), fit(name, _SHOP - 2))


def _numbers(item: Item, metric: Metric, shop: str, platform: str | None, past: Past) -> Text:
    """What was taken, marked where it is past its warning level, and what was taken last time."""
    about = (shop, metric.id)
    value, before = item.answer.readings.get(about), past.last.get(about)
    warn = metric.scale_on(platform).warn
    hit = value is not None and warn is not None and warn.hit(value)
    return Text.assemble(f"{number(value):>7}", ("▲" if hit else " ", "bold red"), (f"{number(before):>7} ", "dim"))


def spark(values: Sequence[float | None]) -> str:
    """The values as bars, the lowest and the highest being the ends of the scale; a dot where there is none."""
    taken = [value for value in values if value is not None]
    if len(taken) < 2:
        return ""
    low, high = min(taken), max(taken)
    steps = len(_BARS) - 1

    def bar(value: float | None) -> str:
        if value is None:
            return "·"
        return _BARS[round((value - low) / (high - low) * steps) if high > low else 3]

    return "".join(map(bar, values))


def number(value: float | None) -> str:
    """A reading in seven cells at most."""
    return "–" if value is None else truncate(f"{value:,.10g}", 7)
