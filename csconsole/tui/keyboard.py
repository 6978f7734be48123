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
from textual.widget import Widget
from textual.widgets import Input

from csconsole.core.text import clean

LOOK_AGAIN = 0.01
"""Seconds after which it is looked again whether a waiting key can be passed on."""
AT_MOST = 2.0
"""Seconds a key waits for what it is meant for."""


class BoundOnly:
    """A widget that does nothing with a key but what is bound to it, as do all those around it: the key need not be
    passed from one to the next, up to the app, before that is looked up. Most keys of a day are typed into one."""


class Keyboard(App[int]):
    """An app that loses no key, however fast they come."""

    class Handled(Message):
        """Follows a key from the widget it was typed into up to the app: whatever the key does has begun."""

        def __init__(self, turn: int, again: bool) -> None:
            super().__init__()
            self.turn = turn
            self.again = again

    def __init__(self, **options: Any) -> None:
        self._typed: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._target: Widget | None = None
        self._looking: Timer | None = None
        self._waited = 0.0
        super().__init__(**options)

    @property
    def holding(self) -> bool:
        """Whether keys are to wait for what was asked before."""
        return False

    @property
    def typed_ahead(self) -> bool:
        """Whether more keys have come already than were passed on."""
        return bool(self._typed)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            # As Textual does when the key reaches it: where there are keys, there is the keyboard.
            self.app_focus = True
            if isinstance(event, events.Paste):  # into fields of Textual's own, too
                event.text = clean(event.text, multiline=True, limit=None)
            self._typed.append(event)
            if self._looking is None:
                await self._pass_on()
        else:
            await super().on_event(event)

    async def _pass_on(self) -> None:
        """Pass on the next key, and a marker behind it, unless it has to wait."""
        if self._looking is not None:
            self._looking.stop()
            self._looking = None
        if self._must_wait() and self._waited < AT_MOST:
            self._waited += LOOK_AGAIN
            self._looking = self.set_timer(LOOK_AGAIN, self._pass_on)
            return
        self._waited = 0.0
        self._target = None
        if self._typed:
            target, event = self.focused or self.screen, self._typed.popleft()
            if isinstance(event, events.Key) and isinstance(target, BoundOnly):
                _done = await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)
            else:
                await super().on_event(event)
            self._mark(target, again=True)

    def _must_wait(self) -> bool:
        """Whether the key before is still on its way, or what it opens is not there yet."""
        if self._target is not None:
            # A widget that is gone takes its marker with it.
            return self._target.is_attached
        return self.holding or (self.screen.is_modal and self.screen.focused is None)

    def _mark(self, target: Widget, again: bool) -> None:
        self._target = target
        self._turn += 1
        target.post_message(self.Handled(self._turn, again))

    @on(Handled)
    async def _handled(self, message: Handled) -> None:
        message.stop()
        if message.turn != self._turn:
            return  # of a key that was given up
        target, self._target = self._target, None
        if message.again and (self._typed or not isinstance(target, BoundOnly)):
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
        if isinstance(field, Input):
            # Behind the last character Textual counts a cell more, to scroll by.
            return field.cursor_screen_offset - (1 if field.cursor_at_end else 0, 0)
        # A field of several lines, which is loaded when there is one, has this too.
        found: Offset = getattr(field, "cursor_screen_offset", Offset())
        return found

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """Textual sets it when a field gets the focus, which is before the field has its place."""
