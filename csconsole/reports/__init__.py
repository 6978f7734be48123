"""Reports as they are handed in. `render` and `render_pdf` make a format of one; `printing` saves and prints it.

A format's module is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from csconsole.i18n import speaking

if TYPE_CHECKING:
    from csconsole.core.report import Report, TableName
    from csconsole.core.schedule import Language
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


def render(report: Report, format: Format, language: Language | None = None) -> str:
    """The report in one of `FORMATS`, in `language` (None: the one in use). It ends with a line break."""
    with speaking(language):
        match format:
            case "text":
                from csconsole.reports.text import render_text

                return render_text(_composed(report))
            case "chat":
                from csconsole.reports.chat import render_chat

                return render_chat(report)
            case "markdown":
                from csconsole.reports.markdown import render_markdown

                return render_markdown(_composed(report))
            case "html":
                from csconsole.reports.html import render_html

                return render_html(_composed(report))
            case "json":
                from csconsole.reports.plain_report import render_json

                return render_json(report)


def render_pdf(report: Report, language: Language | None = None) -> bytes:
    """The report as a PDF, in `language` (None: the one in use).

    Raises `UserError` where the PDF library or a font with Chinese characters is missing.
    """
    from csconsole.reports.pdf import draw

    with speaking(language):
        return draw(_composed(report))


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


def _composed(report: Report) -> Document:
    from csconsole.reports.compose import compose

    return compose(report)
