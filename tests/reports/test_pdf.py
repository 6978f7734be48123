"""The PDF, where this system has what it takes: words that can be found again, fonts inside, never boxes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from monday import HOSTILE, MARKUP, MONDAY, Facts, everywhere
from routine import at

from csconsole.core.errors import UserError
from csconsole.core.facts import Reading
from csconsole.core.period import PeriodKind
from csconsole.core.schedule import Language
from csconsole.reports import fonts, render_pdf

pytest.importorskip("fpdf")
needs_font = pytest.mark.skipif(not any(fonts.candidates()), reason="this system has no font with Chinese characters")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler reads the words back")


def read(pdf: bytes, tmp_path: Path, command: str = "pdftotext", *options: str) -> str:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(
        [command, *options, str(file), *(["-"] if command == "pdftotext" else [])], capture_output=True, check=True
    )
    return said.stdout.decode()


@needs_font
@needs_poppler
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ("Customer service daily report", "8/10", "60%", "Refunds pending (orders)", "152,300.5", "35 min over"),
        ),
        ("zh", ("王主管", "督促售后处理后台退款", "天猫旗舰店", "40分", "11月丢件少件明细", "夜班请盯 #41")),
    ],
)
def test_the_words_can_be_found_and_the_fonts_are_inside(
    facts: Facts, tmp_path: Path, language: Language, expected: tuple[str, ...]
) -> None:
    pdf = render_pdf(facts.day(), language)
    text = read(pdf, tmp_path)
    assert [words for words in expected if words not in text] == []
    assert {"1/3", "2/3", "3/3"} <= {line.replace(" ", "") for line in text.splitlines()}
    listed = read(pdf, tmp_path, "pdffonts").splitlines()[2:]
    assert listed and all(line.split()[-5] == "yes" for line in listed)  # emb


@needs_font
@needs_poppler
def test_pictures_are_drawn_with_their_words_and_no_image(facts: Facts, tmp_path: Path) -> None:
    for n in range(4):
        day = MONDAY - timedelta(days=n)
        facts.readings.append(Reading("tmall", "refunds_pending", 25 - n, at(f"{day} 10:00"), day, "x"))
    facts.now = "2026-11-30 09:00"
    report = facts.report(PeriodKind.WEEK, [facts.agenda(MONDAY + timedelta(days=n)) for n in range(-14, 7)])
    pdf = render_pdf(report, "en")
    text = read(pdf, tmp_path)
    words = ("At a glance", "On time, of what was due", "missed or overdue", "warning above 20", "▲ Tmall flagship")
    assert [each for each in words if each not in text] == []
    assert len(read(pdf, tmp_path, "pdfimages", "-list").splitlines()) == 2  # its two lines of titles alone


@needs_font
def test_a_page_takes_anything_typed(facts: Facts) -> None:
    """In one go, for each PDF costs the seconds its fonts take to read."""
    typed = " ".join(text[:500] for text in HOSTILE)
    assert render_pdf(everywhere(facts, typed).day(), "zh").startswith(b"%PDF-")


@needs_font
@needs_poppler
def test_markup_is_text(facts: Facts, tmp_path: Path) -> None:
    text = read(render_pdf(everywhere(facts, MARKUP).day(), "en"), tmp_path)
    assert "**bold**" in text and "<script>alert(1)</script>" in text


@needs_font
@needs_poppler
def test_what_the_font_cannot_draw_is_not_a_box(facts: Facts, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = read(
        render_pdf(everywhere(facts, "好 \U0001f600 \U0001f468\u200d\U0001f469 ✗ \u1f00 ok").day(), "en"), tmp_path
    )
    assert "missing" not in caplog.text
    assert "ok" in text


def test_no_font_is_said_clearly(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csconsole.reports.sheet.candidates", lambda: iter(()))
    with pytest.raises(UserError, match="font with Chinese"):
        render_pdf(facts.day())


def test_a_font_that_draws_no_chinese_is_not_taken(
    facts: Facts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    font = FontBuilder(1000)
    font.setupGlyphOrder([".notdef", "A"])
    font.setupCharacterMap({ord("A"): "A"})
    font.setupGlyf({".notdef": Glyph(), "A": Glyph()})
    font.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    font.setupHorizontalHeader()
    font.setupNameTable({"familyName": "Latin", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(tmp_path / "latin.ttf")
    latin, gone = fonts.Face(tmp_path / "latin.ttf"), fonts.Face(tmp_path / "gone.ttf")
    monkeypatch.setattr("csconsole.reports.sheet.candidates", lambda: iter([(gone, gone), (latin, latin)]))
    with pytest.raises(UserError, match="font with Chinese"):
        render_pdf(facts.day())


def test_without_the_library_it_says_what_to_install(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fpdf", None)
    for name in ("csconsole.reports.pdf", "csconsole.reports.sheet"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(UserError, match=r"csconsole\[pdf\]"):
        render_pdf(facts.day())
