"""Monday's pack: what the week before left, what became of it, and what this week brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.incident import Incident, IncidentStatus
from csconsole.core.meeting import Found, Meeting, Past, Slipped
from csconsole.i18n import _, ngettext
from csconsole.reports import phrases, remarks
from csconsole.reports.document import Column, Document, Fact, Facts, Group, Row, Section, table_or
from csconsole.reports.meeting_rows import meeting_plain, meeting_tables
from csconsole.reports.paper import Paper
from csconsole.wording import limits as limitwording


def meeting_paper(meeting: Meeting) -> Paper:
    """The pack in the language in use."""
    return Paper(_document(meeting), meeting_tables(meeting), meeting_plain(meeting))


def _document(meeting: Meeting) -> Document:
    stamp = f"{meeting.now.astimezone(meeting.schedule.zone):%Y-%m-%d %H:%M}"
    last, week = meeting.last_week, meeting.week
    sections = (_open(meeting), _categories(meeting), _grave(meeting), _found(meeting), _slipped(meeting),
                _past(meeting), _deadlines(meeting))  # fmt: skip
    return Document(
        at=meeting.now,
        title=_("Monday's meeting"),
        subtitle=_("last week {last}, this week {week}").format(
            last=f"{last.first:%m-%d} – {last.last:%m-%d}", week=f"{week.first:%m-%d} – {week.last:%m-%d}"
        ),
        state=phrases.sentence(_("as of {time}").format(time=stamp)),
        lead=tuple(phrases.sentence(words) for words in _in_words(meeting)),
        head=Facts(tuple(_facts(meeting))),
        sections=sections,
        foot=_("csconsole, {time}").format(time=stamp),
    )


def _resolved(meeting: Meeting) -> int:
    return sum(each.resolved_at is not None for each in meeting.opened)


def _late(meeting: Meeting) -> int:
    return sum(len(each.late) for each in meeting.slipped)


def _missed(meeting: Meeting) -> int:
    return sum(len(each.missed) for each in meeting.slipped)


def _over(meeting: Meeting) -> int:
    return sum(each.overdue(meeting.now) for each in meeting.open)


def _in_words(meeting: Meeting) -> Iterator[str]:
    """Three or four sentences, each made of its figures."""
    opened, resolved = len(meeting.opened), _resolved(meeting)
    yield _("Incidents opened last week: {opened}; resolved by now: {resolved}.").format(
        opened=opened, resolved=resolved
    )
    if count := len(meeting.open):
        yield _("Open now: {count}, {older} of them from before that week, {over} past a limit.").format(
            count=count, older=len(meeting.older), over=_over(meeting)
        )
    if meeting.found or meeting.slipped:
        yield _("Issues found at checks: {found}; checks missed: {missed}, late: {late}.").format(
            found=len(meeting.found), missed=_missed(meeting), late=_late(meeting)
        )
    if meeting.deadlines:
        due = ngettext("This week brings {n} due date.", "This week brings {n} due dates.", len(meeting.deadlines))
        moved = sum(each.moved_days != 0 for each in meeting.deadlines)
        if moved:
            due = ngettext("This week brings {n} due date, {moved} of them moved by days off.",
                           "This week brings {n} due dates, {moved} of them moved by days off.",
                           len(meeting.deadlines))  # fmt: skip
        yield due.format(n=len(meeting.deadlines), moved=moved)


def _facts(meeting: Meeting) -> Iterator[Fact]:
    yield Fact(_("Opened"), str(len(meeting.opened)), _("{n} resolved").format(n=_resolved(meeting)))
    over = _over(meeting)
    yield Fact(_("Open now"), str(len(meeting.open)), _("{n} past a limit").format(n=over), alarming=over > 0)
    yield Fact(_("Issues at checks"), str(len(meeting.found)))
    missed = _missed(meeting)
    yield Fact(_("Missed"), str(missed), _("{n} late").format(n=_late(meeting)), alarming=missed > 0)
    yield Fact(_("Readings past their level"), str(len(meeting.past)))
    overdue = len(meeting.overdue)
    yield Fact(_("Overdue from last week"), str(overdue), alarming=overdue > 0)
    yield Fact(_("Due this week"), str(len(meeting.deadlines)))


# -- incidents ------------------------------------------------------------------------------------------------


def _open(meeting: Meeting) -> Section:
    columns = (Column(_("No.")), Column(_("Incident"), wide=True), Column(_("Category")), Column(_("Shop")),
               Column(_("In charge")), Column(_("Until")))  # fmt: skip
    opened = {each.number for each in meeting.opened}
    parts = [
        (_("Opened last week"), [each for each in meeting.open if each.number in opened]),
        (_("Older"), [each for each in meeting.open if each.number not in opened]),
    ]
    groups = [Group(name, tuple(_open_row(meeting, each) for each in its)) for name, its in parts if its]
    return Section(_("Still open: with whom, until when"), table_or(columns, groups, _("None.")))


def _open_row(meeting: Meeting, incident: Incident) -> Row:
    left = limitwording.left(incident, meeting.now) or _("no limit")
    waiting = [wording.incident_status(incident.status)] if incident.status is IncidentStatus.WAITING else []
    return _incident_row(meeting, incident, phrases.in_brackets([left, *waiting]))


def _incident_row(meeting: Meeting, incident: Incident, state: str) -> Row:
    schedule = meeting.schedule
    said = [phrases.said(event.text) for event in incident.events if phrases.said(event.text)]
    due = f"{wording.date_time(incident.due_at, schedule.zone)}" if incident.due_at else ""
    notes = [_("settle by {time}").format(time=due)] if due and incident.resolved_at is None else []
    return Row(
        (
            f"#{incident.number}",
            phrases.said(incident.title),
            phrases.category_name(schedule, incident.category),
            phrases.shop_name(schedule, incident.shop) if incident.shop else phrases.NOTHING,
            phrases.person_name(schedule, incident.assignee) or _("nobody"),
            state,
        ),
        (*notes, *said[-1:]),
    )


def _categories(meeting: Meeting) -> Section:
    columns = (Column(_("Category"), wide=True), Column(_("Opened"), number=True), Column(_("Resolved"), number=True),
               Column(_("Not settled"), number=True))  # fmt: skip
    rows = tuple(
        Row(
            (
                phrases.category_name(meeting.schedule, each.category),
                phrases.count(each.opened),
                phrases.count(each.resolved),
                phrases.count(each.open),
            )
        )
        for each in meeting.by_category
    )
    return Section(_("Incidents opened last week"), table_or(columns, [Group("", rows)] if rows else [], _("None.")))


def _grave(meeting: Meeting) -> Section:
    columns = (Column(_("No.")), Column(_("Incident"), wide=True), Column(_("Category")), Column(_("Shop")),
               Column(_("In charge")), Column(_("Resolved")))  # fmt: skip
    rows = []
    for each in meeting.grave:
        assert each.resolved_at is not None
        words = wording.date_time(each.resolved_at, meeting.schedule.zone)
        if each.due_at is not None and each.resolved_at > each.due_at:
            words = phrases.in_brackets([words, wording.late(each.resolved_at - each.due_at)])
        rows.append(_incident_row(meeting, each, words))
    title = _("Resolved, but grave, late or opened again")
    return Section(title, table_or(columns, [Group("", tuple(rows))] if rows else [], _("None.")))


# -- checks ---------------------------------------------------------------------------------------------------


def _found(meeting: Meeting) -> Section:
    columns = (Column(_("Day")), Column(_("Check"), wide=True), Column(_("Shops")), Column(_("What became of it")))
    rows = tuple(_found_row(meeting, each) for each in meeting.found)
    return Section(_("Found at checks"), table_or(columns, [Group("", rows)] if rows else [], _("None.")))


def _found_row(meeting: Meeting, found: Found) -> Row:
    item = found.item
    shops = [shop for shop, result in item.answer.shops.items() if result is not None and result.value == "issue"]
    became = [
        _("#{number} {status}").format(number=each.number, status=wording.incident_status(each.status))
        for each in found.incidents
    ]
    note = phrases.said(item.answer.note)
    return Row(
        (
            wording.date_label(item.occurrence.day),
            phrases.said(item.title),
            phrases.listed(phrases.shop_name(meeting.schedule, shop) for shop in shops) or phrases.NOTHING,
            phrases.listed(became) or _("no incident"),
        ),
        (_("Note: {text}").format(text=note),) if note else (),
    )


def _slipped(meeting: Meeting) -> Section:
    columns = (Column(_("Check"), wide=True), Column(_("Missed"), number=True), Column(_("Late"), number=True),
               Column(_("Latest")))  # fmt: skip
    rows = tuple(_slipped_row(each) for each in meeting.slipped)
    blocks = table_or(columns, [Group("", rows)] if rows else [], _("None."))
    overdue = tuple(_overdue_row(meeting, item) for item in meeting.overdue)
    if overdue:
        head = (Column(_("Overdue"), wide=True), Column(_("Due")))
        blocks = (*blocks, *table_or(head, [Group("", overdue)], ""))
    return Section(_("Missed and late"), blocks)


def _slipped_row(slipped: Slipped) -> Row:
    worst = max((each.late for each in slipped.late if each.late is not None), default=None)
    days = phrases.listed(wording.date_label(day) for day in slipped.missed)
    return Row(
        (
            phrases.said(slipped.item.title),
            phrases.count(len(slipped.missed)),
            phrases.count(len(slipped.late)),
            phrases.minutes(worst),
        ),
        (_("missed on {days}").format(days=days),) if days else (),
    )


def _overdue_row(meeting: Meeting, item: Item) -> Row:
    why = wording.moved_reason(item.occurrence.adjusted)
    return Row(
        (phrases.said(item.title), wording.date_time(item.due, meeting.schedule.zone)),
        (phrases.said(why),) if why else (),
    )


# -- readings and what is ahead -------------------------------------------------------------------------------


def _past(meeting: Meeting) -> Section:
    numbers = (Column(name, number=True) for name in (_("Days past it"), _("Worst value"), _("Newest"), _("Level")))
    columns = (Column(_("Reading"), wide=True), Column(_("Shop")), *numbers)
    rows = tuple(_past_row(meeting, each) for each in meeting.past)
    return Section(
        _("Readings past their warning level"), table_or(columns, [Group("", rows)] if rows else [], _("None."))
    )


def _past_row(meeting: Meeting, past: Past) -> Row:
    return Row(
        (
            phrases.metric_name(meeting.schedule, past.metric),
            phrases.reading_place(meeting.schedule, past.shop),
            phrases.count(len(past.days)),
            phrases.number(past.worst),
            ("▲ " if past.still else "") + phrases.number(past.last),
            f"{'>' if past.warn.above else '<'} {phrases.level(past.warn.level)}",
        )
    )


def _deadlines(meeting: Meeting) -> Section:
    columns = (Column(_("Due")), Column(_("Deadline"), wide=True), Column(_("Status")))
    zone = meeting.schedule.zone
    rows: Iterable[Row] = (
        Row(
            (
                _("{date} {time}").format(date=wording.date_label(each.day), time=wording.clock_time(each.due, zone)),
                phrases.said(each.title),
                remarks.deadline_status(each),
            ),
            remarks.deadline_notes(each),
        )
        for each in meeting.deadlines
    )
    groups = [Group("", tuple(rows))] if meeting.deadlines else []
    return Section(_("This week: due dates and dated events"), table_or(columns, groups, _("None.")))
