"""The pages behind today's: none of them is needed for the first paint."""

from __future__ import annotations

from collections.abc import Iterator

from csconsole.tui.pages.deadlines import DeadlinesPage
from csconsole.tui.pages.handover import HandoverPage
from csconsole.tui.pages.incidents import IncidentsPage
from csconsole.tui.pages.page import Page
from csconsole.tui.pages.reports import ReportsPage


def others() -> Iterator[Page]:
    yield IncidentsPage(id="incidents")
    yield DeadlinesPage(id="deadlines")
    yield ReportsPage(id="reports")
    yield HandoverPage(id="handover")
