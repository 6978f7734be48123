"""Words for the clocks of incidents, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from routine import at

from csconsole import i18n
from csconsole.core.incident import Clock, Draft, Event, EventKind, Incident
from csconsole.wording import limits as limitwording

NOON = at("2026-11-23 12:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITED = Draft("late", "c", respond_by=NOON + 25 * MINUTE, due_at=NOON + 3 * HOUR, stands_still=True)
ANSWERED = Event(EventKind.ANSWERED, NOON, "me")
WAITING = Event(EventKind.WAITING, NOON, "me", value="buyer")


@pytest.mark.parametrize(
    ("draft", "events", "after", "zh", "en"),
    [
        (LIMITED, (), timedelta(), "回复 剩 25分", "answer 25 min left"),
        (LIMITED, (ANSWERED,), 3 * HOUR + 35 * MINUTE, "结案 超时 35分", "settle 35 min over"),
        (LIMITED, (ANSWERED, WAITING), 99 * HOUR, "结案 剩 3时,暂停", "settle 3h left, stands still"),
        (
            replace(LIMITED, platform_by=NOON + HOUR),
            (ANSWERED, WAITING),
            HOUR / 2,
            "平台 剩 30分",
            "platform 30 min left",
        ),
        (Draft("late", "c"), (), timedelta(), "", ""),
        (LIMITED, (Event(EventKind.RESOLVED, NOON, "me"),), timedelta(), "", ""),
    ],
)
def test_what_is_left(draft: Draft, events: tuple[Event, ...], after: timedelta, zh: str, en: str) -> None:
    incident = Incident(1, draft, NOON, "me", events)
    for language, words in (("zh", zh), ("en", en)):
        with i18n.speaking(language):  # type: ignore[arg-type]  # one of both
            assert limitwording.left(incident, NOON + after) == words


def test_each_clock_has_its_word() -> None:
    with i18n.speaking("zh"):
        assert [limitwording.clock(clock) for clock in Clock] == ["回复", "结案", "平台"]
