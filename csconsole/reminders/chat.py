"""Chat robots: the address of a group's robot takes a text and answers with a code, 0 if it took it. HTTP says 200
either way.

Limits: DingTalk takes bodies of 20,000 bytes (error 460101 beyond), Feishu of 20 KB (docs of custom bots), WeCom
texts of 2,048 bytes (error 40058).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from csconsole.clock import Clock
from csconsole.core.text import ELLIPSIS, clean
from csconsole.i18n import N_, _
from csconsole.reminders.channels import ChannelError, Message, Unclear
from csconsole.reminders.post import Answer, Failure, apart, post
from csconsole.reminders.secrets import Address, Secret, redacted

TIME_LIMIT = 10.0
"""Seconds a robot may take."""

_SAID = 200
"""Characters shown of what a robot answers."""


class Kind(Struct, frozen=True, eq=False):
    """What a service's robots want. `room`: how many bytes a text may have, as JSON. `codes`: what an answer calls its
    code, and what the explanation of that; the first one there counts. `request`: where to send a text, and as what,
    at an instant that the service compares with its own clock."""

    label: str
    room: int
    codes: Mapping[str, str]
    request: Callable[[Address, str, datetime], tuple[Secret, dict[str, Any]]]


class Robot:
    """A robot of some kind at an address."""

    def __init__(
        self,
        kind: Kind,
        address: Address,
        now: Callable[[], datetime] | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        self._kind = kind
        self._address = address
        self._now = now or Clock().now
        self._time_limit = time_limit

    @property
    def name(self) -> str:
        return _(self._kind.label)

    async def check(self) -> None:
        """Nothing: a robot can be tried only by telling it something."""

    async def send(self, message: Message) -> None:
        # A robot may take what is in angle brackets for a command, as Feishu does <at user_id="all">.
        text = fitted(f"{message.title}\n{message.body}".replace("<", "＜"), self._kind.room)
        url, body = self._kind.request(self._address, text, self._now())
        work = partial(post, url, json.dumps(body, ensure_ascii=False).encode(), self._time_limit / 2)
        try:
            async with asyncio.timeout(self._time_limit):
                answer = await apart(work)
        except TimeoutError:
            answer = Failure(_("it does not answer"), unclear=True)
        self._judge(answer)

    async def close(self) -> None:
        """Nothing is kept open."""

    def _judge(self, answer: Answer | Failure) -> None:
        """Raise `ChannelError` unless the robot says that it took what was sent."""
        if isinstance(answer, Failure):
            kind = Unclear if answer.unclear else ChannelError
            raise kind(self._says(answer.reason))
        if 300 <= answer.status < 400:
            raise ChannelError(self._says(_("it sends elsewhere (HTTP {status})").format(status=answer.status)))
        code, why = self._verdict(answer.body)
        if answer.status != 200:
            said = _("it answered with HTTP {status}").format(status=answer.status)
            raise ChannelError(self._says(said if code is None else f"{said}, {code} {why}"))
        if code is None:
            raise Unclear(self._says(_("its answer cannot be understood")))
        if code != 0:
            raise ChannelError(self._says(_("it refused: {code} {why}").format(code=code, why=why)))

    def _verdict(self, body: bytes) -> tuple[int | None, str]:
        """The code an answer gives, None where it gives none, and how it explains that."""
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            return None, ""
        for code, why in self._kind.codes.items() if isinstance(said, dict) else ():
            if type(said.get(code)) is int:
                words = redacted(str(said.get(why, "")), self._address.url, self._address.secret)
                return said[code], clean(words, limit=_SAID).strip()
        return None, ""

    def _says(self, what: str) -> str:
        return _("{channel}: {what}").format(channel=self.name, what=what)


def _to_dingtalk(address: Address, text: str, now: datetime) -> tuple[Secret, dict[str, Any]]:
    body = {"msgtype": "text", "text": {"content": text}, "at": {"isAtAll": False}}
    if address.secret is None:
        return address.url, body
    stamp, key = str(int(now.timestamp() * 1000)), address.secret.reveal()
    signed = urlencode({"timestamp": stamp, "sign": signature(key, f"{stamp}\n{key}")})
    url = address.url.reveal()
    return Secret(f"{url}{'&' if urlsplit(url).query else '?'}{signed}"), body


def _to_feishu(address: Address, text: str, now: datetime) -> tuple[Secret, dict[str, Any]]:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if address.secret is not None:
        stamp = str(int(now.timestamp()))
        # Not a slip: what DingTalk has signed, Feishu has sign nothing.
        body |= {"timestamp": stamp, "sign": signature(f"{stamp}\n{address.secret.reveal()}", "")}
    return address.url, body


def _to_wecom(address: Address, text: str, now: datetime) -> tuple[Secret, dict[str, Any]]:
    return address.url, {"msgtype": "text", "text": {"content": text}}


DINGTALK = Kind(N_("DingTalk"), 19_500, {"errcode": "errmsg"}, _to_dingtalk)
FEISHU = Kind(N_("Feishu"), 19_500, {"code": "msg", "StatusCode": "StatusMessage"}, _to_feishu)
WECOM = Kind(N_("WeCom"), 2_048, {"errcode": "errmsg"}, _to_wecom)


def signature(key: str, text: str) -> str:
    """HMAC-SHA256 of `text` by `key`, in Base64."""
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def fitted(text: str, room: int) -> str:
    """`text` in at most `room` bytes as JSON, its end given up for … where it does not fit."""
    if _size(text) <= room:
        return text
    while text and (over := _size(text) + len(ELLIPSIS.encode()) - room) > 0:
        text = text[: -(over // 4 + 1)]
    return text.rstrip() + ELLIPSIS


def _size(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2
