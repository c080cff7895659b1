"""The cells of one sheet as they are now: what the file holds, and on top what was written since.

Writes go to the `Edit` at once and are kept here as patches, for reading. Areas count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import WHOLE_SHEET, Area
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, WriteColumn
from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.exact import Layout, read_formulas, read_layout
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import UsedBlock, read_top, read_used
from ar_xl.xlfile.rowlayout import RowLayout, read_rows
from ar_xl.xlfile.spills import read_spills
from ar_xl.xlfile.strings import Pool
from ar_xl.xlfile.writes import UNKNOWN, Writes

_TOP_ROWS = 64  # of a large sheet, that are read without the rest

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int32]


class StaleFormula(XlFileError):  # noqa: N818 - named for what the user sees
    """The result of a formula that may no longer hold, as nothing here calculates."""

    template = (
        "{detail} holds a formula, and the workbook was changed after Excel calculated it, so its "
        "result may no longer be true. Read it before writing, or open the saved workbook in "
        "Excel once and save it there."
    )


@dataclass(frozen=True)
class Written:
    """One column of cells that were written.

    Args:
        kind: uint8, `CellKind` of each; BLANK with a formula means that nobody knows its result.
        number: float64; of numbers and bools.
        texts: object array of str; of texts and errors.
        formulas: by position, with the equals sign.
    """

    kind: npt.NDArray[np.uint8]
    number: npt.NDArray[np.float64] | None = None
    texts: npt.NDArray[np.object_] | None = None
    formulas: dict[int, str] = field(default_factory=dict)


def written(column: WriteColumn) -> Written:
    """Return a typed column as cells: NaN and empty text are blank, text is never anything else."""
    if isinstance(column, np.ndarray) and column.dtype != object:
        numbers = column.astype(np.float64, copy=False)
        kind = np.where(np.isnan(numbers), CellKind.BLANK, CellKind.NUMBER).astype(np.uint8)
        return Written(kind, number=numbers)
    texts = np.empty(len(column), dtype=object)
    texts[:] = column
    filled = np.asarray(texts != "", dtype=bool)
    kind = np.where(filled, CellKind.TEXT, CellKind.BLANK).astype(np.uint8)
    return Written(kind, texts=texts)


@dataclass(frozen=True)
class Patch:
    """Cells that were written at one time.

    Args:
        area: that holds them all.
        columns: one per column of the area, one element per row of it, or of `rows`.
        rows: ascending, where the rows do not follow one another.
    """

    area: Area
    columns: Sequence[Written]
    rows: npt.NDArray[np.int64] | None = None

    def places(self, area: Area) -> tuple[Any, Any]:
        """Return (positions in this patch, positions in `area`) of the rows that both have."""
        if self.rows is not None:
            first, last = np.searchsorted(self.rows, (area.top, area.bottom + 1))
            return slice(first, last), self.rows[first:last] - area.top
        top, bottom = max(area.top, self.area.top), min(area.bottom, self.area.bottom)
        return (
            slice(top - self.area.top, bottom - self.area.top + 1),
            slice(top - area.top, bottom - area.top + 1),
        )


class Cells:
    """The cells of a sheet.

    Args:
        package: the opened file.
        part: the sheet's part in it, None for a sheet that was added since.
        pool: the texts of the workbook.
        classes: gives the number format classes by style id, of ids added since too.
    """

    def __init__(
        self,
        package: Package,
        part: str | None,
        pool: Pool,
        classes: Callable[[], npt.NDArray[np.uint8]],
    ) -> None:
        self._package = package
        self._part = part
        self._pool = pool
        self._classes = classes
        self._patches: list[Patch] = []
        self._paints: list[tuple[Area, int | IntArray]] = []
        self.column_styles: dict[int, int] = {}
        self._times: list[int] = []  # of the patches
        # When results of formulas of the file were given, where that was since it was opened.
        self.given: dict[tuple[int, int], int] = {}
        self.writes = Writes()

    @cached_property
    def layout(self) -> Layout:
        """What the file says of the sheet besides its cells."""
        if self._part is None:
            return Layout(merged=[], columns=[], default_width=None, frozen=(0, 0))
        return read_layout(self._package, self._part)

    @cached_property
    def rows(self) -> dict[int, RowLayout]:
        """What the file says of rows that are not plain, by number from 1."""
        return {} if self._part is None else read_rows(self._package, self._part)

    @cached_property
    def _formulas(self) -> dict[tuple[int, int], str]:
        return {} if self._part is None else read_formulas(self._package, self._part)

    @cached_property
    def _used(self) -> UsedBlock | None:
        return None if self._part is None else read_used(self._package, self._part, self._pool)

    @cached_property
    def _top(self) -> UsedBlock | None:
        if self._part is None:
            return None
        return read_top(self._package, self._part, self._pool, _TOP_ROWS)

    @cached_property
    def _file_area(self) -> Area | None:
        return _area_of(self._used)

    def _file_cells(self, area: Area) -> tuple[Area, UsedBlock] | None:
        """Return cells of the file, among them all those of an area, and the area that they fill.

        Of a large sheet the first rows can be had without the rest: headings are asked for first.
        """
        used = self._top if "_used" not in self.__dict__ and area.bottom <= _TOP_ROWS else None
        filled = self._file_area if used is None else _area_of(used)
        if filled is None or not filled.meet(area):
            return None
        used = used or self._used
        return None if used is None else (filled, used)

    def forget(self) -> None:
        """Let go of the values that were read of the file; they are read again when needed.

        How far the used cells reach stays known, as that is all that writing needs.
        """
        if "_used" in self.__dict__:
            _ = self._file_area
            del self.__dict__["_used"]
        self.__dict__.pop("_top", None)
        self.__dict__.pop("_formulas", None)

    def put(self, patch: Patch) -> None:
        """Keep cells that were written."""
        self._patches.append(patch)
        self._times.append(self.writes.note(patch.area))

    def paint(self, area: Area, style: int | IntArray) -> None:
        """Keep formats that were set: one id, or one for each cell (rows by columns)."""
        self._paints.append((area, style))

    def used(self) -> Area | None:
        """Return the smallest rectangle that holds every cell with a value or a format."""
        area = self._file_area
        for other in [p.area for p in self._patches] + [a for a, _ in self._paints]:
            area = other if area is None else area.join(other)
        return area

    def block(self, area: Area, columns: Sequence[int] | None = None) -> Block:
        """Return the cells of an area, formulas by the results that are known of them.

        Args:
            area: of the sheet.
            columns: only these columns of the area, counted from 0, in this order.
        """
        wanted = range(area.columns) if columns is None else columns
        found = [self._column(area, area.left + index) for index in wanted]
        return Block(found, self._pool.texts, self._classes(), self._package.date1904)

    def given_results(self) -> dict[tuple[int, int], int]:
        """Return when results of formulas were given, `UNKNOWN` for those without one."""
        given = dict(self.given)
        for patch, time in zip(self._patches, self._times, strict=True):
            for column, cells in enumerate(patch.columns, start=patch.area.left):
                for place in cells.formulas:
                    row = patch.area.top + place if patch.rows is None else int(patch.rows[place])
                    known = cells.kind[place] != CellKind.BLANK
                    given[row, column] = time if known else UNKNOWN
        return given

    def timed_formulas(self) -> dict[tuple[int, int], tuple[str, int]]:
        """Return all formulas by row and column, and when their results were known."""
        given = self.given_results()
        return {
            place: (text, given.get(place, 0)) for place, text in self.formulas(WHOLE_SHEET).items()
        }

    def formula_state(self, few: int) -> tuple[int, int, int]:
        """Return what differs when formulas have changed; of many, whether some were written.

        Args:
            few: formulas of the file that are so few that any write is worth a new look.
        """
        writes = len(self._patches) if len(self._formulas) <= few else 0
        return id(self), writes, sum(any(c.formulas for c in p.columns) for p in self._patches)

    @cached_property
    def spills(self) -> list[Area]:
        """The areas of the file that one formula fills: array formulas and data tables."""
        return [] if self._part is None else read_spills(self._package, self._part)

    def formula(self, row: int, column: int) -> str | None:
        """Return the formula of a cell with its equals sign, None where it has none."""
        cell = Area(row, column, row, column)
        for patch in reversed(list(self._patches_of(cell, column))):
            inside, here = patch.places(cell)
            if len(np.zeros(1)[here]):
                position = range(len(patch.columns[0].kind))[inside][0]
                return patch.columns[column - patch.area.left].formulas.get(position)
        if not self._file_formulas(cell, column).any():
            return None
        return "=" + self._formulas[row - 1, column - 1]

    def formulas(self, area: Area) -> dict[tuple[int, int], str]:
        """Return the formulas of an area by row and column, with the equals sign."""
        found = {
            (row + 1, column + 1): "=" + text
            for (row, column), text in self._formulas.items()
            if area.top <= row + 1 <= area.bottom and area.left <= column + 1 <= area.right
        }
        held = {column for _, column in found}
        for patch in self._patches:
            both = patch.area.meet(area)
            for column in range(both.left, both.right + 1) if both else ():
                new = patch.columns[column - patch.area.left].formulas
                held |= {column} if new else set()
                inside, here = patch.places(area)
                rows = np.arange(area.top, area.bottom + 1)[here]
                for place, row in enumerate(rows.tolist() if column in held else (), inside.start):
                    found.pop((row, column), None)
                    if place in new:
                        found[row, column] = new[place]
        return found

    def styles(self, area: Area) -> IntArray:
        """Return the formats of an area, rows by columns; a cell without one has its column's."""
        grid = np.full((area.rows, area.columns), -1, dtype=np.int32)
        found = self._file_cells(area)
        both = found[0].meet(area) if found else None
        if both is not None and found is not None:
            known, used = found
            for column in range(both.left, both.right + 1):
                source = used.block.columns[column - known.left].style
                grid[both.top - area.top : both.bottom - area.top + 1, column - area.left] = source[
                    both.top - known.top : both.bottom - known.top + 1
                ]
        for index in range(area.columns):
            column_cells = grid[:, index]
            column_cells[column_cells < 0] = self.column_style(area.left + index)
        for painted, style in self._paints:
            common = painted.meet(area)
            if common is not None:
                source_grid: Any = style if isinstance(style, int) else _cut(style, painted, common)
                _cut(grid, area, common)[...] = source_grid
        return grid

    def column_style(self, column: int) -> int:
        """Return the format of a column's untouched cells."""
        if column in self.column_styles:
            return self.column_styles[column]
        for layout in self.layout.columns:
            if layout.first <= column - 1 <= layout.last:
                return layout.style
        return 0

    def _patches_of(self, area: Area, column: int) -> list[Patch]:
        strip = Area(area.top, column, area.bottom, column)
        return [patch for patch in self._patches if patch.area.meet(strip)]

    def _file_formulas(self, area: Area, column: int) -> BoolArray:
        """Return which cells of a column hold a formula in the file."""
        found = _no(area.rows)
        cells = self._file_cells(area)
        both = cells[0].meet(Area(area.top, column, area.bottom, column)) if cells else None
        if both is not None and cells is not None:
            known, used = cells
            source = used.block.columns[column - known.left].formula
            found[both.top - area.top : both.bottom - area.top + 1] = source[
                both.top - known.top : both.bottom - known.top + 1
            ]
        return found

    def _column(self, area: Area, column: int) -> ColumnBlock:
        found = self._file_cells(area)
        both = found[0].meet(Area(area.top, column, area.bottom, column)) if found else None
        patches = self._patches_of(area, column)
        strip = Area(area.top, column, area.bottom, column)
        painted = any(where.meet(strip) for where, _ in self._paints)
        if both is not None and found is not None:
            known, used = found
            source = used.block.columns[column - known.left]
            rows = slice(both.top - known.top, both.bottom - known.top + 1)
            if both.rows == area.rows and not patches and not painted:
                return _rows_of(source, rows)
        cells = _blank(area.rows)
        if both is not None:
            target = slice(both.top - area.top, both.bottom - area.top + 1)
            for name in ("kind", "number", "text", "style", "formula"):
                getattr(cells, name)[target] = getattr(source, name)[rows]
        for patch in patches:
            self._apply(patch, area, column, cells)
        if painted or patches:
            cells.style[:] = self.styles(strip)[:, 0]
        return cells

    def _apply(self, patch: Patch, area: Area, column: int, cells: ColumnBlock) -> None:
        inside, here = patch.places(area)
        new = patch.columns[column - patch.area.left]
        kind = new.kind[inside]
        cells.kind[here] = kind
        cells.number[here] = np.nan
        if new.number is not None:
            cells.number[here] = new.number[inside]
        texts = np.full(len(kind), -1, dtype=np.int32)
        if new.texts is not None:
            worded = (kind == CellKind.TEXT) | (kind == CellKind.ERROR)
            texts[worded] = self._pool.intern(new.texts[inside][worded].tolist())
        cells.text[here] = texts
        formulas = np.zeros(len(new.kind), dtype=bool)
        formulas[list(new.formulas)] = True
        cells.formula[here] = formulas[inside]


