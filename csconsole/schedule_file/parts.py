"""The parts of a schedule besides its entries: who is served, what is measured, whose calendar counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, PlainValidator, TypeAdapter, ValidationInfo, field_validator

from csconsole.core.schedule import WarnLevel
from csconsole.i18n import N_, _
from csconsole.schedule_file.fields import (
    CategoryRef,
    DailyHours,
    Duration,
    DurationOrOff,
    DurationText,
    Id,
    Name,
    Part,
    PlatformRef,
    PositiveDuration,
    PositiveDurationOrOff,
    PositiveDurationOrSameDay,
    Range,
    Warn,
    Weekend,
    Words,
)
from csconsole.schedule_file.hints import shown
from csconsole.schedule_file.values import positive_duration, wrong

# -- reminding and readings -----------------------------------------------------------------------------------------


class Reminding(Part):
    lead: DurationOrOff | None = Field(None, description=N_("How long before its time to speak up, such as 5m, or off"))
    repeat: PositiveDurationOrOff | None = Field(
        None, description=N_("How often to say it again until it is answered, such as 10m, or off")
    )
    last_call: PositiveDurationOrOff | None = Field(
        None,
        description=N_(
            "How long before its deadline passes or its day ends to say it a last time, such as 30m, or off"
        ),
    )
    in_progress: PositiveDuration | None = Field(
        None, description=N_("How long it is left in peace once started, such as 30m")
    )


def _reminding(value: Any) -> Reminding:
    if value == "off":
        return Reminding(lead="off", repeat="off", last_call="off")
    if isinstance(value, dict):
        return Reminding.model_validate(value)
    raise wrong(_("write 'remind: off' or 'remind: {lead: 5m, repeat: 10m}'"))


Remind = Annotated[Reminding, PlainValidator(_reminding, json_schema_input_type=Literal["off"] | Reminding)]


class Defaults(Part):
    grace: Duration | None = Field(None, description=N_("How long after its time a check is due before it is overdue"))
    remind: Remind | None = Field(None, description=N_("When to speak up: lead, repeat and last call, or off"))


class ScalePart(Part):
    range: Range | None = Field(None, description=N_("The lowest and the highest number possible, such as [0, 5]"))
    warn: Warn | None = Field(None, description=N_('When a number calls for attention, such as "> 20" or "< 4.7"'))

    @field_validator("warn")
    @classmethod
    def _within_range(cls, warn: WarnLevel | None, info: ValidationInfo) -> WarnLevel | None:
        low, high = info.data.get("range") or (None, None)
        if warn and ((low is not None and warn.level < low) or (high is not None and warn.level > high)):
            raise wrong(_("this warning level lies outside the range"))
        return warn


_BY_PLATFORM: TypeAdapter[dict[str, ScalePart | None]] = TypeAdapter(dict[PlatformRef, ScalePart | None])
_PLATFORMS = TypeAdapter(list[PlatformRef])


def _platforms(value: Any, info: ValidationInfo) -> dict[str, ScalePart]:
    """The platforms a metric is asked for on, each with what is different there."""
    if isinstance(value, dict):
        given = _BY_PLATFORM.validate_python(value, context=info.context)
        return {platform: scale or ScalePart() for platform, scale in given.items()}
    if isinstance(value, list):
        return {platform: ScalePart() for platform in _PLATFORMS.validate_python(value, context=info.context)}
    raise wrong(_("write platforms as a list, [tmall, jd], or with what differs on each, {jd: {range: [0, 5]}}"))


class MetricPart(ScalePart):
    name: Name = Field(description=N_("What the number is called"))
    unit: Name | None = Field(None, description=N_("What it is counted in"))
    platforms: (
        Annotated[
            dict[str, ScalePart],
            PlainValidator(_platforms, json_schema_input_type=list[str] | dict[Id, ScalePart | None]),
        ]
        | None
    ) = Field(None, description=N_("Where it is asked for, and the range and warning level there; all if left out"))


# -- who and what ---------------------------------------------------------------------------------------------------


class PlatformPart(Part):
    name: Name = Field(description=N_("The platform's own name"))


class ShopPart(Part):
    id: Id = Field(description=N_("A short id that stays the same: records are kept by it"))
    name: Name = Field(description=N_("What you call the shop"))
    platform: PlatformRef = Field(description=N_("The platform the shop is on"))


class PersonPart(Part):
    id: Id = Field(description=N_("A short id that stays the same: records are kept by it"))
    name: Name = Field(description=N_("What you call this colleague"))
    role: Name | None = Field(None, description=N_("What this colleague does"))


class WorkingHoursPart(Part):
    hours: DailyHours = Field(description=N_('The hours in which somebody works, such as "09:00-22:00"'))
    workdays_only: bool = Field(False, description=N_("On working days of the calendar alone, not every day"))


def _working_hours(value: Any) -> WorkingHoursPart:
    return WorkingHoursPart.model_validate(value if isinstance(value, dict) else {"hours": value})


OfficeHours = Annotated[
    WorkingHoursPart, PlainValidator(_working_hours, json_schema_input_type=DailyHours | WorkingHoursPart)
]

_BY_PLATFORM_LIMIT = TypeAdapter(dict[PlatformRef, PositiveDuration])


def _platform_limit(value: Any, info: ValidationInfo) -> dict[str, timedelta]:
    """The limits of the platforms; under "" that of all not named."""
    if isinstance(value, dict):
        return _BY_PLATFORM_LIMIT.validate_python(value, context=info.context)
    return {"": positive_duration(value)}


PlatformLimit = Annotated[
    dict[str, timedelta],
    PlainValidator(_platform_limit, json_schema_input_type=DurationText | dict[Id, DurationText]),
]


class CategoryPart(Defaults):
    name: Name = Field(description=N_("What the category is called"))
    words: Words | None = Field(None, description=N_("Words by which the one-line log knows the category"))
    respond: PositiveDuration | None = Field(
        None, description=N_("How long the buyer may wait for an answer, such as 2h")
    )
    settle: PositiveDurationOrSameDay | None = Field(
        None,
        # The design of the file calls it `sla`: schedules written by it are to be read.
        validation_alias=AliasChoices("settle", "sla"),
        description=N_("How long it may take to settle, such as 24h, or same_day"),
    )
    platform_limit: PlatformLimit | None = Field(
        None,
        description=N_("The platform's own limit, such as 48h, or one for each platform, {tmall: 48h}: it wins"),
    )
    working_hours: bool = Field(
        False, description=N_("respond and settle count in the schedule's working_hours alone, not around the clock")
    )
    stands_still: bool = Field(False, description=N_("respond and settle stand still while it waits for somebody"))


class CalendarPart(Part):
    country: str | None = Field("CN", description=N_("ISO 3166 code, such as CN; null: weekends are the only days off"))
    subdivision: str | None = Field(None, description=N_("The part of the country, where holidays differ"))
    weekend: Weekend | None = Field(None, description=N_("The weekdays that are off: sat and sun if left out"))

    @field_validator("country")
    @classmethod
    def _known_country(cls, code: str | None) -> str | None:
        from csconsole.core.country import is_known

        if code is None or is_known(code):
            return code
        message = _("there is no country '{code}', write its two-letter code as CN, JP or DE")
        raise wrong(message.format(code=shown(code)))

    @field_validator("subdivision")
    @classmethod
    def _known_subdivision(cls, part: str | None, info: ValidationInfo) -> str | None:
        from csconsole.core.country import is_known

        country = info.data.get("country")
        if part is None or ("country" not in info.data) or (country and is_known(country, part)):
            return part
        message = _("'{part}' is no part of {country} whose holidays are known")
        raise wrong(message.format(part=shown(part), country=country or "null"))


class RefundListPart(Part):
    words: Words | None = Field(
        None, description=N_("An incident that has one of these words in it is on the list, such as 丢件")
    )
    categories: list[CategoryRef] | None = Field(
        None, description=N_("Only incidents of these categories; left out, of all of them")
    )
