"""What the owner's settings say of reminders."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from csconsole.core.errors import UserError
from csconsole.reminders.secrets import addresses
from csconsole.reminders.settings import Escalating, Ways, escalating, ways


def test_without_settings_every_way_is_in_use() -> None:
    assert ways({}) == ways({"keys": {}}) == ways({"notify": {}}) == Ways(True, True, True, True)
    assert escalating({}) == Escalating(timedelta(minutes=30), None)


@pytest.mark.parametrize("way", ["toast", "bell", "title", "desktop"])
def test_each_way_can_be_turned_off(way: str) -> None:
    said = ways(tomllib.loads(f'[notify]\n{way} = "off"'))
    assert [each for each in ("toast", "bell", "title", "desktop") if not getattr(said, each)] == [way]
    assert ways(tomllib.loads(f'[notify]\n{way} = "auto"')) == Ways()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('notify = "off"', "notify is a table: write [notify] on a line of its own"),
        ("[[notify]]", "notify is a table"),
        ("[notify]\nbell = false", 'notify.bell = False is not known; write "auto" or "off"'),
        ('[notify]\ndesktop = ["auto"]', "notify.desktop = ['auto'] is not known"),
        ('[notify]\nbel = "off"', "there is no notify.bel; there are toast, bell, title, desktop"),
        ("robots = 3", "robots is a table"),
        ('[robots]\nurl = "https://x/t0ken"', "there is no robots.url; there are after, use"),
        ("[robots]\nafter = 30", "robots.after = 30 is not a length of time"),
        ('[robots]\nafter = ""', "is not a length of time"),
        ('[robots]\nafter = "soon"', "is not a length of time"),
        ('[robots]\nafter = "１h"', "is not a length of time"),
        ('[robots]\nafter = "169h"', "is not a length of time up to a week"),
        ('[robots]\nuse = "dingtalk"', "robots.use = 'dingtalk' is not a list of robots; write some of \"dingtalk\""),
        ('[robots]\nuse = ["slack"]', "is not a list of robots"),
        ('[robots]\nuse = ["wecom", "wecom"]', "is not a list of robots"),
        ("[robots]\nuse = [[1]]", "is not a list of robots"),
    ],
)
def test_what_cannot_be_is_the_owners_fault(text: str, said: str) -> None:
    settings = tomllib.loads(text)
    with pytest.raises(UserError) as caught:
        ways(settings)
        escalating(settings)
    assert said in str(caught.value) and str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("said", "meant"),
    [("30m", 30), ("1h", 60), ("1h30m", 90), ("1h 30m", 90), (" 90m ", 90), ("0m", 0), ("168h", 10080)],
)
def test_how_long_until_robots_are_told(said: str, meant: int) -> None:
    assert escalating({"robots": {"after": said}}).after == timedelta(minutes=meant)


def test_which_robots_in_which_order() -> None:
    assert escalating({"robots": {"use": ["wecom", "dingtalk"]}}).use == ("wecom", "dingtalk")
    assert escalating({"robots": {"use": []}}).use == ()


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_what_the_readme_shows_can_be_written_so(readme: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / readme).read_text(encoding="utf-8")
    settings, robots = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    said = tomllib.loads(settings)
    assert ways(said) == Ways(bell=False)
    assert escalating(said) == Escalating(timedelta(minutes=30), ("dingtalk",))
    file = tmp_path / "robots.toml"
    file.write_text(robots.replace("…", "x"), encoding="utf-8")
    file.chmod(0o600)
    assert list(addresses(file)) == ["dingtalk", "feishu", "wecom", "apprise"]
    assert all(f"CSCONSOLE_{robot.upper()}_URL" in robots for robot in addresses(file))
