"""The sentences a manager reads alone: three to six, and no number in them that the report's figures do not have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from monday import METRICS, MONDAY, SHOPS, Facts, routine
from msgspec.structs import replace
from routine import at

from csconsole import wording
from csconsole.core.facts import MarkKind, Reading
from csconsole.core.incident import Draft, Event, EventKind, Incident
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
from csconsole.core.schedule import Language, Text
from csconsole.core.text import width
from csconsole.i18n import speaking
from csconsole.reports import phrases, render
from csconsole.reports.words import in_words, sentence

NOW = "2026-11-30 09:00"
FIRST = MONDAY - timedelta(days=7)
DUTIES = ("shop-health", "complaints", "refund-chase", "morning-meeting", "operations-plan", "invoices")

marks = st.lists(
    st.tuples(
        st.sampled_from(DUTIES),
        st.integers(0, 13),
        st.sampled_from([MarkKind.DONE, MarkKind.ISSUE, MarkKind.SKIPPED]),
        st.sampled_from([0, 5, 40, 200]),
    ),
    max_size=60,
)
readings = st.lists(
    st.tuples(
        st.sampled_from([metric.id for metric in METRICS]),
        st.sampled_from(["tmall", "jd"]),
        st.integers(0, 13),
        st.integers(0, 60),
    ),
    max_size=30,
)
incidents = st.lists(
    st.tuples(
        st.sampled_from(["complaints", "logistics"]),
        st.sampled_from([None, "tmall", "jd"]),
        st.sampled_from([None, "小李", "小王"]),
        st.integers(0, 13),
        st.one_of(st.none(), st.integers(1, 60)),
        st.sampled_from([(), ("88120934",), ("20261122",)]),
    ),
    max_size=14,
)


def made_up(
    marks: Iterable[Any], readings: Iterable[Any], incidents: Iterable[Any], kind: PeriodKind, owed: bool = True
) -> Report:
    """Two weeks of a small routine, looked at on the Monday after."""
    facts = Facts(routine(), now=NOW)
    facts.world.first_seen = dict.fromkeys(facts.world.first_seen, FIRST)
    facts.change()
    if not owed:
        facts.change(duties={})
    for duty, after, mark, late in marks:
        day = FIRST + timedelta(days=after)
        found = [each for each in facts.world.book.occurrences(day, day) if each.duty == duty]
        for occurrence in found:
            when = occurrence.due.astimezone(facts.schedule.zone) + timedelta(minutes=late)
            facts.world.mark(occurrence.key, mark, f"{when:%Y-%m-%d %H:%M}", reason="今天没有活动")
    for number, (metric, shop, after, value) in enumerate(readings):
        day = FIRST + timedelta(days=after)
        facts.readings.append(Reading(shop, metric, value, at(f"{day} 10:00") + timedelta(minutes=number), day, "x"))
    for number, (category, shop, who, after, hours, orders) in enumerate(incidents, 1):
        opened = at(f"{FIRST + timedelta(days=after)} 10:00")
        events = () if hours is None else (Event(EventKind.RESOLVED, opened + timedelta(hours=hours), "小李"),)
        draft = Draft("没收到", category, shop=shop, assignee=who, orders=orders, due_at=opened + timedelta(hours=24))
        facts.incidents.append(Incident(number, draft, opened, "wang", events))
    days = {PeriodKind.DAY: 1, PeriodKind.WEEK: 7, PeriodKind.MONTH: 30}[kind]
    last = date(2026, 11, 29 if kind is not PeriodKind.MONTH else 30)
    first = min(last - timedelta(days=days - 1), FIRST)
    report = facts.report(kind, [facts.agenda(first + timedelta(days=n)) for n in range((last - first).days + 1)])
    assert report.period.last == last
    return report


# -- every number ---------------------------------------------------------------------------------------------


def names_of(report: Report) -> list[str]:
    """What things are called, which is no figure; the longest first."""
    schedule = report.schedule
    texts: list[Text] = [
        *(item.title for item in report.items),
        *(each.title for each in report.deadlines),
        *(metric.name for metric in schedule.metrics.values()),
        *(metric.unit for metric in schedule.metrics.values()),
        *SHOPS.values(),
        *(category.name for category in schedule.categories.values()),
    ]
    return sorted({name for text in texts for name in (text.zh, text.en) if name}, key=len, reverse=True)


def numbers_in(words: str, report: Report) -> list[str]:
    for name in names_of(report):
        words = words.replace(name, " ")
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", words)


def figures_of(plain: Any, finding: Finding) -> set[str]:
    """The numbers of the report's JSON that a finding of this kind may name, as they are written in words."""
    progress, incidents = plain["progress"], plain["incident_figures"]

    def spans(*seconds: int | None) -> set[str]:
        words = (wording.span(timedelta(seconds=each)) for each in seconds if each is not None)
        return {number for each in words for number in re.findall(r"\d+", each)}

    def percents(*rates: float | None) -> set[str]:
        return {phrases.percent(rate).rstrip("%") for rate in rates if rate is not None}

    lines = plain["by_duty"]
    match finding:
        case Answered():
            rates = percents(progress["on_time_rate"], *(side["progress"]["on_time_rate"] for side in plain["earlier"]))
            return {str(progress[name]) for name in ("total", "answered", "on_time")} | rates
        case Flow():
            before = {str(side["opened"]) for side in plain["earlier"]}
            return {str(incidents[name]) for name in ("opened", "resolved", "open")} | before
        case CleanDays():
            return {str(plain["clean_days"]), str(len(plain["by_day"]) if "by_day" in plain else 1)}
        case Settled():
            return spans(incidents["median_seconds"], incidents["worst_seconds"]) | {str(incidents["slowest"])}
        case HandedIn():
            due = plain["deadlines_due"]
            kept = sum(each["kept"] for each in due)
            waiting = sum(each["status"] not in ("done", "issue", "skipped") for each in due)
            return {str(len(due)), str(kept), str(waiting)}
        case Missed():
            return {str(progress["missed"]), *(str(line["missed"]) for line in lines)}
        case Latest():
            return {str(plain["late"])} | spans(*(item["late_seconds"] for item in plain["items"]))
        case RunsLate():
            late = [line for line in lines if line["runs_late"]]
            told = {str(line[name]) for line in late for name in ("late", "answered")}
            return told | spans(*(line["mean_late_seconds"] for line in late))
        case Moved(figure, _before):
            its = plain["readings"][figure.metric][figure.shop]
            return {
                phrases.level(value) if name != "value" else phrases.number(value)
                for name in ("value", "mean", "warning_level")
                if (value := its[name]) is not None
            } | {phrases.level(value) for value in (its["value"], *its["earlier"]) if value is not None}
        case Waiting():
            return {str(progress["overdue"]), str(progress["overdue"] - _open_deadlines(plain))}
        case PastLimit():
            past = incidents["past_limit"]
            return {str(len(past)), str(past[0]), *(str(line["past_limit"]) for line in incidents["by_person"])}
        case Returns(repeat):
            since = date.fromisoformat(plain["since"])
            about = (repeat.order or None, [incident.number for incident in repeat.incidents])
            [found] = [each for each in incidents["repeats"] if (each["order"], each["incidents"]) == about]
            told = {str(len(found["incidents"])), *map(str, found["incidents"]), str(found["order"])}
            return told | {f"{since:%m}", f"{since:%d}"}
        case FindsNothing():
            return {str(line["answered"]) for line in lines if line["finds_nothing"]}
        case Ahead():
            return set(re.findall(r"\d+", plain["deadlines"][0]["due"]))
        case NothingOwed() | NoIncidents() | NothingAhead():
            return set()


