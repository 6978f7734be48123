"""How checks went, told apart: by duty, by category, by shop, by who answered, and by why they were skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any, TypeVar

from msgspec import Struct

from csconsole.core.agenda import Item, Progress, progress_of
from csconsole.core.answer import Status
from csconsole.core.schedule import Kind, Schedule, Text

T = TypeVar("T")

_OFTEN = 0.5
"""From which share of its answers a check that is late runs late."""
_TIMES = 3
"""How often it must have been late at least, for that to be said."""
_LOOKED = 20
"""How many answers without a find say that a check finds nothing."""


class Tally(Struct, frozen=True, kw_only=True):
    """How several items went. `late` counts those answered past their grace; `mean_late` and `worst_late` are over
    all that were answered, `mean_spent` over the `timed` ones of which somebody said when work on them began; None
    without. `found` counts those at which a problem was found: answered so, or an incident logged at them.
    """

    progress: Progress
    late: int
    mean_late: timedelta | None
    worst_late: timedelta | None
    timed: int
    mean_spent: timedelta | None
    found: int

    @property
    def runs_late(self) -> bool:
        """Whether it is late more often than not, and more than a few times."""
        return self.late >= _TIMES and self.late >= _OFTEN * self.progress.answered

    @property
    def finds_nothing(self) -> bool:
        """Whether it was answered often enough to say so, and never found anything."""
        return self.progress.answered >= _LOOKED and not self.found


class DutyLine(Tally, frozen=True, kw_only=True):
    duty: str
    kind: Kind
    title: Text
    category: str


class CategoryLine(Tally, frozen=True, kw_only=True):
    category: str


class PersonLine(Tally, frozen=True, kw_only=True):
    """What one person answered: the id of one of the schedule's people, else the name given."""

    person: str


class ShopLine(Struct, frozen=True, kw_only=True):
    """How the checks that are answered by shop went at one: how many there were, of these answered, answered on time,
    with an issue, and skipped; and how many were neither answered nor can be any more."""

    shop: str
    total: int
    answered: int
    on_time: int
    issue: int
    skipped: int
    missed: int


class Reason(Struct, frozen=True):
    """Why checks were skipped, in the words of whoever did, how often, and which."""

    text: str
    count: int
    titles: tuple[Text, ...]


def by_duty(items: Iterable[Item], found: AbstractSet[str], schedule: Schedule) -> tuple[DutyLine, ...]:
    """The items by duty, in the order of the schedule, then those of duties it no longer has. `found` are the keys
    at which incidents were logged."""
    groups = grouped(items, lambda item: item.occurrence.duty, schedule.duties)
    return tuple(
        DutyLine(
            duty=duty,
            kind=its[-1].occurrence.kind,
            title=_title(its, schedule.duties[duty].title if duty in schedule.duties else None),
            category=its[-1].occurrence.category,
            **_tally(its, found),
        )
        for duty, its in groups.items()
    )


def _title(items: Sequence[Item], in_schedule: Text | None) -> Text:
    """What they are called, where they all are; those that are named after their month, without it."""
    newest = items[-1].title
    if in_schedule is None or all(item.title == newest for item in items):
        return newest
    return Text(*(" ".join(title.replace("{month}", "").split()) for title in (in_schedule.zh, in_schedule.en)))


def by_category(items: Iterable[Item], found: AbstractSet[str], schedule: Schedule) -> tuple[CategoryLine, ...]:
    """The items by category, likewise."""
    groups = grouped(items, lambda item: item.occurrence.category, schedule.categories)
    return tuple(CategoryLine(category=category, **_tally(its, found)) for category, its in groups.items())


def by_person(items: Iterable[Item], found: AbstractSet[str], schedule: Schedule) -> tuple[PersonLine, ...]:
    """What was answered by whom, whoever answered most first."""
    answered = [item for item in items if item.answer.by is not None]
    groups = grouped(answered, lambda item: person_of(schedule, item.answer.by or ""))
    lines = (PersonLine(person=person, **_tally(its, found)) for person, its in groups.items())
    return tuple(sorted(lines, key=lambda line: (-line.progress.answered, line.person)))


def person_of(schedule: Schedule, name: str) -> str:
    """The id of the person of the schedule whom a name, in any language, or an id means; else the name itself."""
    known = (person.id for person in schedule.people if name in (person.id, person.name.zh, person.name.en))
    return next(known, name)


def by_shop(items: Iterable[Item], schedule: Schedule) -> tuple[ShopLine, ...]:
    """What was answered by shop, shop by shop in the order of the schedule, then the shops it no longer has."""
    groups: dict[str, list[Item]] = {shop: [] for shop in schedule.shops}
    for item in items:
        for shop in item.occurrence.shops:
            groups.setdefault(shop, []).append(item)
    return tuple(_shop_line(shop, its) for shop, its in groups.items() if its)


def _shop_line(shop: str, items: Sequence[Item]) -> ShopLine:
    results = [item.answer.shops.get(shop) for item in items]
    return ShopLine(
        shop=shop,
        total=len(items),
        answered=sum(result is not None for result in results),
        on_time=sum(_in_time(shop, item) for item in items),
        issue=results.count(Status.ISSUE),
        skipped=results.count(Status.SKIPPED),
        missed=sum(
            result is None and item.status is Status.MISSED for result, item in zip(results, items, strict=True)
        ),
    )


def _in_time(shop: str, item: Item) -> bool:
    at = item.answer.shops_at.get(shop)
    return at is not None and at <= item.due + item.occurrence.grace


def reasons(items: Iterable[Item]) -> tuple[Reason, ...]:
    """Why items were skipped, what was said most often first; those of which nothing was said are left out."""
    said: dict[str, Counter[Text]] = {}
    for item in items:
        if item.status is Status.SKIPPED and item.answer.reason:
            said.setdefault(item.answer.reason, Counter())[item.title] += 1
    found = [
        Reason(text, titles.total(), tuple(title for title, _n in titles.most_common()))
        for text, titles in said.items()
    ]
    return tuple(sorted(found, key=lambda reason: -reason.count))


def grouped(each: Iterable[T], of: Callable[[T], str], known: Iterable[str] = ()) -> dict[str, list[T]]:
    """What there is of each name: the known ones first, in their order, and none of which there is nothing."""
    groups: dict[str, list[T]] = {name: [] for name in known}
    for one in each:
        groups.setdefault(of(one), []).append(one)
    return {name: its for name, its in groups.items() if its}


def _tally(items: Sequence[Item], found: AbstractSet[str]) -> dict[str, Any]:
    lates = [item.late for item in items if item.late is not None]
    spent = [item.answer.spent for item in items if item.answer.spent is not None]
    return {
        "progress": progress_of(items),
        "late": sum(item.late is not None and not item.on_time for item in items),
        "mean_late": mean(lates),
        "worst_late": max(lates, default=None),
        "timed": len(spent),
        "mean_spent": mean(spent),
        "found": sum(
            item.status is Status.ISSUE or not found.isdisjoint((item.key, *item.occurrence.aliases)) for item in items
        ),
    }


def mean(lengths: Sequence[timedelta]) -> timedelta | None:
    return sum(lengths, timedelta()) / len(lengths) if lengths else None
