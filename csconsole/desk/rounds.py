"""What checks found: the incidents an occurrence points to, and those it asks about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from csconsole.core.agenda import Item
from csconsole.core.facts import MarkKind
from csconsole.core.incident import EventKind, Incident, IncidentStatus, NewEvent
from csconsole.core.occurrence import Occurrence
from csconsole.core.rounds import found_at
from csconsole.core.text import clean
from csconsole.desk.answers import Answers
from csconsole.desk.incidents import Incidents


class Rounds(Answers, Incidents):
    def found_at(self, occurrences: Iterable[Occurrence]) -> list[Incident]:
        """The incidents found at any of these, resolved or not."""
        keys = [key for found in occurrences for key in (found.key, *found.aliases)]
        return self.journal.incidents(occurrences=keys) if keys else []

    def numbers_found(self, items: Sequence[Item]) -> dict[str, list[int]]:
        """The numbers of the incidents found at each of these items, by its key; none where there are none."""
        incidents = self.found_at(item.occurrence for item in items)
        keys = {item.key: (item.key, *item.occurrence.aliases) for item in items}
        numbers = {key: [each.number for each in found_at(own, incidents)] for key, own in keys.items()}
        return {key: found for key, found in numbers.items() if found}

    def fill(
        self,
        key: str,
        answers: Mapping[str | None, MarkKind],
        *,
        readings: Mapping[tuple[str, str], float] | None = None,
        note: str | None = None,
        closed: Mapping[int, bool] | None = None,
    ) -> Item:
        """Save a check as it was filled in, in one action: what each shop was answered (None: the rest), with the
        readings and the note, which may also stand alone, and of incidents of earlier rounds, whether they are closed
        now or still open. Where there is nothing to save, nothing is."""
        item = self.find(key)
        self._check_readings(item, readings or {})
        for shop in answers:
            self._check_shop(item, shop)
        marks = [self._mark(item, kind, shop=shop) for shop, kind in answers.items()]
        if readings or clean(note or "").strip():
            marks.append(self._mark(item, MarkKind.NOTE, readings=readings, note=note))
        told = {number: self._shown(number, item.key, ended) for number, ended in (closed or {}).items()}
        if marks or told:
            self.journal.fill(self.by, marks, told, self.now())
        return self.stand(item.occurrence)

    def _shown(self, number: int, key: str, closed: bool) -> list[NewEvent]:
        """What a check shows of an incident: it points to the check from now on, and is resolved or not."""
        incident = self.incident(number)
        said = [] if key in incident.standing.occurrences else [NewEvent(EventKind.FOUND_AT, value=key)]
        if closed and incident.status is not IncidentStatus.RESOLVED:
            said.append(NewEvent(EventKind.RESOLVED))
        return said

    def left_to_answer(self, item: Item) -> str | None:
        """The one shop of a check that is not answered yet, if it is one."""
        shops = [shop for shop, result in item.answer.shops.items() if result is None]
        return shops[0] if len(shops) == 1 else None
