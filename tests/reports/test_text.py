"""The plain text: 80 cells wide, columns that line up in Chinese too, nothing cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monday import Facts

from csconsole.core.incident import Draft, Incident
from csconsole.core.schedule import Language
from csconsole.core.text import width
from csconsole.i18n import speaking
from csconsole.reports import render
from csconsole.reports.compose import compose
from csconsole.reports.document import Column, Grid, Group, Row, Table
from csconsole.reports.lines import wrap
from csconsole.reports.text import CELLS, table


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_of_a_table_is_as_wide_as_any_other(facts: Facts, language: Language) -> None:
    with speaking(language):
        blocks = [block for section in compose(facts.day()).sections for block in section.blocks]
    tables = [block.table if isinstance(block, Grid) else block for block in blocks if isinstance(block, Grid | Table)]
    assert len(tables) == 8
    for each in tables:
        bare = Table(each.columns, tuple(Group("", tuple(Row(r.cells) for r in g.rows)) for g in each.groups))
        lines = list(table(bare))
        assert len({width(line) for line in lines}) == 1
        assert width(lines[0]) <= CELLS


def test_columns_begin_at_one_cell_whatever_stands_before_them() -> None:
    columns = (Column("Shop"), Column("N", number=True), Column("What", wide=True))
    rows = (Row(("天猫旗舰店", "3", "好")), Row(("JD", "1,250", "ok")))
    assert list(table(Table(columns, (Group("", rows),)))) == [
        "Shop            N  What",
        "天猫旗舰店      3  好  ",
        "JD          1,250  ok  ",
    ]


def test_nothing_is_wider_than_the_terminal(hostile: Facts) -> None:
    for language in ("en", "zh"):
        for look in (hostile.day, hostile.week):
            text = render(look(), "text", language)
            assert max(width(line) for line in text.splitlines()) <= CELLS


def test_a_long_note_is_there_to_its_last_character(facts: Facts) -> None:
    note = "".join(f"第{n}条," for n in range(500))
    facts.incidents[0] = Incident(39, Draft(note, "logistics"), facts.incidents[0].opened_at, "wang")
    lines = render(facts.day(), "text", "zh").splitlines()
    assert note in "".join(line[5:].split("  ")[0].strip() for line in lines)


def test_no_line_ends_in_blanks(facts: Facts) -> None:
    assert all(line == line.rstrip() for line in render(facts.day(), "text").splitlines())


# -- breaking lines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 10, [""]),
        ("short", 10, ["short"]),
        ("two words", 5, ["two", "words"]),
        ("exactly ten", 7, ["exactly", "ten"]),
        ("查看投诉进度", 8, ["查看投诉", "进度"]),
        ("查看投诉,进度", 8, ["查看投", "诉,进度"]),  # no line begins with a comma
        ("JD店3单", 4, ["JD店", "3单"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("ab abcdefgh cd", 4, ["ab", "abcd", "efgh", "cd"]),
        ("长" * 5, 4, ["长长", "长长", "长"]),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, room: int, expected: list[str]) -> None:
    assert wrap(text, room, width) == expected


@given(st.text(alphabet="ab,. 查看。(\n長x", max_size=60), st.integers(2, 20))
def test_broken_lines_fit_and_lose_nothing_but_blanks(text: str, room: int) -> None:
    lines = wrap(text, room, width)
    assert all(width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
