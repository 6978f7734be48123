"""Text people typed: cleaned on the way in, folded for reading, measured in terminal cells for showing.

Cleaning takes out what a reader cannot see and what a terminal would obey; it never rewrites what stays
(DESIGN.md §5.4). Full-width forms are folded only where a program reads the text, never where it is kept.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size

LIMIT = 10_000
"""Characters that one text may have, unless its caller says otherwise."""

ELLIPSIS = "…"

_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")

# What no reader sees: controls (C0, C1, DEL), bidi marks, embeddings and isolates, lone surrogates, noncharacters and
# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt 16.0). Variation selectors and the zero-width
# joiner have that property too, but draw emoji and the variants of Chinese characters in people's names: see below.
_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ud800-\udfff"
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)

_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_PICTURE = "\u2190-\u2bff\U0001f000-\U0001fbff"
# One selector may follow what it varies; more would be a place to hide a message in.
_LOOSE_SELECTOR = re.compile(f"(?<![^\\s\u200d{_SELECTOR}])[{_SELECTOR}]")
# A joiner may stand between two pictures, as in a family or a rainbow flag.
_LOOSE_JOINER = re.compile(f"(?<![{_PICTURE}\ufe0f])\u200d|\u200d(?![{_PICTURE}])")

# What nearly all text is made of holds nothing of the above: ASCII, kana, CJK and full-width forms.
_UNUSUAL = re.compile("[^ -~\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e]")

# Every fold is one character for one, so that a place in the folded text is the same place in the typed one.
_HALF = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_HALF |= {ord(small): ord(half) for small, half in zip("　﹐﹔﹕﹗﹟﹢﹣﹫", " ,;:!#+-@", strict=True)}
_FULL = re.compile(f"[{''.join(map(chr, _HALF))}]+")


def clean(text: str, *, multiline: bool = False, limit: int | None = LIMIT) -> str:
    """`text` without anything that hides, misleads or commands; all else as typed. Cleaning twice changes nothing.

    On one line, tabs and breaks of any kind become spaces; with `multiline`, tabs stay and every break is "\\n".
    What is beyond `limit` characters is cut off (None: nothing is).
    """
    if _UNUSUAL.search(text) is None:
        return text[:limit]
    text = _BREAK.sub("\n" if multiline else " ", text)
    if not multiline:
        text = text.replace("\t", " ")
    text = _HIDDEN.sub("", text)
    text = _LOOSE_SELECTOR.sub("", text)[:limit]
    return _LOOSE_JOINER.sub("", text)


def prose(text: str) -> str:
    """What somebody wrote, cleaned, on as many lines as they like, without the blanks around it."""
    return clean(text, multiline=True).strip()


def halfwidth(text: str) -> str:
    """`text` with full-width and small ASCII forms (＠ ＃ ！ ： １２, U+3000) as the plain ones: for reading only."""
    return text if text.isascii() else _FULL.sub(_half, text)


def _half(full: re.Match[str]) -> str:
    return full[0].translate(_HALF)


def width(text: str) -> int:
    """How many terminal cells a cleaned line takes."""
    return cell_len(text)


def truncate(text: str, cells: int) -> str:
    """`text` in at most `cells` cells, its end given up for … where it does not fit."""
    if len(text) > 4 * cells:
        text = text[: 4 * cells + 4]  # measuring all of a long text takes long, and few characters take no cell
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS if cells > 0 else ""


def fit(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells: truncated, or padded with spaces on the right."""
    text = truncate(text, cells)
    return text + " " * (cells - cell_len(text))
