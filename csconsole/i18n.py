"""The two languages of the screens, by gettext catalogues. English is the language of the source.

`_` and `ngettext` follow the language in use, looked up at each call, so that a module can be imported before
the language is chosen.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # dataclasses and zoneinfo would be two thirds of what `--help` costs
    from csconsole.core.schedule import Language

_DOMAIN = "csconsole"
_LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en"}
_language: Language = "en"
_here: ContextVar[Language | None] = ContextVar("language", default=None)


@cache
def _catalogue(language: Language) -> _gettext.NullTranslations:
    # Not by importlib.resources, whose import costs more than all of this module.
    return _gettext.translation(_DOMAIN, Path(__file__).with_name("locales"), [_LOCALES[language]])


def use(language: Language) -> None:
    """Say everything in this language from now on."""
    global _language
    _language = language


@contextmanager
def speaking(language: Language | None) -> Iterator[None]:
    """Say everything within this block, in this thread or task alone, in this language; None changes nothing."""
    token = _here.set(language or _here.get())
    try:
        yield
    finally:
        _here.reset(token)


def language() -> Language:
    """The language in use."""
    return _here.get() or _language


def _(message: str) -> str:
    """`message` in the language in use."""
    return _catalogue(language()).gettext(message)


def pgettext(context: str, message: str) -> str:
    """`message` in the language in use, where English has one word for what Chinese has two for."""
    return _catalogue(language()).pgettext(context, message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the language in use, by its plural rule for `count`."""
    return _catalogue(language()).ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark a message for the catalogue where it is written, to be translated by `_` where it is said."""
    return message


def system_language() -> Language:
    """The language of the person's system: the POSIX variables, else what the system's own settings say."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if _ui_locale().lower().startswith(("zh", "chinese")) else "en"


def _ui_locale() -> str:
    if sys.platform == "win32":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    if sys.platform == "darwin":
        import subprocess

        try:
            asked = ["defaults", "read", "-g", "AppleLocale"]
            return subprocess.run(asked, capture_output=True, text=True, timeout=1, check=False).stdout.strip()
        except (OSError, subprocess.TimeoutExpired):
            return ""
    return locale.getlocale()[0] or ""
