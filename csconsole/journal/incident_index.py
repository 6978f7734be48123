"""The index of incidents: how each stands and every word of it, written with what changed it, and searched by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from csconsole.core.incident import Incident, IncidentStatus
from csconsole.core.lexicon import fold
from csconsole.journal.tables import IncidentIndexRow

NOT_RESOLVED = (IncidentStatus.OPEN, IncidentStatus.WAITING)


def reindexed(session: Session, numbers: Iterable[int], incidents: Iterable[Incident]) -> None:
    """Bring the index of these numbers up to what was just written of them: `incidents`, those that still are."""
    session.exec(delete(IncidentIndexRow).where(col(IncidentIndexRow.number).in_(list(numbers))))
    session.add_all(
        IncidentIndexRow(
            number=incident.number,
            status=incident.status,
            category=incident.category,
            shop=incident.shop,
            assignee=incident.assignee,
            opened_at=incident.opened_at,
            words="\n".join(dict.fromkeys(fold(text) for text in _words(incident) if text)),
        )
        for incident in incidents
    )


def _words(incident: Incident) -> Iterator[str]:
    """Every text of an incident by which somebody may look for it."""
    yield incident.title
    yield incident.draft.line
    yield from (*incident.orders, *incident.tracking, incident.buyer or "", incident.assignee or "")
    for event in incident.events:
        yield event.text


def numbers_of(
    *,
    words: str = "",
    statuses: Iterable[IncidentStatus] = (),
    category: str | None = None,
    shop: str | None = None,
    assignee: str | None = None,
) -> list[ColumnElement[bool]]:
    """What the index must say of the incidents meant: each of the `words` in them, one of `statuses` (none: any)."""
    found: list[ColumnElement[bool]] = [
        col(IncidentIndexRow.words).contains(word, autoescape=True) for word in fold(words).split()
    ]
    if wanted := list(statuses):
        found.append(col(IncidentIndexRow.status).in_(wanted))
    for column, value in (
        (IncidentIndexRow.category, category),
        (IncidentIndexRow.shop, shop),
        (IncidentIndexRow.assignee, assignee),
    ):
        if value is not None:
            found.append(col(column) == value)
    return found


def find(session: Session, conditions: Iterable[ColumnElement[bool]], most: int) -> list[int]:
    """The numbers to which all of it applies, the newest first, `most` of them at most."""
    meant = select(IncidentIndexRow.number).where(*conditions)
    return list(session.exec(meant.order_by(col(IncidentIndexRow.number).desc()).limit(most)))
