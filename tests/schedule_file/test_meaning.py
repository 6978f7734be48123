"""What each key of a schedule becomes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from csconsole.core.calendar import Overrides
from csconsole.core.schedule import (
    GRACE,
    ByRRule,
    CalendarRule,
    Category,
    Convention,
    Covers,
    Duty,
    Hours,
    Kind,
    OnDates,
    OnWeekdays,
    Person,
    Remind,
    Scale,
    Schedule,
    Text,
    WarnLevel,
    WorkingHours,
)
from csconsole.schedule_file import Faults, build, build_holidays, compile, compile_holidays, load, schema
from csconsole.schedule_file.nodes import read

SHIPPED = (Path(__file__).parents[2] / "schedules" / "supervisor.yaml").read_bytes()

HEAD = """\
version: 1
timezone: Europe/Berlin
day_starts_at: "05:00"
categories: {c: {name: C}, d: {name: D, grace: 1h, remind: {repeat: off}}}
shops: [{id: jd, name: JD, platform: jd}, {id: pdd, name: PDD, platform: pdd}]
metrics: {m: {name: M}}
"""


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def loaded(text: str) -> Schedule:
    return load((HEAD + text).encode(), "my.yaml")


def the_duty(section: str, rest: str, head: str = HEAD, category: str = "c") -> Duty:
    text = head + f"{section}:\n  - {{id: a, title: T, category: {category}, {rest}}}\n"
    plain = compile(text.encode(), "my.yaml")
    return build(json.loads(json.dumps(plain))).duties["a"]


def test_entry_with_everything() -> None:
    duty = the_duty(
        "weekly",
        'on: [thu, mon], at: "09:50", until: "10:30", at_on: {thu: "09:00"}, each: [pdd], read: m, '
        'steps: [{zh: 看, en: look}, act], link: "https://example.com/?q=1", grace: 1h 30m, '
        "remind: {lead: 1d, repeat: 30m}, notice: 2, convention: modified_following, hold_reminders: true, "
        "workdays_only: true, expires: same_day, was: [old, older]",
    )
    assert duty == Duty(
        id="a",
        kind=Kind.WEEKLY,
        title=Text("T", "T"),
        category="c",
        at=time(9, 50),
        rule=OnWeekdays((0, 3)),
        until=time(10, 30),
        at_on={3: time(9)},
        shops=("pdd",),
        read=("m",),
        steps=(Text("看", "look"), Text("act", "act")),
        link="https://example.com/?q=1",
        grace=minutes(90),
        remind=Remind(timedelta(days=1), minutes(30)),
        notice=2,
        convention=Convention.MODIFIED_FOLLOWING,
        hold_reminders=True,
        workdays_only=True,
        expires=True,
        was=("old", "older"),
    )


def test_entry_with_no_more_than_it_needs() -> None:
    duty = the_duty("monthly", 'day: 31, by: "18:00"')
    assert (duty.at, duty.deadline, duty.grace, duty.remind) == (time(18), True, GRACE, Remind())
    assert (duty.notice, duty.convention, duty.covers, duty.expires) == (None, Convention.UNADJUSTED, None, False)
    assert (duty.shops, duty.read, duty.steps, duty.was, duty.link, duty.until) == ((), (), (), (), None, None)


def test_each_shop_is_every_shop() -> None:
    assert the_duty("daily", 'at: "09:00", each: shop').shops == ("jd", "pdd")


@pytest.mark.parametrize("covers", list(Covers))
def test_covers(covers: Covers) -> None:
    assert the_duty("monthly", f'day: 1, at: "09:00", covers: {covers}').covers is covers


def test_dates() -> None:
    assert the_duty("dated", 'at: "09:00", date: 2026-11-11').rule == OnDates((date(2026, 11, 11),))
    two = the_duty("dated", 'at: "09:00", dates: [2026-12-12, 2026-11-11]')
    assert two.rule == OnDates((date(2026, 11, 11), date(2026, 12, 12)))
    assert not two.expires


def test_recurrence() -> None:
    duty = the_duty("rrule", r'at: "09:00", rrule: "DTSTART:20260113T160000\nRRULE:FREQ=MONTHLY;BYDAY=2TU"')
    assert duty.rule == ByRRule("DTSTART:20260113\nRRULE:FREQ=MONTHLY;BYDAY=2TU")
    assert duty.kind is Kind.RRULE


GRACE_AND_REMIND = [
    # what the defaults say, what the entry says, its category, grace, lead, repeat, last call (minutes)
    ("", "", "c", 15, 5, 10, 30),
    ("defaults: {grace: 20m, remind: {lead: 7m}}\n", "", "c", 20, 7, 10, 30),
    ("defaults: {grace: 20m, remind: {lead: 7m}}\n", "", "d", 60, 7, None, 30),
    ("", ", grace: 0m, remind: {lead: off, repeat: 3m}", "d", 0, None, 3, 30),
    ("", ", remind: {last_call: 1h}", "d", 60, 5, None, 60),
    ("defaults: {remind: {last_call: off}}\n", "", "c", 15, 5, 10, None),
    ("defaults: {remind: {last_call: off}}\n", ", remind: {last_call: 5m}", "c", 15, 5, 10, 5),
    ("", ", remind: off", "c", 15, None, None, None),
    ("defaults: {remind: off}\n", ", remind: {lead: 0m}", "c", 15, 0, None, None),
    ("", ", remind: {lead: off, repeat: off}", "c", 15, None, None, 30),
]


@pytest.mark.parametrize(("defaults", "own", "category", "grace", "lead", "repeat", "last_call"), GRACE_AND_REMIND)
def test_the_particular_wins_over_the_general(
    defaults: str,
    own: str,
    category: str,
    grace: int,
    lead: int | None,
    repeat: int | None,
    last_call: int | None,
) -> None:
    duty = the_duty("daily", f'at: "09:00"{own}', HEAD + defaults, category)
    assert duty.grace == minutes(grace)
    assert duty.remind == Remind(*(None if each is None else minutes(each) for each in (lead, repeat, last_call)))
    assert duty.remind.silent is (own == ", remind: off")


def test_how_long_what_was_started_is_left_in_peace() -> None:
    defaults = HEAD + "defaults: {remind: {in_progress: 45m}}\n"
    assert the_duty("daily", 'at: "09:00"').remind.in_progress == minutes(30)
    assert the_duty("daily", 'at: "09:00", remind: off', defaults).remind.in_progress == minutes(45)
    own = 'at: "09:00", remind: {in_progress: 1h}'
    assert the_duty("daily", own, defaults).remind.in_progress == minutes(60)


def test_hours_in_which_nothing_is_reminded_of() -> None:
    found = loaded('quiet: "22:30-07:30"\nlunch: "12:30-13:20"\n')
    assert found.quiet == Hours(time(22, 30), time(7, 30))
    assert found.lunch == Hours(time(12, 30), time(13, 20))
    assert (loaded("").quiet, loaded("").lunch) == (None, None)


def test_hours_in_which_limits_run() -> None:
    hours = Hours(time(9), time(22))
    assert loaded('working_hours: "09:00-22:00"\n').working_hours == WorkingHours(hours)
    own = 'working_hours: {hours: "09:00-22:00", workdays_only: true}\n'
    assert loaded(own).working_hours == WorkingHours(hours, workdays_only=True)
    assert loaded("").working_hours is None


def test_the_limits_of_a_category() -> None:
    def category(says: str) -> Category:
        return load(
            (HEAD.replace("c: {name: C}", f"c: {{name: C, {says}}}") + 'working_hours: "09:00-22:00"\n').encode(),
            "my.yaml",
        ).categories["c"]

    plain = category("settle: 2h")
    assert (plain.platform_limits, plain.working_hours, plain.stands_still) == ({}, False, False)
    own = category("working_hours: true, stands_still: true, platform_limit: 48h")
    assert (own.platform_limits, own.working_hours, own.stands_still) == ({"": timedelta(hours=48)}, True, True)
    assert category("platform_limit: {pdd: 1d}").platform_limits == {"pdd": timedelta(days=1)}


def test_category_keeps_what_it_says_itself() -> None:
    categories = loaded("defaults: {remind: {lead: 7m}}\n").categories
    assert (categories["c"].grace, categories["c"].remind) == (None, Remind(minutes(7)))
    assert (categories["d"].grace, categories["d"].remind) == (minutes(60), Remind(minutes(7), None))


def test_business_day_may_go_past_midnight() -> None:
    assert the_duty("daily", 'at: "23:00", until: "02:00"').until == time(2)
    assert the_duty("daily", 'at: "01:00", until: "04:59"').until == time(4, 59)


def test_calendar() -> None:
    assert loaded("").calendar == CalendarRule("CN", None, (5, 6))
    assert loaded("calendar: {country: null, weekend: [sun, fri]}\n").calendar == CalendarRule(None, None, (4, 6))
    assert loaded("calendar: {country: DE, subdivision: BY, weekend: []}\n").calendar == CalendarRule("DE", "BY", ())


def test_platforms_are_those_of_the_shops_where_none_are_listed() -> None:
    schedule = loaded("")
    assert [platform.name for platform in schedule.platforms.values()] == [Text("jd", "jd"), Text("pdd", "pdd")]


def test_metric_on_platforms() -> None:
    head = HEAD.replace(
        "{name: M}", "{name: M, unit: u, range: [0, null], warn: '> 3', platforms: {jd: {range: [0, 5]}, pdd: }}"
    )
    metric = load(head.encode(), "my.yaml").metrics["m"]
    warn = WarnLevel(above=True, level=3)
    assert metric.platforms == ("jd", "pdd")
    assert (metric.scale_on("jd"), metric.scale_on("pdd")) == (Scale(0, 5, warn), Scale(0, None, warn))
    assert metric.unit == Text("u", "u")


def test_people() -> None:
    people = loaded("people: [{id: li, name: {zh: 小李}}, {id: w, name: W, role: {en: lead}}]\n").people
    assert people == (
        Person("li", Text("小李", "小李"), Text("", "")),
        Person("w", Text("W", "W"), Text("lead", "lead")),
    )


def test_sections_of_nothing_but_comments_are_empty() -> None:
    assert loaded("people:\ndaily:\n# - id: a\nweekly: []\n").duties == {}


# Plain scalars of YAML 1.2 that 1.1 reads otherwise, where an owner would write them.
@pytest.mark.parametrize(
    "text", ["10:30", "9:05", "off", "on", "yes", "no", "y", "2026-11-11", "1_000", "0o8", "1e", "="]
)
def test_text_stays_text(text: str) -> None:
    assert the_duty("daily", f'at: "09:00", steps: [{text}]').steps == (Text(text, text),)


@pytest.mark.parametrize("number", ["12", "012", "-1", "0x1F", "0o17", "1.5", "1e3", ".5", ".inf", "true", "FALSE"])
def test_numbers_are_not_text(number: str) -> None:
    with pytest.raises(Faults, match="put it in quotes"):
        the_duty("daily", f'at: "09:00", steps: [{number}]')
    assert the_duty("daily", f'at: "09:00", steps: ["{number}"]').steps[0].zh == number


def test_times_need_no_quotes() -> None:
    assert the_duty("daily", "at: 10:30").at == time(10, 30)


def test_text_is_cleaned_of_what_hides_and_commands() -> None:
    duty = the_duty("daily", r'at: "09:00", steps: ["a\e[31mb\u202ec\u200bd\0e\r\nf"]')
    assert duty.steps == (Text("a[31mbcde f", "a[31mbcde f"),)


def test_bom_and_lines_of_windows_change_nothing() -> None:
    text = SHIPPED.decode().replace("\n", "\r\n").encode()
    assert load(b"\xef\xbb\xbf" + text, "my.yaml") == load(SHIPPED, "my.yaml")


def test_holidays() -> None:
    text = (
        "version: 1\n"
        "days_off:\n  - {date: 2026-12-31, name: {zh: 放假, en: Off}}\n"
        "workdays:\n  - 2027-02-06\n  - {date: 2027-02-20, name: 调休}\n  - {date: 2027-02-21}\n"
        "announced: [2027, 2026, 2027]\n"
    )
    plain = compile_holidays(text.encode(), "holidays.yaml")
    assert build_holidays(json.loads(json.dumps(plain))) == Overrides(
        days_off={date(2026, 12, 31): Text("放假", "Off")},
        workdays={date(2027, 2, 6): None, date(2027, 2, 20): Text("调休", "调休"), date(2027, 2, 21): None},
        announced=frozenset({2026, 2027}),
    )


def test_a_start_from_the_cache_is_light(tmp_path: Path) -> None:
    """DESIGN.md §5.11: building what was compiled loads neither the validation nor the YAML."""
    kept = tmp_path / "plain.json"
    kept.write_text(json.dumps(compile(SHIPPED, "my.yaml")), encoding="utf-8")
    code = (
        "import json, pathlib, sys\n"
        "from csconsole.schedule_file import build\n"
        "assert len(build(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))).duties) == 22\n"
        "heavy = {'yaml', 'pydantic', 'pydantic_core', 'holidays', 'dateutil'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(kept)], check=True)


def test_schema_knows_every_key_of_the_shipped_schedule() -> None:
    """An editor must not underline what the program accepts."""
    found = schema()

    def meanings(node: Any) -> list[dict[str, Any]]:
        if "$ref" in node:
            node = found["$defs"][node["$ref"].rpartition("/")[2]]
        return [each for branch in node["anyOf"] for each in meanings(branch)] if "anyOf" in node else [node]

    def check(value: Any, nodes: list[dict[str, Any]]) -> None:
        if isinstance(value, list):
            for each in value:
                check(each, [meaning for node in nodes if "items" in node for meaning in meanings(node["items"])])
        elif isinstance(value, dict):
            for key, each in value.items():
                known = [{**node.get("patternProperties", {}), **node.get("properties", {})} for node in nodes]
                fitting = [child for keys in known for name, child in keys.items() if name == key or name[0] == "^"]
                assert fitting, key
                check(each, [meaning for child in fitting for meaning in meanings(child)])

    check(read(SHIPPED, "my.yaml").data, meanings(found))
    assert found["$schema"].endswith("2020-12/schema")
    assert found["$defs"]["Monthly"]["required"] == ["id", "title", "day"]


def test_the_sketch_of_the_design_is_a_schedule() -> None:
    sketch = """
version: 1
timezone: Asia/Shanghai
day_starts_at: "05:00"
calendar: {country: CN, weekend: [sat, sun]}
shops:
  - {id: tmall, name: {zh: 天猫旗舰店, en: Tmall flagship}, platform: tmall}
categories:
  complaints: {name: {zh: 投诉, en: Complaints}, words: [投诉, 维权, c], sla: 4h}
defaults: {grace: 15m, remind: {lead: 5m, repeat: 10m}}
metrics:
  refunds_pending: {name: {zh: 待退款, en: Refunds pending}, unit: orders, warn: "> 20"}
daily:
  - id: refunds
    at: "09:00"
    category: complaints
    title: {zh: 查看退款, en: Refunds}
    each: shop
    read: [refunds_pending]
weekly:
  - {id: morning-meeting, on: mon, at: "09:50", until: "10:30", hold_reminders: true, title: Meeting}
monthly:
  - {id: monthly-report, day: 6, convention: following, at: "18:00", covers: previous_month, title: Report}
dated:
rrule:
"""
    schedule = load(sketch.encode(), "sketch.yaml")
    assert schedule.categories["complaints"].settle == timedelta(hours=4)
    assert schedule.duties["morning-meeting"].category == ""
