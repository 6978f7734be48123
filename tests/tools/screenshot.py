"""Draw the console as it stands in the README: `python tests/tools/screenshot.py`, with Chromium and a Chinese font
installed (Debian: chromium, fonts-noto-cjk). A made-up morning on a temporary home."""

from __future__ import annotations

import asyncio
import html
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))

from clocks import StandingClock
from consoles import MONDAY, console_on
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from csconsole.core.facts import MarkKind
from csconsole.core.text import width
from csconsole.desk import Desk
from csconsole.i18n import use
from csconsole.workspace import Workspace

CELL = 9, 20
"""The width and height of a cell in pixels."""

TARGET = Path(__file__).parent.parent.parent / ".assets" / "console.png"


def fill(home: Path) -> None:
    """Some days of readings, this morning's first answers, two incidents."""
    clock = StandingClock(MONDAY - timedelta(days=8))
    desk = Desk(Workspace.find(home=str(home)), clock, "王主管")
    desk.open()
    for day in range(8):
        clock.put(MONDAY + timedelta(days=day - 8))
        pending = {(shop, "refunds_pending"): 6.0 + day * 2 + n for n, shop in enumerate(desk.schedule.shops)}
        desk.fill("refund-chase", {None: MarkKind.DONE}, readings=pending)
        for item in desk.look().items:
            desk.answer(item.key, at=min(item.due, clock.now() + timedelta(days=1)))
    clock.put(datetime.fromisoformat("2026-11-23T07:09:00+08:00"))
    desk.log("物流 京东 JD004412345678 破损待赔 @小王 +2h")
    clock.put(datetime.fromisoformat("2026-11-23T08:47:00+08:00"))
    desk.answer("shop-health")
    clock.put(datetime.fromisoformat("2026-11-23T09:06:00+08:00"))
    desk.answer("complaints-and-refunds", MarkKind.ISSUE, shop="tmall")
    desk.answer("complaints-and-refunds")
    desk.log("投诉 天猫 2608123456789012345 买家说没收到 @小李 !! 11:20")
    clock.put(MONDAY)
    desk.fill("refund-chase", {}, readings={("tmall", "refunds_pending"): 23.0, ("jd", "refunds_pending"): 9.0})
    desk.close()


async def main() -> None:
    use("zh")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        Workspace.find(home=folder).prepare()
        fill(home)
        async with console_on(home)() as driver:
            await driver.press("escape", "home")
            strips = driver.app.screen._compositor.render_strips()
    TARGET.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        drawing = Path(folder) / "console.html"
        drawing.write_text(page(strips), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/chromium"]
        size = f"--window-size={CELL[0] * 120 + 24},{CELL[1] * 36 + 24}"
        subprocess.run(["chromium", *options, size, f"--screenshot={TARGET}", drawing.as_uri()], check=True)


def page(strips: list[Strip]) -> str:
    """The screen as HTML, every character in the cells it has in a terminal."""
    lines = "".join(f"<div>{''.join(map(spans, strip))}</div>" for strip in strips)
    style = (
        "body { margin: 12px; background: #121212; color: #e0e0e0;"
        " font: 15px 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace }"
        f"div {{ height: {CELL[1]}px; line-height: {CELL[1]}px; white-space: nowrap }}"
        "span { display: inline-block; height: 100%; vertical-align: top; overflow: hidden; white-space: pre }"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{lines}"


def spans(segment: Segment) -> str:
    style = segment.style or Style.null()
    look = "font-weight: bold;" if style.bold else ""
    for name, colour in (("color", style.color), ("background", style.bgcolor)):
        if colour is not None:
            look += f"{name}: {colour.get_truecolor().hex};"
    return "".join(
        f"<span style='width: {CELL[0] * width(char)}px; {look}'>{html.escape(char)}</span>" for char in segment.text
    )


if __name__ == "__main__":
    asyncio.run(main())
