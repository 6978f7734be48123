"""A file against its model: every fault of it, each at its line. Pydantic finds most; `consistency` those that need
the whole file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from csconsole.schedule_file import values
from csconsole.schedule_file.consistency import inconsistencies, list_in, mapping_in
from csconsole.schedule_file.faults import SHOWN, Faults, Place
from csconsole.schedule_file.fields import Known
from csconsole.schedule_file.messages import Messages
from csconsole.schedule_file.nodes import Document, Path, read

_File = TypeVar("_File", bound=BaseModel)


def validated(data: bytes, name: str, model: type[_File]) -> _File:
    """The file as its model. Raises `Faults` with everything that is wrong with it."""
    document = read(data, name)
    result, broken = _checked(document, model)
    faults = [*document.faults, *inconsistencies(document), *broken]
    if result is None or faults:
        raise Faults(name, faults)
    return result


def _checked(document: Document, model: type[_File]) -> tuple[_File | None, list[tuple[Place, str]]]:
    """The file as its model, or what keeps it from being one."""
    try:
        return model.model_validate(document.data, context=_known(document.data)), []
    except ValidationError as error:
        return None, _told(error.errors(include_url=False), document, Messages(model))


def _told(errors: list[ErrorDetails], document: Document, messages: Messages) -> list[tuple[Place, str]]:
    found = []
    for each in errors:
        on_key = each["type"] == "extra_forbidden" or "[key]" in each["loc"]
        path: Path = tuple(part for part in each["loc"] if part != "[key]")
        if not any(path[:length] in document.refused for length in range(len(path) + 1)):
            found.append((document.key_place(path) if on_key else document.place(path), each, path))
    found.sort(key=lambda fault: fault[0])
    # A guess at what was meant takes time; what is beyond those shown is only counted.
    return [
        (place, messages.say(each, path) if number < SHOWN else "") for number, (place, each, path) in enumerate(found)
    ]


def _known(data: dict[str, Any]) -> Known:
    """What values are checked against, as far as it is sound itself."""
    shops = [shop for shop in list_in(data, "shops") if isinstance(shop, dict)]
    platforms = tuple(mapping_in(data, "platforms")) or tuple(
        shop["platform"] for shop in shops if _sound(values.other_id, shop.get("platform"))
    )
    return Known(
        shops=tuple(shop["id"] for shop in shops if isinstance(shop.get("id"), str)),
        platforms=platforms,
        categories=tuple(mapping_in(data, "categories")),
        metrics=tuple(mapping_in(data, "metrics")),
        day_starts_at=_sound(values.time_of_day, data.get("day_starts_at") or "00:00"),
        zone=_sound(values.zone, data.get("timezone")),
    )


_Value = TypeVar("_Value")


def _sound(read_value: Callable[[Any], _Value], value: Any) -> _Value | None:
    """The value, or None where it is a fault that is told of elsewhere."""
    try:
        return read_value(value)
    except PydanticCustomError:
        return None
