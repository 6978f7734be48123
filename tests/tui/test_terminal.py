"""What is written to a terminal that was closed meanwhile."""

from __future__ import annotations

import errno
from types import SimpleNamespace
from typing import cast

from textual.driver import Driver
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from csconsole.tui.terminal import outlive


class Closed:
    """A terminal's file once its window is closed."""

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")

    def flush(self) -> None:
        raise OSError(errno.EIO, "Input/output error")

    def fileno(self) -> int:
        return 2


def test_painting_goes_on_where_nobody_reads_and_then_ends() -> None:
    driver = SimpleNamespace(_file=Closed())
    outlive(cast(Driver, driver))
    writer = WriterThread(driver._file)
    writer.start()
    for _ in range(3 * MAX_QUEUED_WRITES):
        writer._queue.put("text", timeout=10)  # full for ever, once nothing takes from it
    writer.stop()
    assert not writer.is_alive()
    assert writer.fileno() == 2
