"""Toast, bell and window title, each as the settings say."""

from __future__ import annotations

from pathlib import Path

import pytest
from consoles import OpenConsole
from msgspec.structs import replace

from csconsole.core.reminder import Digest, plan
from csconsole.tui import app as console_app


@pytest.mark.parametrize("off", ["toast", "bell", "title", ""])
async def test_each_can_be_turned_off(
    off: str, console: OpenConsole, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f'{way} = "off"' for way in ("desktop", off) if way]
    (home / "data" / "settings.toml").write_text("[notify]\n" + "\n".join(lines), encoding="utf-8")
    used: set[str] = set()
    monkeypatch.setattr(console_app, "set_title", lambda *_about: used.add("title"))
    async with console() as driver:
        monkeypatch.setattr(driver.app, "bell", lambda: used.add("bell"))
        monkeypatch.setattr(driver.app, "notify", lambda *_words, **_how: used.add("toast"))
        nothing_said = replace(driver.desk().situation(), claims=frozenset())
        due = plan(nothing_said, driver.clock.now()).due
        assert due and driver.app._reminding is not None
        driver.app._reminding._deliver(Digest(driver.clock.now(), due))
        await driver.settle()
    assert used == {"toast", "bell", "title"} - {off}
