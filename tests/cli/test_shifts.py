"""An evening by commands: handed over, taken over, closed, amended, read again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shell import MONDAY, Shell


def test_a_note_is_written_and_read(shell: Shell) -> None:
    assert "Nothing was noted." in shell("18:00", "handover").out
    said = shell("18:10", "handover", "--note", "watch JD\nA is out of stock")
    assert (said.code, said.out, said.err) == (0, "", "noted for the next shift\n")
    assert shell("18:20", "handover", "--json").json["handover"] == "watch JD\nA is out of stock"
    out = shell("18:20", "handover").out
    assert "  watch JD\n  A is out of stock\n  – Wang, 18:10" in out
    assert shell("18:25", "undo").out.startswith("taken back: the note to the next shift")
    assert shell("18:30", "handover", "--note", "").fault == "the note is empty"


def test_who_takes_over_is_said_with_the_time(shell: Shell) -> None:
    said = shell("18:35", "handover", "--take", "Li")
    assert (said.code, said.out, said.err) == (0, "", "taken over: Li 18:35\n")
    assert "taken over: Li 18:35" in shell("18:40", "handover").out
    page = shell("18:40", "handover", "--note", "x", "--json", "today").json  # the date may come last
    assert [each["name"] for each in page["taken_over"]] == ["Li"]
    assert page["handover"] == "x"


def test_the_morning_reads_the_nights_page(shell: Shell) -> None:
    shell("18:00", "log", "refund tmall not received @Li 18:30")
    shell("18:05", "handover", "--note", "call back")
    out = re.sub(r"\s+", " ", shell("2026-11-24T08:40", "handover", "yesterday").out)
    for words in ("2026-11-23", "call back", "#1", "Li", "14h 10m over", "The first hour of Tue 2026-11-24", "08:45"):
        assert words in out, (words, out)
    assert "tomorrow" not in shell("18:00", "handover", "tomorrow").fault
    assert shell("18:00", "handover", "tomorrow").fault == "2026-11-24 has not begun yet"


def test_a_report_has_its_own_words_and_the_notes_of_the_day(shell: Shell) -> None:
    shell("18:05", "handover", "--note", "call back")
    said = json.loads(shell("18:40", "report", "day", "--format", "json").out)
    assert all(isinstance(sentence, str) for sentence in said["words"])
    assert [note["text"] for note in said["handover_notes"]] == ["call back"]


@pytest.mark.parametrize("format", ["chat", "markdown", "html"])
def test_the_page_in_other_formats(shell: Shell, tmp_path: Path, format: str) -> None:
    shell("18:00", "handover", "--note", "watch JD")
    out = shell("18:40", "handover", "--format", format).out
    assert "watch JD" in out
    file = tmp_path / "page.txt"
    said = shell("18:40", "handover", "-o", str(file), "--format", format)
    assert (said.code, said.out) == (0, "")
    assert re.sub(r"\s+", " ", file.read_text("utf-8").strip()) == re.sub(r"\s+", " ", out.strip())


def test_a_day_is_closed_only_when_what_is_left_is_said_to_be(shell: Shell) -> None:
    fault = shell("18:40", "close-day").fault
    assert fault.startswith("17 checks of the day are not answered (")
    assert "--leave-missed" in fault
    said = shell("18:40", "close-day", "--leave-missed", "--note", "watch JD")
    assert (said.code, said.err) == (0, "")
    assert said.out == "Mon 2026-11-23 closed; 0 of 17 answered, 0 incidents open\n"
    assert shell("18:45", "done", "shop-health").code == 0
    page = shell("18:50", "handover", "--json").json
    assert (page["handover"], page["amended"]["checks"]) == ("watch JD", 1)
    assert page["amended"]["at"].startswith(f"{MONDAY}T18:45")
    summary = shell("18:55", "close-day", "--leave-missed", "--json").json
    assert (summary["handover"], len(summary["closings"])) == ("watch JD", 2)
    assert summary["closed_at"].startswith(f"{MONDAY}T18:55")
    assert "amended 18:55: 1 check answered or changed since" in shell("19:00", "report", "day").out


def test_a_closed_day_is_read_as_it_was_handed_over(shell: Shell, tmp_path: Path) -> None:
    assert shell("18:30", "report", "day", "--as-closed").fault == "2026-11-23 was not closed"
    shell("18:40", "close-day", "--leave-missed")
    before = shell("18:40", "report", "day").out
    shell("18:45", "done", "shop-health")
    assert shell("2026-11-24T09:00", "report", "day", MONDAY, "--as-closed").out == before
    assert shell("18:50", "report", "day").out != before
    (kept,) = shell("18:50", "report", "day", "--as-closed", "--json", "--unmasked").json
    assert kept["summary"]["progress"]["answered"] == 0
    file = tmp_path / "kept.json"
    assert shell("18:50", "report", "day", "--as-closed", "--unmasked", "-o", str(file)).code == 0
    assert json.loads(file.read_text("utf-8")) == [kept]
    for words in (["week", "--as-closed"], ["day", "--as-closed", "--print"]):
        assert "--as-closed shows a day as it was kept" in shell("18:50", "report", *words).fault


def test_a_closing_is_taken_back(shell: Shell) -> None:
    shell("18:40", "close-day", "--leave-missed")
    assert shell("18:41", "undo").out.startswith("taken back: the closing of the day")
    assert "Not closed yet" in shell("18:42", "report", "day").out


def test_a_closing_stands_though_it_cannot_be_printed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (shell.home / "data" / "settings.toml").write_text("[close]\nprint = true\n", encoding="utf-8")
    said = shell("18:40", "close-day", "--leave-missed")
    assert said.code == 2
    assert "2026-11-23 closed" in said.out
    assert "no printer command" in said.err
    assert "Closed by Wang at 18:40" in shell("18:41", "report", "day").out
