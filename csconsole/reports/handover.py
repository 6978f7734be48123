"""Put what the next shift must know into words: a page of its own, and what the report on a day says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from csconsole import wording
from csconsole.core.agenda import Item
from csconsole.core.answer import Status
from csconsole.core.calendar import Day
from csconsole.core.facts import Word
from csconsole.core.handover import Handover
from csconsole.core.incident import EventKind, Incident, IncidentStatus
from csconsole.i18n import _, ngettext, pgettext
from csconsole.reports import phrases
from csconsole.reports.document import Column, Document, Fact, Facts, Group, Lines, Prose, Row, Section, Table
from csconsole.wording import life as lifewording
from csconsole.wording import limits as limitwording


def compose(page: Handover) -> Document:
    """The page in the language in use."""
    return Document(
        at=page.agenda.now,
        title=_("Handover"),
        subtitle=_day(page.agenda.day),
        state=phrases.sentence(state(page)),
        lead=(),
        head=Facts(tuple(_facts(page))),
        sections=(
            _notes(page),
            _incidents(page),
            _promises(page),
            _checks(page),
            _begin(page),
            _people(page),
        ),
        foot=_("csconsole, {time}").format(time=_stamp(page)),
    )


def sections(page: Handover) -> Iterator[Section]:
    """What the report on a day says of its handover, which tells of the day's checks and incidents itself."""
    if page.note:
        yield _notes(page)
    if page.promises:
        yield _promises(page)
    if page.words or page.taken or page.closings:
        yield _begin(page)


def state(page: Handover) -> str:
    """How the day was closed and amended, and who took over."""
    said = [] if page.closings else [_("not closed yet; as of {time}").format(time=_stamp(page))]
    if page.closings:
        first = page.closings[0]
        said.append(
            _("closed by {who} at {time}").format(who=_person(page, first.by), time=_moment(page, first.closed_at))
        )
    if page.amended:
        checks, when = page.amended.checks, _moment(page, page.amended.at)
        words = ngettext(
            "amended {time}: {n} check answered or changed since",
            "amended {time}: {n} checks answered or changed since",
            checks,
        )
        said.append(words.format(time=when, n=checks) if checks else _("closed again {time}").format(time=when))
    said += [
        _("taken over: {name} {time}").format(name=_person(page, each.name), time=_moment(page, each.at))
        for each in page.taken
    ]
    return _joined(said)


def _facts(page: Handover) -> Iterator[Fact]:
    now, items = page.agenda.now, page.agenda.items
    over = sum(each.overdue(now) for each in page.open)
    yield Fact(_("Open incidents"), str(len(page.open)), _over(over), alarming=over > 0)
    late = sum(promise.by is not None and promise.by < now for _incident, promise in page.promises)
    yield Fact(_("Promised"), str(len(page.promises)), _over(late), alarming=late > 0)
    overdue = sum(item.status is Status.OVERDUE for item in items)
    detail = _("{count} overdue").format(count=overdue) if overdue else ""
    yield Fact(_("Checks to go on with"), str(len(page.unanswered)), detail, alarming=overdue > 0)
    missed = sum(item.status is Status.MISSED for item in items)
    yield Fact(_("Missed"), str(missed), alarming=missed > 0)


def _over(count: int) -> str:
    return _("{count} over their time").format(count=count) if count else ""


# -- notes ----------------------------------------------------------------------------------------------------


def _notes(page: Handover) -> Section:
    """What counts of what was written, then what was written before it, the newest first."""
    *before, last = page.words or (None,)
    blocks: list[Prose | Lines] = [_note(page, last)] if last and last.text else [Lines((_("Nothing was noted."),))]
    if earlier := [word for word in before if word and word.text]:
        blocks.append(Lines((_("Written before:"),)))
        blocks += [_note(page, word) for word in reversed(earlier)]
    return Section(_("Note to the next shift"), tuple(blocks))


def _note(page: Handover, word: Word) -> Prose:
    signature = _("{who}, {time}").format(who=_person(page, word.by), time=_moment(page, word.at))
    return Prose(phrases.prose(word.text), signature)


