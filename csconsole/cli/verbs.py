"""The commands of the command line: which words each takes, and what is said of them in both languages."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from csconsole.core.errors import UserError
from csconsole.i18n import _


def value(kind: str) -> Callable[[str], Any]:
    """The reader of a kind of value, which is loaded only when there is one to be read."""

    def read(text: str) -> Any:
        from csconsole.cli import values

        return getattr(values, kind)(text)

    return read


def given(text: str) -> str:
    """What may be anything but nothing: a path is not cleaned, or it would be another."""
    if not text.strip() or "\0" in text:
        raise UserError(_("an option or argument is empty: give it a value, or leave it out"))
    return text


def add_verbs(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    def add(verb: str, help: str) -> argparse.ArgumentParser:
        return add_parser(verb, help=help, description=help[:1].upper() + help[1:])

    _add_agenda(add)
    _add_incidents(add)
    _add_cases(add)
    _add_reports(add)
    _add_shifts(add)
    _add_upkeep(add)


def _add_agenda(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    today = add("today", _("the day's timeline, as plain text"))
    today.add_argument("--date", dest="day", metavar="D", type=value("day"), help=day_help())
    today.add_argument("--json", action="store_true", help=json_help())

    key = _("DUTY-ID@YYYY-MM-DD, or the duty's id: its oldest open occurrence on today's agenda")
    done = add("done", _("mark a check as done"))
    done.add_argument("key", metavar="KEY", help=key)
    done.add_argument("--issue", action="store_true", help=_("an issue was found"))
    done.add_argument("--shop", metavar="ID", type=given, help=_("for this shop alone"))
    done.add_argument(
        "--reading",
        metavar="NAME=N",
        type=value("reading"),
        action="append",
        default=[],
        help=_("a number taken, of --shop if that is given; may be repeated"),
    )
    done.add_argument("--note", metavar="T", default="", help=_("a note"))

    skip = add("skip", _("mark a check as skipped"))
    skip.add_argument("key", metavar="KEY", help=key)
    skip.add_argument("--shop", metavar="ID", type=given, help=_("for this shop alone"))
    skip.add_argument("--reason", metavar="T", required=True, help=_("why it will not be done"))

    add("undo", _("take back your latest action, whole; again goes one further"))


def _add_incidents(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    log = add("log", _("log an incident from one line; prints its number"))
    log.add_argument(
        "line",
        metavar="LINE",
        nargs="+",
        help=_("category, shop, #order, @who, ! or !!, +2h or 18:00, platform+48h, buyer:NAME; the rest is the title"),
    )
    incidents = add("incidents", _("the open incidents, what runs out first on top"))
    incidents.add_argument("--all", action="store_true", help=_("the resolved ones too"))
    states = ("open", "waiting", "resolved", "unresolved", "all")
    stand = _("those that stand so: {states}").format(states=", ".join(states))
    incidents.add_argument("--state", metavar="STATE", choices=states, help=stand)
    incidents.add_argument("--shop", metavar="SHOP", type=given, help=_("of this shop, by id or name"))
    incidents.add_argument("--category", metavar="NAME", type=given, help=_("of this category, by id or name"))
    incidents.add_argument("--person", metavar="NAME", type=given, help=_("with this person; - for nobody"))
    incidents.add_argument(
        "--older-than", metavar="SPAN", type=value("age"), help=_("logged longer ago, as in 2d or 12h")
    )
    words = _("with all these words or parts of words in them; orders, parcels, buyers, #41; resolved ones too")
    incidents.add_argument("--find", metavar="WORDS", default="", help=words)
    incidents.add_argument("--json", action="store_true", help=json_help())

    def about(verb: str, help: str, *, note: bool = False) -> argparse.ArgumentParser:
        parser = add(verb, help)
        parser.add_argument("number", metavar="N", type=value("incident"), help=_("its number"))
        if note:
            parser.add_argument("--note", metavar="T", default="", help=_("a note"))
        return parser

    resolve = about("resolve", _("mark an incident as resolved, or single orders of it"), note=True)
    order = _("only this order of it, by its number or the end of that; may be repeated")
    resolve.add_argument("--order", metavar="O", type=given, action="append", default=[], help=order)
    about("reopen", _("open a resolved incident again"), note=True)
    about("note", _("add a note to an incident")).add_argument("line", metavar="TEXT", nargs="+", help=_("the note"))
    assign = about("assign", _("give an incident to somebody"))
    assign.add_argument("person", metavar="NAME", help=_("whose it is; - for nobody"))
    wait = about("wait", _("say whose turn it is, or that an incident waits no more"), note=True)
    turns = ("buyer", "carrier", "warehouse", "platform", "colleague", "nobody")
    wait.add_argument("on", metavar="ON", choices=turns, help=_("one of {names}").format(names=", ".join(turns)))


def _add_cases(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    case = add("case", _("keep an incident, or something else, as a case for training; prints its number"))
    # Read once it is known that it is none of a misplaced option's.
    case.add_argument("key", metavar="N", nargs="?", help=_("the incident it came from"))
    case.add_argument("--revise", metavar="CASE", type=value("incident"), help=_("write this case anew"))
    case.add_argument("--title", metavar="T", help=_("what to call it; the incident's title by default"))
    case.add_argument("--category", metavar="NAME", type=given, help=_("its category; the incident's by default"))
    case.add_argument("--happened", metavar="T", help=_("what happened; by default as the incident tells it"))
    case.add_argument("--did", metavar="T", help=_("what we did; by default as the incident tells it"))
    case.add_argument("--next", dest="next_time", metavar="T", help=_("what to do next time"))
    _add_judgement(case, _("it was handled well (the default)"), _("it was handled badly"))

    cases = add("cases", _("the cases kept for training, the newest first"))
    cases.add_argument("line", metavar="WORDS", nargs="*", help=_("with all these words or parts of words in them"))
    _add_judgement(cases, _("only what was handled well"), _("only what was handled badly"))
    cases.add_argument("--category", metavar="NAME", type=given, help=_("of this category, by id or name"))
    cases.add_argument("--from", dest="first", metavar="D", type=value("day"), help=_("kept on this day or later"))
    cases.add_argument("--to", dest="last", metavar="D", type=value("day"), help=_("kept on this day or before"))
    formats = ("text", "markdown", "html", "pdf", "json")
    said = _("{formats}; by default as FILE ends, or else text").format(formats=", ".join(formats))
    cases.add_argument("--format", metavar="NAME", choices=formats, help=said)
    cases.add_argument("--json", action="store_const", const="json", dest="format", help=json_help())
    cases.add_argument("-o", dest="output", metavar="FILE", type=given, help=_("write it to a file"))
    cases.add_argument("--print", action="store_true", help=_("print it on paper"))
    unmasked = _("with buyers' phone numbers, addresses and whole order numbers")
    cases.add_argument("--unmasked", action="store_true", help=unmasked)


def _add_judgement(parser: argparse.ArgumentParser, good: str, bad: str) -> None:
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--good", dest="good", action="store_const", const=True, help=good)
    either.add_argument("--bad", dest="good", action="store_const", const=False, help=bad)


def _add_reports(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    deadlines = add("deadlines", _("weekly and monthly due dates, and why they moved"))
    first, last = _("the first day (today)"), _("the last day (five weeks after the first)")
    deadlines.add_argument("--from", dest="first", metavar="D", type=value("day"), help=first)
    deadlines.add_argument("--to", dest="last", metavar="D", type=value("day"), help=last)
    month = _("a month as a calendar, instead of a span")
    deadlines.add_argument("--month", metavar="YYYY-MM", type=value("month"), help=month)
    deadlines.add_argument("--json", action="store_true", help=json_help())
    deadlines.add_argument("--ics", action="store_true", help=_("as an iCalendar, for any calendar program"))

    report = add("report", _("what a day, a week, a month, a year or any span was"))
    periods = ("day", "week", "month", "year", "span", "meeting", "refunds")
    what = _("how long; the pack for Monday's meeting; the refunds of a month for lost parcels and missing parts")
    report.add_argument("period", metavar="|".join(periods), choices=periods, help=what)
    report.add_argument("around", metavar="DATE", nargs="?", type=value("when"), help=_when_help())
    report.add_argument("--from", dest="first", metavar="D", type=value("day"), help=_("the first day of a span"))
    report.add_argument("--to", dest="last", metavar="D", type=value("day"), help=_("its last day (today)"))
    formats = ("text", "chat", "markdown", "html", "pdf", "csv", "xlsx", "json")
    said = _("{formats}; by default as FILE ends, or else text").format(formats=", ".join(formats))
    report.add_argument("--format", metavar="NAME", choices=formats, help=said)
    tables = ("checks", "readings", "incidents", "deadlines", "days", "cases")
    which = _("which rows go into CSV: {tables} (checks)").format(tables=", ".join(tables))
    report.add_argument("--table", metavar="NAME", choices=tables, default="checks", help=which)
    report.add_argument("--json", action="store_const", const="json", dest="format", help=json_help())
    report.add_argument("-o", dest="output", metavar="FILE", type=given, help=_("write it to a file"))
    report.add_argument("--print", action="store_true", help=_("print it on paper"))
    unmasked = _("with buyers' phone numbers, addresses and whole order numbers")
    report.add_argument("--unmasked", action="store_true", help=unmasked)
    as_closed = _("the day as it was handed over each time it was closed, as text or JSON")
    report.add_argument("--as-closed", action="store_true", help=as_closed)


def _add_shifts(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    # A DATE that is a command's first word is read once it is known that it is none of a misplaced option's.
    handover = add("handover", _("what the next shift must know; or write it, or take over"))
    handover.add_argument("day", metavar="DATE", nargs="?", help=day_help())
    handover.add_argument("--note", metavar="T", help=_("write this for the next shift, instead of what is written"))
    handover.add_argument("--take", metavar="NAME", help=_("say that NAME takes over"))
    formats = ("text", "chat", "markdown", "html", "pdf", "json")
    said = _("{formats}; by default as FILE ends, or else text").format(formats=", ".join(formats))
    handover.add_argument("--format", metavar="NAME", choices=formats, help=said)
    handover.add_argument("--json", action="store_const", const="json", dest="format", help=json_help())
    handover.add_argument("-o", dest="output", metavar="FILE", type=given, help=_("write it to a file"))
    handover.add_argument("--print", action="store_true", help=_("print it on paper"))
    unmasked = _("with buyers' phone numbers, addresses and whole order numbers")
    handover.add_argument("--unmasked", action="store_true", help=unmasked)

    close = add("close-day", _("close a day, or amend its closing: the summary is kept as it stands"))
    close.add_argument("day", metavar="DATE", nargs="?", help=day_help())
    close.add_argument("--note", metavar="T", help=_("the note to the next shift, instead of what is written"))
    close.add_argument("--leave-missed", action="store_true", help=_("leave what is not answered missed"))
    close.add_argument("--print", action="store_true", help=_("print the summary on paper"))
    close.add_argument("--json", action="store_true", help=_("the summary as JSON, for scripts"))


def _add_upkeep(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    schedule = add("schedule", _("check a schedule, or describe its form to an editor"))
    what = schedule.add_subparsers(dest="what", metavar="check|schema", required=True)
    faults, form = _("say every fault as file:line:column: message"), _("print the JSON Schema of schedules")
    check = what.add_parser("check", help=faults, description=faults)
    check.add_argument("file", metavar="FILE", nargs="?", type=given, help=_("the one in use by default"))
    what.add_parser("schema", help=form, description=form)

    backup = add("backup", _("copy the database, sound even while it is in use"))
    backup.add_argument(
        "file", metavar="FILE", nargs="?", type=given, help=_("where to; into data/backups/ by default")
    )
    restore = add("restore", _("put a backup in the place of the database, which is kept beside it"))
    restore.add_argument("file", metavar="FILE", type=given, help=_("the backup"))
    add("doctor", _("what is in use, and whether it is sound"))
    notify = add("notify", _("try the ways on which reminders go out"))
    sent = _("send one message by each, and say what came back")
    notify.add_subparsers(dest="what", metavar="test", required=True).add_parser("test", help=sent, description=sent)

    rehearse = add("rehearse", _("open the console on a scratch copy with a moving clock"))
    rehearse.add_argument(
        "--date", dest="day", metavar="D", type=value("day"), help=_("the day to begin at 08:30 (today)")
    )
    rehearse.add_argument(
        "--speed", metavar="N", type=value("speed"), default=60.0, help=_("times as fast as real time (60)")
    )


def day_help() -> str:
    return _("YYYY-MM-DD, today, yesterday or tomorrow; today by default")


def _when_help() -> str:
    return _("YYYY-MM-DD, YYYY-MM, YYYY-Www, YYYY, today, yesterday or tomorrow; today by default")


def json_help() -> str:
    return _("as JSON, for scripts")
