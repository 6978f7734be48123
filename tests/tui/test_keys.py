"""The registry: no key does two things at once, each action has a key an input method cannot swallow, and the owner's
own keys take their place everywhere."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from consoles import OpenConsole
from textual.binding import Binding
from textual.events import Key
from textual.message import Message
from textual.widgets import Input

import csconsole.tui.pages.others  # noqa: F401 -- the pages that come after the first paint
from csconsole.core.answer import Status
from csconsole.core.errors import UserError
from csconsole.tui.actions import ACTIONS, KeyMap, Scope, in_scope, key_forms
from csconsole.tui.app import ConsoleApp
from csconsole.tui.modals.cases import Cases
from csconsole.tui.modals.logline import LogLine
from csconsole.tui.modals.orders import Orders
from csconsole.tui.modals.story import Story
from csconsole.tui.pages.page import Page
from csconsole.tui.widgets.rows import Rows


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.EVERYWHERE])
def test_no_key_means_two_things_on_a_page(scope: Scope) -> None:
    forms = [
        form
        for each in (scope, Scope.EVERYWHERE)
        for action in in_scope(each)
        for form in key_forms((*action.keys, action.letter)).split(",")
    ]
    assert sorted(forms) == sorted(set(forms))


def test_every_action_has_a_key_that_is_not_a_letter_and_a_letter() -> None:
    for action in ACTIONS:
        assert action.keys
        assert not any(len(key) == 1 and key.isalpha() for key in action.keys)
        assert len(action.letter) == 1
        assert action.letter.isalpha()


def test_function_keys_have_a_second_key_for_laptops() -> None:
    for action in ACTIONS:
        assert not all(re.fullmatch(r"f\d+", key) for key in action.keys), action.id


def test_every_action_is_done_by_somebody() -> None:
    screens: dict[Scope, type] = {page.SCOPE: page for page in Page.__subclasses__()}
    screens |= {Scope.EVERYWHERE: ConsoleApp, Scope.STORY: Story, Scope.ORDERS: Orders, Scope.CASES: Cases}
    for action in ACTIONS:
        owner = screens[action.scope]
        assert callable(getattr(owner, f"action_{action.id}"))


async def test_the_owners_keys_replace_the_registrys(console: OpenConsole, home: Path) -> None:
    (home / "data" / "settings.toml").write_text(
        '[notify]\ndesktop = "off"\n[keys]\n"today.done" = "f12"\n', encoding="utf-8"
    )
    async with console() as driver:
        assert "F12 完成" in driver.text
        await driver.press("space")
        assert driver.item("refund-chase").status is Status.DUE
        await driver.press("f12")
        assert driver.item("refund-chase").status is Status.DONE


@pytest.mark.parametrize("own", [{"nothing": "f2"}, {"log": 3}, {"log": "f2,,x"}, {"log": ""}])
def test_keys_nobody_can_use_are_refused(own: dict[str, object]) -> None:
    with pytest.raises(UserError):
        KeyMap(own)


async def test_letters_typed_into_a_field_are_text(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f2")
        await driver.type("xsi1")
        assert driver.item("refund-chase").status is Status.DUE
        assert driver.app.unlogged.draft("") == "xsi1"


def test_no_action_has_a_key_that_moves_the_cursor() -> None:
    moving = {form for binding in Rows.BINDINGS if isinstance(binding, Binding) for form in binding.key.split(",")}
    taken = {form for action in ACTIONS for form in key_forms((*action.keys, action.letter)).split(",")}
    assert "k" in moving
    assert not moving & taken


async def test_a_key_after_enter_waits_for_what_enter_does(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is left a moment later: a key that was meant for the page behind it went to the form, and was lost."""
    dispatch = LogLine._dispatch_message

    async def late(form: LogLine, message: Message) -> None:
        if isinstance(message, Input.Submitted):
            await asyncio.sleep(0.1)
        await dispatch(form, message)

    async with console() as driver:
        await driver.press("f2")
        monkeypatch.setattr(LogLine, "_dispatch_message", late)
        for key in ("enter", "3"):  # Enter on nothing leaves it
            driver.app.post_message(Key(key, "3" if key == "3" else None))
            await asyncio.sleep(0.03)
        for _ in range(200):
            if driver.app.page.SCOPE is Scope.DEADLINES:
                break
            await driver.pilot.pause(0.02)
        assert driver.app.page.SCOPE is Scope.DEADLINES
        assert not driver.app.screen.is_modal
