"""What the reminders need to know and to say: what stands, what went out, what is put off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.core.facts import Claim
from csconsole.core.reminder import Digest, Situation
from csconsole.desk.office import Office
from csconsole.i18n import _

if TYPE_CHECKING:
    from csconsole.reminders import Channel, Reminders, Ways


class Reminding(Office):
    """Claims are conditional writes: of all consoles, one alone delivers a reminder."""

    def situation(self) -> Situation:
        """What reminders are planned from now: today's items and the deadlines already announced, with what went out
        about them and what is put off."""
        items = {item.key: item for item in (*self.announced(), *self.look().items)}
        keys = [key for item in items.values() for key in (item.key, *item.occurrence.aliases)]
        return Situation(list(items.values()), self.journal.claims(keys), self.journal.snoozes(keys), self.schedule)

    def claim(self, claim: Claim) -> bool:
        """Take it on oneself to deliver a reminder; false where somebody already has."""
        return self.journal.claim(claim, self.now())

    def snooze(self, keys: Sequence[str], until: datetime) -> None:
        """No reminder of these occurrences before `until` (aware)."""
        if until <= self.now():
            raise UserError(_("the time it is put off to must lie ahead"))
        for item in [self.find(key) for key in keys]:
            self.journal.snooze(self.by, item.key, until, self.now())

    def snoozed(self, keys: Iterable[str]) -> dict[str, datetime]:
        """Until when each of these occurrences is put off, for those that are."""
        now = self.now()
        return {key: snooze.until for key, snooze in self.journal.snoozes(keys).items() if snooze.until > now}

    def ways(self) -> Ways:
        """Which ways of reminding are in use. Raises `UserError` for settings that cannot be used."""
        from csconsole.reminders import ways

        return ways(self.settings())

    def reminders(self, deliver: Callable[[Digest], None], trouble: Callable[[str], None]) -> Reminders:
        """The reminders of this desk, not started yet: `deliver` shows a digest in the console, the channels of the
        settings carry it further, `trouble` is told what does not work. What the settings spoil is told as well, and
        done without: nothing that is due goes unsaid for it."""
        from csconsole.reminders import Escalating, Reminders, channels, escalating

        carrying: tuple[Channel, ...] = ()
        told: tuple[Channel, ...] = ()
        chosen = Escalating()
        with _complaining(trouble):
            carrying = channels(self.ways())
        with _complaining(trouble):
            chosen, told = escalating(self.settings()), self._robots()
        return Reminders(self.clock, self.situation, self.claim, deliver, trouble, carrying, told, chosen.after)

    def try_channels(self) -> Iterator[tuple[str, str]]:
        """Send one message by each channel in use, in order: its name and why that failed, "" where it did not.
        Raises `UserError` for settings or addresses that cannot be used."""
        from csconsole.reminders import ChannelError, channels, robots
        from csconsole.reminders.words import trial

        with asyncio.Runner() as runner:
            for channel in (*channels(self.ways()), *robots(self.settings(), self.workspace.robots)):
                try:
                    runner.run(channel.send(trial()))
                    yield channel.name, ""
                except ChannelError as error:
                    yield channel.name, str(error)
                finally:
                    runner.run(channel.close())

    def _robots(self) -> tuple[Channel, ...]:
        from csconsole.reminders import robots

        # A rehearsal is nothing to tell the team.
        return () if self.clock.moved else robots(self.settings(), self.workspace.robots)

    def changed(self) -> bool:
        """Whether somebody else wrote to the journal since this was asked last."""
        return self.journal.changed()


@contextmanager
def _complaining(trouble: Callable[[str], None]) -> Iterator[None]:
    try:
        yield
    except UserError as error:
        trouble(str(error))
