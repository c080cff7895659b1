"""What a worksheet says besides its values, on request: formulas and layout. Slow and complete."""

from __future__ import annotations

from dataclasses import dataclass

from ar_xl.xlfile.addresses import AddressError, Area, parse_area
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.sheetparser import parse_cells
from ar_xl.xlfile.xmlparts import MAIN, feed, new_parser, truth


@dataclass(frozen=True)
class ColumnLayout:
    """Width and default style of the columns `first` to `last`, counted from 0, inclusive."""

    first: int
    last: int
    width: float | None
    style: int
    hidden: bool


@dataclass(frozen=True)
class Layout:
    """What a sheet says besides its cells.

    Args:
        merged: merged areas as (first row, first column, last row, last column) from 0.
        columns: widths and default styles of columns.
        default_width: of columns that have none, or None.
        frozen: rows and columns above and left of the frozen panes, (0, 0) without.
    """

    merged: list[tuple[int, int, int, int]]
    columns: list[ColumnLayout]
    default_width: float | None
    frozen: tuple[int, int]


def read_layout(package: Package, sheet_part: str) -> Layout:
    """The layout of a worksheet.

    Raises:
        DamagedWorkbook: it names an area or a number that is none.
    """
    layout = Layout([], [], None, (0, 0))
    path: list[str] = []
    widths: list[float] = []
    frozen: list[tuple[int, int]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name.removeprefix(MAIN + "}"))
        match path[1:]:
            case ["cols", "col"]:
                layout.columns.append(_column(attributes))
            case ["mergeCells", "mergeCell"]:
                area = parse_area(attributes.get("ref", ""))
                layout.merged.append((area.top - 1, area.left - 1, area.bottom - 1, area.right - 1))
            case ["sheetFormatPr"] if "defaultColWidth" in attributes:
                widths.append(float(attributes["defaultColWidth"]))
            case ["sheetViews", "sheetView", "pane"]:
                if attributes.get("state", "split") in ("frozen", "frozenSplit"):
                    split = (attributes.get("ySplit", "0"), attributes.get("xSplit", "0"))
                    frozen.append((int(float(split[0])), int(float(split[1]))))

    def end(_: str) -> None:
        path.pop()

    parser = new_parser(sheet_part)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        for chunk in package.stream(sheet_part):
            feed(parser, chunk, sheet_part)
        feed(parser, b"", sheet_part, final=True)
    except (AddressError, ValueError):
        raise DamagedWorkbook(f"the layout in the part {sheet_part} makes no sense") from None
    return Layout(
        layout.merged,
        layout.columns,
        widths[0] if widths else None,
        frozen[0] if frozen else (0, 0),
    )


def _column(attributes: dict[str, str]) -> ColumnLayout:
    width = attributes.get("width")
    return ColumnLayout(
        first=int(attributes.get("min", "1")) - 1,
        last=int(attributes.get("max", "1")) - 1,
        width=None if width is None else float(width),
        style=int(attributes.get("style", "0")),
        hidden=truth(attributes.get("hidden")),
    )


def read_formulas(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """The formulas of a worksheet by (row, column) from 0, without "=".

    Cells of a shared formula have the formula moved to their place. An array formula stands at
    its first cell; a data table, which has no text, is "".
    """
    from openpyxl.formula.translate import Translator  # late: importing it takes 0.1 s

    cells = parse_cells(package.stream(sheet_part), sheet_part, package.date1904)
    formulas: dict[tuple[int, int], str] = {}
    heads: dict[str, tuple[str, str]] = {}
    for index, (attributes, text) in cells.formula_texts.items():
        row, column = cells.rows[index], cells.columns[index]
        if attributes.get("t") == "shared":
            key, here = (
                attributes.get("si", ""),
                Area(row + 1, column + 1, row + 1, column + 1).a1(),
            )
            if text:
                heads[key] = (text, here)
            elif key in heads:
                head, origin = heads[key]
                text = Translator("=" + head, origin=origin).translate_formula(here)[1:]
            else:
                raise DamagedWorkbook(f"the formula of {here} in {sheet_part} has no head")
        formulas[row, column] = text
    return formulas
