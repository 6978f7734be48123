"""Which channels there are, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from csconsole.core.errors import UserError
from csconsole.reminders import channels, robots
from csconsole.reminders.channels import Message
from csconsole.reminders.chat import Robot
from csconsole.reminders.desktop import Desktop
from csconsole.reminders.settings import Ways


def test_desktop_notifications_are_sent_unless_they_are_off() -> None:
    (channel,) = channels(Ways())
    assert isinstance(channel, Desktop)
    assert channels(Ways(desktop=False)) == ()


@pytest.fixture
def all_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCONSOLE_WECOM_URL", "https://w/send?key=k")
    monkeypatch.setenv("CSCONSOLE_APPRISE_URL", "mailto://a:b@c.example json://d.example")
    monkeypatch.setenv("CSCONSOLE_FEISHU_URL", "https://f/hook/x")
    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", "https://d/send?access_token=x")


def names(settings: dict[str, object], tmp_path: Path) -> list[str]:
    return [robot.name for robot in robots(settings, tmp_path / "robots.toml")]


@pytest.mark.usefixtures("all_four")
def test_robots_are_told_in_order_and_apprise_last(tmp_path: Path) -> None:
    assert names({}, tmp_path) == ["DingTalk", "Feishu", "WeCom", "mailto (apprise)", "json (apprise)"]


@pytest.mark.usefixtures("all_four")
def test_the_settings_choose_and_order_them(tmp_path: Path) -> None:
    assert names({"robots": {"use": ["apprise", "dingtalk"]}}, tmp_path) == [
        "mailto (apprise)",
        "json (apprise)",
        "DingTalk",
    ]
    assert names({"robots": {"use": []}}, tmp_path) == []


def test_without_addresses_there_are_none(tmp_path: Path) -> None:
    assert names({}, tmp_path) == []


def test_a_robot_that_is_named_must_have_an_address(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"robots\.use names wecom, which has no address; set CSCONSOLE_WECOM_URL, or"):
        names({"robots": {"use": ["wecom"]}}, tmp_path)


async def test_what_a_robot_is_told_names_no_buyer_unless_the_owner_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSCONSOLE_DINGTALK_URL", "https://d/send?access_token=x")
    heard: list[Message] = []

    async def listen(_robot: Robot, message: Message) -> None:
        heard.append(message)

    monkeypatch.setattr(Robot, "send", listen)
    for settings in ({}, {"robots": {"masked": False}}):
        (robot,) = robots(settings, tmp_path / "robots.toml")
        await robot.send(Message("2608123456789012345", "打 13812345678"))
    assert heard == [Message("2608…2345", "打 138****5678"), Message("2608123456789012345", "打 13812345678")]