def _open_deadlines(plain: Any) -> int:
    return sum(each["status"] == "overdue" for each in plain["deadlines_due"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(marks, readings, incidents, st.sampled_from([PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH]))
def test_every_number_said_is_one_of_the_figures(
    marks: list[Any], readings: list[Any], incidents: list[Any], kind: PeriodKind
) -> None:
    report = made_up(marks, readings, incidents, kind)
    found = findings(report)
    assert 3 <= len(found) <= 6
    for language in get_args(Language):
        with speaking(language):
            plain = json.loads(render(report, "json", language))
            assert plain["words"] == list(in_words(report))
            for finding in found:
                words = sentence(report, finding)
                numbers = numbers_in(words, report)
                assert set(numbers) <= figures_of(plain, finding), words
                assert numbers or isinstance(finding, NothingOwed | NoIncidents | NothingAhead | CleanDays | HandedIn)


def test_the_test_would_see_a_number_that_is_made_up() -> None:
    report = made_up([("complaints", 13, MarkKind.DONE, 40)], [], [], PeriodKind.DAY)
    answered = findings(report)[0]
    assert isinstance(answered, Answered)
    plain = json.loads(render(report, "json", "en"))
    wrong = sentence(report, replace(answered, answered=answered.answered + 90))
    assert not set(numbers_in(wrong, report)) <= figures_of(plain, answered)


# -- what is said when ----------------------------------------------------------------------------------------


def said(report: Report) -> list[type]:
    return [type(finding) for finding in findings(report)]


def test_a_quiet_day_still_says_three_things() -> None:
    report = made_up([], [], [], PeriodKind.DAY, owed=False)
    assert said(report) == [NothingOwed, NoIncidents, NothingAhead]


def test_a_day_on_which_all_went_well_says_so() -> None:
    daily = ("shipments", "reviews", "dropship", "one-to-one", "handover")
    everything = [(duty, 13, MarkKind.DONE, 0) for duty in (*DUTIES, *daily)]
    everything += [("invoices", friday, MarkKind.DONE, 0) for friday in (4, 11)]
    assert said(made_up(everything, [], [], PeriodKind.DAY))[:3] == [Answered, NoIncidents, CleanDays]


def test_what_was_missed_comes_before_what_was_late_and_what_moved() -> None:
    late = [("complaints", day, MarkKind.DONE, 200) for day in range(7, 14)]
    moved = [("refunds_pending", "jd", 3, 4), ("refunds_pending", "jd", 12, 40)]
    report = made_up(late, moved, [], PeriodKind.WEEK)
    assert said(report)[:4] == [Answered, NoIncidents, Missed, HandedIn]


def test_who_has_most_that_is_past_its_limit_is_named() -> None:
    theirs = [("complaints", "jd", "小李", 8, None, ())] * 2 + [("complaints", "tmall", "小王", 9, None, ())]
    report = made_up([], [], theirs, PeriodKind.WEEK)
    [past] = [each for each in findings(report) if isinstance(each, PastLimit)]
    assert (past.count, past.who, past.theirs, past.longest.number) == (3, "小李", 2, 1)


def test_an_order_that_comes_back_is_named() -> None:
    again = [("logistics", "jd", None, day, 3, ("88120934",)) for day in (2, 13)]
    report = made_up([], [], again, PeriodKind.DAY)
    [returns] = [each for each in findings(report) if isinstance(each, Returns)]
    assert returns.repeat.order == "88120934"
    with speaking("en"):
        words = sentence(report, returns)
    assert words == "Order 88120934 came back: 2 incidents since Mon 11-16, last #1, #2."


@pytest.mark.parametrize("language", get_args(Language))
def test_a_sentence_is_one_line_that_ends(language: Language) -> None:
    report = made_up([("complaints", 12, MarkKind.ISSUE, 40)], [], [], PeriodKind.WEEK)
    with speaking(language):
        for words in in_words(report):
            assert words.endswith("。" if language == "zh" else ".") or "?" in words or "？" in words
            assert "\n" not in words and width(words) < 200
