"""What the program writes is its owner's alone, and what people typed is in no log."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from shell import process
from terminal import OpenTerminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a user's profile is the user's own on Windows")

BUYER = "买家张三 13800138000"


@pytest.mark.long
def test_all_that_is_written_is_the_owners_and_no_log_tells_of_a_buyer(console: OpenTerminal, tmp_path: Path) -> None:
    home = tmp_path / "fresh"
    (tmp_path / "sitecustomize.py").write_text(
        "from csconsole.desk import Desk\n"
        "def broken(self): raise RuntimeError([i.draft for i in self.incidents(all=True)])\n"
        "Desk.undo = broken\n"
    )
    umask = os.umask(0o022)
    try:
        command = ("--home", str(home), "--lang", "zh", "--now", "2026-11-23T09:41+08:00")
        assert process(*command, "log", f"投诉 {BUYER}").code == 0
        settings = home / "data" / "settings.toml"
        settings.touch(0o600)
        term = console(where=home, env={"PYTHONPATH": str(tmp_path)})
        term.press("space")
        term.see("✓ 09:42")
        term.press("ctrl+z")
        term.see("出错了", "csconsole.log")
        term.press("4")
        term.see("客服日报")
        term.press("ctrl+s")
        term.settle(1)
        term.press("1")
        term.see(lambda: any((home / "data" / "reports").iterdir()))
        term.press("ctrl+q")
        assert term.ended() == 0
        assert process(*command, "backup").code == 0
        assert process(*command, "report", "day", "--format", "html", "-o", str(home / "data" / "r.html")).code == 0
    finally:
        os.umask(umask)
    log = (home / "data" / "csconsole.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log and "in broken" in log
    assert not [word for word in (*BUYER.split(), "张三") if word in log]
    modes = {path.relative_to(home): stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*")}
    assert {str(path): oct(mode) for path, mode in modes.items() if mode not in (0o600, 0o700)} == {}
    kinds = {path.parts[1] for path in modes if path.parts[0] == "data" and len(path.parts) > 1}
    assert kinds >= {"backups", "cache", "csconsole.log", "csconsole.sqlite3", "r.html", "reports", "snapshots"}
    assert any(path.parent.name == "reports" for path in modes)
