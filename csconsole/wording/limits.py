"""Words for the clocks of incidents: what is left on one, what is over, and that it stands still."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from csconsole import wording
from csconsole.core.incident import Clock, Incident
from csconsole.i18n import N_, _, pgettext

_CLOCKS: Mapping[Clock, str] = {
    Clock.RESPOND: N_("answer"),
    Clock.SETTLE: N_("settle"),
    Clock.PLATFORM: N_("platform"),
}


def clock(clock: Clock) -> str:
    """What runs out, in a word: to answer the buyer, to settle, the platform's limit."""
    return _(_CLOCKS[clock])


def left(incident: Incident, now: datetime) -> str:
    """What is left at `now` on the clock that runs out first, or by how much it is over: "answer 25 min left", "settle
    35 min over", "settle 3h left, stands still"; empty where there is no limit, or no longer one."""
    nearest = incident.nearest(now)
    if nearest is None:
        return ""
    which, span = nearest
    words = pgettext("a clock and its time", "{clock} {left}").format(clock=clock(which), left=wording.left(span))
    return _("{words}, stands still").format(words=words) if incident.stands_still(which) else words
