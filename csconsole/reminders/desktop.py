"""Desktop notifications, by desktop-notifier.

That library says of a notification that could not be sent what it says of any other (it logs, and returns an id).
So the service is asked for first, and a notification counts as sent only when `on_dispatched` was called.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from csconsole.i18n import _
from csconsole.reminders.channels import ChannelError, Message

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

TIME_LIMIT = 8.0
"""Seconds a notification service may take to answer."""

_SERVICE = "org.freedesktop.Notifications"

# Failures are told by ChannelError; a log line would end up on the screen the console draws on.
for _name in ("desktop_notifier", "dbus_fast"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Desktop:
    """The notification service of the desktop: on Linux the one on the session bus, elsewhere the system's."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._turn = asyncio.Lock()
        self._notifier: DesktopNotifier | None = None
        self._markup = False

    @property
    def name(self) -> str:
        return _("desktop notifications")

    async def check(self) -> None:
        async with self._attempt():
            await self._ready()

    async def send(self, message: Message) -> None:
        """The notification takes the place of the one sent before it: a desk is not to be papered over."""
        async with self._attempt():
            notifier = await self._ready()
            with contextlib.suppress(KeyError):  # the person closed it in the meantime
                await notifier.clear_all()
            sent: list[bool] = []
            body = escape(message.body) if self._markup else message.body
            await notifier.send(message.title, body, on_dispatched=lambda: sent.append(True))
            if not sent:
                raise ChannelError(_("desktop notifications: the notification service refused it"))

    async def close(self) -> None:
        notifier, self._notifier = self._notifier, None
        # The library has no way to close its connection to the session bus, which it keeps in its backend.
        bus = getattr(notifier._backend, "bus", None) if notifier else None
        if bus is not None:
            await _disconnect(bus)

    @contextlib.asynccontextmanager
    async def _attempt(self) -> AsyncIterator[None]:
        """One at a time, within the time limit, all failures told alike. After one, it starts from scratch."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._time_limit):
                    yield
            except Exception as error:
                await self.close()
                if isinstance(error, ChannelError):
                    raise
                if isinstance(error, TimeoutError):
                    raise ChannelError(_("desktop notifications: the notification service does not answer")) from error
                raise ChannelError(
                    _("desktop notifications: {reason}").format(reason=str(error) or type(error).__name__)
                ) from error

    async def _ready(self) -> DesktopNotifier:
        if self._notifier is None:
            if sys.platform == "linux":
                self._markup = "body-markup" in await _capabilities()
            # In a thread: its imports take long enough for a key to wait.
            DesktopNotifier = await asyncio.to_thread(_library)
            self._notifier = DesktopNotifier(app_name="csconsole", app_icon=None)
            if not await self._notifier.get_capabilities():  # the stand-in for systems the library cannot serve
                raise ChannelError(_("desktop notifications: this system has none that can be used from here"))
            if not await self._notifier.request_authorisation():
                raise ChannelError(_("desktop notifications: they are turned off in the system's settings"))
        return self._notifier


def _library() -> type[DesktopNotifier]:
    from desktop_notifier import DesktopNotifier

    return DesktopNotifier


async def _capabilities() -> frozenset[str]:
    """What the notification service on the session bus can do; started by asking, where the bus can start it."""
    from dbus_fast import Message as Call
    from dbus_fast import MessageType
    from dbus_fast.aio import MessageBus

    try:
        bus = await MessageBus().connect()
    except (OSError, ValueError, KeyError) as error:  # nobody there; not an address; no HOME to look for one in
        raise ChannelError(_("desktop notifications: there is no desktop session here")) from error
    try:
        reply = await bus.call(Call(_SERVICE, "/org/freedesktop/Notifications", _SERVICE, "GetCapabilities"))
    finally:
        await _disconnect(bus)
    if reply is None or reply.message_type is not MessageType.METHOD_RETURN:
        raise ChannelError(_("desktop notifications: no notification service is running"))
    return frozenset(reply.body[0])


async def _disconnect(bus: Any) -> None:
    bus.disconnect()
    with contextlib.suppress(Exception):
        await asyncio.wait_for(bus.wait_for_disconnect(), 1)
