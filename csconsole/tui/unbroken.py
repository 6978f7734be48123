"""What fails in one handler of a part of the console ends neither that part nor the console."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer

if TYPE_CHECKING:
    from csconsole.tui.steady import Steady

FRAME = 1 / 60
"""Seconds in which a frame that was painted gets to the terminal. The system delivers it when the console rests, and
not before: what takes up the processor until then is in its way."""

BEGINNING = (events.Load, events.Compose, events.Mount)


class Unbroken(MessagePump):
    """A part whose messages, and what it put off to a timer or until after a frame, are handled one apart from the
    other: where one fails, that is said and written down, and the next is handled all the same. Textual by itself ends
    for any of them. A part that fails while it is made is not there, and is left to Textual (see `Steady`)."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if isinstance(message, BEGINNING):
                raise
            self._failed(error)

    def set_timer(self, delay: float, callback: Callable[[], Any] | None = None, **options: Any) -> Timer:
        return super().set_timer(delay, callback and self._unbroken(callback), **options)

    def set_interval(self, interval: float, callback: Callable[[], Any] | None = None, **options: Any) -> Timer:
        return super().set_interval(interval, callback and self._unbroken(callback), **options)

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **options: Any) -> bool:
        return super().call_after_refresh(self._unbroken(partial(callback, *args, **options)))

    def call_after_frame(self, callback: Callable[[], Any]) -> None:
        """Do what follows from a key when what the key did is to be seen."""
        self.set_timer(FRAME, callback)

    def _unbroken(self, callback: Callable[[], Any]) -> Callable[[], Coroutine[Any, Any, None]]:
        async def called() -> None:
            try:
                result = callback()
                if isawaitable(result):
                    await result
            except Exception as error:  # noqa: BLE001 -- see above
                self._failed(error)

        return called

    def _failed(self, error: Exception) -> None:
        cast("Steady", self.app).mishap(error)
