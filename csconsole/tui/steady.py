"""What keeps the console going, and how it ends: what fails is said in one sentence, written down, and the rest goes on
where it can; told to end, it leaves the terminal as it was.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from textual import on
from textual._context import active_message_pump
from textual.dom import DOMNode
from textual.driver import Driver
from textual.screen import ModalScreen
from textual.widgets._toast import ToastHolder, ToastRack

from csconsole.core.errors import UserError
from csconsole.desk import Damaged, Desk, JournalError, NotRead, NotSaved
from csconsole.i18n import _
from csconsole.tui.errands import TRY_AGAIN, Errands
from csconsole.tui.terminal import outlive
from csconsole.tui.unbroken import Unbroken
from csconsole.tui.widgets.bars import StatusLine

READ_FOR = 120.0
"""Seconds for which a toast says that records were lost; the bottom line says it until the console is left."""

PAINT = 0.5
"""Seconds a paint may take."""

_WORST_FIRST = ("saving", "records", "schedule", "copy", "reminders")


class Steady(Unbroken, Errands):
    """An app over a Desk that is not open yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.farewell = ""
        self._status = StatusLine()
        self._troubles: dict[str, str] = {}
        self._copied: date | None = None

    # -- beginning --------------------------------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":  # Windows has none, and somebody may have chosen another
            return chosen
        from csconsole.tui.driver import PatientDriver

        return PatientDriver

    @abstractmethod
    def prepare(self) -> None:
        """The records are there. In a thread still: show them, and load what `opened` will need."""

    @abstractmethod
    async def opened(self) -> None:
        """The records are there, and what was prepared is."""

    def open_desk(self) -> None:
        """In a thread: bring up the records. Where they cannot be read or written just now, that is said and tried
        again; what cannot be used at all ends the console."""
        try:
            self.desk.open()
            self.prepare()
            self.call_from_thread(self.opened)  # type: ignore[arg-type]  # mypy misses the second of its kinds
        except (NotRead, NotSaved) as error:
            self.call_from_thread(self._open_later, str(error))
        except (UserError, JournalError) as error:
            self.farewell = str(error)
            self.call_from_thread(self.exit, 2 if isinstance(error, UserError) else 1)
        except Exception as error:  # noqa: BLE001 -- in a thread nobody else would hear of it
            self.call_from_thread(self._handle_exception, error)
        finally:
            if not gc.isenabled():  # `main` turned it off; what there is now stays, and is not looked through again
                gc.freeze()
                gc.enable()

    def paint(self, show: Callable[[], None]) -> None:
        """In a thread: show something, and wait until it is on the screen. What is loaded next would be in its way."""
        self.call_from_thread(self._painted, show)  # type: ignore[arg-type]  # likewise

    async def _painted(self, show: Callable[[], None]) -> None:
        painted = asyncio.Event()
        show()
        self.call_after_refresh(painted.set)
        with contextlib.suppress(TimeoutError):  # the console is being left already
            await asyncio.wait_for(painted.wait(), PAINT)

    def _open_later(self, reason: str) -> None:
        self.trouble("records", _("{reason}; trying again").format(reason=reason))
        self.set_timer(TRY_AGAIN, partial(self.run_worker, self.open_desk, thread=True, exit_on_error=False))

    # -- going on ---------------------------------------------------------------------------------------------

    def trouble(self, about: str, words: str = "") -> None:
        """Say on the bottom line what stands in the way of "saving", of the "records", of the "schedule", of their
        "copy" or of the "reminders", until it no longer does ("")."""
        self._troubles[about] = words
        self._status.trouble = next(filter(None, (self._troubles.get(each, "") for each in _WORST_FIRST)), "")

    def complain(self, words: str) -> None:
        """Say why something was not done."""
        self.notify(words, severity="warning", markup=False)

    def mishap(self, error: Exception) -> None:
        self.notify(self.desk.explained(error), severity="error", markup=False)

    def mended(self, error: JournalError) -> bool:
        done = False
        if isinstance(error, Damaged):
            with contextlib.suppress(JournalError):  # it stays as it is, and is said to be so
                done = self.desk.mend()
        self.hear()
        return done

    def hear(self) -> None:
        """Say what was lost and how it was repaired, if anything was since this was last asked."""
        for words in self.desk.repairs():
            self._status.news = words
            self.notify(words, severity="error", timeout=READ_FOR, markup=False)

    def clear_notifications(self) -> None:
        """Take away every toast but those that say what went wrong."""
        kept = [toast for toast in self._notifications if toast.severity == "error"]
        self._notifications.clear()
        for toast in kept:
            self._notifications.add(toast)
        # Textual would take the toasts out of their holders and leave those, empty, for ever.
        held = {ToastRack._toast_id(toast) for toast in kept}
        for holder in self.screen.query(ToastHolder):
            if holder.id not in held:
                holder.remove()
        self._refresh_notifications()

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except Exception as error:  # noqa: BLE001 -- of all the keys, one does not do what it should
            self.mishap(error)
            return True

    def snapshot(self) -> None:
        """Once a day, in a thread: keep a copy of the records, and look into all of them."""
        if self._copied != (today := self.desk.today()):
            self._copied = today
            self.run_worker(self._copy, thread=True, exit_on_error=False)

    def _copy(self) -> None:
        try:
            self.desk.snapshot()
            self.desk.look_into()
        except JournalError as error:
            self.call_from_thread(self._not_copied, error)
        except Exception as error:  # noqa: BLE001 -- in a thread nobody else would hear of it
            self.call_from_thread(self.mishap, error)

    def _not_copied(self, error: JournalError) -> None:
        self.trouble("copy", "" if self.mended(error) else str(error))

    @on(Driver.SignalResume)
    def _paint_all(self) -> None:
        """Stopped and continued: the terminal shows nothing of it any more, which Textual does not know."""
        self.refresh()

    # -- ending -----------------------------------------------------------------------------------------------

    def _build_driver(self, *args: Any, **options: Any) -> Driver:
        driver = super()._build_driver(*args, **options)
        outlive(driver)
        return driver

    def on_load(self) -> None:
        """Leave the terminal as it was when told to end, or when it is closed: from before the first thing is changed
        in it."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if number := getattr(signal, name, None):
                # Windows has neither signal handlers on its loop nor a need for them.
                with contextlib.suppress(NotImplementedError):
                    loop.add_signal_handler(number, self.exit, 0)

    def _handle_exception(self, error: Exception) -> None:
        """What nobody else caught ends the console; only a form that could not be opened is closed again."""
        if self._exit:  # told to end while its parts were made: some are gone, and others ask for them
            return
        form = self._being_made()
        if form is not None:
            self.mishap(error)
            self.call_later(form.dismiss)
        else:
            super()._handle_exception(error)

    def _being_made(self) -> ModalScreen[Any] | None:
        """The form that something failed of, or else the one on top, if it is not made yet: from Python 3.12 on its
        making begins before it is put there."""
        failed = active_message_pump.get(None)
        above = failed.ancestors_with_self if isinstance(failed, DOMNode) else []
        forms = (each for each in (*above, *reversed(self.screen_stack)) if isinstance(each, ModalScreen))
        form = next(forms, None)
        return None if form is None or form.is_mounted else form

    def _fatal_error(self) -> None:
        """End for an error nobody expected, without Textual's traceback: `tui.run` raises it where it is told."""
        self._close_messages_no_wait()
