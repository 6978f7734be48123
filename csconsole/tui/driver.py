"""Textual's driver for terminals of POSIX, which sleeps until there is something to read."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from select import select
from threading import Event
from typing import Any

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver


class _Waitable(Event):
    """An event that `select` can wait for beside the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self._end, self._other_end = os.pipe()

    def fileno(self) -> int:
        return self._end

    def set(self) -> None:
        super().set()
        os.write(self._other_end, b"!")

    def clear(self) -> None:
        if self.is_set():
            os.read(self._end, 1)
        super().clear()


class PatientDriver(LinuxDriver):
    """What Textual's own looks for ten times a second, which is most of what a console costs that nobody touches, this
    one is woken for: a key, the end of the time in which more of a key may come, and the end of reading. Bytes that are
    no key and no text, from a bad line or a terminal of another encoding, do not end the console either."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.exit_event: _Waitable = _Waitable()

    def run_input_thread(self) -> None:
        decode = getincrementaldecoder("utf-8")("replace").decode
        parser = XTermParser(self._debug)
        while True:
            # An Escape may be a key of its own or the beginning of another.
            ends = parser._timeout_time
            patience = None if ends is None else max(0.0, ends - get_time())
            readable, _, _ = select([self.fileno, self.exit_event], [], [], patience)
            if self.exit_event.is_set():
                return
            if not readable:
                events = parser.tick()
            elif not (data := os.read(self.fileno, 4096)):
                return  # the terminal is gone
            elif text := decode(data):  # or half of a character
                events = parser.feed(text)
            else:
                continue
            try:
                for event in events:
                    self.process_message(event)
            except (ValueError, OverflowError):  # the parser cannot go on after a key it cannot read
                parser = XTermParser(self._debug)
