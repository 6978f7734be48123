"""Reminders on their way to a person: the shell around the planner (core/reminder.py), and the channels."""

from __future__ import annotations

from csconsole.reminders.channels import Channel, ChannelError, Message, channels
from csconsole.reminders.shell import Reminders

__all__ = ["Channel", "ChannelError", "Message", "Reminders", "channels"]
