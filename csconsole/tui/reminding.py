"""What a reminder does in the console: a toast for what lies ahead, the list of what came due meanwhile, a bell. The
bar of what is due is not its business: that comes from status (DESIGN.md §5.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csconsole import wording
from csconsole.core.errors import UserError
from csconsole.core.reminder import Digest, Stage
from csconsole.i18n import language
from csconsole.tui.pages.today import TodayPage

if TYPE_CHECKING:
    from csconsole.reminders import Reminders, Ways
    from csconsole.tui.app import ConsoleApp

TOASTS = 3
"""How many lines a toast has at most."""


class Reminding:
    """The reminders of one console, from its start to its end."""

    def __init__(self, console: ConsoleApp) -> None:
        self._console = console
        self._reminders: Reminders | None = None
        self.ways = self._ways()

    def _ways(self) -> Ways:
        from csconsole.reminders import Ways

        try:
            return self._console.desk.ways()
        except UserError:  # said by the desk, when it is asked for its reminders
            return Ways()

    def start(self) -> None:
        self._reminders = self._console.desk.reminders(self._deliver, self._trouble)
        self._reminders.start()

    def refresh(self) -> None:
        """Facts have changed: plan anew."""
        if self._reminders is not None:
            self._reminders.refresh()

    async def stop(self) -> None:
        if self._reminders is not None:
            await self._reminders.stop()

    def _trouble(self, words: str) -> None:
        # What the settings spoil comes before the reminders are there, and is not to be overlooked.
        (self._console.say if self._reminders else self._console.complain)(words)

    def _deliver(self, digest: Digest) -> None:
        console = self._console
        console.refresh_board()
        if digest.meanwhile:
            today = console.query_one(TodayPage)
            keys = {item.key for item in today.meanwhile}
            new = [each.item for each in digest.meanwhile if each.key not in keys]
            today.meanwhile = (*today.meanwhile, *new)
        if digest.fresh and self.ways.toast:
            zone = console.desk.schedule.zone
            lines = [
                f"{wording.clock_time(each.item.due, zone)} {each.item.title.to(language())}" for each in digest.fresh
            ]
            more = ["…"] if len(lines) > TOASTS else []
            ahead = all(each.stage in (Stage.AHEAD, Stage.NOTICE, Stage.MORNING) for each in digest.fresh)
            console.notify(
                "\n".join(lines[:TOASTS] + more), severity="information" if ahead else "warning", markup=False
            )
        if self.ways.bell:
            console.bell()
