"""Desktop notifications: on a session bus of our own with a service of our own, and where there is none."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from csconsole.reminders import ChannelError, Message
from csconsole.reminders.desktop import Desktop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has its own service")

MESSAGE = Message("查看各平台投诉 <b>", "09:00 <b>&</b> due now")

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""

_NOTIFICATIONS = "org.freedesktop.Notifications"

_INTERFACE = f"""<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node><interface name="{_NOTIFICATIONS}">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">{'<arg type="s" direction="out"/>' * 4}</method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="Notify">
    {"".join(f'<arg type="{kind}" direction="in"/>' for kind in ("s", "u", "s", "s", "s", "as", "a{sv}", "i"))}
    <arg type="u" direction="out"/>
  </method>
</interface></node>"""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A session bus of our own, on which nothing can be started but what a test starts."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon here")
    config = tmp_path / "bus.conf"
    config.write_text(_BUS.format(folder=tmp_path), encoding="utf-8")
    command = [daemon, f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", process.stdout.readline().strip())
        yield process
        process.terminate()


class Service:
    """A notification service that notes what it is told."""

    def __init__(self, *capabilities: str) -> None:
        self.capabilities = ["body", *capabilities]
        self.shown: list[tuple[str, str, str]] = []
        self.closed: list[int] = []
        self.refuses = self.silent = False

    @contextlib.asynccontextmanager
    async def on_the_bus(self) -> AsyncIterator[Service]:
        from dbus_fast.aio import MessageBus

        bus = await MessageBus().connect()
        bus.add_message_handler(self._answer)
        await bus.request_name(_NOTIFICATIONS)
        yield self
        bus.disconnect()
        await bus.wait_for_disconnect()

    def _answer(self, call: Any) -> Any:
        from dbus_fast import Message as Reply
        from dbus_fast import MessageType

        if call.message_type is not MessageType.METHOD_CALL:
            return None
        if self.silent:
            return True
        match call.member:
            case "Introspect":
                return Reply.new_method_return(call, "s", [_INTERFACE])
            case "GetCapabilities":
                return Reply.new_method_return(call, "as", [self.capabilities])
            case "GetServerInformation":
                return Reply.new_method_return(call, "ssss", ["test", "csconsole", "1", "1.2"])
            case "CloseNotification":
                self.closed.append(call.body[0])
                return Reply.new_method_return(call)
            case "Notify" if self.refuses:
                return Reply.new_error(call, "org.freedesktop.DBus.Error.Failed", "no room")
            case "Notify":
                self.shown.append((call.body[0], call.body[3], call.body[4]))
                return Reply.new_method_return(call, "u", [len(self.shown)])
        return None


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    desktop = Desktop(time_limit=3)
    yield desktop
    await desktop.close()


async def test_it_is_shown_as_plain_text(bus: object, desktop: Desktop) -> None:
    async with Service().on_the_bus() as service:
        await desktop.check()
        assert service.shown == []
        await desktop.send(MESSAGE)
        assert service.shown == [("csconsole", MESSAGE.title, MESSAGE.body)]


async def test_where_the_body_may_be_markup_it_is_escaped(bus: object, desktop: Desktop) -> None:
    async with Service("body-markup").on_the_bus() as service:
        await desktop.send(MESSAGE)
        assert service.shown == [("csconsole", MESSAGE.title, "09:00 &lt;b&gt;&amp;&lt;/b&gt; due now")]


async def test_a_new_one_takes_the_place_of_the_old(bus: object, desktop: Desktop) -> None:
    async with Service().on_the_bus() as service:
        for _time in range(3):
            await desktop.send(MESSAGE)
        assert len(service.shown) == 3
        assert service.closed == [1, 2]


async def test_a_refusal_is_told_and_the_next_one_goes_out(bus: object, desktop: Desktop) -> None:
    async with Service().on_the_bus() as service:
        service.refuses = True
        with pytest.raises(ChannelError, match="refused"):
            await desktop.send(MESSAGE)
        service.refuses = False
        await desktop.send(MESSAGE)
        assert len(service.shown) == 1


async def test_a_session_without_a_service_is_told(bus: object, desktop: Desktop) -> None:
    for attempt in (desktop.check(), desktop.send(MESSAGE)):
        with pytest.raises(ChannelError, match="no notification service is running"):
            await attempt
    async with Service().on_the_bus() as service:  # started later, it is found
        await desktop.send(MESSAGE)
        assert len(service.shown) == 1
    with pytest.raises(ChannelError):  # and gone again
        await desktop.send(MESSAGE)


@pytest.mark.parametrize("at_first", [True, False])
async def test_a_service_that_does_not_answer_is_not_waited_for(bus: object, at_first: bool) -> None:
    import desktop_notifier  # noqa: F401  so that importing it takes none of the time

    hasty = Desktop(time_limit=1)
    async with Service().on_the_bus() as service:
        if not at_first:
            await hasty.send(MESSAGE)
        service.silent = True
        with pytest.raises(ChannelError, match="does not answer"):
            await hasty.send(MESSAGE)
        service.silent = False
        await hasty.send(MESSAGE)
    await hasty.close()


async def test_a_bus_that_ends_is_told(bus: subprocess.Popen[str], desktop: Desktop) -> None:
    async with contextlib.AsyncExitStack() as stack:
        service = await stack.enter_async_context(Service().on_the_bus())
        await desktop.send(MESSAGE)
        assert len(service.shown) == 1
        stack.pop_all()  # its connection ends with the bus
        bus.terminate()
        await asyncio.to_thread(bus.wait)
        with pytest.raises(ChannelError):
            await desktop.send(MESSAGE)


@pytest.mark.parametrize(
    "address", [None, "unix:path=/nowhere/at/all", "nonsense", "unix:path=/dev/null", "tcp:host=127.0.0.1,port=1"]
)
async def test_without_a_session_it_says_so(
    address: str | None, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    for attempt in (desktop.check(), desktop.send(MESSAGE)):
        with pytest.raises(ChannelError, match="there is no desktop session here"):
            await attempt


@pytest.mark.parametrize(("polite", "said"), [(True, "does not answer"), (False, "desktop notifications: ")])
async def test_what_is_no_bus_at_all_is_told(
    polite: bool, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parted = asyncio.Event()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if polite:
            await reader.read()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        parted.set()

    async with await asyncio.start_unix_server(meet, tmp_path / "socket"):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'socket'}")
        with pytest.raises(ChannelError, match=said):
            await Desktop(time_limit=0.3).send(MESSAGE)
        await parted.wait()
