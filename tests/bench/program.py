"""A program in a real pty, timed. While it runs, what it sends is only read and stamped; the terminal is emulated
afterwards, so that this never delays a stamp. What counts as shown is read from the emulated screen.
"""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
import pyte
from ptyprocess import PtyProcess

from tests.support.terminal import ANSWERS, HALF, KEYS, UNKNOWN, Screen

SIZE = (36, 120)
ROOT = Path(__file__).parents[2]

_VARIABLES = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")


def environment() -> dict[str, str]:
    """That of a person's shell: compiled modules are kept, and nothing speaks of this session."""
    bare = {name: os.environ[name] for name in _VARIABLES if name in os.environ}
    return {**bare, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program and all it started have used so far: seconds of a core, times woken up, bytes sent to the
    terminal; and the megabytes it holds."""

    seconds: float
    wakeups: int
    sent: int
    megabytes: float


class Program:
    """`with Program(argv) as program`: started in a pty of its own. Instants are seconds since it was executed."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.sent = 0
        self.screen = Screen(SIZE[1], SIZE[0])
        self._stream = pyte.ByteStream(self.screen)
        self._read: list[tuple[float, bytes]] = []
        self._half = b""
        self._argv = list(argv)

    def __enter__(self) -> Self:
        # Returns when the program is executed, not merely forked.
        self._process = PtyProcess.spawn(self._argv, cwd=str(ROOT), env=environment(), dimensions=SIZE)
        self._began = time.perf_counter()
        self._fd: int = self._process.fd
        self._poll = select.poll()
        self._poll.register(self._fd, select.POLLIN)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._process.close(force=True)

    @property
    def now(self) -> float:
        return time.perf_counter() - self._began

    # -- what it sends ----------------------------------------------------------------------------------------

    def read(self, until: float, quiet: float | None = None, mark: bytes | None = None) -> None:
        """Take what arrives until an instant, until nothing has come for `quiet` seconds, or until `mark` came by."""
        last = self.now
        came = b""
        while True:
            end = until if quiet is None else min(until, last + quiet)
            if (wait := end - self.now) <= 0:
                return
            if not self._poll.poll(wait * 1000 + 0.5):
                continue
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                return  # it has ended
            if not data:
                return
            last = self.now
            self._read.append((last, data))
            self.sent += len(data)
            for query, answer in ANSWERS.items():
                if query in data:
                    os.write(self._fd, answer)
            if mark is not None:
                came += data
                if mark in came:
                    return

    def frames(self) -> Iterator[float]:
        """Bring what was read onto the screen, a piece at a time: the instant at which each had arrived."""
        pieces, self._read = self._read, []
        for instant, data in pieces:
            data = self._half + data
            half = HALF.search(data)
            self._half = data[half.start() :] if half else b""
            self._stream.feed(UNKNOWN.sub(b"", data[: half.start()] if half else data))
            yield instant

    def settle(self, quiet: float = 0.3, within: float = 5.0) -> None:
        """Take what arrives until it is quiet, and bring it onto the screen."""
        self.read(self.now + within, quiet)
        for _instant in self.frames():
            pass

    def shows(self, sight: Callable[[list[str]], bool], within: float = 30.0) -> float:
        """The instant at which the screen first showed something. Raises AssertionError where it never did."""
        end = self.now + within
        while self.now < end:
            self.read(min(end, self.now + 0.25), 0.03)
            for instant in self.frames():
                if sight(self.lines):
                    return instant
        raise AssertionError("never shown:\n" + "\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """The screen as a person reads it. (The second cell of a wide character is empty.)"""
        return ["".join(row[x].data for x in range(SIZE[1])) for row in (self.screen.buffer[y] for y in range(SIZE[0]))]

    def image(self) -> Any:
        """The screen as it is, to be compared with a later one: its characters and their styles."""
        return [dict(self.screen.buffer[y]) for y in range(SIZE[0])]

    # -- what is done to it -----------------------------------------------------------------------------------

    def press(self, key: str) -> float:
        """Press a key by name; the instant."""
        code = KEYS.get(key, key)
        instant = self.now
        os.write(self._fd, (chr(ord(key[-1]) & 31) if key.startswith("ctrl+") else code).encode())
        return instant

    # -- what it costs ----------------------------------------------------------------------------------------

    def usage(self) -> Usage:
        nanoseconds = wakeups = memory = 0
        for process in self._processes():
            with contextlib.suppress(psutil.Error, OSError):
                memory += process.memory_info().rss
                for task in Path(f"/proc/{process.pid}/task").iterdir():
                    ran, _waited, times = (task / "schedstat").read_text().split()
                    nanoseconds += int(ran)
                    wakeups += int(times)
        return Usage(nanoseconds / 1e9, wakeups, self.sent, memory / 2**20)

    def _processes(self) -> list[psutil.Process]:
        try:
            root = psutil.Process(self._process.pid)
            return [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []
