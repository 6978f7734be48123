from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from marking import CHECK, NOW, said
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from csconsole.core.errors import UserError
from csconsole.journal import Damaged, Journal, schema
from csconsole.journal.engine import Database
from csconsole.journal.tables import METADATA


def plain(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def layout(file: Path) -> dict[str, str]:
    """Every table and index of a database by name, as it was declared."""
    with closing(plain(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: re.sub(r'[\s"]+', " ", sql) for name, sql in rows}


def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Make the migrations known to the program those it ships and one more, which does `body`."""
    folder = tmp_path / "migrations"
    if not folder.exists():
        shutil.copytree(str(files("csconsole.journal") / "migrations"), folder)
    shutil.rmtree(folder / "versions" / "__pycache__", ignore_errors=True)
    (folder / "versions" / "9999_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9999_next'\ndown_revision = {schema.REVISIONS[-1]!r}\n\ndef upgrade():\n{body}"
    )
    monkeypatch.setattr(schema, "MIGRATIONS", str(folder))
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "9999_next"))


ADD_COLUMN = """
    op.add_column("incident", sa.Column("platform_limit", sa.String()))
    with op.batch_alter_table("mark", recreate="always") as batch:
        batch.add_column(sa.Column("minutes", sa.Integer()))
    op.execute("UPDATE mark SET minutes = 5")
"""


# -- one schema, two ways --------------------------------------------------------------------------------------


def test_a_created_database_is_what_the_migrations_make(tmp_path: Path) -> None:
    created, migrated = tmp_path / "created.db", tmp_path / "migrated.db"
    Journal.open(f"sqlite:///{created}").close()
    database = Database(f"sqlite:///{migrated}")
    schema._migrate(database)
    database.close()
    assert layout(created) == layout(migrated)
    assert {"action", "mark", "alembic_version", "ix_mark_key"} <= layout(created).keys()
    Journal.open(f"sqlite:///{migrated}").close()


def test_the_migrations_leave_nothing_to_do_for_the_tables(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    Journal.open(f"sqlite:///{tmp_path / 'a.db'}").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_the_revisions_known_are_those_packaged(tmp_path: Path) -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", schema.MIGRATIONS)
    packaged = [revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(packaged)) == schema.REVISIONS


def test_the_tables_hold_on_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in METADATA.sorted_tables]
    statements += [
        str(CreateIndex(index).compile(dialect=dialect)) for table in METADATA.sorted_tables for index in table.indexes
    ]
    assert not [statement for statement in statements if "CREATE TYPE" in statement or "ENUM" in statement]
    names = [name for statement in statements for name in re.findall(r"(?:CONSTRAINT|INDEX) (\w+)", statement)]
    assert len(names) == len(set(names)), "index names are one namespace there"


def test_neither_creating_nor_opening_loads_alembic(url: str) -> None:
    program = (
        "import sys; from csconsole.journal import Journal\n"
        "for _ in range(2): Journal.open(sys.argv[1]).close()\n"
        "heavy = {'alembic', 'apscheduler', 'holidays', 'textual'} & sys.modules.keys()\n"
        "sys.exit(', '.join(heavy) or None)"
    )
    run = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_errors_can_be_named_without_loading_the_database() -> None:
    program = (
        "import sys; from csconsole.journal import NotSaved\n"
        "heavy = {'sqlmodel', 'sqlalchemy'} & sys.modules.keys()\n"
        "sys.exit(', '.join(heavy) or None)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (0, "")


# -- from one schema to the next -------------------------------------------------------------------------------


def test_a_migration_keeps_every_fact(tmp_path: Path, file: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.open(url)
    journal.mark("me", [said(readings={("jd", "a"): 1.0})], NOW)
    before = journal.records([CHECK])
    journal.close()
    script(tmp_path, monkeypatch, ADD_COLUMN)
    journal = Journal.open(url)
    assert journal.records([CHECK]) == before
    journal.mark("me", [said()], NOW)
    journal.close()
    with closing(plain(file)) as connection:
        assert connection.execute("SELECT minutes FROM mark").fetchall() == [(5,), (None,)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999_next",)]
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("DELETE FROM mark")


def test_references_are_enforced_again_after_a_migration(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal.open(url).close()
    script(tmp_path, monkeypatch, ADD_COLUMN)
    database = Database(url)
    schema._migrate(database)
    assert database._pragma("foreign_keys") == 1
    database.close()


@pytest.mark.parametrize(
    "end",
    [
        '    raise RuntimeError("broken off")\n',
        '    op.execute("no such statement")\n',
        '    op.execute("UPDATE mark SET action_id = 999")\n',
    ],
)
def test_a_migration_that_fails_leaves_all_as_it_was_and_works_the_next_time(
    tmp_path: Path, file: Path, url: str, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    journal = Journal.open(url)
    journal.mark("me", [said()], NOW)
    journal.close()
    before = layout(file)

    script(tmp_path, monkeypatch, ADD_COLUMN + end)
    with pytest.raises(Exception, match=r"broken off|syntax error|foreign_key_check"):
        Journal.open(url)
    assert layout(file) == before
    with closing(plain(file)) as connection:
        assert connection.execute("SELECT action_id FROM mark").fetchall() == [(1,)]

    monkeypatch.undo()
    script(tmp_path, monkeypatch, ADD_COLUMN)
    journal = Journal.open(url)
    assert len(journal.records([CHECK])[CHECK].marks) == 1
    journal.close()
    assert "minutes" in layout(file)["mark"]


def test_before_a_migration_a_snapshot_is_taken(
    tmp_path: Path, file: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal.open(url).close()
    before = layout(file)
    script(tmp_path, monkeypatch, ADD_COLUMN)
    Journal.open(url).close()
    (snapshot,) = (file.parent / "snapshots").iterdir()
    assert layout(snapshot) == before != layout(file)


# -- what is refused -------------------------------------------------------------------------------------------


def test_a_newer_schema_is_refused_with_a_sentence(file: Path, url: str) -> None:
    Journal.open(url).close()
    with closing(plain(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099_later'")
    before = file.read_bytes()
    with pytest.raises(UserError, match="newer csconsole"):
        Journal.open(url)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "declaration",
    ["CREATE TABLE contacts (id INTEGER)", "CREATE TABLE alembic_version (version_num VARCHAR(32))"],
)
def test_another_programs_database_is_refused_and_left_alone(file: Path, url: str, declaration: str) -> None:
    file.parent.mkdir()
    with closing(plain(file)) as connection, connection:
        connection.execute(declaration)
    with pytest.raises(UserError, match="not a database of csconsole"):
        Journal.open(url)
    assert len(layout(file)) == 1


def test_a_file_that_is_no_database_is_damaged_and_left_alone(file: Path, url: str) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database, but more than a page of text. " * 200)
    before = file.read_bytes()
    with pytest.raises(Damaged, match=r"journal\.sqlite3 is damaged"):
        Journal.open(url)
    assert file.read_bytes() == before


@pytest.mark.parametrize("address", ["nonsense", "nosuch://x/y", "sqlite//x"])
def test_what_is_no_address_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(UserError, match="not the address of a database"):
        Journal.open(address)


def test_a_database_whose_driver_is_missing_is_refused_with_a_sentence() -> None:
    with pytest.raises(UserError, match="pip install") as refusal:
        Journal.open("postgresql+pg8000://me:secret@host/db")
    assert "secret" not in str(refusal.value)
