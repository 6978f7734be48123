from __future__ import annotations

import pytest
from monday import HOSTILE, Facts, everywhere, monday


@pytest.fixture
def facts() -> Facts:
    return monday()


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest, facts: Facts) -> Facts:
    """The Monday with one and the same bad text wherever a person can type."""
    return everywhere(facts, request.param)
