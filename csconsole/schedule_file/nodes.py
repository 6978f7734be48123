"""Bytes to plain values by YAML 1.2's core schema, with the place of each: its line and its column.

Only what an owner's notes need is read. Anchors, aliases and tags are refused, and so are repeated keys, deep nesting
and size without end: none of them can then be used to make the program slow, or to say two things at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import yaml
from msgspec import Struct, field

from csconsole.i18n import _
from csconsole.schedule_file.faults import SHOWN, START, Faults, Place
from csconsole.schedule_file.hints import shown
from csconsole.schedule_file.syntax import explain

MAX_BYTES = 1_000_000
MAX_DEPTH = 50
MAX_NODES = 20_000

Path = tuple[str | int, ...]

# What YAML 1.2 calls not printable (section 5.1), and the breaks that YAML 1.1 counts as lines and no editor does.
_UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

# YAML 1.2.2, section 10.3.2. Numbers of absurd length stay text.
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile("[-+]?[0-9]{1,300}")
_BASED = re.compile("0(?:o[0-7]{1,300}|x[0-9a-fA-F]{1,300})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,300}|[0-9]{1,300}(?:\.[0-9]{0,300})?)(?:[eE][-+]?[0-9]{1,9})?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class Document(Struct):
    """The values of a file and where they stand. `refused` are the paths of values that could not be read."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    key_places: dict[Path, Place] = field(default_factory=dict)
    faults: list[tuple[Place, str]] = field(default_factory=list)
    refused: set[Path] = field(default_factory=set)

    def place(self, path: Iterable[str | int]) -> Place:
        """Where the value at `path` stands; if there is none, the nearest value around it."""
        path = tuple(path)
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, START)

    def key_place(self, path: Path) -> Place:
        """Where the key of the value at `path` stands."""
        return self.key_places.get(path) or self.place(path)


def read(data: bytes, name: str) -> Document:
    """The document in `data`, with the faults found on the way. Raises `Faults` where nothing can be read."""
    text = _decoded(data, name)
    if unreadable := list(islice(_unreadable(text), SHOWN)):
        raise Faults(name, unreadable)
    reader = _Reader(name)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise Faults(name, [*reader.document.faults, explain(error, text)]) from None
    if not isinstance(reader.root, dict):
        if reader.root is None and not reader.document.faults:
            raise Faults(name, [(START, _("the file is empty, begin it with 'version: 1'"))])
        message = _("the file must be made of 'key: value' lines, the first of them 'version: 1'")
        raise Faults(name, [*reader.document.faults, (reader.document.place(()), message)])
    reader.document.data = reader.root
    return reader.document


def _decoded(data: bytes, name: str) -> str:
    """The text of the file without its BOM. Faults of the file as a whole stand at 1:1 (DESIGN.md §3)."""
    message = ""
    if len(data) > MAX_BYTES:
        message = _("the file is larger than 1 MB, a schedule is far smaller")
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = _("the file is UTF-16, save it as UTF-8")
    elif not data.strip():
        message = _("the file is empty, begin it with 'version: 1'")
    if message:
        raise Faults(name, [(START, message)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("the file is not UTF-8 text, save it as UTF-8")
        if _looks_like_gbk(data):
            message = _("the file is GBK, not UTF-8: open it in your editor, choose Save as, encoding UTF-8")
        raise Faults(name, [(START, message)]) from None


def _looks_like_gbk(data: bytes) -> bool:
    try:
        return re.search("[\u4e00-\u9fff]", data.decode("gbk")) is not None
    except UnicodeDecodeError:
        return False


def _unreadable(text: str) -> Iterator[tuple[Place, str]]:
    message = _("the character U+{code} cannot be seen and is not allowed here, delete it")
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        for found in _UNREADABLE.finditer(line):
            yield Place(number, found.start() + 1), message.format(code=f"{ord(found[0]):04X}")


class _Reader:
    """Builds the document from the parser's events, without recursion. What stands under a repeated key is read and
    forgotten: its path is None."""

    def __init__(self, name: str) -> None:
        self.document = Document()
        self.root: Any = None
        self._name = name
        self._open: list[tuple[dict[str, Any] | list[Any], Path | None]] = []
        self._key: list[tuple[str, Place] | None] = []  # one for each open mapping or list; a list has none
        self._documents = 0
        self._nodes = 0

    def take(self, event: Any) -> None:
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._give_up(place, _("'---' begins a second document, a file may hold only one"))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
                self._key.pop()
            case yaml.NodeEvent():
                self._count(place)
                self._refuse_marks(event, place)
                self._node(event, place)

    def _node(self, event: Any, place: Place) -> None:
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                self._give_up(place, _("a key must be a plain word, put text in quotes if it begins with a bracket"))
            self._key[-1] = (event.value if isinstance(event, yaml.ScalarEvent) else "*" + event.anchor, place)
            return
        match event:
            case yaml.MappingStartEvent():
                self._push({}, place)
            case yaml.SequenceStartEvent():
                self._push([], place)
            case yaml.ScalarEvent():
                self._put(_value(event), place)
            case _:
                path = self._put(None, place)
                if path is not None:
                    self.document.refused.add(path)

    def _push(self, empty: dict[str, Any] | list[Any], place: Place) -> None:
        path = self._put(empty, place)
        self._open.append((empty, path))
        self._key.append(None)
        if len(self._open) > MAX_DEPTH:
            self._give_up(place, _("lists and keys are nested too deeply here"))

    def _put(self, value: Any, place: Place) -> Path | None:
        """Put a value where it belongs; its path, or None where it is forgotten."""
        if not self._open:
            self.root = value
            self.document.places[()] = place
            return ()
        parent, path = self._open[-1]
        if isinstance(parent, list):
            parent.append(value)
            mine = None if path is None else (*path, len(parent) - 1)
        else:
            key = self._key[-1]
            assert key is not None
            self._key[-1] = None
            if key[0] in parent:
                if path is not None:
                    self._repeated(key, self.document.key_places[*path, key[0]])
                return None
            parent[key[0]] = value
            mine = None if path is None else (*path, key[0])
            if mine is not None:
                self.document.key_places[mine] = key[1]
        if mine is not None:
            self.document.places[mine] = place
        return mine

    def _repeated(self, key: tuple[str, Place], first: Place) -> None:
        message = _("the key '{key}' stands here a second time, the first is on line {line}: keep one of them")
        self.document.faults.append((key[1], message.format(key=shown(key[0]), line=first.line)))

    def _refuse_marks(self, event: Any, place: Place) -> None:
        faults = self.document.faults
        if isinstance(event, yaml.AliasEvent):
            faults.append((place, _("'*{name}' is an alias, write the value out").format(name=shown(event.anchor))))
            return
        if event.anchor is not None:
            faults.append((place, _("'&{name}' is an anchor, leave it out").format(name=shown(event.anchor))))
        if event.tag is not None:
            faults.append((place, _("'!' begins a tag, leave it out, or put the text in quotes")))

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = _("the file has more than {count} entries, split it or leave some out")
            self._give_up(place, message.format(count=MAX_NODES))

    def _give_up(self, place: Place, message: str) -> None:
        raise Faults(self._name, [*self.document.faults, (place, message)])


def _value(event: yaml.ScalarEvent) -> Any:
    text: str = event.value
    if event.style not in (None, ""):
        return text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text
