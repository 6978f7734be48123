"""Schedule files: from the YAML their owner writes to core types, with every fault told at its line.

It goes in two steps. `compile` reads and checks, and gives plain values that can be kept as JSON; `build` makes core
types of these and imports neither pydantic nor YAML, so that a start from what was kept is light (DESIGN.md §5.11).
"""

from __future__ import annotations

from typing import Any

from csconsole.core.calendar import Overrides
from csconsole.core.schedule import Schedule
from csconsole.schedule_file import plain as _plain
from csconsole.schedule_file.faults import Fault, Faults

__all__ = ["Fault", "Faults", "build", "build_holidays", "compile", "compile_holidays", "load", "schema"]


def compile(data: bytes, name: str) -> dict[str, Any]:
    """The plain form of a schedule, every default worked out. `name` is what faults call the file.

    Raises `Faults` with everything that is wrong with it.
    """
    from csconsole.schedule_file.model import ScheduleFile
    from csconsole.schedule_file.resolve import plain_schedule
    from csconsole.schedule_file.validate import validated

    return plain_schedule(validated(data, name, ScheduleFile))


def build(plain: dict[str, Any]) -> Schedule:
    """The schedule whose plain form `compile` gave. Of anything else, raises KeyError, TypeError or ValueError."""
    return _plain.schedule(plain)


def load(data: bytes, name: str) -> Schedule:
    """The schedule in a file. Raises `Faults`."""
    return build(compile(data, name))


def compile_holidays(data: bytes, name: str) -> dict[str, Any]:
    """The plain form of the holiday overrides. Raises `Faults`."""
    from csconsole.schedule_file.model import HolidaysFile
    from csconsole.schedule_file.resolve import plain_holidays
    from csconsole.schedule_file.validate import validated

    return plain_holidays(validated(data, name, HolidaysFile))


def build_holidays(plain: dict[str, Any]) -> Overrides:
    """The overrides whose plain form `compile_holidays` gave."""
    return _plain.overrides(plain)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a schedule, for editors, described in the language in use."""
    from csconsole.schedule_file.editors import json_schema

    return json_schema()
