"""How soon the console is there, and how soon it answers keys: in the first two seconds, and afterwards."""

from __future__ import annotations

import random
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from tests.bench.homes import NOW
from tests.bench.program import Program

# What the installed script does.
_LAUNCH = "import sys; from csconsole.__main__ import main; sys.exit(main())"
FLOOR = [sys.executable, str(Path(__file__).with_name("floor.py"))]

FIRST = 2.0
"""Seconds from the first paint in which the rest is still being loaded."""
_CURSOR = "▸"
_ITEM = re.compile(r"│[ ▸](\d\d:\d\d) ")
_BELOW = 13
"""How many items of the timeline lie below the one that is due."""


def command(home: Path, *words: str) -> list[str]:
    options = ["--home", str(home), "--lang", "zh", "--by", "王主管", "--now", NOW]
    return [sys.executable, "-c", _LAUNCH, *options, *words]


# -- what is to be seen ----------------------------------------------------------------------------------------


def floor_stands(lines: list[str]) -> bool:
    return any("READY" in line for line in lines)


def timeline_stands(lines: list[str]) -> bool:
    """Today's items are there, and the line of now between the one that is due and the one that comes next."""
    now = next((n for n, line in enumerate(lines) if "── 09:4" in line and "现在" in line), None)
    if now is None or "工作日" not in lines[0]:
        return False
    around = (("09:30", now - 1), ("09:50", now + 1), ("14:00", now + 8))
    return all(time in lines[y] for time, y in around if y < len(lines))


def answers_stand(lines: list[str]) -> bool:
    """The timeline says what was answered, and nothing is still being loaded."""
    whole = "\n".join(lines)
    return "✓ 08:50" in whole and "读取中" not in whole and timeline_stands(lines)


# -- starting --------------------------------------------------------------------------------------------------

Starts = dict[str, list[float]]


def starts(homes: dict[str, Path], runs: int, said: Callable[[str], None]) -> Starts:
    """Milliseconds from the execution to what is to be seen: of the floor, and of the console on each home. In rounds,
    in an order that changes, so that what else the machine does falls on all alike. One round more warms up."""
    found: Starts = {"floor": []} | {f"{what} {name}": [] for name in homes for what in ("timeline", "answers")}
    for number in range(-1, runs):
        order = ["floor", *homes]
        random.Random(number).shuffle(order)
        for name in order:
            with Program(FLOOR if name == "floor" else command(homes[name])) as program:
                if name == "floor":
                    seen = {"floor": program.shows(floor_stands)}
                else:
                    seen = {f"timeline {name}": program.shows(timeline_stands)}
                    # Both may come with one piece.
                    done = answers_stand(program.lines)
                    at = seen[f"timeline {name}"] if done else program.shows(answers_stand)
                    seen[f"answers {name}"] = at
            if number >= 0:
                for what, instant in seen.items():
                    found[what].append(instant * 1000)
        said(f"start {number + 1} of {runs}")
    return found


def early_keys(home: Path) -> list[float]:
    """Milliseconds from each key of the first two seconds to the cursor having moved, down the timeline. Keys come on
    the beat, whether the one before was answered or not."""
    presses: list[float] = []
    with Program(command(home)) as program:
        program.read(30, mark="现在".encode())
        for _ in range(_BELOW):
            presses.append(program.press("down"))
            program.read(program.now + FIRST / _BELOW)
        program.read(program.now + 1.0)
        places = [(instant, place) for instant in program.frames() if (place := _cursor(program.lines))]
        order = [found[1] for line in program.lines if (found := _ITEM.match(line))]
    # A key moves the cursor from one item to the next; two that were carried out at once move it by two.
    moves: list[float] = []
    for (_before, old), (instant, new) in pairwise(places):
        moves += [instant] * abs(order.index(new) - order.index(old))
    assert len(moves) == len(presses), f"{len(presses)} keys, {len(moves)} moves"
    return [(moved - pressed) * 1000 for pressed, moved in zip(presses, moves, strict=True)]


def _cursor(lines: list[str]) -> str | None:
    """The time of the item on which the cursor stands."""
    items = (found for line in lines if (found := _ITEM.match(line)))
    return next((found[1] for found in items if _CURSOR in found[0]), None)


# -- afterwards ------------------------------------------------------------------------------------------------


def steady_keys(program: Program, presses: int) -> list[float]:
    """Milliseconds from a cursor key to the first change of the screen, of a program at rest."""
    chance, found = random.Random(1), []
    for n in range(presses):
        program.settle(0.1 + chance.random() / 20)
        before = program.image()
        pressed = program.press("down" if n // 5 % 2 == 0 else "up")
        program.read(pressed + 1.0, 0.1)
        changed = next(instant for instant in program.frames() if program.image() != before)
        found.append((changed - pressed) * 1000)
    return found


def saves(program: Program, home: Path, presses: int) -> list[float]:
    """Milliseconds from Space to "done" on the screen. By then it is in the database: another connection sees it, as
    often as it is looked for. In between it is taken back."""
    found = []
    program.press("home")
    program.settle(0.2)
    with closing(sqlite3.connect(home / "data" / "csconsole.sqlite3")) as records:
        for _ in range(presses):
            before = _marks(records)
            pressed = program.press("space")
            shown = program.shows(lambda lines: "✓ 09:4" in "\n".join(lines))
            assert _marks(records) == before + 1
            found.append((shown - pressed) * 1000)
            program.settle(0.15)
            program.press("ctrl+z")
            program.shows(lambda lines: "✓ 09:4" not in "\n".join(lines))
            program.settle(0.15)
    return found


def _marks(records: sqlite3.Connection) -> int:
    return int(records.execute("SELECT count(*) FROM mark").fetchone()[0])
