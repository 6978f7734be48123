"""Today: the timeline, the selected check beside it, what is open and what is due soon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import reactive

from csconsole import wording
from csconsole.core.agenda import Item, Missed
from csconsole.core.answer import Status
from csconsole.core.businessday import ONE_DAY
from csconsole.core.facts import MarkKind
from csconsole.core.incident import by_urgency
from csconsole.core.incident_items import limit_of
from csconsole.i18n import _, language, ngettext
from csconsole.tui.actions import Scope
from csconsole.tui.board import Board, past_of
from csconsole.tui.keys import bindings
from csconsole.tui.pages.page import Page
from csconsole.tui.widgets.detail import Detail
from csconsole.tui.widgets.lists import DeadlineList, IncidentLine, IncidentList
from csconsole.tui.widgets.meanwhile import Meanwhile
from csconsole.tui.widgets.offer import Offer, Offered, line_for, offers_of
from csconsole.tui.widgets.rows import Rows
from csconsole.tui.widgets.timeline import Timeline, lines_of

if TYPE_CHECKING:
    from csconsole.tui.modals.ask import Ask
    from csconsole.tui.modals.check import Filled
    from csconsole.tui.modals.logline import LogLine


class TodayPage(Page):
    """A business day. Every action is about the selected item."""

    SCOPE = Scope.TODAY
    LIST = "#timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.TODAY),
        Binding("escape", "dismiss_meanwhile", show=False),
    ]

    meanwhile: reactive[tuple[Item, ...]] = reactive((), repaint=False)
    """What came due while nobody was looking."""
    missed: reactive[tuple[Missed, ...]] = reactive((), repaint=False)
    """What was missed on days when nobody was there."""

    offers: reactive[tuple[Offer, ...]] = reactive((), repaint=False)
    """What readings past their warning level offer to log."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        # Where the cursor was put while it was not known how items stand, and what was to be looked at first.
        self._start: str | None = None
        self._first: str | None = None
        self._shown: date | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="left"):
            yield Timeline(id="timeline")
            yield Offered(id="offered").data_bind(TodayPage.offers)
            yield Meanwhile(id="meanwhile").data_bind(TodayPage.meanwhile, TodayPage.missed, TodayPage.board)
            yield IncidentList(id="open-incidents")
        with Vertical(id="right"):
            yield Detail(id="detail")
            yield DeadlineList(id="ahead")

    def on_mount(self) -> None:
        # Beside the timeline these are for looking at: the keyboard stays with it.
        for name in ("#open-incidents", "#ahead"):
            self.query_one(name).can_focus = False
        self.query_one("#open-incidents").border_title = _("Open incidents")
        self.query_one("#ahead").border_title = _("Due soon")
        self.query_one("#detail").border_title = _("Check")

    # -- showing ----------------------------------------------------------------------------------------------

    def refresh_page(self, board: Board) -> None:
        timeline = self.query_one(Timeline)
        lines = lines_of(board.agenda, board.schedule, board.known, board.is_today, dict(board.snoozed))
        if timeline.border_title != (title := self._day_title(board)):
            timeline.border_title = title  # that repaints all of it
        # The cursor starts on what is to be looked at first; from the first key on it stays where it is put.
        first = board.present.first
        turned, self._shown = board.is_today and board.agenda.day.date != self._shown, board.agenda.day.date
        start = first.key if first and (turned or timeline.cursor in (None, self._start)) else None
        timeline.show(lines, cursor=start)
        self._start = (start or self._start) if not board.known else None
        if first and first.key != self._first:
            timeline.reveal(first.key)
        self._first = first.key if first else None
        if board.known:
            timeline.empty = _("nothing is owed on this day")
            self.query_one(IncidentList).empty = _("no open incidents")
            self.query_one(DeadlineList).empty = _("nothing due in the next two weeks")
        incidents = by_urgency(board.incidents, board.now)
        self.query_one(IncidentList).show([IncidentLine(each, board) for each in incidents])
        today = board.present.now.astimezone(board.present.zone)
        self.query_one(DeadlineList).show_deadlines(board.deadlines, today)
        self.show_detail()
        self.meanwhile = tuple(item for old in self.meanwhile if (item := board.item(old.key)) and item.status.open)

    def _day_title(self, board: Board) -> str:
        if board.is_today:
            return _("Today")
        day = board.agenda.day
        days = wording.days_ahead((day.date - board.present.day.date).days)
        return f"{wording.full_date(day.date)} {wording.day_kind(day)} · {days}"

    @on(Rows.Selected, "#timeline")
    def _selected(self) -> None:
        # The cursor first; what there is to know of the item when that is painted.
        self.call_after_frame(self.show_detail)

    def show_detail(self) -> None:
        """Show what there is to know of the selected item; what was before, once it can be asked for."""
        detail, item, board = self.query_one(Detail), self.item, self.board
        if board is None:
            return
        if item is None or not self.console.ready:
            past = None
        elif detail.past and detail.item and (item.key, item.answer) == (detail.item.key, detail.item.answer):
            past = detail.past
        else:
            past = past_of(self.console.desk, item)
        detail.show(item, board, past)

    @property
    def item(self) -> Item | None:
        """The selected item."""
        line = self.query_one(Timeline).selected
        return line.item if line else None

    # -- answering --------------------------------------------------------------------------------------------

    def action_done(self) -> None:
        self._answer(MarkKind.DONE)

    def _answer(self, kind: MarkKind) -> None:
        if item := self.item:
            # The instant of the key counts, also where the records are not loaded yet.
            verb = partial(self.console.desk.answer, item.key, kind, at=self.console.desk.now())
            self.console.perform(verb, self._saved)

    def action_issue(self) -> None:
        """It is marked at once; what it is may be said or not."""
        if item := self.item:
            shop = self.console.desk.left_to_answer(item)
            self._answer(MarkKind.ISSUE)
            self.console.when_loaded(partial(self._log_found, item, shop))

    def _log_found(self, item: Item, shop: str | None) -> None:
        from csconsole.tui.modals.logline import LogLine

        self.console.push_screen(LogLine(item, line_for(item, shop, self.console.unlogged.lexicon)))

    def log_line(self) -> LogLine:
        offer = next(iter(self.offers), None)
        if offer is None or self.console.unlogged.draft(""):
            return super().log_line()
        from csconsole.tui.modals.logline import LogLine

        self.offers = self.offers[1:]
        return LogLine(offer.item, offer.line, offered=True)

    def action_open(self) -> None:
        if item := self.item:
            self.console.when_loaded(partial(self.open_check, item.key))

    def open_check(self, key: str) -> None:
        """Open a check as a form, whatever page is in front."""
        from csconsole.tui.modals.check import CheckForm

        desk = self.console.desk
        item = desk.find(key)
        if self.board is not None:
            self.console.push_screen(CheckForm(item, self.board, past_of(desk, item)), self._filled)

    @on(Rows.Opened, "#timeline")
    def _opened(self) -> None:
        self.action_open()

    def _filled(self, filled: Filled | None) -> None:
        if filled is None:
            return
        self._saved(filled.item)
        if filled.issue:
            self._log_found(filled.item, filled.shop)
        self.offers = tuple(offers_of(filled.item, filled.readings, self.console.unlogged.lexicon))

    def action_start(self) -> None:
        if item := self.item:
            self.console.perform(partial(self.console.desk.start, item.key), self._saved)

    def action_skip(self) -> None:
        item = self.item
        if item is None:
            return
        from csconsole.tui.modals.ask import Ask, Choice

        reasons = [_("not applicable today"), _("shop closed")]
        ask = Ask(
            _("Skip: {title}").format(title=item.title.to(language())),
            [Choice(reason, reason) for reason in reasons],
            placeholder=_("or why"),
        )
        self._ask(ask, lambda reason: partial(self.console.desk.skip, item.key, reason))

    def action_note(self) -> None:
        if item := self.item:
            from csconsole.tui.modals.ask import Ask

            ask = Ask(_("Note: {title}").format(title=item.title.to(language())))
            self._ask(ask, lambda text: partial(self.console.desk.note, item.key, text))

    def action_delegate(self) -> None:
        item = self.item
        if item is None:
            return
        from csconsole.tui.modals.ask import Ask
        from csconsole.tui.modals.when import read_delegation

        def verb(text: str) -> partial[Item]:
            desk = self.console.desk
            name, until = read_delegation(text, desk.schedule, desk.now())
            return partial(desk.delegate, item.key, name, until)

        ask = Ask(
            _("Delegate: {title}").format(title=item.title.to(language())),
            placeholder=_("@name and until when, as in @Li 17:00 or @Li +30m"),
            check=verb,
        )
        self._ask(ask, verb)

    def action_snooze(self) -> None:
        item = self.item
        if item is None:
            return
        if not item.status.open:
            self.console.complain(_("this is answered already"))
            return
        from csconsole.tui.modals.later import put_off

        put_off(self.console, [item.key], item.title.to(language()))

    def action_on_time(self) -> None:
        if item := self.item:
            self._on_time([item.key])

    def action_all_on_time(self) -> None:
        # A limit that passed is not answered: its incident is settled, or the limit moved.
        self._on_time([item.key for item in self.meanwhile if not limit_of(item.key)])

    def _on_time(self, keys: list[str]) -> None:
        def recorded(n: int) -> None:
            words = ngettext("{n} check done at its time", "{n} checks done at their time", n).format(n=n)
            if n:
                self.console.say_saved(words)
            else:
                self.console.complain(_("this is answered already"))

        if keys:
            self.console.perform(partial(self.console.desk.all_on_time, keys), recorded)

    def action_dismiss_meanwhile(self) -> None:
        if self.offers:
            self.offers = ()
        else:
            self.meanwhile, self.missed = (), ()
            self.console.trouble("reminders")

    def _ask(self, ask: Ask, verb: Callable[[str], Callable[[], Item]]) -> None:
        def answered(text: str | None) -> None:
            if text:
                self.console.perform(verb(text), self._saved, typed=text)

        self.console.push_screen(ask, answered)

    def _saved(self, item: Item) -> None:
        words = wording.status(item.status)
        if item.status in (Status.UPCOMING, Status.DUE, Status.OVERDUE):
            words = _("noted")
        self.console.say_saved(f"{words}: {item.title.to(language())}")

    # -- around -----------------------------------------------------------------------------------------------

    def action_trend(self) -> None:
        if item := self.item:
            self.console.when_loaded(partial(self._show_trend, item))

    def _show_trend(self, item: Item) -> None:
        from csconsole.tui.modals.trend import TrendScreen

        if item.occurrence.read:
            self.console.push_screen(TrendScreen(item.occurrence.read, item.occurrence.day))
        else:
            self.console.complain(_("no numbers are taken at this check"))

    def action_link(self) -> None:
        if (item := self.item) and item.occurrence.link:
            import webbrowser

            webbrowser.open(item.occurrence.link)
        else:
            self.console.complain(_("this check has no link; give it one in the schedule"))

    def action_copy(self) -> None:
        from csconsole.tui.widgets.timeline import plain_text

        if self.board is not None:
            self.app.copy_to_clipboard(plain_text(self.board))
            self.console.say(_("the day is copied as plain text"))

    def action_previous_day(self) -> None:
        self.console.when_loaded(partial(self._walk, -ONE_DAY))

    def action_next_day(self) -> None:
        self.console.when_loaded(partial(self._walk, ONE_DAY))

    def _walk(self, by: timedelta) -> None:
        if self.board is not None:
            self.console.look_at(self.board.agenda.day.date + by)

    def action_to_now(self) -> None:
        self.console.look_at(None)
        if self.board is not None and (first := self.board.present.first):
            self.query_one(Timeline).move_to(first.key)
