"""The ways on which a reminder reaches a person outside the console. In-console ones (toast, bell, the window's
title) are the console's own; which are in use is said in one place (`settings`).

A channel takes plain text, is never waited for longer than its time limit, and fails with a `ChannelError` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from csconsole.core.errors import UserError
from csconsole.core.masking import mask
from csconsole.i18n import _
from csconsole.reminders.secrets import Address, addresses
from csconsole.reminders.settings import ROBOTS, Ways, escalating


class Message(Struct, frozen=True):
    """Plain, cleaned text. `body` may have several lines."""

    title: str
    body: str


class ChannelError(Exception):
    """The message did not go out. One translated line says why."""


class Unclear(ChannelError):
    """The message may have gone out or not: to send it again might be to send it twice."""


class Channel(Protocol):
    """Works in one event loop. `check` and `send` raise `ChannelError` and nothing else."""

    @property
    def name(self) -> str:
        """What it is called, translated. Its errors begin with it."""

    async def check(self) -> None:
        """Make sure, as far as can be, that messages can go out here, without sending one."""

    async def send(self, message: Message) -> None:
        """Send it. Returning means that the service took it; whether it is shown is the service's affair."""

    async def close(self) -> None:
        """Let go of connections. It may be used again."""


class Masked:
    """A channel to people who need not know the buyers: their numbers and addresses are masked."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    @property
    def name(self) -> str:
        return self._channel.name

    async def check(self) -> None:
        await self._channel.check()

    async def send(self, message: Message) -> None:
        await self._channel.send(Message(mask(message.title), mask(message.body)))

    async def close(self) -> None:
        await self._channel.close()


def channels(ways: Ways) -> tuple[Channel, ...]:
    """The channels that carry every reminder, in the order in which they are tried."""
    if not ways.desktop:
        return ()
    from csconsole.reminders.desktop import Desktop

    return (Desktop(),)


def robots(settings: Mapping[str, object], file: Path) -> tuple[Channel, ...]:
    """The robots that are told of what nobody answers, in order: of those that have an address in the environment or
    in `file`, the ones the settings name, or all. Raises `UserError` where these cannot be used."""
    from csconsole.reminders.chat import DINGTALK, FEISHU, WECOM, Robot
    from csconsole.reminders.through_apprise import ThroughApprise

    ways = escalating(settings)
    made: Mapping[str, Callable[[Address], Channel]] = {
        "dingtalk": partial(Robot, DINGTALK),
        "feishu": partial(Robot, FEISHU),
        "wecom": partial(Robot, WECOM),
        "apprise": ThroughApprise,
    }
    found, use = addresses(file), ways.use
    for missing in (robot for robot in use or () if robot not in found):
        raise UserError(
            _("settings: robots.use names {robot}, which has no address; set {variable}, or put it into {file}").format(
                robot=missing, variable=f"CSCONSOLE_{missing.upper()}_URL", file=file
            )
        )
    chosen = [robot for robot in (ROBOTS if use is None else use) if robot in found]
    told = (made[robot](address) for robot in chosen for address in found[robot])
    return tuple(Masked(robot) if ways.masked else robot for robot in told)
