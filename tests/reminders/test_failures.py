"""Four robots, five failures each: all are told, and no secret is in anything that is said, logged or shown."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import pytest
from robots import Service, closed_port, http_service, mail_service

from csconsole.reminders import Channel, ChannelError, Message, Reminders
from csconsole.reminders.chat import DINGTALK, FEISHU, WECOM, Robot
from csconsole.reminders.secrets import Address, Secret
from csconsole.reminders.through_apprise import ThroughApprise

SECRETS = ("t0ken Of/The Robot", "t0ken%20Of%2FThe%20Robot", "SECretThatSigns", "passw0rdOfTheMail")

ROBOTS = {
    "dingtalk": (DINGTALK, "/robot/send?access_token=t0ken%20Of%2FThe%20Robot", "SECretThatSigns"),
    "feishu": (FEISHU, "/open-apis/bot/v2/hook/t0ken%20Of%2FThe%20Robot", "SECretThatSigns"),
    "wecom": (WECOM, "/cgi-bin/webhook/send?key=t0ken%20Of%2FThe%20Robot", None),
    "mail": None,
}
FAILURES = ("error", "500", "timeout", "refused", "garbage")


@pytest.fixture
def failing() -> Iterator[Callable[[str, str], Channel]]:
    """A robot with a failure."""
    with ExitStack() as running:

        def make(robot: str, failure: str) -> Channel:
            if ROBOTS[robot] is None:
                return ThroughApprise(Address(Secret(_mail(running, failure)), None, "test"), 2.0)
            kind, path, secret = ROBOTS[robot]
            root = f"http://127.0.0.1:{closed_port()}"
            if failure != "refused":
                service = running.enter_context(http_service())
                root = service.url
                # A service that repeats what it was told.
                _fail(service, failure, f"the address {unquote(path)} ({path}), {secret}, is wrong")
            return Robot(kind, Address(Secret(root + path), Secret(secret) if secret else None, "test"), None, 1.0)

        yield make


def _fail(service: Service, failure: str, echo: str) -> None:
    match failure:
        case "error":
            service.says({"errcode": 310000, "errmsg": echo, "code": 19021, "msg": echo})
        case "500":
            service.says({"errmsg": echo}, 500)
        case "timeout":
            service.silent = True
        case "garbage":
            service.body = f"<html>{echo}</html>".encode()


def _mail(running: ExitStack, failure: str) -> str:
    """A mail server's failures are of the same five sorts: what it was given refused, itself not able, silence,
    nobody there, something else there."""
    options: dict[str, dict[str, Any]] = {
        "error": {"verdict": b"550 desk with passw0rdOfTheMail is not welcome"},
        "500": {"greeting": b"421 not now"},
        "timeout": {"silent": True},
        "garbage": {"greeting": b"SSH-2.0-OpenSSH_9.6"},
    }
    port = closed_port() if failure == "refused" else running.enter_context(mail_service(**options[failure]))[0]
    return f"mailto://desk:passw0rdOfTheMail@127.0.0.1:{port}?from=desk@shop.example&to=li@shop.example&mode=insecure"


def without_secrets(*texts: str) -> None:
    for text in texts:
        for secret in SECRETS:
            assert secret not in text, text


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("robot", ROBOTS)
async def test_each_failure_is_told_and_no_secret_is(
    robot: str,
    failure: str,
    failing: Callable[[str, str], Channel],
    at: Callable[[str], datetime],
    hand_clock: Any,
    counter: Any,
    sit: Any,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = 0  # everything it does is logged
    channel = failing(robot, failure)
    clock, troubles = hand_clock(at("09:00")), list[str]()
    desk = counter(clock, "09:00")
    reminders = Reminders(
        clock, desk.situation, desk.claim, lambda _digest: None, troubles.append, robots=[channel]
    )  # fmt: skip
    await reminders.look()
    await sit(reminders, clock, minutes=45)
    async with asyncio.timeout(8):
        while not troubles:
            await asyncio.sleep(0.01)
    await reminders.stop()
    (trouble,) = troubles
    assert trouble.startswith(channel.name + ": ")
    assert trouble.isprintable() and len(trouble) < 300
    said = capfd.readouterr()
    assert any("Executing" in record.getMessage() for record in caplog.records), "nothing was listened to"
    without_secrets(trouble, caplog.text, said.out, said.err, repr(channel), str(vars(channel)))


@pytest.mark.parametrize("failure", ["error", "refused", "timeout"])
@pytest.mark.parametrize("robot", ROBOTS)
async def test_not_even_a_traceback_with_all_its_variables_says_a_secret(
    robot: str, failure: str, failing: Callable[[str, str], Channel]
) -> None:
    channel = failing(robot, failure)
    with pytest.raises(ChannelError) as caught:
        await channel.send(Message("csconsole", "09:00"))
    for chained in (caught.value, caught.value.__context__, caught.value.__cause__):
        if chained is not None:
            story = traceback.TracebackException.from_exception(chained, capture_locals=True)
            frames = [frame for frame in story.stack if "/tests/" not in frame.filename]
            assert frames
            without_secrets(str(story), *(str(frame.locals) for frame in frames))
