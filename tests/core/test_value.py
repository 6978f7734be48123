"""What `csconsole.core.value` makes behaves as what the standard decorator makes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from csconsole.core import value


def made(dataclass: Callable[..., Any]) -> tuple[Any, ...]:
    """The same classes by one decorator or the other: some fields, one, none, and one that can change."""

    @dataclass(frozen=True, slots=True)
    class Some:
        """Documented."""

        a: int
        b: str = "b"
        c: tuple[float, ...] = dataclasses.field(default=(), repr=False)
        d: int = dataclasses.field(default=0, compare=False)

    @dataclass(frozen=True, slots=True)
    class One:
        a: object

    @dataclass(frozen=True)
    class Nothing:
        pass

    @dataclass(slots=True)
    class Changing:
        a: int
        b: int = 1

        def __repr__(self) -> str:
            return "its own"

    return Some, One, Nothing, Changing


OURS, THEIRS = made(value.dataclass), made(dataclasses.dataclass)
NAN = float("nan")
ARGUMENTS: list[tuple[int, tuple[object, ...]]] = [
    (0, (1,)),
    (0, (1, "b", (), 7)),
    (0, (2, "'", (NAN,))),
    (1, (None,)),
    (1, (NAN,)),
    (1, ((1, 2),)),
    (2, ()),
    (3, (1,)),
    (3, (2, 1)),
]


def values(classes: tuple[Any, ...]) -> list[Any]:
    return [classes[n](*arguments) for n, arguments in ARGUMENTS]


def test_values_are_equal_and_shown_alike() -> None:
    ours, theirs = values(OURS), values(THEIRS)
    again, theirs_again = values(OURS), values(THEIRS)
    assert [[a == b for b in (*again, 1, None)] for a in ours] == [
        [a == b for b in (*theirs_again, 1, None)] for a in theirs
    ]
    assert list(map(repr, ours)) == list(map(repr, theirs))
    assert ours[0] != theirs[0]


def test_what_cannot_change_is_hashed_alike_and_what_can_is_not() -> None:
    assert [hash(a) for a in values(OURS)[:7]] == [hash(a) for a in values(THEIRS)[:7]]
    for changing in (OURS[3](1), THEIRS[3](1)):
        with pytest.raises(TypeError, match="unhashable"):
            hash(changing)


def test_it_is_a_dataclass_of_its_fields() -> None:
    some, *_others, changing = OURS
    assert dataclasses.replace(some(1), a=2, d=3) == some(2)
    assert dataclasses.asdict(some(1)) == {"a": 1, "b": "b", "c": (), "d": 0}
    assert some.__doc__ == "Documented." and some.__slots__ == ("a", "b", "c", "d")
    with pytest.raises(dataclasses.FrozenInstanceError):
        some(1).a = 2
    one = changing(1)
    one.a = 2
    assert one == changing(2)
