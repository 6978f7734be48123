"""E-mail and the rest, through apprise, on real local servers. Its failures are in test_failures.py."""

from __future__ import annotations

import logging
import sys
from email import message_from_bytes
from email.policy import default

import pytest
from robots import closed_port, http_service, mail_service

from csconsole.reminders.channels import ChannelError, Message, Unclear
from csconsole.reminders.secrets import Address, Secret
from csconsole.reminders.through_apprise import ThroughApprise

MESSAGE = Message("csconsole: 2 overdue", "09:00 看投诉 <b>\n09:30 催退款 [red]*x*_y_")


def through(url: str, time_limit: float = 5.0) -> ThroughApprise:
    return ThroughApprise(Address(Secret(url), None, "test"), time_limit)


async def test_a_mail_arrives_as_it_was_written() -> None:
    with mail_service() as (port, given):
        url = f"mailto://desk:passw0rd@127.0.0.1:{port}?from=desk@shop.example&to=li@shop.example&mode=insecure"
        await through(url).send(MESSAGE)
    (raw,) = given
    mail = message_from_bytes(raw, policy=default)
    assert (mail["to"], mail["subject"]) == ("li@shop.example", MESSAGE.title)
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == MESSAGE.body


async def test_what_a_service_refuses_is_said_as_apprise_says_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with http_service() as service:
        service.status = 503
        with pytest.raises(ChannelError, match=r"^json \(apprise\): Failed to send .*error=503"):
            await through(f"{service.url.replace('http', 'json')}/t0kenOfTheRobot").send(MESSAGE)
        assert service.posts[0].path == "/t0kenOfTheRobot"
    # Nothing of it reaches the root's handlers, and by them the screen.
    assert not logging.getLogger("apprise").propagate
    assert "t0kenOfTheRobot" not in caplog.text


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_no_redirection_is_followed(status: int) -> None:
    with http_service() as service, http_service() as elsewhere:
        service.status, service.headers = status, {"Location": elsewhere.url}
        with pytest.raises(ChannelError):
            await through(service.url.replace("http", "json")).send(MESSAGE)
        assert elsewhere.posts == []


async def test_silence_ends_in_time_and_may_mean_anything() -> None:
    with mail_service(silent=True) as (port, _given), pytest.raises(Unclear) as caught:
        await through(f"mailto://a:b@127.0.0.1:{port}?from=a@d.example&mode=insecure", 0.5).send(MESSAGE)
    assert str(caught.value) == "mailto (apprise): it does not answer"


@pytest.mark.parametrize("url", ["nosuchservice://x", "mailto://", "tgram://nonsense"])
async def test_an_address_apprise_does_not_know(url: str) -> None:
    with pytest.raises(ChannelError, match="apprise cannot use this address"):
        await through(url).check()


async def test_a_check_sends_nothing() -> None:
    await through(f"json://127.0.0.1:{closed_port()}").check()


async def test_where_apprise_is_not_installed_it_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ChannelError, match=r"apprise is not installed: pip install 'csconsole\[apprise\]'"):
        await through("mailto://a:b@c.example").check()
