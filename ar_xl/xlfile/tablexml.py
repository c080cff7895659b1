"""The parts of Excel tables: new ones, and old ones that grow."""

from __future__ import annotations

import re

from ar_xl.xlfile.addresses import Area, parse_area
from ar_xl.xlfile.elements import (
    attributes,
    child,
    children,
    make,
    root,
    start_tag,
    with_attributes,
)
from ar_xl.xlfile.specs import TableSpec
from ar_xl.xlfile.tableparts import TablePart
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmlparts import MAIN
from ar_xl.xlfile.xmltext import plain

TOTALS_FUNCTIONS = {
    "sum": 109,
    "count": 103,
    "countNums": 102,
    "average": 101,
    "min": 105,
    "max": 104,
    "stdDev": 107,
    "var": 110,
}
_REF = re.compile(r'(<(?:autoFilter|sortState|sortCondition)\b[^>]*?\bref=")([^"]+)(")')
_NAME = re.compile(r"[^\W\d][\w.\\]*|\\[\w.\\]*")
_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr]([0-9]*)[Cc]([0-9]*)|[RrCc]")
_SPECIAL_IN_REFERENCE = re.compile(r"['\[\]#@]")


def check_table_name(name: str) -> None:
    """Refuse what Excel takes for no name of a table.

    Raises:
        CannotEdit: it has signs that a name cannot have, or looks like a cell.
    """
    if not _NAME.fullmatch(name) or _LIKE_CELL.fullmatch(name) or len(name) > 255:
        raise CannotEdit(
            f"'{name}' cannot be the name of a table. "
            "Use letters, digits and underscores; begin with a letter; not as a cell such as A1."
        )


def check_table(table: TableSpec) -> None:
    """Refuse a table that Excel would repair or reject.

    Raises:
        CannotEdit: the headings do not fit the area, are empty or equal, or the name is no name.
    """
    check_table_name(table.name)
    area = parse_area(table.ref)
    if len(table.headings) != area.columns:
        raise CannotEdit(
            f"The table {table.name} has {area.columns} columns and "
            f"{len(table.headings)} headings; there must be one for each."
        )
    if area.rows < (3 if table.totals is not None else 2):
        raise CannotEdit(f"The table {table.name} needs a row of data below its headings.")
    seen: set[str] = set()
    for heading in table.headings:
        if not heading or len(heading) > 255 or heading.casefold() in seen:
            raise CannotEdit(
                f"The table {table.name} has the heading '{heading}' twice, empty or longer than "
                "255 characters; each must be a text of its own."
            )
        seen.add(heading.casefold())
    for heading in [*(table.totals or ()), *table.formulas]:
        if heading not in table.headings:
            raise CannotEdit(f"The table {table.name} has no column '{heading}'.")


def table_xml(number: int, table: TableSpec) -> str:
    """Return the part of a new table.

    Args:
        number: its number in the workbook, not used by another table.
        table: what it is.
    """
    area = parse_area(table.ref)
    totals = 1 if table.totals is not None else 0
    columns = "".join(
        _column_xml(place, heading, table) for place, heading in enumerate(table.headings, start=1)
    )
    inner = ""
    if table.autofilter:
        inner += make("autoFilter", {"ref": _without_totals(area, totals).a1()})
    inner += make("tableColumns", {"count": len(table.headings)}, columns)
    if table.style:
        inner += make(
            "tableStyleInfo",
            {
                "name": table.style,
                "showFirstColumn": 0,
                "showLastColumn": 0,
                "showRowStripes": 1 if table.banded else 0,
                "showColumnStripes": 0,
            },
        )
    values: dict[str, str | int | float | None] = {
        "xmlns": MAIN,
        "id": number,
        "name": table.name,
        "displayName": table.name,
        "ref": area.a1(),
        "totalsRowCount": totals or None,
        "totalsRowShown": None if totals else 0,
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + make("table", values, inner)


def resized(text: str, table: TablePart, area: Area) -> str:
    """Return the part of a table with its area and those of its filter and sort order changed.

    Args:
        text: the part in plain form.
        table: what it says now.
        area: the new one; same columns, same first row.
    """
    outer = root(text)
    tag = with_attributes(start_tag(text, outer), {"ref": area.a1()})
    bottom = table.row1 + 1 - table.totals_rows

    def moved(match: re.Match[str]) -> str:
        inner = parse_area(match[2])
        if inner.bottom != bottom:
            return match[0]
        grown = Area(inner.top, inner.left, area.bottom - table.totals_rows, inner.right)
        return f"{match[1]}{grown.a1()}{match[3]}"

    return text[: outer.start] + tag + _REF.sub(moved, text[outer.inner :])


def column_formulas(text: str) -> dict[int, str]:
    """Return the formulas of calculated columns, by their place from 0, as the part has them.

    Raises:
        CannotEdit: one fills several cells at once (an array formula).
    """
    columns = child(text, root(text), "tableColumns")
    found: dict[int, str] = {}
    if columns is None or "<calculatedColumnFormula" not in text:
        return found
    for place, column in enumerate(children(text, columns.inner, columns.inner_end)):
        formula = child(text, column, "calculatedColumnFormula")
        if formula is None:
            continue
        if attributes(start_tag(text, formula)).get("array") in ("1", "true"):
            name = attributes(start_tag(text, column)).get("name", "")
            raise CannotEdit(f"The column '{name}' is filled by an array formula.")
        found[place] = text[formula.inner : formula.inner_end]
    return found


def totals_formula(table: str, heading: str, function: str) -> str:
    """Return the formula that Excel puts into the totals cell of a column, with "=".

    Args:
        table: name of the table.
        heading: of the column.
        function: "sum", "count", "average", ...
    """
    column = _SPECIAL_IN_REFERENCE.sub(lambda match: "'" + match[0], heading)
    return f"=SUBTOTAL({TOTALS_FUNCTIONS[function]},{table}[{column}])"


def heading_in_file(heading: str) -> str:
    """Return a heading as the part of a table writes it."""
    return heading.replace("\r", "_x000d_").replace("\n", "_x000a_").replace("\t", "_x0009_")


def _column_xml(number: int, heading: str, table: TableSpec) -> str:
    values: dict[str, str | int | float | None] = {"id": number, "name": heading_in_file(heading)}
    total = (table.totals or {}).get(heading)
    if total in TOTALS_FUNCTIONS:
        values["totalsRowFunction"] = total
    elif total is not None:
        values["totalsRowLabel"] = total
    formula = table.formulas.get(heading)
    inner = ""
    if formula is not None:
        inner = f"<calculatedColumnFormula>{plain(formula)}</calculatedColumnFormula>"
    return make("tableColumn", values, inner)


def _without_totals(area: Area, totals: int) -> Area:
    return Area(area.top, area.left, area.bottom - totals, area.right)
