"""Excel tables (ListObjects) as their parts declare them."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ar_xl.xlfile.addresses import AddressError, parse_area
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.xmlparts import MAIN, attribute, truth, unescaped


@dataclass(frozen=True)
class TableColumn:
    """A column of a table.

    Args:
        id: the table's own number for it.
        name: its heading.
        formula: the formula that fills the column, without "=", or None.
        totals_label: text of its totals cell, or None.
        totals_function: "sum", "count", ... or None.
        totals_formula: the formula of a "custom" totals cell, or None.
    """

    id: int
    name: str
    formula: str | None
    totals_label: str | None
    totals_function: str | None
    totals_formula: str | None


@dataclass(frozen=True)
class TablePart:
    """A table; rows and columns count from 0.

    Args:
        part: its own part name.
        sheet_part: the part of the sheet it stands on.
        rel_id: the sheet's relationship to it.
        id: the workbook-wide number.
        name: the internal name.
        display_name: the name used in formulas.
        ref: its area, header and totals rows included, "A1:D5".
        row0: first row of `ref`.
        col0: first column of `ref`.
        row1: last row of `ref`.
        col1: last column of `ref`.
        header_rows: 0 or 1.
        totals_rows: 0 or 1.
        columns: from left to right.
        autofilter: the area of its filter, or None.
        style: name of its table style, or None.
        first_column: show_... flags of the style, as are `last_column`, `row_stripes` and
            `column_stripes`.
    """

    part: str
    sheet_part: str
    rel_id: str
    id: int
    name: str
    display_name: str
    ref: str
    row0: int
    col0: int
    row1: int
    col1: int
    header_rows: int
    totals_rows: int
    columns: tuple[TableColumn, ...]
    autofilter: str | None
    style: str | None
    first_column: bool
    last_column: bool
    row_stripes: bool
    column_stripes: bool


def read_table(root: Element, part: str, sheet_part: str, rel_id: str) -> TablePart:
    """The table that a table part declares.

    Raises:
        DamagedWorkbook: it is no table part, or its area and columns do not fit together.
    """
    ref = root.get("ref", "")
    try:
        area = parse_area(ref)
    except AddressError:
        raise DamagedWorkbook(f"the table part {part} names no area") from None
    columns = tuple(
        _column(element)
        for element in root.iterfind(f"{{{MAIN}}}tableColumns/{{{MAIN}}}tableColumn")
    )
    if root.tag != f"{{{MAIN}}}table" or len(columns) != area.columns:
        raise DamagedWorkbook(f"the table part {part} contradicts itself")
    header_rows = attribute("headerRowCount", root, 1)
    totals_rows = attribute("totalsRowCount", root, 0)
    if min(header_rows, totals_rows) < 0 or header_rows + totals_rows > area.rows:
        raise DamagedWorkbook(f"the table part {part} contradicts itself")
    autofilter, style = root.find(f"{{{MAIN}}}autoFilter"), root.find(f"{{{MAIN}}}tableStyleInfo")
    flags = {} if style is None else style.attrib
    name = root.get("displayName", "")
    return TablePart(
        part=part,
        sheet_part=sheet_part,
        rel_id=rel_id,
        id=attribute("id", root, 0),
        name=root.get("name", name),
        display_name=name,
        ref=ref,
        row0=area.top - 1,
        col0=area.left - 1,
        row1=area.bottom - 1,
        col1=area.right - 1,
        header_rows=header_rows,
        totals_rows=totals_rows,
        columns=columns,
        autofilter=None if autofilter is None else autofilter.get("ref"),
        style=flags.get("name"),
        first_column=truth(flags.get("showFirstColumn")),
        last_column=truth(flags.get("showLastColumn")),
        row_stripes=truth(flags.get("showRowStripes")),
        column_stripes=truth(flags.get("showColumnStripes")),
    )


def _column(element: Element) -> TableColumn:
    function = element.get("totalsRowFunction")
    return TableColumn(
        attribute("id", element, 0),
        unescaped(element.get("name", "")),
        element.findtext(f"{{{MAIN}}}calculatedColumnFormula"),
        element.get("totalsRowLabel"),
        None if function == "none" else function,
        element.findtext(f"{{{MAIN}}}totalsRowFormula"),
    )
