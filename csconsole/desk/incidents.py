"""What went wrong: logging it in one line, adding to it, resolving it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from csconsole.core.errors import UserError
from csconsole.core.incident import EventKind, Incident, IncidentStatus, NewEvent, by_urgency
from csconsole.core.text import LIMIT, clean, prose
from csconsole.desk.office import Office
from csconsole.i18n import _, language
from csconsole.workspace import write_atomically

if TYPE_CHECKING:
    from csconsole.core.lexicon import Lexicon
    from csconsole.core.linecompletion import Completion
    from csconsole.core.quickline import Parsed


_REMEMBERED = timedelta(days=366)
"""How long somebody is known who is not in the schedule, after they were last named."""


class Incidents(Office):
    """Each verb is one action in one transaction, committed when it returns. All raise `UserError` for what cannot
    be understood and `NotSaved` for what could not be written."""

    def lexicon(self) -> Lexicon:
        """What a typed line may call things, and people: those of the schedule, and who was named in the last year.
        Good as long as neither changes."""
        from csconsole.core.lexicon import Lexicon

        since = self.now() - _REMEMBERED
        people = (*self.journal.assignees(since), *self.journal.delegates(since.date()))
        return Lexicon(self.schedule, people, language())

    def read_line(
        self, line: str, lexicon: Lexicon | None = None, *, category: str | None = None, given: int = 0
    ) -> Parsed:
        """What a typed line says of an incident, without logging it; by `lexicon`, where there is one at hand, and of
        `category` where it names none. Its first `given` characters were not typed, and give way to what was. Raises
        `UserError` for one that says nothing."""
        from csconsole.core.quickline import EmptyLine, LineTooLong, parse

        try:
            calendar = self.book.edition(self.today()).calendar
            return parse(
                line, lexicon or self.lexicon(), self.now(), default_category=category, calendar=calendar, given=given
            )
        except EmptyLine:
            example = _("refund tmall #88120934 not received @li !! 18:00")
            raise UserError(
                _("the line is empty: say what went wrong, as in: {example}").format(example=example)
            ) from None
        except LineTooLong:
            raise UserError(
                _("the line has {n} characters, {limit} at most: log it in parts").format(
                    n=len(clean(line, limit=None)), limit=LIMIT
                )
            ) from None

    def complete(self, parsed: Parsed, cursor: int, lexicon: Lexicon) -> list[Completion]:
        """What the word of the line in which the cursor stands may become."""
        from csconsole.core.linecompletion import completions

        return completions(parsed, cursor, lexicon)

    def log(
        self, line: str, lexicon: Lexicon | None = None, *, found_at: str | None = None, given: int = 0
    ) -> Incident:
        """Log an incident from one line, as `read_line` reads it. One found at an occurrence, whose key this is, is of
        its category unless it says otherwise. Raises `UserError` where there is no such occurrence, too."""
        item = self.find(found_at) if found_at else None
        draft = self.read_line(line, lexicon, category=item.occurrence.category if item else None, given=given).draft
        number = self.journal.log(self.by, replace(draft, occurrence=item.key if item else None), self.now())
        return self.incident(number)

    def kept_drafts(self) -> dict[str, str]:
        """The lines that were typed and not logged, by the key of the check they are about ("": none)."""
        import json

        try:
            kept = json.loads(self.workspace.drafts.read_bytes())
        except (OSError, ValueError):
            return {}
        return {str(key): clean(str(line), limit=None) for key, line in kept.items()} if isinstance(kept, dict) else {}

    def keep_drafts(self, drafts: Mapping[str, str]) -> None:
        """Keep these, and no others, for the next start. Raises `UserError` where they cannot be written."""
        import json

        try:
            if drafts:
                write_atomically(self.workspace.drafts, json.dumps(drafts).encode())
            else:
                self.workspace.drafts.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                _("{file} cannot be written: {reason}").format(file=self.workspace.drafts, reason=error.strerror)
            ) from error

    def resolve(self, number: int, note: str = "") -> Incident:
        """Say that an incident is settled."""
        self._unresolved(number)
        return self._tell(number, NewEvent(EventKind.RESOLVED, prose(note)))

    def reopen(self, number: int, note: str = "") -> Incident:
        """Say that a resolved incident is not settled after all."""
        if self.incident(number).status is not IncidentStatus.RESOLVED:
            raise UserError(_("incident {number} is not resolved").format(number=number))
        return self._tell(number, NewEvent(EventKind.REOPENED, prose(note)))

    def remark(self, number: int, text: str) -> Incident:
        """Add a note to an incident."""
        if not clean(text).strip():
            raise UserError(_("the note is empty"))
        self.incident(number)
        return self._tell(number, NewEvent(EventKind.NOTE, prose(text)))

    def incident(self, number: int) -> Incident:
        """Raises `UserError` where there is no incident of that number."""
        found = self.journal.incident(number)
        if found is None:
            raise UserError(_("there is no incident {number}").format(number=number))
        return found

    def incidents(self, *, all: bool = False) -> list[Incident]:
        """The open incidents, or all of them: what runs out first on top, the resolved last."""
        return by_urgency(self.journal.incidents(open_only=not all), self.now())

    def people(self) -> tuple[str, ...]:
        """The names known: those of the schedule's people, in the language in use."""
        return tuple(person.name.to(language()) for person in self.schedule.people)

    def _unresolved(self, number: int) -> Incident:
        incident = self.incident(number)
        if incident.status is IncidentStatus.RESOLVED:
            raise UserError(_("incident {number} is resolved already").format(number=number))
        return incident

    def _tell(self, number: int, *said: NewEvent) -> Incident:
        """Write what happened to an incident that is there, as one action."""
        self.journal.tell(self.by, number, said, self.now())
        return self.incident(number)
