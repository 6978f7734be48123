"""Cases for the weekly training, as a page and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from csconsole import wording
from csconsole.core.case import Case, CaseBook
from csconsole.core.report import Report
from csconsole.i18n import _, ngettext, pgettext
from csconsole.reports import phrases
from csconsole.reports.document import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Group,
    Lines,
    Prose,
    Row,
    Section,
    Table,
)
from csconsole.reports.plain import case_plain, dumps


def compose(book: CaseBook) -> Document:
    """The page in the language in use: a section for each case."""
    stamp = f"{book.now.astimezone(book.schedule.zone):%Y-%m-%d %H:%M}"
    count = len(book.cases)
    good = sum(case.draft.good for case in book.cases)
    sections = tuple(_section(book, case) for case in book.cases)
    return Document(
        at=book.now,
        title=_("Cases for training"),
        subtitle=_asked(book) or ngettext("{n} case", "{n} cases", count).format(n=count),
        state=_("as of {time}").format(time=stamp),
        lead=(),
        head=Facts((Fact(_("Good"), str(good)), Fact(_("Bad"), str(count - good)))),
        sections=sections or (Section(_("Cases"), (Lines((_("None."),)),)),),
        foot=_("csconsole, {time}").format(time=stamp),
    )


_TAUGHT = 15
"""Of more cases than these, a report names each and no more."""


def cases_of(report: Report) -> Iterator[Section]:
    """The cases that were kept in a report's period: what each teaches."""
    columns = (
        Column(_("No."), number=True),
        Column(_("Case"), wide=True),
        Column(_("Category")),
        Column(_("How")),
        Column(_("Incident"), number=True),
    )
    rows = tuple(
        Row(
            (
                str(case.number),
                phrases.said(case.draft.title),
                phrases.category_name(report.schedule, case.draft.category),
                judged(case.draft.good),
                phrases.NOTHING if case.draft.incident is None else f"#{case.draft.incident}",
            ),
            tuple(lesson(case)) if len(report.cases) <= _TAUGHT else (),
        )
        for case in report.cases
    )
    if rows:
        title = _("Cases kept: {count}").format(count=len(rows))
        yield Section(title, (Table(columns, (Group("", rows),)),))


def lesson(case: Case) -> Iterator[str]:
    """What to do next time, where somebody said so."""
    if words := phrases.said(case.draft.next_time):
        yield _("Next time: {words}").format(words=words)


def judged(good: bool) -> str:
    """How a case was handled, with a sign that needs no colour."""
    return _("✓ good") if good else _("✗ bad")


def _asked(book: CaseBook) -> str:
    asked = [phrases.said(book.words)] if book.words else []
    if book.good is not None:
        asked.append(judged(book.good))
    return pgettext("between the parts of a sentence", "; ").join(asked)


def _section(book: CaseBook, case: Case) -> Section:
    title = f"{case.number}. {phrases.said(case.draft.title)} · {judged(case.draft.good)}"
    return Section(title, tuple(_blocks(book, case)))


def _blocks(book: CaseBook, case: Case) -> Iterator[Block]:
    draft = case.draft
    about = [phrases.category_name(book.schedule, draft.category)]
    if draft.incident is not None:
        about.append(_("incident #{number}").format(number=draft.incident))
    who = phrases.person_name(book.schedule, case.by)
    about.append(_("{who}, {time}").format(who=who, time=wording.date_time(case.written_at, book.schedule.zone)))
    yield Lines((pgettext("between the parts of a sentence", "; ").join(about),))
    for heading, text in (
        (_("What happened:"), draft.happened),
        (_("What we did:"), draft.did),
        (_("Next time:"), draft.next_time),
    ):
        if lines := phrases.prose(text):
            yield Prose((heading, *lines))


def as_json(book: CaseBook) -> str:
    return dumps([case_plain(case, book.schedule) for case in book.cases])
