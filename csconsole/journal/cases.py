"""Cases: kept, written anew, and found again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from csconsole.core.case import Case, CaseDraft, has_words
from csconsole.journal.store import Store, added, standing
from csconsole.journal.tables import ACTION, CASE, CaseRow, Verb


class Cases(Store):
    def keep_case(self, by: str, draft: CaseDraft, now: datetime, revises: int | None = None) -> int:
        """Keep a case, or write the one numbered `revises` anew; its number. Raises `NotSaved`."""
        with self._writing() as session:
            row = CaseRow(
                action_id=self._act(session, Verb.KEEP_CASE, by, now),
                revises=revises,
                incident=draft.incident,
                good=draft.good,
                category=draft.category,
                title=draft.title,
                happened=draft.happened,
                did=draft.did,
                next_time=draft.next_time,
            )
            number = added(session, row)
        return revises or number

    def cases(
        self,
        words: str = "",
        *,
        good: bool | None = None,
        category: str | None = None,
        kept_from: datetime | None = None,
        kept_to: datetime | None = None,
    ) -> list[Case]:
        """The cases to which all of this applies, as last written, the newest first: each of these words or parts of
        words in them, kept at or after the one instant and before the other."""
        rows = (
            select(*CASE.c, ACTION.c.actor, ACTION.c.recorded_at)
            .join(ACTION, ACTION.c.id == CASE.c.action_id)
            .where(standing(ACTION.c.id))
            .order_by(CASE.c.id)
        )
        found: dict[int, Case] = {}
        with self._reading() as connection:
            for row in connection.execute(rows):
                number = row.revises or row.id
                first = found.get(number)
                if first is None and row.revises is not None:
                    continue  # what it revises was undone
                kept_at = first.kept_at if first else row.recorded_at
                found[number] = Case(number, _draft(row), kept_at, row.recorded_at, row.actor)
        return [
            case
            for case in reversed(found.values())
            if good in (None, case.draft.good)
            and category in (None, case.draft.category)
            and (kept_from is None or case.kept_at >= kept_from)
            and (kept_to is None or case.kept_at < kept_to)
            and has_words(case.draft, words)
        ]


def _draft(row: Row[*tuple[Any, ...]]) -> CaseDraft:
    return CaseDraft(row.title, row.category, row.happened, row.did, row.next_time, row.good, row.incident)
