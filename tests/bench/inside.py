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


def main(measure: str, home: Path, now: str, times: int) -> None:
    desk = Desk(Workspace.find(home=str(home)), Clock(datetime.fromisoformat(now)), "王主管")
    desk.open()
    last = desk.today() - timedelta(days=1)
    found = {}
    if measure == "agenda":
        found["day"] = _taken(partial(desk.look, last), times * 4)
        found["year"] = _taken(partial(desk.look_back, last - timedelta(days=364), last), times)
    else:
        # Much is found, little, one by its number, nothing at all in either script.
        words = ("退款", "快递停滞 天猫", "99999", "zzz", "发霉了")
        found["search"] = max(_taken(partial(desk.find_incidents, each), times) for each in words)
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
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
