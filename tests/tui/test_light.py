"""The first paint is light (DESIGN.md §5.11)."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from consoles import OpenConsole

from csconsole.clock import Clock
from csconsole.desk import Desk
from csconsole.workspace import Workspace

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


ANSWERS = """
import sys
from csconsole.clock import Clock
from csconsole.desk import Desk
from csconsole.tui.board import board_of
from csconsole.workspace import Workspace

desk = Desk(Workspace.find(home=sys.argv[1]), Clock(), "test")
desk.open()
board_of(desk)
desk.lexicon()
from csconsole.journal.tables import ActionRow

print(ActionRow.__mapper__.configured)
desk.warm()
print(ActionRow.__mapper__.configured)
"""


def test_the_answers_are_read_without_mapping_the_rows_they_are_written_as(home: Path) -> None:
    desk = Desk(Workspace.find(home=str(home)), Clock(), "test")
    desk.open()  # which writes, on a day it was not opened on
    desk.close()
    read = subprocess.run([sys.executable, "-c", ANSWERS, str(home)], capture_output=True, text=True, check=True)
    assert read.stdout.split() == ["False", "True"]


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
