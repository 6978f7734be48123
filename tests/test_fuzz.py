"""What reads text from outside, fuzzed for long: the schedule loader, the one-line log, restore; and undo."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


@pytest.mark.long
@pytest.mark.parametrize(
    "words",
    [
        ("schedule_file/test_fuzz.py",),
        ("core/test_quickline.py",),
        ("journal/test_maintenance.py", "-k", "wrong_bytes"),
        ("journal/test_undo.py", "-k", "any_order"),
    ],
    ids=["schedule", "log", "restore", "undo"],
)
def test_thirty_times_as_many_examples_as_usual(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pytest", "--hypothesis-profile=long", str(TESTS / words[0]), *words[1:]]
    done = subprocess.run(command, capture_output=True, text=True, cwd=TESTS.parent, check=False)
    assert done.returncode == 0, done.stdout
