"""The kinds of field that the models are made of, each a value of `values` with its JSON Schema.

Names of shops, categories and the like are checked against `Known`, which travels as the validation context.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, TypeAdapter, ValidationInfo

from csconsole.core.schedule import Convention, Covers, Hours, Text, WarnLevel
from csconsole.i18n import N_, _
from csconsole.schedule_file import values
from csconsole.schedule_file.hints import guess, shown
from csconsole.schedule_file.values import wrong, wrong_within


class Known(Struct, frozen=True):
    """What the rest of the file says, for a value to be checked against. `zone` and `day_starts_at` are
    None where they are at fault themselves."""

    shops: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    day_starts_at: time | None = time()
    zone: ZoneInfo | None = None


def known(info: ValidationInfo) -> Known:
    """The validation's context."""
    assert isinstance(info.context, Known)
    return info.context


class Part(BaseModel):
    """A group of keys. Keys it does not have are faults; nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


# -- single values --------------------------------------------------------------------------------------------------

WeekdayName = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DurationText = Annotated[str, Field(pattern=r"^(\d{1,4}d)?\s*(\d{1,5}h)?\s*(\d{1,6}m)?$", examples=["15m", "1h 30m"])]
DateText = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-11-11"])]

Line = Annotated[str, PlainValidator(values.line, json_schema_input_type=str)]
Time = Annotated[
    time,
    PlainValidator(
        values.time_of_day,
        json_schema_input_type=Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["09:30"])],
    ),
]
DailyHours = Annotated[
    Hours,
    PlainValidator(
        values.hours,
        json_schema_input_type=Annotated[
            str,
            Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$", examples=["22:30-07:30"]),
        ],
    ),
]
Date = Annotated[date, PlainValidator(values.calendar_date, json_schema_input_type=DateText)]
Duration = Annotated[timedelta, PlainValidator(values.duration, json_schema_input_type=DurationText)]
PositiveDuration = Annotated[timedelta, PlainValidator(values.positive_duration, json_schema_input_type=DurationText)]
DurationOrOff = Annotated[
    timedelta | Literal["off"],
    PlainValidator(values.duration_or_off, json_schema_input_type=DurationText | Literal["off"]),
]
PositiveDurationOrOff = Annotated[
    timedelta | Literal["off"],
    PlainValidator(values.positive_duration_or_off, json_schema_input_type=DurationText | Literal["off"]),
]
PositiveDurationOrSameDay = Annotated[
    timedelta | Literal["same_day"],
    PlainValidator(values.duration_or_same_day, json_schema_input_type=DurationText | Literal["same_day"]),
]
Version = Annotated[int, PlainValidator(values.version, json_schema_input_type=Literal[1])]
Year = Annotated[int, Field(ge=1970, le=2100)]
Zone = Annotated[ZoneInfo, PlainValidator(values.zone, json_schema_input_type=str)]
Link = Annotated[str, PlainValidator(values.link, json_schema_input_type=Annotated[str, Field(pattern="^https?://")])]
Warn = Annotated[
    WarnLevel,
    PlainValidator(
        values.warn_level,
        json_schema_input_type=Annotated[str, Field(pattern=r"^[<>]\s*-?\d+(\.\d+)?$", examples=["> 20"])],
    ),
]
Range = Annotated[
    tuple[float | None, float | None],
    PlainValidator(
        values.number_range,
        json_schema_input_type=Annotated[list[float | None], Field(min_length=2, max_length=2)],
    ),
]
Conventions = Annotated[Convention, PlainValidator(values.convention, json_schema_input_type=Convention)]
Coverage = Annotated[Covers, PlainValidator(values.covers, json_schema_input_type=Covers)]
Expiry = Annotated[Literal["same_day"], PlainValidator(values.expiry, json_schema_input_type=Literal["same_day"])]
Weekday = Annotated[int, PlainValidator(values.weekday, json_schema_input_type=WeekdayName)]
DutyId = Annotated[
    str,
    PlainValidator(
        values.duty_id, json_schema_input_type=Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    ),
]
Id = Annotated[
    str,
    PlainValidator(
        values.other_id,
        json_schema_input_type=Annotated[str, Field(pattern="^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)],
    ),
]


class BothLanguages(Part):
    zh: Line | None = Field(None, description=N_("The text in Chinese"))
    en: Line | None = Field(None, description=N_("The text in English"))


def _local_text(value: Any) -> Text:
    if not isinstance(value, dict):
        text = values.line(value)
        return Text(text, text)
    both = BothLanguages.model_validate(value)
    zh, en = both.zh or both.en, both.en or both.zh
    if zh is None or en is None:
        raise wrong(_("a text is missing here"))
    return Text(zh, en)


def _no_wider(cells: int) -> Callable[[Text], Text]:
    def check(text: Text) -> Text:
        values.within(text.zh, cells)
        values.within(text.en, cells)
        return text

    return check


LocalText = Annotated[Text, PlainValidator(_local_text, json_schema_input_type=str | BothLanguages)]
Title = Annotated[LocalText, AfterValidator(_no_wider(200))]
Name = Annotated[LocalText, AfterValidator(_no_wider(60))]


def _distinct(given: tuple[Any, ...]) -> tuple[Any, ...]:
    for index, each in enumerate(given):
        if each in given[:index]:
            raise wrong_within(index, _("this stands in the list already"))
    return given


def _one_or_many(element: TypeAdapter[Any], value: Any, info: ValidationInfo) -> tuple[Any, ...]:
    """A list, or a single value that stands for a list of itself."""
    given = value if isinstance(value, list) else [value]
    return _distinct(tuple(TypeAdapter.validate_python(element, given, context=info.context)))


def _reference(kind: Literal["shops", "platforms", "categories", "metrics"], value: Any, info: ValidationInfo) -> str:
    names: tuple[str, ...] = getattr(known(info), kind)
    if isinstance(value, str) and value in names:
        return value
    message = {
        "shops": N_("there is no shop '{name}'{hint}"),
        "platforms": N_("there is no platform '{name}'{hint}"),
        "categories": N_("there is no category '{name}'{hint}"),
        "metrics": N_("there is no metric '{name}'{hint}"),
    }[kind]
    name = shown(value)
    raise wrong(lambda: _(message).format(name=name, hint=guess(name, names)))


ShopRef = Annotated[str, PlainValidator(partial(_reference, "shops"), json_schema_input_type=str)]
PlatformRef = Annotated[str, PlainValidator(partial(_reference, "platforms"), json_schema_input_type=str)]
CategoryRef = Annotated[str, PlainValidator(partial(_reference, "categories"), json_schema_input_type=str)]
MetricRef = Annotated[str, PlainValidator(partial(_reference, "metrics"), json_schema_input_type=str)]


def _each(value: Any, info: ValidationInfo) -> tuple[str, ...]:
    """The shops a check is answered for one by one: "shop" for all of them, or a list."""
    if value == "shop":
        if not known(info).shops:
            raise wrong(_("the schedule has no shops, add them under 'shops', or leave 'each' out"))
        return tuple(dict.fromkeys(known(info).shops))
    if not isinstance(value, list) or not value:
        raise wrong(_("write 'each: shop' for every shop, or a list of shop ids as in [jd, pdd]"))
    return _one_or_many(_SHOPS, value, info)


def _weekend(value: Any, info: ValidationInfo) -> tuple[int, ...]:
    days: tuple[int, ...] = _one_or_many(_WEEKDAYS, value, info)
    if len(days) == len(values.WEEKDAYS):
        raise wrong(_("a week needs at least one working day"))
    return tuple(sorted(days))


_SHOPS = TypeAdapter(list[ShopRef])
_METRICS = TypeAdapter(list[MetricRef])
_WEEKDAYS = TypeAdapter(list[Weekday])
_DUTY_IDS = TypeAdapter(list[DutyId])
_WORDS = TypeAdapter(list[Annotated[str, PlainValidator(values.word, json_schema_input_type=str)]])
_DATES = TypeAdapter(list[Date])

Each = Annotated[tuple[str, ...], PlainValidator(_each, json_schema_input_type=Literal["shop"] | list[str])]
Metrics = Annotated[
    tuple[str, ...], PlainValidator(partial(_one_or_many, _METRICS), json_schema_input_type=str | list[str])
]
Weekdays = Annotated[
    tuple[int, ...],
    PlainValidator(partial(_one_or_many, _WEEKDAYS), json_schema_input_type=WeekdayName | list[WeekdayName]),
]
Weekend = Annotated[tuple[int, ...], PlainValidator(_weekend, json_schema_input_type=list[WeekdayName])]
DutyIds = Annotated[
    tuple[str, ...], PlainValidator(partial(_one_or_many, _DUTY_IDS), json_schema_input_type=str | list[str])
]
Words = Annotated[tuple[str, ...], PlainValidator(partial(_one_or_many, _WORDS), json_schema_input_type=list[str])]
Dates = Annotated[
    tuple[date, ...], PlainValidator(partial(_one_or_many, _DATES), json_schema_input_type=DateText | list[DateText])
]