# -- incidents ------------------------------------------------------------------------------------------------


def _incidents(page: Handover) -> Section:
    columns = (
        Column(_("No."), number=True),
        Column(_("Incident"), wide=True),
        Column(_("Shop")),
        Column(_("With")),
        Column(_("Waiting for")),
        Column(_("Until")),
    )
    settled = [each for each in page.incidents if each.status is IncidentStatus.RESOLVED]
    groups = [
        Group(heading, tuple(_incident(page, each) for each in incidents))
        for heading, incidents in (("", page.open), (_("Settled since"), settled))
        if incidents
    ]
    return _table(_("Open incidents, what runs out first on top"), columns, groups)


def _incident(page: Handover, incident: Incident) -> Row:
    schedule, standing = page.schedule, incident.standing
    mark = wording.severity_mark(incident.severity)
    title = phrases.said(incident.title)
    return Row(
        (
            f"#{incident.number}",
            f"{mark} {title}" if mark else title,
            phrases.shop_name(schedule, incident.shop) if incident.shop else phrases.NOTHING,
            _person(page, incident.assignee) or phrases.NOTHING,
            lifewording.waiting_on(standing.waiting_on) if standing.waiting_on else phrases.NOTHING,
            _until(page, incident),
        ),
        tuple(_particulars(page, incident)),
        str(incident.number),
    )


def _until(page: Handover, incident: Incident) -> str:
    """Until when, and how much of it is left or over; when it was settled."""
    if incident.resolved_at is not None:
        return _("resolved {time}").format(time=_moment(page, incident.resolved_at))
    nearest = incident.nearest(page.agenda.now)
    if nearest is None:
        return _("no limit")
    at = dict(incident.limits)[nearest[0]]
    left = limitwording.left(incident, page.agenda.now)
    return _("{time}, {left}").format(time=_moment(page, at), left=f"▲ {left}" if nearest[1] < timedelta() else left)


def _particulars(page: Handover, incident: Incident) -> Iterator[str]:
    facts = [phrases.category_name(page.schedule, incident.category)]
    if left := [phrases.said(order) for order in incident.orders_left]:
        shown = phrases.listed(left[:3])
        more = _("{orders} and {n} more").format(orders=shown, n=len(left) - 3) if len(left) > 3 else shown
        facts.append(ngettext("order {numbers}", "orders {numbers}", len(left)).format(numbers=more))
    yield _joined(facts)
    told = (event for event in incident.events if event.kind is not EventKind.PROMISED)  # which has its own place
    if written := [event for event in told if phrases.said(event.text)]:
        last = written[-1]
        yield _("{time} {who}: {text}").format(
            time=_moment(page, last.at), who=_person(page, last.by), text=phrases.said(last.text)
        )


def _promises(page: Handover) -> Section:
    columns = (Column(_("By when")), Column(_("What"), wide=True), Column(_("To whom")), Column(_("Incident")))
    now = page.agenda.now
    rows = tuple(
        Row(
            (
                _("{time}, {left}").format(time=_moment(page, promise.by), left=wording.left(promise.by - now))
                if promise.by
                else phrases.NOTHING,
                phrases.said(promise.what),
                phrases.said(promise.to) or _("the buyer"),
                f"#{incident.number}",
            ),
            about=str(incident.number),
        )
        for incident, promise in page.promises
    )
    return _table(_("What was promised"), columns, [Group("", rows)] if rows else [])


# -- checks ---------------------------------------------------------------------------------------------------


def _checks(page: Handover) -> Section:
    columns = (Column(_("Due")), Column(_("Check"), wide=True), Column(_("State")))
    groups = [
        Group(heading, tuple(_check(page, item) for item in items))
        for heading, items in (
            (_("To go on with"), page.unanswered),
            (_("Missed, skipped, or an issue found"), page.gaps),
        )
        if items
    ]
    return _table(_("Checks"), columns, groups)


