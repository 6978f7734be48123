"""A font of this system that draws Chinese: a PDF carries its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

_WINDOWS, _MAC, _LINUX = Path("C:/Windows/Fonts"), Path("/System/Library/Fonts"), Path("/usr/share/fonts")
_KNOWN = (
    (_WINDOWS / "msyh.ttc", _WINDOWS / "msyhbd.ttc", 0),
    (_WINDOWS / "Deng.ttf", _WINDOWS / "Dengb.ttf", 0),
    (_WINDOWS / "simhei.ttf", _WINDOWS / "simhei.ttf", 0),
    (_MAC / "Hiragino Sans GB.ttc", _MAC / "Hiragino Sans GB.ttc", 0),
    (_MAC / "STHeiti Light.ttc", _MAC / "STHeiti Medium.ttc", 1),
    (_MAC / "Supplemental/Arial Unicode.ttf", _MAC / "Supplemental/Arial Unicode.ttf", 0),
    (_LINUX / "opentype/noto/NotoSansCJK-Regular.ttc", _LINUX / "opentype/noto/NotoSansCJK-Bold.ttc", 2),
    (_LINUX / "noto-cjk/NotoSansCJK-Regular.ttc", _LINUX / "noto-cjk/NotoSansCJK-Bold.ttc", 2),
    (_LINUX / "truetype/wqy/wqy-zenhei.ttc", _LINUX / "truetype/wqy/wqy-zenhei.ttc", 0),
)


class Face(Struct, frozen=True):
    """A font file and which of the fonts in it."""

    file: Path
    index: int = 0


def candidates() -> Iterator[tuple[Face, Face]]:
    """Pairs of a regular and a bold face that should draw Chinese, the likeliest first. Whether they do, and whether
    they can be put into a PDF, is for the caller to see."""
    for regular, bold, index in _KNOWN:
        if regular.is_file():
            yield Face(regular, index), Face(bold if bold.is_file() else regular, index)
    regular_face, bold_face = _matched("regular"), _matched("bold")
    if regular_face:
        yield regular_face, bold_face or regular_face


def _matched(weight: str) -> Face | None:
    """What fontconfig would show simplified Chinese with, where there is fontconfig."""
    command = shutil.which("fc-match")
    if command is None:
        return None
    asked = [command, "--format=%{file}\n%{index}", f"sans-serif:lang=zh-cn:{weight}"]
    try:
        said = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=5, check=True)
        file, index = said.stdout.splitlines()
        return Face(Path(file), int(index) & 0xFFFF)  # the higher bits name a variation of it
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
