"""The command line: what stands where, what it is called in both languages, and what is said when it is wrong.

Loads nothing but `argparse` and the catalogue (DESIGN.md §5.11); `cli.values` reads the values, where there are any.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from csconsole import __version__
from csconsole.cli.streams import say
from csconsole.core.errors import UserError
from csconsole.i18n import N_, _, ngettext, system_language

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from csconsole.cli.values import Month
    from csconsole.core.report import TableName
    from csconsole.core.schedule import Language

PROGRAM = "csconsole"

_VARIABLES: Mapping[str, str] = {
    "--home": "CSCONSOLE_HOME",
    "--schedule": "CSCONSOLE_SCHEDULE",
    "--database": "CSCONSOLE_DATABASE",
    "--lang": "CSCONSOLE_LANG",
    "--by": "CSCONSOLE_BY",
    "--now": "CSCONSOLE_NOW",
}
"""The global options that take a value, and the variable that stands in for each."""

# argparse's own words, for the catalogue: it takes them from gettext's, which knows none of them in Chinese.
_ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
)


class Options(argparse.Namespace):
    """A command line as parsed; of what belongs to single verbs, only that of `verb` is there.

    `verb` None opens the console. `now` is an aware instant, a wall-clock time of the schedule's zone, or a date. A
    date of a verb is one, or a distance from today.
    """

    verb: str | None
    home: str | None
    schedule: str | None
    database: str | None
    lang: Language
    by: str | None
    now: datetime | date | None

    json: bool
    ics: bool
    all: bool
    key: str
    issue: bool
    shop: str | None
    reading: list[tuple[str, float]]
    reason: str
    note: str
    line: list[str]
    number: int
    day: date | timedelta | None
    around: date | timedelta | Month | None
    first: date | timedelta | None
    month: date | None
    last: date | timedelta | None
    period: str
    format: str | None
    output: str | None
    table: TableName
    print: bool
    unmasked: bool
    what: str
    file: str | None
    speed: float


def parse(words: Sequence[str]) -> Options:
    """The options of a command line. Raises `UserError` where it is wrong, SystemExit(0) once it printed a help."""
    vars(argparse).update(_=_, ngettext=ngettext)
    options, rest = _parser().parse_known_args(list(words), Options())
    rest = _taken_up(options, rest)
    if misplaced := next((word for word in rest if word.partition("=")[0] in _VARIABLES), None):
        option = misplaced.partition("=")[0]
        raise UserError(
            _("{option} stands before the command: {program} {option} … {verb}").format(
                option=option, program=PROGRAM, verb=options.verb
            )
        )
    if rest:
        _Parser(prog=_called(options)).error(_("unrecognized arguments: %s") % " ".join(rest))
    options.lang = options.lang or system_language()
    return options


def language_asked(words: Sequence[str]) -> Language:
    """The language of the parser's own words: the one asked for on the command line it is about to parse."""
    asked = os.environ.get(_VARIABLES["--lang"])
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            break
        option, equals, value = word.partition("=")
        if option in _VARIABLES:
            value = value if equals else next(rest, "")
            asked = value if option == "--lang" else asked
    return "zh" if asked == "zh" else "en" if asked == "en" else system_language()


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and takes no option by its beginning alone: a script would break by the next
    option that begins so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"formatter_class": argparse.RawDescriptionHelpFormatter, **kwargs}, allow_abbrev=False)

    def print_help(self, file: object = None) -> None:
        say(self.format_help().rstrip("\n"))  # argparse would not notice what cannot be written

    def error(self, message: str) -> NoReturn:
        raise UserError(_("{message}; see {command} --help").format(message=message, command=self.prog))


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        say(f"{PROGRAM} {__version__}")
        parser.exit()


def _taken_up(options: Options, rest: list[str]) -> list[str]:
    """What is left of the words argparse made nothing of: of `--reading a=1 b=2` it reads the first only, and a DATE
    behind an option not at all."""
    if options.verb == "done" and options.reading:
        more = [word for word in rest if not word.startswith("-")]
        options.reading += map(_value("reading"), more)
        return [word for word in rest if word not in more]
    if options.verb == "report" and options.around is None and rest and not rest[0].startswith("-"):
        options.around = _value("when")(rest[0])
        return rest[1:]
    return rest


def _called(options: Options) -> str:
    return f"{PROGRAM} {options.verb}" if options.verb else PROGRAM


