"""The lines at the top and the bottom of every page."""

from __future__ import annotations

from datetime import timedelta

from rich.text import Text
from textual.events import Click
from textual.reactive import reactive
from textual.strip import Strip

from csconsole import wording
from csconsole.core.answer import Status
from csconsole.core.hold import HoldKind
from csconsole.core.incident import Clock, Incident
from csconsole.core.text import truncate, width
from csconsole.i18n import _, language, ngettext
from csconsole.tui.actions import ACTIONS, Action, KeyMap, shown
from csconsole.tui.board import Board
from csconsole.tui.widgets.painting import Strips, difference, strip_of
from csconsole.wording import limits as limitwording


class Line(Strips):
    """One line of styled text about the board, made anew for the width it has."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"

    board: reactive[Board | None] = reactive(None, repaint=False)
    _painted: Strip | None = None

    def line(self, cells: int) -> Text:
        """What to show in `cells` cells."""
        raise NotImplementedError

    def watch_board(self) -> None:
        if self._painted is not None and (changed := difference(self._painted, self.made(self._strip), 0)):
            self.refresh(changed)

    def render_line(self, y: int) -> Strip:
        self._painted = self.made(self._strip)
        return self._painted

    def _strip(self) -> Strip:
        cells = self.size.width
        line = self.line(cells)
        line.truncate(cells, overflow="ellipsis")
        return strip_of(line, cells, self.rich_style, self.app.console)


class TopBar(Line):
    """The day, who is on duty, how far it is, what comes next, and the time."""

    rehearsal: reactive[bool] = reactive(False)

    def line(self, cells: int) -> Text:
        name = _("rehearsal") if self.rehearsal else "csconsole"
        if self.board is None:
            return Text(" {}  {}".format(name, _("opening…")))
        board, agenda = self.board, self.board.present
        day = agenda.day
        left = [
            (f" {name}", "bold reverse" if self.rehearsal else "bold"),
            (f" {wording.short_weekday(day.date)} {day.date.isoformat()} {wording.day_kind(day)}", ""),
        ]
        if day.provisional:
            left.append((" ({})".format(_("provisional")), ""))
        clock = wording.clock_time(agenda.now, agenda.zone) + " "
        room = cells - sum(width(text) for text, _style in left) - width(clock)
        # Where there is little room the next item goes first (it stands below the line of now), then progress.
        duty, (bar, progress) = _("on duty {name}").format(name=truncate(board.by, 12)), _progress(board)
        took = _took_over(board) or duty
        choices = [
            ("   " + took, "   " + bar + progress),
            ("   " + took, "   " + progress),
            ("   " + took,),
            ("   " + duty,),
            (),
        ]
        middle = list(next(texts for texts in choices if sum(map(width, texts)) < max(1, room)))
        room -= sum(map(width, middle))
        if following := _next(board, room - 4):
            middle.append("   " + following)
            room -= width(following) + 3
        return Text.assemble(*left, *middle, " " * room, (clock, "bold"))


def _took_over(board: Board) -> str:
    """That who is on duty took over today, and when; "" where it was before."""
    taken = board.taken_over
    if taken is None or taken.name != board.by:
        return ""
    when = wording.clock_time(taken.at, board.present.zone)
    return _("taken over: {name} {time}").format(name=truncate(taken.name, 12), time=when)


def _progress(board: Board) -> tuple[str, str]:
    """How much of the day is answered, as a bar and in words."""
    progress = board.present.progress
    if not board.known:
        return "", _("… of {total}").format(total=progress.total)
    filled = round(10 * progress.answered / progress.total) if progress.total else 0
    words = _("{answered}/{total} · on time {on_time}").format(
        answered=progress.answered, total=progress.total, on_time=progress.on_time
    )
    return "▰" * filled + "▱" * (10 - filled) + " ", words


def _next(board: Board, cells: int) -> str:
    """What comes due next and when, its title as long as there is room for; empty where there is none."""
    item = board.present.next
    if item is None:
        return ""
    when = wording.clock_time(item.due, board.present.zone)
    wait = wording.span(-((board.present.now - item.due) // timedelta(minutes=1)) * timedelta(minutes=1))
    words = _("next {time} {title} · {wait}")
    room = cells - width(words.format(time=when, title="", wait=wait))
    title = truncate(item.title.to(language()), min(room, 24))
    return words.format(time=when, title=title, wait=wait) if room >= 6 else ""


class ShopStrip(Line):
    """Per shop what is open: incidents, and checks not answered for it. One shop's trouble never reddens the others."""

    def line(self, cells: int) -> Text:
        board = self.board
        if board is None or not board.known:
            return Text("")
        parts: list[tuple[str, str]] = []
        room = cells
        for shop in board.schedule.shops.values():
            name = board.schedule.platforms[shop.platform].name.to(language())
            words, style = _shop_state(board, shop.id)
            parts.append((f" {name} {words}  ", style))
            room -= width(parts[-1][0])
        limit = _nearest_limit(board)
        if width(limit) > room:
            return Text.assemble(*parts)
        return Text.assemble(*parts, " " * (room - width(limit)), limit)


def _shop_state(board: Board, shop: str) -> tuple[str, str]:
    incidents = [each for each in board.incidents if each.shop == shop]
    overdue = [each for each in incidents if each.overdue(board.now)]
    waiting = [i for i in board.present.pressing if i.occurrence.shops and i.answer.shops.get(shop) is None]
    words = []
    if incidents:
        mark = "▲" if overdue else ""
        words.append(mark + ngettext("{n} incident", "{n} incidents", len(incidents)).format(n=len(incidents)))
    if waiting:
        words.append(f"●{len(waiting)}")
    return " ".join(words) or "✓", "bold red" if overdue else "bold" if incidents or waiting else "green"


