"""The schedule as values: duties, shops, categories, metrics. What recurs, for whom, by which calendar.

Times of day are wall-clock times in the schedule's own zone; a time before `day_starts_at` belongs to the
business day before (DESIGN.md §1, §3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct, field

Language = Literal["zh", "en"]


class Text(Struct, frozen=True):
    """A text of the owner's in both languages; where only one was written, it stands for both."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Kind(StrEnum):
    """The section of the schedule an entry stands in."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    DATED = "dated"
    RRULE = "rrule"


class Convention(StrEnum):
    """Business-day conventions, by the names finance uses (ISDA 2006 Definitions, section 4.12)."""

    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED_FOLLOWING = "modified_following"
    MODIFIED_PRECEDING = "modified_preceding"
    NEAREST = "nearest"
    UNADJUSTED = "unadjusted"


class Covers(StrEnum):
    """The month a monthly duty reports on, counted from its nominal date."""

    PREVIOUS_MONTH = "previous_month"
    OWN_MONTH = "own_month"


class Platform(Struct, frozen=True):
    id: str
    name: Text


class Shop(Struct, frozen=True):
    id: str
    name: Text
    platform: str


class Category(Struct, frozen=True):
    """A kind of trouble. `words` are what the one-line log knows it by, besides its id and names.

    `respond` and `settle` are how long the buyer may wait for an answer and for an end, in working hours alone if
    `working_hours`; `same_day` says that it is to be settled before the business day ends. Both stand still while it
    waits if `stands_still`. `platform_limits` are the platforms' own, by platform; "" is for those not named.
    Of what nears its limits is spoken as `remind` says.
    """

    id: str
    name: Text
    words: tuple[str, ...] = ()
    respond: timedelta | None = None
    settle: timedelta | None = None
    same_day: bool = False
    platform_limits: Mapping[str, timedelta] = field(default_factory=dict)
    working_hours: bool = False
    stands_still: bool = False
    grace: timedelta | None = None
    remind: Remind = field(default_factory=lambda: Remind())


class WarnLevel(Struct, frozen=True):
    """The level past which a reading calls for attention: strictly above, or strictly below, `level`."""

    above: bool
    level: float

    def hit(self, value: float) -> bool:
        return value > self.level if self.above else value < self.level


class Scale(Struct, frozen=True):
    """How a metric reads on one platform: its range, if it has one, and its warning level."""

    low: float | None = None
    high: float | None = None
    warn: WarnLevel | None = None


class Metric(Struct, frozen=True):
    """A number taken at a check. `platforms` empty: asked for on every platform."""

    id: str
    name: Text
    unit: Text
    scale: Scale = Scale()
    platforms: tuple[str, ...] = ()
    by_platform: Mapping[str, Scale] = field(default_factory=dict)

    def asked_on(self, platform: str) -> bool:
        return not self.platforms or platform in self.platforms

    def scale_on(self, platform: str | None) -> Scale:
        return self.by_platform.get(platform or "", self.scale)


class Person(Struct, frozen=True):
    id: str
    name: Text
    role: Text


class Remind(Struct, frozen=True):
    """When to speak up: `lead` before the time, then every `repeat` until answered, and `last_call` before a deadline
    passes or the day of what expires ends. None: not so. Once started, it is left in peace for `in_progress`."""

    lead: timedelta | None = timedelta(minutes=5)
    repeat: timedelta | None = timedelta(minutes=10)
    last_call: timedelta | None = timedelta(minutes=30)
    in_progress: timedelta = timedelta(minutes=30)

    @property
    def silent(self) -> bool:
        """Whether nothing is ever said."""
        return self.lead is None and self.repeat is None and self.last_call is None


SILENT = Remind(None, None, None)


class Hours(Struct, frozen=True):
    """A part of every day by the wall clock. One that does not end after it starts goes on past midnight."""

    start: time
    end: time


class WorkingHours(Struct, frozen=True):
    """When somebody works: every day, or on working days alone."""

    hours: Hours
    workdays_only: bool = False


# -- rules: which nominal dates a duty has ---------------------------------------------------------------------


class EveryDay(Struct, frozen=True):
    pass


class OnWeekdays(Struct, frozen=True):
    """Monday is 0, as in `date.weekday()`."""

    weekdays: tuple[int, ...]


class OnMonthDay(Struct, frozen=True):
    """The `day`-th of every month; of a shorter month, its last day."""

    day: int


class OnDates(Struct, frozen=True):
    dates: tuple[date, ...]


class ByRRule(Struct, frozen=True):
    """An RFC 5545 recurrence, DTSTART included, that names at most one instant a day."""

    text: str


Rule = EveryDay | OnWeekdays | OnMonthDay | OnDates | ByRRule


GRACE = timedelta(minutes=15)
"""How long after its time a duty is due, where the schedule does not say."""


class Duty(Struct, frozen=True):
    """One recurring entry of the schedule.

    `deadline` is true where the schedule says `by` instead of `at`. `shops` are those it is answered for one by
    one; empty, it is answered once. `notice` counts working days before the due date. `expires`: ends as missed
    with its day instead of staying overdue.
    """

    id: str
    kind: Kind
    title: Text
    category: str
    at: time
    rule: Rule
    deadline: bool = False
    until: time | None = None
    at_on: Mapping[int, time] = field(default_factory=dict)
    shops: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    steps: tuple[Text, ...] = ()
    link: str | None = None
    grace: timedelta = GRACE
    remind: Remind = Remind()
    notice: int | None = None
    convention: Convention = Convention.UNADJUSTED
    covers: Covers | None = None
    hold_reminders: bool = False
    workdays_only: bool = False
    expires: bool = False
    was: tuple[str, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether it is owed beyond its day, until it is answered."""
        return self.kind is not Kind.DAILY and not self.expires


class CalendarRule(Struct, frozen=True):
    """Whose working days count: an ISO 3166 country the `holidays` library knows, or none (weekends only)."""

    country: str | None = "CN"
    subdivision: str | None = None
    weekend: tuple[int, ...] = (5, 6)


class RefundList(Struct, frozen=True):
    """Which incidents the month-end list of refunds has: those of `categories` (empty: of any) in which one of `words`
    stands."""

    words: tuple[str, ...] = ("丢件", "丢失", "少件", "缺件", "配件", "lost", "missing")
    categories: tuple[str, ...] = ()


class Schedule(Struct, frozen=True):
    """`quiet` and `lunch` are the hours in which reminders are kept back; `working_hours` those in which the limits
    of some categories run."""

    zone: ZoneInfo
    day_starts_at: time
    calendar: CalendarRule
    platforms: Mapping[str, Platform]
    shops: Mapping[str, Shop]
    categories: Mapping[str, Category]
    metrics: Mapping[str, Metric]
    people: tuple[Person, ...]
    duties: Mapping[str, Duty]
    quiet: Hours | None = None
    lunch: Hours | None = None
    working_hours: WorkingHours | None = None
    refund_list: RefundList = RefundList()

    def person(self, id: str) -> Person | None:
        return next((person for person in self.people if person.id == id), None)
