"""What every format says of one number, item, incident or deadline. Plain text, in the language in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from csconsole import wording
from csconsole.core.agenda import Item, Progress
from csconsole.core.answer import Status
from csconsole.core.figures import Figure
from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.core.report import Outcome, Report
from csconsole.core.schedule import Schedule, Text, WarnLevel
from csconsole.core.text import clean
from csconsole.i18n import _, language, pgettext

NOTHING = "–"

OUTCOMES = {
    Outcome.MISSED: Status.MISSED,
    Outcome.OPEN: Status.OVERDUE,
    Outcome.ISSUE: Status.ISSUE,
    Outcome.SKIPPED: Status.SKIPPED,
    Outcome.LATE: Status.DONE,
    Outcome.ON_TIME: Status.DONE,
}


def said(text: Text | str | None) -> str:
    """What somebody wrote, on one line."""
    if isinstance(text, Text):
        text = text.to(language())
    return " ".join(clean(text or "").split())


def prose(text: str) -> tuple[str, ...]:
    """What somebody wrote on several lines, without the empty ones."""
    return tuple(line for each in clean(text, multiline=True).split("\n") if (line := said(each)))


def sentence(words: str) -> str:
    """Words with a capital letter in front."""
    return words[:1].upper() + words[1:]


def together(notes: Iterable[str]) -> tuple[str, ...]:
    """Notes as one, where there are any."""
    joined = pgettext("between the parts of a sentence", "; ").join(notes)
    return (joined,) if joined else ()


# -- names ----------------------------------------------------------------------------------------------------


def shop_name(schedule: Schedule, shop: str) -> str:
    known = schedule.shops.get(shop)
    return said(known.name if known else shop)


def reading_place(schedule: Schedule, shop: str) -> str:
    """The shop a reading was taken at, or that it was taken once for all of them."""
    return shop_name(schedule, shop) if shop else _("all shops")


def category_name(schedule: Schedule, category: str) -> str:
    known = schedule.categories.get(category)
    return said(known.name if known else category)


def metric_name(schedule: Schedule, metric: str) -> str:
    """The metric and what it is counted in."""
    known = schedule.metrics.get(metric)
    if known is None:
        return said(metric)
    unit = said(known.unit)
    return _("{metric} ({unit})").format(metric=said(known.name), unit=unit) if unit else said(known.name)


def reading_name(schedule: Schedule, figure: Figure) -> str:
    """What was read, where."""
    return _("{metric}, {shop}").format(
        metric=metric_name(schedule, figure.metric), shop=reading_place(schedule, figure.shop)
    )


def person_name(schedule: Schedule, name: str | None) -> str:
    known = next((person for person in schedule.people if person.id == name), None)
    return said(known.name if known else name)


# -- numbers --------------------------------------------------------------------------------------------------


def number(value: float) -> str:
    """A reading: whole where it is whole, at most four decimals otherwise."""
    value = float(value)
    return f"{int(value):,}" if value.is_integer() else f"{round(value, 4):,}"


def level(value: float) -> str:
    """A reading, or the mean of several: as precise as the eye can use."""
    return number(round(value, 1 if abs(value) >= 10 else 2))


def change(value: float | None) -> str:
    """By how much a reading changed, with its sign."""
    if value is None:
        return ""
    return f"+{number(value)}" if value > 0 else number(value)


def percent(rate: float | None) -> str:
    """A share, rounded down: nothing but all of it is 100 %."""
    return NOTHING if rate is None else f"{int(rate * 100 + 1e-9)}%"


def level_or_nothing(value: float | None) -> str:
    return NOTHING if value is None else level(value)


def brief(value: float | None, *, whole_from: float = 100) -> str:
    """The same where many stand side by side: whole from a hundred on, or from less."""
    return level_or_nothing(round(value) if value is not None and abs(value) >= whole_from else value)


def direction(figure: Figure) -> str:
    """By how much a reading moved, and whether that is for the worse, without a colour."""
    drift = change(round(figure.drift or 0.0, 2))
    match figure.worse:
        case True:
            return _("{change} worse").format(change=drift)
        case False:
            return _("{change} better").format(change=drift)
        case None:
            return drift


def count(number: int) -> str:
    """A count where nought is the rule and is not to distract."""
    return str(number) if number else NOTHING


def warning(figure: Figure) -> str:
    """The warning level a reading is past: "above 20"; empty where it is not."""
    return warning_of(figure.passed)


def warning_of(warn: WarnLevel | None) -> str:
    """Where a warning level begins, as in "above 20"; empty where there is none."""
    if warn is None:
        return ""
    words = _("above {level}") if warn.above else _("below {level}")
    return words.format(level=number(warn.level))


def warned(report: Report, figure: Figure) -> str:
    """A reading past its warning level, as a sentence."""
    return _("{metric}, {shop}: {value}, {warning}").format(
        metric=metric_name(report.schedule, figure.metric),
        shop=reading_place(report.schedule, figure.shop),
        value=number(figure.value),
        warning=warning(figure),
    )


def minutes(length: timedelta | None) -> str:
    """A lateness, where there is any to speak of."""
    return NOTHING if length is None or length < timedelta(minutes=1) else wording.span(length)


def answered(progress: Progress) -> str:
    return f"{progress.answered}/{progress.total}"


# -- the report as a whole ------------------------------------------------------------------------------------


def title(report: Report) -> str:
    match report.period.kind:
        case PeriodKind.DAY:
            return _("Customer service daily report")
        case PeriodKind.WEEK:
            return _("Customer service weekly report")
        case PeriodKind.MONTH:
            return _("Customer service monthly report")
        case PeriodKind.YEAR:
            return _("Customer service yearly report")
        case PeriodKind.SPAN:
            return _("Customer service report")


def period(report: Report) -> str:
    """The day with what kind of day it is, or the first and last day."""
    first, last = report.period.first, report.period.last
    if report.period.kind is not PeriodKind.DAY:
        return _("{first} to {last}").format(first=wording.full_date(first), last=wording.full_date(last))
    day = report.days[0][0]
    label = _("{date}, {kind}").format(date=wording.full_date(first), kind=said(wording.day_kind(day)))
    return _("{date} (provisional)").format(date=label) if day.provisional else label


def period_label(period: Period) -> str:
    """A period among others: the day, the month or the year by name, else from when to when."""
    match period.kind:
        case PeriodKind.DAY:
            return wording.date_label(period.first)
        case PeriodKind.MONTH if period == period_of(PeriodKind.MONTH, period.first):
            return _("{month} {year}").format(month=wording.month(period.first.month), year=period.first.year)
        case PeriodKind.YEAR:
            return str(period.first.year)
        case _:
            return f"{period.first:%m-%d} – {period.last:%m-%d}"


def part_label(period: Period) -> str:
    """A part of a period over a narrow column: the day a week begins on, or the month's number."""
    if period.kind is PeriodKind.MONTH:
        return pgettext("a month over a column", "{year}-{month}").format(
            year=period.first.year, month=f"{period.first.month:02}"
        )
    return _("from {date}").format(date=f"{period.first:%m-%d}")


