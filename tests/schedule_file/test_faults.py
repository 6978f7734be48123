"""Every fault is told at its line and column, all of them at once, within a second, and never by a traceback."""

from __future__ import annotations

import time as clock
from pathlib import Path

import pytest

from csconsole.core.errors import UserError
from csconsole.core.text import clean
from csconsole.schedule_file import Fault, Faults, compile_holidays, load

SHIPPED = (Path(__file__).parents[2] / "schedules" / "supervisor.yaml").read_bytes()

HEAD = """\
version: 1
timezone: Asia/Shanghai
categories: {c: {name: C, words: [x]}}
shops: [{id: jd, name: JD, platform: jd}]
metrics: {m: {name: M}}
"""


def faults_of(text: str | bytes) -> list[Fault]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(Faults) as raised:
        load(data, "my.yaml")
    return raised.value.faults


def daily(rest: str) -> str:
    """A schedule of one daily entry, which has all it needs but a time."""
    return HEAD + "daily:\n  - {id: a, title: T, category: c, " + rest + "}\n"


def entry(section: str, rest: str) -> str:
    """A schedule of one entry in another section, with all it needs but its days."""
    return HEAD + f"{section}:\n  - {{id: a, title: T, category: c, " + 'at: "09:00", ' + rest + "}\n"


def rule(text: str) -> str:
    return entry("rrule", f'rrule: ▸"{text}"')


def titled(rest: str) -> str:
    return HEAD + f'daily:\n- {{id: a, {rest}, at: "09:00", category: c}}\n'


