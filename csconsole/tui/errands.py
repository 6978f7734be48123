"""What a person asked for is carried out in the order asked: at once, or when the records are there and can be written.
Nothing that was asked is dropped for a full disk or a busy database.
"""

from __future__ import annotations

import contextlib
from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar

from textual.timer import Timer

from csconsole.core.errors import UserError
from csconsole.desk import Desk, Held, JournalError, NotRead, NotSaved
from csconsole.i18n import _
from csconsole.tui.keyboard import Keyboard

T = TypeVar("T")

TRY_AGAIN = 2.0
"""Seconds between attempts to save what could not be saved."""
IN_TURN = 0.1
"""Seconds between attempts while others write: one waits a second for its turn."""
TURNS = 3
"""How many such attempts are made before it is said that something is not saved."""


class _Asked(NamedTuple):
    """What the Desk is to do, and who hears of it."""

    verb: Callable[[], Any]
    then: Callable[[Any], None] | None
    refused: Callable[[str], None]
    at: datetime
    typed: str


class Errands(Keyboard):
    """An app that has the Desk do what its pages ask."""

    def __init__(self, desk: Desk, **options: Any) -> None:
        super().__init__(**options)
        self.desk = desk
        self.ready = False
        """Whether the records are loaded; set on the loop, when they can be used there."""
        self._asked: deque[_Asked] = deque()
        self._retry: Timer | None = None
        self._turns = 0

    @abstractmethod
    def changed(self, result: object = None) -> None:
        """Facts have changed; `result` is what the verb that did it answered with."""

    @abstractmethod
    def mended(self, error: JournalError) -> bool:
        """Whether records that proved to be damaged were repaired: what failed for it may be tried again."""

    @abstractmethod
    def mishap(self, error: Exception) -> None:
        """Say, and write down, what nobody expected; the console goes on."""

    @abstractmethod
    def complain(self, words: str) -> None:
        """Say why something was not done."""

    @abstractmethod
    def trouble(self, about: str, words: str = "") -> None:
        """Say what stands in the way of something, until it no longer does ("")."""

    def perform(
        self,
        verb: Callable[[], T],
        then: Callable[[T], None] | None = None,
        refused: Callable[[str], None] | None = None,
        typed: str = "",
    ) -> None:
        """Have the Desk do something, then show it; where it cannot be done as asked, `refused` hears why, or else the
        person does. It counts as done when it was asked for, however long it has to wait. What was `typed` for it is
        told if it is never saved."""
        self._ask(verb, then, refused, typed)
        if self._retry is None:
            self._carry_out()

    def _ask(
        self,
        verb: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        refused: Callable[[str], None] | None = None,
        typed: str = "",
    ) -> None:
        self._asked.append(_Asked(verb, then, refused or self.complain, self.desk.now(), typed))

    def when_loaded(self, then: Callable[[], object]) -> None:
        """Do what needs the records: at once, or when they are there."""
        if self.ready:
            then()
        else:
            self._ask(then)

    @property
    def holding(self) -> bool:
        return bool(self._asked) and not self.ready

    @property
    def unsaved(self) -> list[str]:
        """What was asked for and is not saved, in the words typed for it, "" where there were none."""
        return [asked.typed for asked in self._asked]

    def try_once_more(self) -> None:
        """Before leaving: save what is not saved, if that can be done now."""
        with contextlib.suppress(UserError, JournalError):
            while self._asked and self.ready:
                self._do(self._asked[0])
                self._asked.popleft()

    def begin(self) -> None:
        """The records are there: do what waited for them."""
        self.ready = True
        self._carry_out()

    def _carry_out(self) -> None:
        self._retry = None
        while self._asked and self.ready:
            asked, written = self._asked[0], self.desk.written
            try:
                result = self._do(asked)
            except (NotSaved, NotRead) as error:
                if self.desk.written != written:  # it is saved: reading it back failed
                    self._asked.popleft()
                    self.changed()
                    continue
                self._wait(error)
                return
            except (UserError, JournalError) as error:
                if isinstance(error, JournalError) and self.mended(error):
                    continue
                self._asked.popleft()
                asked.refused(str(error))
                continue
            except Exception as error:  # noqa: BLE001 -- what is asked for after it is to be done all the same
                self._asked.popleft()
                self.mishap(error)
                continue
            self._asked.popleft()
            self._turns = 0
            self.trouble("saving")
            self.changed(result)
            if asked.then is not None:
                self.guarded(partial(asked.then, result))

    def _wait(self, error: NotSaved | NotRead) -> None:
        """Try again: without a word about it where others write at the same time, and are done in a moment."""
        self._turns += 1
        if isinstance(error, Held) and self._turns < TURNS:
            self._retry = self.set_timer(IN_TURN, self._carry_out)
        else:
            self.trouble("saving", _("not saved: {reason}; trying again").format(reason=error))
            self._retry = self.set_timer(TRY_AGAIN, self._carry_out)

    def _do(self, asked: _Asked) -> Any:
        with self.desk.as_of(asked.at):
            return asked.verb()

    def guarded(self, work: Callable[[], object]) -> None:
        """Do something that nothing else depends on: where it fails, it is said, and the console goes on."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 -- see above
            self.mishap(error)
