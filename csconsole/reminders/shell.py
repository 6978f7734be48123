"""The thin shell around the planner: it looks when the planner says to look, claims what is due, and delivers what it
won.

APScheduler holds one job in memory, set at the real instant of the next look. What there is to say is worked out anew
at every look, so that nothing depends on a job having run at its time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from csconsole.clock import Clock
from csconsole.core.facts import Claim
from csconsole.core.reminder import AWAY, Digest, Reminder, Situation, digest, plan
from csconsole.i18n import _
from csconsole.reminders.channels import Channel, ChannelError, Message, Unclear
from csconsole.reminders.escalation import Escalation
from csconsole.reminders.words import message

if TYPE_CHECKING:
    from apscheduler.events import JobExecutionEvent
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

DRIFT_CHECK = 20.0
"""Seconds between two comparisons of the wall clock with the monotonic one."""

DRIFT = 2.0
"""By how many seconds they may differ before the clock counts as set, or the machine as having slept."""

STALLED = 60.0
"""Seconds without a comparison after which the process counts as having stood still, whatever the clocks say: on
some systems the monotonic clock runs on while the machine sleeps."""

RETRY = timedelta(seconds=5)
"""How long after a look that failed it is tried again."""

# Errors in jobs come by the listener; a log line would end up on the screen the console draws on.
logging.getLogger("apscheduler").addHandler(logging.NullHandler())


class Reminders:
    """Runs in the event loop that is running when it is started; everything it calls is called there.

    `situation` says how things stand. `claim` writes a claim and says whether it was the first. `deliver` shows a
    digest in the console; `channels` carry it further, each tried whatever became of those before it. `robots` are
    told of what has been overdue for `escalate_after`. `trouble` is told in one line what does not work, once until it
    works again; `explained` makes such a line of an error nobody expected. `standing` is told all there is of that
    that is not to be overlooked, of robots and of the reminders themselves, whenever it changes.
    """

    def __init__(
        self,
        clock: Clock,
        situation: Callable[[], Situation],
        claim: Callable[[Claim], bool],
        deliver: Callable[[Digest], None],
        trouble: Callable[[str], None],
        channels: Sequence[Channel] = (),
        robots: Sequence[Channel] = (),
        escalate_after: timedelta = timedelta(minutes=30),
        explained: Callable[[BaseException], str] = str,
        standing: Callable[[Sequence[str]], None] = lambda _troubles: None,
    ) -> None:
        # Loaded here, in whatever thread this is, rather than where `start` is called and keys would wait.
        from apscheduler.schedulers import asyncio as _scheduler  # noqa: F401 -- what it imports stays

        self._clock = clock
        self._situation = situation
        self._claim = claim
        self._deliver = deliver
        self._trouble = trouble
        self._explained = explained
        self._channels = channels
        self._robots = robots
        self._escalation = Escalation(clock, robots, escalate_after, claim, self._delivered)
        self._scheduler: AsyncIOScheduler | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._sending: asyncio.Task[object] | None = None
        self._standing = standing
        # Of a robot it is not known yet whether it works.
        self._troubled: dict[object, str] = dict.fromkeys(robots, "")
        self._away = True
        self._held = False
        self._seen = clock.now(), clock.monotonic()

    def start(self) -> None:
        """Look at once, as somebody who comes back, and from then on whenever the plan says."""
        from apscheduler.events import EVENT_JOB_ERROR
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        # Late is better than never, and one look does for all that were missed. A look counts as running until the
        # loop comes round again, and one asked for meanwhile would be dropped: hence more than one instance.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 10}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        self._scheduler.add_listener(self._failed, EVENT_JOB_ERROR)
        self._scheduler.start()
        self._away = True
        self.refresh()
        self._tick()
        for channel in self._channels:
            self._spawn(self._try(channel, channel.check()))

    def refresh(self) -> None:
        """Look again now: something was answered, put off or edited, here or elsewhere. Cheap to call often."""
        self._look_at(self._clock.real(self._clock.now()))

    async def stop(self) -> None:
        """No further looks or messages. It may be started again."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        if self._timer is not None:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for channel in (*self._channels, *self._robots):
            await channel.close()

    async def look(self) -> None:
        """Plan, claim what is due, deliver what was won, and set the next look."""
        # From Python 3.12 on Textual has tasks begin at once: this one inside the scheduler, which then takes the look
        # it began off its list, and with it the next one if that was set already.
        await asyncio.sleep(0)
        self.came_back()
        following = self._clock.real(self._clock.now()) + RETRY
        try:
            now = self._clock.now()
            situation = self._situation()
            planned = plan(situation, now)
            if self._away or (self._held and planned.hold is None):
                self._escalation.settle()
            self._say(planned.due, now, situation)
            self._away, self._held = False, planned.hold is not None
            next_at = planned.next_at
            if self._robots and (self._sending is None or self._sending.done()):
                next_at = min(next_at, self._escalate(situation, now))
            following = self._clock.real(next_at)
            self._works(self)
        finally:
            self._look_at(following)

    def came_back(self) -> bool:
        """Whether the clock was set, or the machine slept, since the last look."""
        then, ticks_then = self._seen
        now, ticks = self._seen = self._clock.now(), self._clock.monotonic()
        passed = ticks - ticks_then
        if passed > STALLED or abs(self._clock.real_seconds(now - then) - passed) > DRIFT:
            self._away = True
        return self._away

    def _say(self, due: Sequence[Reminder], now: datetime, situation: Situation) -> None:
        won: list[Reminder] = []
        try:
            for reminder in due:
                if self._claim(reminder.claim):
                    won.append(reminder)
        finally:  # what was claimed is nobody else's to say
            # On a clock that runs fast, even the moment it takes to start is long. The end of what kept reminders back
            # is a coming back, too.
            back = self._away or self._held
            away = max(AWAY, timedelta(seconds=DRIFT) * self._clock.speed) if back else None
            if said := digest(won, now, away):
                self._deliver(said)
                for channel in self._channels:
                    self._spawn(self._try(channel, channel.send(message(said, situation.schedule.zone))))

    def _escalate(self, situation: Situation, now: datetime) -> datetime:
        """Tell the robots what they are to be told; when to look again."""
        sending, again_at = self._escalation.turn(situation, now)
        if sending is not None:
            self._sending = self._spawn(sending())
            self._sending.add_done_callback(self._sent)
        return again_at

    def _look_at(self, real: datetime) -> None:
        if self._scheduler is None:
            return
        from apscheduler.triggers.date import DateTrigger

        trigger = DateTrigger(real, timezone=UTC)
        self._scheduler.add_job(self.look, trigger, id="look", replace_existing=True)

    def _tick(self) -> None:
        # Not a job: when the clock is set back, a job waits for the time it was set for, this goes on.
        self._timer = asyncio.get_running_loop().call_later(DRIFT_CHECK, self._tick)
        if self.came_back():
            self.refresh()

    def _failed(self, event: JobExecutionEvent) -> None:
        self._tell(self, _("reminders are held up: {reason}").format(reason=self._explained(event.exception)))

    def _sent(self, sending: asyncio.Task[object]) -> None:
        if not sending.cancelled() and (error := sending.exception()):
            self._tell(self, _("reminders are held up: {reason}").format(reason=self._explained(error)))
        self.refresh()

    async def _delivered(self, robot: Channel, message: Message) -> bool:
        return await self._try(robot, robot.send(message))

    async def _try(self, channel: Channel, doing: Coroutine[Any, Any, None]) -> bool:
        """Whether it was done, or may have been: then it is not to be tried again."""
        try:
            await doing
            self._works(channel)
            return True
        except ChannelError as error:
            self._tell(channel, str(error))
            return isinstance(error, Unclear)

    def _tell(self, about: object, trouble: str) -> None:
        before = self._troubled.get(about)
        self._troubled[about] = trouble
        if not before:
            self._trouble(trouble)
        if before != trouble:
            self._stand(about)

    def _works(self, about: object) -> None:
        if self._troubled.pop(about, None) is not None:
            self._stand(about)

    def _stand(self, about: object) -> None:
        lasting = (self, *self._robots)
        if about in lasting:
            self._standing([trouble for each in lasting if (trouble := self._troubled.get(each))])

    def _spawn(self, doing: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        task = asyncio.get_running_loop().create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
