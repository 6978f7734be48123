"""What leaves the room names no buyer."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csconsole.core.incident import Draft, Event, EventKind, Incident
from csconsole.core.masked import masked_incident
from csconsole.core.masking import mask, mask_number

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("买家电话13812345678催", "买家电话138****5678催"),
        ("+86 138-1234-5678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("座机 0571-88123456", "座机 0571-****3456"),
        ("mail wang.li@example.com.cn", "mail w***@example.com.cn"),
        ("退款 2608123456789012345 没到", "退款 2608…2345 没到"),
        ("订单260812-345678901号", "订单2608…8901号"),
        ("#88120934 少件", "#88…34 少件"),
        ("SF1234567890123 停了三天", "SF1…123 停了三天"),
        ("身份证 33010619900101123X", "身份证 3301…123X"),
        ("浙江省杭州市西湖区文三路123号4幢501室", "浙江省杭州市西湖区***"),
        ("改到南京市鼓楼区中山北路30-2号", "改到南京市鼓楼区***"),
        ("at 12 Long Hill Road please", "at *** please"),
    ],
)
def test_personal_data_is_masked(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 09:30 已退款 128.50 元",
        "#41 和 #107 是同一个买家",
        "赔付 1,250 元,共 37 单,第 3 次",
        "体验分 4.8123456789",
        "路上堵了,5 号再送",
        "@小李 +2h !! 18:00",
        "",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text) == text


@given(st.text(alphabet=st.sampled_from("0123456789 -#@.+市路号省abX一买１…*'"), max_size=60))
def test_masking_twice_changes_nothing_and_leaves_no_long_number(text: str) -> None:
    once = mask(text)
    assert mask(once) == once
    assert not re.search(r"(?<![0-9A-Za-z.])1[3-9][0-9]{9}(?![0-9A-Za-z-])", once)


@given(st.text(alphabet="0123456789", min_size=10, max_size=25))
def test_a_number_keeps_its_ends_and_hides_its_middle(number: str) -> None:
    start, end = mask_number(number).split("…")
    assert number.startswith(start) and number.endswith(end)
    assert 2 <= len(start) == len(end) <= 4
    assert mask_number(mask_number(number)) == mask_number(number)


def test_an_incident_names_no_buyer_and_keeps_its_counts() -> None:
    orders = tuple(f"2608{middle:07d}2345" for middle in range(37))
    draft = Draft(
        "打 13812345678", "refunds", "退款 13812345678", orders=orders, buyer="tb_wang88", tracking=("SF1234567890123",)
    )
    events = (
        Event(EventKind.ORDER_CLOSED, NOON, "Li", value=orders[3]),
        Event(EventKind.ORDER_ADDED, NOON, "Li", value="9908123456789012345"),
        Event(EventKind.NOTE, NOON, "Li", "寄到杭州市文三路1号,13812345678"),
        Event(EventKind.BUYER, NOON, "Li", value="tb_wang99"),
        Event(EventKind.PROMISED, NOON, "Li", "回电", value="13812345678"),
    )
    shown = masked_incident(Incident(1, draft, NOON, "Wang", events))
    assert (len(shown.orders), len(shown.orders_left)) == (38, 37)
    assert "13812345678" not in repr(shown)
    assert all(each not in repr(shown) for each in ("tb_wang", "SF1234567890123", "文三路", *orders))
    assert shown.standing.promises[0].to == "138****5678"
