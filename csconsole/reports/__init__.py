"""Reports as they are handed in. `render` and `render_pdf` make a format of one; `printing` saves and prints it.

A format's module is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from csconsole.i18n import speaking

if TYPE_CHECKING:
    from csconsole.core.report import Report
    from csconsole.core.schedule import Language
    from csconsole.reports.document import Document

Format = Literal["text", "chat", "markdown", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES = {"text": ".txt", "chat": ".txt", "markdown": ".md", "html": ".html", "json": ".json", "pdf": ".pdf"}


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


def _composed(report: Report) -> Document:
    from csconsole.reports.compose import compose

    return compose(report)
