"""Painting no more than what reads otherwise than before: a console is idle most of the day, and often far away."""

from __future__ import annotations

from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.strip import Strip


def strip_of(text: Text, cells: int, style: Style, console: Console) -> Strip:
    """A line of styled text over a widget's own style, `cells` wide."""
    return Strip(text.render(console)).adjust_cell_length(cells).apply_style(style)


def difference(old: Strip | None, new: Strip, y: int) -> Region | None:
    """Where a widget's line `y` reads otherwise than before; None where it does not. It begins and ends with pieces of
    text: a wide character is never cut in two."""
    if old is None or old.cell_length != new.cell_length:
        return Region(0, y, new.cell_length, 1)
    start, end = 0, new.cell_length
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        start += after.cell_length
    for before, after in zip(reversed([*old]), reversed([*new]), strict=False):
        if before != after:
            break
        end -= after.cell_length
    return Region(start, y, end - start, 1) if start < end else None
