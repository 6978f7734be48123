"""What a reminder does in the console: a toast for what lies ahead, the list of what came due meanwhile, a bell. The
bar of what is due is not its business: that comes from status (DESIGN.md §5.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from csconsole.core.businessday import business_date
from csconsole.core.incident_items import limit_of
from csconsole.core.reminder import Digest, Reminder, Stage
from csconsole.desk import JournalError
from csconsole.i18n import _
from csconsole.tui.pages.today import TodayPage

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from csconsole.tui.app import ConsoleApp

LINES = 6
"""How many items a toast lists at most; on a small screen fewer, for it stands before the timeline."""


class Reminding:
    """The reminders of one console, from its start to its end."""

    def __init__(self, console: ConsoleApp) -> None:
        """In whatever thread: what reminders need is loaded."""
        self._console = console
        self._started = False
        self._looked: datetime | None = None
        self._limit: str | None = None
        self._shown: Digest | None = None
        self._shown_until = 0.0
        self.ways = console.desk.ways_in_use()
        self._reminders = console.desk.reminders(self._deliver, self._trouble, self._stands)

    def start(self) -> None:
        self._started = True
        self._reminders.start()

    def refresh(self) -> None:
        """Facts have changed: plan anew."""
        self._withdraw()
        self._reminders.refresh()

    async def stop(self) -> None:
        await self._reminders.stop()

    def look_back(self) -> None:
        """Tell of what was missed since somebody was last seen anywhere or, later, since this was last asked: whoever
        comes in after days gets a short list, however long they were away."""
        desk, today = self._console.desk, self._console.query_one(TodayPage)
        try:
            since = self._looked or desk.last_seen()
            if since is not None and business_date(desk.schedule, since) < desk.today():
                today.missed = (*today.missed, *desk.missed_since(since))
        except JournalError as error:
            self._console.trouble("records", str(error))
            return
        self._looked = max(desk.now(), self._looked or desk.now())

    def open_limit(self) -> None:
        """Open the incident whose limit was spoken of last, or else runs out first."""
        from csconsole.tui.modals.story import Story

        board = self._console.board
        limits = [limit.key for limit in board.limits] if board else []
        key = self._limit if self._limit in limits else next(iter(limits), None)
        if key and (named := limit_of(key)):
            self._console.push_screen(Story(named[0]))
        else:
            self._console.complain(_("no incident has a limit that runs"))

    def _trouble(self, words: str) -> None:
        # What the settings spoil comes before the reminders start, and is not to be overlooked. That is in a thread.
        self._console.call_later(self._console.say if self._started else self._console.complain, words)

    def _stands(self, troubles: Sequence[str]) -> None:
        # Where it has to do with robots nobody else may know: it stays until it works again, or is put away.
        self._console.trouble("reminders", " · ".join(troubles))

    def _deliver(self, digest: Digest) -> None:
        console = self._console
        console.refresh_board()
        limits = [each.key for each in digest.reminders if limit_of(each.key)]
        self._limit = limits[0] if limits else self._limit
        if digest.meanwhile:
            today = console.query_one(TodayPage)
            keys = {item.key for item in today.meanwhile}
            new = [each.item for each in digest.meanwhile if each.key not in keys]
            today.meanwhile = (*today.meanwhile, *new)
        if digest.fresh and self.ways.toast:
            self._toast(digest, console.NOTIFICATION_TIMEOUT)
        if self.ways.bell:
            console.bell()

    def _toast(self, digest: Digest, timeout: float) -> None:
        console = self._console
        lines = console.desk.reminder_lines(digest)
        room = max(1, min(LINES, console.size.height // 8))
        if (more := len(lines) - room) > 0:
            lines[room:] = [_("… and {n} more").format(n=more)]
        if any(limit_of(each.key) for each in digest.fresh):
            lines.append(_("# opens the incident"))
        ahead = all(each.stage in (Stage.AHEAD, Stage.NOTICE, Stage.MORNING) for each in digest.fresh)
        # One list, not a stack of them.
        console.clear_notifications()
        severity: SeverityLevel = "information" if ahead else "warning"
        console.notify("\n".join(lines), severity=severity, timeout=timeout, markup=False)
        self._shown, self._shown_until = digest, console.desk.clock.monotonic() + timeout

    def _withdraw(self) -> None:
        """Take from the toast what was answered or moved meanwhile, wherever that was."""
        left = self._shown_until - self._console.desk.clock.monotonic()
        if self._shown is None or left <= 0:
            return
        still = tuple(each for each in self._shown.fresh if self._still_due(each))
        if len(still) == len(self._shown.fresh):
            return
        if still:
            self._toast(replace(self._shown, fresh=still), left)
        else:
            self._shown = None
            self._console.clear_notifications()

    def _still_due(self, reminder: Reminder) -> bool:
        item = self._console.board.item(reminder.key) if self._console.board else None
        if item is None:
            # What is spoken of ahead of its day is not on the board; a limit is, for as long as it runs.
            return not limit_of(reminder.key)
        return item.status.open and item.due == reminder.item.due
