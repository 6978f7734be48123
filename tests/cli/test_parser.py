from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from shell import Shell

from csconsole.cli import parser
from csconsole.cli.parser import language_asked, parse
from csconsole.core.errors import UserError
from csconsole.i18n import _, use

VERBS = (
    "handover",
    "close-day",
    "case",
    "cases",
    *(
        "today",
        "done",
        "skip",
        "undo",
        "log",
        "incidents",
        "resolve",
        "reopen",
        "note",
        "assign",
        "wait",
        "deadlines",
        "report",
        "schedule",
    ),
    *("backup", "restore", "doctor", "notify", "rehearse"),
)


def fault(*words: str) -> str:
    with pytest.raises(UserError) as caught:
        parse(words)
    message = str(caught.value)
    assert message.isprintable()
    return message


def test_no_verb_opens_the_console() -> None:
    assert parse([]).verb is None


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "option", ["--home=x", "--schedule=x", "--database=x", "--lang=zh", "--by=x", "--now=2026-11-23"]
)
def test_a_global_option_behind_the_verb_is_refused_with_its_place(verb: str, option: str) -> None:
    needed = {
        "done": ["key"],
        "skip": ["key", "--reason=r"],
        "log": ["line"],
        "resolve": ["1"],
        "reopen": ["1"],
        "note": ["1", "x"],
        "assign": ["1", "x"],
        "wait": ["1", "buyer"],
        "report": ["day"],
        "schedule": ["check"],
        "notify": ["test"],
        "restore": ["file"],
    }
    said = fault(verb, *needed.get(verb, []), option)
    assert f"csconsole {option.partition('=')[0]} … {verb}" in said
    assert said == fault(verb, *needed.get(verb, []), *option.split("="))


@pytest.mark.parametrize(
    "words",
    [
        ["today", "--js"],
        ["today", "--dat", "2026-11-23"],
        ["--ver"],
        ["--hom", "x", "today"],
        ["incidents", "--a"],
        ["today", "2026-11-23"],
        ["frobnicate"],
        ["done"],
        ["done", "a", "b"],
        ["done", "a", "--reading"],
        ["skip", "a"],
        ["log"],
        ["resolve"],
        ["report"],
        ["report", "decade"],
        ["report", "day", "--format", "doc"],
        ["schedule"],
        ["schedule", "mend"],
        ["notify"],
        ["notify", "everybody"],
        ["restore"],
        ["undo", "2"],
        ["--json", "today"],
    ],
)
def test_a_wrong_line_says_where_help_is(words: list[str]) -> None:
    assert "--help" in fault(*words)


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize("option", ["--home", "--schedule", "--database", "--by"])
def test_a_blank_value_is_not_taken_for_none(option: str, blank: str) -> None:
    """An unset variable in a script must not make it work on another home."""
    fault(option, blank, "today")


@pytest.mark.parametrize(
    "words",
    [
        ["--reading", "a=1", "--reading", "b=2", "KEY"],
        ["KEY", "--reading", "a=1", "--reading", "b=2"],
        ["KEY", "--reading", "a=1", "b=2"],
        ["KEY", "--issue", "--reading", "a=1", "b＝２"],
    ],
)
def test_readings_may_be_repeated_either_way(words: list[str]) -> None:
    options = parse(["done", *words])
    assert (options.key, options.reading) == ("KEY", [("a", 1.0), ("b", 2.0)])


@pytest.mark.parametrize("words", [["2026-11-23", "--format", "chat"], ["--format", "chat", "2026-11-23"]])
def test_the_date_of_a_report_stands_where_it_likes(words: list[str]) -> None:
    options = parse(["report", "day", *words])
    assert (str(options.around), options.format) == ("2026-11-23", "chat")


