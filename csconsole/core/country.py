"""What a country says of a year, by the `holidays` library: days off by name, and make-up workdays.

The library is imported when first asked, for the first screen must not wait for it (DESIGN.md §5.11).

For a year not announced yet it predicts holidays and has no make-up workdays, without saying so. So for a
country that decrees such days, a year without any is provisional.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from csconsole.core.calendar import Decree
from csconsole.core.schedule import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

_SINCE = 2020
"""A country without make-up workdays since then has given them up (Bulgaria, in 2017) or never had any."""

_GAP = 5
"""Years in a row that a country may need no make-up workday at all (Russia 2013-2015, Viet Nam 2016-2018)."""

_BLOCK = 15
"""No run of days off is longer."""


def is_known(country: str, subdivision: str | None = None) -> bool:
    """Whether the library knows this country by its ISO 3166 code and, if one is named, this part of it."""
    from holidays.registry import COUNTRIES

    if not any(country in codes for _, *codes in COUNTRIES.values()):
        return False
    try:
        _load(country, subdivision, ())
    except NotImplementedError:  # how the library says that the country has no such part
        return False
    return True


def decree(country: str | None, subdivision: str | None, weekend: Collection[int], year: int) -> Decree:
    """What is known of a year in a country; without a country, nothing, and that is final.

    Never raises. A country or year the library does not know has its weekends only, and is provisional.
    `weekend` are weekdays as in `date.weekday()`.
    """
    if country is None:
        return Decree(year)
    if not is_known(country, subdivision) or year not in _span(country):
        return Decree(year, provisional=True)
    years = (year - 1, year, year + 1)  # a day off in January may be named for a holiday in December
    chinese, english = _languages(country)
    in_english = _load(country, subdivision, years, english)
    in_chinese = _load(country, subdivision, years, chinese)
    makeup = {day for day in in_english.weekend_workdays if day.weekday() in weekend}
    names = [_names(each, makeup, weekend) for each in (in_chinese, in_english)]
    return Decree(
        year,
        {day: Text("、".join(names[0][day]), " and ".join(names[1][day])) for day in names[0] if day.year == year},
        {day: None for day in sorted(makeup) if day.year == year},
        provisional=not _is_final(country, subdivision, year),
    )


def to_plain(decree: Decree) -> dict[str, Any]:
    """A decree as JSON can hold it."""
    return {
        "year": decree.year,
        "days_off": {day.isoformat(): [name.zh, name.en] for day, name in decree.days_off.items()},
        "makeup_workdays": {
            day.isoformat(): [name.zh, name.en] if name else None for day, name in decree.makeup_workdays.items()
        },
        "provisional": decree.provisional,
    }


def from_plain(plain: Mapping[str, Any]) -> Decree:
    """The decree `to_plain` wrote. Anything else raises KeyError, TypeError, ValueError or AttributeError."""
    return Decree(
        int(plain["year"]),
        {date.fromisoformat(day): Text(*name) for day, name in plain["days_off"].items()},
        {date.fromisoformat(day): Text(*name) if name else None for day, name in plain["makeup_workdays"].items()},
        bool(plain["provisional"]),
    )


def _load(country: str, subdivision: str | None, years: Collection[int], language: str | None = None) -> HolidayBase:
    from holidays import country_holidays

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `_is_partial` listens to them
        return country_holidays(country, subdivision, years, expand=False, language=language)


@cache
def _languages(country: str) -> tuple[str | None, str | None]:
    """The library's languages for Chinese and for English names; where it lacks one, the nearest it has.

    Never None where there is a choice: the library would take the language of the machine.
    """
    entity = _load(country, None, ())
    english = "en_US" if "en_US" in entity.supported_languages else entity.default_language
    chinese = [name for name in ("zh_CN", entity.default_language) if name in entity.supported_languages]
    return next((name for name in chinese if name and name.startswith("zh")), english), english


@cache
def _span(country: str) -> range:
    """The years the library supports."""
    entity = _load(country, None, ())
    return range(entity.start_year, entity.end_year + 1)


def _is_final(country: str, subdivision: str | None, year: int) -> bool:
    """Whether the year's make-up workdays are known: it has some, lies between years that have, or the country
    decrees none."""

    def decreed(years: Iterable[int]) -> bool:
        return any(_decrees_makeup(country, subdivision, each) for each in years)

    if _is_partial(country, subdivision, year):
        return False
    if decreed([year]) or not decreed(range(_SINCE, _SINCE + 2 * _GAP)):
        return True
    return decreed(range(year - _GAP, year)) and decreed(range(year + 1, year + 1 + _GAP))


def _is_partial(country: str, subdivision: str | None, year: int) -> bool:
    """Whether the library itself warns that it has only some of the year's holidays (India's after 2035)."""
    from holidays import country_holidays

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        country_holidays(country, subdivision, year, expand=False)
    return any(warning.category is UserWarning for warning in said)


@cache
def _decrees_makeup(country: str, subdivision: str | None, year: int) -> bool:
    """Whether the year's own decree has make-up workdays. Those that decrees of other years put in it do not count;
    the library names them whatever year it is asked for."""
    if year not in _span(country):
        return False
    strays = _load(country, subdivision, ()).weekend_workdays
    return any(day.year == year for day in _load(country, subdivision, [year]).weekend_workdays - strays)


def _names(entity: HolidayBase, makeup: Collection[date], weekend: Collection[int]) -> dict[date, list[str]]:
    """The names of each day off. A day off in exchange for a make-up workday, which the library calls just that, has
    the name of the holiday it lengthens: the one with most days in its run of days off."""
    exchanged, observed = _label(entity, "substituted_label"), _label(entity, "observed_label")
    own = {day: [name for name in entity.get_list(day) if not exchanged.fullmatch(name)] for day in sorted(entity)}

    def lengthened(day: date) -> list[str]:
        found: Counter[str] = Counter()
        for step in (-1, 1):
            for distance in range(1, _BLOCK):
                near = day + timedelta(step * distance)
                if near in makeup or not (near in own or near.weekday() in weekend):
                    break
                found.update(match[1] if (match := observed.fullmatch(name)) else name for name in own.get(near, ()))
        return [name for name, _ in found.most_common(1)]

    return {day: names or lengthened(day) or entity.get_list(day) for day, names in own.items()}


def _label(entity: HolidayBase, attribute: str) -> re.Pattern[str]:
    """What the names look like that the library makes by this label of its, "%s (observed)" for one."""
    label = getattr(entity, attribute, None)
    return re.compile(re.escape(entity.tr(label)).replace("%s", "(.+)") if label else "(?!)")
