"""What the commands take, beside the least that Python and its libraries can."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.program import ROOT, environment
from tests.bench.starting import command

PASS = [sys.executable, "-c", "pass"]
SQLMODEL = [sys.executable, "-c", "import sqlmodel"]


@dataclass(frozen=True, slots=True)
class Run:
    milliseconds: float
    megabytes: float


def once(argv: list[str]) -> float:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    began = time.perf_counter()
    subprocess.run(argv, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - began) * 1000


def watched(argv: list[str]) -> Run:
    """The same, with the most memory the command ever held."""
    began = time.perf_counter()
    process = subprocess.Popen(argv, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        with suppress(OSError, StopIteration, IndexError):
            status = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            most = max(most, int(next(line for line in status if line.startswith("VmHWM")).split()[1]))
        time.sleep(0.005)
    assert process.returncode == 0, argv
    return Run((time.perf_counter() - began) * 1000, most / 1024)


def interleaved(commands: dict[str, list[str]], runs: int, said: Callable[[str], None]) -> dict[str, list[float]]:
    """Milliseconds of each, in rounds whose order changes. One round more warms up."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(-1, runs):
        order = list(commands)
        random.Random(number).shuffle(order)
        for name in order:
            taken = once(commands[name])
            if number >= 0:
                found[name].append(taken)
        said(f"commands {number + 1} of {runs}")
    return found


def of(homes: dict[str, Path]) -> dict[str, list[str]]:
    """The commands to be measured, by name; those of the shell's everyday on each home."""
    words = {"today": ["today"], "done": ["done", "refund-chase"], "log": ["log", "退款 天猫 #88120934 没到账"]}
    return (
        {"pass": PASS, "sqlmodel": SQLMODEL}
        | {f"{verb} {name}": command(home, *said) for verb, said in words.items() for name, home in homes.items()}
        | {word: [*command(next(iter(homes.values())))[:3], word] for word in ("--help", "--version")}
    )
