"""What the reminders need to know and to say: what stands, what went out, what is put off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from csconsole.core.agenda import Agenda, Item, Missed
from csconsole.core.answer import Status
from csconsole.core.businessday import ONE_DAY, business_date, day_start
from csconsole.core.errors import UserError
from csconsole.core.facts import Away, Claim
from csconsole.core.hold import Hold, hold_at
from csconsole.core.incident_items import limit_of
from csconsole.desk.clocks import Clocks
from csconsole.i18n import _

if TYPE_CHECKING:
    from csconsole.core.book import Book
    from csconsole.core.occurrence import Occurrence
    from csconsole.core.reminder import Digest, Situation
    from csconsole.reminders import Channel, Reminders, Ways


LOOK_BACK = timedelta(days=31)
"""How far back it is told what was missed while nobody was there."""

_MISSED = "missed"


@lru_cache(maxsize=2)
def _spoken_of(book: Book, today: date) -> tuple[Occurrence, ...]:
    """A book never changes: what is spoken of ahead is asked for at every look, and changes once a day."""
    from csconsole.core.course import spoken_of

    return spoken_of(book, today)


class Reminding(Clocks):
    """Claims are conditional writes: of all consoles, one alone delivers a reminder."""

    def situation(self) -> Situation:
        """What reminders are planned from now: today's items, what is spoken of ahead of its day and the limits of
        incidents, with what went out about them, what is put off, and whether whoever acts here is away."""
        from csconsole.core.reminder import Situation

        ahead = self.all_standing(_spoken_of(self.book, self.today()))
        items = {item.key: item for item in (*ahead, *self.look().items, *self.limits())}
        keys = [key for item in items.values() for key in (item.key, *item.occurrence.aliases)]
        return Situation(
            list(items.values()),
            self.journal.claims(keys),
            self.journal.snoozes(keys),
            self.schedule,
            self.journal.away(self.by),
        )

    def claim(self, claim: Claim) -> bool:
        """Take it on oneself to deliver a reminder; false where somebody already has."""
        return self.journal.claim(claim, self.now())

    def snooze(self, keys: Sequence[str], until: datetime) -> None:
        """No reminder of these occurrences, or limits of incidents, before `until` (aware)."""
        if until <= self.now():
            raise UserError(_("the time it is put off to must lie ahead"))
        items = [self._limit(key) if limit_of(key) else self.find(key) for key in keys]
        for item in items:
            self.check_not_over(item, until)
        for item in items:
            self.journal.snooze(self.by, item.key, until, self.now())

    def _limit(self, key: str) -> Item:
        found = next((item for item in self.limits() if item.key == key), None)
        if found is None:
            raise UserError(_("there is no limit {key}, or it does not run now").format(key=key))
        return found

    def snoozed(self, keys: Iterable[str]) -> dict[str, datetime]:
        """Until when each of these occurrences is put off, for those that are."""
        now = self.now()
        return {key: snooze.until for key, snooze in self.journal.snoozes(keys).items() if snooze.until > now}

    def leave(self, until: datetime) -> Away:
        """Whoever acts here is away until an instant (aware): reminders wait and come as one then."""
        now = self.now()
        if until <= now:
            raise UserError(_("the time you are back must lie ahead"))
        self.journal.leave(self.by, until, now)
        return Away(now, until)

    def come_back(self) -> None:
        """Whoever acts here is back before the time said."""
        now = self.now()
        self.journal.leave(self.by, now, now)

    def away(self) -> Away | None:
        """Whether whoever acts here is away now, and until when."""
        away = self.journal.away(self.by)
        return away if away is not None and away.since <= self.now() < away.until else None

    def hold(self, agenda: Agenda) -> Hold | None:
        """What keeps reminders back at the instant of today's agenda."""
        return hold_at(agenda.now, self.schedule, agenda.items, self.journal.away(self.by))

    def last_seen(self) -> datetime | None:
        """The last sign of anybody in the journal, of whatever console or command; None where there is none."""
        return self.journal.last_seen()

    def missed_since(self, seen: datetime) -> list[Missed]:
        """What was missed from the business day of `seen` on, and not told of before: for each day that is over, the
        last 31 of them at most, how much. As every reminder it is told once, wherever it is asked."""
        today = self.today()
        first, last = max(business_date(self.schedule, seen), today - LOOK_BACK), today - ONE_DAY
        if last < first:
            return []
        items = self.all_standing(self.book.owed(first, last))
        counts = Counter(item.occurrence.day for item in items if item.status is Status.MISSED)
        return [
            Missed(self.book.edition(day).calendar.day(day), count)
            for day, count in sorted(counts.items())
            if self.claim(Claim(day.isoformat(), _MISSED, day_start(self.schedule, day + ONE_DAY)))
        ]

    def ways(self) -> Ways:
        """Which ways of reminding are in use. Raises `UserError` for settings that cannot be used."""
        from csconsole.reminders import ways

        return ways(self.settings())

    def ways_in_use(self) -> Ways:
        """The same, or the usual ways where the settings cannot be used: `reminders` tells of it."""
        from csconsole.reminders import Ways

        try:
            return self.ways()
        except UserError:
            return Ways()

    def reminder_lines(self, digest: Digest) -> list[str]:
        """What is to be said now of what came due under somebody's eyes, a line an item."""
        from csconsole.reminders.words import line

        return [line(each, digest.at, self.schedule.zone) for each in digest.fresh]

    def reminders(
        self,
        deliver: Callable[[Digest], None],
        trouble: Callable[[str], None],
        standing: Callable[[Sequence[str]], None] = lambda _troubles: None,
    ) -> Reminders:
        """The reminders of this desk, not started yet: `deliver` shows a digest in the console, the channels of the
        settings carry it further, `trouble` is told what does not work, and `standing` all of it that lasts, which is
        in the log as well. What the settings spoil is told too, and done without: nothing that is due goes unsaid for
        it."""
        from csconsole.reminders import Escalating, Reminders, channels, escalating

        def stands(troubles: Sequence[str]) -> None:
            self._write_down(troubles)
            standing(troubles)

        carrying: tuple[Channel, ...] = ()
        told: tuple[Channel, ...] = ()
        chosen = Escalating()
        with _complaining(trouble):
            carrying = channels(self.ways())
        with _complaining(trouble):
            chosen, told = escalating(self.settings()), self._robots()
        return Reminders(
            self.clock,
            self.situation,
            self.claim,
            deliver,
            trouble,
            carrying,
            told,
            chosen.after,
            self.explained,
            stands,
        )

    def _write_down(self, troubles: Sequence[str]) -> None:
        from csconsole.desk.mishap import REMINDERS, write_down

        write_down(self.workspace.log, self.now(), f"{REMINDERS}{'; '.join(troubles)}")

    def try_channels(self) -> Iterator[tuple[str, str]]:
        """Send one message by each channel in use, in order: its name and why that failed, "" where it did not.
        Raises `UserError` for settings or addresses that cannot be used."""
        import asyncio

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
