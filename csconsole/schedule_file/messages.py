"""What pydantic found wrong, said in the user's language."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from csconsole.i18n import _
from csconsole.schedule_file.hints import guess, shown
from csconsole.schedule_file.nodes import Path
from csconsole.schedule_file.syntax import missing_colon


class Messages:
    """The messages for faults of one kind of file."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._schema = model.model_json_schema()

    def say(self, error: ErrorDetails, path: Path) -> str:
        value = error.get("input")
        context = error.get("ctx", {})
        key = shown(path[-1]) if path else ""
        match error["type"]:
            case "wrong":
                message = context["message"]
                return str(message() if callable(message) else message)
            case "extra_forbidden":
                return self._unknown_key(str(path[-1]), path[:-1])
            case "missing":
                return _("'{key}' is missing, add it").format(key=key)
            case "model_type" | "dict_type":
                hint = missing_colon(value) if isinstance(value, str) else ""
                return hint or _("this must be made of 'key: value' lines, further in than the line above")
            case "list_type":
                return _("this must be a list, each line of it beginning with '- '")
            case "bool_type":
                return _("'{value}' cannot be read, write true or false").format(value=shown(value))
            case "int_type" if isinstance(value, str) and value.isdecimal():
                return _("'{value}' must be a number here, leave out the quotes").format(value=shown(value))
            case "int_type":
                return _("'{value}' is not a whole number").format(value=shown(value))
            case "greater_than_equal":
                return _("{value} is too small, the least is {limit}").format(value=shown(value), limit=context["ge"])
            case "less_than_equal":
                return _("{value} is too large, the most is {limit}").format(value=shown(value), limit=context["le"])
            case "string_type":
                return _('this must be text, put it in quotes: "{value}"').format(value=shown(value))
            case _:
                return _("'{value}' is not possible here").format(value=shown(value))

    def _unknown_key(self, key: str, parent: Path) -> str:
        known = self._keys_at(parent)
        sections = [name for name in self._keys_at(()) if key in self._keys_at((name, 0))]
        if len(parent) == 2 and parent[0] in self._keys_at(()) and sections and not get_close_matches(key, known):
            message = _("'{key}' means nothing here, it goes with: {sections}")
            return message.format(key=shown(key), sections=", ".join(sections))
        return _("unknown key '{key}'{hint}").format(key=shown(key), hint=guess(key, known))

    def _keys_at(self, path: Path) -> list[str]:
        """The keys that may stand in the group at `path`, by the JSON Schema."""
        nodes = list(self._alternatives(self._schema))
        for part in path:
            children = [child for node in nodes if (child := _child(node, part))]
            nodes = [node for child in children for node in self._alternatives(child)]
        return [key for node in nodes for key in node.get("properties", ())]

    def _alternatives(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in node:
            node = self._schema["$defs"][node["$ref"].rpartition("/")[2]]
        if "anyOf" in node:
            for each in node["anyOf"]:
                yield from self._alternatives(each)
        else:
            yield node


def _child(node: dict[str, Any], part: str | int) -> dict[str, Any] | None:
    if isinstance(part, int):
        found = node.get("items")
    else:
        # A group whose keys are ids has one schema for all of them, under the pattern of an id.
        any_key = next(iter(node.get("patternProperties", {}).values()), node.get("additionalProperties"))
        found = node.get("properties", {}).get(part, any_key)
    return found if isinstance(found, dict) else None
