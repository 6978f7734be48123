"""Posting JSON over HTTP with what Python brings.

Redirections are not followed: a message is for whom the owner named. The proxies of the system's settings are used,
as everything else on an office computer uses them; they see which service is called, never the address, for that is
said within TLS. Nothing raised here leaves: a traceback of it would hold the address.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import socket
import ssl
import threading
from collections.abc import Callable
from http.client import HTTPException
from typing import IO, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from msgspec import Struct

from csconsole import __version__
from csconsole.core.text import clean
from csconsole.i18n import _
from csconsole.reminders.secrets import Secret

T = TypeVar("T")

_ENOUGH = 64_000
"""Bytes read of an answer."""

_SAID = 100


class Answer:
    """What came back, of whatever status. It is shown nowhere, as a Struct would be: it may quote the address."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.body = body


class Failure(Struct, frozen=True):
    """Why no answer came, in a few words. `unclear`: what was sent may have arrived all the same."""

    reason: str
    unclear: bool = False


def post(url: Secret, body: bytes, time_limit: float) -> Answer | Failure:
    """Post `body`, waiting no longer than `time_limit` seconds for the next sign of life. Raises nothing."""
    try:
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"csconsole/{__version__}"}
        request = Request(url.reveal(), body, headers, method="POST")
        try:
            answer = _opener(request.type).open(request, timeout=time_limit)
        except HTTPError as error:
            answer = error  # an answer like any other
        with answer:
            return Answer(answer.status, answer.read(_ENOUGH))
    except URLError as error:  # before the request was on its way
        return Failure(_words(error.reason))
    except (OSError, HTTPException, ValueError) as error:
        return Failure(_words(error), unclear=True)


async def apart(work: Callable[[], T]) -> T:
    """What `work` returns, done in a thread of its own, for which nobody waits: not whoever is cancelled here, nor
    the end of the program. `work` must not raise."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()  # the language in use

    def settle(result: T) -> None:
        if not done.done():
            done.set_result(result)

    def run() -> None:
        result = context.run(work)
        with contextlib.suppress(RuntimeError):  # the loop has ended in the meantime
            loop.call_soon_threadsafe(settle, result)

    threading.Thread(target=run, name="csconsole-post", daemon=True).start()
    return await done


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str) -> None:
        return None


def _opener(scheme: str) -> OpenerDirector:
    # Plain http goes no further than this computer (`secrets`), and so by no proxy.
    return build_opener(_Stay) if scheme == "https" else build_opener(ProxyHandler({}), _Stay)


def _words(error: object) -> str:
    match error:
        case TimeoutError():
            return _("it does not answer")
        case ssl.SSLCertVerificationError():
            return _("its certificate is not to be trusted ({reason})").format(reason=error.verify_message)
        case socket.gaierror():
            reason = _("its name is not known here")
        case ConnectionRefusedError():
            reason = _("nobody listens there")
        case OSError():  # of which none names more than a file or a host
            reason = clean(error.strerror or str(error), limit=_SAID)
        case _:
            reason = type(error).__name__
    return _("it cannot be reached ({reason})").format(reason=reason)
