"""kill -9 at random moments of keyboard work and of commands beside it: what was acknowledged is there, once."""

from __future__ import annotations

import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Timer

import pytest
from homes import Records, desk_on
from terminal import OpenTerminal, Terminal

LOGGED = re.compile(r"已记 #\d+:(k\d+)")
ANSWERED = re.compile(r"✓ 09:4\d")
AT = ("--now", "2026-11-23T09:42:00+08:00")


class Command:
    """A command that is killed so many seconds from now, unless it ends before."""

    def __init__(self, home: Path, kill_in: float, *words: str) -> None:
        self.word = words[-1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "csconsole", "--home", str(home), "--lang", "zh", *AT, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._timer = Timer(kill_in, self._process.kill)
        self._timer.start()

    def ended(self) -> tuple[bool, bool]:
        """Whether it acknowledged what it did, and whether it was killed."""
        said, complaint = self._process.communicate()
        self._timer.cancel()
        assert "Traceback" not in complaint
        assert self._process.returncode in (0, -signal.SIGKILL), complaint
        return self._process.returncode == 0 or said.endswith("\n"), self._process.returncode != 0


@dataclass
class Tally:
    """What was asked for and what of it was acknowledged, by a word of its own; how often what was killed, and how
    long starts took."""

    asked: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    answered: int = 0
    """How many checks were seen to be answered, at most."""
    kills: Counter[str] = field(default_factory=Counter)
    to_timeline: list[float] = field(default_factory=list)
    to_records: list[float] = field(default_factory=list)

    def word(self) -> str:
        word = f"k{len(self.asked)}"
        self.asked.add(word)
        return word

    def look(self, term: Terminal, seconds: float) -> None:
        """Let time pass; what is said meanwhile."""
        text = term.watch(seconds)
        self.acknowledged.update(LOGGED.findall(text))
        self.answered = max(self.answered, len(ANSWERED.findall(text)))


def work(term: Terminal, chance: random.Random, tally: Tally, lines: int) -> None:
    """Log lines, and answer what is due, as fast as keys come, until the kill amid the last of them."""
    for left in reversed(range(lines)):
        term.press("f2")
        term.type(f"{tally.word()} jd")
        term.press("enter")
        tally.look(term, chance.random() / (2 if left else 10))
        if left:
            term.press("escape", "space")
            tally.look(term, chance.random() / 2)
    if chance.random() < 0.5:
        term.press("escape", "space")
        tally.look(term, chance.random() / 10)
    term.signal(signal.SIGKILL)
    assert term.ended(within=10) == -signal.SIGKILL
    tally.look(term, 0)
    tally.kills["console"] += 1


def started(console: OpenTerminal, tally: Tally) -> Terminal:
    """A console, its records loaded. What the terminal takes to show it counts as well."""
    begun = time.monotonic()
    term = console(loaded=False)
    term.see("督促售后处理后台退款", within=30)
    tally.to_timeline.append(time.monotonic() - begun)
    term.see(lambda: term.title.endswith("csconsole"), within=30)
    tally.to_records.append(time.monotonic() - begun)
    return term


@pytest.mark.parametrize(
    ("seed", "rounds", "beside"),
    [
        pytest.param(0, 2, 1, id="short"),
        *(pytest.param(n, 9, 3, marks=pytest.mark.long, id=f"long-{n}") for n in range(1, 10)),
    ],
)
def test_what_was_acknowledged_is_there_once_and_whole(
    console: OpenTerminal, records: Records, seed: int, rounds: int, beside: int
) -> None:
    chance, tally = random.Random(seed), Tally()
    for _ in range(rounds):
        term = started(console, tally)
        verbs = chance.sample([["log"], ["done", "shop-health", "--note"], ["log"]], beside)
        moments = [tally.to_records[-1] * chance.uniform(0.4, 1 + beside) for _ in verbs]
        commands = [
            Command(records.home, moment, *verb, tally.word()) for verb, moment in zip(verbs, moments, strict=True)
        ]
        work(term, chance, tally, chance.randint(2, 3))
        for command in commands:
            acknowledged, killed = command.ended()
            tally.kills["command"] += killed
            if acknowledged:
                tally.acknowledged.add(command.word)
        check(records, tally)
    assert len(tally.acknowledged) >= rounds
    sys.stdout.write(
        f"{tally.kills.total()} kills ({dict(tally.kills)}), {len(tally.acknowledged)} of {len(tally.asked)} lines and"
        f" notes and {tally.answered} answers acknowledged; to the timeline {spread(tally.to_timeline)},"
        f" to the records {spread(tally.to_records)}\n"
    )


def spread(seconds: list[float]) -> str:
    return f"median {median(seconds):.2f} s, longest {max(seconds):.2f} s"


def check(records: Records, tally: Tally) -> None:
    started = time.monotonic()
    with desk_on(records.home) as desk:
        assert time.monotonic() - started < 1, "a start after a kill is as fast as any"
        logged = Counter(incident.title.split()[0] for incident in desk.incidents(all=True))
        record = desk.records([desk.find("shop-health").occurrence])
        noted = {mark.said.note for each in record.values() for mark in each.marks}
        assert desk.look().progress.answered >= tally.answered
    assert tally.acknowledged - logged.keys() - noted == set()
    assert logged.keys() <= tally.asked
    assert set(logged.values()) <= {1}, "nothing is there twice"
    with closing(sqlite3.connect(records.home / "data" / "csconsole.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        half = "SELECT count(*) FROM action WHERE verb = ? AND id NOT IN (SELECT action_id FROM {})"
        for verb, table in (("mark", "mark"), ("log", "incident")):
            assert database.execute(half.format(table), (verb,)).fetchone() == (0,), "no action without its facts"
