"""Putting values and formulas into cells as a program does in Excel, where text is interpreted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.appearance import change
from ar_xl.xlfile.cells import Patch, Written
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.entry import Entry, enter
from ar_xl.xlfile.payloads import ErrorValue
from ar_xl.xlfile.specs import StyleSpec

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet


def enter_values(sheet: Sheet, area: Area, data: Any) -> None:
    """Put values into an area, one for all cells or rows of them.

    As Excel does, what reaches beyond the area is left out, one row goes into all rows, and cells
    for which there is no value become #N/A.
    """
    if not isinstance(data, list | tuple):
        if data is None or data == "":
            empty_cells(sheet, area)
            return
        columns = [[data] * area.rows for _ in range(area.columns)]
    else:
        rows: Sequence[Sequence[Any]] = data if _is_2d(data) else [data] * area.rows
        cut = [list(row[: area.columns]) for row in rows[: area.rows]]
        for row in cut:
            row += ["#N/A"] * (area.columns - len(row))
        cut += [["#N/A"] * area.columns] * (area.rows - len(cut))
        columns = [list(column) for column in zip(*cut, strict=True)]
    _enter_columns(sheet, area, columns)


def enter_formulas(sheet: Sheet, area: Area, data: Any) -> None:
    """Put formulas into an area; one for all cells is moved along with them, as by filling."""
    if isinstance(data, str) and data.startswith("=") and area.rows * area.columns > 1:
        from openpyxl.formula.translate import Translator  # late: importing it takes 0.1 s

        first = Area(area.top, area.left, area.top, area.left).a1()
        translator = Translator(data, origin=first)
        columns = [
            [
                translator.translate_formula(Area(row, column, row, column).a1())
                for row in range(area.top, area.bottom + 1)
            ]
            for column in range(area.left, area.right + 1)
        ]
        _enter_columns(sheet, area, columns)
        return
    enter_values(sheet, area, data)


def enter_array(sheet: Sheet, area: Area, formula: str) -> None:
    """Put one formula into an area whose cells it fills all at once."""
    empty_cells(sheet, area)
    sheet.contents.edit.set_array(sheet.name, area, "=" + formula.removeprefix("="))
    made = Written(np.zeros(1, dtype=np.uint8), formulas={0: "=" + formula.removeprefix("=")})
    corner = Area(area.top, area.left, area.top, area.left)
    sheet.contents.put(sheet.state, Patch(corner, [made]))
    sheet.state.cells.spills.append(area)


def empty_cells(sheet: Sheet, area: Area) -> None:
    """Empty the cells of an area, as far as any is used."""
    used = sheet.state.cells.used()
    part = used.meet(area) if used else None
    if part is not None:
        blank = np.full(part.rows, np.nan)
        sheet.contents.write_columns(sheet.state, part.top, part.left, [blank] * part.columns)


def put_formula(
    sheet: Sheet, row: int, column: int, formula: str, value: float | str | None
) -> None:
    """Set a formula with the result that is known for it; see `Sheet.put_formula`."""
    sheet.contents.edit.set_formula(sheet.name, row, column, formula, value)
    kind, number, text = CellKind.BLANK, float("nan"), ""
    if isinstance(value, str):
        kind, text = CellKind.TEXT, value
    elif value is not None:
        kind, number = CellKind.NUMBER, float(value)
    cell = Written(
        kind=np.array([kind], dtype=np.uint8),
        number=np.array([number]),
        texts=np.array([text], dtype=object),
        formulas={0: formula},
    )
    sheet.contents.put(sheet.state, Patch(Area(row, column, row, column), [cell]))


def _is_2d(data: Sequence[Any]) -> bool:
    return bool(data) and isinstance(data[0], list | tuple)


def _enter_columns(sheet: Sheet, area: Area, columns: Sequence[Sequence[Any]]) -> None:
    contents, cells = sheet.contents, sheet.state.cells
    date1904 = contents.package.date1904
    styles = cells.styles(area)
    formats: list[tuple[int, int, str]] = []
    made: list[Written] = []
    payloads: list[Any] = []
    for index, values in enumerate(columns):
        entries: list[Entry] = []
        for line, value in enumerate(values):
            as_text = isinstance(value, str) and contents.styles.is_text(int(styles[line, index]))
            entry = enter(value, as_text, date1904)
            if entry.number_format is not None:
                formats.append((index, line, entry.number_format))
            entries.append(entry)
        made.append(_written(entries))
        payloads.append(_payloads(entries))
    contents.put(sheet.state, Patch(area, made))
    contents.edit.set_block(sheet.name, area.top, area.left, payloads)
    for index, column in enumerate(made):
        for line, formula in column.formulas.items():
            place = area.top + line, area.left + index
            contents.edit.set_formula(sheet.name, *place, formula, None)
    _show(sheet, area, styles, formats)


def _written(entries: Sequence[Entry]) -> Written:
    texts = np.empty(len(entries), dtype=object)
    texts[:] = [entry.text for entry in entries]
    return Written(
        kind=np.array([entry.kind for entry in entries], dtype=np.uint8),
        number=np.array([entry.number for entry in entries], dtype=np.float64),
        texts=texts,
        formulas={n: e.formula for n, e in enumerate(entries) if e.formula is not None},
    )


def _payloads(entries: Sequence[Entry]) -> Any:
    """Return the entries as the edit takes them: numbers, or a mixture."""
    if all(entry.kind == CellKind.NUMBER for entry in entries):
        return np.array([entry.number for entry in entries], dtype=np.float64)
    mixture = np.empty(len(entries), dtype=object)
    for place, entry in enumerate(entries):
        if entry.kind == CellKind.NUMBER:
            mixture[place] = entry.number
        elif entry.kind == CellKind.BOOL:
            mixture[place] = bool(entry.number)
        elif entry.kind == CellKind.ERROR:
            mixture[place] = ErrorValue(entry.text)
        else:
            mixture[place] = entry.text
    return mixture


def _show(sheet: Sheet, area: Area, styles: Any, formats: Sequence[tuple[int, int, str]]) -> None:
    """Give General cells the format that Excel gives them for a date, a percentage and so on."""
    styled = sheet.contents.styles
    general = [f for f in formats if styled.number_format(int(styles[f[1], f[0]])) == "General"]
    for (index, shown), group in itertools.groupby(general, key=lambda f: (f[0], f[2])):
        lines = [line for _, line, _ in group]
        start = 0
        for stop in range(1, len(lines) + 1):
            if stop == len(lines) or lines[stop] != lines[stop - 1] + 1:
                column = area.left + index
                cells = Area(area.top + lines[start], column, area.top + lines[stop - 1], column)
                change(sheet, cells, StyleSpec(number_format=shown))
                start = stop
