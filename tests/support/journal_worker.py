"""A process that works on a journal, for tests of several at once and of sudden ends.

Waits for a line on stdin before it begins, and says on stdout what was acknowledged, a line each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from marking import NOW, said

from csconsole.core.facts import Claim
from csconsole.journal import Journal, NotSaved


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def saved(verb: Callable[[], int]) -> int:
    """As a console does: what could not be saved is tried again."""
    while True:
        with suppress(NotSaved):
            return verb()


def main(url: str, console: str, work: str, times: int) -> None:
    if work == "open":
        say("ready")
        sys.stdin.readline()
    journal = Journal.open(url, console)
    if work != "open":
        say("ready")
        sys.stdin.readline()
    for n in range(times):
        match work:
            case "mark" | "open":
                readings = {("jd", "a"): float(n), ("tmall", "a"): float(n)}
                say(saved(partial(journal.mark, console, [said(f"{console}-{n}@2026-11-23", readings=readings)], NOW)))
            case "claim":
                if journal.claim(Claim("check@2026-11-23", "due", NOW + timedelta(minutes=n)), NOW):
                    say(n)
    journal.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
