"""What the standing marks of an occurrence say, taken together (DESIGN.md §1, "Answering per shop")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, field

from csconsole.core.facts import Mark, MarkKind, NewMark, Record
from csconsole.core.occurrence import Occurrence


class Status(StrEnum):
    """How an occurrence stands at an instant."""

    UPCOMING = "upcoming"
    DUE = "due"
    IN_PROGRESS = "in_progress"
    DELEGATED = "delegated"
    OVERDUE = "overdue"
    DONE = "done"
    ISSUE = "issue"
    SKIPPED = "skipped"
    MISSED = "missed"

    @property
    def answered(self) -> bool:
        return self in (Status.DONE, Status.ISSUE, Status.SKIPPED)

    @property
    def open(self) -> bool:
        return not self.answered and self is not Status.MISSED


_RESULT = {MarkKind.DONE: Status.DONE, MarkKind.ISSUE: Status.ISSUE, MarkKind.SKIPPED: Status.SKIPPED}


class Answer(Struct, frozen=True):
    """What the standing marks say of an occurrence, taken together (DESIGN.md §1, "Answering per shop").

    `result` is None until every shop is answered; `marked_at`, `recorded_at` and `by` belong to the mark that first
    completed the answer. `shops` gives each shop's result, None while it has none, `shops_at` when each was first
    answered. `readings` maps (shop or "", metric) to the number. `started_at` is when work on it began, `resumed_at`
    when that was last said; to delegate it ends both. `in_progress` says that nothing was answered since. `newest` is
    the id of the newest action that touched the occurrence.
    """

    result: Status | None = None
    marked_at: datetime | None = None
    recorded_at: datetime | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    readings: Mapping[tuple[str, str], float] = field(default_factory=dict)
    shops: Mapping[str, Status | None] = field(default_factory=dict)
    shops_at: Mapping[str, datetime] = field(default_factory=dict)
    started_at: datetime | None = None
    resumed_at: datetime | None = None
    in_progress: bool = False
    delegated_to: str | None = None
    delegated_until: datetime | None = None
    newest: int = 0

    @property
    def spent(self) -> timedelta | None:
        """How long it was worked on until it was answered; None where nobody said when that began."""
        if self.marked_at is None or self.started_at is None or self.marked_at < self.started_at:
            return None
        return self.marked_at - self.started_at


def record_of(occurrence: Occurrence, records: Mapping[str, Record]) -> Record:
    """The record of an occurrence under its own key and under those its duty had before it was renamed."""
    if not occurrence.aliases:
        return records.get(occurrence.key, Record())
    found = [records[key] for key in (occurrence.key, *occurrence.aliases) if key in records]
    marks = sorted((mark for record in found for mark in record.marks), key=_written)
    return Record(tuple(marks), max((record.newest for record in found), default=0))


def answer_of(occurrence: Occurrence, record: Record) -> tuple[Answer, Mark | None]:
    whole: Mark | None = None
    apart: dict[str, Mark] = {}
    first_at: dict[str, datetime] = {}
    completed: Mark | None = None
    shops = occurrence.shops
    delegated: NewMark | None = None
    in_progress = False
    started_at: datetime | None = None
    resumed_at: datetime | None = None
    note: str | None = None
    readings: dict[tuple[str, str], float] = {}
    for mark in record.marks:
        said = mark.said
        readings.update(said.readings or {})
        note = said.note or note
        if said.kind is MarkKind.NOTE:
            continue
        if not said.kind.answers:
            if completed is not None:
                pass  # what is answered is not worked on any more
            elif said.kind is MarkKind.STARTED:
                started_at, resumed_at, delegated = started_at or said.at, said.at, None
                in_progress = True
            else:
                started_at, resumed_at, delegated = None, None, said
                in_progress = False
            continue
        delegated, in_progress = None, False
        for shop in said.shops if said.shop is None else (said.shop,):
            first_at.setdefault(shop, said.at)
        if said.shop is None:
            whole = mark
        else:
            apart[said.shop] = mark
        if completed is None and (whole or _all_in(said.shops, apart)):
            completed, shops = mark, said.shops
    if completed is None and _all_in(occurrence.shops, apart):
        # The shop that was left has been taken out of the schedule since.
        completed, shops = max((apart[shop] for shop in occurrence.shops), key=_written), occurrence.shops

    standing = [apart.get(shop, whole) for shop in shops] if shops else [whole]
    results = [_RESULT[mark.said.kind] if mark else None for mark in standing]
    reasons = [mark for mark in standing if mark and mark.said.kind is MarkKind.SKIPPED]
    answer = Answer(
        result=_together(results) if completed else None,
        marked_at=completed.said.at if completed else None,
        recorded_at=completed.recorded_at if completed else None,
        by=completed.by if completed else None,
        note=note,
        reason=max(reasons, key=_written).said.reason if reasons else None,
        readings=readings,
        shops=dict(zip(shops, results, strict=True)) if shops else {},
        shops_at={shop: first_at[shop] for shop, result in zip(shops, results, strict=True) if result} if shops else {},
        started_at=started_at,
        resumed_at=resumed_at,
        in_progress=in_progress,
        delegated_to=delegated.to if delegated else None,
        delegated_until=delegated.until if delegated else None,
        newest=record.newest,
    )
    return answer, completed


def _written(mark: Mark) -> int:
    return mark.id


def _all_in(shops: Sequence[str], answered: Mapping[str, Mark]) -> bool:
    return bool(shops) and all(shop in answered for shop in shops)


def _together(results: Sequence[Status | None]) -> Status:
    if Status.ISSUE in results:
        return Status.ISSUE
    return Status.SKIPPED if all(result is Status.SKIPPED for result in results) else Status.DONE
