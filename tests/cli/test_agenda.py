from __future__ import annotations

from pathlib import Path

import pytest
from shell import MONDAY, Shell

ITEM = {
    *("key", "duty", "kind", "title", "category", "planned", "due", "until", "status", "overlaps", "marked_at"),
    *("late_seconds", "by", "note", "reason", "readings", "shops"),
}
PROGRESS = {"total", "answered", "done", "issue", "skipped", "missed", "overdue", "on_time"}
SHOPS = ["tmall", "taobao", "jd", "pdd", "douyin", "kuaishou"]


# -- today -----------------------------------------------------------------------------------------------------


def test_the_shape_of_today(shell: Shell) -> None:
    day = shell("09:42", "today", "--json").json
    assert {"date", "weekday", "day_type", "holiday_name", "provisional", "now", "items", "progress"} <= day.keys()
    assert (day["date"], day["day_type"], day["holiday_name"]) == (MONDAY, "workday", None)
    assert day["provisional"] is False
    assert day["now"].startswith("2026-11-23T09:42:") and day["now"].endswith("+08:00")
    assert day["progress"].keys() >= PROGRESS and day["progress"]["total"] == len(day["items"]) == 17
    for item in day["items"]:
        assert item.keys() >= ITEM
        assert item["key"] == f"{item['duty']}@{MONDAY}"
        assert item["planned"].endswith(":00+08:00") and item["due"] >= item["planned"]
        assert set(item["shops"].values()) <= {False}


def test_statuses_follow_the_clock(shell: Shell) -> None:
    """Due at its time, still due at the very end of the grace of 15 minutes, overdue then."""
    statuses = [
        shell.item(now, "complaints-and-refunds")["status"]
        for now in ("08:59", "09:00", "09:14", "09:16", "2026-11-24T04:59", "2026-11-24T05:00")
    ]
    assert statuses == ["upcoming", "due", "due", "overdue", "overdue", "missed"]


def test_the_meeting_puts_off_the_check_inside_it(shell: Shell) -> None:
    check, meeting = shell.item("10:20", "late-wrong-shipments"), shell.item("10:20", "morning-meeting")
    assert (check["planned"][11:16], check["due"][11:16], check["status"]) == ("10:00", "10:30", "upcoming")
    assert check["overlaps"] == [meeting["key"]] and meeting["overlaps"] == [check["key"]]
    assert (meeting["planned"][11:16], meeting["until"][11:16], meeting["kind"]) == ("09:50", "10:30", "weekly")


def test_the_day_begins_at_five(shell: Shell) -> None:
    assert shell("2026-11-24T04:59", "today", "--json").json["date"] == MONDAY
    assert shell("2026-11-24T05:00", "today", "--json").json["date"] == "2026-11-24"
    begun = shell("2026-11-24", "today", "--json").json
    assert (begun["date"], begun["now"][:16]) == ("2026-11-24", "2026-11-24T05:00")


@pytest.mark.parametrize(
    ("said", "date"),
    [("yesterday", "2026-11-22"), ("today", MONDAY), ("tomorrow", "2026-11-24"), ("2026-12-31", "2026-12-31")],
)
def test_a_date_may_be_named(shell: Shell, said: str, date: str) -> None:
    assert shell("09:00", "today", "--date", said, "--json").json["date"] == date


def test_nothing_is_owed_from_before_the_journal_began(shell: Shell) -> None:
    day = shell("09:00", "today", "--date", "2026-11-20", "--json").json
    assert day["items"] == [] and day["progress"]["total"] == 0
    assert "nothing is owed" in shell("09:00", "today", "--date", "2026-11-20").out


def test_a_weekly_duty_is_carried_until_it_is_answered(shell: Shell) -> None:
    carried = shell.item("2026-12-01T09:00", "invoices", "2026-12-01")
    assert (carried["key"], carried["status"]) == ("invoices@2026-11-27", "overdue")
    assert shell("2026-12-01T09:01", "done", "invoices").code == 0
    assert shell.item("2026-12-01T09:02", "invoices", "2026-12-01")["status"] == "done"
    later = shell("2026-12-02T09:00", "today", "--json").json
    assert "invoices" not in [item["duty"] for item in later["items"]]


