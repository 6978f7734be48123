"""Text is data: in a schedule, a note or an incident, it neither commands the terminal nor styles anything."""

from __future__ import annotations

import codecs
import re
import sqlite3
from itertools import count
from pathlib import Path

import pytest
from homes import Records, desk_on
from shell import process
from terminal import OpenTerminal, Terminal

from csconsole.core.facts import MarkKind

ESCAPES = "\x1b[31mRED\x1b[0m\x1b]52;c;b3du\x07\x1b]2;owned\x07\x9b31mC1\x07\x08\x08\u202eevil\u2066\u200b\x00"
MARKUP = "[red]bad[/] [/] [@click=app.quit]x[/] [link=http://x]"
LONG = "长" * 9_000

COMMANDS = [b"\x1b[31m", b"\x1b]52", b"\x1b]2;owned", b"\xc2\x9b", *(char.encode() for char in "\u202e\u2066\u200b")]
"""What of the text above a terminal must never get."""


OWN = re.compile(
    rb"\x1b\[[0-9;:?<>=$]*[A-Za-z]|\x1b\](?:2;[^\x07\x1b]*csconsole|22;[a-z]+|11;\?)(?:\x07|\x1b\\)|\x1b[()][0-9A-Z]|\x1b[78=>]|\x1bP\+q"
    rb"|\x1b(?:\[[0-9;:?<>=$]*)?\Z"
)
"""What Textual and the console themselves say to a terminal: styles, places, modes, the title, questions."""
NOT_TEXT = re.compile("[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def unharmed(term: Terminal) -> None:
    sent = term.raw
    assert not [command for command in COMMANDS if command in sent]
    # What was read so far may end within a character, as within a sequence.
    text = codecs.getincrementaldecoder("utf-8")().decode(OWN.sub(b"", sent))
    assert not [text[max(0, at.start() - 20) : at.end() + 20] for at in NOT_TEXT.finditer(text)]
    assert text.count("\x07") <= 2, "it rings for reminders alone"
    assert term.title != "owned"
    assert term.alternate


def test_hostile_words_typed_and_stored_are_shown_as_they_are(console: OpenTerminal, records: Records) -> None:
    home = str(records.home)
    where = ["--home", home, "--now", "2026-11-23T09:42+08:00", "--by", f"王{MARKUP}"]
    argument = ESCAPES.replace("\x00", "")
    with desk_on(records.home, by=ESCAPES) as desk:
        desk.answer("shop-health", MarkKind.ISSUE, note=f"{ESCAPES}{MARKUP}{LONG}")
        desk.skip("complaints-and-refunds", reason=MARKUP + ESCAPES)
        desk.log(f"{MARKUP} {ESCAPES}")
        desk.log(f"tmall {LONG}")
    assert process(*where, "log", f"jd {argument}{MARKUP} @{argument} #9{argument}").code == 0
    # Another program wrote to the database.
    with sqlite3.connect(records.home / "data" / "csconsole.sqlite3") as database:
        database.execute("update incident set title = ? where number = 2", (ESCAPES + MARKUP,))
        database.execute("update mark set note = ? where note is not null", (ESCAPES + MARKUP,))
    database.close()
    term = console()
    term.press("home", *["up"] * 3)
    term.see("▸08:45", "[red]bad[/] [/] [@click=app.quit]x")
    assert len(term.styles("[red]bad[/]")) == 1
    term.press("down")
    term.see("▸09:00", "[red]bad[/]")
    term.press("2")
    term.see("#1 ", "#2 ", "#3 ")
    term.press("enter")
    term.see("[red]bad[/]")
    term.press("escape")
    term.press("4")
    term.see("客服日报")
    term.press("end")
    term.see("[red]bad[/]")
    unharmed(term)


def test_hostile_words_pasted_into_every_field_are_shown_as_they_are(console: OpenTerminal, records: Records) -> None:
    term = console()
    # What is left of hostile text when a terminal pastes it: escapes would be keys.
    hostile = f"\u202e\u200b\x9b31m{MARKUP}\u2066"
    for key in ("f2", "ctrl+n", "f8", "f7"):
        term.press(key)
        term.paste(f"a{hostile}")
        term.see("[red]bad[/]")
        term.press("enter", "escape")
    term.press("ctrl+t")
    term.paste(f"z{hostile}")
    term.press("enter")
    term.see("接班:z")
    term.press("enter")
    term.see("备注")
    term.paste(f"{hostile}\n1\n2")
    term.press("enter")
    term.settle()
    unharmed(term)
    with desk_on(records.home) as desk:
        assert [incident.draft.title for incident in desk.incidents()] == [f"a31m{MARKUP}"]


def test_hostile_words_in_a_schedule_are_shown_as_they_are_or_refused(console: OpenTerminal, home: Path) -> None:
    file = home / "schedules" / "supervisor.yaml"
    good = file.read_text(encoding="utf-8")
    assert "督促售后处理后台退款" in good
    file.write_text(good.replace("督促售后处理后台退款", f"'{MARKUP}'"), encoding="utf-8")
    term = console()
    term.see("[red]bad[/] [/]")
    assert len(term.styles("[red]bad[/]")) == 1
    term.press("enter")
    term.see("[red]bad[/] [/] [@click=app.quit]x[/]", "备注")
    term.press("escape", "f8")
    term.see("[red]bad[/] [/]", "今天不适用")
    term.press("1")
    term.see("[red]bad[/]", "撤销")
    unharmed(term)
    escaped = r'"\e[31mRED\e]52;c;b3du\a\x9b31m\u202e\u200bz"'
    file.write_text(good.replace("督促售后处理后台退款", escaped), encoding="utf-8")
    term.see(lambda: "supervisor.yaml:" in term.text or "RED" in term.text)
    unharmed(term)


PROMPTS = {"f2": "jd", "ctrl+n": "n", "f8": "w", "f7": "p", "f6": "t", "ctrl+g": "t", "ctrl+p": "c"}
"""Every prompt by its key, with what is typed before the hostile words."""


@pytest.mark.long
def test_every_prompt_takes_hostile_words_as_words(console: OpenTerminal, home: Path) -> None:
    (home / "data" / "settings.toml").write_text(
        f'[notify]\ndesktop = "off"\n[keys]\nlog = "{MARKUP} rm -rf"\nfoo = "x"\n', encoding="utf-8"
    )
    term = console()
    hostile = f"\u202e\u200b\x9b31m{MARKUP}\u2066<script>=1+1;`rm`$(id)\x00\x08"
    for key, first in PROMPTS.items():
        term.press(key)
        term.settle()
        term.paste(f"{first}{hostile}")
        term.settle()
        term.press("enter")
        term.settle()
        term.press("escape", "escape")
    term.press("ctrl+e")
    term.settle()
    term.press("tab", "tab")
    term.paste(hostile)
    term.press("enter", "escape")
    for page in ("2", "3", "4", "1"):
        term.press(page)
        term.settle()
    unharmed(term)
    term.press("ctrl+q")
    assert term.ended() == 0
    assert not (home / "data" / "csconsole.log").exists()


@pytest.mark.long
def test_hostile_names_of_everything_in_a_schedule_are_words(console: OpenTerminal, home: Path) -> None:
    file = home / "schedules" / "supervisor.yaml"
    text = file.read_text(encoding="utf-8")
    number = count()
    names = re.compile(r"zh: [\u4e00-\u9fff]+(?=, en:)|(?<=^      )zh: [^'\"\[\n]+$", re.MULTILINE)
    hostile = names.sub(lambda _name: f"zh: '[b]<i>{next(number)}[/]'", text)
    assert next(number) > 50, "duties, people, shops, categories, readings, units"
    file.write_text(hostile, encoding="utf-8")
    term = console()
    term.see("[b]<i>")
    for keys in (("enter",), ("escape", "2"), ("f2",), ("escape", "3"), ("4",), ("1",), ("f7",), ("escape", "f1")):
        term.press(*keys)
        term.settle()
        assert "[b]" in term.text
    unharmed(term)
    for words in (["today"], ["deadlines"], ["report", "day"], ["report", "day", "--format", "html"]):
        said = process("--home", str(home), "--now", "2026-11-23T09:42+08:00", "--lang", "zh", *words)
        assert said.code == 0 and "[b]" in said.out
        assert not NOT_TEXT.search(said.out)
        assert "<i>" not in said.out or "html" not in words
