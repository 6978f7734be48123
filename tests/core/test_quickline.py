"""The one-line log: every sentence of its rules, and that nothing typed is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import permutations
from random import Random
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from csconsole.core.errors import UserError
from csconsole.core.incident import Draft, Severity
from csconsole.core.lexicon import Lexicon
from csconsole.core.linecompletion import Completion, completions
from csconsole.core.quickline import (
    EmptyLine,
    LineTooLong,
    Note,
    NoteKind,
    Parsed,
    TokenKind,
    parse,
)
from csconsole.core.schedule import CalendarRule, Category, Language, Person, Platform, Schedule, Shop, Text
from csconsole.core.text import clean, halfwidth

# The categories, words and shops of the routine that ships.
CATEGORIES = """
complaints 投诉 Complaints: 投诉 客诉 维权 介入 纠纷 举报 12315 赔付 ts
refunds 退款 Refunds: 退款 退货 换货 补发 仅退款 价保 运费险 tk
shipments 发货 Shipments: 发货 延迟 错发 漏发 缺货 虚假发货 揽收 fh
reviews 评价 Reviews: 评价 差评 中评 低星 pj
logistics 物流 Logistics: 物流 丢件 破损 拒收 停滞 拦截 改址 查件 wl
quality 质量 Product quality: 质量 瑕疵 少件
invoices 发票 Invoices: 发票 开票
handover 交接 Handover: 交接 jj
operations 运营 Operations: 活动 运营 库存 yy
service 接待 Service: 接待 聊天 话术 响应 jd
shop 店铺 Shop health: 店铺 违规 扣分 体验分
team 团队 Team: 团队 td
sales 销售 Sales: 销售 xs
"""
SHOPS = """
tmall 天猫旗舰店 Tmall flagship: 天猫 Tmall
taobao 淘宝店 Taobao shop: 淘宝 Taobao
jd 京东店 JD shop: 京东 JD
pdd 拼多多店 Pinduoduo shop: 拼多多 Pinduoduo
douyin 抖音小店 Douyin shop: 抖音 Douyin
kuaishou 快手小店 Kuaishou shop: 快手 Kuaishou
"""
DAY = timedelta(days=1)
SAME_DAY = {"handover", "operations"}


def rows(table: str) -> Iterable[tuple[str, str, str, list[str]]]:
    for row in table.strip().splitlines():
        head, words = row.split(": ")
        it, zh, en = head.split(" ", 2)
        yield it, zh, en, words.split()


SCHEDULE = Schedule(
    zone=ZoneInfo("Asia/Shanghai"),
    day_starts_at=time(5),
    calendar=CalendarRule(),
    platforms={it: Platform(it, Text(*words)) for it, _zh, _en, words in rows(SHOPS)},
    shops={it: Shop(it, Text(zh, en), it) for it, zh, en, _words in rows(SHOPS)},
    categories={
        it: Category(it, Text(zh, en), tuple(words), settle=None if it in SAME_DAY else DAY, same_day=it in SAME_DAY)
        for it, zh, en, words in rows(CATEGORIES)
    },
    metrics={},
    people=(
        Person("li", Text("小李", "Li Lei"), Text("客服", "agent")),
        Person("wang", Text("王主管", "Wang"), Text("主管", "supervisor")),
    ),
    duties={},
)
NOW = datetime(2026, 11, 23, 9, 42, tzinfo=SCHEDULE.zone).astimezone(UTC)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def read(
    line: str,
    schedule: Schedule = SCHEDULE,
    now: datetime = NOW,
    *,
    people: Iterable[str] = (),
    language: Language = "en",
    default_category: str | None = None,
) -> Parsed:
    return parse(line, Lexicon(schedule, people, language), now, default_category=default_category)


def completed(line: str, cursor: int, people: Iterable[str] = (), language: Language = "en") -> list[Completion]:
    lexicon = Lexicon(SCHEDULE, people, language)
    try:
        return completions(parse(line, lexicon, NOW), cursor, lexicon)
    except UserError:
        return []


def draft(line: str, **options: object) -> Draft:
    return read(line, **options).draft  # type: ignore[arg-type]  # keywords passed on


def chips(parsed: Parsed) -> list[tuple[str, str]]:
    return [(token.kind.value, token.text) for token in parsed.tokens]


def told(parsed: Parsed) -> list[tuple[str, str, list[object]]]:
    """The notes but for the assumed category."""
    notes = (note for note in parsed.notes if note.what is not NoteKind.ASSUMED)
    return [(note.what.value, note.text, [choice.value for choice in note.choices]) for note in notes]


# -- the lines supervisors type --------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(range(7)))[::250])
def test_a_whole_line_in_any_order(order: tuple[int, ...]) -> None:
    words = ["退款", "天猫", "2608123456789012345", "买家说没收到", "@小李", "!!", "+2h"]
    line = " ".join(words[place] for place in order)
    parsed = read(line, language="zh")
    assert parsed.draft == Draft(
        title="买家说没收到",
        category="refunds",
        line=line,
        shop="tmall",
        orders=("2608123456789012345",),
        assignee="li",
        severity=Severity.CRITICAL,
        due_at=NOW + timedelta(hours=2),
    )
    assert parsed.notes == ()


def test_a_whole_line_in_english() -> None:
    line = "refund tmall #88120934 not received @li !! 18:00"
    assert draft(line) == Draft(
        title="not received",
        category="refunds",
        line=line,
        shop="tmall",
        orders=("88120934",),
        assignee="li",
        severity=Severity.CRITICAL,
        due_at=shanghai("2026-11-23T18:00"),
    )


def test_full_width_forms_count() -> None:
    parsed = read("＠小李　！！　＋２ｈ　＃１２３　ｔｋ　ＴＭＡＬＬ　２６０８１２３４５６　没收到，很急", language="zh")
    assert (parsed.draft.assignee, parsed.draft.severity) == ("li", Severity.CRITICAL)
    assert parsed.draft.due_at == NOW + timedelta(hours=2)
    assert parsed.draft.orders == ("123", "2608123456")
    assert (parsed.draft.category, parsed.draft.shop) == ("refunds", "tmall")
    assert parsed.draft.title == "没收到，很急"
    assert draft("１８：００ x").due_at == shanghai("2026-11-23T18:00")


def test_tokens_say_where_they_stand_and_what_was_typed() -> None:
    parsed = read(" ＃12  buyer  angry　TMALL, ")
    assert [(t.kind, t.text, t.start, t.end, t.value) for t in parsed.tokens] == [
        (TokenKind.ORDER, "＃12", 1, 4, "12"),
        (TokenKind.TITLE, "buyer  angry", 6, 18, "buyer  angry"),
        (TokenKind.SHOP, "TMALL,", 19, 25, "tmall"),
    ]


# -- categories ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "category"),
    [
        (spelling, it)
        for it, zh, en, words in rows(CATEGORIES)
        for spelling in {it, zh, en, en.upper(), *words}
        if spelling != "jd"  # a shop first: see below
    ]
    + [
        ("complaint", "complaints"),
        ("refund", "refunds"),
        ("shipment", "shipments"),
        ("review", "reviews"),
        ("invoice", "invoices"),
        ("operation", "operations"),
        ("Sale", "sales"),
    ],
)
def test_a_category_by_id_singular_name_and_words(spelling: str, category: str) -> None:
    for line in (f"{spelling} x y", f"x {spelling} tmall y", f"x y　{spelling}"):
        parsed = read(line)
        assert parsed.draft.category == category
        assert (TokenKind.CATEGORY.value, spelling) in chips(parsed)
        assert spelling not in parsed.draft.title.split()
        assert not parsed.category_assumed


def test_without_a_category_the_one_given_is_assumed_or_else_the_first() -> None:
    parsed = read("tmall buyer angry")
    assert parsed.draft.category == "complaints"
    assert parsed.category_assumed
    assert [(note.what, [c.value for c in note.choices]) for note in parsed.notes] == [
        (NoteKind.ASSUMED, ["complaints"])
    ]
    parsed = read("tmall buyer angry", default_category="reviews")
    assert parsed.draft.category == "reviews"
    assert parsed.category_assumed
    assert not read("refund buyer angry", default_category="reviews").category_assumed


def test_a_second_category_stays_in_the_title_and_is_told() -> None:
    parsed = read("投诉 买家 要求 退款 客诉 物流")
    assert parsed.draft.category == "complaints"
    assert parsed.draft.title == "买家 要求 退款 客诉 物流"
    assert told(parsed) == [("extra", "退款", ["refunds"]), ("extra", "物流", ["logistics"])]


@pytest.mark.parametrize(
    ("typed", "category", "shop", "title"),
    [
        ("没收到", "shop", "pdd", "没收到"),
        ("丢件 没收到", "logistics", "pdd", "没收到"),
        ("没收到 京东 退款", "refunds", "jd", "没收到"),
        ("退款 丢件 没收到", "refunds", "pdd", "丢件 没收到"),
        ("店铺 没收到", "shop", "pdd", "店铺 没收到"),
    ],
)
def test_what_was_not_typed_gives_way_to_what_was(typed: str, category: str, shop: str, title: str) -> None:
    begin = "店铺 拼多多 "
    draft = parse(begin + typed, Lexicon(SCHEDULE), NOW, given=len(begin)).draft
    assert (draft.category, draft.shop, draft.title, draft.line) == (category, shop, title, begin + typed)


def test_a_word_of_two_categories_is_neither() -> None:
    shared = {it: replace(category, words=("x1",)) for it, category in SCHEDULE.categories.items() if it != "team"}
    parsed = read("x1 late", replace(SCHEDULE, categories=shared))
    assert parsed.draft.title == "x1 late"
    assert parsed.category_assumed
    assert told(parsed)[0][:2] == ("undecided", "x1")
    assert told(read("x1 late refund", replace(SCHEDULE, categories=shared))) == []


# -- shops -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "shop"),
    [
        (spelling, it)
        for it, zh, en, words in rows(SHOPS)
        for spelling in sorted({it, it.upper(), zh, en, en.upper(), *words, *(zh[:end] for end in range(1, len(zh)))})
    ]
    + [("tm", "tmall"), ("Kuai", "kuaishou"), ("pin", "pdd"), ("天猫旗", "tmall"), ("ta", "taobao")],
)
def test_a_shop_by_id_platform_name_and_start_of_its_name(spelling: str, shop: str) -> None:
    for line in (f"refund {spelling} x y", f"{spelling} refund x", f"x y {spelling}　退款"):
        parsed = read(line)
        assert parsed.draft.shop == shop
        assert (TokenKind.SHOP.value, spelling) in chips(parsed)
        assert parsed.draft.category == "refunds"
        assert told(parsed) == []


def test_a_start_that_two_shops_have_is_neither() -> None:
    parsed = read("refund t late")
    assert parsed.draft.shop is None
    assert parsed.draft.title == "t late"
    assert told(parsed) == [("undecided", "t", ["tmall", "taobao"])]


def test_two_shops_on_one_platform() -> None:
    beauty = Shop("beauty", Text("天猫美妆店", "Tmall beauty"), "tmall")
    home = Shop("home", Text("天猫家居店", "Tmall home"), "tmall")
    schedule = replace(SCHEDULE, shops={"beauty": beauty, "home": home})
    parsed = read("refund 天猫 late", schedule)
    assert (parsed.draft.shop, parsed.draft.title) == (None, "天猫 late")
    assert told(parsed) == [("undecided", "天猫", ["beauty", "home"])]
    assert draft("refund 天猫家 late", schedule=schedule).shop == "home"
    assert draft("refund tmall b late", schedule=schedule).shop == "beauty"
    parsed = read("refund Tmall  home, late", schedule)
    assert (parsed.draft.shop, parsed.draft.title) == ("home", "late")
    assert draft("refund tmall x", schedule=schedule).title == "tmall x"


def test_the_letter_behind_a_shop_named_whole_is_not_its_name() -> None:
    assert draft("refund tmall f late").title == "f late"
    assert draft("refund tmall flagship late").title == "late"


def test_a_second_shop_stays_in_the_title_and_is_told() -> None:
    parsed = read("退款 京东 比 天猫 便宜 京东店")
    assert (parsed.draft.shop, parsed.draft.title) == ("jd", "比 天猫 便宜 京东店")
    assert told(parsed) == [("extra", "天猫", ["tmall"])]


@pytest.mark.parametrize(
    ("line", "shop", "category", "title", "notes"),
    [
        # jd is 京东 and, by its initials, 接待: the shop, unless another word names one and none the category.
        ("jd slow", "jd", "complaints", "slow", [("ambiguous", "jd", ["jd", "service"])]),
        ("jd 退款 slow", "jd", "refunds", "slow", []),
        ("service jd slow", "jd", "service", "slow", []),
        ("tmall jd slow", "tmall", "service", "slow", [("ambiguous", "jd", ["service", "jd"])]),
        ("jd tmall slow", "tmall", "service", "slow", [("ambiguous", "jd", ["service", "jd"])]),
        ("jd tmall 退款 slow", "jd", "refunds", "tmall slow", [("extra", "tmall", ["tmall"])]),
        ("jd k slow", "jd", "complaints", "k slow", [("ambiguous", "jd", ["jd", "service"])]),
        ("京东 jd slow", "jd", "service", "slow", [("ambiguous", "jd", ["service", "jd"])]),
        ("jd slow jd", "jd", "service", "slow", [("ambiguous", "jd", ["service", "jd"])]),
        # A shop's name of several words, of which one is a category.
        ("jd shop refund late", "jd", "refunds", "late", []),
        ("shop jd shop fined", "jd", "shop", "fined", []),
        ("jd shop fined", "jd", "shop", "fined", [("ambiguous", "jd shop", ["shop", "jd"])]),
        ("jd shop health", "jd", "shop", "Shop health", [("ambiguous", "jd shop", ["shop", "jd"])]),
    ],
)
def test_a_word_that_could_be_both(
    line: str, shop: str, category: str, title: str, notes: list[tuple[str, str, list[object]]]
) -> None:
    parsed = read(line)
    assert (parsed.draft.shop, parsed.draft.category, parsed.draft.title) == (shop, category, title)
    assert told(parsed) == notes


# -- orders, people, severity ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "orders"),
    [
        ("#1 late", ("1",)),
        ("＃A-12/3 late", ("A-12/3",)),
        ("#退-7 late", ("退-7",)),
        ("1234567890 late", ("1234567890",)),
        ("260812-345678901234567 late", ("260812-345678901234567",)),
        ("１２３４５６７８９０ late", ("1234567890",)),
        ("#1 late 1234567890 #2 #1", ("1", "1234567890", "2")),
        ("1234567890,1234567891，#3、1234567892; late", ("1234567890", "1234567891", "3", "1234567892")),
        ("123456789 late", ()),
        ("2026-11-23 late", ()),
        ("123456789a late", ()),
        ("-1234567890 late", ()),
        ("# ## late", ()),
        ("a#1 late", ()),
        ("SF12345678 late", ()),
    ],
)
def test_orders(line: str, orders: tuple[str, ...]) -> None:
    assert draft(line).orders == orders
    if not orders:
        assert draft(line).title == line


def test_many_orders_pasted_from_a_column() -> None:
    orders = [str(2608123456789012345 + place) for place in range(37)]
    found = draft("物流 圆通停滞\n" + "\r\n".join(orders))
    assert found.orders == tuple(orders)
    assert found.title == "圆通停滞"


@pytest.mark.parametrize(
    ("line", "assignee", "title", "notes"),
    [
        ("@li late", "li", "late", []),
        ("@LI late", "li", "late", []),
        ("@小李 late", "li", "late", []),
        ("@li lei late", "li", "late", []),
        ("@Zhang San late", "Zhang San", "late", []),
        ("@zhang late", "zhang", "late", [("unknown", "@zhang", ["zhang"])]),
        ("@小王 late", "小王", "late", [("unknown", "@小王", ["小王"])]),
        ("@小李，请跟进", "li", "请跟进", []),
        ("@小李，@wang late", "li", "@wang late", [("extra", "@wang", ["wang"])]),
        ("@li late @小王", "li", "late @小王", [("extra", "@小王", ["小王"])]),
        ("@li late @小李", "li", "late @小李", []),
        ("@ late a@b.c", None, "@ late a@b.c", [("broken", "@", [""])]),
        ("@小李\u2005请跟进", "li", "请跟进", []),  # the space WeChat puts behind a name
    ],
)
def test_who(line: str, assignee: str | None, title: str, notes: list[tuple[str, str, list[object]]]) -> None:
    parsed = read(f"refund {line}", people=["Zhang San"])
    assert (parsed.draft.assignee, parsed.draft.title) == (assignee, title)
    assert told(parsed) == notes


def test_a_person_of_the_schedule_is_kept_by_id_whatever_the_language() -> None:
    for typed in ("@小李", "@li", "@Li Lei"):
        assert {draft(f"{typed} late", language=language).assignee for language in ("zh", "en")} == {"li"}


@pytest.mark.parametrize(
    ("line", "severity", "title"),
    [
        ("late", Severity.NORMAL, "late"),
        ("! late", Severity.HIGH, "late"),
        ("late ！", Severity.HIGH, "late"),
        ("late !!", Severity.CRITICAL, "late"),
        ("late ！!!", Severity.CRITICAL, "late"),
        ("late ! now !!", Severity.HIGH, "late now !!"),
        ("急! late", Severity.NORMAL, "急! late"),
        ("!late", Severity.NORMAL, "!late"),
        ("late !? now", Severity.NORMAL, "late !? now"),
    ],
)
def test_how_bad(line: str, severity: Severity, title: str) -> None:
    assert (draft(line).severity, draft(line).title) == (severity, title)
    assert bool(told(read(line))) is title.endswith("now !!")


# -- limits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("+2h", timedelta(hours=2)),
        ("+30m", timedelta(minutes=30)),
        ("+1d", timedelta(days=1)),
        ("+1h30m", timedelta(hours=1, minutes=30)),
        ("+1D2H3M", timedelta(days=1, hours=2, minutes=3)),
        ("+1.5h", timedelta(minutes=90)),
        ("＋２小时", timedelta(hours=2)),
        ("+45分钟", timedelta(minutes=45)),
        ("+90min", timedelta(minutes=90)),
        ("+3天", timedelta(days=3)),
        ("+2h,", timedelta(hours=2)),
    ],
)
def test_a_limit_from_now(typed: str, span: timedelta) -> None:
    assert draft(f"refund {typed} late").due_at == NOW + span
    assert draft(f"refund {typed} late").title == "late"


@pytest.mark.parametrize(
    "typed", ["+2", "+h", "+", "+0h", "2h", "+2h3h", "+12345h", "+2h!", "25:00", "18:60", "1800", ":30"]
)
def test_what_is_no_limit_is_title(typed: str) -> None:
    found = draft(f"refund {typed} late")
    assert found.title == f"{typed} late"
    assert found.due_at == NOW + DAY


@pytest.mark.parametrize(
    ("now", "typed", "due", "later_day"),
    [
        ("2026-11-23T09:42", "18:00", "2026-11-23T18:00", False),
        ("2026-11-23T09:42", "9:43", "2026-11-23T09:43", False),
        # Passed, or just now: the next time the clock shows it.
        ("2026-11-23T09:42", "09:42", "2026-11-24T09:42", True),
        ("2026-11-23T18:30", "18:00", "2026-11-24T18:00", True),
        # Tonight's, before the business day ends at 05:00.
        ("2026-11-23T22:00", "01:00", "2026-11-24T01:00", False),
        ("2026-11-23T22:00", "05:00", "2026-11-24T05:00", True),
        ("2026-11-23T22:00", "24:00", "2026-11-24T00:00", False),
        ("2026-11-24T03:00", "04:00", "2026-11-24T04:00", False),
        ("2026-11-24T03:00", "18:00", "2026-11-24T18:00", True),
    ],
)
def test_a_limit_by_the_clock_is_the_next_time_it_shows(now: str, typed: str, due: str, later_day: bool) -> None:
    parsed = read(f"refund {typed} late", now=shanghai(now))
    assert parsed.draft.due_at == shanghai(due)
    assert told(parsed) == ([("later_day", typed, [shanghai(due)])] if later_day else [])


@pytest.mark.parametrize(
    ("now", "typed", "due"),
    [
        # 29 March 2026 in Berlin has no 02:30: it moves on by the hour left out.
        ("2026-03-28T23:00:00+00:00", "02:30", "2026-03-29T01:30:00+00:00"),
        ("2026-03-28T23:00:00+00:00", "18:00", "2026-03-29T16:00:00+00:00"),
        # 25 October 2026 has 02:30 twice.
        ("2026-10-25T00:00:00+00:00", "02:30", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T00:45:00+00:00", "02:30", "2026-10-25T01:30:00+00:00"),
        ("2026-10-25T01:45:00+00:00", "02:30", "2026-10-26T01:30:00+00:00"),
    ],
)
def test_a_limit_by_the_clock_when_clocks_change(now: str, typed: str, due: str) -> None:
    berlin = replace(SCHEDULE, zone=ZoneInfo("Europe/Berlin"))
    assert read(f"refund {typed} x", berlin, datetime.fromisoformat(now)).draft.due_at == datetime.fromisoformat(due)


def test_the_first_limit_counts_and_else_the_category_s() -> None:
    parsed = read("refund +2h or 18:00 late")
    assert parsed.draft.due_at == NOW + timedelta(hours=2)
    assert parsed.draft.title == "or 18:00 late"
    assert told(parsed) == [("extra", "18:00", [shanghai("2026-11-23T18:00")])]
    assert draft("refund late").due_at == NOW + DAY
    assert draft("handover late").due_at == shanghai("2026-11-24T05:00")
    assert draft("late", default_category="operations").due_at == shanghai("2026-11-24T05:00")


def test_the_end_of_time_is_no_fault_of_the_line() -> None:
    last = datetime(9999, 12, 30, tzinfo=UTC)
    timeless = replace(SCHEDULE, categories={"x": Category("x", Text("某", "x"))})
    assert read("x +9999d late", timeless, last).draft.title == "+9999d late"


# -- limits with their day, and the platform's ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("明天18:00", "2026-11-24T18:00"),
        ("明天 18:00", "2026-11-24T18:00"),
        ("后天９：０５前", "2026-11-25T09:05"),
        ("tomorrow 18:00", "2026-11-24T18:00"),
        ("today 18:00,", "2026-11-23T18:00"),
        ("周五18:00", "2026-11-27T18:00"),
        ("Fri 18:00", "2026-11-27T18:00"),
        ("周一18:00", "2026-11-23T18:00"),  # it is Monday, and this lies ahead
        ("周一09:00", "2026-11-30T09:00"),  # this does not
        ("下周一18:00", "2026-11-30T18:00"),
        ("下周日18:00", "2026-12-06T18:00"),
        ("星期天 24:00", "2026-11-30T00:00"),
        ("11-28 18:00", "2026-11-28T18:00"),
        ("11/28 18:00", "2026-11-28T18:00"),
        ("11月28日18:00", "2026-11-28T18:00"),
        ("2027-02-01 8:00", "2027-02-01T08:00"),
        ("1-5 18:00", "2027-01-05T18:00"),
        ("28号18:00", "2026-11-28T18:00"),
        ("5号18点半", "2026-12-05T18:30"),
        ("18点", "2026-11-23T18:00"),
        ("18:00前", "2026-11-23T18:00"),
        ("+3天", "2026-11-26T09:42"),
        ("3天内", "2026-11-26T09:42"),
        ("48小时内", "2026-11-25T09:42"),
    ],
)
def test_a_limit_on_a_day(typed: str, due: str) -> None:
    parsed = read(f"refund {typed} late")
    assert (parsed.draft.due_at, parsed.draft.title) == (shanghai(due), "late")
    assert (parsed.draft.platform_by, parsed.draft.respond_by) == (None, None)
    assert told(parsed) == []


@pytest.mark.parametrize("typed", ["11-20 18:00", "today 9:00", "2026-11-23 09:42"])
def test_a_limit_that_is_over_is_taken_and_told(typed: str) -> None:
    parsed = read(f"refund {typed} late")
    assert parsed.draft.due_at is not None
    assert parsed.draft.due_at <= NOW
    assert [note[:2] for note in told(parsed)] == [("passed", typed)]


@pytest.mark.parametrize("typed", ["13-28 18:00", "2-30 18:00", "周八18:00", "明天25:00", "0号18:00"])
def test_a_day_that_does_not_exist_sets_no_day(typed: str) -> None:
    assert typed.split()[0] in draft(f"refund {typed} late").title


def test_days_alone_are_a_limit_and_told_for_they_may_be_the_title_s() -> None:
    parsed = read("refund 3天 late")
    assert parsed.draft.due_at == NOW + 3 * DAY
    assert told(parsed) == [("ambiguous", "3天", [NOW + 3 * DAY, "3天"])]
    assert draft("refund 3天没收到").title == "3天没收到"
    assert draft("refund +2h 3天 late").title == "3天 late"


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("平台+48h", "2026-11-25T09:42"),
        ("平台18:00", "2026-11-23T18:00"),
        ("平台：明天18:00", "2026-11-24T18:00"),
        ("平台 明天 18:00", "2026-11-24T18:00"),
        ("平台 18:00前", "2026-11-23T18:00"),
        ("platform+48h", "2026-11-25T09:42"),
        ("Platform: 11-28 18:00", "2026-11-28T18:00"),
        ("p+48h", "2026-11-25T09:42"),
        ("Ｐ＋４８ｈ，", "2026-11-25T09:42"),
        ("p18:00", "2026-11-23T18:00"),
    ],
)
def test_the_platform_s_limit_stands_beside_ours(typed: str, due: str) -> None:
    found = draft(f"refund {typed} late +2h")
    assert (found.platform_by, found.due_at) == (shanghai(due), NOW + timedelta(hours=2))
    assert found.title == "late"
    alone = draft(f"refund {typed} late")
    assert (alone.platform_by, alone.due_at) == (shanghai(due), NOW + DAY)


def test_words_that_only_begin_like_a_platform_s_limit_are_title() -> None:
    for words in ("parts late", "平台 介入", "platform fined us", "parts p1 missing", "平台介入18:00"):
        assert draft(f"refund {words}").platform_by is None
        assert draft(f"refund {words}").title == words


# -- the buyer, and parcels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "buyer"),
    [
        ("buyer:tb_88", "tb_88"),
        ("买家：小可爱妈妈", "小可爱妈妈"),
        ("ＢＵＹＥＲ：tb_88，", "tb_88"),
        ("旺旺:tb_88", "旺旺:tb_88"),
        ("wx：abc123", "wx:abc123"),
        ("旺旺: tb_88", "旺旺:tb_88"),
        ("tel:13812345678 buyer:li", "tel:13812345678 li"),
        ("buyer:li buyer:li", "li"),
    ],
)
def test_who_bought(typed: str, buyer: str) -> None:
    found = draft(f"refund {typed} late")
    assert (found.buyer, found.title, found.orders) == (buyer, "late", ())


def test_a_mobile_number_is_the_buyer_s_and_told_for_it_could_be_an_order() -> None:
    parsed = read("refund 13812345678 late")
    assert (parsed.draft.buyer, parsed.draft.orders) == ("13812345678", ())
    assert told(parsed) == [("ambiguous", "13812345678", ["13812345678", "13812345678"])]
    assert draft("refund #13812345678 late").orders == ("13812345678",)


@pytest.mark.parametrize(
    ("typed", "parcels"),
    [
        ("SF1234567890123", ("SF1234567890123",)),
        ("yt8812345678901", ("YT8812345678901",)),
        ("ZTO781234567890 JT0001234567890", ("ZTO781234567890", "JT0001234567890")),
        ("JDVA12345678901-1-1-", ("JDVA12345678901-1-1-",)),
        ("EA123456789CN", ("EA123456789CN",)),
        ("快递:7812345678901", ("7812345678901",)),
        ("tracking:SF1234567890，YT8812345678、JD123456789", ("SF1234567890", "YT8812345678", "JD123456789")),
        ("快递单号： 7812345678901", ("7812345678901",)),
        ("Tracking: 7812345678901", ("7812345678901",)),
    ],
)  # fmt: skip
def test_parcels(typed: str, parcels: tuple[str, ...]) -> None:
    found = draft(f"logistics {typed} stuck")
    assert (found.tracking, found.orders, found.title) == (parcels, (), "stuck")


def test_a_number_labelled_as_either_is_taken_by_its_length_and_told() -> None:
    parcel, order = read("refund 单号:781234567890 x"), read("refund 单号:2608123456789012345 x")
    assert (parcel.draft.tracking, parcel.draft.orders) == (("781234567890",), ())
    assert (order.draft.tracking, order.draft.orders) == ((), ("2608123456789012345",))
    assert [note[0] for note in (*told(parcel), *told(order))] == ["ambiguous", "ambiguous"]
    assert draft("refund 订单:A-7 x").orders == ("A-7",)


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\t", ",", "，", "、", " , ", "; ", "\n\n"])
def test_37_orders_of_a_stalled_carrier(gap: str) -> None:
    orders = [str(2608123456789012345 + place) for place in range(37)]
    found = draft(f"物流 圆通停滞 {gap.join(orders)}{gap}@小李")
    assert found.orders == tuple(orders)
    assert (found.title.rstrip(" ,;、，"), found.assignee, found.category) == ("圆通停滞", "li", "logistics")


def test_a_pasted_table_of_orders_and_parcels() -> None:
    rows = "\n".join(f"{2608123456789012345 + n}\tSF12345678901{n:02}\t天猫" for n in range(5))
    parsed = read(f"物流\n{rows}\n")
    assert len(parsed.draft.orders) == len(parsed.draft.tracking) == 5
    assert parsed.draft.shop == "tmall"
    assert parsed.draft.title == "天猫 天猫 天猫 天猫" or parsed.draft.title.split() == ["天猫"] * 4


def test_an_order_that_is_there_twice_counts_once_and_is_told() -> None:
    parsed = read("物流 2608123456789012345 2608123456789012346 2608123456789012345")
    assert len(parsed.draft.orders) == 2
    assert told(parsed) == [("twice", "2608123456789012345", ["2608123456789012345"])]


# -- what only looks like something ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("@", "person"),
        ("＠", "person"),
        ("#", "order"),
        ("2.60812E+18", "order"),
        ("25:00", "limit"),
        ("18：60", "limit"),
        ("+2x", "limit"),
        ("+2", "limit"),
        ("2h", "limit"),
        ("48小时", "limit"),
        ("周五", "limit"),
        ("11-28", "limit"),
        ("平台+48x", "platform"),
        ("p+48", "platform"),
        ("平台25:00", "platform"),
        ("buyer:", "buyer"),
        ("旺旺：", "buyer"),
        ("快递:", "tracking"),
    ],
)
def test_a_wrong_token_stays_in_the_title_and_is_told(typed: str, kind: str) -> None:
    parsed = read(f"refund late {typed} x")
    assert parsed.draft.title == f"late {typed} x"
    assert [(note.what, note.text, note.choices[0].kind) for note in parsed.notes] == [("broken", typed, kind)]


@pytest.mark.parametrize(
    "line", ["明天 到货", "today late", "12 pieces", "a:b", "18:00:00 x", "3.5折", "买家 说", "A1 x"]
)
def test_words_of_every_day_are_not_complained_about(line: str) -> None:
    assert told(read(f"refund {line}")) == []
    assert draft(f"refund {line}").title == line


# -- the title, and what is no line ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("退款 买家  说　没收到 ", "买家  说　没收到"),
        ("买家  说 退款 没收到", "买家  说 没收到"),
        ("买家　退款　没收到", "买家　没收到"),
        ("买家说，@小李，没收到", "买家说，@小李，没收到"),
        ("(退款) “tmall” 没收到", "(退款) “tmall” 没收到"),
        ("退款, tmall: 没收到。", "没收到。"),
        ("+ - * / \\ ' \" ; rm -rf", "+ - * / \\ ' \" ; rm -rf"),
        ("[red]x[/] [@click=app.quit]", "[red]x[/] [@click=app.quit]"),
    ],
)
def test_the_title_is_kept_as_typed(line: str, title: str) -> None:
    assert draft(line).title == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("退款 天猫 2608123456789012345", "退款"),
        ("tk 天猫", "退款"),
        ("天猫 #12 ", "天猫 #12"),
        ("!!", "!!"),
    ],
)
def test_a_line_without_a_title_goes_by_its_category_or_by_all_it_says(line: str, title: str) -> None:
    assert draft(line, language="zh").title == title


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("退款天猫 late", [("退款", "refunds"), ("天猫", "tmall")]),
        ("买家要仅退款", [("仅退款", "refunds")]),
        ("退款 单号2608123456789012345", [("2608123456789012345", "2608123456789012345")]),
        ("parts tsunami", []),
        ("退款 天猫 买家说淘宝物流快", []),
    ],
)
def test_words_typed_without_spaces_are_title_and_told(line: str, held: list[tuple[str, str]]) -> None:
    parsed = read(line)
    assert told(parsed) == [("glued", text, [value]) for text, value in held]
    assert all(text in parsed.draft.title for text, _value in held)


@pytest.mark.parametrize("line", ["", " ", "\u3000 \t\n", "\x00\u200b\u202e"])
def test_a_line_that_says_nothing_is_refused(line: str) -> None:
    with pytest.raises(EmptyLine):
        read(line)


def test_a_line_that_is_too_long_is_refused_rather_than_cut() -> None:
    assert draft("款" * 10_000).title == "款" * 10_000
    with pytest.raises(LineTooLong):
        read("款" * 10_001)


@pytest.mark.parametrize(
    "line",
    [
        "退 ",
        "a ",
        "t ",
        "jd tmall ",
        "@a,",
        "2608123456,",
        "! ",
        "+2h ",
        "款",
        "tmall f",
        "jd a ",
        "@li lei ",
        "#,",
        "1-",
    ],
)
def test_a_long_line_is_read_fast(line: str) -> None:
    line = (line * 10_000)[:10_000]
    took = []
    for _attempt in range(3):
        start = process_time()
        read(line)
        took.append(process_time() - start)
    assert min(took) < 0.2  # 2 to 40 ms where this was written; what grows with the square takes seconds


# -- properties ------------------------------------------------------------------------------------------------

SPELLINGS = [word for it, zh, en, words in (*rows(CATEGORIES), *rows(SHOPS)) for word in (it, zh, en, *words)]
SIGNS = """@ # ! !! + : @li @小李 @li-lei #12 +2h +1h30m 18:00 1234567890 12-34567890 急! 退款天猫 t 明天18:00
周五 fri 11-28 3天 平台+48h p+2d platform 平台 买家:小可爱 buyer: wx:a1 13812345678 SF1234567890123 jd12345678901
快递: 单号:781234567890 订单:A-1 +2x 25:00 2.6E+18"""
PEOPLE = ("@li", "＠小李，", "@Zhang San", "@nobody")
words = st.one_of(
    st.sampled_from(SPELLINGS),
    st.sampled_from(SIGNS.split()),
    st.text("@#!+:,;、。-0123456789htmpsf天猫退款周平台买家 ", max_size=12),
    st.text(max_size=8),
)
gaps = st.sampled_from([" ", "  ", "\u3000", "", ",", "，"])
lines = st.lists(st.tuples(words, gaps), max_size=10).map(lambda parts: "".join(word + gap for word, gap in parts))
hostile = st.text(
    st.sampled_from("\x00\x1b]52;c;\x07\u202e\u2066\u200b[/]<script>'\"=\ud800\ufeff\n\t\r@#!+ 退"), max_size=60
)


def full(text: str, which: Iterable[bool]) -> str:
    """`text` with some of its ASCII characters in full-width form."""
    return "".join(
        ("　" if char == " " else chr(ord(char) + 0xFEE0)) if wide and " " <= char <= "~" else char
        for char, wide in zip(text, which, strict=True)
    )


def tried(line: str) -> Parsed | None:
    try:
        return read(line)
    except UserError:
        return None


@given(st.one_of(lines, hostile, st.text()))
def test_nothing_typed_is_lost(line: str) -> None:
    check_nothing_is_lost(line, tried(line))


@pytest.mark.parametrize("many", [4_000, pytest.param(200_000, marks=pytest.mark.long)])
def test_random_lines_lose_nothing(many: int) -> None:
    chance, lexicon = Random(4), Lexicon(SCHEDULE, ["Zhang San", "老王"])
    parts = (
        *SPELLINGS,
        *SIGNS.split(),
        *PEOPLE,
        *map(chr, range(0x20, 0x7F)),
        "\u202e",
        "\x1b[31m",
        "😀",
        "\u200d",
        "\ud800",
    )
    for _ in range(many):
        picked = (
            chance.choice(parts) if chance.random() < 0.9 else chr(chance.randrange(0x110000))
            for _word in range(chance.randrange(14))
        )
        line = "".join(part + chance.choice(("", " ", " ", " ", "　", "\n", "\t", ",", "，", "、")) for part in picked)
        try:
            parsed = parse(line, lexicon, NOW)
        except UserError:
            parsed = None
        check_nothing_is_lost(line, parsed)
        if parsed is not None:
            wide = parse(full(parsed.line, [chance.random() < 0.5 for _char in parsed.line]), lexicon, NOW)
            assert [token.kind for token in wide.tokens] == [token.kind for token in parsed.tokens]
            completions(parsed, chance.randrange(len(parsed.line) + 1), lexicon)


def check_nothing_is_lost(line: str, parsed: Parsed | None) -> None:
    if parsed is None:
        assert not clean(line, limit=None).strip()
        return
    assert parsed.line == parsed.draft.line == clean(line)
    end = 0
    for token in parsed.tokens:
        assert not parsed.line[end : token.start].strip()
        assert end <= token.start < token.end
        assert parsed.line[token.start : token.end] == token.text == token.text.strip()
        end = token.end
    assert not parsed.line[end:].strip()
    typed = [token.text for token in parsed.tokens if token.kind is TokenKind.TITLE]
    if typed:
        assert "".join(parsed.draft.title.split()) == "".join("".join(typed).split())
    assert parsed.draft.title.strip()


@given(st.data())
def test_full_and_half_width_forms_read_alike(data: st.DataObject) -> None:
    line = data.draw(lines)
    wide = full(line, data.draw(st.lists(st.booleans(), min_size=len(line), max_size=len(line))))
    half, mixed = tried(line), tried(wide)
    if half is None or mixed is None:
        assert half is mixed
        return
    assert [replace(t, text="", value="") for t in half.tokens] == [replace(t, text="", value="") for t in mixed.tokens]

    def plain(draft: Draft) -> Draft:
        return replace(draft, title=halfwidth(draft.title), line=halfwidth(draft.line))

    def plainly(note: Note) -> Note:
        return replace(note, text=halfwidth(note.text))

    assert plain(half.draft) == plain(mixed.draft)
    assert [plainly(note) for note in half.notes] == [plainly(note) for note in mixed.notes]


@given(st.one_of(lines, hostile, st.text()))
def test_what_was_read_is_clean(line: str) -> None:
    parsed = tried(line)
    if parsed is not None:
        found = parsed.draft
        texts = [found.title, found.line, *found.orders, *found.tracking, found.assignee or "", found.buyer or ""]
        assert not any(unicodedata.category(char) in ("Cc", "Cs") for text in texts for char in text)
        assert not any(char in text for text in texts for char in "\u202e\u2066\u200b\ufeff")


# -- completion ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "language", "texts"),
    [
        ("t", "en", ["Refunds", "Team", "Complaints", "Tmall", "Taobao"]),
        ("tk", "zh", ["退款"]),
        ("退", "en", ["退款"]),
        ("ＴＭ", "zh", ["天猫"]),
        ("refund pd", "en", ["Pinduoduo"]),
        ("refund fa", "en", []),
        ("refund com", "en", []),  # the category is named
        ("x @", "zh", ["@小李", "@王主管", "@张三"]),
        ("x @w", "zh", ["@王主管"]),
        ("x @z", "en", ["@Zhang"]),
        ("@li x @w", "zh", []),
        ("tmall", "en", []),  # already whole
        ("", "en", []),
        ("refund ", "en", []),
        ("#t", "en", []),
    ],
)
def test_completions(line: str, language: str, texts: list[str]) -> None:
    people = ["张三"] if language == "zh" else ["Zhang"]
    found = completed(line, len(line), people, language)  # type: ignore[arg-type]  # one of the two
    assert sorted(c.text for c in found) == sorted(texts)


def test_the_word_under_the_cursor_is_completed() -> None:
    line = "x ref tmall"
    assert [(c.text, c.start, c.end) for c in completed(line, 5)] == [("Refunds", 2, 5)]
    assert [c.text for c in completed(line, 4)] == ["Refunds", "Reviews"]
    assert completed(line, 2) == []
    assert completed(line, 99) == []


@given(lines, st.integers(-1, 50), st.sampled_from(["zh", "en"]))
def test_a_completion_is_read_as_what_it_offers(line: str, cursor: int, language: str) -> None:
    line = clean(line)
    for found in completed(line, cursor, ["Zhang San"], language):  # type: ignore[arg-type]  # one of the two
        whole = f"{line[: found.start]}{found.text}{line[found.end :]}"
        tokens = [(token.kind, token.start) for token in read(whole, people=["Zhang San"]).tokens]
        assert (found.kind, found.start) in tokens
