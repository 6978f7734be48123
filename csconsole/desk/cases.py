"""Cases: what incidents taught, kept for the weekly training."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from csconsole.core.businessday import ONE_DAY, day_start
from csconsole.core.case import Case, CaseBook, CaseDraft, masked_cases
from csconsole.core.errors import UserError
from csconsole.core.incident import EventKind
from csconsole.core.text import clean, prose
from csconsole.desk.finding import Finding
from csconsole.desk.papers import format_of
from csconsole.desk.shifts import Shifts
from csconsole.i18n import _
from csconsole.wording import life as lifewording

FORMATS = ("text", "markdown", "html", "pdf", "json")
_DONE = (EventKind.NOTE, EventKind.OFFERED, EventKind.EVIDENCE, EventKind.VERDICT, EventKind.TOLD, EventKind.RESOLVED)


class Cases(Finding, Shifts):
    """All raise `UserError` for what cannot be understood or is not there; those that write raise `NotSaved`."""

    def case_of(self, number: int) -> CaseDraft:
        """A case to be kept of an incident, filled in as far as its story says: what happened, and what was done. Of
        one that is kept already, what was written."""
        if kept := next((case for case in self.journal.cases() if case.draft.incident == number), None):
            return kept.draft
        incident = self.incident(number)
        happened = [incident.title, *([incident.draft.line] if incident.draft.line else [])]
        did = (
            lifewording.happened(event, values, self.schedule)
            for event, values in lifewording.together(incident.events)
            if event.kind in _DONE and (event.text or event.kind is not EventKind.RESOLVED)
        )
        return CaseDraft(
            incident.title, incident.category, "\n".join(dict.fromkeys(happened)), "\n".join(did), incident=number
        )

    def keep_case(self, draft: CaseDraft) -> Case:
        """Keep a case; one of an incident that is kept already is written anew."""
        kept = None
        if draft.incident is not None:
            self.incident(draft.incident)
            kept = next((case for case in self.journal.cases() if case.draft.incident == draft.incident), None)
        return self._write(draft, kept)

    def revise_case(self, number: int, draft: CaseDraft) -> Case:
        """Write a case anew."""
        return self._write(draft, self.case(number))

    def case(self, number: int) -> Case:
        """Raises `UserError` where there is no case of that number."""
        found = next((case for case in self.journal.cases() if case.number == number), None)
        if found is None:
            raise UserError(_("there is no case {number}").format(number=number))
        return found

    def cases(
        self,
        words: str = "",
        *,
        good: bool | None = None,
        category: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> CaseBook:
        """The cases to which all of this applies, the newest first: words or parts of words in them; well handled, or
        badly (None: either); kept on business days `first` to `last`, ends included."""
        found = self.journal.cases(
            words,
            good=good,
            category=None if category is None else self.category_named(category),
            kept_from=None if first is None else day_start(self.schedule, first),
            kept_to=None if last is None else day_start(self.schedule, last + ONE_DAY),
        )
        return CaseBook(tuple(found), self.schedule, self.now(), words, good)

    def case_paper(self, book: CaseBook, format: str, *, unmasked: bool = False) -> bytes:
        """Cases as the bytes of a file in one of `FORMATS`, masked as a report is."""
        from csconsole.reports import cases, render_document

        if format not in FORMATS:
            known = ", ".join(FORMATS)
            raise UserError(_("{format} is not a format; there are: {known}").format(format=format, known=known))
        page = self._to_share(book, unmasked)
        return cases.as_json(page).encode() if format == "json" else render_document(cases.compose(page), format)

    def save_cases(self, target: Path, book: CaseBook, format: str | None = None, *, unmasked: bool = False) -> Path:
        """Write cases to a file, private to the user, and say where it is. Without a `format`, the file's ending says
        which."""
        from csconsole.reports.printing import save

        return save(self.case_paper(book, format or format_of(target), unmasked=unmasked), target)

    def print_cases(self, book: CaseBook, *, unmasked: bool = False) -> Path:
        """Send cases to the system's printer; the file that was printed."""
        from csconsole.reports.printing import print_rendered

        rendered = partial(self.case_paper, book, unmasked=unmasked)
        return print_rendered(rendered, self.workspace.reports, f"cases-{self.today().isoformat()}")

    def _to_share(self, book: CaseBook, unmasked: bool) -> CaseBook:
        return book if unmasked or not self.masks() else replace(book, cases=masked_cases(book.cases))

    def _write(self, draft: CaseDraft, kept: Case | None) -> Case:
        cleaned = replace(
            draft,
            title=" ".join(clean(draft.title).split()),
            category=self.category_named(draft.category),
            happened=prose(draft.happened),
            did=prose(draft.did),
            next_time=prose(draft.next_time),
        )
        if not cleaned.title:
            raise UserError(_("the title is empty"))
        if not (cleaned.happened or cleaned.did or cleaned.next_time):
            raise UserError(_("say what happened, what was done or what to do next time"))
        if kept is not None and kept.draft == cleaned:
            raise UserError(_("case {number}: nothing would change").format(number=kept.number))
        number = self.journal.keep_case(self.by, cleaned, self.now(), None if kept is None else kept.number)
        return self.case(number)
