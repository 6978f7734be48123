"""A process that carries out command lines, one after the other, as `csconsole` does: with a Desk of its own for each.

Reads them on stdin, a line each, its words apart by tabs; says of each, on a line, how it ended and what it complained
of.
"""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout

from csconsole.__main__ import main


def run() -> None:
    for line in sys.stdin:
        complaint = io.StringIO()
        with redirect_stdout(io.StringIO()), redirect_stderr(complaint):
            code = main(line.rstrip("\n").split("\t"))
        sys.stdout.write(f"{code} {complaint.getvalue()!r}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run()
