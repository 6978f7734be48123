"""The handover in every format: all there is to say, in both languages, and nothing a person typed becomes markup."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser
from typing import get_args

import pytest
from monday import MARKUP, MONDAY, Facts
from routine import at

from csconsole.core.facts import TakeOver, Word
from csconsole.core.handover import Amended, Handover, handover
from csconsole.core.incident import Event, EventKind, Incident
from csconsole.core.schedule import Language
from csconsole.core.text import clean
from csconsole.reports import FORMATS, Format, render

LANGUAGES: tuple[Language, ...] = get_args(Language)


def page(facts: Facts) -> Handover:
    """The Monday's, closed by Wang, taken over by Li, with a promise to keep and one check answered since."""
    assert facts.closing is not None
    promise = Event(EventKind.PROMISED, at("2026-11-23 10:00"), "wang", "回电", "买家", at("2026-11-23 22:00"))
    waits = Event(EventKind.WAITING, at("2026-11-23 11:00"), "wang", value="carrier")
    first, *rest = facts.incidents
    incidents = [Incident(first.number, first.draft, first.opened_at, "wang", (*first.events, promise, waits)), *rest]
    word = Word(facts.closing.closed_at, facts.closing.by, facts.closing.handover)
    return handover(
        facts.agenda(),
        incidents,
        [Word(at("2026-11-23 17:00"), "me", "早一点写的"), word],
        [TakeOver("小李", at("2026-11-23 18:35"))],
        [facts.closing],
        Amended(1, at("2026-11-23 22:05")),
        facts.agenda(MONDAY + timedelta(days=1)),
        facts.schedule,
    )


SAID = (
    *("2026-11-23", "21:40", "夜班请盯", "库存:A 款缺货", "早一点写的", "17:00"),
    *("39", "破损待赔", "21:10", "41", "买家说没收到", "小李", "18:35", "22:05"),
    *("回电", "22:00", "已联系快递,等回复", "今天没有活动", "2026-11-24", "08:45", "11-24 09:05"),
)
SAID_IN: dict[Language, tuple[str, ...]] = {
    "en": (
        "35 min over",
        "the carrier",
        "taken over: ",
        "1 check answered or changed since",
        "Progress of each colleague",
    ),
    "zh": ("35分", "快递", "接班:", "登记或改动 1 项", "询问每位同事工作进展"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", [each for each in FORMATS if each != "json"])
def test_every_format_says_it_all(facts: Facts, format: Format, language: Language) -> None:
    text = " ".join(render(page(facts), format, language).replace("\\", "").split())
    assert [words for words in (*SAID, *SAID_IN[language]) if words not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", FORMATS)
def test_what_people_typed_commands_nothing(hostile: Facts, format: Format, language: Language) -> None:
    text = render(page(hostile), format, language)
    assert clean(text, multiline=True, limit=None) == text
    if format == "html":
        tags: list[str] = []
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]  # to hear of each
        parser.feed(text)
        assert not {"script", "img"} & set(tags)


def test_markdown_stays_as_it_was_typed(facts: Facts) -> None:
    first = facts.incidents[0]
    note = Event(EventKind.NOTE, at("2026-11-23 11:00"), "me", MARKUP)
    facts.incidents[0] = Incident(first.number, first.draft, first.opened_at, "wang", (note,))
    assert "**bold**" not in render(page(facts), "markdown", "en")
