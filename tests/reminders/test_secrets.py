"""Where robots' addresses come from, and that they are shown nowhere."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from csconsole.core.errors import UserError
from csconsole.reminders.secrets import Address, Secret, addresses, redacted

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX")

TOKEN = "t0kenOfTheRobot"
DINGTALK = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("CSCONSOLE_"):
            monkeypatch.delenv(name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "robots.toml"


@pytest.fixture
def write(file: Path) -> Callable[..., Path]:
    def written(text: str | bytes, mode: int = 0o600) -> Path:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        file.chmod(mode)
        return file

    return written


Write = Callable[..., Path]


def plain(found: tuple[Address, ...]) -> list[tuple[str, str | None]]:
    return [(address.url.reveal(), address.secret.reveal() if address.secret else None) for address in found]


def fault(file: Path) -> str:
    """The one line that is said, in which nothing of an address is, nor in anything that hangs on it."""
    with pytest.raises(UserError) as caught:
        addresses(file)
    said = str(caught.value)
    assert said.isprintable()
    error: BaseException | None = caught.value
    while error is not None:
        story = traceback.TracebackException.from_exception(error, capture_locals=True)
        everything = [str(story), *(str(frame.locals) for frame in story.stack if "/tests/" not in frame.filename)]
        assert not any(TOKEN in each for each in everything), everything
        error = error.__cause__ or error.__context__
    return said


def test_without_any_there_is_none(file: Path) -> None:
    assert addresses(file) == {}


def test_from_the_environment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", f" {DINGTALK}\n")
    monkeypatch.setenv("CSCONSOLE_DINGTALK_SECRET", "SECret")
    monkeypatch.setenv("CSCONSOLE_WECOM_URL", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k")
    monkeypatch.setenv("CSCONSOLE_FEISHU_URL", "")
    monkeypatch.setenv("CSCONSOLE_APPRISE_URL", "mailto://a:b@c.example  tgram://123:abc/4")
    found = addresses(file)
    assert {robot: plain(each) for robot, each in found.items()} == {
        "dingtalk": [(DINGTALK, "SECret")],
        "wecom": [("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", None)],
        "apprise": [("mailto://a:b@c.example", None), ("tgram://123:abc/4", None)],
    }
    assert found["dingtalk"][0].source == "CSCONSOLE_DINGTALK_URL"


def test_from_the_file(write: Write) -> None:
    file = write(f'\ufeff[dingtalk]\nurl = "{DINGTALK}"\nsecret = "SECret"\n[feishu]\nurl = "https://f/hook/x"\n')
    assert {robot: plain(each) for robot, each in addresses(file).items()} == {
        "dingtalk": [(DINGTALK, "SECret")],
        "feishu": [("https://f/hook/x", None)],
    }


def test_the_environment_goes_before_the_file_whole(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(f'[dingtalk]\nurl = "https://other/"\nsecret = "{TOKEN}"')
    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", DINGTALK)
    assert plain(addresses(file)["dingtalk"]) == [(DINGTALK, None)]


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o666, 0o601, 0o610])
def test_a_file_others_can_read_is_refused(write: Write, mode: int) -> None:
    file = write(f'[dingtalk]\nurl = "{DINGTALK}"', mode)
    assert fault(file).endswith(
        f"robots.toml: others on this computer can read it; make it yours alone: chmod 600 {file}"
    )
    file.chmod(0o600)
    assert list(addresses(file)) == ["dingtalk"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[dingtalk]\nurl = {DINGTALK}", "robots.toml: is not TOML (line 2)"),
        (f"{DINGTALK}", "robots.toml: is not TOML (line 1)"),
        (f'[dingtalk]\nurl = "{DINGTALK}', "robots.toml: is not TOML"),
        (f'url = "{TOKEN}"'.encode("utf-16"), "robots.toml: is not TOML"),
        (f"a = {'[' * 5000} # {TOKEN}", "robots.toml: is not TOML"),
        (f'"{DINGTALK}" = 1', "robots.toml: there can be [dingtalk], [feishu], [wecom], [apprise] in it"),
        (f'dingtalk = "{DINGTALK}"', "robots.toml: there can be [dingtalk], [feishu], [wecom], [apprise] in it"),
        (f'[slack]\nurl = "{DINGTALK}"', "robots.toml: there can be [dingtalk], [feishu], [wecom], [apprise] in it"),
        (f'[dingtalk]\nurl = ["{DINGTALK}"]', "robots.toml: of [dingtalk] there can be url, secret, each a text"),
        (f'[wecom]\nurl = "https://w/{TOKEN}"\nsecret = "x"', "robots.toml: of [wecom] there can be url, each a text"),
        (
            f'[dingtalk]\nsecret = "{TOKEN}"',
            "robots.toml [dingtalk]: a secret alone is no address; say the url as well",
        ),
        (f'[dingtalk]\nurl = "{DINGTALK}"\nsecret = "{TOKEN} x"', "[dingtalk]: this is not the secret of a robot"),
        (f'[apprise]\nurl = "{TOKEN}"', "[apprise]: this is not an address of apprise"),
        (f'[apprise]\nurl = "mailto://a:{TOKEN}@b {TOKEN}"', "[apprise]: this is not an address of apprise"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_without_what_it_says(text: str | bytes, said: str, write: Write) -> None:
    assert said in fault(write(text))


@pytest.mark.parametrize("schema", ["dingtalk", "feishu", "lark", "wecombot", "WeComBot"])
def test_apprise_is_not_asked_for_robots_whose_errors_it_does_not_see(schema: str, write: Write) -> None:
    said = fault(write(f'[apprise]\nurl = "{schema}://{TOKEN}"'))
    assert f"{schema.lower()} is not told through apprise" in said


@pytest.mark.parametrize(
    "url",
    [
        *(TOKEN, f"oapi.dingtalk.com/robot/send?access_token={TOKEN}", f"ftp://a/{TOKEN}", f"file:///etc/{TOKEN}"),
        *(f"http://oapi.dingtalk.com/{TOKEN}", f"http://10.0.0.1/{TOKEN}", f"http://localhost.evil.example/{TOKEN}"),
        *(f"https:///{TOKEN}", f"https://[{TOKEN}", f"https://a:port{TOKEN}/", f"https://me:{TOKEN}@a/"),
        *(f"https://a/{TOKEN} b", f"https://a/{TOKEN}\r\nHost: b", f"https://a/看{TOKEN}", f"data:,{TOKEN}"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_and_not_said(
    url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSCONSOLE_FEISHU_URL", url)
    assert fault(file) == (
        "CSCONSOLE_FEISHU_URL: this is not the address of a robot; copy it anew, it begins with https://"
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:1/x", "https://a/x"])
def test_plain_http_stays_on_this_computer(url: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCONSOLE_FEISHU_URL", url)
    assert plain(addresses(file)["feishu"]) == [(url, None)]


def test_a_secret_is_shown_nowhere() -> None:
    secret = Secret(TOKEN)
    address = Address(secret, secret, "there")
    shown = [repr(secret), str(secret), f"{secret}", repr(address), str([address]), str({1: secret})]
    assert not any(TOKEN in each for each in shown)
    assert not hasattr(secret, "__dict__")


@pytest.mark.parametrize(
    "echo",
    [
        "https://u:p4ss@h0st.example:8443/robot/a%2Fb%20c%2Bd12345?key=k3y%2Fk3y&x=t+t",
        "/robot/a%2Fb%20c%2Bd12345",
        "/robot/a/b c+d12345",
        "key=k3y%2Fk3y",
        "key=k3y/k3y",
        "p4ss at h0st.example:8443",
    ],
)
def test_what_is_redacted_says_nothing_of_it(echo: str) -> None:
    url = Secret("https://u:p4ss@h0st.example:8443/robot/a%2Fb%20c%2Bd12345?key=k3y%2Fk3y&x=t+t")
    said = redacted(f"wrong: {echo}!", url, None)
    for piece in ("p4ss", "h0st", "d12345", "k3y"):
        assert piece not in said
    assert said.startswith("wrong: ") and said.endswith("!")


def test_what_has_nothing_of_it_stays_as_it_is() -> None:
    assert redacted("send too fast, robot", Secret(DINGTALK), Secret("SECret")) == "send too fast, robot"
    assert redacted("mailto://[x said", Secret("mailto://[x")) == "… said"
