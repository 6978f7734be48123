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
from pathlib import Path

import pytest
from homes import Records, desk_on
from terminal import OpenTerminal, Terminal

LOGGED = re.compile(r"已记 #\d+:(k\d+)")
AT = ("--now", "2026-11-23T09:42:00+08:00")


class Command:
    """A command that is to be killed at some moment; what it was to log, and whether it said it had."""

    def __init__(self, home: Path, *words: str) -> None:
        self.word = words[-1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "csconsole", "--home", str(home), "--lang", "zh", *AT, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def kill(self) -> bool:
        """Kill it, if it still runs; whether it acknowledged what it did."""
        self.process.kill()
        said, complaint = self.process.communicate()
        assert "Traceback" not in complaint
        return said.endswith("\n")


def work(term: Terminal, chance: random.Random, words: list[str]) -> set[str]:
    """Log a line for each word, and answer what is due, as fast as keys come; the words said to be logged. The kill
    comes while the last one is."""
    acknowledged: set[str] = set()
    for word in words:
        term.press("f2")
        term.type(f"{word} jd")
        term.press("enter")
        acknowledged.update(LOGGED.findall(term.watch(chance.random() / (10 if word == words[-1] else 2))))
        if word != words[-1]:
            term.press("escape", *chance.choice([(), ("space",)]))
    term.signal(signal.SIGKILL)
    assert term.ended(within=10) == -signal.SIGKILL
    return acknowledged | set(LOGGED.findall(term.text))


@pytest.mark.parametrize("rounds", [2, pytest.param(70, marks=pytest.mark.long)], ids=["short", "long"])
def test_what_was_acknowledged_is_there_once_and_whole(console: OpenTerminal, records: Records, rounds: int) -> None:
    chance, number = random.Random(rounds), 0
    acknowledged: set[str] = set()
    asked: set[str] = set()
    starts: list[float] = []
    for _ in range(rounds):
        started = time.monotonic()
        term = console(size=(120, 36))
        starts.append(time.monotonic() - started)
        words = [f"k{number + n}" for n in range(chance.randint(2, 4))]
        number += len(words) + 2
        commands = [
            Command(records.home, "log", f"k{number - 1}"),
            Command(records.home, "done", "shop-health", "--note", f"k{number - 2}"),
        ]
        asked.update(words, (command.word for command in commands))
        acknowledged |= work(term, chance, words)
        time.sleep(4 * chance.random())
        acknowledged.update(command.word for command in commands if command.kill())
    check(records, acknowledged, asked)
    assert len(acknowledged) >= rounds
    sys.stdout.write(f"{3 * rounds} kills, {len(acknowledged)} acknowledged; start to records: ")
    sys.stdout.write(f"median {sorted(starts)[len(starts) // 2]:.2f} s, longest {max(starts):.2f} s\n")


def check(records: Records, acknowledged: set[str], asked: set[str]) -> None:
    started = time.monotonic()
    with desk_on(records.home) as desk:
        assert time.monotonic() - started < 1, "a start after a kill is as fast as any"
        logged = Counter(incident.title.split()[0] for incident in desk.incidents(all=True))
        record = desk.records([desk.find("shop-health").occurrence])
        noted = {mark.said.note for each in record.values() for mark in each.marks}
    assert acknowledged - logged.keys() - noted == set()
    assert logged.keys() <= asked
    assert set(logged.values()) <= {1}, "nothing is there twice"
    with closing(sqlite3.connect(records.home / "data" / "csconsole.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        half = "SELECT count(*) FROM action WHERE verb = ? AND id NOT IN (SELECT action_id FROM {})"
        for verb, table in (("mark", "mark"), ("log", "incident")):
            assert database.execute(half.format(table), (verb,)).fetchone() == (0,), "no action without its facts"
