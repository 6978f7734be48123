"""Whatever the bytes, the loader gives a schedule or says what is wrong: never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz import of_a_hundred
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from csconsole.core.text import clean
from csconsole.schedule_file import Faults, build, build_holidays, compile, compile_holidays

SCHEDULES = Path(__file__).parents[2] / "schedules"
SHIPPED = (SCHEDULES / "supervisor.yaml").read_text(encoding="utf-8")
LINES = SHIPPED.splitlines(keepends=True)

VALUES = [
    "", "~", "null", "true", "off", "[]", "{}", "[{}]", "{a: b}", "- a", "0", "-1", "1e999", ".nan", "9" * 400, "'",
    '"', ":", "：", "*a", "&a", "!a", ">", "|", "%", "@", "`", "\t", "\x00", "\ud7ff", "\ufeff", "\u202e", "[" * 60,
    '"\\ud800"', '"\\e[2J"', "24:00", "2026-02-30", "{month}", "RRULE:FREQ=DAILY", "shop", "same_day", "x" * 3000,
]  # fmt: skip


def read_all(data: bytes) -> None:
    for compiled, built in ((compile, build), (compile_holidays, build_holidays)):
        try:
            plain = compiled(data, "my.yaml")
        except Faults as found:
            assert found.faults
            for fault in found.faults:
                assert fault.line >= 1 and fault.column >= 1
                assert clean(fault.message) == fault.message
        else:
            built(plain)


@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b"? ? ? a")
@example(b"*a")
@example(b"- *a")
@example(b"{*a : b}")
@example(b"a: !!binary x")
def test_any_bytes(data: bytes) -> None:
    read_all(data)


@settings(deadline=None)
@given(st.text(alphabet="abci:- \n\t'\"[]{}&*!|>#,%@0123456789：题", max_size=200))
def test_any_text_that_looks_like_yaml(text: str) -> None:
    read_all(text.encode())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=of_a_hundred(15))
@given(st.data())
def test_shipped_schedule_with_lines_changed(data: st.DataObject) -> None:
    lines = list(LINES)
    for _each in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "repeat", "indent", "value", "cut"])):
            case "drop":
                lines[index] = ""
            case "repeat":
                lines[index] *= 2
            case "indent":
                lines[index] = "  " + lines[index]
            case "value":
                key, colon, _rest = lines[index].partition(": ")
                lines[index] = key + colon + data.draw(st.sampled_from(VALUES)) + "\n"
            case "cut":
                lines[index] = lines[index][: data.draw(st.integers(0, len(lines[index])))]
    read_all("".join(lines).encode())


KEYS = sorted(
    {"version", "timezone", "calendar", "shops", "categories", "metrics", "people", "daily", "monthly", "rrule"}
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*KEYS, "id", "title", "name", "words", "at", "by", "each", "was", "read", "platforms", "remind"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=of_a_hundred(15))
@given(st.dictionaries(st.sampled_from(KEYS), PLAIN, max_size=6))
def test_any_shape_under_the_right_keys(content: dict[str, object]) -> None:
    import yaml

    text = yaml.safe_dump(content, allow_unicode=True)
    read_all(text.encode("utf-8", "replace"))


@pytest.mark.parametrize("at", range(0, len(SHIPPED), 997))
def test_shipped_schedule_cut_short(at: int) -> None:
    read_all(SHIPPED[:at].encode())
