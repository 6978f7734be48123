"""Bringing a database to the schema this program works with: created whole where there is none, else migrated.

What is stored is compared by plain SQL first; Alembic is imported only where there is something to migrate.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select

from csconsole.core.errors import UserError
from csconsole.i18n import _
from csconsole.journal.engine import Database, guarded
from csconsole.journal.errors import Damaged, NotRead
from csconsole.journal.tables import METADATA

REVISIONS: tuple[str, ...] = ("0001_facts", "0002_away", "0003_incidents")
"""Every schema there ever was, oldest first; the last is the one this program works with."""

MIGRATIONS = "csconsole.journal:migrations"

_ALEMBIC_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""The table Alembic makes, for a database that is created without it."""


def ensure(database: Database, *, may_create: Callable[[], bool], before_migrating: Callable[[str], None]) -> None:
    """Create or migrate what is not at the newest schema; `before_migrating` gets the revision that was stored.

    Raises `Damaged` where the database is empty and may not be created, `UserError` where it is another program's
    or a newer csconsole's, `NotRead` where it cannot be brought up just now. A migration that fails leaves
    everything as it was, and its own exception.
    """
    with guarded(database.path, NotRead):
        with database.reading.connect() as connection:
            stored = revision(connection, str(database.path or database.reading.url))
        if stored is None:
            if not may_create():
                raise Damaged(database.path, _("it is empty"))
            _create(database)
        elif stored != REVISIONS[-1]:
            before_migrating(stored)
            _migrate(database)


def revision(connection: Connection, name: str) -> str | None:
    """The schema a database has; None where there is nothing in it yet.

    Raises `UserError` where it is another program's, or newer than this program.
    """
    if inspect(connection).has_table(_ALEMBIC_VERSION.name):
        stored: str | None = connection.execute(select(_ALEMBIC_VERSION.c.version_num)).scalars().first()
        if stored in REVISIONS:
            return stored
        if inspect(connection).has_table("action"):
            raise UserError(
                _("{database} was written by a newer csconsole: update this one, or name another database").format(
                    database=name
                )
            )
    elif not inspect(connection).get_table_names():
        return None
    raise UserError(_("{database} is not a database of csconsole: name another file").format(database=name))


def _create(database: Database) -> None:
    with database.writing.begin() as connection:
        if revision(connection, str(database.path)) is None:  # no other start was quicker
            METADATA.create_all(connection, checkfirst=False)
            _ALEMBIC_VERSION.create(connection)
            connection.execute(insert(_ALEMBIC_VERSION).values(version_num=REVISIONS[-1]))


def _migrate(database: Database) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    with database.rebuilding() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
