"""The console: one screen that stays open all day. It keeps the board up to date, carries out what is asked, in
order, and says when something could not be saved. What a page can do stands in the page.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.errors import UserError
from csconsole.desk import Desk, JournalError
from csconsole.i18n import _, ngettext
from csconsole.tui.actions import ACTIONS, KeyMap, Scope, shown
from csconsole.tui.board import Board, board_of, first_board
from csconsole.tui.edited import fault
from csconsole.tui.edited import words as words_of
from csconsole.tui.keys import bindings
from csconsole.tui.pages.page import Page
from csconsole.tui.pages.today import TodayPage
from csconsole.tui.palette import Commands
from csconsole.tui.steady import Steady
from csconsole.tui.terminal import restore_title, set_title
from csconsole.tui.undone import taken_back
from csconsole.tui.unlogged import Unlogged
from csconsole.tui.widgets.bars import KeyBar, ShopStrip, TopBar
from csconsole.tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from csconsole.tui.reminding import Reminding

SAID_FOR = 10.0
"""Seconds for which the bottom line says what was just done, and how to take it back."""
LOOK_ROUND = 1.5
"""Seconds between looks for what another console or an editor changed."""


class ConsoleApp(Steady):
    """The supervisor's console over a Desk that is not open yet: it paints first, and opens the Desk then."""

    TITLE = "csconsole"
    CSS_PATH = "console.tcss"
    COMMANDS = {Commands}  # noqa: RUF012 -- Textual declares it so
    ENABLE_COMMAND_PALETTE = False  # by its own key, which would open it in English
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.EVERYWHERE)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 -- Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-short"), (30, "-tall")]  # noqa: RUF012 -- Textual declares it so

    # Whoever shows some of it repaints what changed; the app itself would repaint all of the screen.
    board: reactive[Board | None] = reactive(None, repaint=False)

    def __init__(self, desk: Desk, *, rehearsal: bool = False) -> None:
        super().__init__(desk)
        self.rehearsal = rehearsal
        self.day: date | None = None
        self.keymap = KeyMap()
        self.unlogged = Unlogged(desk)
        self.note_draft: tuple[date, str] | None = None
        self._said: Timer | None = None
        self._reminding: Reminding | None = None
        self._behind = False

    # -- what is on the screen --------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The screen in the form that fits the terminal. Textual would see which when it has painted another."""
        screen = super().get_default_screen()
        for cells, points in zip(self.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True):
            screen.add_class(*screen._get_breakpoint_classes(cells, points), update=False)
        return screen

    def compose(self) -> ComposeResult:
        yield TopBar().data_bind(ConsoleApp.board)
        yield ShopStrip().data_bind(ConsoleApp.board)
        with Container(id="pages"):
            yield TodayPage(id="today").data_bind(ConsoleApp.board)
        yield self._status.data_bind(ConsoleApp.board)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(TopBar).rehearsal = self.rehearsal
        self._take_own_keys()
        self.show_page("today")
        self.board = first_board(self.desk)

    def _take_own_keys(self) -> None:
        """Put the keys of the owner's settings in the place of the registry's."""
        try:
            own = self.desk.settings().get("keys", {})
            self.keymap = KeyMap(own if isinstance(own, dict) else {"keys": own})
        except UserError as error:
            self.complain(str(error))
        self.query_one(KeyBar).keymap = self._status.keymap = self.keymap
        self.set_keymap(self.keymap.forms)

    def show_page(self, name: str) -> None:
        """Bring a page to the front and the keyboard to its list."""
        for page in self.query(Page):
            page.display = page.id == name
        page = self.page
        page.arrive()
        self.query_one(KeyBar).actions = tuple(
            action for action in ACTIONS if action.footer and action.scope in (page.SCOPE, Scope.EVERYWHERE)
        )

    @property
    def page(self) -> Page:
        """The page in front."""
        return next(page for page in self.query(Page) if page.display)

    # -- opening ----------------------------------------------------------------------------------------------

    def on_ready(self) -> None:
        """The first frame stands."""
        self.screen._repaint_required = False  # Textual would paint all of it once more
        self.run_worker(self.open_desk, thread=True, exit_on_error=False)

    def prepare(self) -> None:
        with contextlib.suppress(JournalError):  # what cannot be read now is asked for again
            self.paint(partial(self._show, board_of(self.desk)))
            self.desk.warm()
            self.unlogged.prepare()
        import csconsole.tui.pages.others  # noqa: F401 -- loaded here, in a thread, and used on the screen's
        from csconsole.tui.reminding import Reminding

        self._reminding = Reminding(self)

    async def opened(self) -> None:
        """Do what waited for the records; the rest when that is painted."""
        await self._add_pages()
        self.ready = True
        if self.board is not None and self.board.known:
            self._show(self.board)
            self.query_one(TodayPage).show_detail()
        else:
            self.refresh_board()
        self.hear()
        self.begin()
        self._tick_at_the_minute()
        self.run_worker(self._keep_looking(), exit_on_error=False)
        self.call_after_refresh(self._remind)

    async def _add_pages(self) -> None:
        """The other pages are there before they can be asked for, one after the other: keys come in between."""
        from csconsole.tui.pages.others import others

        holder = self.query_one("#pages")
        for page in others():
            page.display = False
            if holder.is_attached:  # or the console is being left already
                await holder.mount(page.data_bind(ConsoleApp.board))

    def _remind(self) -> None:
        if self._reminding is not None:
            self._reminding.look_back()
            self._reminding.start()
        self.snapshot()

    # -- keeping up -------------------------------------------------------------------------------------------

    def refresh_board(self) -> None:
        """Take everything anew from the Desk. Where the records cannot be read just now, what is shown stays."""
        if not self.ready:
            return
        try:
            board = board_of(self.desk, self.day)
        except JournalError as error:
            if self.mended(error):
                self.refresh_board()
            else:
                self.trouble("records", str(error))
        else:
            self._show(board)

    def _show(self, board: Board) -> None:
        self.board = board
        self.trouble("records")
        if self._reminding is not None and self._reminding.ways.title:
            set_title(self, board)

    def look_at(self, day: date | None) -> None:
        """Look at another business day; None: today, whichever day that will be."""
        board = self.board
        self.day = None if board and day == board.present.day.date else day
        self.refresh_board()

    def _tick_at_the_minute(self) -> None:
        now = self.desk.now()
        minute = timedelta(minutes=1) - timedelta(seconds=now.second, microseconds=now.microsecond)
        # Never more than four times a second, however fast a rehearsal runs.
        self.set_timer(max(0.25, self.desk.clock.real_seconds(minute)), self._tick)

    def _tick(self) -> None:
        self._tick_at_the_minute()
        self.guarded(self.refresh_board)
        if self._reminding is not None:
            self.guarded(self._reminding.look_back)
        if self.ready:
            self.snapshot()
        # In here Textual keeps all that parts of the screen had painted which are gone.
        StylesCache.get_inner_outer.cache_clear()

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_ROUND)
            self._look_round()

    def _look_round(self) -> None:
        self.guarded(self._take_up)

    def _take_up(self) -> None:
        """Take up what another console, a command or an editor changed."""
        edited, changed = None, False
        try:
            edited = self.desk.reload()
            self.trouble("schedule")
        except (UserError, JournalError) as error:
            self.trouble("schedule", fault(error, self.desk.workspace.schedule.parent))
        try:
            changed = self.desk.changed()
        except JournalError as error:
            self.trouble("records", str(error))
        self.hear()
        if edited is not None:
            self.say(words_of(edited))
        if edited is not None or changed:
            self.changed()

    def changed(self, result: object = None) -> None:
        """Facts have changed: show them, and plan reminders by them. How an item stands that was answered is painted
        before all the rest is taken anew."""
        if not isinstance(result, Item):
            self._catch_up()
            return
        self.query_one(Timeline).answered(result)
        if not self._behind:
            self._behind = True
            self.call_after_frame(self._catch_up)

    def _catch_up(self) -> None:
        self._behind = False
        self.refresh_board()
        if self._reminding is not None:
            self.call_after_refresh(self._reminding.refresh)

    # -- saying ------------------------------------------------------------------------------------------------

    def say(self, words: str, spare: int = 0) -> None:
        """Say on the bottom line what was done, for a while; `spare` characters at the beginning may be shortened."""
        self._status.spare, self._status.said = spare, words
        if self._said is not None:
            self._said.stop()
        self._said = self.set_timer(SAID_FOR, partial(setattr, self._status, "said", ""))

    def say_saved(self, what: str) -> None:
        """Say that something was saved, when, and how to take it back: stray keys must be seen."""
        when = wording.clock_time(self.desk.now(), self.desk.schedule.zone)
        self.say(_("{what} · saved {time} · undo Ctrl+Z").format(what=what, time=when), spare=len(what))

    # -- actions everywhere -----------------------------------------------------------------------------------

    def action_today(self) -> None:
        self.show_page("today")

    def action_incidents(self) -> None:
        self.when_loaded(partial(self.show_page, "incidents"))

    def action_limit(self) -> None:
        self.when_loaded(self._open_limit)

    def _open_limit(self) -> None:
        if self._reminding is not None:
            self._reminding.open_limit()

    def action_deadlines(self) -> None:
        self.when_loaded(partial(self.show_page, "deadlines"))

    def action_reports(self) -> None:
        self.when_loaded(partial(self.show_page, "reports"))

    def action_handover(self) -> None:
        self.when_loaded(partial(self.show_page, "handover"))

    def action_log(self) -> None:
        from csconsole.tui.modals.logline import LogLine

        self.push_screen(LogLine() if self.screen.is_modal else self.page.log_line())

    def action_undo(self) -> None:
        self.perform(self.desk.undo, lambda undone: self.say(taken_back(self.desk, undone)))

    def action_help(self) -> None:
        from csconsole.tui.modals.help import Help

        self.push_screen(Help(self.page.SCOPE))

    def action_palette(self) -> None:
        from csconsole.tui.palette import opened

        self.push_screen(opened())

    def action_close_day(self) -> None:
        from csconsole.tui.modals.closing import CloseDay

        self.when_loaded(lambda: self.push_screen(CloseDay(min(self.day or date.max, self.desk.today()))))

    def action_away(self) -> None:
        from csconsole.tui.modals.away import leave_or_come_back

        self.when_loaded(partial(leave_or_come_back, self))

    def action_on_duty(self) -> None:
        from csconsole.tui.modals.duty import ask_who_takes_over

        self.when_loaded(partial(ask_who_takes_over, self))

    def action_help_quit(self) -> None:
        """Ctrl+C, where nothing is selected to copy: say what leaves."""
        leave = next(action for action in ACTIONS if action.id == "quit")
        self.say(f"{shown(self.keymap.keys(leave)[0])}: {leave.help}")

    async def action_quit(self) -> None:
        self.exit(0)

    # -- ending -----------------------------------------------------------------------------------------------

    async def on_unmount(self) -> None:
        restore_title(self)
        self.try_once_more()
        if lost := self.unsaved:
            words = ngettext("{n} thing was not saved", "{n} things were not saved", len(lost)).format(n=len(lost))
            self.farewell = "\n".join([words, *filter(None, lost)])
        if self._reminding is not None:
            await self._reminding.stop()
        with contextlib.suppress(UserError):
            self.unlogged.save()
        self.desk.close()