def _value(kind: str) -> Callable[[str], Any]:
    """The reader of a kind of value, which is loaded only when there is one to be read."""

    def read(text: str) -> Any:
        from csconsole.cli import values

        return getattr(values, kind)(text)

    return read


def _given(text: str) -> str:
    """What may be anything but nothing: a path is not cleaned, or it would be another."""
    if not text.strip() or "\0" in text:
        raise UserError(_("an option or argument is empty: give it a value, or leave it out"))
    return text


def _language(text: str) -> Language:
    known: dict[str, Language] = {"en": "en", "zh": "zh"}
    if text not in known:
        raise UserError(_("{given} is not a language here: say en or zh").format(given=repr(text)))
    return known[text]


# -- the global options ----------------------------------------------------------------------------------------


def _parser() -> _Parser:
    parser = _Parser(
        prog=PROGRAM,
        usage=_("%(prog)s [options] [command …]"),
        description=_("The daily operating console of a customer-service supervisor. Without a command, it opens."),
        epilog=_(
            "Options stand before the command. Exit codes: 0 done; 2 the input is at fault, and one line on stderr\n"
            "says what and how to mend it; 1 anything else. JSON and results go to stdout, messages to stderr."
        ),
    )

    def add(option: str, metavar: str, read: Callable[[str], Any], help: str) -> None:
        variable = _VARIABLES[option]
        default = os.environ.get(variable) or None
        parser.add_argument(option, metavar=metavar, type=read, default=default, help=f"{help} ({variable})")

    add("--home", "DIR", _given, _("the folder that holds schedules/ and data/"))
    add("--schedule", "FILE", _given, _("another schedule file"))
    add("--database", "URL", _given, _("another database: a URL, or an SQLite file"))
    add("--lang", "en|zh", _language, _("the language of everything said"))
    add("--by", "NAME", _value("name"), _("who is acting; otherwise the system's user"))
    add("--now", "ISO-8601", _value("moment"), _("start the clock there; a date: where that business day begins"))
    parser.add_argument("--version", action=_Version, nargs=0, help=_("say the version"))
    _add_verbs(parser.add_subparsers(dest="verb", title=_("commands"), metavar=_("COMMAND"), prog=PROGRAM).add_parser)
    return parser


# -- the verbs -------------------------------------------------------------------------------------------------


def _add_verbs(add_parser: Callable[..., _Parser]) -> None:
    def add(verb: str, help: str) -> _Parser:
        return add_parser(verb, help=help, description=help[:1].upper() + help[1:])

    _add_agenda(add)
    _add_incidents(add)
    _add_reports(add)
    _add_upkeep(add)


def _add_agenda(add: Callable[[str, str], _Parser]) -> None:
    today = add("today", _("the day's timeline, as plain text"))
    today.add_argument("--date", dest="day", metavar="D", type=_value("day"), help=_day_help())
    today.add_argument("--json", action="store_true", help=_json_help())

    key = _("DUTY-ID@YYYY-MM-DD, or the duty's id: its oldest open occurrence on today's agenda")
    done = add("done", _("mark a check as done"))
    done.add_argument("key", metavar="KEY", help=key)
    done.add_argument("--issue", action="store_true", help=_("an issue was found"))
    done.add_argument("--shop", metavar="ID", type=_given, help=_("for this shop alone"))
    done.add_argument(
        "--reading",
        metavar="NAME=N",
        type=_value("reading"),
        action="append",
        default=[],
        help=_("a number taken, of --shop if that is given; may be repeated"),
    )
    done.add_argument("--note", metavar="T", default="", help=_("a note"))

    skip = add("skip", _("mark a check as skipped"))
    skip.add_argument("key", metavar="KEY", help=key)
    skip.add_argument("--shop", metavar="ID", type=_given, help=_("for this shop alone"))
    skip.add_argument("--reason", metavar="T", required=True, help=_("why it will not be done"))

    add("undo", _("take back your latest action, whole; again goes one further"))


def _add_incidents(add: Callable[[str, str], _Parser]) -> None:
    log = add("log", _("log an incident from one line; prints its number"))
    log.add_argument(
        "line",
        metavar="LINE",
        nargs="+",
        help=_("category, shop, #order, @who, ! or !!, +2h or 18:00; the rest is the title"),
    )
    incidents = add("incidents", _("the open incidents, what runs out first on top"))
    incidents.add_argument("--all", action="store_true", help=_("the resolved ones too"))
    incidents.add_argument("--json", action="store_true", help=_json_help())

    resolve = add("resolve", _("mark an incident as resolved"))
    resolve.add_argument("number", metavar="N", type=_value("incident"), help=_("its number"))
    resolve.add_argument("--note", metavar="T", default="", help=_("a note"))


