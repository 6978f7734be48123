"""What the Desk shows, in plain lines: to be read by people, pasted into a chat, or spoken by a screen reader.

Nothing is drawn. Columns align in cells, and a status is a glyph and a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from shutil import get_terminal_size

from csconsole import wording
from csconsole.core.agenda import Agenda, Item
from csconsole.core.answer import Status
from csconsole.core.deadline import Deadline
from csconsole.core.errors import UserError
from csconsole.core.facts import Undone
from csconsole.core.incident import Incident
from csconsole.core.month import Month
from csconsole.core.text import fit, width
from csconsole.desk import Desk
from csconsole.i18n import _, language
from csconsole.wording import almanac
from csconsole.wording import life as lifewording
from csconsole.wording import limits as limitwording

_ONE_MINUTE = timedelta(minutes=1)

_WIDEST, _MONTH_LINES = 126, 24
"""Cells and lines that a month is given."""


# -- the day ---------------------------------------------------------------------------------------------------


def day(desk: Desk, agenda: Agenda) -> str:
    """A day's timeline: what day it is, how it stands, what comes next, and a line for each item."""
    shown = agenda.day.date
    rows = [
        (
            wording.clock_time(item.occurrence.planned, agenda.zone) if item.occurrence.day == shown else _when(item),
            _status(item.status),
            item.occurrence.duty if item.occurrence.day == shown else item.key,
        )
        for item in agenda.items
    ]
    lines = [
        f"{columns}  {'; '.join((item.title.to(language()), *_details(desk, item)))}"
        for columns, item in zip(_aligned(rows), agenda.items, strict=True)
    ]
    return "\n".join([*_heading(agenda), "", *(lines or [_("nothing is owed on this day")])])


def recorded(desk: Desk, item: Item, shop: str | None) -> str:
    """What was just marked, in one line."""
    said = _status(item.answer.shops.get(shop or "") or item.status)
    where = f" ({_shop(desk, shop)})" if shop else ""
    return f"{said}{where}  {'; '.join((item.title.to(language()), *_details(desk, item)))}  [{item.key}]"


def taken_over(desk: Desk, who: str) -> str:
    """Who took over just now."""
    return _("taken over: {name} {time}").format(name=who, time=wording.clock_time(desk.now(), desk.schedule.zone))


def closed(desk: Desk, day: date) -> str:
    """How a day was just closed, in one line."""
    page = desk.handover(day)
    progress = page.agenda.progress
    words = _("{date} closed again") if page.amended else _("{date} closed")
    counts = _("{answered} of {total} answered, {open} incidents open").format(
        answered=progress.answered, total=progress.total, open=len(page.open)
    )
    return f"{words.format(date=wording.full_date(day))}; {counts}"


def taken_back(desk: Desk, undone: Undone) -> str:
    """What was just undone, in one line."""
    what = ", ".join([*undone.keys, *(f"#{number}" for number in undone.incidents)])
    match undone.verb:
        case "close_day":
            what = _("the closing of the day")
        case "hand_over":
            what = _("the note to the next shift")
        case "keep_case":
            what = _("what was last written of a case")
        case "tell":
            what = _("what was last said of {incident}").format(incident=what)
        case "snooze":
            what = _("the putting off of {keys}").format(keys=what)
        case "away":
            what = _("that you were away, or back")
    said = _("taken back: {what}").format(what=what)
    if len(undone.keys) == 1:
        with suppress(UserError):  # its duty has left the schedule
            said = f"{said}; {_status(desk.find(undone.keys[0]).status)}"
    return said


def _heading(agenda: Agenda) -> Iterator[str]:
    day, progress = agenda.day, agenda.progress
    now = _("as of {now}").format(now=f"{agenda.now.astimezone(agenda.zone):%Y-%m-%d %H:%M}")
    yield f"{wording.full_date(day.date)}  {wording.day_kind(day)}  {now}"
    yield _(
        "{answered} of {total} answered; on time {on_time}, issues {issue}, skipped {skipped}, overdue {overdue}, "
        "missed {missed}"
    ).format(
        answered=progress.answered,
        total=progress.total,
        on_time=progress.on_time,
        issue=progress.issue,
        skipped=progress.skipped,
        overdue=progress.overdue,
        missed=progress.missed,
    )
    if following := agenda.next:
        yield _("next: {time} {title}, {wait}").format(
            time=wording.clock_time(following.due, agenda.zone),
            title=following.title.to(language()),
            wait=wording.ahead(following.due - agenda.now),
        )


def _details(desk: Desk, item: Item) -> Iterator[str]:
    """What there is to say of an item besides its time, status and title."""
    found, answer, zone = item.occurrence, item.answer, desk.schedule.zone
    if found.until:
        yield _("to {time}").format(time=wording.clock_time(found.until, zone))
    if found.due > found.planned:
        yield _("counts from {time}").format(time=wording.clock_time(found.due, zone))
    if moved := wording.moved_reason(found.adjusted):
        yield moved
    if item.status in (Status.DUE, Status.OVERDUE):
        yield wording.due_for(desk.now() - item.due)
    if answer.marked_at is not None:
        same_day = found.planned.astimezone(zone).date() == answer.marked_at.astimezone(zone).date()
        yield (wording.clock_time if same_day else wording.date_time)(answer.marked_at, zone)
        if item.late is not None and item.late >= _ONE_MINUTE:
            yield wording.late(item.late)
    if answer.by:
        yield _("by {name}").format(name=answer.by)
    if answer.spent is not None:
        yield _("took {span}").format(span=wording.span(answer.spent))
    elif answer.started_at is not None and item.status is Status.IN_PROGRESS:
        yield _("in progress since {time}").format(time=wording.clock_time(answer.started_at, zone))
    if answer.delegated_to and item.status is Status.DELEGATED:
        yield _("with {name}").format(name=answer.delegated_to)
    elif answer.delegated_to and item.status.open:
        yield _("back from {name}?").format(name=answer.delegated_to)
    yield from _shops(desk, item)
    if answer.reason:
        yield _("reason: {text}").format(text=answer.reason)
    if answer.note:
        yield _("note: {text}").format(text=" ".join(answer.note.split()))
    yield from _readings(desk, item)


