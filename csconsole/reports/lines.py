"""Breaking a text into lines, Chinese and Latin mixed, by any measure of width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

# A line may break after a space and on either side of a wide character, but no closing mark begins a line.
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U00020000-\U0003fffd"
_CLOSING = ",.;:!?)\\]}…’”、。〉》」』】〕\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d"
_PIECE = re.compile(f"[{_WIDE}][{_CLOSING}]*\\s*|[^\\s{_WIDE}]+[{_CLOSING}]*\\s*|\\s+")


def wrap(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """`text` in lines no wider than `room`, by `measure`; at least one line. A word wider than that is cut up."""
    measure = cache(measure)  # a piece of Chinese is one character, and there are few different ones
    lines, used = [""], 0.0
    for piece in _PIECE.findall(text):
        word = piece.rstrip()
        if used + measure(word) > room:
            *full, word = _chopped(word, room, measure)
            lines += [*full, ""]
            used, piece = 0.0, word + piece[len(piece.rstrip()) :]
        lines[-1] += piece
        used += measure(piece)
    return [line.strip() for line in lines if line.strip()] or [""]


def _chopped(word: str, room: float, measure: Callable[[str], float]) -> Iterator[str]:
    """`word` in pieces that fit, each of one character at least."""
    part, used = "", 0.0
    for character in word:
        wide = measure(character)
        if part and used + wide > room:
            yield part
            part, used = "", 0.0
        part += character
        used += wide
    yield part
