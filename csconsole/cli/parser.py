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
from csconsole.cli.verbs import add_verbs, given, value
from csconsole.core.errors import UserError
from csconsole.i18n import N_, _, ngettext, system_language

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from csconsole.cli.values import Span
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
    N_("subcommands"),
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
    note: str | None
    take: str | None
    leave_missed: bool
    as_closed: bool
    line: list[str]
    number: int
    state: str | None
    category: str | None
    person: str | None
    older_than: timedelta | None
    find: str
    revise: int | None
    title: str | None
    happened: str | None
    did: str | None
    next_time: str | None
    good: bool | None
    order: list[str]
    on: str
    day: date | timedelta | None
    around: date | timedelta | Span | None
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
    _said, more = _leading(words)
    options, rest = _parser(with_verbs=more).parse_known_args(list(words), Options())
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
    if isinstance(day := getattr(options, "day", None), str):
        options.day = value("day")(day)
    options.lang = options.lang or system_language()
    return options


def language_asked(words: Sequence[str]) -> Language:
    """The language of the parser's own words: the one asked for on the command line it is about to parse."""
    said, _more = _leading(words)
    asked = said.get("--lang", os.environ.get(_VARIABLES["--lang"]))
    return "zh" if asked == "zh" else "en" if asked == "en" else system_language()


def _leading(words: Sequence[str]) -> tuple[dict[str, str], bool]:
    """The global options before a command, as they were written, and whether there is anything but them."""
    said, more, rest = dict[str, str](), False, iter(words)
    for word in rest:
        option, equals, value = word.partition("=")
        if option in _VARIABLES:
            said[option] = value if equals else next(rest, "")
        elif word.startswith("-"):
            more = True
        else:
            return said, True
    return said, more


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
        options.reading += map(value("reading"), more)
        return [word for word in rest if word not in more]
    if rest and not rest[0].startswith("-"):
        if options.verb in ("handover", "close-day") and options.day is None:
            options.day = value("day")(rest[0])
            return rest[1:]
        if options.verb == "report" and options.around is None:
            options.around = value("when")(rest[0])
            return rest[1:]
    return rest


def _called(options: Options) -> str:
    return f"{PROGRAM} {options.verb}" if options.verb else PROGRAM


def _language(text: str) -> Language:
    known: dict[str, Language] = {"en": "en", "zh": "zh"}
    if text not in known:
        raise UserError(_("{given} is not a language here: say en or zh").format(given=repr(text)))
    return known[text]


# -- the global options ----------------------------------------------------------------------------------------


def _parser(*, with_verbs: bool) -> _Parser:
    """The parser. It has no verbs where none was said: the console opens sooner by what it takes to make them."""
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

    add("--home", "DIR", given, _("the folder that holds schedules/ and data/"))
    add("--schedule", "FILE", given, _("another schedule file"))
    add("--database", "URL", given, _("another database: a URL, or an SQLite file"))
    add("--lang", "en|zh", _language, _("the language of everything said"))
    add("--by", "NAME", value("name"), _("who is acting; otherwise the system's user"))
    add("--now", "ISO-8601", value("moment"), _("start the clock there; a date: where that business day begins"))
    parser.add_argument("--version", action=_Version, nargs=0, help=_("say the version"))
    parser.set_defaults(verb=None)
    if with_verbs:
        verbs = parser.add_subparsers(dest="verb", title=_("commands"), metavar=_("COMMAND"), prog=PROGRAM)
        add_verbs(verbs.add_parser)
    return parser
