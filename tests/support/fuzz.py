"""How many examples a property is tried on."""

from __future__ import annotations

from hypothesis import settings


def of_a_hundred(n: int) -> int:
    """So many examples where the profile in force has a hundred: for what is dear to try. In a long run there are as
    many times more of them as of all others."""
    return settings.default.max_examples * n // 100