def _nearest_limit(board: Board) -> str:
    """The limit that runs out next: a platform's where there is one, else any that does not stand still."""
    running = [
        (clock is not Clock.PLATFORM, at, incident.number, clock, incident)
        for incident in board.incidents
        for clock, at in incident.limits
        if at >= board.now and not incident.stands_still(clock)
    ]
    if not running:
        return ""
    _other, limit, _number, clock, incident = min(running)
    present = board.present
    when = wording.clock_time if present.starts <= limit < present.ends else wording.date_time
    return _("nearest {clock} limit {time} {incident} ").format(
        clock=limitwording.clock(clock), time=when(limit, present.zone), incident=short(incident, board)
    )


def short(incident: Incident, board: Board) -> str:
    """An incident in few words: its number, category and platform."""
    category = board.schedule.categories.get(incident.category)
    shop = board.schedule.shops.get(incident.shop or "")
    names = [category.name.to(language()) if category else incident.category]
    if shop:
        names.append(board.schedule.platforms[shop.platform].name.to(language()))
    return f"#{incident.number} {' '.join(names)}"


class StatusLine(Line):
    """The bar of what is due, from status alone (DESIGN.md §5.2). Before it, for a while, what was just done, of which
    the first `spare` characters are shortened where there is little room; else the `news` of the day that has
    to stay, else what keeps reminders back."""

    said: reactive[str] = reactive("")
    spare: int = 0
    trouble: reactive[str] = reactive("")
    news: reactive[str] = reactive("")
    keymap: KeyMap = KeyMap()

    def line(self, cells: int) -> Text:
        board = self.board
        if board is None or not board.known:
            if self.trouble:
                return Text(f" ✗ {self.trouble} ", "bold reverse")
            return Text(" " + (self.said or _("loading the records…")), "dim")
        overdue = [item for item in board.pressing if item.status is Status.OVERDUE]
        counts, first = _counts(board, len(overdue)), _first(board)
        style = "bold white on red" if overdue else "bold" if first else "green"
        due = (f" {counts}   {first} " if first else f" {counts} ", style)
        room = cells - width(counts) - 6
        if self.trouble:
            return Text.assemble((f" {truncate('✗ ' + self.trouble, room)} ", "bold reverse"), "  ", due)
        if self.news and not self.said:
            return Text.assemble((f" {truncate('▲ ' + self.news, room)} ", "bold red"), "  ", due)
        if not self.said:
            held = truncate(_held(board, self.keymap), room)
            return Text.assemble((f" {held} ", "bold"), "  ", due) if held else Text.assemble(due)
        what, rest = self.said[: self.spare], self.said[self.spare :]
        said = truncate(truncate(what, max(8, room - width(rest))) + rest, room)
        return Text.assemble((f" {said} ", "bold green"), "  ", due)


def _held(board: Board, keymap: KeyMap) -> str:
    """What keeps reminders back, and until when; "" where nothing does."""
    if board.hold is None:
        return ""
    words = {
        HoldKind.AWAY: _("away until {time} · {key} when you are back"),
        HoldKind.LUNCH: _("lunch until {time}: reminders wait"),
        HoldKind.MEETING: _("meeting until {time}: reminders wait"),
        HoldKind.QUIET: _("quiet until {time}: reminders wait"),
    }[board.hold.span.kind]
    time = wording.clock_time(board.hold.span.end, board.present.zone)
    return words.format(time=time, key=shown(keymap.keys(_AWAY)[0]))


def _counts(board: Board, overdue: int) -> str:
    due = len(board.pressing) - overdue
    words = [_("▲ {n} overdue").format(n=overdue)] if overdue else []
    words += [_("● {n} due").format(n=due)] if due else []
    return "  ".join(words) or "✓ " + _("nothing is due")


def _first(board: Board) -> str:
    """What is to be looked at first; "" where nothing is due."""
    item = board.first
    if item is None:
        return ""
    return f"{wording.clock_time(item.due, board.present.zone)} {item.title.to(language())}"


class KeyBar(Line):
    """The keys of the page in view, from the registry; a click presses the key."""

    actions: reactive[tuple[Action, ...]] = reactive(())
    keymap: KeyMap = KeyMap()

    def line(self, cells: int) -> Text:
        pages = " ".join(f"{number} {action.label}" for number, action in enumerate(_PAGES, 1)) + " "
        if self.screen.is_modal:  # where they cannot be gone to
            pages = ""
        first = [(self.keymap.keys(action)[0], action.label) for action in self.actions]
        keys = [(name, shown(name), label) for name, label in first]
        tight = [width(f" {key} {label}") for _name, key, label in keys]
        # Where there is little room: first the space between keys is given up, then the pages, then keys; help never.
        if sum(tight) + 1 + width(pages) > cells:
            pages = ""
        gap = " " if sum(tight) + len(keys) + width(pages) <= cells else ""
        while len(keys) > 1 and sum(tight) > cells:
            del keys[-2], tight[-2]
        left = Text()
        self._ends: list[tuple[int, str]] = []
        for name, key, label in keys:
            left.append_text(Text.assemble(" ", (key, "bold"), f" {label}{gap}"))
            self._ends.append((left.cell_len, name))
        return Text.assemble(left, " " * max(0, cells - left.cell_len - width(pages)), (pages, "dim"))

    def on_click(self, event: Click) -> None:
        key = next((key for end, key in self._ends if event.x < end), None)
        if key:
            self.app.simulate_key(key)


_AWAY = next(action for action in ACTIONS if action.id == "away")
_PAGES = [
    next(action for action in ACTIONS if action.id == page) for page in ("today", "incidents", "deadlines", "reports")
]
