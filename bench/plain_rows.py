"""Rows of a workbook as plain dictionaries of texts, whole cents and day numbers.

Read with calamine, a reader that the product does not use, and without a line of the product.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

Row = dict[str, Any]


class PlainBook:
    """A workbook opened for reading."""

    def __init__(self, path: Path) -> None:
        self._book = CalamineWorkbook.from_path(str(path))
        self.sheet_names: list[str] = self._book.sheet_names

    def rows(self, sheet: str, *wanted: str) -> Iterator[Row]:
        """The rows of a sheet whose headings stand in its first row; rows of nothing left out.

        Args:
            sheet: its name.
            wanted: headings; the other columns are left out.
        """
        cells = self._book.get_sheet_by_name(sheet).iter_rows()
        headings: list[Any] = next(cells, [])
        places = [(name, headings.index(name)) for name in wanted]
        for values in cells:
            row = {name: values[at] for name, at in places}
            if any(value != "" for value in row.values()):
                yield row

    def blocks(self, sheet: str, first: str) -> Iterator[Row]:
        """The rows of every table of a report sheet that begins with a heading.

        Args:
            sheet: its name.
            first: the heading of the first column; a table ends at a row without its value.
        """
        headings: list[str] = []
        for values in self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False):
            if first in values:
                headings = list(map(str, values))
            elif headings and values[headings.index(first)] not in ("", "Total"):
                yield dict(zip(headings, values, strict=True))
            else:
                headings = []


def cents(value: Any) -> int:
    """A cell of money in whole cents; an empty one is 0."""
    if value == "":
        return 0
    whole: int = round(value * 100)
    assert abs(value * 100 - whole) < 1e-4, f"{value} has more than two decimals"
    return whole


def day_number(value: Any) -> int:
    """A cell with a date as days since the year 1; an empty one is 0."""
    if isinstance(value, datetime):
        return value.date().toordinal()
    return value.toordinal() if isinstance(value, date) else 0
