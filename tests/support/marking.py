"""Marks for tests of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from csconsole.core.facts import MarkKind, NewMark

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Shanghai."""

CHECK = "check@2026-11-23"


def said(
    key: str = CHECK,
    kind: MarkKind = MarkKind.DONE,
    *,
    at: datetime = NOW,
    shop: str | None = None,
    note: str | None = None,
    readings: Mapping[tuple[str, str], float] | None = None,
) -> NewMark:
    """A mark of the business date that its key names."""
    return NewMark(
        key=key,
        business_date=date.fromisoformat(key.partition("@")[2]),
        kind=kind,
        at=at,
        due=NOW,
        grace=timedelta(minutes=15),
        shops=("tmall", "jd"),
        shop=shop,
        note=note,
        readings=readings,
    )
