"""Onto disk whole and private, onto paper by whatever printer command there is."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from monday import Facts

from csconsole.core.errors import UserError
from csconsole.reports.printing import print_file, print_report, save

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes and CUPS")


# -- saving ---------------------------------------------------------------------------------------------------


def test_a_text_is_saved_as_utf_8_with_no_trace_left_beside_it(tmp_path: Path) -> None:
    assert save("日报\n", tmp_path / "day.txt") == tmp_path / "day.txt"
    assert (tmp_path / "day.txt").read_bytes() == "日报\n".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["day.txt"]


@posix_only
def test_a_report_is_private(tmp_path: Path) -> None:
    target = tmp_path / "day.pdf"
    target.write_bytes(b"old")
    target.chmod(0o644)
    save(b"%PDF", target)
    assert target.read_bytes() == b"%PDF"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert save("x", "~/day.txt") == (tmp_path / "day.txt").resolve()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        save("x", tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone: there is no such folder"):
        save("x", tmp_path / "gone" / "day.txt")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_an_impossible_name_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be written") as refused:
        save("x", tmp_path / name)
    assert "\n" not in str(refused.value)


@posix_only
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    save("new", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "real.txt").read_text() == "new"


@posix_only
def test_a_device_is_written_to_and_not_replaced() -> None:
    save("x", "/dev/null")
    assert not Path("/dev/null").is_file()


# -- printing -------------------------------------------------------------------------------------------------


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is to find commands in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@posix_only
@pytest.mark.parametrize("name", ["lp", "lpr"])
def test_a_report_goes_to_the_printer_and_is_kept(facts: Facts, printer: Path, tmp_path: Path, name: str) -> None:
    command(printer, name, f'printf "%s" "$*" > "{tmp_path}/asked"')
    file = print_report(facts.day(), tmp_path / "reports", "en")
    assert (tmp_path / "asked").read_text() == str(file)
    assert file.parent == tmp_path / "reports" and file.stem == "day-2026-11-23"
    assert file.suffix in (".pdf", ".txt") and file.stat().st_size > 1000


@posix_only
def test_without_a_pdf_the_text_is_printed(
    facts: Facts, printer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> bytes:
        raise UserError("no PDF here")

    monkeypatch.setattr("csconsole.reports.printing.render_pdf", none)
    command(printer, "lp", "exit 0")
    file = print_report(facts.week(), tmp_path / "reports", "zh")
    assert file.name == "week-2026-11-23.txt" and "客服周报" in file.read_text(encoding="utf-8")


@posix_only
def test_without_a_printer_it_says_what_to_do(printer: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="print it from the browser"):
        print_file(tmp_path / "day.txt")


@posix_only
def test_a_printer_that_refuses_is_quoted_in_one_clean_line(printer: Path, tmp_path: Path) -> None:
    command(printer, "lp", r"printf 'lp: no default\ndestination \033[31mhere' >&2; exit 1")
    with pytest.raises(UserError, match=r"refused it \(lp: no default destination \[31mhere\)"):
        print_file(tmp_path / "day.txt")


@posix_only
def test_a_name_that_looks_like_an_option_is_none(
    printer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(printer, "lp", f'printf "%s" "$1" > "{tmp_path}/asked"')
    monkeypatch.chdir(tmp_path)
    print_file(Path("-d evil"))
    assert (tmp_path / "asked").read_text() == str(tmp_path / "-d evil")


def test_windows_prints_by_the_program_it_prints_such_files_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", lambda *words: asked.append(words), raising=False)
    print_file(tmp_path / "day.pdf")
    assert asked == [(tmp_path / "day.pdf", "print")]


def test_windows_without_such_a_program_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(22, "No application is associated")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", none, raising=False)
    with pytest.raises(UserError, match="No application is associated"):
        print_file(tmp_path / "day.pdf")
