"""Reports on paper: a period rendered in a format, saved as a file, sent to the printer."""

from __future__ import annotations

from pathlib import Path

from csconsole.core.errors import UserError
from csconsole.core.period import Period
from csconsole.desk.days import Days
from csconsole.i18n import _
from csconsole.reports import FORMATS, SUFFIXES, Format, render, render_pdf


class Papers(Days):
    """All raise `UserError` where a format, a file or the printer cannot be used."""

    def paper(self, period: Period | None, format: Format | str) -> bytes:
        """The report on a period (None: today) as the bytes of a file in `format`."""
        report = self.report(period)
        if format == "pdf":
            return render_pdf(report)
        for known in FORMATS:
            if known == format:
                return render(report, known).encode()
        known_formats = ", ".join(SUFFIXES)
        raise UserError(_("{format} is not a format; there are: {known}").format(format=format, known=known_formats))

    def save_paper(self, target: Path, period: Period | None, format: Format | str | None = None) -> Path:
        """Write the report to a file, private to the user, and say where it is. Without a `format`, the file's ending
        says which."""
        from csconsole.reports.printing import save

        by_suffix = {suffix: name for name, suffix in reversed(SUFFIXES.items())}
        return save(self.paper(period, format or by_suffix.get(target.suffix.lower(), "text")), target)

    def print_paper(self, period: Period | None) -> Path:
        """Send the report to the system's printer; the file that was printed."""
        from csconsole.reports.printing import print_report

        return print_report(self.report(period), self.workspace.reports)
