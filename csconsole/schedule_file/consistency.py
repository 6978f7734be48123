"""What must agree across a whole file: ids that stand once, words that name one category, old ids that are free.

It looks at the plain document, so that it finds these faults whatever else is wrong with the entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from csconsole.core.schedule import Kind
from csconsole.core.text import clean, halfwidth
from csconsole.i18n import _
from csconsole.schedule_file.faults import Place
from csconsole.schedule_file.hints import shown
from csconsole.schedule_file.nodes import Document, Path


def inconsistencies(document: Document) -> Iterator[tuple[Place, str]]:
    """The place and the message of each such fault."""
    data = document.data
    duties = [entry for kind in Kind for entry in _entries(data, kind)]
    yield from _repeated_ids(document, duties)
    yield from _repeated_ids(document, _entries(data, "shops"))
    yield from _repeated_ids(document, _entries(data, "people"))
    yield from _old_ids(document, duties)
    yield from _months_not_covered(document, duties)
    yield from _contested_words(document)
    yield from _hours_unknown(document)
    yield from _repeated_days(document)


def list_in(data: dict[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def mapping_in(data: dict[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _entries(data: dict[str, Any], section: str) -> list[tuple[Path, dict[str, Any]]]:
    return [((section, index), entry) for index, entry in enumerate(list_in(data, section)) if isinstance(entry, dict)]


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """The texts of a value that may be one text, a list of them, or one in each language."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list | dict):
        for key, each in enumerate(value) if isinstance(value, list) else value.items():
            if isinstance(each, str):
                yield (*path, key), each


def _repeated_ids(document: Document, entries: Iterable[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Place, str]]:
    first: dict[str, Path] = {}
    for path, entry in entries:
        name = entry.get("id")
        if isinstance(name, str) and first.setdefault(name, path) is not path:
            message = _("the id '{id}' is taken on line {line}, give each its own")
            line = document.place((*first[name], "id")).line
            yield document.place((*path, "id")), message.format(id=shown(name), line=line)


def _old_ids(document: Document, duties: list[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Place, str]]:
    live = {entry["id"]: path for path, entry in duties if isinstance(entry.get("id"), str)}
    claimed: dict[str, Path] = {}
    for path, entry in duties:
        for where, old in _texts(entry.get("was"), (*path, "was")):
            if old in live:
                message = _("'{id}' is still the id of the entry on line {line}, its history cannot be carried on")
                line = document.place((*live[old], "id")).line
                yield document.place(where), message.format(id=shown(old), line=line)
            elif claimed.setdefault(old, path) is not path:
                message = _("'{id}' is carried on already by the entry on line {line}")
                yield document.place(where), message.format(id=shown(old), line=document.place(claimed[old]).line)


def _months_not_covered(document: Document, duties: list[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Place, str]]:
    for path, entry in duties:
        for where, title in _texts(entry.get("title"), (*path, "title")):
            if "{month}" in title and not entry.get("covers"):
                message = _("'{month}' in a title needs 'covers', which says what month that is")
                yield document.place(where), message


def _contested_words(document: Document) -> Iterator[tuple[Place, str]]:
    """A word of the one-line log must mean one category, by whatever it is known: id, name or word."""
    owners: dict[str, str] = {}
    categories = mapping_in(document.data, "categories")
    for category in categories:
        owners.setdefault(_folded(category), category)
    for category, content in categories.items():
        for key in ("name", "words"):
            given = content.get(key) if isinstance(content, dict) else None
            for where, word in _texts(given, ("categories", category, key)):
                owner = owners.setdefault(_folded(word), category)
                if owner != category:
                    message = _("'{word}' already means the category '{category}', a word can mean only one")
                    yield document.place(where), message.format(word=shown(word), category=shown(owner))


def _hours_unknown(document: Document) -> Iterator[tuple[Place, str]]:
    if "working_hours" in document.data:
        return
    for category, content in mapping_in(document.data, "categories").items():
        if isinstance(content, dict) and content.get("working_hours") is True:
            message = _('the schedule does not say what the working hours are, write working_hours: "09:00-22:00"')
            yield document.place(("categories", category, "working_hours")), message


def _folded(word: str) -> str:
    return halfwidth(clean(word)).strip().casefold()


def _repeated_days(document: Document) -> Iterator[tuple[Place, str]]:
    first: dict[str, Path] = {}
    for section in ("days_off", "workdays"):
        for index, entry in enumerate(list_in(document.data, section)):
            path: Path = (section, index)
            day = entry.get("date") if isinstance(entry, dict) else entry
            if isinstance(day, str) and first.setdefault(day, path) is not path:
                message = _("{date} stands on line {line} already, a day can be off or worked, once")
                line = document.place(first[day]).line
                yield document.place(path), message.format(date=shown(day), line=line)
