"""Reports on paper: a period rendered in a format, saved as a file, sent to the printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csconsole.core.errors import UserError
from csconsole.desk.days import Days
from csconsole.i18n import _
from csconsole.reports import SUFFIXES, render_file

if TYPE_CHECKING:
    from csconsole.core.period import Period
    from csconsole.core.report import Report, TableName


class Papers(Days):
    """All raise `UserError` where a format, a file or the printer cannot be used. Personal data is masked unless that
    is asked for: `unmasked`, or `[reports]` `masked = false` in the settings."""

    def paper(
        self, period: Period | None, format: str, *, table: TableName = "checks", unmasked: bool = False
    ) -> bytes:
        """The report on a period (None: today) as the bytes of a file in `format`; of CSV, this `table`."""
        if format not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise UserError(_("{format} is not a format; there are: {known}").format(format=format, known=known))
        return render_file(self.shareable(self.report(period), unmasked=unmasked), format, table=table)

    def save_paper(
        self,
        target: Path,
        period: Period | None,
        format: str | None = None,
        *,
        table: TableName = "checks",
        unmasked: bool = False,
    ) -> Path:
        """Write the report to a file, private to the user, and say where it is. Without a `format`, the file's ending
        says which."""
        from csconsole.reports.printing import save

        paper = self.paper(period, format or format_of(target), table=table, unmasked=unmasked)
        return save(paper, target)

    def print_paper(self, period: Period | None, *, unmasked: bool = False) -> Path:
        """Send the report to the system's printer; the file that was printed."""
        from csconsole.reports.printing import print_report

        return print_report(self.shareable(self.report(period), unmasked=unmasked), self.workspace.reports)

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
