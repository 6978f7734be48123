from __future__ import annotations

import re

import pytest
from shell import Shell

INCIDENT = {
    *("number", "title", "category", "shop", "orders", "assignee", "severity", "status", "opened_at", "due_at"),
    *("resolved_at", "overdue", "occurrence", "notes"),
}
LINE = "投诉 天猫 2608123456789012345 #A-7 买家说没收到 @小赵 !! ＋２h"


def test_log_prints_the_number_alone_and_says_aside_how_it_read_the_line(shell: Shell) -> None:
    said = shell("09:20", "log", LINE)
    assert (said.code, said.out) == (0, "1\n")
    for part in (
        "#1",
        "买家说没收到",
        "Complaints",
        "Tmall flagship",
        "#2608123456789012345",
        "#A-7",
        "@小赵",
        "!!",
        "11:20",
    ):
        assert part in said.err
    assert shell("09:21", "log", "退款", "京东", "two", "words").out == "2\n"


def test_log_says_aside_what_it_assumed(shell: Shell) -> None:
    said = shell("09:20", "log", "something is wrong")
    assert (said.out, said.err.count("\n")) == ("1\n", 2) and "assumed" in said.err
    assert shell("09:21", "incidents", "--json").json[0]["title"] == "something is wrong"


def test_the_shape_of_incidents(shell: Shell) -> None:
    shell("09:20", "log", LINE)
    (incident,) = shell("11:19", "incidents", "--json").json
    assert incident.keys() >= INCIDENT
    expected = {
        "number": 1,
        "title": "买家说没收到",
        "category": "complaints",
        "shop": "tmall",
        "orders": ["2608123456789012345", "A-7"],
        "assignee": "小赵",
        "severity": "critical",
        "status": "open",
        "resolved_at": None,
        "overdue": False,
        "occurrence": None,
        "notes": [],
    }
    assert {name: incident[name] for name in expected} == expected
    assert incident["opened_at"].startswith("2026-11-23T09:20:") and incident["due_at"].endswith("+08:00")
    assert incident["due_at"].startswith("2026-11-23T11:20:")
    assert shell("11:21", "incidents", "--json").json[0]["overdue"] is True


def test_resolving_takes_it_off_the_list_and_keeps_the_note(shell: Shell) -> None:
    shell("09:20", "log", LINE)
    said = shell("10:00", "resolve", "＃1", "--note", "refunded\n[b]")
    assert said.code == 0 and "resolved" in said.out and "refunded [b]" in said.out
    assert shell("10:01", "incidents", "--json").json == []
    assert shell("10:01", "incidents").out == "no incidents\n"
    (incident,) = shell("10:01", "incidents", "--all", "--json").json
    assert (incident["status"], incident["overdue"]) == ("resolved", False)
    assert incident["resolved_at"].startswith("2026-11-23T10:00:")
    (note,) = incident["notes"]
    assert (note["by"], note["text"], note["at"][:16]) == ("Wang", "refunded\n[b]", "2026-11-23T10:00")
    assert "resolved" in shell("10:01", "incidents", "--all").out


def test_what_runs_out_first_stands_first(shell: Shell) -> None:
    for line in ("投诉 a +3h", "投诉 b +1h", "投诉 c +2h"):
        shell("09:20", "log", line)
    listed = shell("10:31", "incidents")
    assert [line.split()[0] for line in listed.out.splitlines()] == ["#2", "#3", "#1"]
    assert re.search("1[01] min over", listed.out) and re.search("(49|50) min left", listed.out)


def test_undo_takes_back_what_was_said_and_then_the_incident(shell: Shell) -> None:
    shell("09:20", "log", LINE)
    shell("09:21", "resolve", "1")
    assert "#1" in shell("09:22", "undo").out
    assert shell("09:22", "incidents", "--json").json[0]["status"] == "open"
    assert "#1" in shell("09:23", "undo").out
    assert shell("09:23", "incidents", "--all", "--json").json == []
    assert "1" in shell("09:24", "resolve", "1").fault


@pytest.mark.parametrize(
    "words", [["log", " "], ["log", "\u200b"], ["log", "x" * 10_001], ["resolve", "7"], ["resolve", "0"]]
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_is_refused_in_the_language_asked_for(shell: Shell, words: list[str], lang: str) -> None:
    fault = shell("09:00", *words, lang=lang).fault
    assert any("\u4e00" <= character <= "\u9fff" for character in fault) == (lang == "zh")