def test_a_holiday_has_a_name_and_a_late_year_is_provisional(shell: Shell) -> None:
    holiday = shell("09:00", "today", "--date", "2026-10-01", "--json").json
    assert holiday["day_type"] == "holiday" and holiday["holiday_name"] and not holiday["provisional"]
    assert shell("09:00", "today", "--date", "2027-03-01", "--json").json["provisional"] is True


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_plain_text_is_aligned_and_draws_nothing(shell: Shell, lang: str) -> None:
    from csconsole.core.text import width

    said = shell("10:05", "today", lang=lang)
    lines = said.out.split("\n\n")[1].splitlines()
    assert said.err == "" and len(lines) == 17
    # The titles, which begin after the ids, all begin in one column.
    ids = [next(word for word in line.split() if word.isascii() and "-" in word) for line in lines]
    assert len({width(line[: line.index(id_)]) for line, id_ in zip(lines, ids, strict=True)}) == 1
    assert not any(0x2500 <= ord(character) < 0x2580 for character in said.out)
    for glyph, word in (("▲", {"en": "overdue", "zh": "超时"}[lang]), ("·", {"en": "upcoming", "zh": "未到"}[lang])):
        assert f"{glyph} {word}" in said.out


# -- done, skip, undo ------------------------------------------------------------------------------------------


def test_done_says_what_was_recorded(shell: Shell) -> None:
    said = shell("09:06", "done", "complaints-and-refunds", "--note", "all quiet")
    assert said.code == 0 and said.out.count("\n") == 1
    for part in ("✓ done", "Complaints and refund progress", "09:06", "6 min late", "Wang", "all quiet", f"@{MONDAY}"):
        assert part in said.out
    item = shell.item("12:00", "complaints-and-refunds")
    assert (item["status"], item["by"], item["note"], item["late_seconds"]) == ("done", "Wang", "all quiet", 360)
    assert item["marked_at"].startswith("2026-11-23T09:06:") and set(item["shops"].values()) == {True}


def test_done_at_one_shop_after_the_other(shell: Shell) -> None:
    for number, shop in enumerate(SHOPS):
        assert shell.item("09:05", "refund-chase")["marked_at"] is None
        said = shell(f"09:3{number}", "done", "refund-chase", "--shop", shop, *(["--issue"] if shop == "jd" else []))
        assert ("still to answer" in said.out) == (shop != "kuaishou")
        assert ("! issue found (JD shop)" if shop == "jd" else "✓ done (") in said.out
        assert [s for s, answered in shell.item("09:40", "refund-chase")["shops"].items() if answered] == SHOPS[
            : number + 1
        ]
    item = shell.item("09:40", "refund-chase")
    assert (item["status"], item["marked_at"][:16]) == ("issue", "2026-11-23T09:35")


def test_readings_belong_to_the_shop_that_is_named_and_survive(shell: Shell) -> None:
    key = "complaints-and-refunds"
    shell("09:01", "done", key, "--shop", "tmall", "--reading", "refunds_pending=２３", "complaints_open＝1")
    shell("09:02", "done", key, "--reading", "refunds_pending=40", "--note", "the rest")
    shell("09:03", "done", key, "--issue")
    item = shell.item("09:10", key)
    assert item["readings"] == {"refunds_pending": {"tmall": 23, "": 40}, "complaints_open": {"tmall": 1}}
    assert (item["status"], item["note"], item["marked_at"][:16]) == ("issue", "the rest", "2026-11-23T09:02")


def test_repeats_and_early_answers_are_accepted(shell: Shell) -> None:
    assert shell("08:05", "done", "sales-and-handover").code == 0
    assert shell("08:06", "done", "sales-and-handover").code == 0
    item = shell.item("08:10", "sales-and-handover")
    assert (item["status"], item["late_seconds"]) == ("done", 0)


def test_skip_keeps_its_reason(shell: Shell) -> None:
    assert "shop closed" in shell("09:00", "skip", "refund-chase", "--reason", "shop closed").out
    item = shell.item("09:31", "refund-chase")
    assert (item["status"], item["reason"]) == ("skipped", "shop closed")


