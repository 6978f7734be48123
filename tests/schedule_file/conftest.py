from __future__ import annotations

from collections.abc import Iterator

import pytest

from csconsole import i18n


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in English."""
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)
