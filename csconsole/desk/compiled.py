"""Schedules and calendars compiled once and kept in `data/cache`, so that a start needs neither the YAML, nor the
validation, nor the `holidays` library (DESIGN.md §5.11).

A compiled schedule is kept under the hash of its text, a year of the calendar under the country's rule and the
library's version, both under a fingerprint of the code that compiles them. Whatever cannot be read or written is
computed again: the cache is never the only copy of anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from csconsole import schedule_file
from csconsole.core import country
from csconsole.core.calendar import Calendar, Decree, Overrides, overridden
from csconsole.core.schedule import CalendarRule, Schedule
from csconsole.schedule_file import build, build_holidays, compile, compile_holidays
from csconsole.workspace import write_atomically

_UNUSED = 50
"""How many files of other homes' or times' schedules are kept."""

Plain = dict[str, Any]
T = TypeVar("T")


class NotCompiled(LookupError):
    """Only what is in the cache was asked for, and it is not there."""


def content_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Compiler:
    """Turns the texts of a schedule and its holiday overrides into core values, by way of the cache in `folder`.

    With `cached_only`, raises `NotCompiled` rather than compile anything.
    """

    def __init__(self, folder: Path, *, cached_only: bool = False) -> None:
        self._folder = folder
        self._cached_only = cached_only
        self._decrees: dict[tuple[CalendarRule, int], Decree] = {}
        self._used: set[Path] = set()

    def schedule(self, data: bytes, name: str) -> Schedule:
        """Raises `Faults` where the text is not a schedule."""
        return self._kept(f"schedule-{_fingerprint()}-{content_hash(data)}", partial(compile, data, name), build)

    def overrides(self, data: bytes, name: str) -> Overrides:
        """Raises `Faults` where the text does not list days off and workdays."""
        name_kept = f"holidays-{_fingerprint()}-{content_hash(data)}"
        return self._kept(name_kept, partial(compile_holidays, data, name), build_holidays)

    def calendar(self, rule: CalendarRule, overrides: Overrides) -> Calendar:
        return Calendar(rule.weekend, lambda year: overridden(self._decree(rule, year), overrides, rule.weekend))

    def _decree(self, rule: CalendarRule, year: int) -> Decree:
        if (rule, year) not in self._decrees:
            names = (
                rule.country,
                rule.subdivision,
                "".join(map(str, rule.weekend)),
                year,
                _library_version(),
                _fingerprint(),
            )
            self._decrees[rule, year] = self._kept(
                f"year-{'-'.join(map(str, names))}",
                lambda: country.to_plain(country.decree(rule.country, rule.subdivision, rule.weekend, year)),
                country.from_plain,
            )
        return self._decrees[rule, year]

    def _kept(self, name: str, make: Callable[[], Plain], build: Callable[[Plain], T]) -> T:
        path = self._folder / f"{name}.json"
        self._used.add(path)
        # What was kept may be damaged in any way, or from nobody knows where.
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return build(json.loads(path.read_bytes()))
        if self._cached_only:
            raise NotCompiled(path.name)
        plain = make()
        with contextlib.suppress(OSError):
            write_atomically(path, json.dumps(plain, ensure_ascii=False).encode())
        return build(plain)

    def prune(self) -> None:
        """Delete what no program of this version can use, and of what was not used here all but the newest."""
        with contextlib.suppress(OSError):
            unused = sorted(set(self._folder.iterdir()) - self._used, key=lambda file: file.stat().st_mtime)
            usable = [file for file in unused if file.suffix == ".json" and _fingerprint() in file.name]
            for file in {*unused} - {*usable[-_UNUSED:]}:
                file.unlink()


@cache
def _fingerprint() -> str:
    """What changes whenever the code that compiles does."""
    code = [*Path(schedule_file.__file__).parent.glob("*.py"), Path(country.__file__)]
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(code)]
    return content_hash(repr(stats).encode())[:12]


@cache
def _library_version() -> str:
    """The version of `holidays` by the name of its metadata folder, which costs neither an import of the library
    nor one of `importlib.metadata`."""
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return "none"
    site = Path(spec.origin).parent.parent
    return next((folder.name.removesuffix(".dist-info") for folder in site.glob("holidays-*.dist-info")), "unknown")
