"""What went wrong: logging it in one line, adding to it, resolving it."""

from __future__ import annotations

from csconsole.core.errors import UserError
from csconsole.core.incident import EventKind, Incident, IncidentStatus, NewEvent, by_urgency
from csconsole.core.quickline import Completion, EmptyLine, LineTooLong, Parsed, completions, parse
from csconsole.core.text import LIMIT, clean
from csconsole.desk.office import Office
from csconsole.i18n import _, language


class Incidents(Office):
    """Each verb is one action in one transaction, committed when it returns. All raise `UserError` for what cannot
    be understood and `NotSaved` for what could not be written."""

    def read_line(self, line: str) -> Parsed:
        """What a typed line says of an incident, without logging it. Raises `UserError` for one that says nothing."""
        try:
            return parse(
                line,
                self.schedule,
                self.now(),
                people=self.people(),
                language=language(),
                calendar=self.book.edition(self.today()).calendar,
            )
        except EmptyLine:
            example = _("refund tmall #88120934 not received @li !! 18:00")
            raise UserError(
                _("the line is empty: say what went wrong, as in: {example}").format(example=example)
            ) from None
        except LineTooLong:
            raise UserError(_("the line is longer than {limit} characters: shorten it").format(limit=LIMIT)) from None

    def complete(self, line: str, cursor: int) -> list[Completion]:
        """What the word of the line in which the cursor stands may become."""
        return completions(line, cursor, self.schedule, self.people(), language())

    def log(self, line: str, *, occurrence: str | None = None) -> Incident:
        """Log an incident from one line, found at an occurrence if its key is given."""
        from dataclasses import replace

        draft = self.read_line(line).draft
        number = self.journal.log(self.by, replace(draft, occurrence=occurrence), self.now())
        return self.incident(number)

    def resolve(self, number: int, note: str = "") -> Incident:
        """Say that an incident is settled."""
        if self.incident(number).status is IncidentStatus.RESOLVED:
            raise UserError(_("incident {number} is resolved already").format(number=number))
        return self._tell(number, EventKind.RESOLVED, note)

    def reopen(self, number: int, note: str = "") -> Incident:
        """Say that a resolved incident is not settled after all."""
        if self.incident(number).status is not IncidentStatus.RESOLVED:
            raise UserError(_("incident {number} is not resolved").format(number=number))
        return self._tell(number, EventKind.REOPENED, note)

    def remark(self, number: int, text: str) -> Incident:
        """Add a note to an incident."""
        if not clean(text).strip():
            raise UserError(_("the note is empty"))
        return self._tell(number, EventKind.NOTE, text)

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

    def _tell(self, number: int, kind: EventKind, text: str) -> Incident:
        self.incident(number)
        said = NewEvent(kind, clean(text, multiline=True).strip())
        self.journal.tell(self.by, number, [said], self.now())
        return self.incident(number)
