"""A real csconsole in a real pty, seen as a person sees it: the screen it has painted, the cursor, the title, the bell.

The terminal answers what modern terminals are asked, and keeps every byte it was sent.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pexpect
import psutil
import pyte
from pyte.screens import Char

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    **{f"f{n}": f"\x1bO{letter}" for n, letter in enumerate("PQRS", 1)},
    **{f"f{n}": f"\x1b[{code}~" for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)},
}
ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # paints a frame at once
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",  # does not report resizes in band
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b]11;?": b"\x1b]11;rgb:0000/0000/0000\x1b\\",
}
# What pyte would print as text, and a sequence that has only half arrived.
UNKNOWN = re.compile(rb"\x1b\[[<=>][0-9;:]*[A-Za-z]|\x1b[P_^X][^\x1b]*\x1b\\")
HALF = re.compile(rb"\x1b(?:\[[0-9;:<=>?$ ]*|[P_^X\]][^\x1b\x07]*\x1b?)?$")
_TITLES = re.compile(rb"\x1b\[(22|23);0t|\x1b\][02];([^\x07\x1b]*)(?:\x07|\x1b\\)")

_ALTERNATE, _SHOWN = 1049 << 5, 25 << 5


class Screen(pyte.Screen):
    """pyte's screen, with an alternate one beside it and a count of bells."""

    bells = 0
    _normal: dict[int, Any] | None = None

    def bell(self, *_: Any) -> None:
        self.bells += 1

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        super().set_mode(*modes, **kwargs)
        if 1049 in modes and self._normal is None:
            self._normal = dict(self.buffer)
            self.buffer.clear()
            self.save_cursor()

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        super().reset_mode(*modes, **kwargs)
        if 1049 in modes and self._normal is not None:
            self.buffer.clear()
            self.buffer.update(self._normal)
            self._normal = None
            self.restore_cursor()


