"""What the reminders need to know and to say: what stands, what went out, what is put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from csconsole.core.agenda import Item
from csconsole.core.errors import UserError
from csconsole.core.facts import Claim, Snooze
from csconsole.desk.office import Office
from csconsole.i18n import _

NOTICE_REACH = timedelta(days=31)
"""How far ahead a deadline can be announced."""


class Reminding(Office):
    """Claims are conditional writes: of all consoles, one alone delivers a reminder."""

    def to_remind(self) -> tuple[list[Item], set[Claim], dict[str, Snooze]]:
        """What may call for a reminder now: today's items and the deadlines already announced, with what went out
        about them and what is put off."""
        today = self.today()
        items = {item.key: item for item in self.look().items}
        ahead = self.book.owed(today + timedelta(days=1), today + NOTICE_REACH)
        for occurrence in ahead:
            if occurrence.notice is not None and occurrence.notice <= today:
                items.setdefault(occurrence.key, self.stand(occurrence))
        keys = [key for item in items.values() for key in (item.key, *item.occurrence.aliases)]
        return list(items.values()), self.journal.claims(keys), self.journal.snoozes(keys)

    def claim(self, claim: Claim) -> bool:
        """Take it on oneself to deliver a reminder; false where somebody already has."""
        return self.journal.claim(claim, self.now())

    def snooze(self, keys: Sequence[str], until: datetime) -> None:
        """No reminder of these occurrences before `until` (aware)."""
        if until <= self.now():
            raise UserError(_("the time it is put off to must lie ahead"))
        for key in keys:
            self.journal.snooze(self.by, self.find(key).key, until, self.now())
