"""Drawing: pages as lists of texts, lines and boxes, and the PDF that they become.

A paper is laid out first and drawn afterwards, so that every page can say of how many it is one.
All places are whole points from the top left; sizes of type are tenths of a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ar_xl.app.papers.typefaces import clean, plain_font, runs, width, wrapped

A4, LETTER = (595, 842), (612, 792)
# Where offices print on US Letter (Unicode CLDR 45, supplemental data, paperSize US-Letter).
_LETTER_CURRENCIES = {"USD", "CAD", "MXN", "CLP", "COP", "CRC", "GTQ", "NIO", "PHP", "VES"}
INK, MUTED, NAVY, RULE, SHADE, ALERT = (
    "#1F2933", "#5F6B7A", "#1F3864", "#C3CAD5", "#EEF1F6", "#9C2A10",
)  # fmt: skip
rl_config.useA85 = 0  # streams as bytes, not as letters: a fifth smaller
LARGEST_LOGO = 600  # pixels on the longer side: sharp in print at the size it is drawn
LOGO_FORMATS = ("PNG", "JPEG", "GIF", "BMP")  # others, such as EPS, start another program


def page_size(base_currency: str) -> tuple[int, int]:
    """Width and height in points of the paper that a company prints on."""
    return LETTER if base_currency in _LETTER_CURRENCIES else A4


@dataclass(frozen=True)
class Text:
    """One line of text; `align` is where x is: its left end, its right end or its middle."""

    x: int
    y: int
    text: str
    size: int = 85
    bold: bool = False
    color: str = INK
    align: str = "left"


@dataclass(frozen=True)
class Rule:
    """A straight line; dashed where it is to be cut along."""

    x: int
    y: int
    to_x: int
    to_y: int
    color: str = RULE
    dashed: bool = False


@dataclass(frozen=True)
class Box:
    """A filled box, or an empty one with an edge."""

    x: int
    y: int
    width: int
    height: int
    fill: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture within a box, at its left top."""

    x: int
    y: int
    width: int
    height: int


Mark = Text | Rule | Box | Picture


@dataclass
class Page:
    """What is on one page."""

    marks: list[Mark] = field(default_factory=list)

    def text(self, x: int, y: int, text: str, size: int = 85, **look: object) -> None:
        """Add a line of text, cleaned; see `Text`."""
        shown = clean(text)
        if shown.strip():
            self.marks.append(Text(x, y, shown, size, **look))  # type: ignore[arg-type]

    def paragraph(
        self, x: int, y: int, text: str, room: int, size: int = 85, **look: object
    ) -> int:
        """Add a text in as many lines as it takes; the y below it.

        Args:
            x, y: of its first line.
            text: its own line ends stay.
            room: its width in points.
            size: of the type.
            look: as of `Text`.
        """
        step = size // 10 + 3
        bold = bool(look.get("bold"))
        for line in wrapped(clean(text), room, size, bold):
            self.text(x, y, line, size, **look)
            y += step
        return y


def usable_logo(content: bytes) -> bytes | None:
    """A picture without anything but its pixels, small enough to print; None where it is none."""
    try:
        with Image.open(BytesIO(content), formats=LOGO_FORMATS) as picture:
            picture.thumbnail((LARGEST_LOGO, LARGEST_LOGO))
            plain = Image.new("RGB", picture.size, "white")
            seen = picture.convert("RGBA")
            plain.paste(seen, mask=seen.getchannel("A"))
            out = BytesIO()
            plain.save(out, "PNG")
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def pdf(
    papers: Sequence[Sequence[Page]],
    size: tuple[int, int],
    title: str,
    company: str,
    logo: bytes | None = None,
    both_sides: bool = False,
) -> bytes:
    """Draw papers as one PDF; the same papers give the same bytes.

    Args:
        papers: the pages of each.
        size: of a page.
        title, company: for the document's properties, which name nobody else.
        logo: what `Picture`s show, as `usable_logo` gave it.
        both_sides: every paper begins on a sheet of its own when both sides are printed.
    """
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, pageCompression=1,
                    initialFontName=plain_font())  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor(company)
    canvas.setCreator("ar_xl")
    canvas.setSubject("")
    picture = ImageReader(BytesIO(logo)) if logo else None
    for paper in papers:
        for page in paper:
            filled = ""
            for mark in page.marks:
                filled = _draw(canvas, mark, size[1], picture, filled)
            canvas.showPage()
        if both_sides and len(paper) % 2:
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, mark: Mark, height: int, picture: ImageReader | None, filled: str) -> str:
    """Draw a mark; the color that is filled with from now on, which stood as `filled` before."""
    if isinstance(mark, Text | Box):
        color = mark.color if isinstance(mark, Text) else mark.fill
        if color and color != filled:
            canvas.setFillColor(_color(color))
            filled = color
    if isinstance(mark, Text):
        _write(canvas, mark, height)
    elif isinstance(mark, Rule):
        canvas.setStrokeColor(_color(mark.color))
        canvas.setLineWidth(1 / 2)
        canvas.setDash([3, 3] if mark.dashed else [])
        canvas.line(mark.x, height - mark.y, mark.to_x, height - mark.to_y)
        canvas.setDash([])
    elif isinstance(mark, Box):
        canvas.setLineWidth(1 / 2)
        canvas.setStrokeColor(_color(MUTED))
        canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height,
                    stroke=int(not mark.fill), fill=int(bool(mark.fill)))  # fmt: skip
    elif picture is not None:
        canvas.drawImage(picture, mark.x, height - mark.y - mark.height, mark.width, mark.height,
                         preserveAspectRatio=True, anchor="nw")  # fmt: skip
    return filled


@cache
def _color(name: str) -> HexColor:
    return HexColor(name)


def _write(canvas: Canvas, mark: Text, height: int) -> None:
    x: object = mark.x
    if mark.align != "left":
        wide = width(mark.text, mark.size, mark.bold)
        x = mark.x - wide / (1000 if mark.align == "right" else 2000)
    written = canvas.beginText(x, height - mark.y)
    for font, piece in runs(mark.text, mark.bold):
        written.setFont(font, mark.size / 10)
        written.textOut(piece)
    canvas.drawText(written)
