"""What the Desk takes for what no screen shows alone, in a process of its own: it prints milliseconds, as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from csconsole.clock import Clock
from csconsole.desk import Desk
from csconsole.workspace import Workspace


def main(home: Path, now: str, most: int) -> None:
    desk = Desk(Workspace.find(home=str(home)), Clock(datetime.fromisoformat(now)), "王主管")
    desk.open()
    today = desk.today()
    found = {
        "day": _taken(lambda: desk.look(today - timedelta(days=1)), most * 4),
        "year": _taken(lambda: [desk.look(today - timedelta(days=n)) for n in range(365)], most),
    }
    if search := getattr(desk, "search", None):
        found["search"] = max(_taken(partial(search, words), most) for words in ("退款", "快递停滞", "29999", "zzz"))
    desk.close()
    json.dump(found, sys.stdout)


def _taken(work: Callable[[], object], times: int) -> float:
    """Milliseconds, at the median; the first time loads what is loaded once."""
    work()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
