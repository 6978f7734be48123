"""The ways on which reminders go out: trying them."""

from __future__ import annotations

from csconsole.cli.parser import Options
from csconsole.cli.setting import desk_of
from csconsole.cli.streams import say
from csconsole.i18n import _


def notify(options: Options) -> int:
    """0 if every message went out, 1 if one did not."""
    tried = failed = 0
    for channel, fault in desk_of(options).try_channels():
        say("✗ " + _("not sent") + f"  {fault}" if fault else "✓ " + _("sent") + f"  {channel}")
        tried, failed = tried + 1, failed + bool(fault)
    if not tried:
        say(_("none is in use: desktop notifications are off, and no robot is set up"))
    return 1 if failed else 0