def _check(page: Handover, item: Item) -> Row:
    notes = [
        words.format(text=phrases.said(text))
        for words, text in ((_("Reason: {text}"), item.answer.reason), (_("Note: {text}"), item.answer.note))
        if text
    ]
    return Row(
        (_moment(page, item.occurrence.planned), phrases.said(item.title), _stands(page, item)), tuple(notes), item.key
    )


def _stands(page: Handover, item: Item) -> str:
    """How a check stands; with whom and until when where it is with somebody."""
    answer, words = item.answer, _status(item)
    if answer.delegated_to and item.status.open:
        until = _moment(page, answer.delegated_until) if answer.delegated_until else ""
        return _("{status}, {who} until {time}").format(
            status=words, who=_person(page, answer.delegated_to), time=until
        )
    if item.status in (Status.DUE, Status.OVERDUE):
        return f"{words} {wording.span(page.agenda.now - item.due)}"
    return words


def _status(item: Item) -> str:
    words = wording.status(item.status)
    return words if item.status is Status.UPCOMING else f"{wording.status_glyph(item.status)} {words}"


# -- tomorrow -------------------------------------------------------------------------------------------------


def _begin(page: Handover) -> Section:
    """The kind of day it is first: whether it is a working day decides much of it."""
    begin, zone = page.begin, page.schedule.zone
    columns = (Column(_("When")), Column(_("What"), wide=True), Column(_("State")))
    checks = tuple(
        Row(
            (
                wording.clock_time(item.occurrence.planned, zone),
                phrases.said(item.title),
                _status(item),
            ),
            about=item.key,
        )
        for item in begin.checks
    )
    deadlines = tuple(
        Row(
            (
                wording.clock_time(item.due, zone),
                phrases.said(item.title),
                _status(item),
            ),
            tuple(filter(None, (phrases.said(wording.moved_reason(item.occurrence.adjusted)),))),
            item.key,
        )
        for item in begin.deadlines
    )
    limits = tuple(
        Row(
            (
                wording.date_time(at, zone),
                f"#{incident.number} {phrases.said(incident.title)}",
                limitwording.clock(clock),
            ),
            about=str(incident.number),
        )
        for incident, clock, at in begin.limits
    )
    groups = [
        Group(heading, rows)
        for heading, rows in (
            (_("The first checks"), checks),
            (_("To be handed in"), deadlines),
            (_("Limits of incidents that run out before then"), limits),
        )
        if rows
    ]
    return _table(_("The first hour of {day}").format(day=_day(begin.day)), columns, groups)


def _people(page: Handover) -> Section:
    columns = (Column(_("Who"), wide=True), Column(_("Answered"), number=True), Column(_("On time"), number=True))
    rows = tuple(
        Row((_person(page, each.person), str(each.progress.answered), str(each.progress.on_time)))
        for each in page.by_person
    )
    return _table(_("Who answered"), columns, [Group("", rows)] if rows else [])


# -- what all of it is made of --------------------------------------------------------------------------------


def _table(title: str, columns: tuple[Column, ...], groups: Sequence[Group]) -> Section:
    return Section(title, (Table(columns, tuple(groups)) if groups else Lines((_("None."),)),))


def _person(page: Handover, name: str | None) -> str:
    return phrases.person_name(page.schedule, name)


def _day(day: Day) -> str:
    label = _("{date}, {kind}").format(date=wording.full_date(day.date), kind=phrases.said(wording.day_kind(day)))
    return _("{date} (provisional)").format(date=label) if day.provisional else label


def _moment(page: Handover, instant: datetime) -> str:
    """The time of day of an instant, with its date where that is not the page's."""
    zone = page.schedule.zone
    same = instant.astimezone(zone).date() == page.agenda.day.date
    return wording.clock_time(instant, zone) if same else wording.date_time(instant, zone)


def _stamp(page: Handover) -> str:
    return f"{page.agenda.now.astimezone(page.schedule.zone):%Y-%m-%d %H:%M}"


def _joined(parts: Sequence[str]) -> str:
    return pgettext("between the parts of a sentence", "; ").join(parts)
