"""The ways on which a reminder reaches a person outside the console. In-console ones (toast, bell, the window's
title) are the console's own.

A channel takes plain text, is never waited for longer than its time limit, and fails with a `ChannelError` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from csconsole.core.errors import UserError
from csconsole.i18n import _


@dataclass(frozen=True, slots=True)
class Message:
    """Plain, cleaned text. `body` may have several lines."""

    title: str
    body: str


class ChannelError(Exception):
    """The message did not go out. One translated line says why."""


class Channel(Protocol):
    """Works in one event loop. Every method but `close` raises `ChannelError` and nothing else."""

    async def check(self) -> None:
        """Make sure that messages can go out here, without sending one."""

    async def send(self, message: Message) -> None:
        """Send it. Returning means that the service took it; whether it is shown is the service's affair."""

    async def close(self) -> None:
        """Let go of connections. It may be used again."""


def channels(settings: Mapping[str, object]) -> tuple[Channel, ...]:
    """The channels the owner's settings ask for: `notify = "auto"` (a desktop notification, as when nothing is
    said) or `"off"`. Raises `UserError` for another value."""
    match settings.get("notify", "auto"):
        case "auto":
            from csconsole.reminders.desktop import Desktop

            return (Desktop(),)
        case "off":
            return ()
        case other:
            raise UserError(_('notify: {value} is not known; write "auto" or "off"').format(value=repr(other)))
