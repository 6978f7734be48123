"""The JSON Schema by which an editor completes and checks a schedule while it is written."""

from __future__ import annotations

from typing import Any

from csconsole.i18n import _
from csconsole.schedule_file.model import ScheduleFile


def json_schema() -> dict[str, Any]:
    found = _translated(ScheduleFile.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _translated(node: Any) -> Any:
    if isinstance(node, list):
        return [_translated(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _(value) if key == "description" and isinstance(value, str) else _translated(value)
        for key, value in node.items()
    }
