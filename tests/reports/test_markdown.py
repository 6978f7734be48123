"""Markdown, as a CommonMark parser reads it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from monday import Facts

from csconsole.core.schedule import Language
from csconsole.core.text import clean
from csconsole.reports import render
from csconsole.reports.markdown import escape

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"h1", "h2", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "hr", "code"}


def tags(text: str) -> set[str]:
    found = set()
    for token in PARSER.parse(text):
        for each in (token, *(token.children or ())):
            found.add(each.tag or each.type)
    return found - {"text", "inline", "softbreak", "br"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_typed_becomes_markup(hostile: Facts, language: Language) -> None:
    for look in (hostile.day, hostile.week):
        text = render(look(), "markdown", language)
        assert tags(text) <= OURS
        assert text.count("\n# ") == 0 and text.startswith("# ")


def test_every_row_has_the_columns_of_its_table(hostile: Facts) -> None:
    tokens = PARSER.parse(render(hostile.day(), "markdown"))
    heads = 0
    cells: list[int] = []
    for token in tokens:
        if token.type == "table_open":
            heads, cells = 0, []
        heads += token.type == "th_open"
        if token.type == "tr_open":
            cells.append(0)
        if token.type == "td_open":
            cells[-1] += 1
        if token.type == "table_close":
            assert cells[1:] and set(cells[1:]) == {heads}


@given(st.text(max_size=40).map(clean))
def test_escaped_text_reads_as_it_was_typed(text: str) -> None:
    text = " ".join(text.split())
    blocks = PARSER.parse(f"{escape(text)}\n")
    words = "".join(child.content for token in blocks for child in token.children or ())
    assert words == text
    assert tags(escape(text)) <= {"p"}


def test_a_time_is_left_as_it_reads() -> None:
    assert escape("09:00 查看 4.6 (+2)") == "09:00 查看 4.6 (+2)"
