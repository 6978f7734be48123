"""A check and what was found at it: what it shows, and what of an earlier round is to be asked about at this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from csconsole.core.incident import Incident, IncidentStatus
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Duty


class Round(Struct, frozen=True):
    """`found`: the incidents found at a check, or shown to be still open by it. `asked`: what earlier rounds found and
    is open still."""

    found: tuple[Incident, ...] = ()
    asked: tuple[Incident, ...] = ()


def round_of(occurrence: Occurrence, incidents: Iterable[Incident], duties: Mapping[str, Duty]) -> Round:
    """The round that an occurrence is, among these incidents, in their order. An earlier round is an occurrence before
    it of the same duty, or of another of its category."""
    found: list[Incident] = []
    asked: list[Incident] = []
    own = {occurrence.key, *occurrence.aliases}
    for incident in incidents:
        keys = incident.standing.occurrences
        if not own.isdisjoint(keys):
            found.append(incident)
        elif incident.status is not IncidentStatus.RESOLVED and any(_earlier(key, occurrence, duties) for key in keys):
            asked.append(incident)
    return Round(tuple(found), tuple(asked))


def found_at(keys: Sequence[str], incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Those of these incidents that were found at an occurrence known by any of these keys."""
    return tuple(each for each in incidents if not set(keys).isdisjoint(each.standing.occurrences))


def _earlier(key: str, occurrence: Occurrence, duties: Mapping[str, Duty]) -> bool:
    name, _at, nominal = key.partition("@")
    try:
        day = date.fromisoformat(nominal)
    except ValueError:
        return False
    if name == occurrence.duty or any(alias.partition("@")[0] == name for alias in occurrence.aliases):
        return day < occurrence.nominal
    other, this = duties.get(name), duties.get(occurrence.duty)
    if other is None or this is None or other.category != occurrence.category:
        return False
    return (day, other.at) < (occurrence.nominal, this.at)
