"""Reports as they are handed in. `render` and `render_pdf` make a format of one, or of a handover; `printing` saves and
prints it.

A format's module is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from csconsole.i18n import speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csconsole.core.facts import Closing
    from csconsole.core.handover import Handover
    from csconsole.core.report import Report, TableName
    from csconsole.core.schedule import Language, Schedule
    from csconsole.reports.document import Document

Format = Literal["text", "chat", "markdown", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES = {
    "text": ".txt",
    "chat": ".txt",
    "markdown": ".md",
    "html": ".html",
    "json": ".json",
    "pdf": ".pdf",
    "csv": ".csv",
    "xlsx": ".xlsx",
}
"""Every format, and how the name of a file in it ends."""


def render(report: Report | Handover, format: Format, language: Language | None = None) -> str:
    """The report in one of `FORMATS`, in `language` (None: the one in use). It ends with a line break."""
    with speaking(language):
        match format:
            case "chat":
                return _as_chat(report)
            case "json":
                return _as_json(report)
            case _:
                return render_document(_composed(report), format).decode()


def render_document(document: Document, format: str) -> bytes:
    """A document as the bytes of a file: text, Markdown, HTML or PDF. Raises `UserError` where the PDF library or a
    font with Chinese characters is missing."""
    match format:
        case "markdown":
            from csconsole.reports.markdown import render_markdown

            return render_markdown(document).encode()
        case "html":
            from csconsole.reports.html import render_html

            return render_html(document).encode()
        case "pdf":
            from csconsole.reports.pdf import draw

            return draw(document)
    from csconsole.reports.text import render_text

    return render_text(document).encode()


def kept(report: Report, printed: Report) -> str:
    """A day as it is stored when it is closed: the report's JSON, with the page as it is `printed` as its `paper`."""
    from csconsole.reports.plain import dumps
    from csconsole.reports.plain_report import report_plain

    return dumps({**report_plain(report), "paper": render(printed, "text")})


def as_kept(closings: Sequence[Closing], schedule: Schedule, *, as_json: bool) -> str:
    """What was kept of a day each time it was closed, in the order written: all of it, or the pages printed."""
    import json

    from csconsole.reports.plain import dumps, instant

    kept = [(each, json.loads(each.summary)) for each in closings]
    if as_json:
        return dumps(
            [
                {"closed_at": instant(each.closed_at, schedule.zone), "by": each.by, "summary": summary}
                for each, summary in kept
            ]
        )
    # An earlier version kept no page.
    return "\n".join(summary.get("paper") or each.summary + "\n" for each, summary in kept)


def render_pdf(report: Report | Handover, language: Language | None = None) -> bytes:
    """The report as a PDF, in `language` (None: the one in use).

    Raises `UserError` where the PDF library or a font with Chinese characters is missing.
    """
    with speaking(language):
        return render_document(_composed(report), "pdf")


def render_table(report: Report, table: TableName, language: Language | None = None) -> bytes:
    """One of the tables beneath the report as CSV, in `language` (None: the one in use)."""
    from csconsole.reports.csv import render_csv
    from csconsole.reports.tables import table_of

    with speaking(language):
        return render_csv(table_of(report, table))


def render_workbook(report: Report, language: Language | None = None) -> bytes:
    """The tables beneath the report as an Excel workbook, in `language` (None: the one in use).

    Raises `UserError` where the library for it is missing.
    """
    from csconsole.reports.phrases import period, title
    from csconsole.reports.tables import tables_of
    from csconsole.reports.xlsx import render_xlsx

    with speaking(language):
        return render_xlsx(tables_of(report), f"{title(report)} {period(report)}", report.now)


def render_file(report: Report, format: str, language: Language | None = None, table: TableName = "checks") -> bytes:
    """The report as the bytes of a file in any format of `SUFFIXES`; of CSV, this `table`. Raises KeyError for a
    format that is none, and `UserError` as the others do."""
    match format:
        case "pdf":
            return render_pdf(report, language)
        case "csv":
            return render_table(report, table, language)
        case "xlsx":
            return render_workbook(report, language)
    known: dict[str, Format] = {name: name for name in FORMATS}
    return render(report, known[format], language).encode()


def _composed(report: Report | Handover) -> Document:
    from csconsole.core.report import Report

    if isinstance(report, Report):
        from csconsole.reports.compose import compose

        return compose(report)
    from csconsole.reports import handover

    return handover.compose(report)


def _as_chat(report: Report | Handover) -> str:
    from csconsole.core.report import Report
    from csconsole.reports import chat

    return chat.render_chat(report) if isinstance(report, Report) else chat.render_document(_composed(report))


def _as_json(report: Report | Handover) -> str:
    from csconsole.core.report import Report
    from csconsole.reports.handover_json import handover_plain
    from csconsole.reports.plain import dumps
    from csconsole.reports.plain_report import report_plain

    return dumps(report_plain(report) if isinstance(report, Report) else handover_plain(report))
