"""What is typed reaches what it is meant for: keys are carried out one after the other, and a key waits for the form
that the one before it opens. The terminal's own cursor stands where text is typed.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from textual import events, on
from textual.app import App, ScreenStackError
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

LOOK_AGAIN = 0.01
"""Seconds after which it is looked again whether what a key is meant for is there."""
AT_MOST = 2.0
"""Seconds a key waits for what it is meant for."""
LOST = 0.25
"""Seconds after which a key counts as handled, though its marker never came: what it was typed into is gone."""


class Keyboard(App[int]):
    """An app that loses no key, however fast they come."""

    class Handled(Message):
        """Follows a key from the widget it was typed into up to the app: whatever the key does has begun."""

        def __init__(self, again: bool) -> None:
            super().__init__()
            self.again = again

    def __init__(self, **options: Any) -> None:
        self._typed: deque[events.Key | events.Paste] = deque()
        self._marker: Timer | None = None
        self._waited = 0.0
        super().__init__(**options)

    @property
    def holding(self) -> bool:
        """Whether keys are to wait for what was asked before."""
        return False

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            # As Textual does when the key reaches it: where there are keys, there is the keyboard.
            self.app_focus = True
            self._typed.append(event)
            if self._marker is None:
                await self._pass_on()
        else:
            await super().on_event(event)

    async def _pass_on(self) -> None:
        """Pass on the next key, and a marker behind it."""
        if self._marker is not None:
            self._marker.stop()
            self._marker = None
        if not self._typed:
            return
        screen = self.screen
        opening = screen.is_modal and screen.focused is None
        if (opening or self.holding) and self._waited < AT_MOST:
            self._waited += LOOK_AGAIN
            self._marker = self.set_timer(LOOK_AGAIN, self._pass_on)
            return
        self._waited = 0.0
        target = self.focused or screen
        await super().on_event(self._typed.popleft())
        self._mark(target, again=True)

    def _mark(self, target: Any, again: bool) -> None:
        self._marker = self.set_timer(LOST, self._pass_on)
        target.post_message(self.Handled(again))

    @on(Handled)
    async def _handled(self, message: Handled) -> None:
        message.stop()
        if self._marker is not None:
            self._marker.stop()
        if message.again and self._typed:
            # What the key did may have sent a message of its own, as Enter in a field does: the next key goes behind.
            self._mark(self.focused or self.screen, again=False)
        else:
            await self._pass_on()

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor is put with every frame: an input method shows there what it offers."""
        try:
            field = self.focused
        except ScreenStackError:  # before the first screen, and after the last
            field = None
        return field.cursor_screen_offset if isinstance(field, Input) else Offset()

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """Textual sets it when a field gets the focus, which is before the field has its place."""
