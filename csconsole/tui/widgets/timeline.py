"""The day as a list of lines, with the line of now among them."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from csconsole import wording
from csconsole.core.agenda import Agenda, Item
from csconsole.core.answer import Status
from csconsole.core.schedule import Schedule
from csconsole.core.text import fit, truncate, width
from csconsole.i18n import _, language
from csconsole.tui.board import Board
from csconsole.tui.keyboard import BoundOnly
from csconsole.tui.widgets.rows import Part, Rows


class Line(Struct, frozen=True):
    """An item of the timeline, or (item None) the line of now."""

    item: Item | None
    agenda: Agenda
    schedule: Schedule
    known: bool
    snoozed_until: datetime | None = None


_STYLES = {
    Status.DUE: "rows--due",
    Status.OVERDUE: "rows--overdue",
    Status.DONE: "rows--good",
    Status.ISSUE: "rows--strong",
    Status.SKIPPED: "rows--muted",
    Status.MISSED: "rows--overdue",
    Status.IN_PROGRESS: "rows--accent",
    Status.DELEGATED: "rows--accent",
}


class Timeline(BoundOnly, Rows[Line]):
    """The items of a business day. What is not known yet is shown as not known, never as overdue."""

    def id_of(self, entry: Line) -> str | None:
        return entry.item.key if entry.item else None

    def answered(self, item: Item) -> None:
        """Show how one of the items stands now."""
        for line in self._entries:
            if line.item and line.item.key == item.key:
                self.put(replace(line, item=item))

    def parts(self, entry: Line, cells: int) -> list[Part]:
        if entry.item is None:
            now = _("now")
            words = f"── {wording.clock_time(entry.agenda.now, entry.agenda.zone)} {now} "
            return [(words + "─" * max(0, cells - width(words)), "rows--accent")]
        item = entry.item
        found = item.occurrence
        category = entry.schedule.categories.get(found.category)
        name = category.name.to(language()) if category else found.category
        when = wording.clock_time(found.planned, entry.agenda.zone)
        if found.day != entry.agenda.day.date:
            when = f"{found.day:%m-%d}"
        state, style = state_of(entry)
        tag_cells = 4 if language() == "zh" else 10
        tag = fit(name, tag_cells) + " " if cells >= 56 else ""
        room = cells - width(when) - 1 - width(tag) - width(state) - 2
        title = truncate(item.title.to(language()), max(8, room))
        gap = max(1, cells - width(when) - 1 - width(tag) - width(title) - width(state) - 1)
        title_style = "rows--muted" if item.status.answered else style if item.status is Status.OVERDUE else ""
        return [
            (when + " ", title_style),
            (tag, "rows--muted"),
            (title, title_style),
            (" " * gap, ""),
            (state + " ", style),
        ]


def lines_of(
    agenda: Agenda, schedule: Schedule, known: bool, today: bool, snoozed: dict[str, datetime] | None = None
) -> list[Line]:
    """The timeline's lines; the line of now stands before the first item whose time is still to come."""
    snoozed = snoozed or {}
    lines = [Line(item, agenda, schedule, known, snoozed.get(item.key)) for item in agenda.items]
    if today:
        place = next((n for n, item in enumerate(agenda.items) if item.occurrence.planned > agenda.now), len(lines))
        lines.insert(place, Line(None, agenda, schedule, known))
    return lines


def state_of(line: Line) -> tuple[str, str]:
    """How an item stands, in a glyph and words, and the style that goes with it."""
    item, agenda = line.item, line.agenda
    assert item is not None
    if not line.known and item.due <= agenda.now:
        return "… " + _("loading"), "rows--muted"
    return f"{wording.status_glyph(item.status)} {_state_words(line, item)}", _STYLES.get(item.status, "rows--muted")


def _state_words(line: Line, item: Item) -> str:
    agenda, answer = line.agenda, item.answer
    if answer.marked_at is not None:
        words = answered_words(item, agenda)
        if item.status is Status.SKIPPED:
            return _("{time} skipped").format(time=words)
        return words
    if line.snoozed_until is not None and line.snoozed_until > agenda.now:
        return _("later, {time}").format(time=wording.clock_time(line.snoozed_until, agenda.zone))
    shops = f" {sum(map(bool, answer.shops.values()))}/{len(answer.shops)}" if any(answer.shops.values()) else ""
    match item.status:
        case Status.UPCOMING if item.due != item.occurrence.planned:
            return _("held, due {time}").format(time=wording.clock_time(item.due, agenda.zone)) + shops
        case Status.UPCOMING:
            return wording.ahead(item.due - agenda.now) + shops
        case Status.DUE | Status.OVERDUE:
            back = " " + _("{name}?").format(name=truncate(answer.delegated_to, 8)) if answer.delegated_to else ""
            return f"{wording.status(item.status)} {wording.span(agenda.now - item.due)}" + back + shops
        case Status.IN_PROGRESS if answer.started_at:
            return f"{wording.status(item.status)} {wording.span(agenda.now - answer.started_at)}" + shops
        case Status.DELEGATED if answer.delegated_until:
            until = wording.clock_time(answer.delegated_until, agenda.zone)
            return f"{answer.delegated_to or ''} {until}"
        case _:
            return wording.status(item.status) + shops


def answered_words(item: Item, agenda: Agenda) -> str:
    """When an item was answered, and how late if it was."""
    assert item.answer.marked_at is not None
    local = item.answer.marked_at.astimezone(agenda.zone)
    when = f"{local:%H:%M}" if agenda.starts <= item.answer.marked_at < agenda.ends else f"{local:%m-%d %H:%M}"
    late = item.late or timedelta()
    return when if item.on_time else f"{when} {wording.late(late)}"


def plain_text(board: Board) -> str:
    """The day as lines of plain text, for pasting."""
    agenda = board.agenda
    lines = [f"{wording.full_date(agenda.day.date)} {wording.day_kind(agenda.day)}"]
    for line in lines_of(agenda, board.schedule, board.known, today=False):
        assert line.item is not None
        when = wording.clock_time(line.item.occurrence.planned, agenda.zone)
        lines.append(f"{when} {line.item.title.to(language())}  {state_of(line)[0]}")
    return "\n".join(lines)
