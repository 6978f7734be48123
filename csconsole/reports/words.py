"""A report in a few sentences, which a reader may take for all of it: each finding with its figures."""

from __future__ import annotations

from csconsole import wording
from csconsole.core.insight import (
    Ahead,
    Answered,
    CleanDays,
    Finding,
    FindsNothing,
    Flow,
    HandedIn,
    Latest,
    Missed,
    Moved,
    NoIncidents,
    NothingAhead,
    NothingOwed,
    PastLimit,
    Returns,
    RunsLate,
    Settled,
    Waiting,
    findings,
)
from csconsole.core.period import PeriodKind
from csconsole.core.report import Report
from csconsole.core.troubles import Repeat
from csconsole.i18n import _, ngettext
from csconsole.reports import phrases, remarks


def in_words(report: Report) -> tuple[str, ...]:
    return tuple(sentence(report, finding) for finding in findings(report))


def sentence(report: Report, finding: Finding) -> str:
    match finding:
        case Answered():
            return _answered(report, finding)
        case NothingOwed():
            return _("Nothing was owed.")
        case Flow():
            return _flow(report, finding)
        case NoIncidents():
            return _("No incident was opened, and none is open.")
        case CleanDays(days, of):
            if report.period.kind is PeriodKind.DAY:
                return _("Everything was answered on time.")
            return ngettext(
                "On {days} of {of} day everything was answered on time.",
                "On {days} of {of} days everything was answered on time.",
                of,
            ).format(days=days, of=of)
        case Settled(times):
            return _(
                "Half of the incidents resolved were settled within {median}; the longest took {worst} (#{number})."
            ).format(median=wording.span(times.median), worst=wording.span(times.worst), number=times.slowest.number)
        case HandedIn():
            return _handed_in(finding)
        case Missed(count, title, times):
            if count == times:
                words = ngettext(
                    "{count} check was missed: {title}.", "{count} checks were missed, all of them: {title}.", count
                )
            elif times > 1:
                words = _("{count} checks were missed, most often ({times}): {title}.")
            else:
                words = _("{count} checks were missed, among them: {title}.")
            return words.format(count=count, times=times, title=phrases.said(title))
        case Latest(title, late, count):
            return ngettext(
                "{count} check was answered late: {title}, by {span}.",
                "{count} checks were answered late, the latest by {span}: {title}.",
                count,
            ).format(count=count, title=phrases.said(title), span=wording.span(late))
        case RunsLate(title, late, answered, mean):
            return _("{title}: late {late} times of {answered}, by {span} on average.").format(
                title=phrases.said(title), late=late, answered=answered, span=wording.span(mean)
            )
        case Moved():
            return _moved(report, finding)
        case Waiting(count, title):
            return ngettext(
                "{count} check is overdue and can still be answered: {title}.",
                "{count} checks are overdue and can still be answered, for longest: {title}.",
                count,
            ).format(count=count, title=phrases.said(title))
        case PastLimit():
            return _past_limit(report, finding)
        case Returns(repeat):
            return returns(report, repeat)
        case FindsNothing(title, answered):
            return _("{title}: nothing was found in {answered} answers; is it still needed so often?").format(
                title=phrases.said(title), answered=answered
            )
        case Ahead(deadline):
            return _("Next to be handed in: {title}, {due}.").format(
                title=phrases.said(deadline.title), due=remarks.deadline_due(report, deadline)
            )
        case NothingAhead():
            return _("Nothing is to be handed in soon.")


def _answered(report: Report, found: Answered) -> str:
    words = ngettext(
        "{answered} of {total} check was answered, {on_time} on time",
        "{answered} of {total} checks were answered, {on_time} on time",
        found.total,
    ).format(answered=found.answered, total=found.total, on_time=found.on_time)
    if found.rate is None:
        return _("{words}.").format(words=words)
    rate = phrases.percent(found.rate)
    if found.before is None:
        return _("{words}: {rate} of what was due.").format(words=words, rate=rate)
    return _("{words}: {rate} of what was due, {when} {before}.").format(
        words=words, rate=rate, when=phrases.period_before(report), before=phrases.percent(found.before)
    )


def _flow(report: Report, found: Flow) -> str:
    return _("Incidents: {opened} opened ({when} {before}), {resolved} resolved, {open} open.").format(
        opened=found.opened,
        when=phrases.period_before(report),
        before=found.before,
        resolved=found.resolved,
        open=found.open,
    )


def _handed_in(found: HandedIn) -> str:
    if found.met == found.of:
        return ngettext(
            "{of} deadline came due, and was kept.", "{of} deadlines came due, and all were kept.", found.of
        ).format(of=found.of)
    words = _("Deadlines that came due: {of}, kept: {met}").format(of=found.of, met=found.met)
    if found.first is None:
        return _("{words}.").format(words=words)
    return _("{words}; to be handed in still ({waiting}): {title}.").format(
        words=words, waiting=found.waiting, title=phrases.said(found.first)
    )


def _moved(report: Report, found: Moved) -> str:
    figure = found.figure
    rose = figure.level > found.before
    daily = report.period.kind is PeriodKind.DAY
    if daily:
        words = _("{what}: up to {now}, {when} {before}") if rose else _("{what}: down to {now}, {when} {before}")
    else:
        words = (
            _("{what}: up to {now} on average, {when} {before}")
            if rose
            else _("{what}: down to {now} on average, {when} {before}")
        )
    said = words.format(
        what=phrases.reading_name(report.schedule, figure),
        now=phrases.level(figure.level),
        when=phrases.period_before(report),
        before=phrases.level(found.before),
    )
    if figure.passed is None:
        return _("{words}.").format(words=said)
    return _("{words}; now {value}, {warning}.").format(
        words=said, value=phrases.number(figure.value), warning=phrases.warning(figure)
    )


def _past_limit(report: Report, found: PastLimit) -> str:
    words = ngettext(
        "{count} incident is past its limit", "{count} incidents are past their limit", found.count
    ).format(count=found.count)
    who = phrases.person_name(report.schedule, found.who)
    with_whom = (
        _("{n} with {who}").format(n=found.theirs, who=who) if who else _("{n} with nobody").format(n=found.theirs)
    )
    return _("{words}, {with_whom}; for longest #{number}.").format(
        words=words, with_whom=with_whom, number=found.longest.number
    )


def returns(report: Report, repeat: Repeat) -> str:
    """What came back, how often, since when."""
    since = wording.date_label(report.since)
    numbers = phrases.listed(f"#{incident.number}" for incident in repeat.incidents[-3:])
    if repeat.order:
        return _("Order {order} came back: {count} incidents since {date}, last {numbers}.").format(
            order=phrases.said(repeat.order), count=len(repeat.incidents), date=since, numbers=numbers
        )
    return _("{category}, {shop}: {count} incidents since {date}, last {numbers}.").format(
        category=phrases.category_name(report.schedule, repeat.category),
        shop=phrases.shop_name(report.schedule, repeat.shop),
        count=len(repeat.incidents),
        date=since,
        numbers=numbers,
    )
