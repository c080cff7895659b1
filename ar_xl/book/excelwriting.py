"""Writing blocks of cells into a workbook that is open in Excel, so that it can be taken back.

Before anything is written, what puts the cells back is noted where the caller keeps such notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.book.addresses import address
from ar_xl.book.excelblocks import (
    TEXT_FORMAT,
    Values,
    as_excel_takes,
    is_text,
    not_text,
    values_of,
)
from ar_xl.xlfile.columns import WriteColumn

Rows = npt.NDArray[np.int64]
Keep = Callable[[str, Callable[[], None]], None]
# Up to so many runs of rows are written one by one; more are laid into the whole columns.
_MOST_RUNS = 4


def _forget(_: str, __: Callable[[], None]) -> None:
    """Keep nothing: the sheet goes as a whole."""


def fill(
    sheet: Any,
    row: int,
    column: int,
    columns: Sequence[WriteColumn],
    keep: Keep = _forget,
    what: str = "",
) -> None:
    """Set a rectangle of cells, leftmost column first; text is written as text.

    Args:
        sheet: Excel's sheet.
        row, column: of the first cell.
        columns: all of one length; NaN and empty text empty a cell.
        keep: is given what empties the cells again, which is how they are now.
        what: names them for the user.
    """
    rows = len(columns[0])
    texts = [column + at for at, values in enumerate(columns) if is_text(values)]
    formats = not_text(sheet, row, rows, texts) if texts else []
    area = sheet.Range(address(row, column, rows, len(columns)))

    def empty() -> None:
        area.ClearContents()
        _give_back(formats)

    keep(what, empty)
    _make_text(formats)
    area.Value2 = tuple(zip(*(as_excel_takes(values) for values in columns), strict=True))


def overwrite(
    sheet: Any,
    rows: Rows,
    column: int,
    columns: Sequence[WriteColumn],
    keep: Keep = _forget,
    what: str = "",
    old: Callable[[int, int], Values] | None = None,
) -> None:
    """Set cells of neighbouring columns at scattered rows; the cells between them stay.

    Args:
        sheet: Excel's sheet.
        rows: numbers of the rows, ascending.
        column: the first column.
        columns: values of each column, one a row; NaN and empty text empty a cell.
        keep: is given what puts the cells back.
        what: names them for the user.
        old: the values of some rows as they are now, by first row and number of rows; Excel is
            asked where there is no such function.
    """
    new = list(zip(*(as_excel_takes(values) for values in columns), strict=True))
    ends = np.flatnonzero(np.diff(rows) != 1) + 1
    first, height = int(rows[0]), int(rows[-1] - rows[0]) + 1
    if len(ends) >= _MOST_RUNS:
        whole = sheet.Range(address(first, column, height, len(columns)))
        before = old(first, height) if old else values_of(whole)
        if whole.HasFormula is False and not _has_errors(before):
            after = [tuple(line) for line in before]
            for place, line in zip((rows - first).tolist(), new, strict=True):
                after[place] = line
            _replace(sheet, whole, (first, column), before, after, keep, what)
            return
    for start, stop in zip([0, *ends.tolist()], [*ends.tolist(), len(rows)], strict=True):
        row, count = int(rows[start]), stop - start
        area = sheet.Range(address(row, column, count, len(columns)))
        before = old(row, count) if old else values_of(area)
        _replace(sheet, area, (row, column), before, new[start:stop], keep, what)


def _has_errors(values: Values) -> bool:
    """Whether there are error values: Excel shows them as whole numbers and takes none back."""
    return any(
        isinstance(value, int) and not isinstance(value, bool) for line in values for value in line
    )


def _replace(
    sheet: Any,
    area: Any,
    corner: tuple[int, int],
    before: Values,
    after: Values,
    keep: Keep,
    what: str,
) -> None:
    """Replace the values of a rectangle, formulas among them."""
    row, column = corner
    formulas: list[tuple[str, list[tuple[str]]]] = []
    if keep is not _forget and area.HasFormula is not False:
        shown = area.Formula
        grid = shown if isinstance(shown, tuple) else ((shown,),)
        formulas = list(_formula_runs(corner, before, grid))
    holds_text = [
        column + at for at, cells in enumerate(zip(*after, strict=True))
        if any(isinstance(value, str) for value in cells)
    ]  # fmt: skip
    formats = not_text(sheet, row, len(after), holds_text) if holds_text else []
    plain = [at for at in range(len(after[0])) if column + at not in holds_text]

    def put_back() -> None:
        area.Value2 = _as_it_was(before, plain)
        _give_back(formats)
        for cells, lines in formulas:
            sheet.Range(cells).Formula = tuple(lines)

    keep(what, put_back)
    _make_text(formats)
    area.Value2 = tuple(after)


def _as_it_was(before: Values, plain: Sequence[int]) -> tuple[tuple[Any, ...], ...]:
    """Values to write again; a text in a column that is not one of texts says that it is one."""
    return tuple(
        tuple(
            f"'{value}" if at in plain and isinstance(value, str) else value
            for at, value in enumerate(line)
        )
        for line in before
    )


def _formula_runs(
    corner: tuple[int, int], before: Values, shown: Values
) -> Iterable[tuple[str, list[tuple[str]]]]:
    """The formulas of a rectangle, those below each other together."""
    row, column = corner
    for at, (values, texts) in enumerate(
        zip(zip(*before, strict=True), zip(*shown, strict=True), strict=True)
    ):
        start, run = 0, list[tuple[str]]()
        for offset, (value, text) in enumerate([*zip(values, texts, strict=True), (None, "")]):
            if isinstance(text, str) and text.startswith("=") and text != value:
                start = start if run else offset
                run.append((text,))
            elif run:
                yield address(row + start, column + at, len(run), 1), run
                run = []


def _make_text(formats: Iterable[tuple[Any, str]]) -> None:
    for area, _ in formats:
        area.NumberFormat = TEXT_FORMAT


def _give_back(formats: Iterable[tuple[Any, str]]) -> None:
    for area, code in formats:
        area.NumberFormat = code
