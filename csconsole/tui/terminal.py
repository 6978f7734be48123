"""What goes to the terminal besides the screen: its window's title; and where it goes once there is no terminal."""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING, Any

from textual.app import App

from csconsole.i18n import _
from csconsole.tui.board import Board

if TYPE_CHECKING:
    from textual.driver import Driver

_SAVE, _RESTORE = "\x1b[22;0t", "\x1b[23;0t"


class _Outliving:
    """A file to which nothing is written any more once it cannot be."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def outlive(driver: Driver) -> None:
    """Let what is painted after the terminal was closed go nowhere. Textual's thread that paints would end with an
    error, and the console wait for it for ever when it leaves."""
    if file := getattr(driver, "_file", None):
        driver._file = _Outliving(file)  # type: ignore[attr-defined]  # only those that write to a terminal have one


def set_title(app: App[int], board: Board) -> None:
    """Say in the window's title how much is due: it is read in the task bar, behind a browser."""
    n = len(board.pressing)
    words = _("({n} due) csconsole").format(n=n) if n else "csconsole"
    shown = getattr(app, "_shown_title", None)
    if shown != words:
        app._shown_title = words  # type: ignore[attr-defined]  # what was written last, kept beside the driver it went to
        _write(app._driver, f"{_SAVE if shown is None else ''}\x1b]2;{words}\x07")


def restore_title(app: App[int]) -> None:
    """Give the window the title it had, if it has another."""
    if hasattr(app, "_shown_title"):
        _write(app._driver, _RESTORE)


def _write(driver: Driver | None, sequence: str) -> None:
    if driver is not None and not driver.is_headless:
        driver.write(sequence)
