"""Cleaning, folding and measuring of text people typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from csconsole.core.text import clean, fit, halfwidth, truncate, width

FAMILY = "👨\u200d👩\u200d👧"
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}

# Text leaning towards what cleaning is about.
nasty = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\t\n\r\v\f\x00\x1b\x7f\x85\x9b\u2028\u2029\u200b\u200d\u202e\u2066\ufe0f\ufe0e\ufeff"),
        st.sampled_from("👨👩🏳🌈❤♂葛\U000e0100\U000e0041\ud800\udfff\uffff\U0010fffe　 a"),
    )
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  退款 天猫　买家说没收到！ ", "  退款 天猫　买家说没收到！ "),
        ("＃１２３ ＠小李 ㊣ ① ｱ", "＃１２３ ＠小李 ㊣ ① ｱ"),
        ("[red]x[/] [@click=app.quit]y[/]", "[red]x[/] [@click=app.quit]y[/]"),
        ("<script>'; rm -rf / =1+1", "<script>'; rm -rf / =1+1"),
        ("a\tb\nc\r\nd\re\u2028f\u2029g\x85h\vi", "a b c d e f g h i"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]52;c;AAAA\x07", "]52;c;AAAA"),
        ("\x9b2Jx\x7f\x00", "2Jx"),
        ("abc\u202edef\u202c\u2066g\u2069\u200f\u061c", "abcdefg"),
        ("a\u200bb\u200cc\u2060d\ufeffe\u00adf\u034fg\u3164h", "abcdefgh"),
        ("lone \ud83d\ude00 \udc80", "lone  "),
        ("\ufdd0\uffff\U0001fffe", ""),
        (FAMILY, FAMILY),
        ("🏳️\u200d🌈", "🏳️\u200d🌈"),
        ("a\u200db \u200d👩\u200d", "ab 👩"),
        ("葛\U000e0100飾", "葛\U000e0100飾"),
        ("❤️\ufe0f\U000e0120 \ufe0f", "❤️ "),
        ("hi\U000e0068\U000e0069", "hi"),
    ],
)
def test_cleaning_takes_out_what_hides_or_commands_and_keeps_the_rest(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_lines_are_kept_where_there_may_be_several() -> None:
    assert clean("a\r\nb\rc\u2028d\te\x00", multiline=True) == "a\nb\nc\nd\te"


def test_cleaning_caps_the_length() -> None:
    assert len(clean("款" * 20_000)) == 10_000
    assert clean("款" * 20_000, limit=5) == "款款款款款"
    assert len(clean("款" * 20_000, limit=None)) == 20_000
    assert clean(FAMILY, limit=2) == "👨"


@given(nasty, st.booleans(), st.integers(0, 40))
def test_cleaned_text_is_clean_and_stays_so(typed: str, multiline: bool, limit: int) -> None:
    kept = clean(typed, multiline=multiline, limit=limit)
    assert clean(kept, multiline=multiline, limit=limit) == kept
    assert len(kept) <= limit
    for char in kept:
        assert unicodedata.category(char) not in ("Cs", "Zl", "Zp")
        assert unicodedata.category(char) != "Cc" or (multiline and char in "\n\t")
        assert unicodedata.bidirectional(char) not in BIDI
        assert char not in "\u200b\u200c\u200e\u200f\u2060\ufeff"
    kept.encode()


@given(nasty)
def test_folding_moves_nothing(typed: str) -> None:
    folded = halfwidth(typed)
    assert len(folded) == len(typed)
    assert all(a == b or unicodedata.normalize("NFKC", a) == b for a, b in zip(typed, folded, strict=True))


def test_folding_knows_every_full_width_form_of_ascii() -> None:
    assert halfwidth("＠＃！：＋－　１２３ＡＢｚ，；﹫") == "@#!:+- 123ABz,;@"
    assert halfwidth("退款、。“”") == "退款、。“”"


@pytest.mark.parametrize(
    ("text", "cells", "fitted"),
    [
        ("退款", 6, "退款  "),
        ("退款", 4, "退款"),
        ("退款中", 5, "退款…"),
        ("退款中", 4, "退… "),
        ("refund pending", 8, "refund… "),
        ("退", 1, "…"),
        ("退", 0, ""),
        ("", 3, "   "),
        (FAMILY * 2, 3, FAMILY + "…"),
    ],
)
def test_text_is_fitted_to_its_cells(text: str, cells: int, fitted: str) -> None:
    assert fit(text, cells) == fitted


@given(nasty.map(clean), st.integers(0, 30))
def test_fitted_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert width(fit(text, cells)) == cells == cell_len(fit(text, cells))
    assert width(truncate(text, cells)) <= cells
    if width(text) <= cells:
        assert truncate(text, cells) == text
