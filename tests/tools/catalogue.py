"""The gettext catalogues in `csconsole/locales`: brought up to date with the source, and checked against it.

    python tests/tools/catalogue.py update    after a message was added or changed; then fill in the Chinese it names
    python tests/tools/catalogue.py check     what `tests/test_i18n.py` checks

English is the language of the source, so its catalogue is written by `update` alone. The `.mo` files are what is
installed: `update` compiles them, also after nothing but a translation was changed.
"""

from __future__ import annotations

import ast
import gettext
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[2] / "csconsole"
LOCALES = PACKAGE / "locales"
TEMPLATE = LOCALES / "csconsole.pot"
FUNCTIONS = ("_", "ngettext", "pgettext", "N_")
LANGUAGES = ("en", "zh_CN")
CREATED = datetime(2026, 11, 21, tzinfo=UTC)
"""Said in the headers. Fixed, so that a catalogue changes only with its messages."""


def extracted() -> Catalog:
    """Every message of the source, with the files it is in."""
    catalog = _empty(None)
    for file, _, message, comments, context in extract_from_dir(PACKAGE, [("**.py", "python")], comment_tags=["i18n:"]):
        catalog.add(message, None, [(f"csconsole/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def load(language: str) -> Catalog:
    """The catalogue of a language as it is in its `.po` file."""
    file = path(language, "po")
    if not file.exists():
        return _empty(language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def path(language: str, suffix: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"csconsole.{suffix}"


def update() -> None:
    """Write the template, and every language's catalogue with its compiled form. What is new is left untranslated,
    what is said no more is dropped."""
    source = extracted()
    _write(TEMPLATE, source)
    for language in LANGUAGES:
        old, catalog = load(language), _empty(language)
        for message in _messages(source):
            kept = old.get(message.id, message.context)
            text = message.id if language == "en" else kept.string if kept else None
            flags = kept.flags if kept else ()
            catalog.add(message.id, text, message.locations, flags, message.auto_comments, context=message.context)
        path(language, "po").parent.mkdir(parents=True, exist_ok=True)
        _write(path(language, "po"), catalog)
        with path(language, "mo").open("wb") as stream:
            write_mo(stream, catalog)


def faults() -> list[str]:
    """What is wrong with the catalogues, one line a fault."""
    return [*_unseen(), *(fault for language in LANGUAGES for fault in _faults(language, extracted(), load(language)))]


def _unseen() -> Iterator[str]:
    """Messages inside f-strings: before Python 3.12 no extractor sees them, and nobody translates them."""
    for file in sorted(PACKAGE.rglob("*.py")):
        strings = (node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.JoinedStr))
        for call in (each for string in strings for each in ast.walk(string) if isinstance(each, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS and isinstance(call.args[0], ast.Constant):
                yield f"{file.relative_to(PACKAGE.parent)}:{call.lineno}: a message stands in an f-string: take it out"


def _faults(language: str, source: Catalog, catalog: Catalog) -> Iterator[str]:
    with path(language, "mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    known = {_key(message) for message in _messages(source)}
    for message in _messages(source):
        translated = catalog.get(message.id, message.context)
        forms = _forms(translated.string if translated else None)
        said = f"{language}: {message.id!r}"
        if translated is None:
            yield f"{said} is missing: run `python tests/tools/catalogue.py update`"
        elif translated.fuzzy or not all(forms):
            yield f"{said} is not translated"
        elif any(_placeholders(form) != _placeholders(_forms(message.id)[-1]) for form in forms):
            yield f"{said} has other placeholders than its translation {translated.string!r}"
        elif language == "en" and translated.string != message.id:
            yield f"{said} is the source's own language, and says something else"
        elif _said(compiled, message) != [forms[0], forms[-1]]:
            yield f"{said} is not compiled as it is translated: run `python tests/tools/catalogue.py update`"
    for message in _messages(catalog):
        if _key(message) not in known:
            yield f"{language}: {message.id!r} is said nowhere any more: run `python tests/tools/catalogue.py update`"


def _empty(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        header_comment="# Written by tests/tools/catalogue.py, but for the translations.",
        project="csconsole",
        version="0",
        msgid_bugs_address="the issues of the repository",
        creation_date=CREATED,
        revision_date=CREATED,
        last_translator="see the history of this file",
        language_team=language or "none",
        fuzzy=False,
    )


def _write(file: Path, catalog: Catalog) -> None:
    with file.open("wb") as stream:
        write_po(stream, catalog, include_lineno=False, sort_output=True, width=120)


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _key(message: Message) -> tuple[object, ...]:
    return message.context, *_forms(message.id)


def _forms(text: str | Sequence[str] | None) -> list[str]:
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def _placeholders(text: str) -> list[str]:
    """The places to fill: `{name}`, and argparse's `%(name)s` and `%s`."""
    return sorted(set(re.findall(r"\{\w+|%\(\w+\)|%[a-z]", text)))


def _said(compiled: gettext.GNUTranslations, message: Message) -> list[str]:
    """What the compiled catalogue says for one and for many."""
    one, *many = _forms(message.id)
    if many:
        return [compiled.ngettext(one, many[0], count) for count in (1, 2)]
    return [compiled.pgettext(message.context, one) if message.context else compiled.gettext(one)] * 2


def main(arguments: list[str]) -> int:
    if arguments not in (["update"], ["check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    if arguments == ["update"]:
        update()
    found = faults()
    sys.stderr.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
