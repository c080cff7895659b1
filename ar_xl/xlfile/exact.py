"""The exact parser of a worksheet part: slow, complete, the reference that the scan must equal."""

from __future__ import annotations

from dataclasses import dataclass

from ar_xl.xlfile.package import Package


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
    """The layout of a worksheet."""
    raise NotImplementedError


def read_formulas(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """The formulas of a worksheet by (row, column) from 0, without "=".

    Cells of a shared formula have the formula moved to their place.
    """
    raise NotImplementedError
