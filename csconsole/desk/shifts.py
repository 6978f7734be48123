"""From one shift to the next: what it must know, who takes over, closing the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from csconsole.core.agenda import Agenda, Item
from csconsole.core.businessday import ONE_DAY
from csconsole.core.errors import UserError
from csconsole.core.facts import Closing, TakeOver, Word
from csconsole.core.incident import Incident
from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.core.text import clean, prose
from csconsole.desk.office import LATEST
from csconsole.desk.papers import Papers, format_of
from csconsole.i18n import _, language, ngettext

if TYPE_CHECKING:
    from csconsole.core.handover import Handover
    from csconsole.core.report import Report
    from csconsole.reports.document import PageLine


class Shifts(Papers):
    """All raise `UserError` for a day that is too far away or has not begun, and for what cannot be understood; those
    that write raise `NotSaved`."""

    def handover(self, day: date | None = None) -> Handover:
        """What the next shift must know of a business day (None: today), as it stands now."""
        return self._handed_over(self._begun(day))

    def handover_paper(self, day: date | None, format: str, *, unmasked: bool = False) -> bytes:
        """The handover of a business day (None: today) as the bytes of a file in `format`, masked as a report is."""
        from csconsole.reports import FORMATS, render, render_pdf

        page = self._shareable(day, unmasked)
        if format == "pdf":
            return render_pdf(page)
        for known in FORMATS:
            if known == format:
                return render(page, known).encode()
        known_formats = ", ".join((*FORMATS, "pdf"))
        raise UserError(_("{format} is not a format; there are: {known}").format(format=format, known=known_formats))

    def save_handover(
        self, target: Path, day: date | None, format: str | None = None, *, unmasked: bool = False
    ) -> Path:
        """Write it to a file, private to the user, and say where it is. Without a `format`, the file's ending says
        which."""
        from csconsole.reports.printing import save

        return save(self.handover_paper(day, format or format_of(target), unmasked=unmasked), target)

    def print_handover(self, day: date | None, *, unmasked: bool = False) -> Path:
        """Send it to the system's printer; the file that was printed."""
        from csconsole.reports.printing import print_report

        return print_report(self._shareable(day, unmasked), self.workspace.reports)

    def handover_lines(self, day: date | None = None) -> list[PageLine]:
        """What it says, line by line, not masked: for the screen of whoever takes over."""
        from csconsole.reports import handover
        from csconsole.reports.chat import page_lines
        from csconsole.reports.document import PageLine

        page = handover.compose(self.handover(day))
        head = [PageLine(page.subtitle, 0), PageLine(page.state, 2)]
        return [*head, *(line for section in page.sections for line in page_lines(section))]

    def _shareable(self, day: date | None, unmasked: bool) -> Handover:
        from csconsole.core.masked import masked_handover

        page = self.handover(day)
        return page if unmasked or not self.masks() else masked_handover(page)

    def report(self, period: Period | None = None) -> Report:
        """The report on a period (None: today) as it stands now, that on a day with its handover."""
        report = super().report(period)
        if report.period.kind is not PeriodKind.DAY or report.period.first > self.today():
            return report
        return replace(report, handover=self._handed_over(self.look(report.period.first)))

    def hand_over(self, note: str, day: date | None = None) -> Word:
        """Write for the shift after a business day (None: today) what it must know, in the place of what was written
        before; "" takes that back."""
        date, text = self._begun(day).day.date, prose(note)
        if text != self.handover_note(date):
            self.journal.hand_over(self.by, date, text, self.now())
        elif not text:
            raise UserError(_("the note is empty"))
        return self.journal.words(date)[-1]

    def close_day(self, note: str | None = None, day: date | None = None, *, leave_missed: bool = True) -> Closing:
        """Close a business day (None: today), or amend its closing, with a note to the next shift (None: the one that
        is written): the summary is kept as it now stands. Unless `leave_missed`, raises `UserError` where checks of the
        day are not answered that end with it."""
        from csconsole.reports import kept

        agenda = self._begun(day)
        day = agenda.day.date
        if not leave_missed and (left := unanswered(agenda)):
            raise UserError(_not_answered(left))
        text = self.handover_note(day) if note is None else prose(note)
        report, now = self.report(period_of(PeriodKind.DAY, day)), self.now()
        as_closed = _closed(report, Closing(day, now, self.by, text, ""))
        self.journal.close_day(self.by, day, text, kept(as_closed, self.shareable(as_closed)), now)
        return self.journal.all_closings(day, day)[-1]

    def as_closed(self, day: date | None, format: str = "text", *, unmasked: bool = False) -> bytes:
        """A business day (None: today) as it was handed over each time it was closed, as the bytes of a "text", the
        page as it was printed, or of "json", all that was kept, which names buyers. Raises `UserError` where the day
        was not closed."""
        from csconsole.reports import as_kept

        day = self.look(day).day.date
        closings = self.journal.all_closings(day, day)
        if not closings:
            raise UserError(_("{date} was not closed").format(date=day.isoformat()))
        if format not in ("text", "json"):
            raise UserError(_("what was kept at a closing is there as text and as JSON"))
        if format == "json" and not unmasked and self.masks():
            raise UserError(_("what was kept as JSON names buyers: add --unmasked, or take it as text"))
        return as_kept(closings, self.book.edition(day).schedule, as_json=format == "json").encode()

    def save_as_closed(
        self, target: Path, day: date | None, format: str | None = None, *, unmasked: bool = False
    ) -> Path:
        """Write that to a file, private to the user, and say where it is."""
        from csconsole.reports.printing import save

        return save(self.as_closed(day, format or format_of(target), unmasked=unmasked), target)

    def prints_on_closing(self) -> bool:
        """Whether the owner has every closing printed: `[close]` `print = true`. Raises `UserError` for settings that
        cannot be used."""
        from csconsole.reminders.settings import switched, table_of

        return switched(table_of(self.settings(), "close", ("print",)), "close", "print", usually=False)

    def closing(self, day: date | None = None) -> Closing | None:
        """How a business day (None: today) was closed, or its closing amended last; None where it was not."""
        return self.journal.closing(day or self.today())

    def take_over(self, name: str) -> str:
        """Put `name` on duty: from now on they act in this console."""
        who = clean(name).strip()
        if not who:
            raise UserError(_("say who takes over"))
        self.journal.take_over(who, self.now())
        self.by = who
        return who

    def taken_over(self, agenda: Agenda) -> TakeOver | None:
        """Who took over last on the business day of an agenda; None where nobody did."""
        return next(reversed(self.journal.take_overs(agenda.starts, agenda.ends)), None)

    def _begun(self, day: date | None) -> Agenda:
        agenda = self.look(day)
        if agenda.now < agenda.starts:
            raise UserError(_("{date} has not begun yet").format(date=agenda.day.date.isoformat()))
        return agenda

    def handover_note(self, day: date) -> str:
        """The note to the shift after a business day; "" where there is none."""
        return next((word.text for word in reversed(self.journal.words(day))), "")

    def _left_open(self, ends: datetime) -> list[Incident]:
        """What was open at an instant: it is still, or was resolved since."""
        return self.journal.told_of(ends, ends)

    def _handed_over(self, agenda: Agenda) -> Handover:
        from csconsole.core.handover import Amended, changed_since, handover

        day = agenda.day.date
        closings = self.journal.all_closings(day, day)
        changed = changed_since(agenda, closings)
        at = [self.journal.recorded_last(changed.values()), *(each.closed_at for each in closings[1:])]
        last = max(filter(None, at), default=None)
        from_them = self.journal.take_overs(agenda.ends, agenda.ends + ONE_DAY)[:1]
        return handover(
            agenda,
            self._left_open(agenda.ends),
            self.journal.words(day),
            [*self.journal.take_overs(agenda.starts, agenda.ends), *from_them],
            closings,
            Amended(len(changed), last) if last else None,
            self.look(min(day + ONE_DAY, LATEST)),
            self.book.edition(day).schedule,
        )


def unanswered(agenda: Agenda) -> list[Item]:
    """The checks of a day that nobody answered and that end as missed with it."""
    return [item for item in agenda.items if item.status.open and item.occurrence.expires_at is not None]


def _not_answered(items: Sequence[Item]) -> str:
    return ngettext(
        "{n} check of the day is not answered ({title} …): answer or skip it, or leave it missed with --leave-missed",
        "{n} checks of the day are not answered ({title} …): answer or skip them, or leave them missed with "
        "--leave-missed",
        len(items),
    ).format(n=len(items), title=items[0].title.to(language()))


def _closed(report: Report, closing: Closing) -> Report:
    """The report as it will stand once the day is closed so."""
    from csconsole.core.handover import Amended

    page = report.handover
    assert page is not None
    word = Word(closing.closed_at, closing.by, closing.handover)
    checks = page.amended.checks if page.amended else 0
    return replace(
        report,
        closings=(closing,),
        handover=replace(
            page,
            words=page.words if closing.handover == (page.note.text if page.note else "") else (*page.words, word),
            closings=(*page.closings, closing),
            amended=Amended(checks, closing.closed_at) if page.closings else None,
        ),
    )
