"""The addresses of robots. Whoever has one can write to the team's chat, so they come from the environment or from a
file that nobody else can read, and are shown nowhere: in no message, log or traceback, nor by `repr`.

    CSCONSOLE_DINGTALK_URL, CSCONSOLE_DINGTALK_SECRET    or, in data/robots.toml (mode 0600),
    CSCONSOLE_FEISHU_URL, CSCONSOLE_FEISHU_SECRET            [dingtalk]
    CSCONSOLE_WECOM_URL                                      url = "https://…"
    CSCONSOLE_APPRISE_URL (several, with spaces)             secret = "SEC…"

Of a robot that the environment names, the file is not asked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, final
from urllib.parse import unquote, unquote_plus, urlsplit

from msgspec import Struct

from csconsole.core.errors import UserError
from csconsole.i18n import _
from csconsole.reminders.settings import ROBOTS

_FIELDS = {"dingtalk": ("url", "secret"), "feishu": ("url", "secret"), "wecom": ("url",), "apprise": ("url",)}
_ENOUGH = 100_000
"""Bytes read of the file."""

_FOREIGN = ("dingtalk", "feishu", "lark", "wecombot")
"""Services of apprise that are not to be had through it: it takes an error of theirs for success."""

_PRINTED = re.compile("[!-~]+")


@final
class Secret:
    """A text that is shown nowhere; only `reveal` says it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"


class Address(Struct, frozen=True):
    """Where a robot is, with the secret that signs what is sent to it, if it has one. `source` names the variable or
    the file that said so."""

    url: Secret
    secret: Secret | None
    source: str


def addresses(file: Path) -> dict[str, tuple[Address, ...]]:
    """The addresses of each robot that has one, by the environment and `file`: of apprise perhaps several.

    Raises `UserError`, which quotes nothing, where one cannot be used or others can read `file`.
    """
    filed = _filed(file)
    found: dict[str, tuple[Address, ...]] = {}
    for robot in ROBOTS:
        if said := _from_environment(robot):
            found[robot] = _addresses(robot, said, _variable(robot, "url"))
        elif robot in filed:
            found[robot] = _addresses(robot, filed[robot], f"{file.name} [{robot}]")
    return found


def redacted(text: str, *secrets: Secret | None) -> str:
    """`text` without anything that stands in one of `secrets`: them, and what their parts say."""
    pieces = {piece for secret in secrets if secret for piece in _pieces(secret.reveal())}
    pieces |= {unquoted(piece) for piece in pieces for unquoted in (unquote, unquote_plus)}
    for piece in sorted(pieces, key=len, reverse=True):
        text = text.replace(piece, "…")
    return text


def _pieces(whole: str) -> set[str]:
    try:
        url = urlsplit(whole)
        parts = [*re.split("[:@]", url.netloc), *(pair.partition("=")[2] for pair in url.query.split("&"))]
        path = url.path.split("/")
    except ValueError:
        return {whole}
    # Short steps of a path are the service's own words, such as "send", which its answers need.
    return {whole} | {part for part in parts if len(part) >= 4} | {step for step in path if len(step) >= 8}


def _variable(robot: str, field: str) -> str:
    return f"CSCONSOLE_{robot.upper()}_{field.upper()}"


def _from_environment(robot: str) -> dict[str, Secret]:
    said = {field: os.environ.get(_variable(robot, field), "").strip() for field in _FIELDS[robot]}
    return {field: Secret(text) for field, text in said.items() if text}


def _addresses(robot: str, said: Mapping[str, Secret], source: str) -> tuple[Address, ...]:
    if "url" not in said:
        raise UserError(_("{source}: a secret alone is no address; say the url as well").format(source=source))
    if robot == "apprise":
        found = tuple(Address(Secret(url), None, source) for url in said["url"].reveal().split())
        for address in found:
            _check_foreign(address)
        return found
    address = Address(said["url"], said.get("secret"), source)
    _check(address)
    return (address,)


def _check(address: Address) -> None:
    if address.secret and not _PRINTED.fullmatch(address.secret.reveal()):
        raise UserError(_("{source}: this is not the secret of a robot; copy it anew").format(source=address.source))
    if not _is_sound(address.url):
        raise UserError(
            _("{source}: this is not the address of a robot; copy it anew, it begins with https://").format(
                source=address.source
            )
        )


def _is_sound(url: Secret) -> bool:
    """Whether it leads anywhere, without telling all on the way: plain http goes no further than this computer."""
    try:
        parts = urlsplit(url.reveal())
        _port = parts.port
    except ValueError:
        return False
    if not parts.hostname or "@" in parts.netloc or not _PRINTED.fullmatch(url.reveal()):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname))


def is_here(host: str) -> bool:
    """Whether a host is this computer."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check_foreign(address: Address) -> None:
    schema = schema_of(address.url)
    if not schema:
        raise UserError(_("{source}: this is not an address of apprise").format(source=address.source))
    if schema in _FOREIGN:
        raise UserError(
            _("{source}: {schema} is not told through apprise, which would not see its errors; see the README").format(
                source=address.source, schema=schema
            )
        )


def schema_of(url: Secret) -> str:
    """The part before `://`, which says what service it is and nothing else; "" where there is none."""
    found = re.match(r"([a-z][a-z0-9+.-]{0,19})://.", url.reveal(), re.IGNORECASE)
    return found[1].lower() if found else ""


# -- the file --------------------------------------------------------------------------------------------------


def _filed(file: Path) -> dict[str, dict[str, Secret]]:
    found = _veiled(file)
    if isinstance(found, str):
        raise UserError(found)
    return found


def _veiled(file: Path) -> dict[str, dict[str, Secret]] | str:
    """What the file says, or what is wrong with it. Raises nothing: a traceback would hold what was read."""
    import tomllib

    try:
        with file.open("rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_mode & 0o077:
                return _("{file}: others on this computer can read it; make it yours alone: chmod 600 {file}").format(
                    file=file
                )
            table = tomllib.loads(stream.read(_ENOUGH).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        return _("{file}: cannot be read: {reason}").format(file=file, reason=error.strerror)
    except (ValueError, RecursionError) as error:
        line = re.search(r"line [0-9]+", str(error))
        return _("{file}: is not TOML{place}").format(file=file, place=f" ({line[0]})" if line else "")
    return _shaped(file, table)


def _shaped(file: Path, table: dict[str, Any]) -> dict[str, dict[str, Secret]] | str:
    for robot, said in table.items():
        known = _FIELDS.get(robot)
        if known is None or not isinstance(said, dict):
            return _("{file}: there can be {known} in it and nothing else").format(
                file=file, known=", ".join(f"[{name}]" for name in ROBOTS)
            )
        if not all(field in known and isinstance(text, str) and text.strip() for field, text in said.items()):
            return _("{file}: of [{robot}] there can be {fields}, each a text in quotes").format(
                file=file, robot=robot, fields=", ".join(known)
            )
    return {robot: {field: Secret(text.strip()) for field, text in said.items()} for robot, said in table.items()}
