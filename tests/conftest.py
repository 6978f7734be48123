"""What holds for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
import year
from hypothesis import settings

# How long an example takes says more of the machine, and of who else is at work on it, than of the program.
settings.register_profile("csconsole", deadline=None)
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile("csconsole")


@pytest.fixture(scope="session")
def year_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a year's records up to Sunday 2026-11-22, made once for all tests: to be read only. Whoever writes
    takes a copy."""
    home = tmp_path_factory.mktemp("year") / "home"
    year.fill(home)
    return home
