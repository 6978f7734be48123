"""The commands as real processes: exit codes, encodings, what is loaded, what the environment says."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shell import MONDAY, process

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX")

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "alembic",
    "apscheduler",
    "holidays",
    "msgspec",
    "pendulum",
    "yaml",
    "textual",
    "rich",
}
ASCII = {"PYTHONIOENCODING": "ascii", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
NINE = f"{MONDAY}T09:05"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("template") / "home"
    assert process("--home", str(home), "--now", f"{MONDAY}T08:00", "today").code == 0
    return home


@pytest.fixture
def home(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "home"))


def loaded(*words: str) -> set[str]:
    """The modules a command line loads."""
    said = process(*words, python=("-X", "importtime"))
    assert said.code == 0, said.err
    return {line.split("|")[-1].strip() for line in said.err.splitlines() if line.startswith("import time:")}


def roots(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


# -- what is loaded --------------------------------------------------------------------------------------------


def test_the_version_loads_next_to_nothing() -> None:
    modules = loaded("--version")
    assert not roots(modules) & (HEAVY | {"argparse", "gettext", "datetime", "dataclasses", "pathlib"})
    assert {module for module in modules if module.startswith("csconsole")} <= {
        *("csconsole", "csconsole.cli", "csconsole.cli.streams"),
    }


@pytest.mark.parametrize("words", [["--help"], ["--lang", "zh", "--help"], ["report", "--help"]])
def test_the_help_loads_no_library_and_no_room(words: list[str]) -> None:
    modules = loaded(*words)
    assert not roots(modules) & HEAVY
    assert {module for module in modules if module.startswith("csconsole")} <= {
        *("csconsole", "csconsole.core", "csconsole.core.errors", "csconsole.i18n"),
        *("csconsole.cli", "csconsole.cli.streams", "csconsole.cli.run", "csconsole.cli.parser"),
        "csconsole.cli.verbs",
    }


def test_commands_load_no_screen(home: Path) -> None:
    modules = loaded("--home", str(home), "--now", NINE, "report", "day")
    assert not roots(modules) & {"textual", "apscheduler", "alembic"}
    assert not {module for module in modules if module.startswith("csconsole.tui")}


# -- exit codes ------------------------------------------------------------------------------------------------


def test_a_day_worked_by_commands(home: Path) -> None:
    def at(now: str, *words: str) -> str:
        said = process("--home", str(home), "--by", "Wang", "--now", f"{MONDAY}T{now}", *words)
        assert said.code == 0, said.err
        return said.out

    at("08:46", "done", "shop-health", "--reading", "offline_unanswered=2")
    assert at("09:06", "log", "投诉 天猫 2608123456789012345 买家说没收到 @小赵 !! +2h") == "1\n"
    at("09:06", "done", "complaints-and-refunds", "--issue")
    at("09:31", "skip", "refund-chase", "--reason", "done by the night shift")
    at("09:32", "undo")
    at("10:20", "resolve", "1", "--note", "refunded")
    at("10:31", "done", "late-wrong-shipments")
    day = json.loads(at("10:40", "today", "--json"))
    statuses = {item["duty"]: item["status"] for item in day["items"]}
    assert {duty: statuses[duty] for duty in list(statuses)[:6]} == {
        "shop-health": "done",
        "complaints-and-refunds": "issue",
        "refund-chase": "overdue",
        "morning-meeting": "overdue",
        "late-wrong-shipments": "done",
        "operations-plan": "due",
    }
    counts = ("total", "answered", "done", "issue", "skipped", "missed", "overdue", "on_time")
    assert [day["progress"][count] for count in counts] == [17, 3, 2, 1, 0, 0, 2, 3]
    report = json.loads(at("23:00", "report", "day", "--format", "json"))
    assert [incident["number"] for incident in report["incidents"]["resolved"]] == [1]
    assert report["readings"]["offline_unanswered"][""]["value"] == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "words",
    [["frobnicate"], ["today", "--lang", "zh"], ["done", "nothing"], ["--now", "soon", "today"], [], ["rehearse"]],
)
def test_the_users_fault_is_exit_2_and_one_line(home: Path, words: list[str], lang: str) -> None:
    fault = process("--home", str(home), "--lang", lang, *words).fault
    assert any("\u4e00" <= character <= "\u9fff" for character in fault) == (lang == "zh")


def test_anything_else_is_exit_1_and_one_line(home: Path) -> None:
    (home / "data" / "csconsole.sqlite3").write_bytes(b"no database at all, but long enough to be read as one" * 99)
    said = process("--home", str(home), "today")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


# -- the environment -------------------------------------------------------------------------------------------


def test_the_environment_says_where_when_who_and_how(home: Path, tmp_path: Path) -> None:
    schedule = Path(shutil.copy(home / "schedules" / "supervisor.yaml", tmp_path / "mine.yaml"))
    schedule.write_text(
        schedule.read_text(encoding="utf-8").replace("  - id: refund-chase\n", "  - id: my-own\n"), "utf-8"
    )
    env = {
        "CSCONSOLE_HOME": str(home),
        "CSCONSOLE_SCHEDULE": str(schedule),
        "CSCONSOLE_DATABASE": str(tmp_path / "other.sqlite3"),
        "CSCONSOLE_LANG": "zh",
        "CSCONSOLE_BY": "王主管",
        "CSCONSOLE_NOW": f"{MONDAY}T09:40+08:00",
    }
    said = process("done", "my-own", env=env)
    assert said.code == 0 and "王主管" in said.out and "✓ 完成" in said.out
    assert (tmp_path / "other.sqlite3").exists()
    assert process("--by", "Li", "undo", env=env).code == 2
    assert process("undo", env=env).code == 0


def test_the_current_folder_is_the_home_where_it_has_a_schedule_else_the_users_own(home: Path, tmp_path: Path) -> None:
    own = {"XDG_DATA_HOME": str(tmp_path / "own"), "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path / "own")}
    assert str(home) in process("doctor", cwd=home, env=own).out
    assert not (tmp_path / "own").exists()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    said = process("today", "--json", cwd=elsewhere, env=own)
    assert said.json["items"] and list(elsewhere.iterdir()) == []
    assert list(tmp_path.rglob("own/**/supervisor.yaml")) or sys.platform == "darwin"


@pytest.mark.parametrize(
    ("name", "value", "lang"), [("LANG", "zh_CN.UTF-8", "zh"), ("LC_ALL", "C", "en"), ("LANG", "de_DE", "en")]
)
def test_the_locale_chooses_the_language(name: str, value: str, lang: str) -> None:
    assert ("用法" in process("--help", env={name: value}).out) == (lang == "zh")


# -- characters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["today"], ["today", "--json"], ["--help"], ["report", "day", "--format", "html"], ["doctor"]]
)
def test_output_is_utf8_whatever_the_locale_says(home: Path, words: list[str]) -> None:
    said = process("--home", str(home), "--lang", "zh", *words, env=ASCII)
    assert (said.code, said.err) == (0, "")
    assert any("\u4e00" <= character <= "\u9fff" for character in said.out)


def test_messages_are_utf8_too(home: Path) -> None:
    assert "没有" in process("--home", str(home), "--lang", "zh", "done", "无", env=ASCII).fault


@posix
def test_bytes_that_are_no_text_do_no_harm(home: Path) -> None:
    def raw(*words: bytes) -> subprocess.CompletedProcess[bytes]:
        command = [os.fsencode(word) for word in (sys.executable, "-m", "csconsole", "--home", str(home))]
        return subprocess.run(
            [*command, *words], capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=60
        )

    said = raw(b"log", b"\xff\xfe\x80 \xe6\x8a\x95\xe8\xaf\x89 lost")
    assert (said.returncode, said.stdout) == (0, b"1\n")
    for words in (
        [b"done", b"\xff\xfe"],
        [b"\xff"],
        [b"schedule", b"check", b"/\xff\xfe"],
        [b"--by", b"\xff", b"today"],
    ):
        said = raw(*words)
        assert said.returncode == 2 and said.stderr.count(b"\n") == 1
        said.stderr.decode("utf-8")
    listed = raw(b"incidents", b"--json")
    assert json.loads(listed.stdout)[0]["title"] == "lost"


@posix
def test_a_terminal_without_unicode_gets_every_line(home: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "csconsole", "--home", str(home), "--lang", "zh", "--now", NINE, "today"]
    env = {**os.environ, **ASCII}
    running = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, env=env)
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # what reading gives on Linux once the other end is closed
        while more := os.read(ours, 65536):
            said += more
    _out, complaints = running.communicate(timeout=60)
    os.close(ours)
    assert (running.returncode, complaints) == (0, b"") and b"complaints-and-refunds" in said
    said.decode("ascii")


# -- a reader that goes away, a disk that is full --------------------------------------------------------------


@posix
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["today"], ["report", "month", "--format", "html"]])
def test_a_reader_that_goes_away_is_no_fault(home: Path, words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "csconsole", "--home", str(home), *words]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["today"], ["report", "month", "--format", "html"]])
def test_output_that_cannot_be_written_is_exit_1(home: Path, words: list[str]) -> None:
    command = [sys.executable, "-m", "csconsole", "--home", str(home), *words]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr
