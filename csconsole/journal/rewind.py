"""Making a scratch copy of a journal look as it did at an earlier instant. Never to be used on a journal that is
anybody's: that one is append-only.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from csconsole.journal.engine import Database, guarded
from csconsole.journal.errors import NotSaved
from csconsole.journal.incidents import reindex
from csconsole.journal.journal import Journal
from csconsole.journal.tables import METADATA, ActionRow, ClaimRow, DutySeenRow, IncidentRow, MarkRow, VersionRow


def rewind(url: str, instant: datetime, day: date) -> None:
    """Take out of the copy at `url` what was written after `instant`, which lies in business day `day`.

    What was written after it goes by the order of writing, as everywhere: an action stands behind what it undoes.
    """
    Journal.open(url).close()  # brings the copy to the newest schema
    database = Database(url)
    try:
        with guarded(database.path, NotSaved), Session(database.writing) as session, session.begin():
            _forget(session, instant, day)
    finally:
        database.close()


def _forget(session: Session, instant: datetime, day: date) -> None:
    first = session.exec(select(func.min(ActionRow.id)).where(col(ActionRow.recorded_at) > instant)).one()
    if first is not None:
        marks = select(MarkRow.id).where(col(MarkRow.action_id) >= first)
        numbers = select(IncidentRow.number).where(col(IncidentRow.action_id) >= first)
        # What refers to others goes before them.
        for table in reversed(METADATA.sorted_tables):
            if "action_id" in table.c:
                session.execute(delete(table).where(table.c.action_id >= first))
            elif "mark_id" in table.c:
                session.execute(delete(table).where(table.c.mark_id.in_(marks)))
            elif "number" in table.c:
                session.execute(delete(table).where(table.c.number.in_(numbers)))
        session.execute(delete(ActionRow).where(col(ActionRow.id) >= first))
        left = session.exec(select(IncidentRow.number)).all()
        reindex(session, [number for number in left if number is not None])
    session.execute(delete(ClaimRow).where(col(ClaimRow.claimed_at) > instant))
    session.execute(delete(VersionRow).where(col(VersionRow.since) > instant))
    session.execute(delete(DutySeenRow).where(col(DutySeenRow.business_date) > day))
