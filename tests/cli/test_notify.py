"""`csconsole notify test`: one message by each channel, and what came back."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from robots import Service, closed_port, http_service
from shell import Shell, process

TOKEN = "t0kenOfTheRobot"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for name in list(os.environ):
        if name.startswith("CSCONSOLE_"):
            monkeypatch.delenv(name)
    (home / "data" / "settings.toml").write_text('[notify]\ndesktop = "off"\n', encoding="utf-8")


@pytest.fixture
def service() -> Iterator[Service]:
    with http_service() as service:
        yield service


def test_all_that_went_out(shell: Shell, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", f"{service.url}/robot/send?access_token={TOKEN}")
    monkeypatch.setenv("CSCONSOLE_WECOM_URL", f"{service.url}/cgi-bin/webhook/send?key={TOKEN}")
    said = shell("09:00", "notify", "test")
    assert (said.code, said.out, said.err) == (0, "✓ sent  DingTalk\n✓ sent  WeCom\n", "")
    assert [post.json["text"]["content"].split("\n")[0] for post in service.posts] == ["csconsole: a test"] * 2


def test_one_that_did_not(shell: Shell, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCONSOLE_WECOM_URL", f"{service.url}/cgi-bin/webhook/send?key={TOKEN}")
    monkeypatch.setenv("CSCONSOLE_FEISHU_URL", f"http://127.0.0.1:{closed_port()}/hook/{TOKEN}")
    service.says({"errcode": 93000, "errmsg": f"invalid webhook url {TOKEN}"})
    said = shell("09:00", "notify", "test")
    assert (said.code, said.err) == (1, "")
    assert said.out == (
        "✗ not sent  Feishu: it cannot be reached (nobody listens there)\n"
        "✗ not sent  WeCom: it refused: 93000 invalid webhook url …\n"
    )


def test_the_desktop_comes_first(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (shell.home / "data" / "settings.toml").unlink()
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if os.name == "posix" and os.uname().sysname == "Linux":
        said = shell("09:00", "notify", "test")
        assert said.out.startswith("✗ not sent  desktop notifications: ") and said.code == 1


def test_none_at_all(shell: Shell) -> None:
    said = shell("09:00", "notify", "test")
    assert (said.code, said.out) == (0, "none is in use: desktop notifications are off, and no robot is set up\n")


def test_what_cannot_be_used_is_the_users_fault(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCONSOLE_WECOM_URL", f"qyapi.weixin.qq.com/{TOKEN}")
    assert shell("09:00", "notify", "test").fault.startswith("CSCONSOLE_WECOM_URL: this is not the address of a robot")
    (shell.home / "data" / "settings.toml").write_text('notify = "off"\n', encoding="utf-8")
    assert "notify is a table" in shell("09:00", "notify", "test").fault


def test_another_clock_signs_with_the_real_time(
    shell: Shell, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", f"{service.url}/robot/send?access_token={TOKEN}")
    monkeypatch.setenv("CSCONSOLE_DINGTALK_SECRET", "SECret")
    shell("2026-01-05T09:00", "notify", "test")
    assert abs(int(service.posts[0].query["timestamp"][0]) / 1000 - time.time()) < 60


def test_the_doctor_names_robots_and_not_where_they_are(
    shell: Shell, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "robots: none is set up" in shell("09:00", "doctor").out
    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", f"{service.url}/robot/send?access_token={TOKEN}")
    (shell.home / "data" / "settings.toml").write_text('[robots]\nafter = "45m"\n', encoding="utf-8")
    said = shell("09:00", "doctor")
    assert "✓ sound  robots: DingTalk is told of what has been overdue for 45 min" in said.out
    assert TOKEN not in said.out and "127.0.0.1" not in said.out and service.posts == []


def test_the_doctor_tells_of_a_robot_that_could_not_be_told_until_it_could(
    shell: Shell, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", f"{service.url}/robot/send?access_token={TOKEN}")
    log = shell.home / "data" / "csconsole.log"
    failed = "2026-11-23T01:42:00+00:00 reminders: DingTalk: HTTP 500\n"
    log.write_text(f"2026-11-23T01:00:00+00:00 console\n{failed}Traceback\n", encoding="utf-8")
    said = shell("09:00", "doctor")
    assert said.code == 1
    assert re.search(r"✗ fault  robots: could not be told on 2026-11-2\d \d\d:42: DingTalk: HTTP 500", said.out)
    log.write_text(f"{failed}2026-11-23T01:50:00+00:00 reminders: \n", encoding="utf-8")
    assert "could not be told" not in shell("09:00", "doctor").out


@pytest.mark.skipif(os.name != "posix", reason="POSIX")
def test_a_file_others_can_read_is_refused_everywhere(shell: Shell) -> None:
    file = shell.home / "data" / "robots.toml"
    file.write_text(f'[wecom]\nurl = "https://w/{TOKEN}"\n', encoding="utf-8")
    file.chmod(0o644)
    said = shell("09:00", "notify", "test")
    assert "others on this computer can read it" in said.fault and TOKEN not in said.err
    doctor = shell("09:00", "doctor")
    assert doctor.code == 1 and "✗ fault  robots: " in doctor.out and TOKEN not in doctor.out


def test_as_a_process_it_leaves_at_once_and_says_no_secret(home: Path, service: Service) -> None:
    import time

    service.silent = True
    env = {"CSCONSOLE_WECOM_URL": f"{service.url}/send?key={TOKEN}", "PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1"}
    began = time.monotonic()
    said = process("--home", str(home), "notify", "test", env=env)
    assert (said.code, said.out) == (1, "✗ not sent  WeCom: it does not answer\n")
    assert TOKEN not in said.err
    assert time.monotonic() - began < 20
