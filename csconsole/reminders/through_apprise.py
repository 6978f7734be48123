"""E-mail, and whatever else apprise reaches, one address a channel. An optional extra.

Apprise says no more than whether something went out, and writes addresses into its debug log: of what it logs, only
warnings are heard, and only here.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from csconsole.core.text import clean
from csconsole.i18n import _
from csconsole.reminders.channels import ChannelError, Message, Unclear
from csconsole.reminders.post import apart
from csconsole.reminders.secrets import Address, redacted, schema_of

TIME_LIMIT = 30.0
"""Seconds a service may take: mail servers are in no hurry."""

_SAID = 200


for _name in ("apprise", "urllib3", "requests_oauthlib", "oauthlib"):
    _logger = logging.getLogger(_name)
    _logger.setLevel(logging.WARNING)
    _logger.propagate = False
    _logger.addHandler(logging.NullHandler())


class ThroughApprise:
    """A service at an address of apprise's own form."""

    def __init__(self, address: Address, time_limit: float = TIME_LIMIT) -> None:
        self._address = address
        self._time_limit = time_limit

    @property
    def name(self) -> str:
        return _("{service} (apprise)").format(service=schema_of(self._address.url))

    async def check(self) -> None:
        await self._attempt(None)

    async def send(self, message: Message) -> None:
        await self._attempt(message)

    async def close(self) -> None:
        """Nothing is kept open."""

    async def _attempt(self, message: Message | None) -> None:
        try:
            async with asyncio.timeout(self._time_limit):
                fault = await apart(partial(self._work, message))
        except TimeoutError:
            raise Unclear(self._says(_("it does not answer"))) from None
        if fault is not None:
            raise ChannelError(self._says(fault))

    def _work(self, message: Message | None) -> str | None:
        """Send, or with None make ready to; why that failed. Raises nothing: a traceback would hold the address."""
        try:
            from apprise import Apprise, AppriseAsset, NotifyFormat
        except ImportError:
            return _("apprise is not installed: pip install 'csconsole[apprise]'")
        try:
            service = Apprise(asset=AppriseAsset(app_id="csconsole", http_redirects=False))
            if not service.add(self._address.url.reveal()):
                return _("apprise cannot use this address")
            if message is None:
                return None
            sent = service.notify(message.body, message.title, body_format=NotifyFormat.TEXT)
            why = [redacted(entry.message, self._address.url) for entry in sent.logs()]
            return None if sent else clean(why[-1], limit=_SAID) if why else _("it did not go out")
        except Exception as error:  # noqa: BLE001 -- whatever its plugins raise, with the address in their frames
            return type(error).__name__

    def _says(self, what: str) -> str:
        return _("{channel}: {what}").format(channel=self.name, what=what)
