"""`python -m tests.bench`: how fast the console is, beside how fast it is to be. Exit code 1 where it falls short."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench import commands, homes, resting, starting
from tests.bench.program import ROOT, Program, environment
from tests.bench.rows import Row, bound, median, p95, ratio, table

EMPTY, TEN = "empty", "ten years"
_OLD = " · ten years"


@dataclass(frozen=True)
class Bench:
    """Where the records are, how often each thing is measured, and how long."""

    folder: Path
    runs: int
    seconds: float

    def home(self, name: str) -> Path:
        home = self.folder / name.replace(" ", "-")
        if not home.exists():
            self.say(f"writing the records of {home.name}")
            homes.morning(home) if name == EMPTY else homes.ten_years(home)
        return home

    @property
    def homes(self) -> dict[str, Path]:
        return {name: self.home(name) for name in (EMPTY, TEN)}

    def say(self, words: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{words}")

    # -- the measures, by name ---------------------------------------------------------------------------------

    def start(self) -> Iterator[Row]:
        found = starting.starts(self.homes, self.runs, self.say)
        best = {name: min(taken) for name, taken in found.items()}
        for what, name, limit in (
            ("start → today's timeline", "timeline", 1.5),
            ("start → recorded answers", "answers", 2.8),
        ):
            usual = f", median {median(found[f'{name} {EMPTY}']):.0f}/{median(found['floor']):.0f}"
            yield ratio(what, limit, best[f"{name} {EMPTY}"], best["floor"], more=usual)
            yield self._aged(what, best[f"{name} {TEN}"], best[f"{name} {EMPTY}"])

    def keys(self) -> Iterator[Row]:
        times = max(1, self.runs // 5)
        early = {n: [key for _ in range(times) for key in starting.early_keys(h)] for n, h in self.homes.items()}
        for name, found in early.items():
            what = "key p95 in the first two seconds" + (_OLD if name == TEN else "")
            yield bound(what, 50, p95(found), f"ms (median {median(found):.1f})")

        with (
            Program(starting.FLOOR) as floor,
            Program(starting.command(self.home(EMPTY))) as new,
            Program(starting.command(self.home(TEN))) as old,
        ):
            programs = {"floor": floor, EMPTY: new, TEN: old}
            for name, program in programs.items():
                program.shows(starting.floor_stands if name == "floor" else starting.answers_stand)
                program.settle(1.0)
            steady: dict[str, list[float]] = {name: [] for name in programs}
            for _ in range(times):  # by turns, so that what else the machine does falls on all alike
                for name, program in programs.items():
                    steady[name] += starting.steady_keys(program, 10)
            least = median(steady["floor"])
            yield ratio("cursor key → changed", 1.5, median(steady[EMPTY]), least)
            yield bound("cursor key → changed, p95", 16, p95(steady[EMPTY]), "ms", f"{p95(steady['floor']):.3g} ms")
            yield self._aged("cursor key → changed", median(steady[TEN]), median(steady[EMPTY]))
            saved: dict[str, list[float]] = {EMPTY: [], TEN: []}
            for _ in range(times):
                for name, found in saved.items():
                    found += starting.saves(programs[name], self.home(name), 5)
            what = 'Space → "done", committed'
            yield ratio(what, 4, median(saved[EMPTY]), least)
            yield bound(what, 25, median(saved[EMPTY]), "ms")
            yield self._aged(what, median(saved[TEN]), median(saved[EMPTY]))

    def idle(self) -> Iterator[Row]:
        used = resting.idle(self.homes, self.seconds)
        floor = used["floor"]
        for name in self.homes:
            here, old = used[name], _OLD if name == TEN else ""
            percent, least = (100 * each.seconds / self.seconds for each in (here, floor))
            yield ratio(f"idle: CPU{old}", 1.5, percent, least, "% of a core")
            minutes = self.seconds / 60
            sent = f"{floor.sent / minutes / 1000:.2g} KB"
            yield bound(f"idle: to the terminal, a minute{old}", 8, here.sent / minutes / 1000, "KB", sent)
            each = f"{floor.wakeups / self.seconds:.3g} /s"
            yield bound(f"idle: wake-ups{old}", 12, here.wakeups / self.seconds, "/s", each)
            yield bound(f"memory after start{old}", 100, here.megabytes, "MB", f"{floor.megabytes:.3g} MB")

    def week(self) -> Iterator[Row]:
        for name, grown in resting.week(self.homes).items():
            yield bound("memory: growth over a rehearsed week" + (_OLD if name == TEN else ""), 10, grown, "MB")

    def commands(self) -> Iterator[Row]:
        with tempfile.TemporaryDirectory(prefix="csconsole-bench-") as scratch:  # they write
            copies = {n: Path(shutil.copytree(home, Path(scratch) / home.name)) for n, home in self.homes.items()}
            found = commands.interleaved(commands.of(copies), self.runs, self.say)
        best = {name: min(taken) for name, taken in found.items()}
        for verb in ("today", "done", "log"):
            usual = f", median {median(found[f'{verb} {EMPTY}']):.0f}/{median(found['sqlmodel']):.0f}"
            yield ratio(
                f"csconsole {verb}, to import sqlmodel", 1.4, best[f"{verb} {EMPTY}"], best["sqlmodel"], more=usual
            )
            yield self._aged(f"csconsole {verb}", best[f"{verb} {TEN}"], best[f"{verb} {EMPTY}"])
        for word, limit in (("--help", 14), ("--version", 5)):
            yield ratio(f"csconsole {word}, to python -c pass", limit, best[word], best["pass"])

    def report(self) -> Iterator[Row]:
        for kind, limit in (("month", 1.5), ("year", 4.0)):
            argv = starting.command(self.home(TEN), "report", kind, "2026-10-15")
            taken = [commands.watched(argv) for _ in range(max(3, self.runs // 8))]
            seconds = median([run.milliseconds for run in taken]) / 1000
            yield bound(f"report {kind}{_OLD}", limit, seconds, "s")
            yield bound(f"report {kind}{_OLD}: memory", 150, max(run.megabytes for run in taken), "MB")

    def search(self) -> Iterator[Row]:
        home = self.folder / "incidents"
        if not home.exists():
            self.say("writing 100,000 incidents")
            homes.ten_years(home, incidents=100_000, days=timedelta(days=30))
        yield bound("search of 100,000 incidents", 50, self._inside("search", home)["search"], "ms")

    def agenda(self) -> Iterator[Row]:
        new, old = (self._inside("agenda", home) for home in self.homes.values())
        for span in ("day", "year"):
            what = f"agenda of a {span}"
            yield Row(what, "measured", f"{old[span]:.4g} ms after ten years, {new[span]:.4g} ms after a morning", "")
        # Grows with the days asked for: a year takes no more than its days one by one.
        yield bound("agenda of a year, a day of it, to a day alone", 1.5, old["year"] / 365 / old["day"], "×")

    def _inside(self, measure: str, home: Path) -> dict[str, float]:
        argv = [sys.executable, "-m", "tests.bench.inside", measure, str(home), homes.NOW, str(max(3, self.runs // 5))]
        said = subprocess.run(argv, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
        found: dict[str, float] = json.loads(said.stdout)
        return found

    @staticmethod
    def _aged(what: str, old: float, new: float) -> Row:
        value = old / new
        return Row(f"{what}{_OLD}", "≤ 1.1×", f"{value:.2f}×  {old:.4g} ms", f"{new:.4g} ms", value, 1.1)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "start": Bench.start,
    "keys": Bench.keys,
    "idle": Bench.idle,
    "week": Bench.week,
    "commands": Bench.commands,
    "report": Bench.report,
    "search": Bench.search,
    "agenda": Bench.agenda,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("measure", nargs="*", help=f"which to take, of {', '.join(MEASURES)}; all, if none is named")
    parser.add_argument("--runs", type=int, default=40, help="starts of each program (40); other measures by this")
    parser.add_argument("--seconds", type=float, default=60, help="how long it is watched at rest (60)")
    parser.add_argument("--homes", type=Path, help="where the records are kept from one bench to the next")
    parser.add_argument("--json", type=Path, help="write the rows there as well")
    said = parser.parse_args()
    if unknown := set(said.measure) - MEASURES.keys():
        parser.error(f"there is no measure {', '.join(unknown)}")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="csconsole-bench-") as scratch:
        bench = Bench(said.homes or Path(scratch), said.runs, said.seconds)
        for name in said.measure or MEASURES:
            rows += MEASURES[name](bench)
    bench.say("")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(table(rows))
    print(f"\n{os.cpu_count()} cores, load {load}, Python {sys.version.split()[0]}; the best of {said.runs} starts")
    if said.json:
        said.json.write_text(
            json.dumps([asdict(row) | {"holds": row.holds} for row in rows], ensure_ascii=False, indent=1)
        )
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
