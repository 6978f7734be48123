"""Telling robots what nobody answers: one message for all of it, to each robot at most one a minute.

What is to be told is claimed only when a robot can be told at once; what comes between therefore waits in the plan,
where an answer ends it, and goes into the next message. A robot that fails is told again with the next one, after a
minute, two, four and so on, of what is still open; what it has yet to be told is known from the claims, so that it is
told by whichever console runs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from typing import Any

from msgspec import Struct

from csconsole.clock import Clock
from csconsole.core.facts import Claim
from csconsole.core.reminder import Digest, Reminder, Situation, Stage, escalate, untold
from csconsole.reminders.channels import Channel, Message
from csconsole.reminders.words import escalation

PACE = 60.0
"""Seconds between two messages to a robot."""

_SLOWEST = 5
"""How often the pace is halved, at most, while a robot fails: to one message in half an hour."""

SETTLE = 300.0
"""Seconds in which whoever has just come back may answer what came due meanwhile, before others hear of it."""


Sending = Callable[[], Coroutine[Any, Any, None]]


class _Line(Struct, eq=False):
    """A robot, its number, and when it can be told something (in seconds of the monotonic clock)."""

    number: int
    robot: Channel
    free_at: float = 0.0
    failures: int = 0


class Escalation:
    """`after` is how long something is overdue before robots are told. `claim` writes a claim and says whether it was
    the first. `deliver` sends a message and says whether that settles it: it went out, or may have."""

    def __init__(
        self,
        clock: Clock,
        robots: Sequence[Channel],
        after: timedelta,
        claim: Callable[[Claim], bool],
        deliver: Callable[[Channel, Message], Awaitable[bool]],
    ) -> None:
        self._clock = clock
        self._after = after
        self._claim = claim
        self._deliver = deliver
        self._lines = [_Line(number, robot) for number, robot in enumerate(robots)]

    def settle(self) -> None:
        """Somebody has come back, from wherever: leave them some minutes."""
        for line in self._lines:
            line.free_at = max(line.free_at, self._clock.monotonic() + SETTLE)

    def turn(self, situation: Situation, now: datetime) -> tuple[Sending | None, datetime]:
        """What is to be sent now, claimed, if there is anything; and when to look again, at the latest. Not to be
        asked while something is being sent."""
        planned = escalate(situation, now, self._after)
        owed = {line.number: untold(situation, line.number) for line in self._lines}
        waiting = [line for line in self._lines if owed[line.number] or planned.due]
        if not waiting:
            return None, planned.next_at
        ticks = self._clock.monotonic()
        if (wait := min(line.free_at for line in waiting) - ticks) > 0:
            return None, now + timedelta(seconds=wait) * self._clock.speed
        minute = now.astimezone(UTC).replace(second=0, microsecond=0)
        following = minute + timedelta(minutes=1)
        # Of several consoles, one alone sends in a minute.
        if not self._claim(Claim("robots", Stage.ESCALATE.value, minute)):
            return None, following
        won = tuple(reminder for reminder in planned.due if self._claim(reminder.claim))
        free = [(line, (*owed[line.number], *won)) for line in waiting if line.free_at <= ticks]
        return partial(self._send, free, now, situation.schedule.zone), following

    async def _send(self, letters: Sequence[tuple[_Line, Sequence[Reminder]]], now: datetime, zone: tzinfo) -> None:
        """Tell each robot in turn; one that fails keeps none of the others from being told."""
        for line, reminders in letters:
            mine = [each for each in reminders if self._claim(each.sending(line.number, now))]
            if not mine:
                continue
            if await self._deliver(line.robot, escalation(Digest(now, tuple(mine)), zone)):
                line.failures = 0
            else:
                line.failures = min(line.failures + 1, _SLOWEST)
                for each in mine:
                    self._claim(each.failed(line.number, now))
            line.free_at = self._clock.monotonic() + PACE * 2**line.failures
