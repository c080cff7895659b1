"""Typefaces: which font draws which character of a PDF.

Liberation Sans comes with the product and covers Latin, Greek and Cyrillic. What it lacks is
taken from a font of the system, or, for Chinese, Japanese and Korean, from the fonts that PDF
readers bring along. What none of them has, and scripts whose letters join or run from right to
left, cannot be drawn here: the paper is made as a workbook then, which Excel draws.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

REGULAR, BOLD = "ArXlSans", "ArXlSans-Bold"
_OWN = {REGULAR: "LiberationSans-Regular.ttf", BOLD: "LiberationSans-Bold.ttf"}
_SYSTEM = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "arial.ttf", "Arial Unicode.ttf",
           "segoeui.ttf", "DroidSansFallbackFull.ttf", "msyh.ttc", "msgothic.ttc", "malgun.ttf",
           "simsun.ttc")  # fmt: skip
_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts", "/Library/Fonts",
           "/System/Library/Fonts")  # fmt: skip
# Fonts of PDF readers (ISO 32000-1, 9.7.5.2), and the code page that tells what each has.
_READERS = (("STSong-Light", "gbk"), ("HeiseiKakuGo-W5", "cp932"), ("HYSMyeongJo-Medium", "cp949"),
            ("MSung-Light", "cp950"))  # fmt: skip
_JOINED = ((0x0900, 0x10A0), (0x1780, 0x1800), (0xA8E0, 0xAC00), (0x1F000, 0x20000))


def clean(text: str) -> str:
    """Text as it is drawn: composed, without marks that nobody sees; lines stay lines."""
    composed = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\r\n", "\n"))
    return "".join(
        letter for letter in composed
        if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf")
    )  # fmt: skip


@cache
def _own() -> dict[str, frozenset[int]]:
    """Our fonts, ready for use, with the characters that each has."""
    place = files("ar_xl.app.papers") / "fonts"
    covered = {}
    for name, file in _OWN.items():
        font = TTFont(name, str(place / file), asciiReadable=0)  # no more letters than are used
        pdfmetrics.registerFont(font)
        covered[name] = frozenset(font.face.charToGlyph)
    return covered


def plain_font() -> str:
    """Our regular font, ready for use."""
    _own()
    return REGULAR


@cache
def _of_system() -> tuple[tuple[str, frozenset[int]], ...]:
    """Fonts of the system, found when a character first needs them."""
    found = []
    for place in map(Path, _PLACES):
        for file in sorted(place.rglob("*.tt[cf]")) if place.is_dir() else ():
            if file.name not in _SYSTEM:
                continue
            try:
                font = TTFont(f"ArXl-{file.stem.replace(' ', '')}", str(file))
            except (TTFError, OSError):
                continue  # of a kind that cannot be embedded, or not readable by this user
            pdfmetrics.registerFont(font)
            found.append((font.fontName, frozenset(font.face.charToGlyph)))
    return tuple(found)


@cache
def _reader_font(name: str) -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


@cache
def _font_for(letter: str, bold: bool) -> str:
    """The font of one character, "" where there is none."""
    own = _own()
    number = ord(letter)
    joined = any(low <= number < high for low, high in _JOINED)
    if joined or unicodedata.bidirectional(letter) in ("R", "AL", "AN"):
        return ""
    for name in (BOLD, REGULAR) if bold else (REGULAR,):
        if number in own[name]:
            return name
    for name, covered in _of_system():
        if number in covered:
            return name
    if number >= 0x2E80:
        for name, page in _READERS:
            if _encodes(letter, page):
                return _reader_font(name)
    return ""


def _encodes(letter: str, page: str) -> bool:
    try:
        return len(letter.encode(page)) == 2
    except UnicodeEncodeError:
        return False


def undrawable(texts: Iterable[str]) -> str:
    """The characters that no font here has, each once, in order of first appearance."""
    letters = dict.fromkeys("".join(clean(text) for text in texts).replace("\n", ""))
    return "".join(letter for letter in letters if not _font_for(letter, False))


def runs(text: str, bold: bool) -> list[tuple[str, str]]:
    """A text in pieces of one font each.

    Args:
        text: cleaned.
        bold: in the bold font, where that has the character.
    """
    plain = BOLD if bold else REGULAR
    if _own()[plain].issuperset(map(ord, text)):
        return [(plain, text)]
    pieces: list[tuple[str, str]] = []
    for letter in text:
        font = _font_for(letter, bold) or REGULAR
        if pieces and pieces[-1][0] == font:
            pieces[-1] = (font, pieces[-1][1] + letter)
        else:
            pieces.append((font, letter))
    return pieces


@cache
def _letter_width(letter: str, bold: bool) -> int:
    """How wide a character is in thousandths of the font's size."""
    font = _font_for(letter, bold) or REGULAR
    return int(pdfmetrics.stringWidth(letter, font, 1000) + 1 / 2)


def width(text: str, size: int, bold: bool = False) -> int:
    """How wide a text is, in thousandths of a point.

    Args:
        text: cleaned, without line ends.
        size: of the font, in tenths of a point.
        bold: in the bold font.
    """
    return sum(_letter_width(letter, bold) for letter in text) * size // 10


def wrapped(text: str, room: int, size: int, bold: bool = False) -> list[str]:
    """A text in lines that fit: broken between words, and within a word that is too long.

    Args:
        text: cleaned; its own line ends stay.
        room: in points.
        size: of the font, in tenths of a point.
        bold: in the bold font.
    """
    most = room * 1000
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if width(joined, size, bold) <= most:
                line = joined
                continue
            if line:
                lines.append(line)
            while width(word, size, bold) > most and len(word) > 1:
                fits = 1
                while width(word[: fits + 1], size, bold) <= most:
                    fits += 1
                lines.append(word[:fits])
                word = word[fits:]
            line = word
        lines.append(line)
    return lines
