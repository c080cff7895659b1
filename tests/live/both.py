"""The same commands on a file and in Excel, and what differs between the two workbooks."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ar_xl.app import clock, life, live
from ar_xl.app.answer import Answer
from ar_xl.app.life import Options
from tests.live.entry import ErrorValue
from tests.live.excel import Application
from tests.live.opening import Desk, open_in_excel
from tests.live.sheets import Workbook, Worksheet

AS_OF = date(2026, 10, 31)
Step = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Both:
    """One workbook twice: as a file, and open in Excel.

    Args:
        path: the file.
        desk: Excel with a copy of it open.
    """

    path: Path
    desk: Desk

    def run(self, command: str, given: dict[str, Any]) -> tuple[Answer, Answer]:
        """Run a command on both; the options are those of `life.Options` and its own."""
        common = ("preview", "skip_bad", "reason", "user", "as_of")
        own = {key: value for key, value in given.items() if key not in common}
        shared = {key: value for key, value in given.items() if key in common}
        common_ones: dict[str, Any] = {"user": "Ada", "as_of": AS_OF} | shared
        options = Options(**common_ones)
        in_file = life.run(command, self.path, options, own)
        in_excel = live.run_open(command, self.desk.book, options, own)
        return in_file, in_excel

    def differences(self) -> list[str]:
        """What differs between the file and the workbook in Excel."""
        return different(Application().open(self.path), self.desk.workbook)


def twice(path: Path) -> Both:
    """A workbook as a file and open in Excel, from one file."""
    other = path.with_name("open-" + path.name)
    shutil.copy(path, other)
    return Both(path, open_in_excel(other))


def stopped_clock(patch: pytest.MonkeyPatch) -> None:
    """Let both post at one moment, so that hashes are the same."""
    patch.setattr(clock, "utc_text", lambda: "2026-10-31T17:04:05Z")


def different(one: Workbook, other: Workbook) -> list[str]:
    """What differs between two workbooks: sheets, tables, cells, number formats of reports."""
    names = [[sheet.Name for sheet in book.all_sheets] for book in (one, other)]
    if names[0] != names[1]:
        return [f"sheets {names[0]} and {names[1]}"]
    found: list[str] = []
    for left, right in zip(one.all_sheets, other.all_sheets, strict=True):
        found += _different_sheets(left, right)
    return found


def _different_sheets(one: Worksheet, other: Worksheet) -> list[str]:
    tables = [
        [(table.Name, table.area, table.totals) for table in sheet.tables] for sheet in (one, other)
    ]
    found = [f"{one.Name}: tables {tables[0]} and {tables[1]}"] if tables[0] != tables[1] else []
    if one.grid.formulas != other.grid.formulas:
        found.append(f"{one.Name}: formulas differ")
    height = max(one.grid.last_row, other.grid.last_row)
    width = max(one.grid.last_column, other.grid.last_column)
    cells = [_cells(sheet, height, width) for sheet in (one, other)]
    for row, column in np.argwhere(cells[0] != cells[1]).tolist():
        if (row + 1, column + 1) not in one.grid.formulas:
            pair = _shown(cells[0][row, column]), _shown(cells[1][row, column])
            found.append(f"{one.Name} row {row + 1} column {column + 1}: {pair[0]} and {pair[1]}")
    return found


def _cells(sheet: Worksheet, height: int, width: int) -> Any:
    place = sheet.grid.part((1, 1, height, width))
    return sheet.grid.values[place]


def _shown(value: Any) -> str:
    return f"error {value}" if isinstance(value, ErrorValue) else repr(value)


def looks(book: Workbook, sheet: str) -> list[list[str]]:
    """Number formats of all cells of a sheet."""
    grid = next(each.grid for each in book.all_sheets if each.Name == sheet)
    place = grid.part((1, 1, grid.last_row, grid.last_column))
    codes = grid.codes[place]
    return [[grid.names[code] for code in row] for row in codes.tolist()]


def outcome(answer: Answer) -> Sequence[Any]:
    """What a user gets to know from an answer."""
    return (
        answer.exit, answer.said, answer.findings, answer.rows, answer.totals, answer.batches,
        answer.sheets, answer.drafts_left_out,
    )  # fmt: skip
