"""Forty schedule files with something wrong, each with the line that is to be told and a word of what is said."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

SHIPPED = (Path(__file__).parents[2] / "schedules" / "supervisor.yaml").read_text(encoding="utf-8")

HEAD = """\
version: 1
timezone: Asia/Shanghai
categories: {c: {name: C, words: [x]}}
shops: [{id: jd, name: JD, platform: jd}]
"""
ENTRY = '  - {id: a, title: T, category: c, at: "09:00"}\n'
DAILY = HEAD + "daily:\n" + ENTRY


class Broken(NamedTuple):
    text: bytes
    line: int
    says: str = ""


def _entry(rest: str, says: str = "", section: str = "daily") -> Broken:
    return Broken(f"{HEAD}{section}:\n  - {{id: a, title: T, category: c, {rest}}}\n".encode(), 6, says)


def _text(text: str, line: int, says: str = "") -> Broken:
    return Broken(text.encode(), line, says)


def _bomb() -> str:
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    names = "abcdefghij"
    levels += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise(names)]
    return "\n".join(levels) + "\n"


FILES: dict[str, Broken] = {
    "empty": _text("", 1),
    "blank": _text("\n\n\n", 1),
    "only a comment": _text("# nothing yet\n", 1),
    "not utf-8": Broken(DAILY.encode() + b"# \xff\xfe\n", 1, "UTF-8"),
    "gbk": Broken(SHIPPED.encode("gbk", "replace"), 1, "UTF-8"),
    "utf-16": Broken(SHIPPED.encode("utf-16"), 1, "UTF-8"),
    "five megabytes": Broken(DAILY.encode() + b"# " + b"x" * 5_000_000, 1),
    "a picture": Broken(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, 1),
    "nul": Broken(DAILY.encode() + b"\x00", 7),
    "a list": _text("- a\n- b\n", 1),
    "a sentence": _text("every morning at nine\n", 1),
    "json of something else": _text('{"name": "x", "scripts": {}}\n', 1),
    "a tab": _text(HEAD + "daily:\n\t- {id: a}\n", 6),
    "no end of a quote": _text(DAILY + '  - {id: b, title: "T}\n', 7),
    "no end of a brace": _text(DAILY + "  - {id: b, title: T\n", 7),
    "indented too little": _text(HEAD + "daily:\n  - id: a\n   title: T\n", 7),
    "a bomb of aliases": _text(_bomb(), 1),
    "ten thousand levels": _text(HEAD + "daily: " + "[" * 10_000 + "]" * 10_000 + "\n", 5),
    "ten thousand braces": _text("{a: " * 10_000 + "x" + "}" * 10_000, 1),
    "a key twice": _text(HEAD + "timezone: Asia/Tokyo\n", 5),
    "an id twice": _text(DAILY + ENTRY, 7, "a"),
    "two documents": _text(DAILY + "---\nversion: 1\n", 7),
    "a tag": _text(HEAD + "daily: !!python/object/apply:os.system ['true']\n", 5),
    "another version": _text(DAILY.replace("version: 1", "version: 7"), 1),
    "a zone nobody knows": _text(DAILY.replace("Asia/Shanghai", "Asia/Shanghia"), 2, "Asia/Shanghai"),
    "an unknown section": _text(DAILY.replace("daily:", "dialy:"), 5, "daily"),
    "a short time": _entry("at: 9:5", "09:05"),
    "no hour of any day": _entry('at: "25:00"'),
    "a time that is a number": _entry("at: 900"),
    "a time that is a list": _entry("at: [9, 0]"),
    "an unknown key": _entry('at: "09:00", stpes: [x]', "steps"),
    "an unknown category": _text(DAILY.replace("category: c,", "category: d,"), 6),
    "an unknown reading": _entry('at: "09:00", read: [nothing]'),
    "an id with spaces": _text(DAILY.replace("id: a", 'id: "a b"'), 6),
    "no title": _text(DAILY.replace("title: T, ", ""), 6),
    "a weekday nobody knows": _entry('at: "09:00", on: mondey', "mon", "weekly"),
    "the 32nd": _entry('at: "09:00", day: 32', "", "monthly"),
    "a rule without a start": _entry('at: "09:00", rrule: "FREQ=DAILY"', "", "rrule"),
    "a rule nobody can read": _entry('at: "09:00", rrule: "EVERY DAY"', "", "rrule"),
    "a day that is none": _entry('at: "09:00", dates: [2026-02-30]', "", "dated"),
}
