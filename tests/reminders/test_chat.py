"""Chat robots, on real local servers that answer as those robots do."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from robots import Service, closed_port, http_service, proxy_service

from csconsole.reminders.channels import ChannelError, Message, Unclear
from csconsole.reminders.chat import DINGTALK, FEISHU, WECOM, Kind, Robot, fitted
from csconsole.reminders.secrets import Address, Secret

NOW = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
MESSAGE = Message("csconsole: 2 overdue", "09:00 看投诉\n09:30 催退款")
TEXT = f"{MESSAGE.title}\n{MESSAGE.body}"
PATHS = {
    DINGTALK: "/robot/send?access_token=tok3n-tok3n",
    FEISHU: "/open-apis/bot/v2/hook/tok3n-tok3n",
    WECOM: "/cgi-bin/webhook/send?key=tok3n-tok3n",
}
TAKEN = {
    DINGTALK: {"errcode": 0, "errmsg": "ok"},
    FEISHU: {"code": 0, "msg": "success", "data": {}},
    WECOM: {"errcode": 0, "errmsg": "ok"},
}
kinds = pytest.mark.parametrize("kind", PATHS, ids=lambda kind: kind.label)


@pytest.fixture
def service() -> Iterator[Service]:
    with http_service() as service:
        yield service


@pytest.fixture
def robot(service: Service) -> Callable[..., Robot]:
    def make(kind: Kind, secret: str | None = None, url: str | None = None) -> Robot:
        if service.body == Service.body:
            service.says(TAKEN[kind])
        where = Secret((url or service.url) + PATHS[kind])
        return Robot(kind, Address(where, Secret(secret) if secret else None, "test"), lambda: NOW, 1.0)

    return make


Make = Callable[..., Robot]


# -- what they are sent ----------------------------------------------------------------------------------------


@kinds
async def test_the_text_reaches_the_robot(kind: Kind, robot: Make, service: Service) -> None:
    await robot(kind).send(MESSAGE)
    (post,) = service.posts
    path, _question, query = PATHS[kind].partition("?")
    assert post.path == path
    assert post.query == ({query.split("=")[0]: ["tok3n-tok3n"]} if query else {})
    assert post.headers["Content-Type"].startswith("application/json")
    body = post.json
    if kind is FEISHU:
        assert body == {"msg_type": "text", "content": {"text": TEXT}}
    else:
        assert (body["msgtype"], body["text"]["content"]) == ("text", TEXT)
    assert "看投诉".encode() in post.raw, "Chinese is to take three bytes a character, not six"


async def test_dingtalk_is_signed_for_every_message_anew(service: Service) -> None:
    instants = iter([NOW, NOW.replace(minute=43)])
    address = Address(Secret(service.url + PATHS[DINGTALK]), Secret("SECwhatever"), "test")
    robot = Robot(DINGTALK, address, lambda: next(instants), 1.0)
    for _time in range(2):
        await robot.send(MESSAGE)
    first, second = (post.query for post in service.posts)
    assert first["timestamp"] == ["1795398120000"]
    # By openssl dgst -sha256 -hmac SECwhatever -binary | base64, of "timestamp\nsecret".
    assert first["sign"] == ["IgSFsoMtphPp9u0zbehSHuZuRoxRC8iaARz/1eCfm/4="]
    assert first["access_token"] == ["tok3n-tok3n"]
    assert second["timestamp"] == ["1795398180000"] and second["sign"] != first["sign"]
    assert {name: len(values) for name, values in second.items()} == {"access_token": 1, "timestamp": 1, "sign": 1}


async def test_feishu_is_signed_in_the_body(robot: Make, service: Service) -> None:
    await robot(FEISHU, "whatever").send(MESSAGE)
    body = service.posts[0].json
    # By openssl as well, of nothing with the key "timestamp\nsecret".
    assert (body["timestamp"], body["sign"]) == ("1795398120", "wh5e4i0wfD8HvRx0y/zU/OcD0dz6QC6efz2N0XcO+l0=")
    assert service.posts[0].query == {}


@kinds
async def test_hostile_text_stays_text(kind: Kind, robot: Make, service: Service) -> None:
    hostile = '<at user_id="all">所有人</at> <@all> "}],"at":{"isAtAll":true} \\u0000 ${x} {{y}} 🏳️‍🌈'
    await robot(kind).send(Message(hostile, hostile))
    body = service.posts[0].json
    text = body["content"]["text"] if kind is FEISHU else body["text"]["content"]
    assert text == f"{hostile}\n{hostile}".replace("<", "＜")
    assert "isAtAll" not in body and body.get("at", {"isAtAll": False}) == {"isAtAll": False}


@kinds
@pytest.mark.parametrize("piece", ["a", "看", "🎉", '"', "\\", "a\n", "é"])
async def test_no_text_is_longer_than_the_robot_takes(kind: Kind, piece: str, robot: Make, service: Service) -> None:
    await robot(kind).send(Message("csconsole", piece * 60_000))
    (post,) = service.posts
    text = post.json["content"]["text"] if kind is FEISHU else post.json["text"]["content"]
    assert text.startswith("csconsole\n") and text.endswith("…")
    if kind is WECOM:
        assert 500 < len(text.encode()) <= 2048
    else:
        assert 5_000 < len(post.raw) <= 20_000


def test_what_fits_is_left_as_it_is() -> None:
    assert fitted("看" * 10, 30) == "看" * 10
    assert fitted("看" * 11, 30) == "看" * 9 + "…"
    assert fitted("看" * 11, 3) == "…"


# -- what they answer ------------------------------------------------------------------------------------------

REFUSALS = [
    (DINGTALK, {"errcode": 310000, "errmsg": "sign not match"}, "DingTalk: it refused: 310000 sign not match"),
    (DINGTALK, {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}, "130101 send too fast"),
    (FEISHU, {"code": 19021, "msg": "sign match fail"}, "Feishu: it refused: 19021 sign match fail"),
    (FEISHU, {"StatusCode": 11232, "StatusMessage": "frequency limited"}, "Feishu: it refused: 11232 frequency"),
    (WECOM, {"errcode": 93000, "errmsg": "invalid webhook url"}, "WeCom: it refused: 93000 invalid webhook url"),
    (WECOM, {"errcode": -1}, "WeCom: it refused: -1"),
]


@pytest.mark.parametrize(("kind", "answer", "said"), REFUSALS)
async def test_an_error_in_a_200_is_an_error(
    kind: Kind, answer: dict[str, Any], said: str, robot: Make, service: Service
) -> None:
    service.says(answer)
    with pytest.raises(ChannelError) as caught:
        await robot(kind).send(MESSAGE)
    assert said in str(caught.value)
    assert not isinstance(caught.value, Unclear)


async def test_the_older_answer_of_feishu_counts(robot: Make, service: Service) -> None:
    service.says({"StatusCode": 0, "StatusMessage": "success", "Extra": None})
    await robot(FEISHU).send(MESSAGE)


@kinds
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"ok", b"<html>504 Gateway Timeout</html>", b"null", b"[]", b'{"ok":true}', b"\xff\xfe", b"[" * 100_000),
        *(b'{"errcode":"0","code":"0"}', b'{"errcode":false,"code":false}', b'{"errcode":null,"code":0.0}'),
    ],
)
async def test_an_answer_that_is_none_may_mean_anything(kind: Kind, body: bytes, robot: Make, service: Service) -> None:
    service.body = body
    with pytest.raises(Unclear, match=f"^{kind.label}: its answer cannot be understood$"):
        await robot(kind).send(MESSAGE)


@kinds
@pytest.mark.parametrize("status", [204, 400, 404, 429, 500, 502])
async def test_another_status_is_a_failure_whatever_the_body(
    kind: Kind, status: int, robot: Make, service: Service
) -> None:
    service.says(TAKEN[kind], status)
    with pytest.raises(ChannelError, match=f"^{kind.label}: it answered with HTTP {status}"):
        await robot(kind).send(MESSAGE)


async def test_what_comes_with_another_status_is_said_too(robot: Make, service: Service) -> None:
    service.says({"code": 9499, "msg": "Bad Request"}, 400)
    with pytest.raises(ChannelError, match="HTTP 400, 9499 Bad Request"):
        await robot(FEISHU).send(MESSAGE)


@kinds
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirection_is_followed(kind: Kind, status: int, robot: Make, service: Service) -> None:
    with http_service() as elsewhere:
        service.says(TAKEN[kind], status)
        service.headers = {"Location": f"{elsewhere.url}/take?all=1"}
        with pytest.raises(ChannelError, match=f"it sends elsewhere .HTTP {status}."):
            await robot(kind).send(MESSAGE)
        assert elsewhere.posts == [] and len(service.posts) == 1


@kinds
async def test_silence_ends_in_time_and_may_mean_anything(kind: Kind, robot: Make, service: Service) -> None:
    service.silent = True
    with pytest.raises(Unclear, match=f"^{kind.label}: it does not answer$"):
        await robot(kind).send(MESSAGE)


@kinds
async def test_where_nobody_listens_nothing_was_sent(kind: Kind, robot: Make) -> None:
    with pytest.raises(ChannelError, match=f"^{kind.label}: it cannot be reached .nobody listens there.$") as caught:
        await robot(kind, url=f"http://127.0.0.1:{closed_port()}").send(MESSAGE)
    assert not isinstance(caught.value, Unclear)


async def test_a_name_nobody_knows(robot: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_about: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ChannelError) as caught:
        await robot(WECOM, url="http://localhost:1").send(MESSAGE)
    assert str(caught.value) == "WeCom: it cannot be reached (its name is not known here)"
    assert not isinstance(caught.value, Unclear)


async def test_a_long_answer_is_said_in_short_and_cleaned(robot: Make, service: Service) -> None:
    service.says({"errcode": 1, "errmsg": "\x1b]0;owned\x07" + "x" * 50_000})
    with pytest.raises(ChannelError) as caught:
        await robot(WECOM).send(MESSAGE)
    assert len(str(caught.value)) < 300 and str(caught.value).isprintable()


async def test_an_endless_answer_is_not_read_to_its_end(robot: Make, service: Service) -> None:
    service.body = b'{"errcode":0' + b" " * 5_000_000 + b"}"
    with pytest.raises(Unclear, match="understood"):
        await robot(WECOM).send(MESSAGE)


async def test_whoever_leaves_does_not_wait_for_a_robot(robot: Make, service: Service) -> None:
    service.silent = True
    before = threading.active_count()
    task = asyncio.ensure_future(robot(WECOM).send(MESSAGE))
    while not service.posts:
        await asyncio.sleep(0.005)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 0.2)
    service.ended.set()
    for _wait in range(200):
        if threading.active_count() <= before + 1:
            break
        await asyncio.sleep(0.01)
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "csconsole-post")


# -- TLS and proxies -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 with its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "3650"]
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run([openssl, "req", "-x509", *made, *subject], check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A robot behind TLS."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with http_service(tls) as service:
        yield service


async def test_a_certificate_nobody_vouches_for_is_refused(secure: Service, robot: Make) -> None:
    with pytest.raises(ChannelError, match=r"its certificate is not to be trusted \(self-signed certificate") as caught:
        await robot(DINGTALK, url=secure.url).send(MESSAGE)
    assert not isinstance(caught.value, Unclear)
    assert secure.posts == []


async def test_tls_with_a_certificate_that_is_known(
    secure: Service, robot: Make, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    await robot(DINGTALK, url=secure.url).send(MESSAGE)
    assert len(secure.posts) == 1


async def test_the_proxy_of_the_environment_is_used_and_learns_no_address(
    secure: Service, robot: Make, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxy_service() as (port, heard):
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        await robot(DINGTALK, url=secure.url).send(MESSAGE)
    assert len(secure.posts) == 1
    assert heard[0].startswith(b"CONNECT 127.0.0.1:")
    assert b"tok3n" not in b"".join(heard)


async def test_plain_http_goes_by_no_proxy(robot: Make, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    await robot(WECOM).send(MESSAGE)
    assert len(service.posts) == 1
