"""The journal: every fact of the day, append-only, in one database.

`Journal` is imported when first asked for, so that its errors can be named on a start that opens no database.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from csconsole.journal.errors import Damaged, Held, JournalError, NotRead, NotSaved, UnknownIncident

if TYPE_CHECKING:
    from csconsole.journal.journal import Journal

__all__ = ["Damaged", "Held", "Journal", "JournalError", "NotRead", "NotSaved", "UnknownIncident"]


def __getattr__(name: str) -> object:
    if name == "Journal":
        # Our tables have no plug-ins; to look for some, pydantic would read the metadata of every package there is.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from csconsole.journal.journal import Journal

        return Journal
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
