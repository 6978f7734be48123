"""Databases of every schema that was released, written by the programs of their time, come up to the newest one with
all their facts, wherever the way there breaks off.

`schemas/` holds one database a revision as SQL: whoever adds a migration keeps one of the schema before it there.
"""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from marking import CHECK, NOW
from sqlalchemy import Engine, event

from csconsole.core.facts import Claim, MarkKind
from csconsole.core.incident import IncidentStatus
from csconsole.journal import Journal, maintenance, schema

SCHEMAS = Path(__file__).parent / "schemas"
HEAD = schema.REVISIONS[-1]
OLD = schema.REVISIONS[:-1]

EVERY = [pytest.param(9, id="some"), pytest.param(1, id="every", marks=pytest.mark.long)]
"""Of the statements of a migration, which to break off at: one in so many."""


def test_a_database_of_every_schema_before_the_newest_is_kept() -> None:
    assert {file.stem for file in SCHEMAS.glob("*.sql")} >= set(OLD)


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, file: Path) -> str:
    """The revision of a database of old that lies at `file`."""
    revision: str = request.param
    lay(file, revision)
    return revision


def lay(file: Path, revision: str) -> None:
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((SCHEMAS / f"{revision}.sql").read_text(encoding="utf-8"))


def dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def counts(file: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def check_facts(url: str, revision: str) -> None:
    """What the old program had written is all there, as the newest one understands it."""
    with closing(Journal.open(url, "console")) as journal:
        records = journal.records([CHECK, *(f"{duty}@2026-11-23" for duty in ("ten", "oops")), "list@2026-11-27"])
        done, issue = (mark.said for mark in records[CHECK].marks)
        assert (done.kind, done.shop, done.readings) == (MarkKind.DONE, "tmall", {("tmall", "open"): 3.0})
        assert (issue.kind, issue.note) == (MarkKind.ISSUE, "少一件 [red]'; DROP TABLE mark; --")
        assert (done.at, done.due, done.grace, tuple(done.shops)) == (NOW, NOW, timedelta(minutes=15), ("tmall", "jd"))
        assert [mark.by for mark in records["ten@2026-11-23"].marks] == ["小李"]
        assert records["ten@2026-11-23"].marks[0].said.reason == "店铺休息"
        handed = records["list@2026-11-27"].marks[0].said
        assert (handed.to, handed.until) == ("小张", NOW + timedelta(hours=2))
        assert "oops@2026-11-23" not in records or not records["oops@2026-11-23"].marks

        waiting, settled = sorted(journal.incidents(), key=lambda incident: incident.number)
        assert (waiting.number, waiting.title, waiting.status) == (1, "买家说没收到", IncidentStatus.OPEN)
        assert (waiting.draft.orders, waiting.assignee, waiting.draft.occurrence) == (
            ("88120934", "７７"),
            "小李",
            CHECK,
        )
        assert waiting.draft.due_at == NOW + timedelta(hours=4)
        assert [(each.by, each.text) for each in waiting.events] == [("小李", "已联系快递")]
        assert (settled.number, settled.status) == (2, IncidentStatus.RESOLVED)
        assert settled.draft.line == "物流 京东 破损"

        assert journal.on_duty() == "王主管"
        closing_ = journal.closing(date(2026, 11, 22))
        assert closing_ is not None and (closing_.handover, closing_.summary) == ("夜班注意 #1", "1/17")
        assert journal.claims([CHECK]) == {Claim(CHECK, "due", NOW)}
        assert journal.snoozes(["ten@2026-11-23"])["ten@2026-11-23"].until == NOW + timedelta(minutes=10)
        (version,) = journal.versions()
        assert journal.source(version.schedule) == "version: 1\n# 日程表\n"
        assert journal.first_seen() == {"check": date(2026, 11, 23), "ten": date(2026, 11, 23)}
        if revision >= "0002":
            away = journal.away("王主管")
            assert away is not None and away.until == NOW + timedelta(hours=1)


def test_it_comes_up_with_all_its_facts(old: str, file: Path, url: str) -> None:
    before = dump(file), counts(file)
    check_facts(url, old)
    after = counts(file)
    gone = {name for name in before[1] if name not in after}
    assert {name: after[name] for name in before[1].keys() - gone} == {
        name: count for name, count in before[1].items() if name not in gone
    }
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    (snapshot,) = maintenance.snapshots(url)
    assert dump(snapshot) == before[0]
    check_facts(url, old)  # opened once more, it is as it was


@contextmanager
def statements(break_off_at: int | None = None) -> Iterator[list[str]]:
    """The statements executed within the block, which ends at the one named."""
    seen: list[str] = []

    def hear(_connection: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        seen.append(sql)
        if len(seen) - 1 == break_off_at:
            raise RuntimeError("broken off")

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@pytest.mark.parametrize("one_in", EVERY)
def test_broken_off_anywhere_it_is_as_it_was_and_works_the_next_time(
    old: str, file: Path, url: str, one_in: int
) -> None:
    before = dump(file)
    with statements() as every:
        Journal.open(url).close()
    assert len(every) > 10
    for n in range(0, len(every), one_in):
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()
        lay(file, old)
        with statements(break_off_at=n), pytest.raises(RuntimeError, match="broken off"):
            Journal.open(url)
        assert dump(file) == before or n == len(every) - 1
        check_facts(url, old)


KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from csconsole.journal import Journal
seen = []
@event.listens_for(Engine, "after_cursor_execute")
def hear(*_):
    seen.append(1)
    if len(seen) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
Journal.open(sys.argv[1]).close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("one_in", [pytest.param(25, id="some"), pytest.param(1, id="every", marks=pytest.mark.long)])
def test_killed_anywhere_it_is_as_it_was_and_works_the_next_time(old: str, file: Path, url: str, one_in: int) -> None:
    with statements() as every:
        Journal.open(url).close()
    assert len(every) > 25
    for n in range(min(one_in, 20), len(every) + 1, one_in):
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()
        lay(file, old)
        run = subprocess.run([sys.executable, "-c", KILLED, url, str(n)], capture_output=True, timeout=60, check=False)
        assert run.returncode == -signal.SIGKILL, run.stderr
        check_facts(url, old)
