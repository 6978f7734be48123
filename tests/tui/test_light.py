"""The first paint is light (DESIGN.md §5.11)."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from consoles import OpenConsole

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "apscheduler", "holidays", "yaml", "desktop_notifier")

PAINT = """
import sys
from csconsole.clock import Clock
from csconsole.desk import Desk
from csconsole.tui.app import ConsoleApp
from csconsole.tui.board import first_board
from csconsole.workspace import Workspace

app = ConsoleApp(Desk(Workspace.find(home=sys.argv[1]), Clock(), "test"))
board = first_board(app.desk)
assert board is not None and len(board.agenda.items) >= 15, board
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_nothing_heavy_is_imported_before_the_timeline_is_known(home: Path) -> None:
    shown = subprocess.run([sys.executable, "-c", PAINT, str(home)], capture_output=True, text=True, check=True)
    assert "textual" in shown.stdout.split()
    assert not set(HEAVY) & set(shown.stdout.split())


async def test_garbage_is_collected_again_once_the_records_are_loaded(console: OpenConsole) -> None:
    gc.disable()  # as `main` does
    try:
        async with console() as driver:
            for _ in range(100):
                if gc.isenabled():
                    break
                await driver.pilot.pause(0.02)
            assert gc.isenabled() and gc.get_freeze_count() > 100_000
    finally:
        gc.enable()
        gc.unfreeze()
