"""What went wrong is told in a line and written down, without a word of what people typed."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from csconsole.desk import JournalError
from csconsole.desk.mishap import explained, write_down

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BUYER = "买家 Zhang 13800138000"


def fail() -> None:
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute(f"SELECT '{BUYER}' FROM nowhere")
    except sqlite3.Error as error:
        try:
            raise OSError(28, BUYER, BUYER) from error
        except OSError:
            raise ValueError(BUYER) from None or error


def caught() -> Exception:
    try:
        fail()
    except ValueError as error:
        return error
    raise AssertionError


def test_a_line_is_said_and_the_place_is_written_down_without_what_was_typed(tmp_path: Path) -> None:
    log = tmp_path / "csconsole.log"
    words = explained(caught(), log, NOW, "log")
    assert "\n" not in words and str(log) in words
    written = log.read_text(encoding="utf-8")
    assert written.startswith("2026-11-23T01:00:00+00:00 log\n")
    assert "test_mishap.py" in written and "builtins.ValueError" in written and "SQLITE_ERROR" in written
    assert not [word for word in (*BUYER.split(), BUYER) if word in written.replace('f"SELECT', "")]
    if sys.platform != "win32":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_log_is_kept_small_and_the_one_before_it_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "csconsole.log"
    for n in range(4):
        assert write_down(log, NOW, "much", f"{n}" * 1_000_001)
        assert write_down(log, NOW, f"after {n}")
        assert log.read_text() == f"{NOW.isoformat()} after {n}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csconsole.log", "csconsole.log.1"]
    assert log.with_name("csconsole.log.1").read_text().endswith("much\n" + "3" * 1_000_001)
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_where_nothing_can_be_written_it_is_said_all_the_same(tmp_path: Path) -> None:
    for log in (None, tmp_path / "nowhere" / "csconsole.log"):
        assert explained(ValueError("x"), log, NOW, "log") == "something went wrong: ValueError: x"


def test_what_the_journal_says_is_said_as_it_is(tmp_path: Path) -> None:
    log = tmp_path / "csconsole.log"
    assert explained(JournalError("the disk is full"), log, NOW, "log") == "the disk is full"
    assert not log.exists()
