"""What the tables are made of: texts that are cleaned when they are loaded, choices kept as text, names of keys."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, Enum, MetaData, String, Text, TypeDecorator
from sqlmodel import SQLModel

from csconsole.core.text import clean


class Line(TypeDecorator[str]):
    """A text on one line, cleaned when it is loaded: another program may have written it (DESIGN.md §5.4)."""

    impl = String
    cache_ok = True
    multiline = False

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and value.isprintable()):
            return value
        return clean(value, multiline=self.multiline, limit=None)


class Prose(Line):
    """A text that may have several lines, cleaned likewise."""

    impl = Text
    cache_ok = True
    multiline = True


def choice(kinds: type[StrEnum]) -> Any:
    # As text without a CHECK: a later kind then needs no migration, and PostgreSQL no type of its own.
    return Enum(kinds, native_enum=False, length=20, values_callable=lambda kinds: [kind.value for kind in kinds])


# SQLModel annotates `sa_type` as a class where it also takes an instance's class with defaults.
LINE: Any = Line
PROSE: Any = Prose


class Base(SQLModel):
    # Tables do not validate; validators that are never used need not be built at every start.
    model_config = {"defer_build": True}
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
