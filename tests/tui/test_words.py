"""The field of the one-line log: what is pasted, and that a long line looks like a short one."""

from __future__ import annotations

from random import Random

import pytest
from textual import events
from textual.app import App, ComposeResult

from csconsole.core.text import LIMIT
from csconsole.tui.modals.ask import Line
from csconsole.tui.widgets import words
from csconsole.tui.widgets.words import Words


class Fields(App[None]):
    CSS = "Words { width: 40; }"

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[int] = []

    def compose(self) -> ComposeResult:
        yield Words()

    def on_words_too_much(self, message: Words.TooMuch) -> None:
        self.refused.append(message.n)


@pytest.mark.parametrize(
    ("before", "pasted", "after"),
    [
        ("物流", "1\n2\n", "物流 1 2 "),
        ("", "a\tb\r\nc", " a b c "),
        ("x", "one word", "xone word"),
        ("x", "\x1b[31m\u202e", "x[31m"),
    ],
)
async def test_a_paste_of_many_lines_is_one_line(before: str, pasted: str, after: str) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(Words)
        field.value, field.cursor_position = before, len(before)
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == after


async def test_a_paste_that_is_too_long_changes_nothing_and_is_told() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(Words)
        field.value = "x" * 10
        field.cursor_position = 10
        field.post_message(events.Paste("1" * (LIMIT - 9)))
        await pilot.pause()
        assert (field.value, app.refused) == ("x" * 10, [LIMIT + 1])
        field.post_message(events.Paste("1" * (LIMIT - 10)))
        await pilot.pause()
        assert len(field.value) == LIMIT


async def test_a_long_line_is_painted_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What paints only the part that is seen shows, and puts the cursor, as what paints it all."""
    chance, app = Random(1), Fields()
    async with app.run_test(size=(60, 10)) as pilot:
        field = app.query_one(Words)
        for _ in range(40):
            field.value = "".join(chance.choice("ab 款天，0") for _char in range(chance.randrange(1, 120)))
            field.cursor_position = chance.randrange(len(field.value) + 1)
            await pilot.pause()
            painted = []
            for long in (10_000, 0):
                monkeypatch.setattr(words, "_LONG", long)
                strip = field.render_line(0)
                painted.append(
                    (
                        strip.text,
                        [(s.text, s.style and s.style.bgcolor) for s in strip.simplify() if s.text.strip()],
                        field.content_width,
                        field.cursor_screen_offset,
                    )
                )
            assert painted[0] == painted[1]
            monkeypatch.undo()
    assert Line.MOST == LIMIT
