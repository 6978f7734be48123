"""What the reminders need to know and to say: what stands, what went out, what is put off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.core.facts import Claim
from csconsole.core.reminder import Digest, Situation
from csconsole.desk.office import Office
from csconsole.i18n import _

if TYPE_CHECKING:
    from csconsole.reminders import Reminders

NOTICE_REACH = timedelta(days=31)
"""How far ahead a deadline can be announced."""


class Reminding(Office):
    """Claims are conditional writes: of all consoles, one alone delivers a reminder."""

    def situation(self) -> Situation:
        """What reminders are planned from now: today's items and the deadlines already announced, with what went out
        about them and what is put off."""
        today = self.today()
        items = {item.key: item for item in self.look().items}
        for occurrence in self.book.owed(today + timedelta(days=1), today + NOTICE_REACH):
            if occurrence.notice is not None and occurrence.notice <= today:
                items.setdefault(occurrence.key, self.stand(occurrence))
        keys = [key for item in items.values() for key in (item.key, *item.occurrence.aliases)]
        return Situation(list(items.values()), self.journal.claims(keys), self.journal.snoozes(keys), self.schedule)

    def claim(self, claim: Claim) -> bool:
        """Take it on oneself to deliver a reminder; false where somebody already has."""
        return self.journal.claim(claim, self.now())

    def snooze(self, keys: Sequence[str], until: datetime) -> None:
        """No reminder of these occurrences before `until` (aware)."""
        if until <= self.now():
            raise UserError(_("the time it is put off to must lie ahead"))
        for key in keys:
            self.journal.snooze(self.by, self.find(key).key, until, self.now())

    def snoozed(self, keys: Iterable[str]) -> dict[str, datetime]:
        """Until when each of these occurrences is put off, for those that are."""
        now = self.now()
        return {key: snooze.until for key, snooze in self.journal.snoozes(keys).items() if snooze.until > now}

    def reminders(self, deliver: Callable[[Digest], None], trouble: Callable[[str], None]) -> Reminders:
        """The reminders of this desk, not started yet: `deliver` shows a digest in the console, the channels of the
        settings carry it further, `trouble` is told what does not work. Raises `UserError` for settings that cannot
        be used."""
        from csconsole.reminders import Reminders, channels
        from csconsole.workspace import settings

        return Reminders(self.clock, self.situation, self.claim, deliver, trouble, channels(settings(self.workspace)))

    def changed(self) -> bool:
        """Whether somebody else wrote to the journal since this was asked last."""
        return self.journal.changed()
