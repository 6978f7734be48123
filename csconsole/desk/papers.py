"""Reports on paper: a period, a meeting, a month's refunds; rendered, saved as a file, sent to the printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.core.packs import Pack, RefundPack
from csconsole.desk.days import Days
from csconsole.desk.packs import Packs
from csconsole.i18n import _
from csconsole.reports import SUFFIXES, render_file

if TYPE_CHECKING:
    from csconsole.core.period import Period
    from csconsole.core.report import Report, TableName


class Papers(Days, Packs):
    """All raise `UserError` where a format, a file or the printer cannot be used. Personal data is masked unless that
    is asked for: `unmasked`, or `[reports]` `masked = false` in the settings; in a month's refunds it never is, for
    they are about these orders."""

    def paper(
        self, about: Period | Pack | None, format: str, *, table: TableName = "checks", unmasked: bool = False
    ) -> bytes:
        """The paper about a period (None: today) or a pack as the bytes of a file in `format`; of a period's CSV, this
        `table`."""
        if format not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise UserError(_("{format} is not a format; there are: {known}").format(format=format, known=known))
        if isinstance(about, Pack):
            return self._pack(about, unmasked)(format)
        return render_file(self.shareable(self.report(about), unmasked=unmasked), format, table=table)

    def save_paper(
        self,
        target: Path,
        about: Period | Pack | None,
        format: str | None = None,
        *,
        table: TableName = "checks",
        unmasked: bool = False,
    ) -> Path:
        """Write the paper to a file, private to the user, and say where it is. Without a `format`, the file's ending
        says which."""
        from csconsole.reports.printing import save

        paper = self.paper(about, format or format_of(target), table=table, unmasked=unmasked)
        return save(paper, target)

    def print_paper(self, about: Period | Pack | None, *, unmasked: bool = False) -> Path:
        """Send the paper to the system's printer; the file that was printed."""
        from csconsole.reports.printing import print_rendered, print_report

        if isinstance(about, Pack):
            return print_rendered(self._pack(about, unmasked), self.workspace.reports, about.name)
        return print_report(self.shareable(self.report(about), unmasked=unmasked), self.workspace.reports)

    def _pack(self, pack: Pack, unmasked: bool) -> Callable[[str], bytes]:
        """What makes a pack in a format."""
        from csconsole.reports.paper import render_paper

        if isinstance(pack, RefundPack):
            from csconsole.reports.refunds import refunds_paper

            return partial(render_paper, refunds_paper(self.refunds(pack)))
        from csconsole.core.masked import masked_meeting
        from csconsole.reports.meeting import meeting_paper

        meeting = self.meeting(pack)
        if self.masks() and not unmasked:
            meeting = masked_meeting(meeting)
        return partial(render_paper, meeting_paper(meeting))

    def shareable(self, report: Report, *, unmasked: bool = False) -> Report:
        """The report as it may leave the room."""
        from csconsole.core.masked import masked

        return report if unmasked or not self.masks() else masked(report)

    def masks(self) -> bool:
        """Whether the settings have personal data masked. Raises `UserError` for settings that cannot be used."""
        from csconsole.reminders.settings import masked as asked
        from csconsole.reminders.settings import table_of

        return asked(table_of(self.settings(), "reports", ("masked",)), "reports")


def format_of(target: Path) -> str:
    """The format that a file's ending says."""
    return {suffix: name for name, suffix in reversed(SUFFIXES.items())}.get(target.suffix.lower(), "text")
