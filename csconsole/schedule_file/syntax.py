"""What a YAML parser found wrong, said so that an owner can mend it.

The parser's own words are English and speak of tokens; libyaml and PyYAML also differ in them.
"""

from __future__ import annotations

import re
from typing import Any

from csconsole.i18n import _
from csconsole.schedule_file.faults import START, Place

_FULL_WIDTH_COLON = re.compile("^[\\s-]*[\\w-]+(\uff1a)")


def explain(error: Any, text: str) -> tuple[Place, str]:
    """The place and the message for a `yaml.MarkedYAMLError` raised on `text`."""
    problem = str(error.problem or "")
    here = _place(error.problem_mark or error.context_mark)
    began = _place(error.context_mark) if error.context_mark else here
    lines = text.splitlines()

    # A full-width colon is no colon to YAML, which then stumbles a little later.
    for number in range(here.line, max(here.line - 3, 0), -1):
        found = _FULL_WIDTH_COLON.match(lines[number - 1]) if number <= len(lines) else None
        if found:
            return Place(number, found.start(1) + 1), missing_colon(found[0].strip(" -"))

    if "end of stream" in problem or "stream end" in problem:
        if "quoted" in str(error.context or ""):
            return began, _("the quote that begins here is not closed, add the same quote at its end")
        return began, _("the bracket that opens here is not closed, add ']' or '}' at its end")
    if "mapping values are not allowed" in problem:
        return here, _("a ': ' cannot stand here: put a text that holds one in quotes, and check the indentation")
    if "cannot start any token" in problem:
        character = _character(lines, here)
        if character == "\t":
            return here, _("a tab stands here, indent with spaces")
        return here, _("a text cannot begin with '{character}', put it in quotes").format(character=character)
    if "',' or" in problem:
        if here.line > len(lines):
            return began, _("the bracket that opens here is not closed, add ']' or '}' at its end")
        message = _("a ',' is missing here, or the bracket that closes what was opened on line {line}")
        return here, message.format(line=began.line)
    if "flow" in str(error.context or "") and here.line > len(lines):
        return here, _("the file ends while a bracket is open, close it with ']' or '}'")
    if "comment or" in problem and "line break" in problem:
        return here, _("a text cannot begin with '>' or '|', put it in quotes, such as \"> 20\"")
    if "could not find expected ':'" in problem:
        return began, _("a ':' and a space are missing after this key")
    if "escape" in problem or "hexadecimal" in problem:
        return here, _("a backslash in double quotes begins a code that does not exist, use single quotes")
    if "block" in str(error.context or ""):
        return here, _("this does not line up with what stands above, check the indentation and the quotes")
    return here, _("this cannot be read as YAML, check colons, quotes and indentation")


def missing_colon(text: str) -> str:
    """What to say of a text that was meant as `key: value`; "" where it was not."""
    if _FULL_WIDTH_COLON.match(text):
        return _("this colon is full-width, from the Chinese keyboard: write ':' and a space")
    if re.match(r"[\w-]+:\S", text):
        return _("a space is missing after ':'")
    return ""


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else START


def _character(lines: list[str], place: Place) -> str:
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return line[place.column - 1 : place.column]
