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


def test_incidents_are_filtered_and_searched(shell: Shell) -> None:
    shell("09:20", "log", LINE)
    shell("09:21", "log", "退款 京东 #88120934 少件 +1h")
    shell("09:22", "log", "物流 拼多多 丢了")
    shell("09:23", "resolve", "3", "--note", "快递赔了")

    def found(*words: str) -> list[int]:
        return [each["number"] for each in shell("09:30", "incidents", "--json", *words).json]

    assert found() == [2, 1]
    assert found("--shop", "京东") == found("--category", "refunds") == found("--find", "8812") == [2]
    assert found("--person", "小赵") == found("--find", "#1") == [1]
    assert found("--person", "-") == found("--older-than", "8m", "--shop", "jd") == [2]
    assert found("--state", "resolved") == found("--find", "快递 赔") == [3]
    assert found("--all") == [2, 1, 3]
    assert found("--older-than", "1h") == []
    assert "there is no amazon in the schedule" in shell("09:30", "incidents", "--shop", "amazon").fault
    assert "is not a length of time" in shell("09:30", "incidents", "--older-than", "long").fault


def test_an_incident_s_life_by_command_and_each_undone(shell: Shell) -> None:
    shell("09:20", "log", LINE)
    steps = (
        (("assign", "1", "li"), "assignee", "小李"),
        (("assign", "1", "-"), "assignee", None),
        (("wait", "1", "carrier", "--note", "催了"), "status", "waiting"),
        (("wait", "1", "nobody"), "status", "open"),
        (("resolve", "1", "--order", "A-7", "--note", "补发"), "orders_left", ["2608123456789012345"]),
        (("resolve", "#1", "--note", "好了"), "status", "resolved"),
        (("reopen", "1"), "status", "open"),
    )

    def stands() -> dict[str, object]:
        return {
            name: value
            for name, value in shell("09:30", "incidents", "--all", "--json").json[0].items()
            if name != "limits"
        }

    states = []
    for words, name, value in steps:
        states.append(stands())
        said = shell("09:30", *words, lang="zh")
        assert said.code == 0 and said.out.startswith("#1 "), said.err
        now = stands()[name]
        assert now == value or (name == "assignee" and now in ("li", "Li")), (words, now)
    shell("09:30", "note", "1", "two", "words")
    assert shell("09:30", "incidents", "--json").json[0]["notes"][-1]["text"] == "two words"
    assert shell("09:30", "undo").code == 0
    for state in reversed(states):
        assert shell("09:30", "undo").code == 0
        assert stands() == state


def test_the_last_order_closed_says_what_is_left_to_do(shell: Shell) -> None:
    shell("09:20", "log", "退款 京东 #88120934 少件")
    said = shell("09:30", "resolve", "1", "--order", "0934")
    assert "csconsole resolve 1" in said.err and "✓#88120934" in said.out
    assert "nothing would change" in shell("09:31", "resolve", "1", "--order", "0934").fault