def period_before(report: Report) -> str:
    """What the period is held against first, as in "the week before"."""
    match report.period.kind:
        case PeriodKind.DAY:
            return _("the day before")
        case PeriodKind.WEEK:
            return _("the week before")
        case PeriodKind.MONTH:
            return _("the month before")
        case PeriodKind.YEAR:
            return _("the year before")
        case PeriodKind.SPAN:
            return _("as many days before")


def state(report: Report) -> str:
    """Whether the period was handed over, by whom and when; where not, as of when it stands."""
    if report.handover is not None:
        from csconsole.reports import handover  # which takes its words from here

        return handover.state(report.handover)
    if (closing := report.closing) is not None and report.period.kind is PeriodKind.DAY:
        return _("closed by {who} at {time}").format(
            who=person_name(report.schedule, closing.by), time=moment(report, closing.closed_at)
        )
    as_of = stamp(report)
    if report.period.kind is PeriodKind.DAY:
        return _("not closed yet; as of {time}").format(time=as_of)
    return _("as of {time}").format(time=as_of)


def stamp(report: Report) -> str:
    """When the report stood so, in full: it may be looked at in another year."""
    return f"{report.now.astimezone(report.schedule.zone):%Y-%m-%d %H:%M}"


def moment(report: Report, instant: datetime) -> str:
    """The time of day of an instant within the day reported on, with its date where that is another."""
    zone = report.schedule.zone
    day = report.period.first
    if report.period.kind is PeriodKind.DAY and instant.astimezone(zone).date() == day:
        return wording.clock_time(instant, zone)
    return wording.date_time(instant, zone)


def outcome(outcome: Outcome) -> str:
    match outcome:
        case Outcome.MISSED:
            return _("Missed")
        case Outcome.OPEN:
            return _("Still open")
        case Outcome.ISSUE:
            return _("Issue found")
        case Outcome.SKIPPED:
            return _("Skipped")
        case Outcome.LATE:
            return _("Done late")
        case Outcome.ON_TIME:
            return _("Done on time")


def outcome_heading(each: Outcome, count: int) -> str:
    glyph = wording.status_glyph(OUTCOMES[each])
    return _("{glyph} {outcome}: {count}").format(glyph=glyph, outcome=outcome(each), count=count)


def told(report: Report) -> Iterator[tuple[Outcome, tuple[Item, ...]]]:
    """The items a report names one by one, by what became of them: of a day all, of a longer period the exceptions."""
    exceptions = {item.key for item in report.exceptions}
    for each, items in report.by_outcome.items():
        shown = (
            items if report.period.kind is PeriodKind.DAY else tuple(item for item in items if item.key in exceptions)
        )
        if shown:
            yield each, shown


def in_brackets(facts: Iterable[str]) -> str:
    return pgettext("between facts in brackets", ", ").join(facts)


def listed(names: Iterable[str]) -> str:
    return pgettext("between the parts of a list", ", ").join(names)