class Terminal:
    """`with Terminal("--home", str(home)) as term`: csconsole, started with these words."""

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = (120, 36),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        shell: bool = False,
    ) -> None:
        """With `shell` it is started as people start it: from a shell that waits for it."""
        self.words = words
        self._shell = shell
        self.columns, self.rows = size
        self._env = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(env or {})}
        self._cwd = cwd
        self.raw = b""
        self.title = "the shell's own title"
        self._titles: list[str] = []
        self._screen = Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self._half = b""
        self._answered = 0
        self._ended = False

    def __enter__(self) -> Self:
        bare = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        argv = [sys.executable, "-m", "csconsole", *self.words]
        if self._shell:
            argv = ["/bin/sh", "-c", f"{shlex.join(argv)}; exit"]
        self._child = pexpect.spawn(
            argv[0],
            argv[1:],
            dimensions=(self.rows, self.columns),
            env={**bare, **self._env},
            cwd=self._cwd and str(self._cwd),
            echo=True,
        )
        self._child.delaybeforesend = None
        self._process = psutil.Process(self._child.pid)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self.processes():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._child.close(force=True)

    # -- what a person sees -----------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        return ["".join(char.data for _x, char in self._cells(y)).rstrip() for y in range(self.rows)]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Where the hardware cursor is: column and row from 0, whether it is shown or not."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def cursor_shown(self) -> bool:
        return _SHOWN in self._screen.mode

    @property
    def alternate(self) -> bool:
        """Whether the program has the alternate screen."""
        return _ALTERNATE in self._screen.mode

    @property
    def bells(self) -> int:
        return self._screen.bells

    def find(self, text: str) -> tuple[int, int]:
        """The column and row, from 0, where `text` stands."""
        for y in range(self.rows):
            cells = self._cells(y)
            place = "".join(char.data for _x, char in cells).find(text)
            if place >= 0:
                return cells[place][0], y
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def styles(self, text: str) -> set[Char]:
        """The styles in which the cells of `text`, found on the screen, are painted."""
        x, y = self.find(text)
        return {char._replace(data="") for _x, char in [cell for cell in self._cells(y) if cell[0] >= x][: len(text)]}

    def _cells(self, y: int) -> list[tuple[int, Char]]:
        """A row's cells with their columns, without the second cells of wide characters."""
        row = self._screen.buffer[y]
        return [(x, row[x]) for x in range(self.columns) if row[x].data]

    def see(self, *wanted: str | Callable[[], bool], within: float = 10.0) -> str:
        """Wait until each of `wanted` is on the screen, or holds; the screen then."""
        end = time.monotonic() + within
        missing = list(wanted)
        while missing := [each for each in missing if not (each() if callable(each) else each in self.text)]:
            if time.monotonic() > end:
                raise AssertionError(f"not seen within {within} s: {missing}\n{self.text}")
            self._pump(0.05)
            missing = list(wanted)
        return self.text

    def watch(self, seconds: float) -> str:
        """Let `seconds` pass; the screen then."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._pump(min(left, 0.1)):
            pass
        return self.text

    def settle(self, quiet: float = 0.25, within: float = 5.0) -> str:
        """Wait until nothing has arrived for `quiet` seconds; the screen then."""
        end = time.monotonic() + within
        before = -1
        while before != len(self.raw) and time.monotonic() < end:
            before = len(self.raw)
            self.watch(quiet)
        return self.text

    def _pump(self, wait: float) -> bool:
        """Take in what arrives within `wait` seconds; false once nothing more can."""
        if self._ended:
            return False
        try:
            data = self._child.read_nonblocking(65536, timeout=wait)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            self._ended = True
            return False
        self.raw += data
        for title in _TITLES.finditer(data):
            self._note_title(title)
        # A query may arrive in two halves.
        fresh = self.raw[max(self._answered, len(self.raw) - len(data) - 16) :]
        for query, answer in ANSWERS.items():
            if query in fresh:
                self._child.send(answer)
                self._answered = len(self.raw)
        data = self._half + data
        half = HALF.search(data)
        self._half = data[half.start() :] if half else b""
        self._stream.feed(UNKNOWN.sub(b"", data[: half.start()] if half else data))
        return True

    def _note_title(self, said: re.Match[bytes]) -> None:
        match said[1]:
            case b"22":
                self._titles.append(self.title)
            case b"23":
                self.title = self._titles.pop()
            case _:
                self.title = said[2].decode()

    # -- what a person does -----------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys one after the other: by name, or the character they type."""
        for key in keys:
            code = chr(ord(key[-1]) & 31) if key.startswith("ctrl+") else KEYS.get(key, key)
            self._child.send(code.encode())
            # Keys of a person do not arrive in one piece; an Escape that does is half of another key.
            self.watch(0.15 if key == "escape" else 0.02)

    def type(self, text: str) -> None:
        """Send text as an input method does: a piece at a time."""
        self._child.send(text.encode())
        self.watch(0.05)

    def send(self, *pieces: bytes, apart: float) -> None:
        """Send bytes in pieces, `apart` seconds after one another, as a slow line delivers them."""
        for piece in pieces:
            self._child.send(piece)
            self.watch(apart)

    def paste(self, text: str) -> None:
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Close the window: the program has no terminal any more."""
        self._child.ptyproc.fileobj.close()
        self._ended = True

    # -- the process ------------------------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        return int(self._child.pid)

    def processes(self) -> list[psutil.Process]:
        """csconsole, as long as it runs, and everything it started."""
        try:
            return [self._process, *self._process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def ended(self, within: float = 5.0) -> int:
        """Wait until the program has ended, by itself, and left no process; its exit code, or minus its signal."""
        started = self.processes()[1:]
        end = time.monotonic() + within
        while self._child.isalive():
            assert time.monotonic() < end, f"still running after {within} s\n{self.text}"
            if not self._pump(0.02):
                time.sleep(0.02)
        while self._pump(0.2):
            pass
        assert not [each for each in started if each.is_running()]
        code: int | None = self._child.exitstatus
        return -int(self._child.signalstatus) if code is None else code


OpenTerminal = Callable[..., Terminal]
"""Opens a console in a terminal; see the fixture `console`."""
