"""Two consoles, the commands and an editor on one home: each sees what the others did."""

from __future__ import annotations

from pathlib import Path

from homes import Records
from shell import process
from terminal import OpenTerminal

SOON = 3.5
"""Seconds: the consoles look round within two, and whoever looks at them has other things to do."""


def test_two_consoles_and_a_command_see_each_other(console: OpenTerminal, records: Records) -> None:
    one, other = console(size=(80, 24)), console(size=(120, 36), lang="en")
    one.press("space")
    other.press("f2")
    other.type("jd parcel torn @Li !!")
    other.press("enter", "escape")
    command = ["--home", str(records.home), "--now", "2026-11-23T09:43:00+08:00"]
    assert process(*command, "done", "shop-health", "--note", "后补").code == 0
    one.see("京东 1单", "✓ 09:43", within=SOON)
    other.see("✓ 09:42", "✓ 09:43", within=SOON)
    # Each takes back its own.
    other.press("ctrl+z")
    other.see("taken back: #1")
    one.see(lambda: "京东 1单" not in one.text, within=SOON)
    assert records.item("refund-chase").status.answered


def test_an_edit_is_taken_up_and_a_broken_one_is_not(console: OpenTerminal, home: Path) -> None:
    term = console(size=(80, 24))
    file = home / "schedules" / "supervisor.yaml"
    good = file.read_text(encoding="utf-8")
    edited = good.replace("督促售后处理后台退款", "催退款")
    file.write_text(edited, encoding="utf-8")
    term.see("09:30 退款 催退款", "日程表已改", "改动 催退款", within=SOON + 2)
    lines = edited.splitlines()
    place = next(n for n, line in enumerate(lines) if "催退款" in line)
    lines[place] = lines[place].replace("zh:", "hz:")
    file.write_text("\n".join(lines), encoding="utf-8")
    term.see(f"supervisor.yaml:{place + 1}:", "09:30 退款 催退款", within=SOON + 2)
    assert "到点 1" in term.text  # what is due is seen all the same
    term.press("space")
    term.see("✓ 09:42")
    assert f"supervisor.yaml:{place + 1}:" in process("--home", str(home), "done", "shop-health").fault
    file.write_text(good, encoding="utf-8")
    term.see("09:30 退款 督促售后处理后台退款", within=SOON + 2)
    term.see(lambda: "supervisor.yaml" not in term.text, within=SOON)
