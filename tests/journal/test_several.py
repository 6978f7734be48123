"""Several processes on one journal, and processes that end suddenly."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import journal_worker
import pytest
from marking import NOW

from csconsole.journal import Journal

WORKER = str(Path(journal_worker.__file__))


def start(url: str, console: str, work: str, times: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, WORKER, url, console, work, str(times)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def race(url: str, consoles: int, work: str, times: int) -> dict[str, list[int]]:
    """Let processes do the same at the same time; what each was acknowledged."""
    workers = {f"console-{n}": start(url, f"console-{n}", work, times) for n in range(consoles)}
    try:
        for worker in workers.values():
            assert worker.stdout is not None and worker.stdout.readline() == "ready\n", worker.communicate()[1]
        for worker in workers.values():
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        said = {console: worker.communicate(timeout=60 + times // 10) for console, worker in workers.items()}
        assert [(errors, workers[console].returncode) for console, (_, errors) in said.items()] == [("", 0)] * consoles
        return {console: [int(line) for line in lines.split()] for console, (lines, _) in said.items()}
    finally:
        for worker in workers.values():
            worker.kill()
            worker.communicate()


def test_a_claim_is_won_by_one_process_alone(url: str) -> None:
    won = race(url, consoles=2, work="claim", times=80)
    assert Counter(n for wins in won.values() for n in wins) == Counter(range(80))


@pytest.mark.parametrize(
    ("consoles", "times"), [(2, 60), pytest.param(3, 2000, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_marks_of_several_processes_are_all_there_once(url: str, consoles: int, times: int) -> None:
    written = race(url, consoles, "mark", times)
    assert [len(actions) for actions in written.values()] == [times] * consoles
    every = [action for actions in written.values() for action in actions]
    assert sorted(every) == list(range(1, consoles * times + 1))
    journal = Journal.open(url)
    records = journal.records(f"{console}-{n}@2026-11-23" for console in written for n in range(times))
    journal.close()
    assert len(records) == consoles * times
    assert all(len(record.marks) == 1 for record in records.values())


def test_several_first_starts_at_once_make_one_journal(url: str) -> None:
    written = race(url, consoles=4, work="open", times=1)
    assert sorted(action for actions in written.values() for action in actions) == [1, 2, 3, 4]


@pytest.mark.parametrize("times", [4, pytest.param(200, marks=pytest.mark.long)], ids=["short", "long"])
def test_what_was_acknowledged_survives_a_kill(url: str, times: int) -> None:
    """kill -9 at a random moment of writing; what was said to be written is there, and nothing is there by half."""
    chance = random.Random(times)
    acknowledged: set[int] = set()
    consoles = [f"console-{n}" for n in range(times)]
    for console in consoles:
        worker = start(url, console, "mark", 100_000)
        assert worker.stdin is not None and worker.stdout is not None
        assert worker.stdout.readline() == "ready\n", worker.communicate()[1]
        worker.stdin.write("go\n")
        worker.stdin.flush()
        for _ in range(chance.randrange(1, 12)):
            acknowledged.add(int(worker.stdout.readline()))
        time.sleep(chance.random() / 100)
        worker.kill()
        # Not `communicate`: it passes by what `readline` has taken in already, and so by acknowledgements.
        lines = worker.stdout.read().split("\n")
        acknowledged.update(int(line) for line in lines[:-1])  # the last one may have been cut off
        worker.communicate()
    started = time.monotonic()
    journal = Journal.open(url, "survivor")
    assert time.monotonic() - started < 1
    records = journal.records(f"{console}-{n}@2026-11-23" for console in consoles for n in range(2000))
    marks = [mark for record in records.values() for mark in record.marks]
    assert acknowledged - {mark.action for mark in marks} == set()
    assert len(marks) - len(acknowledged) <= times, "at most one action of each may have gone unsaid"
    assert {len(mark.said.readings or ()) for mark in marks} == {2}
    assert journal.take_over("me", NOW) == len(marks) + 1, "no action without its marks"
    journal.close()
