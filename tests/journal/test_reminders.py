from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from marking import CHECK, NOW, said

from csconsole.core.facts import Away, Claim, Snooze
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


def test_the_absence_announced_last_counts_of_each_alone_until_it_is_undone(journal: Journal) -> None:
    assert journal.away("me") is None
    journal.leave("me", NOW + 30 * MINUTE, NOW)
    journal.leave("other", NOW + 90 * MINUTE, NOW)
    journal.leave("me", NOW + 5 * MINUTE, NOW + 5 * MINUTE)
    assert journal.away("me") == Away(NOW + 5 * MINUTE, NOW + 5 * MINUTE)
    undone = journal.undo("me", NOW + 6 * MINUTE)
    assert undone is not None
    assert (undone.verb, undone.keys) == ("away", ())
    assert journal.away("me") == Away(NOW, NOW + 30 * MINUTE)
    assert journal.away("other") == Away(NOW, NOW + 90 * MINUTE)


def test_the_last_sign_of_anybody_is_what_was_done_or_went_out_last(journal: Journal) -> None:
    assert journal.last_seen() is None
    journal.claim(Claim(CHECK, "due", NOW), NOW)
    assert journal.last_seen() == NOW
    journal.mark("me", [said()], NOW + MINUTE)
    assert journal.last_seen() == NOW + MINUTE
    journal.claim(Claim(CHECK, "repeat", NOW), NOW + 3 * MINUTE)
    assert journal.last_seen() == NOW + 3 * MINUTE
    # A clock that was wrong for a while does not count for ever.
    journal.snooze("me", CHECK, NOW + 9 * MINUTE, NOW + 2000 * MINUTE)
    journal.snooze("me", CHECK, NOW + 9 * MINUTE, NOW + 4 * MINUTE)
    assert journal.last_seen() == NOW + 4 * MINUTE
