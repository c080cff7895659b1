"""An image of a workbook that can only be read and written with waiting, as in xlwings Lite.

There each answer of Excel has to be waited for, and what is written stands in a queue until then.
So the tables are read into an image first; a command decides on it and writes into it like into
Excel itself, through the few names of Excel's that `excelblocks` and `excelwriting` use. The image
notes each step, and `lite` takes the steps in the workbook. Rows and columns count from 1.
"""

# ruff: noqa: N802 - Excel's own names
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from ar_xl.book.addresses import corners
from ar_xl.book.survey import SeenCells, SeenTable, Survey

Area = tuple[int, int, int, int]  # first row and column, and how many of each
_GENERAL = "General"


Lines = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Step:
    """One thing done to a sheet.

    Args:
        sheet: its name.
        area: the cells.
        values: written, row by row; None where no values are.
        before: what stood there, row by row; of a table its area before.
        formulas: of what stood there, by cell.
        code: a number format that was given.
        table: the name of a table that was given this area.
    """

    sheet: str
    area: Area
    values: Lines | None = None
    before: Any = None
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    code: str = ""
    table: str = ""


class SheetImage:
    """The cells of one sheet, with the names that Excel's own sheet has.

    Args:
        name: of the sheet.
        values: of all used cells from A1 on, as `Value2` gives them.
        formulas: by cell.
        tables: areas of its tables by name.
        steps: where what is done is noted.

    Its `values` change with what is done, its `read` stays.
    """

    def __init__(
        self,
        name: str,
        values: Sequence[Sequence[Any]],
        formulas: Mapping[tuple[int, int], str],
        tables: Mapping[str, Area],
        steps: list[Step],
    ) -> None:
        self.name, self.tables, self.steps = name, dict(tables), steps
        self.read = tuple(tuple(line) for line in values)
        self.values = [list(line) for line in values]
        self.formulas = dict(formulas)
        self.codes: list[tuple[Area, str]] = []
        self.impl = self.Parent = SimpleNamespace(Date1904=False)  # no file and no engine

    @property
    def api(self) -> SheetImage:
        """Itself: it answers to Excel's names."""
        return self

    def Range(self, address: str) -> AreaImage:
        """Cells by their address, several areas parted by commas."""
        return AreaImage(self, tuple(corners(part) for part in address.split(",")))

    def ListObjects(self, name: str) -> Any:
        """A table, to be given another area."""

        def resize(area: AreaImage) -> None:
            wanted = area.areas[0]
            self.steps.append(Step(self.name, wanted, before=self.tables[name], table=name))
            self.tables[name] = wanted

        return SimpleNamespace(Resize=resize)

    def lines(self, area: Area) -> Lines:
        """The values of a rectangle; what was never used is empty."""
        row, column, rows, columns = area
        end = column - 1 + columns
        lines = self.values[row - 1 : row - 1 + rows]
        lines += [[]] * (rows - len(lines))
        found = [tuple(line[column - 1 : end]) for line in lines]
        return tuple(line + (None,) * (columns - len(line)) for line in found)

    def formulas_in(self, area: Area) -> dict[tuple[int, int], str]:
        """The formulas of a rectangle by cell."""
        row, column, rows, columns = area
        return {
            (at, beside): text for (at, beside), text in self.formulas.items()
            if row <= at < row + rows and column <= beside < column + columns
        }  # fmt: skip

    def put(self, area: Area, lines: Lines) -> None:
        """Put values in."""
        row, column, rows, columns = area
        assert len(lines) == rows, "as many rows as the area has"
        formulas = self.formulas_in(area)
        self.steps.append(Step(self.name, area, lines, self.lines(area), formulas))
        for cell in formulas:
            del self.formulas[cell]
        self.values += [[] for _ in range(row - 1 + rows - len(self.values))]
        for offset, line in enumerate(lines):
            held = self.values[row - 1 + offset]
            held += [None] * (column - 1 + columns - len(held))
            held[column - 1 : column - 1 + columns] = line


class AreaImage:
    """Cells of an image, with the names that Excel's own range has."""

    def __init__(self, sheet: SheetImage, areas: tuple[Area, ...]) -> None:
        self.sheet, self.areas = sheet, areas

    @property
    def Value2(self) -> Lines:
        """The values."""
        return self.sheet.lines(self.areas[0])

    @Value2.setter
    def Value2(self, lines: Sequence[Sequence[Any]]) -> None:
        self.sheet.put(self.areas[0], tuple(tuple(line) for line in lines))

    @property
    def Formula(self) -> Lines:
        """Formulas, and values where there are none."""
        row, column, _, _ = self.areas[0]
        shown = [list(line) for line in self.Value2]
        for (at, beside), text in self.sheet.formulas_in(self.areas[0]).items():
            shown[at - row][beside - column] = text
        return tuple(tuple(line) for line in shown)

    @property
    def HasFormula(self) -> bool | None:
        """Whether all cells hold formulas, None where some do."""
        _, _, rows, columns = self.areas[0]
        count = len(self.sheet.formulas_in(self.areas[0]))
        return count == rows * columns if count in (0, rows * columns) else None

    @property
    def NumberFormat(self) -> str | None:
        """The number format, None where cells differ."""
        found = {code for area in self.areas for code in self._codes(area)}
        return found.pop() if len(found) == 1 else None

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:
        for area in self.areas:
            self.sheet.codes.append((area, code))
            self.sheet.steps.append(Step(self.sheet.name, area, code=code))

    def ClearContents(self) -> None:
        """Empty the cells."""
        _, _, rows, columns = self.areas[0]
        self.sheet.put(self.areas[0], ((None,) * columns,) * rows)

    def _codes(self, area: Area) -> set[str]:
        row, column, rows, columns = area
        shown = np.full((rows, columns), _GENERAL, dtype=object)
        for (top, left, height, width), code in self.sheet.codes:
            down = slice(max(top - row, 0), max(top + height - row, 0))
            across = slice(max(left - column, 0), max(left + width - column, 0))
            shown[down, across] = code
        return set(shown.ravel().tolist())


@dataclass
class BookImage:
    """A workbook as a command of ours sees it: the sheets that have tables of ours.

    Args:
        sheet_names: of all sheets, in order.
        table_names: of all tables, by the name of their sheet.
        sheets: the images, by name.
        wanted: the tables that were asked for, by name in small letters.
        steps: what was done, in order.
    """

    sheet_names: list[str]
    table_names: dict[str, list[str]]
    sheets: dict[str, SheetImage] = field(default_factory=dict)
    wanted: dict[str, SeenTable] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    impl: Any = None

    def seen(self, asked: Collection[str]) -> Survey:
        """The sheets, and the tables of some names with their cells."""
        found = {}
        for name in asked:
            if name not in self.wanted:
                continue
            table = self.wanted[name]
            sheet = self.sheets[table.sheet]
            rows, columns = len(sheet.values), max(map(len, sheet.values), default=0)
            area = AreaImage(sheet, ((1, 1, rows, columns),))
            cells = SeenCells(sheet, 1, 1, area.Value2, area, False)
            found[name] = replace(table, cells=cells, sheet_end=rows)
        return Survey(list(self.sheet_names), dict(self.table_names), found)
