"""Workbooks for the tests of reading, made part by part, so that each can be odd in its own way."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import numpy as np

from ar_xl.xlfile.canvas import Canvas
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock
from ar_xl.xlfile.exactfound import found_cells
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import UsedBlock, read_used
from ar_xl.xlfile.sheetparser import parse_cells
from ar_xl.xlfile.strings import Pool

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_PART = "xl/worksheets/sheet1.xml"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = dict[str, bytes]
Filled = dict[tuple[int, int], object]


def sheet_xml(rows: str, before: str = "", after: str = "") -> bytes:
    """A worksheet part around rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def shared_xml(items: str) -> bytes:
    """A part of shared strings around items."""
    return f'<?xml version="1.0"?><sst xmlns="{MAIN}">{items}</sst>'.encode()


def parts_of(sheet: bytes, shared: bytes | None = None, workbook: str = "") -> Parts:
    """The parts of a workbook of one sheet, "Data".

    Args:
        sheet: the worksheet part.
        shared: the shared strings part, None for none.
        workbook: elements of the workbook part before its sheets.
    """
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="'
            'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="'
            f'{TYPE}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>'
            '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _rels(
            [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                *([("rId2", "sharedStrings", "sharedStrings.xml")] if shared else []),
            ]
        ),
    }
    encoded = {name: text.encode() for name, text in parts.items()} | {SHEET_PART: sheet}
    return encoded | ({"xl/sharedStrings.xml": shared} if shared else {})


def _rels(rels: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in rels
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def write_parts(path: Path, parts: Parts) -> Path:
    """Write a package of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def book_of(folder: Path, rows: str, shared: str | None = None, **around: str) -> Package:
    """An opened workbook whose one sheet has these rows."""
    strings = None if shared is None else shared_xml(shared)
    parts = parts_of(sheet_xml(rows, **around), strings)
    return Package.open(write_parts(folder / "book.xlsx", parts))


def exact_columns(
    package: Package, part: str, pool: Pool
) -> tuple[tuple[int, int], list[ColumnBlock]]:
    """First row, first column and columns of a sheet by the exact parser alone."""
    canvas = Canvas(0, 0, 0, 0, grows=True)
    cells = parse_cells(package.stream(part), part, package.date1904)
    canvas.put(found_cells(cells, canvas, pool))
    return (canvas.row0, canvas.col0), canvas.blocks()


def shown(block: Block, row0: int = 0, col0: int = 0) -> dict[str, object]:
    """The filled cells of a block by address: a number, a bool, a text, or an error in < >."""
    found: dict[str, object] = {}
    for across, column in enumerate(block.columns):
        for down, kind in enumerate(column.kind.tolist()):
            address = f"{chr(65 + col0 + across)}{row0 + down + 1}"
            if kind == CellKind.NUMBER:
                found[address] = float(column.number[down])
            elif kind == CellKind.BOOL:
                found[address] = bool(column.number[down])
            elif kind == CellKind.TEXT:
                found[address] = block.pool[column.text[down]]
            elif kind == CellKind.ERROR:
                found[address] = f"<{block.pool[column.text[down]]}>"
    return found


def shown_sheet(package: Package) -> dict[str, object]:
    """The filled cells of the first worksheet."""
    used = read_used(package, package.worksheets[0].part, Pool(package))
    return shown(used.block, used.row0, used.col0)


def assert_equals_exact(package: Package, part: str) -> UsedBlock:
    """What the product reads is what the exact parser reads."""
    pool = Pool(package)
    corner, expected = exact_columns(package, part, pool)
    used = read_used(package, part, pool)
    assert (used.row0, used.col0) == corner
    assert len(used.block.columns) == len(expected)
    for found, exact in zip(used.block.columns, expected, strict=True):
        assert np.array_equal(found.kind, exact.kind)
        assert np.array_equal(found.number, exact.number, equal_nan=True)
        assert np.array_equal(found.text, exact.text)
        assert np.array_equal(found.style, exact.style)
        assert np.array_equal(found.formula, exact.formula)
    return used


def filled(used: UsedBlock) -> Filled:
    """The filled cells as (row, column) -> value; errors as their texts."""
    cells: Filled = {}
    for across, column in enumerate(used.block.columns):
        for down in np.flatnonzero(column.kind).tolist():
            kind = column.kind[down]
            value: object
            if kind in (CellKind.TEXT, CellKind.ERROR):
                value = used.block.pool[column.text[down]]
            else:
                number = float(column.number[down])
                value = bool(number) if kind == CellKind.BOOL else number
            cells[used.row0 + down, used.col0 + across] = value
    return cells


def agree(ours: object, theirs: object) -> bool:
    """Equal, numbers that went through a calendar to the tenth of a millisecond."""
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        return isinstance(ours, float) and math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-9)
    return type(ours) is type(theirs) and ours == theirs
