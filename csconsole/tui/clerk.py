"""Whoever does what takes long: a desk of its own on the same records, in a thread, so that keys never wait for it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from csconsole.core.errors import UserError
from csconsole.desk import Desk, JournalError

if TYPE_CHECKING:
    from csconsole.tui.app import ConsoleApp

T = TypeVar("T")


class _Task(NamedTuple):
    work: Callable[[Desk], Any]
    then: Callable[[Any], None]
    refused: Callable[[str], None]
    about: str
    number: int


class Clerk:
    """Tasks are carried out one after another, in the order asked. `then` and `refused` are called on the loop."""

    def __init__(self, app: ConsoleApp) -> None:
        self._app = app
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._newest: dict[str, int] = {}
        self._asked = 0

    def ask(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None],
        refused: Callable[[str], None],
        *,
        about: str = "",
    ) -> None:
        """Have `work` done with the clerk's desk. Of several tasks `about` the same that wait, only the one asked last
        is done, and of those done, only its answer is heard."""
        self._asked += 1
        if about:
            self._newest[about] = self._asked
        self._tasks.put(_Task(work, then, refused, about, self._asked))
        if self._thread is None:
            # A daemon: the console leaves at once, whatever is still being reckoned.
            self._thread = Thread(target=self._work, name="clerk", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Take no more tasks, and let go of the records once the one at hand is done."""
        self._tasks.put(None)

    def _work(self) -> None:
        desk = Desk(self._app.desk.workspace, self._app.desk.clock, self._app.desk.by)
        while (task := self._tasks.get()) is not None:
            if not self._stale(task):
                self._carry_out(task, desk)
        desk.close()

    def _carry_out(self, task: _Task, desk: Desk) -> None:
        try:
            if desk.is_open:
                with contextlib.suppress(UserError):  # a broken edit is told of by the console itself
                    desk.reload()
            else:
                desk.open()
            result = task.work(desk)
        except (UserError, JournalError) as error:
            self._tell(task, task.refused, str(error))
        except Exception as error:  # noqa: BLE001 -- in a thread nobody else would hear of it
            self._tell(task, self._app.mishap, error)
        else:
            self._tell(task, task.then, result)

    def _tell(self, task: _Task, hears: Callable[[Any], None], what: object) -> None:
        def on_the_loop() -> None:
            if not self._stale(task):
                hears(what)

        self._app.call_later(on_the_loop)

    def _stale(self, task: _Task) -> bool:
        return bool(task.about) and self._newest[task.about] != task.number
