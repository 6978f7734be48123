"""Making a scratch copy of a journal look as it did at an earlier instant. Never to be used on a journal that is
anybody's: that one is append-only.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session

from csconsole.journal.engine import Database, guarded
from csconsole.journal.errors import NotSaved
from csconsole.journal.incidents import reindex
from csconsole.journal.journal import Journal
from csconsole.journal.tables import ACTION, CLAIM, DUTY_SEEN, INCIDENT, MARK, METADATA, VERSION


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
    connection = session.connection()
    first = connection.scalar(select(func.min(ACTION.c.id)).where(ACTION.c.recorded_at > instant))
    if first is not None:
        marks = select(MARK.c.id).where(MARK.c.action_id >= first)
        numbers = select(INCIDENT.c.number).where(INCIDENT.c.action_id >= first)
        # What refers to others goes before them.
        for table in reversed(METADATA.sorted_tables):
            if "action_id" in table.c:
                connection.execute(delete(table).where(table.c.action_id >= first))
            elif "mark_id" in table.c:
                connection.execute(delete(table).where(table.c.mark_id.in_(marks)))
            elif "number" in table.c:
                connection.execute(delete(table).where(table.c.number.in_(numbers)))
        connection.execute(delete(ACTION).where(ACTION.c.id >= first))
        left = connection.scalars(select(INCIDENT.c.number)).all()
        reindex(session, left)
    connection.execute(delete(CLAIM).where(CLAIM.c.claimed_at > instant))
    connection.execute(delete(VERSION).where(VERSION.c.since > instant))
    connection.execute(delete(DUTY_SEEN).where(DUTY_SEEN.c.business_date > day))
