"""The index of incidents: how each stands and every word of it, written with what changed it, and searched by it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, true
from sqlmodel import Session

from csconsole.core.incident import Incident, IncidentStatus
from csconsole.core.search import COUNTED, State, Term, Wanted, index_words
from csconsole.journal.tables import INCIDENT_INDEX, IncidentIndexRow

NOT_RESOLVED = (IncidentStatus.OPEN, IncidentStatus.WAITING)


def reindexed(session: Session, numbers: Iterable[int], incidents: Iterable[Incident]) -> None:
    """Bring the index of these numbers up to what was just written of them: `incidents`, those that still are."""
    session.connection().execute(delete(INCIDENT_INDEX).where(INCIDENT_INDEX.c.number.in_(list(numbers))))
    session.add_all(
        IncidentIndexRow(
            number=incident.number,
            status=incident.status,
            category=incident.category,
            shop=incident.shop,
            assignee=incident.assignee,
            opened_at=incident.opened_at,
            words=index_words(incident),
        )
        for incident in incidents
    )


def conditions_of(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What the index must say of the incidents meant, but for how they stand."""
    index, found = INCIDENT_INDEX.c, [_has(term) for term in wanted.terms]
    if wanted.category is not None:
        found.append(index.category == wanted.category)
    if wanted.shop is not None:
        found.append(index.shop == wanted.shop)
    if wanted.assignee is not None:
        found.append(func.coalesce(index.assignee, "") == wanted.assignee)
    if wanted.opened_before is not None:
        found.append(index.opened_at < wanted.opened_before)
    return found


def _has(term: Term) -> ColumnElement[bool]:
    # A scan: at 100,000 incidents it takes some 30 ms, and finds parts of words of any length on any database.
    meant: list[ColumnElement[bool]] = []
    if term.number is not None:
        meant.append(INCIDENT_INDEX.c.number == term.number)
    for column, ids in (
        (INCIDENT_INDEX.c.category, term.categories),
        (INCIDENT_INDEX.c.shop, term.shops),
        (INCIDENT_INDEX.c.assignee, term.people),
    ):
        if ids:
            meant.append(column.in_(ids))
    return or_(*meant, INCIDENT_INDEX.c.words.contains(term.text, autoescape=True))


def find(connection: Connection, wanted: Wanted, most: int) -> tuple[list[int], int]:
    """The numbers to which all of it applies, `most` of them at most, and how many there are, as `Found` gives it:
    those that a term names, then the unresolved, then the resolved, each the newest first."""
    conditions, state = conditions_of(wanted), wanted.state
    number = INCIDENT_INDEX.c.number
    still = INCIDENT_INDEX.c.status.in_([each for each in NOT_RESOLVED if each in state.statuses])
    # Not by the index of how they stand: that finds nearly all of them one by one, which a scan does in half the time.
    over = INCIDENT_INDEX.c.status.not_in(NOT_RESOLVED)
    standing = {State.ALL: true(), State.RESOLVED: over}.get(state, still)
    named = number.in_([term.number for term in wanted.terms if term.number is not None])
    groups = [and_(named, standing), *({State.ALL: (still, over), State.RESOLVED: (over,)}.get(state, (still,)))]
    numbers: dict[int, None] = {}
    for group in groups:
        if len(numbers) <= most:
            meant = select(number).where(*conditions, group).order_by(number.desc())
            numbers |= dict.fromkeys(connection.scalars(meant.limit(most + 1)))
    if len(numbers) <= most:
        return list(numbers), len(numbers)
    # Only where there is more than is shown need it be counted.
    counted = select(number).where(*conditions, standing).limit(COUNTED + 1).subquery()
    total = connection.scalar(select(func.count()).select_from(counted)) or 0
    return list(numbers)[:most], total
