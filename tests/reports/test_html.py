"""The HTML page: whole in itself, sound, and escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from monday import MARKUP, Facts, everywhere
from msgspec.structs import replace

from csconsole.core.calendar import DayType
from csconsole.core.schedule import Language, Text
from csconsole.reports import render
from csconsole.reports.html import ABREAST

VOID = {"meta", "br", "col"}
ALLOWED = VOID | {
    *("html", "head", "title", "style", "body", "header", "h1", "h2", "p", "strong", "dl", "dt", "dd", "div", "small"),
    *("figure", "svg", "line", "polyline", "rect", "circle", "text"),
    *("section", "table", "colgroup", "thead", "tbody", "tr", "th", "td", "b", "ul", "li", "blockquote", "footer"),
}


class Page(HTMLParser):
    """What a browser would make of it: each tag closed in its turn, the attributes, the words between."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.rows: list[list[int]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag == "table":
            self.rows.append([])
        elif tag == "tr":
            self.rows[-1].append(0)
        elif tag in ("td", "th"):
            self.rows[-1][-1] += int(dict(attrs).get("colspan") or 1)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_sound_and_needs_nothing_else(hostile: Facts, language: Language) -> None:
    for look in (hostile.day, hostile.week):
        text = render(look(), "html", language)
        page = Page(text)
        assert page.open == []
        assert page.tags <= ALLOWED
        drawn = {"viewbox", "role", "aria-label", "points", "fill", "stroke", "stroke-width", "stroke-dasharray"}
        places = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"}
        words = {"font-size", "font-weight", "text-anchor"}
        known = {"lang", "charset", "name", "content", "class", "style", "scope", "colspan"}
        assert page.attributes <= known | drawn | places | words
        assert all(len(set(rows)) == 1 for rows in page.rows)
        style = text.partition("<style>")[2].partition("</style>")[0]
        assert "url(" not in style and "@import" not in style and "://" not in style


def test_what_was_typed_reads_as_it_was_typed(facts: Facts) -> None:
    page = Page(render(everywhere(facts, MARKUP).day(), "html", "en"))
    assert page.words.count(MARKUP) > 20


def test_a_holiday_s_name_cannot_leave_the_style_sheet(facts: Facts) -> None:
    name = '"} body { display: none } </style> 国庆'
    report = facts.day()
    day, progress = report.days[0]
    report = replace(report, days=((replace(day, type=DayType.HOLIDAY, name=Text(name, name)), progress),))
    text = render(report, "html", "zh")
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert style.count("{") == style.count("}") and "display: none" not in re.sub(r'"[^"]*"', "", style)
    assert name in Page(text).words


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_the_page_says_its_language(facts: Facts, language: Language, tag: str) -> None:
    assert f'<html lang="{tag}">' in render(facts.day(), "html", language)


def test_many_shops_stand_in_several_grids(facts: Facts) -> None:
    facts.readings = [facts.readings[4]._replace(shop=f"shop{n}", value=n) for n in range(2 * ABREAST + 1)]
    text = render(facts.day(), "html")
    assert text.count('<table class="grid">') == 3
    assert all(f"shop{n}</th>" in text for n in range(2 * ABREAST + 1))


def test_paper_has_page_numbers(facts: Facts) -> None:
    text = render(facts.day(), "html")
    assert "size: A4" in text and "counter(page)" in text
