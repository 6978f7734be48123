"""A case: what an incident taught, or something else worth keeping, for the weekly training."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from csconsole.core.lexicon import fold
from csconsole.core.schedule import Schedule


class CaseDraft(Struct, frozen=True):
    """What somebody says of a case. `good` or bad is how it was handled; `incident` is the number it came from."""

    title: str
    category: str
    happened: str
    did: str
    next_time: str = ""
    good: bool = True
    incident: int | None = None


class Case(Struct, frozen=True):
    """A case as it was last written, by whom and when (aware UTC); `kept_at` is when it was written first."""

    number: int
    draft: CaseDraft
    kept_at: datetime
    written_at: datetime
    by: str


class CaseBook(Struct, frozen=True):
    """The cases to be printed, and what was asked for: words, good or bad or both (None)."""

    cases: tuple[Case, ...]
    schedule: Schedule
    now: datetime
    words: str = ""
    good: bool | None = None


def has_words(draft: CaseDraft, words: str) -> bool:
    """Whether each of the words, or of the parts of words, is somewhere in it."""
    said = (draft.title, draft.category, draft.happened, draft.did, draft.next_time, f"#{draft.incident or ''}")
    text = "\n".join(map(fold, said))
    return all(word in text for word in fold(words).split())


def masked_cases(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Cases in which no buyer can be recognised."""
    from csconsole.core.masking import mask  # its patterns take long to compile, and are seldom needed

    return tuple(
        replace(
            case,
            draft=replace(
                case.draft,
                title=mask(case.draft.title),
                happened=mask(case.draft.happened),
                did=mask(case.draft.did),
                next_time=mask(case.draft.next_time),
            ),
        )
        for case in cases
    )
