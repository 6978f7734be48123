"""What the console costs while nobody touches it, and what it holds."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from csconsole.cli.values import FASTEST
from tests.bench.program import Program, Usage
from tests.bench.starting import FLOOR, answers_stand, command, floor_stands

WEEK = timedelta(days=7)


def idle(homes: dict[str, Path], seconds: float) -> dict[str, Usage]:
    """What the floor and the console on each home use in that time, one beside the other; `megabytes`: what they hold
    at its beginning."""
    with ExitStack() as running:
        programs = {"floor": running.enter_context(Program(FLOOR))}
        programs |= {name: running.enter_context(Program(command(home))) for name, home in homes.items()}
        for name, program in programs.items():
            program.shows(floor_stands if name == "floor" else answers_stand)
            program.settle(3.0, within=10)
        before = {name: program.usage() for name, program in programs.items()}
        began = {name: program.now for name, program in programs.items()}
        while (left := seconds - (programs["floor"].now - began["floor"])) > 0:
            for program in programs.values():
                program.read(program.now + min(0.2, left) / len(programs))
        after = {name: program.usage() for name, program in programs.items()}
    return {
        name: Usage(
            after[name].seconds - before[name].seconds,
            after[name].wakeups - before[name].wakeups,
            after[name].sent - before[name].sent,
            before[name].megabytes,
        )
        for name in programs
    }


def week(homes: dict[str, Path]) -> dict[str, float]:
    """By how many megabytes the console on each home grows over a week, rehearsed as fast as can be, one beside the
    other, with keys all along."""
    with ExitStack() as running:
        programs = {
            name: running.enter_context(Program(command(home, "rehearse", "--speed", str(FASTEST))))
            for name, home in homes.items()
        }
        for program in programs.values():
            program.shows(lambda lines: "读取中" not in "".join(lines) and "现在" in "".join(lines))
            program.settle(1.0, within=3)
            _press_all(program)  # what is loaded when it is first used is no growth
        before = {name: program.usage().megabytes for name, program in programs.items()}
        began = {name: program.now for name, program in programs.items()}
        while any(program.now - began[name] < WEEK.total_seconds() / FASTEST for name, program in programs.items()):
            for program in programs.values():
                _press_all(program)
        return {name: program.usage().megabytes - before[name] for name, program in programs.items()}


def _press_all(program: Program) -> None:
    for key in _ROUND:
        program.press(key)
        program.settle(0.2, within=0.5)


_ROUND = ("down", "space", "f1", "escape", "2", "3", "f9", "1", "f2", "escape", "ctrl+z", "home")
"""What is pressed over and over: every page, a form, an answer and its undoing."""
