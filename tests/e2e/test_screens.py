"""Every size, both languages, no colour: what is due is seen."""

from __future__ import annotations

import re

from terminal import OpenTerminal

COLOUR = re.compile(rb"[34]8;2;([0-9]+);([0-9]+);([0-9]+)")


def test_every_size_shows_what_is_due_and_resizing_keeps_it(console: OpenTerminal) -> None:
    term = console(size=(60, 15), lang="en")
    for size in ((80, 24), (200, 60), (60, 15), (120, 36)):
        term.see(lambda: bool(re.search(r"▸09:30.*●", term.text)), "Press on with refunds")
        assert "F1" in term.lines[-1]
        assert term.text.count("09:42") >= 2  # the clock, and the line of now
        term.resize(*size)
        term.settle()
    term.see("Press on with refunds")


def test_without_colour_a_glyph_and_a_word_say_it(console: OpenTerminal) -> None:
    term = console(size=(80, 24), env={"NO_COLOR": "1"})
    term.see("▲ 超时 57分", "● 已到点 12分", "▸09:30")
    term.press("space")
    term.see("✓ 09:42")
    term.press("f1")
    term.see("空格 x")
    # What is not the terminal's own colour is a grey.
    assert {len(set(colour)) for colour in COLOUR.findall(term.raw)} == {1}
