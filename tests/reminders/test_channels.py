from __future__ import annotations

import pytest

from csconsole.core.errors import UserError
from csconsole.reminders import channels
from csconsole.reminders.desktop import Desktop


@pytest.mark.parametrize("settings", [{}, {"notify": "auto"}])
def test_desktop_notifications_are_on_by_default(settings: dict[str, object]) -> None:
    (channel,) = channels(settings)
    assert isinstance(channel, Desktop)


def test_they_can_be_turned_off() -> None:
    assert channels({"notify": "off"}) == ()


@pytest.mark.parametrize("value", ["on", False, 3, ["auto"]])
def test_another_setting_is_the_owners_fault(value: object) -> None:
    with pytest.raises(UserError, match='write "auto" or "off"'):
        channels({"notify": value})