def _area_of(used: UsedBlock | None) -> Area | None:
    """Return the area that cells of the file fill."""
    if used is None or not used.block.columns or not len(used.block.columns[0].kind):
        return None
    rows, columns = len(used.block.columns[0].kind), len(used.block.columns)
    return Area(used.row0 + 1, used.col0 + 1, used.row0 + rows, used.col0 + columns)


def _no(rows: int) -> BoolArray:
    return np.zeros(rows, dtype=bool)


def _blank(rows: int) -> ColumnBlock:
    return ColumnBlock(
        kind=np.zeros(rows, dtype=np.uint8),
        number=np.full(rows, np.nan),
        text=np.full(rows, -1, dtype=np.int32),
        style=np.full(rows, -1, dtype=np.int32),
        formula=_no(rows),
    )


def _rows_of(column: ColumnBlock, rows: slice) -> ColumnBlock:
    return ColumnBlock(
        column.kind[rows],
        column.number[rows],
        column.text[rows],
        column.style[rows],
        column.formula[rows],
    )


def _cut(grid: IntArray, whole: Area, part: Area) -> IntArray:
    """Return the cells of `part` in a grid that covers `whole`."""
    return grid[
        part.top - whole.top : part.bottom - whole.top + 1,
        part.left - whole.left : part.right - whole.left + 1,
    ]
