"""Tables for spreadsheets: what was a value stays one, and no text that was typed becomes a formula."""

from __future__ import annotations

import csv
import io
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from routine import SHANGHAI

from csconsole.core.errors import UserError
from csconsole.core.text import clean
from csconsole.reports.csv import render_csv
from csconsole.reports.rows import Rows
from csconsole.reports.xlsx import render_xlsx

AT = datetime(2026, 11, 23, 13, 45, tzinfo=UTC)
DANGEROUS = ('=HYPERLINK("http://x.example")', "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1")


def table(*rows: tuple[Any, ...], columns: int = 1) -> Rows:
    return Rows("表", tuple(f"列{n}" for n in range(columns)), rows)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(*tables: Rows) -> Any:
    return load_workbook(io.BytesIO(render_xlsx(tables, "报告", AT)))


def test_csv_begins_with_a_byte_order_mark_and_ends_its_lines_as_excel_does() -> None:
    assert render_csv(table(("天猫",))) == b"\xef\xbb\xbf" + "列0\r\n天猫\r\n".encode()


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_formula(text: str) -> None:
    assert read_csv(render_csv(table((text,))))[1] == ["'" + text]
    cell = read_xlsx(table((text,))).active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.removeprefix("_x000D_") == text.strip("\r")  # as the format writes a carriage return


def test_a_value_stays_a_value() -> None:
    row: tuple[Any, ...] = (-3, 4.5, date(2026, 11, 23), datetime(2026, 11, 23, 9, 5, tzinfo=SHANGHAI), None, "京东")
    assert read_csv(render_csv(table(row, columns=6)))[1] == ["-3", "4.5", "2026-11-23", "2026-11-23 09:05", "", "京东"]
    cells = read_xlsx(table(row, columns=6)).active[2]
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "d", "n", "s"]
    values = [cell.value.date() if cell.coordinate == "C2" else cell.value for cell in cells]
    assert values == [-3, 4.5, date(2026, 11, 23), row[3].replace(tzinfo=None), None, "京东"]


def test_a_workbook_has_a_sheet_for_each_table_with_titles_that_stay() -> None:
    book = read_xlsx(Rows("检查", ("a", "b"), ((1, 2),)), Rows("工单", ("c",), ()))
    assert book.sheetnames == ["检查", "工单"]
    assert (book["检查"].freeze_panes, book["检查"].auto_filter.ref) == ("A2", "A1:B2")
    assert book["检查"].page_setup.paperSize == 9
    assert book.properties.title == "报告"


TYPED = st.text(max_size=40).map(lambda text: clean(text, multiline=True))


@given(st.lists(st.tuples(TYPED, st.integers(-(10**9), 10**9)), max_size=5))
def test_whatever_was_typed_comes_back_and_opens_no_formula(rows: list[tuple[str, int]]) -> None:
    read = read_csv(render_csv(table(*rows, columns=2)))[1:]
    assert [(text.removeprefix("'"), int(number)) for text, number in read] == [
        (text.removeprefix("'"), number) for text, number in rows
    ]
    assert not any(text.startswith(tuple("=+-@\t\r＝＋－＠")) for text, _number in read)


def test_a_text_longer_than_a_cell_does_not_break_the_workbook() -> None:
    assert len(read_xlsx(table(("长" * 40_000,))).active["A2"].value) == 32_767


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "csconsole.reports.xlsx", raising=False)
    with pytest.raises(UserError, match=r"csconsole\[xlsx\]"):
        import csconsole.reports.xlsx  # noqa: F401  # what it says when it is loaded
