from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from marking import CHECK, NOW

from csconsole.core.facts import Claim, Snooze
from csconsole.journal import Journal

MINUTE = timedelta(minutes=1)


def test_a_reminder_is_claimed_once_ever(opening: Callable[[str | None], Journal]) -> None:
    desk, laptop = opening("desk"), opening("laptop")
    claim = Claim(CHECK, "due", NOW, basis=3)
    assert desk.claim(claim, NOW)
    assert not laptop.claim(claim, NOW)
    assert not desk.claim(claim, NOW + MINUTE)
    assert opening("restarted").claims([CHECK]) == {claim}


def test_another_stage_time_or_basis_is_another_reminder(journal: Journal) -> None:
    claims = [
        Claim(CHECK, "due", NOW),
        Claim(CHECK, "ahead", NOW),
        Claim(CHECK, "due", NOW + MINUTE),
        Claim(CHECK, "due", NOW, basis=1),
        Claim("other@2026-11-23", "due", NOW),
    ]
    assert all(journal.claim(claim, NOW) for claim in claims)
    assert journal.claims([CHECK]) == set(claims[:4])
    assert journal.claims([]) == set()


def test_the_same_instant_in_another_zone_is_the_same_claim(journal: Journal) -> None:
    assert journal.claim(Claim(CHECK, "due", NOW), NOW)
    shanghai: datetime = NOW.astimezone(ZoneInfo("Asia/Shanghai"))
    assert not journal.claim(Claim(CHECK, "due", shanghai), NOW)


def test_a_claim_that_was_refused_leaves_the_journal_working(journal: Journal) -> None:
    claim = Claim(CHECK, "due", NOW)
    journal.claim(claim, NOW)
    journal.claim(claim, NOW)
    journal.snooze("me", CHECK, NOW + MINUTE, NOW)
    assert CHECK in journal.snoozes([CHECK])


def test_the_snooze_set_last_counts_until_it_is_undone(journal: Journal) -> None:
    journal.snooze("me", CHECK, NOW + 30 * MINUTE, NOW)
    journal.snooze("me", CHECK, NOW + 10 * MINUTE, NOW + MINUTE)
    journal.snooze("me", "other@2026-11-23", NOW, NOW)
    assert journal.snoozes([CHECK]) == {CHECK: Snooze(CHECK, NOW + 10 * MINUTE, NOW + MINUTE)}
    journal.undo("me", NOW)
    journal.undo("me", NOW)
    assert journal.snoozes([CHECK, "other@2026-11-23"]) == {CHECK: Snooze(CHECK, NOW + 30 * MINUTE, NOW)}
