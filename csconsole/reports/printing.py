"""Reports onto disk and onto paper."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.core.text import clean
from csconsole.i18n import _
from csconsole.reports import SUFFIXES, render, render_pdf
from csconsole.workspace import write_atomically

if TYPE_CHECKING:
    from csconsole.core.handover import Handover
    from csconsole.core.report import Report
    from csconsole.core.schedule import Language

_PATIENCE = 60
"""Seconds a printing command may take to accept a file."""


def save(content: str | bytes, path: str | Path) -> Path:
    """Write a report to a private file, whole or not at all, in place of one that is there; the file's full path.

    A text is written as UTF-8. A device or a pipe is written to as it is. Raises `UserError` where it cannot be
    written.
    """
    target = Path(path)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        target = target.expanduser().resolve()
        if target.is_dir():
            raise UserError(_("{file}: is a folder; name a file in it").format(file=target))
        if not target.parent.is_dir():
            raise UserError(_("{folder}: there is no such folder; make it first").format(folder=target.parent))
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            write_atomically(target, data)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(_("{file}: cannot be written: {reason}").format(file=path, reason=reason)) from error
    return target


def file_name(report: Report | Handover) -> str:
    """What a file of it is called, without its ending."""
    from csconsole.core.report import Report

    if isinstance(report, Report):
        return f"{report.period.kind.value}-{report.period.first.isoformat()}"
    return f"handover-{report.agenda.day.date.isoformat()}"


def print_report(report: Report | Handover, folder: Path, language: Language | None = None) -> Path:
    """Put a report on paper as `print_rendered` does."""

    def rendered(format: str) -> bytes:
        return render_pdf(report, language) if format == "pdf" else render(report, "text", language).encode()

    return print_rendered(rendered, folder, file_name(report))


def print_rendered(render: Callable[[str], bytes], folder: Path, name: str) -> Path:
    """Put what `render` makes in a format on paper, keeping what was printed in `folder`, which is made where it is
    missing, under a name; that file.

    It is printed as a PDF where one can be made and taken, else as text: no printer command can be trusted with
    HTML. Raises `UserError` where there is no way to print.
    """
    file = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserError(_("{file}: cannot be written: {reason}").format(file=folder, reason=error.strerror)) from error
    try:
        return _printed(render("pdf"), file.with_suffix(SUFFIXES["pdf"]))
    except UserError:
        # With a byte-order mark: without one, Windows takes it for text in the system's code page.
        text = b"\xef\xbb\xbf" * (sys.platform == "win32") + render("text")
        return _printed(text, file.with_suffix(SUFFIXES["text"]))


def _printed(content: bytes, file: Path) -> Path:
    print_file(save(content, file))
    return file


def print_file(path: Path) -> None:
    """Send a file to the system's printer: by the program Windows prints such files with, by CUPS elsewhere.

    Raises `UserError` where there is none, or it refuses.
    """
    if sys.platform == "win32":
        try:
            os.startfile(path.absolute(), "print")
        except OSError as error:
            raise _refused(str(error.strerror)) from error
    else:
        _by_command(path)


def _by_command(path: Path) -> None:
    command = shutil.which("lp") or shutil.which("lpr")
    if command is None:
        raise UserError(
            _("there is no printer command (lp or lpr); save the report as HTML and print it from the browser")
        )
    try:
        done = subprocess.run(
            [command, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(str(error)) from error
    if done.returncode:
        raise _refused(done.stderr.decode(errors="replace"))


def _refused(why: str) -> UserError:
    words = _("the printer refused it ({reason}); save the report as HTML and print it from the browser")
    return UserError(words.format(reason=" ".join(clean(why).split())))