def test_the_environment_stands_in_for_options_and_options_win(monkeypatch: pytest.MonkeyPatch) -> None:
    for option, variable in parser._VARIABLES.items():
        value = {"--lang": "zh", "--now": "2026-11-23"}.get(option, "from the environment")
        monkeypatch.setenv(variable, value)
    options = parse(["today"])
    assert options.home == options.schedule == options.database == options.by == "from the environment"
    assert (options.lang, str(options.now)) == ("zh", "2026-11-23")
    assert parse(["--home", "said", "--lang", "en", "today"]).home == "said"
    assert parse(["--lang", "en", "today"]).lang == "en"


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in parser._VARIABLES.values():
        monkeypatch.setenv(variable, "")
    options = parse(["today"])
    assert (options.home, options.by, options.now) == (None, None, None)


@pytest.mark.parametrize(
    ("variable", "value"), [("CSCONSOLE_LANG", "fr"), ("CSCONSOLE_NOW", "soon"), ("CSCONSOLE_BY", " ")]
)
def test_a_bad_variable_is_refused_but_not_the_help(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    fault("today")
    with pytest.raises(SystemExit):
        parse(["--help"])


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["--lang", "zh", "today"], "zh"),
        (["--lang=zh"], "zh"),
        (["--help", "--lang", "zh"], "zh"),
        (["--home", "--lang", "zh", "today"], "en"),
        (["--by", "zh", "--lang", "zh", "nonsense"], "zh"),
        (["today", "--lang", "zh"], "en"),
        (["--lang", "fr"], "en"),
        ([], "en"),
    ],
)
def test_the_language_of_the_parser_itself(words: list[str], language: str) -> None:
    assert language_asked(words) == language


# -- both languages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb", [(), *((verb,) for verb in VERBS), ("schedule", "check"), ("schedule", "schema"), ("notify", "test")]
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_help_is_whole_in_both_languages(shell: Shell, verb: tuple[str, ...], lang: str) -> None:
    said = shell("09:00", *verb, "--help", lang=lang)
    assert (said.code, said.err) == (0, "")
    words = re.sub(
        r"--?[a-z]+(?:-[a-z]+)?|[A-Z_]{2,}|%|Schema|iCalendar|csconsole|schedules/|data/|stdout|stderr", "", said.out
    )
    if lang == "zh":
        left = (
            set(re.findall(r"[a-z]{4,}", words))
            - set(VERBS)
            - {
                *("check", "schema", "test", "text", "chat", "markdown", "html", "json", "week", "month", "backups"),
                *(
                    "xlsx",
                    "year",
                    "span",
                    "meeting",
                    "refunds",
                    "checks",
                    "readings",
                    "incidents",
                    "deadlines",
                    "days",
                    "close",
                ),
                *("today", "yesterday", "tomorrow", "file", "line", "column", "message", "order"),
                *("open", "waiting", "resolved", "unresolved", "resolve", "buyer", "carrier", "warehouse", "platform"),
                *("colleague", "nobody", "title", "words", "case"),
            }
        )
        assert not left, said.out
    else:
        assert not re.search(r"[\u4e00-\u9fff]", words), said.out


def test_the_words_of_argparse_are_translated() -> None:
    use("zh")
    assert [message for message in parser._ARGPARSE if _(message) == message] == []


def test_no_word_argparse_asks_for_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever argparse asks the catalogue for while helping and complaining is there to be translated."""
    asked: set[str] = set()

    def ask(message: str) -> str:
        asked.add(message)
        return message

    monkeypatch.setattr(parser, "_", ask)
    parse(["today"])
    for words in (
        ["--help"],
        ["x"],
        ["done"],
        ["done", "a", "--shop"],
        ["today", "--json=1"],
        ["report", "x"],
        ["log"],
    ):
        with pytest.raises((UserError, SystemExit)):
            parse(words)
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    with_words = [message for message in filter(None, asked) if re.search("[a-z]", re.sub(r"%\(\w+\)s", "", message))]
    of_argparse = {message for message in with_words if f"'{message}'" in source or f'"{message}"' in source}
    assert len(of_argparse) > 5 and of_argparse <= {*parser._ARGPARSE}