def _add_reports(add: Callable[[str, str], _Parser]) -> None:
    deadlines = add("deadlines", _("weekly and monthly due dates, and why they moved"))
    first, last = _("the first day (today)"), _("the last day (five weeks after the first)")
    deadlines.add_argument("--from", dest="first", metavar="D", type=_value("day"), help=first)
    deadlines.add_argument("--to", dest="last", metavar="D", type=_value("day"), help=last)
    month = _("a month as a calendar, instead of a span")
    deadlines.add_argument("--month", metavar="YYYY-MM", type=_value("month"), help=month)
    deadlines.add_argument("--json", action="store_true", help=_json_help())
    deadlines.add_argument("--ics", action="store_true", help=_("as an iCalendar, for any calendar program"))

    report = add("report", _("what a day, a week, a month, a year or any span was"))
    periods = ("day", "week", "month", "year", "span", "meeting", "refunds")
    what = _("how long; the pack for Monday's meeting; the refunds of a month for lost parcels and missing parts")
    report.add_argument("period", metavar="|".join(periods), choices=periods, help=what)
    report.add_argument("around", metavar="DATE", nargs="?", type=_value("when"), help=_when_help())
    report.add_argument("--from", dest="first", metavar="D", type=_value("day"), help=_("the first day of a span"))
    report.add_argument("--to", dest="last", metavar="D", type=_value("day"), help=_("its last day (today)"))
    formats = ("text", "chat", "markdown", "html", "pdf", "csv", "xlsx", "json")
    said = _("{formats}; by default as FILE ends, or else text").format(formats=", ".join(formats))
    report.add_argument("--format", metavar="NAME", choices=formats, help=said)
    tables = ("checks", "readings", "incidents", "deadlines", "days")
    which = _("which rows go into CSV: {tables} (checks)").format(tables=", ".join(tables))
    report.add_argument("--table", metavar="NAME", choices=tables, default="checks", help=which)
    report.add_argument("--json", action="store_const", const="json", dest="format", help=_json_help())
    report.add_argument("-o", dest="output", metavar="FILE", type=_given, help=_("write it to a file"))
    report.add_argument("--print", action="store_true", help=_("print it on paper"))
    unmasked = _("with buyers' phone numbers, addresses and whole order numbers")
    report.add_argument("--unmasked", action="store_true", help=unmasked)


def _add_upkeep(add: Callable[[str, str], _Parser]) -> None:
    schedule = add("schedule", _("check a schedule, or describe its form to an editor"))
    what = schedule.add_subparsers(dest="what", metavar="check|schema", required=True)
    faults, form = _("say every fault as file:line:column: message"), _("print the JSON Schema of schedules")
    check = what.add_parser("check", help=faults, description=faults)
    check.add_argument("file", metavar="FILE", nargs="?", type=_given, help=_("the one in use by default"))
    what.add_parser("schema", help=form, description=form)

    backup = add("backup", _("copy the database, sound even while it is in use"))
    backup.add_argument(
        "file", metavar="FILE", nargs="?", type=_given, help=_("where to; into data/backups/ by default")
    )
    restore = add("restore", _("put a backup in the place of the database, which is kept beside it"))
    restore.add_argument("file", metavar="FILE", type=_given, help=_("the backup"))
    add("doctor", _("what is in use, and whether it is sound"))
    notify = add("notify", _("try the ways on which reminders go out"))
    sent = _("send one message by each, and say what came back")
    notify.add_subparsers(dest="what", metavar="test", required=True).add_parser("test", help=sent, description=sent)

    rehearse = add("rehearse", _("open the console on a scratch copy with a moving clock"))
    rehearse.add_argument(
        "--date", dest="day", metavar="D", type=_value("day"), help=_("the day to begin at 08:30 (today)")
    )
    rehearse.add_argument(
        "--speed", metavar="N", type=_value("speed"), default=60.0, help=_("times as fast as real time (60)")
    )


def _day_help() -> str:
    return _("YYYY-MM-DD, today, yesterday or tomorrow; today by default")


def _when_help() -> str:
    return _("YYYY-MM-DD, YYYY-MM, today, yesterday or tomorrow; today by default")


def _json_help() -> str:
    return _("as JSON, for scripts")
