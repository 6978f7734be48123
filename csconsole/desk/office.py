"""What every verb of the Desk needs: the schedule in force, the journal, the clock, and who is acting.

It is opened in two steps (DESIGN.md §5.11). `glance` shows today's times from what was compiled before, with no
database. `open` brings up the journal and with it what is owed, what was answered, and every verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from csconsole import wording
from csconsole.core.agenda import Agenda, Item, agenda, agendas, candidates, stand, stretches
from csconsole.core.answer import record_of
from csconsole.core.book import Book, Edition
from csconsole.core.businessday import business_date, day_start
from csconsole.core.calendar import Overrides
from csconsole.core.edits import Edits, edits
from csconsole.core.errors import UserError
from csconsole.core.facts import Record
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Schedule
from csconsole.core.text import clean, halfwidth
from csconsole.desk.compiled import Compiler, NotCompiled
from csconsole.i18n import _, language
from csconsole.workspace import settings

if TYPE_CHECKING:
    from csconsole.clock import Clock
    from csconsole.journal import Journal
    from csconsole.workspace import Workspace


_NEXT = timedelta(days=62)
"""How far ahead the next occurrence of a duty is looked for, to tell of it."""

_WITH_READINGS = 100
"""How many days at most are looked at together with every number taken on them."""

EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)
"""The days that can be looked at, which are those that a schedule file can name."""


class Office:
    """The state behind the verbs. `by` is who acts; `console` names this console where it is one."""

    def __init__(self, workspace: Workspace, clock: Clock, by: str, console: str | None = None) -> None:
        self.workspace = workspace
        self.clock = clock
        self.by = by
        self.console = console
        self.resumes_duty = False
        self._journal: Journal | None = None
        self._book: Book | None = None
        self._compiler = Compiler(workspace.cache)
        self._sources: tuple[bytes, bytes] = (b"", b"")
        self._as_of: datetime | None = None
        self._rejected: tuple[tuple[bytes, bytes], UserError] | None = None

    # -- opening ----------------------------------------------------------------------------------------------

    def glance(self) -> Agenda | None:
        """Today by the schedule alone: which checks there are, not how they stand. None where it is not compiled."""
        compiler = Compiler(self.workspace.cache, cached_only=True)
        try:
            schedule, overrides, _texts = self._read(compiler)
            today = business_date(schedule, self.now())
            edition = Edition(today, schedule, compiler.calendar(schedule.calendar, overrides))
            self._book = Book([edition], None)
            return agenda(self._book, {}, today, self.now())
        except (NotCompiled, OSError, UserError):
            return None

    def open(self) -> None:
        """Bring up the schedule and the journal.

        Raises `UserError` where the home, the schedule or the database cannot be used; `Faults` is one.
        """
        from csconsole.journal import Damaged, Journal

        self.workspace.prepare()
        read = self._read(self._compiler)
        if self._journal is None:
            self._journal = Journal.open(self.workspace.database, self.console)
        try:
            self._adopt(*read)
        except Damaged:  # a large one is not looked into when it is opened
            if not self._journal.mend():
                raise
            self._adopt(*read)
        if self.resumes_duty:
            self.by = self._journal.on_duty() or self.by

    def reload(self) -> Edits | None:
        """Take up the schedule and the days off if their files changed; what changed, None where they had not.

        Raises `Faults` where the edit is broken: the last good schedule stays in force.
        """
        texts = self._texts()
        if texts == self._sources:
            return None
        if self._rejected is not None and self._rejected[0] == texts:
            raise self._rejected[1]
        try:
            schedule, overrides, sources = self._read(self._compiler)
        except UserError as error:
            self._rejected = texts, error
            raise
        before = self.schedule
        self._adopt(schedule, overrides, sources)
        return edits(before, schedule)

    def explained(self, error: BaseException) -> str:
        """One plain sentence about what nobody expected, having written down in the log where it happened."""
        from csconsole.desk.mishap import explained

        return explained(error, self.workspace.log, self.now(), "console" if self.console else "command")

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()

    def settings(self) -> Mapping[str, object]:
        """The owner's settings. Raises `UserError` where the file cannot be read."""
        return settings(self.workspace)

    @property
    def journal(self) -> Journal:
        assert self._journal is not None, "the Desk is not open"
        return self._journal

    @property
    def is_open(self) -> bool:
        return self._journal is not None and self._sources != (b"", b"")

    @property
    def book(self) -> Book:
        assert self._book is not None, "the Desk is not open"
        return self._book

    @property
    def schedule(self) -> Schedule:
        """The schedule in force now."""
        return self.book.schedule

    def _texts(self) -> tuple[bytes, bytes]:
        holidays = self.workspace.holidays
        try:
            return self.workspace.schedule.read_bytes(), holidays.read_bytes() if holidays.exists() else b""
        except OSError as error:
            raise UserError(
                _("{file}: cannot be read: {reason}").format(file=error.filename, reason=error.strerror)
            ) from error

    def _read(self, compiler: Compiler) -> tuple[Schedule, Overrides, tuple[bytes, bytes]]:
        texts = self._texts()
        schedule = compiler.schedule(texts[0], str(self.workspace.schedule))
        overrides = compiler.overrides(texts[1], str(self.workspace.holidays)) if texts[1] else Overrides()
        return schedule, overrides, texts

    def _adopt(self, schedule: Schedule, overrides: Overrides, sources: tuple[bytes, bytes]) -> None:
        """Make these the current edition, recorded with the instant they took effect."""
        now = self.now()
        today = business_date(schedule, now)
        journal = self.journal
        texts = [text.decode("utf-8-sig") for text in sources]
        seen = journal.first_seen()
        # A clock moved back by hand shows that day as owed, but does not move the journal's beginning for good.
        owed_from = {duty: min(today, seen.get(duty, today)) for duty in schedule.duties}
        journal.adopt(texts[0], texts[1], {**owed_from, **seen} if self.clock.moved else owed_from, now)
        editions = list(self._past_editions(today))
        editions.append(Edition(today, schedule, self._compiler.calendar(schedule.calendar, overrides)))
        self._book = Book(editions, {**seen, **owed_from})
        self._sources = sources

    def _past_editions(self, today: date) -> Iterable[Edition]:
        """The editions past days ended under: of each day's edits, the last."""
        by_day: dict[date, Edition] = {}
        for version in self.journal.versions():
            text = self.journal.source(version.schedule).encode()
            days_off = self.journal.source(version.holidays).encode()
            try:
                schedule = self._compiler.schedule(text, str(self.workspace.schedule))
                overrides = (
                    self._compiler.overrides(days_off, str(self.workspace.holidays)) if days_off else Overrides()
                )
            except UserError:
                continue  # written for a version of this program that allowed what this one does not
            first = business_date(schedule, version.since)
            by_day[first] = Edition(first, schedule, self._compiler.calendar(schedule.calendar, overrides))
        return [edition for first, edition in sorted(by_day.items()) if first < today]

    # -- looking ----------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The present instant, in UTC, or the one that counts as it."""
        return self._as_of or self.clock.now()

    @contextmanager
    def as_of(self, instant: datetime) -> Iterator[None]:
        """Within the block it counts as being `instant` (aware): what had to wait is recorded when it was asked for."""
        self._as_of = instant
        try:
            yield
        finally:
            self._as_of = None

    @property
    def written(self) -> int:
        """How many transactions this Desk has committed."""
        return self._journal.written if self._journal is not None else 0

    def today(self) -> date:
        """The business day it is."""
        return business_date(self.schedule, self.now())

    def look(self, day: date | None = None) -> Agenda:
        """The agenda of a business day (None: of today), as it stands now. Raises `UserError` for a day that is too
        far away."""
        now = self.now()
        today = business_date(self.schedule, now)
        day = within_reach(day or today)
        occurrences = _candidates(self.journal, self.book, day, today, self.journal.undone())
        return agenda(self.book, self.records(occurrences), day, now, occurrences)

    def look_back(self, first: date, last: date) -> list[Agenda]:
        """The agendas of business days `first` to `last`, ends included, as they stand now: as `look` gives each, but
        with few questions to the journal for all of them. Of very many days the items come without their readings.
        """
        now = self.now()
        days = stretches(self.book, first, last, now, _over(self.journal, self.book, first))
        occurrences = (found for stretch in days for found in (*stretch.carried, *stretch.due))
        records = self.journal.records(_keys(occurrences), readings=(last - first).days < _WITH_READINGS)
        return list(agendas(records, days, now))

    def announced(self) -> list[Item]:
        """The deadlines after today that have been announced, as they stand now."""
        return self.all_standing(self.book.announced(self.today()))

    def records(self, occurrences: Iterable[Occurrence]) -> dict[str, Record]:
        return self.journal.records(_keys(occurrences))

    def stand(self, occurrence: Occurrence) -> Item:
        """How one occurrence stands now."""
        return self.all_standing([occurrence])[0]

    def all_standing(self, occurrences: Sequence[Occurrence]) -> list[Item]:
        """How occurrences stand now, owed or not."""
        records, now = self.records(occurrences), self.now()
        return [
            stand(occurrence, record_of(occurrence, records), now, owed=self.book.owes(occurrence))
            for occurrence in occurrences
        ]

    def check_not_over(self, item: Item, until: datetime) -> None:
        """Raise `UserError` where an item is missed before `until`."""
        expires = item.occurrence.expires_at
        if expires is not None and expires <= until:
            raise UserError(
                _("{title} counts as missed from {time} on: name an earlier hour").format(
                    title=item.title.to(language()), time=wording.date_time(expires, self.schedule.zone)
                )
            )

    def find(self, key: str) -> Item:
        """The occurrence a person means: by its full key, or by a duty's id, which is the occurrence on today's
        agenda, the oldest open one if there are several, else the next one already announced.

        Raises `UserError` where there is none.
        """
        key = clean(halfwidth(key)).strip()
        duty, at, nominal = key.partition("@")
        return self._by_key(duty, nominal, key) if at else self._by_duty(duty)

    def _by_key(self, duty: str, nominal: str, key: str) -> Item:
        try:
            day = date.fromisoformat(nominal)
        except ValueError:
            raise UserError(
                _("{key}: after @ comes the nominal date, as in {example}").format(
                    key=key, example=f"{duty}@{self.today().isoformat()}"
                )
            ) from None
        within_reach(day)
        if occurrence := self.book.find(duty, day):
            return self.stand(occurrence)
        self._check_duty(duty)
        raise UserError(_("{duty} does not fall on {date}").format(duty=duty, date=nominal))

    def _by_duty(self, duty: str) -> Item:
        names = self.book.names(duty)
        today = [item for item in self.look().items if item.occurrence.duty in names]
        if found := today or [item for item in self.announced() if item.occurrence.duty in names]:
            # Of several that are all answered, a repeat means the newest of today's, the next of those ahead.
            return next((item for item in found if item.status.open), found[-1 if today else 0])
        self._check_duty(duty)
        ahead = self.book.owed(self.today(), self.today() + _NEXT)
        if coming := next((occurrence for occurrence in ahead if occurrence.duty in names), None):
            raise UserError(
                _("{duty} is not on today's agenda; it is next due on {date}: give the full key, {key}").format(
                    duty=duty, date=coming.day.isoformat(), key=coming.key
                )
            )
        raise UserError(_("{duty} is not on today's agenda; give the full key, DUTY-ID@YYYY-MM-DD").format(duty=duty))

    def _check_duty(self, duty: str) -> None:
        known = {name for known in self.schedule.duties for name in self.book.names(known)}
        if duty not in known:
            raise UserError(
                _("there is no duty {duty} in the schedule{hint}").format(duty=duty, hint=did_you_mean(duty, known))
            )


def _over(journal: Journal, book: Book, day: date) -> frozenset[str]:
    """What was over before a day began. Of all that was ever carried over, hardly anything is left: the rest need be
    neither computed nor loaded to leave the day."""
    return journal.settled(book.lasting, day_start(book.edition(day).schedule, day))


@lru_cache(maxsize=4)
def _candidates(journal: Journal, book: Book, day: date, today: date, _undone: int) -> tuple[Occurrence, ...]:
    """`candidates` but for what was over before `day`. Kept while nothing is taken back: a book never changes, and what
    is answered after that day began makes nothing more be over before it."""
    return tuple(candidates(book, day, today, _over(journal, book, day)))


def _keys(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    return (key for found in occurrences for key in (found.key, *found.aliases))


def within_reach(day: date) -> date:
    """`day`, if it can be looked at. Raises `UserError`."""
    if not EARLIEST <= day <= LATEST:
        raise UserError(
            _("{date} is too far away: choose a day from {first} to {last}").format(
                date=day.isoformat(), first=EARLIEST.isoformat(), last=LATEST.isoformat()
            )
        )
    return day


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that ends a message about an unknown word: the known one that looks most like it, if any does."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1)
    return _("; did you mean {word}?").format(word=close[0]) if close else ""
