"""What is said to the shell: results on stdout, messages on stderr, never failing on a character or a closed pipe."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

INTERRUPTED = 130
"""The exit code of a program stopped by Ctrl+C, by the custom of shells: 128 + SIGINT."""


def guarded(work: Callable[[], int]) -> int:
    """Do `work` with streams that take every character; its exit code, once all it said was written.

    A reader that has gone away (`csconsole today | head -1`) is no fault. Output that cannot be written is: 1.
    """
    for stream in (sys.stdout, sys.stderr):
        _take_every_character(stream)
    try:
        code = work()
        sys.stdout.flush()
        _flush_or_forget(sys.stderr)
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard_the_rest(sys.stdout)
        _discard_the_rest(sys.stderr)
        return 0
    except OSError as error:
        from csconsole.i18n import _

        _discard_the_rest(sys.stdout)
        complain(_("what was asked for cannot be written: {reason}").format(reason=error.strerror or error))
        return 1


def say(text: str) -> None:
    """A line, or several, of the result."""
    sys.stdout.write(text + "\n")


def say_bytes(data: bytes) -> None:
    """A result that is no text."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def complain(message: str) -> None:
    """One line for the person, on stderr. Where nobody listens to that, the exit code still says it."""
    sys.stdout.flush()
    with contextlib.suppress(OSError):
        sys.stderr.write(message + "\n")
        sys.stderr.flush()


def _take_every_character(stream: TextIO | None) -> None:
    """To a file or a pipe, UTF-8 whatever the locale; to a terminal, its own encoding. What that lacks is spelt out."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _flush_or_forget(stream: TextIO) -> None:
    """What the console still had to paint when its terminal was closed concerns nobody."""
    try:
        stream.flush()
    except OSError:
        _discard_the_rest(stream)


def _discard_the_rest(stream: TextIO) -> None:
    """Let nothing that is still in the buffer fail once more when the interpreter ends."""
    with contextlib.suppress(OSError, ValueError):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, stream.fileno())
        os.close(sink)
