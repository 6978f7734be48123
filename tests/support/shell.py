"""Driving the commands in tests: in this process, where it is quick, and as real processes, where it must be real."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from csconsole.__main__ import main

MONDAY = "2026-11-23"
"""The business day on which the homes of these tests began: a workday, with the morning meeting."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def fault(self) -> str:
        """The one line a user's fault is to say."""
        assert self.code == 2, (self.code, self.out, self.err)
        assert self.err.endswith("\n") and self.err.count("\n") == 1, self.err
        assert self.out == ""
        return self.err.rstrip("\n")


@dataclass(frozen=True, slots=True)
class Shell:
    """`shell("09:06", "done", …)` runs a command in this process, at a time of Monday or at another instant."""

    home: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, now: str, *words: str, lang: str = "en", by: str = "Wang") -> Said:
        instant = now if len(now) > 5 else f"{MONDAY}T{now}"
        self.capsys.readouterr()
        code = main(["--home", str(self.home), "--lang", lang, "--by", by, "--now", instant, *words])
        said = self.capsys.readouterr()
        return Said(code, said.out, said.err)

    def item(self, now: str, key: str, day: str = MONDAY) -> dict[str, Any]:
        """An item of a day as `today --json` shows it, by its key or its duty's id."""
        found = [
            it for it in self(now, "today", "--date", day, "--json").json["items"] if key in (it["key"], it["duty"])
        ]
        assert len(found) == 1, found
        item: dict[str, Any] = found[0]
        return item


def process(*words: str, env: Mapping[str, str] | None = None, cwd: Path | None = None, **more: Any) -> Said:
    """Run csconsole as a process of its own, in an environment without locale, colour or settings but `env`."""
    bare = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *more.pop("python", ()), "-m", "csconsole", *words],
        env={**bare, "PYTHONDONTWRITEBYTECODE": "", **(env or {})},
        cwd=cwd,
        capture_output=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        **more,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
