"""The bench needs a pty, and reads Linux's accounts of processes: elsewhere its instruments cannot be tried."""

from __future__ import annotations

import sys

if sys.platform != "linux":
    collect_ignore = ["test_instruments.py"]