def test_a_key_may_be_typed_in_full_width(shell: Shell) -> None:
    assert shell("09:00", "done", f" refund-chase＠{MONDAY} ").code == 0
    assert shell.item("09:31", "refund-chase")["status"] == "done"


def test_undo_takes_back_the_actors_own_actions_one_after_the_other(shell: Shell) -> None:
    shell("09:00", "done", "shop-health", by="Li")
    shell("09:01", "done", "complaints-and-refunds", "--shop", "jd", "--reading", "refunds_pending=9")
    shell("09:02", "skip", "refund-chase", "--reason", "none")
    assert "refund-chase" in shell("09:03", "undo").out
    assert "complaints-and-refunds" in shell("09:03", "undo").out
    assert "undo" in shell("09:03", "undo").fault
    assert shell.item("09:05", "refund-chase")["status"] == "upcoming"
    assert shell.item("09:05", "complaints-and-refunds")["readings"] == {}
    assert shell.item("09:05", "shop-health")["status"] == "done"
    assert "shop-health" in shell("09:06", "undo", by="Li").out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["done", "refund-chas"], "refund-chase"),
        (["done", "refund-chase@2026-11"], "@2026-11-23"),
        (["done", "morning-meeting@2026-11-24"], "2026-11-24"),
        (["done", ""], ""),
        (["done", "@"], "@"),
        (["done", "invoices"], "invoices@2026-11-27"),
        (["done", "refund-chase", "--shop", "jdd"], "jd"),
        (["done", "one-to-one", "--shop", "jd"], "--shop"),
        (["done", "refund-chase", "--reading", "sales_amount=1"], "refunds_pending"),
        (["done", "refund-chase", "--reading", "refunds_pending=-1"], ""),
        (["done", "refund-chase", "--reading", "refunds_pending=1", "refunds_pending=2"], "refunds_pending"),
        (["skip", "refund-chase", "--reason", " "], "--reason"),
        (["today", "--date", "2026-02-30"], "2026-02-30"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(shell: Shell, words: list[str], hint: str) -> None:
    assert hint in shell("09:00", *words).fault
    assert shell("09:00", words[0], *words[1:], lang="zh").code == 2
    assert "undo" in shell("09:01", "undo").fault


HOSTILE = [
    "[/red] [@click=app.quit]x[/] %s{0}{now} '; DROP TABLE mark; -- ＠＃！：",
    "\x1b]0;owned\x07\x1b[2J\u202egpj.exe\u200b a\nb\r\nc",
    "\udcff\ud800",
    "你好" * 2000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_data_wherever_it_is_typed(shell: Shell, text: str) -> None:
    said = [
        shell("09:00", "done", "refund-chase", "--note", text),
        shell("09:00", "skip", "shop-health", "--reason", f"x{text}"),
        shell("09:00", "done", "one-to-one", by=f"x{text}"),
        shell("09:00", "log", f"投诉 x{text}"),
        shell("09:00", "resolve", "1", "--note", text),
        shell("09:00", "done", f"x{text}"),
        shell("09:00", "done", "refund-chase", "--shop", f"x{text}"),
        shell("09:00", "done", "refund-chase", "--reading", f"x{text}=1"),
        shell("09:00", "today", "--date", f"x{text}"),
        shell("09:00", "report", f"x{text}"),
        shell("09:00", f"x{text}"),
        shell("09:00", "resolve", f"x{text}"),
        shell("09:00", "today"),
        shell("09:00", "incidents", "--all"),
        shell("09:00", "report", "day"),
    ]
    assert [each.code for each in said] == [0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0]
    for each in said:
        assert not set("\x1b\x07\u202e\u200b\r\udcff") & set(each.out + each.err)
        assert "Traceback" not in each.err
        if each.code:
            assert each.err.count("\n") == 1


@pytest.mark.parametrize("now", ["1970-01-01", "2100-12-31T23:59"])
def test_the_clock_of_a_command_may_stand_at_either_end_of_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], now: str
) -> None:
    day = Shell(tmp_path, capsys)(now, "today", "--json").json
    assert day["date"] == now[:10] and len(day["items"]) >= 15
