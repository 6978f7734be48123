"""Paper for a PDF: A4 pages with numbers, a font that draws Chinese, and text that never becomes boxes."""

from __future__ import annotations

from itertools import count

from fpdf import FPDF
from fpdf.fonts import TTFFont

from csconsole.core.errors import UserError
from csconsole.i18n import _
from csconsole.reports import lines
from csconsole.reports.drawing import SMALL, WIDTH, Box, Dot, Drawing, Fill, Label, Path, Shape, Stroke, hatched
from csconsole.reports.fonts import candidates

Colour = tuple[int, int, int]
INK, SOFT, RULE, ACCENT = (26, 26, 26), (85, 85, 85), (200, 200, 200), (29, 58, 92)
PAPER = (255, 255, 255)
_FILLS = {Fill.NONE: PAPER, Fill.GREY: (201, 206, 214), Fill.HATCH: PAPER, Fill.SOLID: INK}
LEADING = 0.5
"""The height of a line in millimetres, for each point of its font's size."""

_SIDE, _TOP, _FOOT = 14.0, 15.0, 17.0
_SAMPLE = "查看报告一二三四五六日"

# What a font may lack, and what says the same.
_INSTEAD = {"✓": "√", "✗": "×", "▲": "!", "●": "*", "◐": "~", "→": ">", "–": "-", "—": "-", "·": ".", "…": "..."}


class Sheet(FPDF):
    """Pages drawn on from top to bottom. Lengths are millimetres, font sizes points."""

    def __init__(self, footer: str) -> None:
        super().__init__()
        self.set_margins(_SIDE, _TOP, _SIDE)
        self.set_auto_page_break(False)
        self.c_margin = 0
        self._footer = footer
        self._family, self._faces = self._use_a_font()
        self._drawable = frozenset.intersection(*(frozenset(face.cmap) for face in self._faces))
        self.add_page()

    def _use_a_font(self) -> tuple[str, tuple[TTFFont, TTFFont]]:
        """The family put to use, and its faces: regular and bold."""
        for number, (regular, bold) in zip(count(), candidates(), strict=False):
            family = f"report{number}"
            try:
                self.add_font(family, "", regular.file, collection_font_number=regular.index)
                self.add_font(family, "B", bold.file, collection_font_number=bold.index)
            except Exception:  # noqa: BLE001 -- what a font it cannot take makes the library raise, is not written down
                continue
            regular_face, bold_face = self.fonts[family], self.fonts[family + "B"]
            if isinstance(regular_face, TTFFont) and isinstance(bold_face, TTFFont):
                faces = (regular_face, bold_face)
                if all(ord(character) in face.cmap for face in faces for character in _SAMPLE):
                    return family, faces
                for face in faces:
                    face.ttfont.close()
        raise UserError(_("a PDF needs a font with Chinese characters, and this system has none; take html instead"))

    def footer(self) -> None:
        self.set_y(-12)
        self.put(self.epw - 20, self.lines(self._footer, self.epw - 20, 8)[0], 8, SOFT)
        self.put(20, f"{self.page_no()} / {{nb}}", 8, SOFT, right=True)

    def need(self, height: float) -> bool:
        """Begin another page unless this one has room for `height`; whether one was begun."""
        if self.y + height <= self.h - _FOOT or self.y <= _TOP:
            return False
        self.add_page()
        return True

    def rule(self, colour: Colour = RULE, weight: float = 0.15) -> None:
        """A line across the page where the pen is."""
        self.set_draw_color(*colour)
        self.set_line_width(weight)
        self.line(_SIDE, self.y, self.w - _SIDE, self.y)

    def picture(self, drawing: Drawing) -> None:
        """A chart across the page, where the pen is; the pen moves beneath it."""
        scale, left, top = self.epw / WIDTH, self.l_margin, self.y
        for shape in drawing.shapes:
            self._shape(shape, scale, left, top)
        self.set_dash_pattern()
        self.set_xy(left, top + drawing.height * scale)

    def _shape(self, shape: Shape, scale: float, left: float, top: float) -> None:
        self.set_draw_color(*INK)
        match shape:
            case Stroke():
                self.set_draw_color(*(RULE if shape.soft else INK))
                self.set_line_width(shape.weight * scale)
                self.set_dash_pattern(1.2 * scale if shape.dashed else 0, 0.8 * scale if shape.dashed else 0)
                ends = (
                    left + shape.x1 * scale,
                    top + shape.y1 * scale,
                    left + shape.x2 * scale,
                    top + shape.y2 * scale,
                )
                self.line(*ends)
                self.set_dash_pattern()
            case Path(points):
                self.set_line_width(0.45 * scale)
                self.polyline([(left + x * scale, top + y * scale) for x, y in points])
            case Box():
                self.set_line_width(0.2 * scale)
                self.set_fill_color(*_FILLS[shape.fill])
                place = (left + shape.x * scale, top + shape.y * scale, shape.width * scale, shape.height * scale)
                self.rect(*place, style="DF")
                if shape.fill is Fill.HATCH:
                    for stroke in hatched(shape):
                        self._shape(stroke, scale, left, top)
            case Dot(x, y, filled):
                self.set_line_width(0.3 * scale)
                self.set_fill_color(*(INK if filled else PAPER))
                self.circle(left + x * scale, top + y * scale, 0.8 * scale, style="DF")
            case Label():
                self._label(shape, scale, left, top)

    def _label(self, label: Label, scale: float, left: float, top: float) -> None:
        size = SMALL * scale * self.k
        text = self.lines(label.text, self.epw, size, bold=label.bold)[0]
        wide = self.width_of(text, size, bold=label.bold)
        offset = {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
        self.set_font(self._family, "B" if label.bold else "", size)
        self.set_text_color(*INK)
        self.text(left + label.x * scale - offset, top + label.y * scale, text)

    def lines(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """`text`, as far as the font can draw it, in lines of at most `width`."""
        drawn = "".join(each if ord(each) in self._drawable else _INSTEAD.get(each, "?") for each in text)
        return lines.wrap(drawn, width, lambda part: self.width_of(part, size, bold=bold))

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        # Not by get_string_width, which looks for right-to-left text first: fifty times as slow.
        _count, points = self._faces[bold].get_text_width(text, size, None)
        return float(points / self.k)

    def put(
        self, width: float, line: str, size: float, colour: Colour = INK, *, bold: bool = False, right: bool = False
    ) -> None:
        """One line that fits into `width`, where the pen is; the pen moves to its right."""
        self.set_font(self._family, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.cell(width, size * LEADING, line, align="R" if right else "L")

    def paragraph(
        self, text: str, size: float, colour: Colour = INK, *, bold: bool = False, indent: float = 0, start: str = ""
    ) -> None:
        """`text` in as many lines as it takes, `start` hanging in front of the first."""
        for number, line in enumerate(self.lines(text, self.epw - indent, size, bold=bold)):
            self.need(size * LEADING)
            if start and number == 0:
                self.set_x(_SIDE + indent - self.width_of(start, size) - 1)
                self.put(self.width_of(start, size), start, size, colour)
            self.set_x(_SIDE + indent)
            self.put(self.epw - indent, line, size, colour, bold=bold)
            self.set_xy(_SIDE, self.y + size * LEADING)
