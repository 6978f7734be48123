"""A process that works on a journal, for tests of several at once and of sudden ends.

Waits for a line on stdin before it begins, and says on stdout what was acknowledged, a line each.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from marking import NOW, said

from csconsole.core.facts import Claim
from csconsole.journal import Journal


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(url: str, console: str, work: str, times: int) -> None:
    if work == "open":
        say("ready")
        sys.stdin.readline()
    journal = Journal.open(url)  # as a command does
    if work != "open":
        say("ready")
        sys.stdin.readline()
    for n in range(times):
        match work:
            case "mark" | "open":
                readings = {("jd", "a"): float(n), ("tmall", "a"): float(n)}
                say(journal.mark(console, [said(f"{console}-{n}@2026-11-23", readings=readings)], NOW))
            case "claim":
                if journal.claim(Claim("check@2026-11-23", "due", NOW + timedelta(minutes=n)), NOW):
                    say(n)
    journal.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
