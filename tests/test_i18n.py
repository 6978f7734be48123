"""Both languages are whole, and the right one is spoken."""

from __future__ import annotations

import runpy
import threading
from pathlib import Path

import pytest

from csconsole import i18n

CATALOGUE = runpy.run_path(str(Path(__file__).parent / "tools" / "catalogue.py"))


def test_every_message_is_in_both_languages_as_the_source_says_it() -> None:
    """Extracted, translated, with the same placeholders, compiled: `tests/tools/catalogue.py` says how to mend it."""
    assert CATALOGUE["faults"]() == []


def test_messages_are_looked_up_when_they_are_said() -> None:
    try:
        assert (i18n._("Monday"), i18n.language()) == ("Monday", "en")
        i18n.use("zh")
        assert (i18n._("Monday"), i18n.language()) == ("周一", "zh")
        assert i18n.N_("Monday") == "Monday"
    finally:
        i18n.use("en")


def test_plurals_follow_the_language() -> None:
    def said(count: int) -> str:
        return i18n.ngettext("{days} day ago", "{days} days ago", count)

    with i18n.speaking("en"):
        assert [said(1), said(2)] == ["{days} day ago", "{days} days ago"]
    with i18n.speaking("zh"):
        assert [said(1), said(2)] == ["{days}天前", "{days}天前"]


def test_a_message_that_is_not_in_the_catalogue_stands_as_it_is() -> None:
    with i18n.speaking("zh"):
        assert i18n._("nobody says this") == "nobody says this"


def test_a_block_speaks_its_own_language_and_nobody_elses() -> None:
    heard: list[str] = []
    with i18n.speaking("zh"):
        with i18n.speaking("en"):
            assert i18n.language() == "en"
            with i18n.speaking(None):
                assert i18n.language() == "en"
        assert i18n.language() == "zh"
        thread = threading.Thread(target=lambda: heard.append(i18n.language()))
        thread.start()
        thread.join()
    assert heard == ["en"]
    assert i18n.language() == "en"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_systems_language(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.system_language() == expected


@pytest.mark.parametrize(
    ("settings", "expected"), [("zh_Hans_CN", "zh"), ("Chinese (Simplified)", "zh"), ("fr_FR", "en")]
)
def test_without_variables_the_systems_settings_say_it(
    monkeypatch: pytest.MonkeyPatch, settings: str, expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(i18n, "_ui_locale", lambda: settings)
    assert i18n.system_language() == expected
