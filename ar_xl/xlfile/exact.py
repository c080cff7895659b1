"""What a worksheet says besides its values, on request: formulas and layout. Slow and complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ar_xl.xlfile.addresses import AddressError, column_letters, column_number, parse_area
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.piece import PADDING
from ar_xl.xlfile.plaintext import plain_texts
from ar_xl.xlfile.sheetparser import parse_cells
from ar_xl.xlfile.sheetpieces import SheetPieces, Unusual
from ar_xl.xlfile.xmlparts import MAIN, feed, new_parser, truth

_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*><f((?: [a-z0-9A-Z]+="[^"<>]*")*)(?: ?/>|>([^<]*)</f>)'
)
_ATTRIBUTE = re.compile(' ([a-zA-Z0-9]+)="([^"]*)"')


@dataclass(frozen=True)
class ColumnLayout:
    """Width and default style of the columns `first` to `last`, counted from 0, inclusive."""

    first: int
    last: int
    width: float | None
    style: int
    hidden: bool
    level: int = 0


@dataclass(frozen=True)
class Layout:
    """What a sheet says besides its cells.

    Args:
        merged: merged areas as (first row, first column, last row, last column) from 0.
        columns: widths and default styles of columns.
        default_width: of columns that have none, or None.
        frozen: rows and columns above and left of the frozen panes, (0, 0) without.
        default_height: of rows that have none, in points, or None.
    """

    merged: list[tuple[int, int, int, int]]
    columns: list[ColumnLayout]
    default_width: float | None
    frozen: tuple[int, int]
    default_height: float | None = None


def read_layout(package: Package, sheet_part: str) -> Layout:
    """The layout of a worksheet.

    Raises:
        DamagedWorkbook: it names an area or a number that is none.
    """
    layout = Layout([], [], None, (0, 0))
    path: list[str] = []
    widths: list[float] = []
    heights: list[float] = []
    frozen: list[tuple[int, int]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.removeprefix(MAIN + "}"))
        match path[1:]:
            case ["cols", "col"]:
                layout.columns.append(_column(attributes))
            case ["mergeCells", "mergeCell"]:
                area = parse_area(attributes.get("ref", ""))
                layout.merged.append((area.top - 1, area.left - 1, area.bottom - 1, area.right - 1))
            case ["sheetFormatPr"]:
                if "defaultColWidth" in attributes:
                    widths.append(float(attributes["defaultColWidth"]))
                if "defaultRowHeight" in attributes:
                    heights.append(float(attributes["defaultRowHeight"]))
            case ["sheetViews", "sheetView", "pane"]:
                if attributes.get("state", "split") in ("frozen", "frozenSplit"):
                    split = (attributes.get("ySplit", "0"), attributes.get("xSplit", "0"))
                    frozen.append((int(float(split[0])), int(float(split[1]))))

    def end(_: str) -> None:
        path.pop()

    parser = new_parser(sheet_part)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        for chunk in _without_data(package, sheet_part):
            feed(parser, chunk, sheet_part)
        feed(parser, b"", sheet_part, final=True)
    except (AddressError, ValueError, OverflowError):
        raise DamagedWorkbook(f"the layout in the part {sheet_part} makes no sense") from None
    return Layout(
        layout.merged,
        layout.columns,
        widths[0] if widths else None,
        frozen[0] if frozen else (0, 0),
        heights[0] if heights else None,
    )


def _column(attributes: dict[str, str]) -> ColumnLayout:
    width = attributes.get("width")
    return ColumnLayout(
        first=int(attributes.get("min", "1")) - 1,
        last=int(attributes.get("max", "1")) - 1,
        width=None if width is None else float(width),
        style=int(attributes.get("style", "0")),
        hidden=truth(attributes.get("hidden")),
        level=int(attributes.get("outlineLevel", "0")),
    )


def _without_data(package: Package, sheet_part: str) -> Iterable[bytes]:
    """The part with the rows cut out, or whole where it is too unusual to be cut."""
    try:
        pieces = SheetPieces(package.stream(sheet_part), sheet_part)
        for _ in pieces:
            pass
    except Unusual:
        return package.stream(sheet_part)
    return pieces.without_rows()


def read_formulas(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """The formulas of a worksheet by (row, column) from 0, without "=".

    Cells of a shared formula have the formula moved to their place. An array formula stands at
    its first cell; a data table, which has no text, is "".

    Raises:
        DamagedWorkbook: a shared formula is nowhere written out.
    """
    try:
        found = _quick_formulas(package, sheet_part)
    except Unusual:
        cells = parse_cells(package.stream(sheet_part), sheet_part, package.date1904)
        found = [
            (cells.rows[at], cells.columns[at], attributes.get("t", ""), attributes.get("si"), text)
            for at, (attributes, text) in cells.formula_texts.items()
        ]
    formulas: dict[tuple[int, int], str] = {}
    moved: dict[str, Callable[[str], str]] = {}
    for row, column, kind, shared, text in found:
        if kind == "shared" and shared is not None:
            here = f"{column_letters(column + 1)}{row + 1}"
            if text:
                moved[shared] = _mover(text, here)
            elif shared in moved:
                text = moved[shared](here)
            else:
                raise DamagedWorkbook(f"the formula of {here} in {sheet_part} is nowhere written")
        formulas[row, column] = text
    return formulas


def _mover(formula: str, here: str) -> Callable[[str], str]:
    """What moves a formula from its cell to another, as copying it there would."""
    from openpyxl.formula.translate import Translator  # late: importing it takes 0.1 s

    translator = Translator("=" + formula, origin=here)
    return lambda there: str(translator.translate_formula(there))[1:]


def _quick_formulas(
    package: Package, sheet_part: str
) -> list[tuple[int, int, str, str | None, str]]:
    """Row, column, type, number of the shared formula, and text of each formula.

    Raises:
        Unusual: not every "<f" is that of a formula as Excel and others write it.
    """
    found: list[tuple[int, int, str, str | None, str]] = []
    for content, end, _ in SheetPieces(package.stream(sheet_part), sheet_part):
        data = content[len(PADDING) : end]
        if b"<!" in data:
            raise Unusual
        starts = data.count(b"<f")
        if not starts:
            continue
        matches = _FORMULA.findall(data)
        if len(matches) != starts:
            raise Unusual
        try:
            texts = plain_texts([match[3].decode("utf-8") for match in matches])
            columns = [column_number(match[0].decode("ascii")) for match in matches]
        except (UnicodeDecodeError, AddressError):
            raise Unusual from None
        for (_, row, attributes, _), column, text in zip(matches, columns, texts, strict=True):
            named = dict(_ATTRIBUTE.findall(attributes.decode("ascii", "replace")))
            found.append((int(row) - 1, column - 1, named.get("t", ""), named.get("si"), text))
    return found