# What is wrong (▸ marks the place that must be told), and a piece of what must be said of it.
ENTRIES: dict[str, tuple[str, str]] = {
    "short time": (daily("at: ▸9:5"), 'write it as "09:05"'),
    "time out of range": (daily("at: ▸25:00"), "hours go from 00 to 23"),
    "midnight as 24:00": (daily('at: ▸"24:00"'), "hours go from 00 to 23"),
    "time in other digits": (daily('at: ▸"1٩:00"'), "is not a time"),
    "time as a number": (daily("at: ▸900"), "is not a time"),
    "full-width time": (daily("at: ▸０９：３０"), 'write it as "09:30"'),
    "no time": (daily("steps: [x]").replace("- {id", "- ▸{id"), "the time is missing"),
    "two times": (daily('at: "09:00", by: ▸"10:00"'), "cannot both be given"),
    "unknown key": (daily('at: "09:00", ▸stpes: []'), "did you mean 'steps'?"),
    "key of another section": (daily('at: "09:00", ▸covers: own_month'), "it goes with: monthly"),
    "length without unit": (daily('at: "09:00", grace: ▸15'), "is not a length of time"),
    "length in words": (daily('at: "09:00", grace: ▸a while'), "write it as 15m"),
    "length of years": (daily('at: "09:00", grace: ▸999d'), "a year is the most"),
    "until before at": (daily('at: "09:00", until: ▸"08:59"'), "must be after 'at' (09:00)"),
    "until of a deadline": (daily('by: "09:00", until: ▸"10:00"'), "goes with 'at'"),
    "other time after until": (daily('at: "09:00", until: "10:00", at_on: {mon: ▸"10:00"}'), "not before 'until'"),
    "other time on no weekday": (daily('at: "09:00", at_on: {▸Mo: "10:00"}'), "is not a weekday"),
    "holding without an end": (daily('at: "09:00", hold_reminders: ▸true'), "needs 'until'"),
    "yes for true": (daily('at: "09:00", workdays_only: ▸yes'), "write true or false"),
    "unknown expiry": (daily('at: "09:00", expires: ▸never'), "known are: same_day"),
    "each of nothing": (daily('at: "09:00", each: ▸shops'), "write 'each: shop'"),
    "each of an empty list": (daily('at: "09:00", each: ▸[]'), "write 'each: shop'"),
    "unknown shop": (daily('at: "09:00", each: [jd, ▸jdd]'), "did you mean 'jd'?"),
    "unknown metric": (daily('at: "09:00", read: [m, ▸n]'), "there is no metric 'n'"),
    "metric twice": (daily('at: "09:00", read: [m, ▸m]'), "stands in the list already"),
    "unknown category": (daily('at: "09:00"').replace("category: c", "category: ▸cc"), "did you mean 'c'?"),
    "link that is none": (daily('at: "09:00", link: ▸"javascript:x()"'), "is not a web address"),
    "reminding by a length": (daily('at: "09:00", remind: ▸5m'), "write 'remind: off'"),
    "reminding without a length": (daily('at: "09:00", remind: {last_call: ▸soon}'), "is not a length of time"),
    "a last call at the end": (daily('at: "09:00", remind: {last_call: ▸0m}'), "must be longer than nothing"),
    "peace without end": (daily('at: "09:00", remind: {in_progress: ▸off}'), "is not a length of time"),
    "part of reminding": (daily('at: "09:00", remind: {▸lastcall: 5m}'), "did you mean 'last_call'?"),
    "reminding without end": (daily('at: "09:00", remind: {repeat: ▸0m}'), "must be longer than nothing"),
    "title as a number": (titled("title: ▸5"), "put it in quotes"),
    "title as a list": (titled("title: ▸[a]"), "one line of text"),
    "no title": (titled("title: ▸"), "a text is missing"),
    "nothing in the title": (titled('title: {zh: "题", en: ▸"\\u200b "}'), "a text is missing"),
    "title in no language": (titled("title: {▸cn: x}"), "unknown key 'cn'"),
    "title too long": (titled(f"title: ▸{'长' * 101}"), "202 columns, 200 is the most"),
    "month that is not covered": (titled('title: "▸{month}"').replace('"▸', '▸"'), "needs 'covers'"),
    "step too long": (titled(f"title: T, steps: [a, ▸{'b' * 501}]"), "501 columns, 500 is the most"),
    "bad id": (titled("title: T").replace("id: a", "id: ▸A@b"), "cannot be an id"),
    "id twice": (
        daily('at: "09:00"') + 'weekly:\n- {id: ▸a, on: mon, title: T, at: "09:00", category: c}\n',
        "the id 'a' is taken on line 7",
    ),
    "old id still alive": (daily('at: "09:00", was: [▸a]'), "is still the id of the entry on line 7"),
    "old id claimed twice": (
        daily('at: "09:00", was: z')
        + 'weekly:\n- {id: b, on: mon, title: T, at: "09:00", category: c, was: [y, ▸z]}\n',
        "carried on already by the entry on line 7",
    ),
    "weekday in full": (entry("weekly", "on: ▸monday"), "write one of mon, tue"),
    "one weekday of two": (entry("weekly", "on: [mon, ▸tues]"), "'tues' is not a weekday"),
    "no weekday": (entry("weekly", "").replace("- {", "- ▸{"), "'on' is missing"),
    "day of no month": (entry("monthly", "day: ▸32"), "the most is 31"),
    "day zero": (entry("monthly", "day: ▸0"), "the least is 1"),
    "day in quotes": (entry("monthly", 'day: ▸"6"'), "leave out the quotes"),
    "half a day": (entry("monthly", "day: ▸6.5"), "is not a whole number"),
    "unknown convention": (entry("monthly", "day: 6, convention: ▸folowing"), "did you mean 'following'?"),
    "impossible date": (entry("dated", "date: ▸2026-02-30"), "there is no such day"),
    "slashed date": (entry("dated", "dates: [2026-02-03, ▸2026/2/4]"), "write it as 2026-02-04"),
    "date far off": (entry("dated", "date: ▸9999-12-31"), "1970 to 2100"),
    "date twice": (entry("dated", "dates: [2026-02-03, ▸2026-02-03]"), "stands in the list already"),
    "date and dates": (entry("dated", "date: 2026-02-03, dates: ▸[2026-02-04]"), "cannot both be given"),
    "no date": (entry("dated", "").replace("- {", "- ▸{"), "the day is missing"),
    "rule without start": (rule("RRULE:FREQ=DAILY"), "DTSTART is missing"),
    "rule without rule": (rule("DTSTART:20260101"), "RRULE is missing"),
    "rule twice a day": (rule("DTSTART:20260101 RRULE:FREQ=DAILY;BYHOUR=9,17"), "more than one occurrence a day"),
    "rule for hours": (rule("DTSTART:20260101 RRULE:FREQ=HOURLY;INTERVAL=5"), "more than one occurrence a day"),
    "rule of nothing": (rule("DTSTART:20260101 RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), "names no day at all"),
}

FILES: dict[str, tuple[str | bytes, str]] = {
    "no version": ("▸timezone: UTC\n", "'version' is missing"),
    "other version": (HEAD.replace("1", "▸2", 1), "the version must be 1"),
    "version that is true": (HEAD.replace("1", "▸true", 1), "the version must be 1"),
    "unknown section": (HEAD + "▸dayly: []\n", "did you mean 'daily'?"),
    "unknown key of a category": (HEAD.replace("words:", "▸wrods:"), "did you mean 'words'?"),
    "unknown key of a reading's platform": (
        HEAD.replace("name: M", "name: M, platforms: {jd: {▸rang: [0, 5]}}"),
        "did you mean 'range'?",
    ),
    "section of no list": (HEAD + "daily: ▸{id: a}\n", "this must be a list"),
    "hours without an end": (HEAD + 'quiet: ▸"22:30"\n', 'write it as "22:30-07:30"'),
    "hours with spaces": (HEAD + 'quiet: ▸"22:30 – 7:30"\n', 'write it as "22:30-07:30"'),
    "full-width hours": (HEAD + "lunch: ▸１２：３０～１３：２０\n", 'write it as "12:30-13:20"'),
    "hours of no clock": (HEAD + 'lunch: ▸"12:30-13:60"\n', "hours go from 00 to 23"),
    "hours that are a length": (HEAD + "lunch: ▸50m\n", "is no part of the day"),
    "no hours": (HEAD + "quiet: ▸off\n", "'off' is no part of the day"),
    "hours of all day": (HEAD + 'quiet: ▸"08:00-08:00"\n', "give it another end"),
    "working hours nobody gave": (
        HEAD.replace("words: [x]", "working_hours: ▸true"),
        'write working_hours: "09:00-22:00"',
    ),
    "working hours that are a day": (HEAD + "working_hours: {hours: ▸mon}\n", "is no part of the day"),
    "unknown key of working hours": (
        HEAD + 'working_hours: {hours: "09:00-22:00", ▸workday_only: true}\n',
        "did you mean",
    ),
    "working hours without hours": (HEAD + "working_hours: ▸{workdays_only: true}\n", "'hours' is missing"),
    "platform limit of nothing": (HEAD.replace("words: [x]", "platform_limit: ▸0m"), "longer than nothing"),
    "platform limit of no platform": (
        HEAD.replace("words: [x]", "platform_limit: {▸tmall: 48h}"),
        "there is no platform 'tmall'",
    ),
    "platform limit of no length": (
        HEAD.replace("words: [x]", "platform_limit: {jd: ▸soon}"),
        "'soon' is not a length of time",
    ),
    "standing still by halves": (HEAD.replace("words: [x]", "stands_still: ▸maybe"), "write true or false"),
    "hours in an entry": (HEAD + 'daily:\n  - {id: a, title: T, at: "09:00", ▸quiet: "22:30-07:30"}\n', "unknown key"),
    "unknown zone": (HEAD.replace("Asia/Shanghai", "▸Asia/Shangai"), "did you mean 'Asia/Shanghai'?"),
    "zone that is a path": (HEAD.replace("Asia/Shanghai", "▸../../etc/passwd"), "there is no time zone"),
    "unknown country": (HEAD + "calendar: {country: ▸China}\n", "there is no country 'China'"),
    "unknown part": (HEAD + "calendar: {country: US, subdivision: ▸QQ}\n", "is no part of US"),
    "all week off": (HEAD + "calendar: {weekend: ▸[mon, tue, wed, thu, fri, sat, sun]}\n", "one working day"),
    "shop id twice": (HEAD.replace("[{id: jd", "[{id: jd, name: X, platform: jd}, {id: ▸jd"), "is taken on line 4"),
    "unknown platform": (HEAD.replace("form: jd", "form: ▸jd") + "platforms: {tb: {name: TB}}\n", "no platform 'jd'"),
    "warning without sign": (HEAD.replace("name: M", "name: M, warn: ▸20"), 'in quotes as "> 20"'),
    "range upside down": (HEAD.replace("name: M", "name: M, range: ▸[5, 0]"), "must be below the second"),
    "range without end": (HEAD.replace("name: M", "name: M, range: ▸[0, .inf]"), "too large a number"),
    "warning out of range": (HEAD.replace("name: M", 'name: M, range: [0, 5], warn: ▸"> 9"'), "outside the range"),
    "reading on no platform": (HEAD.replace("name: M", "name: M, platforms: {▸tb: }"), "there is no platform 'tb'"),
    "word of two categories": (
        HEAD.replace("words: [x]}", "words: [x]}, d: {name: D, words: [y, ▸Ｘ]}"),
        "already means the category 'c'",
    ),
    "word as a number": (HEAD.replace("[x]", "[x, ▸12315]"), 'put it in quotes: "12315"'),
    "words with a space": (HEAD.replace("[x]", "[▸x y]"), "more than one word"),
    "people without a name": (HEAD + "people:\n  - ▸id: li\n", "'name' is missing"),
    "key twice": (HEAD + "people: []\n▸people: []\n", "the first is on line 6"),
    "alias": (HEAD + "people: ▸*x\n", "'*x' is an alias"),
    "anchor": (HEAD + "people: ▸&x []\n", "'&x' is an anchor"),
    "tag": (HEAD + "people: ▸!!seq []\n", "'!' begins a tag"),
    "list as a key": (HEAD + "▸[a]: b\n", "a key must be a plain word"),
    "two documents": (HEAD + "▸---\nversion: 1\n", "a second document"),
    "tab": (HEAD + "daily:\n▸\t- id: a\n", "indent with spaces"),
    "open quote": (HEAD + 'daily:\n  - id: ▸"a\n', "the quote that begins here"),
    "open bracket": (HEAD + "daily: ▸[{id: a}\n", "the bracket that opens here"),
    "open bracket at the end": (HEAD + "daily: [\n▸", "while a bracket is open"),
    "no comma": (HEAD + "daily: [{id: a} ▸{id: b}]\n", "a ',' is missing here"),
    "text with a colon": (HEAD + "daily:\n  - title: a▸: b\n", "put a text that holds one in quotes"),
    "text with a sign": (HEAD + "daily:\n  - title: ▸@a\n", "cannot begin with '@'"),
    "warning without quotes": (HEAD + "x:\n  warn: > ▸20\n", "put it in quotes"),
    "bad indentation": (HEAD + "daily:\n  - id: a\n   ▸title: b\n", "check the indentation"),
    "unknown escape": (HEAD + 'x: "▸\\q"\n', "use single quotes"),
    "full-width colon": (HEAD + "daily▸：\n  - id: a\n", "this colon is full-width"),
    "colon without a space": (HEAD + "daily:\n  - ▸id:a\n", "a space is missing after ':'"),
    "text for a schedule": ("▸hello\n", "'key: value' lines"),
    "list for a schedule": ("\n▸- a\n", "'key: value' lines"),
    "control character": (HEAD + "people: [▸\x07]\n", "U+0007"),
    "line separator": (HEAD + "x: ▸\u2028\n", "U+2028"),
    "Chinese before the fault": (HEAD + "people: [{名: 一二三, 号: ▸*x}]\n", "'*x' is an alias"),
    "after a BOM": ("\ufeff" + HEAD.replace("version", "▸verison"), "did you mean 'version'?"),
    "lines of Windows": ((HEAD + "▸x: 1\n").replace("\n", "\r\n"), "unknown key 'x'"),
    "ten thousand levels": ("a: " + "[" * 49 + "▸" + "[" * 9_951, "nested too deeply"),
    "ten thousand levels, indented": ("- " * 50 + "▸" + "- " * 9_950, "nested too deeply"),
    "ten thousand levels, line by line": (
        "".join(" " * depth + ("▸" if depth == 50 else "") + "a:\n" for depth in range(1_000)),
        "nested too deeply",
    ),
    "endless list": ("- a\n" * 19_999 + "- ▸a\n" + "- a\n" * 200_000, "more than 20000 entries"),
    # Of a file that cannot be read at all, the place is its beginning.
    "empty": (b"", "the file is empty"),
    "blank": (b"\n \n", "the file is empty"),
    "only a BOM": (b"\xef\xbb\xbf", "the file is empty"),
    "only comments": (b"# nothing\n", "the file is empty"),
    "GBK": (SHIPPED.decode().encode("gbk", "replace"), "the file is GBK"),
    "UTF-16": (SHIPPED.decode().encode("utf-16"), "the file is UTF-16"),
    "not text": (bytes(range(128, 256)), "not UTF-8"),
    "over 1 MB": (SHIPPED + b"#" * 1_000_000, "larger than 1 MB"),
    "5 MB": (b"- a\n" * 1_250_000, "larger than 1 MB"),
}

ALL: dict[str, tuple[str | bytes, str]] = {**ENTRIES, **FILES}


def unmarked(text: str | bytes) -> tuple[bytes, list[tuple[int, int]]]:
    """The file, and the line and the column of each place that ▸ marked in it; of bytes, its beginning."""
    if isinstance(text, bytes):
        return text, [(1, 1)]
    pieces = text.split("▸")
    places = []
    for count in range(1, len(pieces)):
        lines = "".join(pieces[:count]).removeprefix("\ufeff").split("\n")
        places.append((len(lines), len(lines[-1]) + 1))
    return "".join(pieces).encode(), places


@pytest.mark.parametrize("name", ALL)
def test_fault_has_its_place_and_its_hint(name: str) -> None:
    text, piece = ALL[name]
    data, [place] = unmarked(text)
    began = clock.process_time()
    found = faults_of(data)
    assert clock.process_time() - began < 1
    assert [fault for fault in found if (fault.line, fault.column) == place and piece in fault.message], found


@pytest.mark.parametrize("name", ENTRIES)
def test_fault_is_told_once_and_alone(name: str) -> None:
    assert len(faults_of(unmarked(ENTRIES[name][0])[0])) == 1


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = HEAD.replace("Asia", "▸Asien").replace("{name: M}", "{name: ▸5}") + (
        "daily:\n"
        '  - {id: a, title: T, category: ▸zz, at: ▸"9:00", until: "08:00", grace: ▸x, read: [▸q], ▸wo: 1}\n'
        '  - {id: ▸a, title: ▸"{month}", category: c, at: "09:00", each: [▸zz]}\n'
        "▸monthy: []\n"
        "monthly:\n"
        '  - {id: ▸B, title: T, category: c, by: "18:00", day: ▸40, was: ▸a}\n'
    )
    data, places = unmarked(text)
    assert [(fault.line, fault.column) for fault in faults_of(data)] == places


def test_faults_read_as_file_line_column_message() -> None:
    with pytest.raises(UserError) as raised:
        load(daily("at: 9:5").encode(), "schedules/my.yaml")
    assert str(raised.value) == "schedules/my.yaml:7:40: '9:5' is not a time, write it as \"09:05\""


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "".join(f"key{number}: 1\n" for number in range(9_000)),
        HEAD + "daily:\n" + "".join(f"- {{id: a, category: x{number}}}\n" for number in range(3_000)),
        "\0" * 900_000,
        "a: &a [x]\n" + "".join(f"b{number}: [{'*a,' * 50}]\n" for number in range(300)),
    ],
    ids=["unknown keys", "bad entries", "control characters", "aliases"],
)
def test_thousands_of_faults_are_told_within_a_second(text: str) -> None:
    times = []
    while not times or (min(times) >= 1 and len(times) < 3):  # a busy machine makes even processor time longer
        began = clock.process_time()
        found = faults_of(text)
        times.append(clock.process_time() - began)
    assert min(times) < 1
    assert 200 <= len(found) <= 201


def test_what_is_quoted_cannot_command_a_terminal() -> None:
    found = faults_of(HEAD + 'daily:\n  - {"\\e]52;c;x\\a\\u202e": "\\e[31m", id: "\\e[2J"}\n')
    assert all(clean(fault.message) == fault.message for fault in found)
    assert len(found) >= 3


def test_holiday_faults() -> None:
    text = (
        "version: 1\n"
        "days_off:\n"
        "  - ▸2026-12-31\n"
        "  - {date: ▸2026-13-01, name: X}\n"
        "  - ▸{date: 2027-01-03}\n"
        "  - {date: 2027-01-04, name: X}\n"
        "workdays:\n"
        "  - ▸2027-01-04\n"
        "  - ▸2027-1-5\n"
        "announced: [▸27, ▸'2027']\n"
        "▸holidays: []\n"
    )
    data, places = unmarked(text)
    with pytest.raises(Faults) as raised:
        compile_holidays(data, "holidays.yaml")
    assert [(fault.line, fault.column) for fault in raised.value.faults] == places
