"""By which ways reminders come, and when robots are told: what the owner says of it in `data/settings.toml`.

[notify]           # each "auto", where it can be had, or "off"
toast = "auto"     # a pop-up in the console; the bar of what is due is always there
bell = "auto"
title = "auto"     # how many are due, in the window's title
desktop = "auto"

[robots]
after = "30m"      # for how long something is overdue before robots are told
use = ["dingtalk"] # those to be told, in order; without this line, all that have an address
masked = true      # without buyers' phone numbers, addresses and whole order numbers
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import fields

from csconsole.core.errors import UserError
from csconsole.core.text import clean
from csconsole.i18n import _

ROBOTS = ("dingtalk", "feishu", "wecom", "apprise")
"""What can be told, in the order in which it is unless the owner says otherwise."""

_SPAN = re.compile(r"(?:([0-9]{1,3})h)? ?(?:([0-9]{1,4})m)?")
_LONGEST = timedelta(days=7)


class Ways(Struct, frozen=True):
    """Which ways of reminding are in use."""

    toast: bool = True
    bell: bool = True
    title: bool = True
    desktop: bool = True


class Escalating(Struct, frozen=True):
    """For how long something is overdue before robots are told, and which (None: all that have an address); whether
    personal data is masked in what they are told."""

    after: timedelta = timedelta(minutes=30)
    use: tuple[str, ...] | None = None
    masked: bool = True


def ways(settings: Mapping[str, object]) -> Ways:
    """What `[notify]` says. Raises `UserError` where it says what cannot be."""
    table = table_of(settings, "notify", tuple(field.name for field in fields(Ways)))
    for name, value in table.items():
        if value not in ("auto", "off"):
            raise UserError(
                _('settings: {name} = {value} is not known; write "auto" or "off"').format(
                    name=f"notify.{name}", value=_shown(value)
                )
            )
    return Ways(**{name: value == "auto" for name, value in table.items()})


def escalating(settings: Mapping[str, object]) -> Escalating:
    """What `[robots]` says. Raises `UserError` where it says what cannot be."""
    table = table_of(settings, "robots", tuple(field.name for field in fields(Escalating)))
    chosen = Escalating()
    return Escalating(
        after=_span(table["after"]) if "after" in table else chosen.after,
        use=_robots(table["use"]) if "use" in table else chosen.use,
        masked=masked(table, "robots"),
    )


def masked(table: Mapping[str, object], name: str) -> bool:
    """Whether a table of the settings has personal data masked, as it is where it does not say. Raises `UserError`
    where it says neither."""
    return switched(table, name, "masked", usually=True)


def switched(table: Mapping[str, object], name: str, key: str, *, usually: bool) -> bool:
    """Whether a table of the settings turns something on; `usually` where it does not say. Raises `UserError` where it
    says neither."""
    value = table.get(key, usually)
    if not isinstance(value, bool):
        raise UserError(
            _("settings: {name} = {value} is not known; write true or false").format(
                name=f"{name}.{key}", value=_shown(value)
            )
        )
    return value


def table_of(settings: Mapping[str, object], name: str, known: tuple[str, ...]) -> Mapping[str, object]:
    """A table of the settings, empty where there is none. Raises `UserError` for a setting that is not `known`."""
    table = settings.get(name, {})
    if not isinstance(table, dict):
        raise UserError(
            _("settings: {name} is a table: write [{name}] on a line of its own, and its settings below it").format(
                name=name
            )
        )
    for key in table:
        if key not in known:
            raise UserError(
                _("settings: there is no {name}; there are {known}").format(
                    name=clean(f"{name}.{key}", limit=60), known=", ".join(known)
                )
            )
    return table


def _span(value: object) -> timedelta:
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found and any(found.groups()):
        span = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
        if span <= _LONGEST:
            return span
    raise UserError(
        _("settings: {name} = {value} is not a length of time up to a week; write it as {example}").format(
            name="robots.after", value=_shown(value), example='"30m", "1h 30m"'
        )
    )


def _robots(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and len(set(map(str, value))) == len(value) and all(each in ROBOTS for each in value):
        return tuple(value)
    raise UserError(
        _("settings: {name} = {value} is not a list of robots; write some of {known}").format(
            name="robots.use", value=_shown(value), known=", ".join(f'"{robot}"' for robot in ROBOTS)
        )
    )


def _shown(value: object) -> str:
    return clean(repr(value), limit=60)
