"""Reminders on their way to a person: the shell around the planner (core/reminder.py), and the channels."""

from __future__ import annotations

from csconsole.reminders.channels import Channel, ChannelError, Message, Unclear, channels, robots
from csconsole.reminders.settings import Escalating, Ways, escalating, ways
from csconsole.reminders.shell import Reminders

__all__ = [
    "Channel",
    "ChannelError",
    "Escalating",
    "Message",
    "Reminders",
    "Unclear",
    "Ways",
    "channels",
    "escalating",
    "robots",
    "ways",
]
