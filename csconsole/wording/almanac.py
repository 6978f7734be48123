"""A month as lines of cells, drawn alike by the console and the command line. Pure text: a piece of a line says what it
is, and whoever shows it gives that its style. Colour is never needed to read it (DESIGN.md §5.6).

    Mo        Tu        …          `[27]` due, `▸27` today, `休`/`班` (H/W) a day off or made up, `31→` set for
     26班      [27]                this day and moved to a later one, `▲` overdue, `✓` done
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import Enum, auto

from rich.cells import chop_cells

from csconsole import wording
from csconsole.core.answer import Status
from csconsole.core.calendar import DayType
from csconsole.core.deadline import Deadline
from csconsole.core.month import Month, MonthDay
from csconsole.core.text import fit, truncate, width
from csconsole.i18n import N_, _, language

NARROWEST = 8
"""The cells that a day takes at least."""

_MARKS = {DayType.HOLIDAY: N_("H"), DayType.MAKEUP_WORKDAY: N_("W")}
_MONDAY = date(2024, 1, 1)
_TALLEST = 5
"""The most lines that a week is given."""


class Look(Enum):
    """What a piece of a line is."""

    PLAIN = auto()
    MUTED = auto()
    STRONG = auto()
    LATE = auto()
    CHOSEN = auto()


Piece = tuple[str, Look]


def sheet(month: Month, cells: int, room: int, today: date, chosen: Deadline | None = None) -> list[list[Piece]]:
    """The month in lines of at most `cells` cells (a day takes `NARROWEST` at least) and, where the weeks alone do not
    take more, in at most `room` of them: the more room, the more of each day. The dates of `chosen` stand out."""
    notes = _legend(month, cells)
    height = max(1, min(_TALLEST, (room - 2 - len(notes)) // len(month.weeks)))
    lines = [[(truncate(_title(month), cells), Look.STRONG)], *_grid(month, cells, height, today, chosen)]
    for note in (notes, _key(cells)):
        if len(lines) + len(note) <= room:
            lines += [[(line, Look.MUTED)] for line in note]
    return lines


def _grid(month: Month, cells: int, height: int, today: date, chosen: Deadline | None) -> Iterator[list[Piece]]:
    each = max(NARROWEST, cells // 7)
    names = (wording.short_weekday(_MONDAY + timedelta(n)) for n in range(7))
    yield [(fit(f" {name}", each), Look.MUTED) for name in names]
    for week in month.weeks:
        columns = [_column(day, each, height, today, chosen) for day in week]
        yield from (list(pieces) for pieces in zip(*columns, strict=True))


def _title(month: Month) -> str:
    """The month's name and year, and whether it may still change."""
    name = _("{month} {year}").format(month=wording.month(month.first.month), year=month.first.year)
    return _("{month} (provisional)").format(month=name) if month.provisional else name


def _legend(month: Month, cells: int) -> list[str]:
    """Which days are off and why, and which are worked instead, in as many lines as that takes."""
    parts = []
    for run in month.runs:
        type = DayType.MAKEUP_WORKDAY if run.worked else DayType.HOLIDAY
        days = f"{run.first.day}" if run.first == run.last else f"{run.first.day}–{run.last.day}"
        names = [name.to(language()) for name in run.names]
        # "National Day (observed)" says no more than "National Day" beside it.
        plain = [name for name in names if not any(name != other and name.startswith(other) for other in names)]
        parts.append(f"{_(_MARKS[type])} {days} {', '.join(plain) or wording.day_type(type)}")
    return _folded(parts, cells)


def _key(cells: int) -> list[str]:
    """What the signs mean."""
    signs = [
        _("[ ] due"),
        _("→ ← moved"),
        _("▸ today"),
        *(f"{_(mark)} {wording.day_type(type)}" for type, mark in _MARKS.items()),
    ]
    return _folded(signs, cells)


def _folded(parts: Sequence[str], cells: int) -> list[str]:
    """The parts with gaps between them, folded between two where a line is full."""
    lines: list[str] = []
    for part in parts:
        if lines and width(lines[-1]) + 3 + width(part) <= cells:
            lines[-1] += " · " + part
        else:
            lines.append(truncate(part, cells))
    return lines


def _column(day: MonthDay | None, cells: int, height: int, today: date, chosen: Deadline | None) -> list[Piece]:
    """One day, a piece a line."""
    if day is None:
        return [(" " * cells, Look.PLAIN)] * height
    look = _look(day, chosen)
    notes = [
        (fit(f" {words}", cells), look if look is Look.CHOSEN else kind)
        for words, kind in _notes(day, cells - 1, height - 1)
    ]
    return [(_number(day, cells, today), look), *notes, *[(" " * cells, Look.PLAIN)] * height][:height]


def _number(day: MonthDay, cells: int, today: date) -> str:
    before = "▸" if day.day.date == today else "[" if day.due else " "
    mark = _(_MARKS[day.day.type]) if day.day.type in _MARKS else ""
    arrow = ("→" if day.moved[0].moved_days > 0 else "←") if day.moved else ""
    return fit(f"{before}{day.day.date.day:>2}{']' if day.due else ' '}{mark}{arrow}{_state(day.due)}", cells)


def _state(due: Sequence[Deadline]) -> str:
    """How the worst of them stands, where there is anything to say yet."""
    statuses = {each.status for each in due}
    if statuses & {Status.OVERDUE, Status.MISSED}:
        return wording.status_glyph(Status.OVERDUE)
    if statuses and all(status is not None and status.answered for status in statuses):
        return wording.status_glyph(Status.DONE)
    return ""


def _look(day: MonthDay, chosen: Deadline | None) -> Look:
    if chosen is not None and day.day.date in (chosen.day, chosen.nominal):
        return Look.CHOSEN
    if day.due:
        return Look.LATE if _state(day.due) == wording.status_glyph(Status.OVERDUE) else Look.STRONG
    return Look.PLAIN if day.day.type.working else Look.MUTED


def _notes(day: MonthDay, cells: int, lines: int) -> list[Piece]:
    """What there is to say of a day besides its number, the weightiest first; of more than fits, how many."""
    notes = [(each.title.to(language()), Look.PLAIN) for each in day.due]
    for each in day.moved:
        arrow = "→" if each.moved_days > 0 else "←"
        notes.append((f"{arrow}{each.day:%m-%d} {each.title.to(language())}", Look.MUTED))
    if len(notes) > lines > 0:
        words, look = notes[lines - 1]
        more = f" +{len(notes) - lines}"
        notes[lines - 1 :] = [(truncate(words, cells - len(more)) + more, look)]
    if day.day.type in _MARKS and day.day.name:
        notes.append((day.day.name.to(language()), Look.MUTED))
    each_lines = max(1, lines // max(1, len(notes)))
    return [(line, look) for words, look in notes for line in _wrapped(words, cells, each_lines)][: max(0, lines)]


def _wrapped(words: str, cells: int, lines: int) -> list[str]:
    """A text in at most so many lines, broken between words where it has any."""
    found = [""]
    for word in words.split(" "):
        for piece in chop_cells(word, cells) or [""]:
            if found[-1] and width(found[-1]) + 1 + width(piece) <= cells and piece == word:
                found[-1] += f" {piece}"
            elif found[-1]:
                found.append(piece)
            else:
                found[-1] = piece
    if len(found) > lines:
        found[lines - 1 :] = [truncate(" ".join(found[lines - 1 :]), cells)]
    return found
