"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes says more of the machine, and of who else is at work on it, than of the program.
settings.register_profile("csconsole", deadline=None)
settings.load_profile("csconsole")
