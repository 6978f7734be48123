"""Reports on paper: a period, a meeting, a month's refunds; rendered, saved as a file, sent to the printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.core.packs import MeetingPack, Pack, RefundPack
from csconsole.core.period import Period
from csconsole.desk.days import Days
from csconsole.desk.packs import Packs
from csconsole.i18n import _
from csconsole.reports import SUFFIXES, render_file

if TYPE_CHECKING:
    from csconsole.core.report import Report, TableName

About = Period | Pack
"""What a paper is about."""


class Papers(Days, Packs):
    """All raise `UserError` where a format, a file or the printer cannot be used. Personal data is masked unless that
    is asked for: `unmasked`, or `[reports]` `masked = false` in the settings; in a month's refunds it never is, for
    they are about these orders."""

    def paper(self, about: About | None, format: str, *, table: TableName = "checks", unmasked: bool = False) -> bytes:
        """The paper about a period (None: today) or a pack as the bytes of a file in `format`; of the CSV of a period,
        this `table`."""
        if format not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise UserError(_("{format} is not a format; there are: {known}").format(format=format, known=known))
        return self._rendering(about, table, unmasked)(format)

    def save_paper(
        self,
        target: Path,
        about: About | None,
        format: str | None = None,
        *,
        table: TableName = "checks",
        unmasked: bool = False,
    ) -> Path:
        """Write the paper to a file, private to the user, and say where it is. Without a `format`, the file's ending
        says which."""
        from csconsole.reports.printing import save

        by_suffix = {suffix: name for name, suffix in reversed(SUFFIXES.items())}
        format = format or by_suffix.get(target.suffix.lower(), "text")
        return save(self.paper(about, format, table=table, unmasked=unmasked), target)

    def print_paper(self, about: About | None, *, unmasked: bool = False) -> Path:
        """Send the paper to the system's printer; the file that was printed."""
        from csconsole.reports.printing import print_rendered, print_report

        if about is None or isinstance(about, Period):
            return print_report(self._shareable(about, unmasked), self.workspace.reports)
        return print_rendered(self._rendering(about, "checks", unmasked), self.workspace.reports, about.name)

    def _rendering(self, about: About | None, table: TableName, unmasked: bool) -> Callable[[str], bytes]:
        """What makes the paper in a format."""
        from csconsole.reports.paper import render_paper

        match about:
            case RefundPack():
                from csconsole.reports.refunds import refunds_paper

                return partial(render_paper, refunds_paper(self.refunds(about)))
            case MeetingPack():
                from csconsole.core.masked import masked_meeting
                from csconsole.reports.meeting import meeting_paper

                meeting = self.meeting(about) if self._whole(unmasked) else masked_meeting(self.meeting(about))
                return partial(render_paper, meeting_paper(meeting))
            case _:
                report = self._shareable(about, unmasked)
                return lambda format: render_file(report, format, table=table)

    def _shareable(self, period: Period | None, unmasked: bool) -> Report:
        from csconsole.core.masked import masked

        report = self.report(period)
        return report if self._whole(unmasked) else masked(report)

    def _whole(self, unmasked: bool) -> bool:
        """Whether buyers may be recognised in what is handed on."""
        from csconsole.reminders.settings import masked as asked
        from csconsole.reminders.settings import table_of

        return unmasked or not asked(table_of(self.settings(), "reports", ("masked",)), "reports")
