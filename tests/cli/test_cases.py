"""Cases by command."""

from __future__ import annotations

from pathlib import Path

from shell import Shell


def test_a_case_is_kept_from_an_incident_and_from_nothing(shell: Shell, tmp_path: Path) -> None:
    shell("09:20", "log", "投诉 天猫 2608123456789012345 没收到")
    shell("09:30", "resolve", "1", "--note", "补发")
    kept = shell("09:31", "case", "1", "--next", "先查底单", "--bad")
    assert (kept.code, kept.out) == (0, "1\n")
    other = shell("09:32", "case", "--title", "夸奖", "--category", "service", "--happened", "买家点名表扬")
    assert other.out == "2\n"
    assert [case["number"] for case in shell("09:33", "cases", "--json").json] == [2, 1]
    (found,) = shell("09:33", "cases", "底单", "--bad", "--json").json
    assert (found["incident"], found["did"], found["good"]) == (1, "resolved: 补发", False)
    assert shell("09:33", "cases", "--to", "2026-11-22", "--json").json == []
    page = shell("09:33", "cases", "--from", "today", lang="zh").out
    assert "夸奖" in page and "先查底单" in page and "2608…2345" in page
    target = tmp_path / "cases.html"
    assert shell("09:33", "cases", "--good", "-o", str(target)).code == 0
    assert "夸奖" in target.read_text(encoding="utf-8")
    assert shell("09:34", "case", "--revise", "2", "--next", "照做").out == "2\n"
    assert shell("09:34", "cases", "照做", "--json").json[0]["title"] == "夸奖"
    for _ in range(3):
        assert shell("09:35", "undo").code == 0
    assert shell("09:35", "cases", "--json").json == []


def test_what_is_no_case_is_told(shell: Shell) -> None:
    assert "--title" in shell("09:20", "case").fault
    assert "there is no incident 9" in shell("09:20", "case", "9").fault
    assert "there is no case 9" in shell("09:20", "case", "--revise", "9").fault
    assert "say what happened" in shell("09:20", "case", "--title", "x").fault