def _shops(desk: Desk, item: Item) -> Iterator[str]:
    shops = item.answer.shops
    answered = [shop for shop, result in shops.items() if result]
    if answered and len(answered) < len(shops):
        left = (_shop(desk, shop) for shop, result in shops.items() if not result)
        yield _("still to answer: {shops}").format(shops=", ".join(left))
    if issues := [_shop(desk, shop) for shop, result in shops.items() if result is Status.ISSUE]:
        yield _("issue found: {shops}").format(shops=", ".join(issues))


def _readings(desk: Desk, item: Item) -> Iterator[str]:
    by_metric: defaultdict[str, list[str]] = defaultdict(list)
    for (shop, metric), value in item.answer.readings.items():
        by_metric[metric].append(f"{value:g} ({_shop(desk, shop)})" if shop else f"{value:g}")
    for metric, values in by_metric.items():
        known = desk.schedule.metrics.get(metric)
        yield f"{known.name.to(language()) if known else metric} {', '.join(values)}"


# -- incidents -------------------------------------------------------------------------------------------------


def incidents(desk: Desk, found: Sequence[Incident]) -> str:
    """A list of incidents, in the order given."""
    if not found:
        return _("no incidents")
    rows = [(f"#{each.number}", _state(desk, each)) for each in found]
    return "\n".join(
        f"{columns}  {'; '.join((each.title, *_particulars(desk, each)))}"
        for columns, each in zip(_aligned(rows), found, strict=True)
    )


def incident(desk: Desk, found: Incident) -> str:
    """One incident in one line."""
    return f"#{found.number}  {'; '.join((found.title, *_particulars(desk, found), _state(desk, found)))}"


def _state(desk: Desk, found: Incident) -> str:
    """How it stands, or how much time it has left."""
    return limitwording.left(found, desk.now()) or wording.incident_status(found.status)


def _particulars(desk: Desk, found: Incident) -> Iterator[str]:
    zone = desk.schedule.zone
    category = desk.schedule.categories.get(found.category)
    yield category.name.to(language()) if category else found.category
    if found.shop:
        yield _shop(desk, found.shop)
    yield from (f"#{order}" if order in found.orders_left else f"✓#{order}" for order in found.orders)
    if found.standing.waiting_on is not None:
        yield _("waits for {whom}").format(whom=lifewording.waiting_on(found.standing.waiting_on))
    if found.assignee:
        yield f"@{lifewording.person(desk.schedule, found.assignee)}"
    if mark := wording.severity_mark(found.severity):
        yield f"{mark} {wording.severity(found.severity)}"
    if found.due_at:
        yield _("due {time}").format(time=wording.date_time(found.due_at, zone))
    if found.events and found.events[-1].text:
        yield _("note: {text}").format(text=" ".join(found.events[-1].text.split()))


# -- due dates -------------------------------------------------------------------------------------------------


def deadlines(desk: Desk, found: Sequence[Deadline]) -> str:
    """A line for each due date, with its nominal date and the reason where it moved."""
    if not found:
        return _("nothing is due in this span")
    rows = [
        (_date_time(each.due, desk), _status(each.status) if each.status else _("not owed"), each.key) for each in found
    ]
    return "\n".join(
        f"{columns}  {'; '.join((each.title.to(language()), *_why(each)))}"
        for columns, each in zip(_aligned(rows), found, strict=True)
    )


def month(desk: Desk, found: Month) -> list[str]:
    """A month as a calendar, no wider than the terminal where one shows it."""
    cells = max(7 * almanac.NARROWEST, min(get_terminal_size().columns, _WIDEST))
    sheet = almanac.sheet(found, cells, _MONTH_LINES, desk.today())
    return ["".join(words for words, _look in line).rstrip() for line in sheet]


def _why(deadline: Deadline) -> Iterator[str]:
    if reason := wording.moved_reason(deadline.adjusted):
        yield _("set for {date}").format(date=wording.full_date(deadline.nominal))
        yield reason
    elif note := wording.provisional_note(deadline.adjusted):
        yield note


# -- what lines are made of ------------------------------------------------------------------------------------


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Each row as one text, its columns as wide as the widest cell in them."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(fit, row, widths)) for row in rows]


def _status(status: Status) -> str:
    return f"{wording.status_glyph(status)} {wording.status(status)}"


def _shop(desk: Desk, shop: str) -> str:
    known = desk.schedule.shops.get(shop)
    return known.name.to(language()) if known else shop


def _when(item: Item) -> str:
    """The date of an item of another day."""
    return wording.date_label(item.occurrence.day)


def _date_time(instant: datetime, desk: Desk) -> str:
    local = instant.astimezone(desk.schedule.zone)
    return f"{wording.full_date(local.date())} {local:%H:%M}"
