"""Bulk values: Excel and the file engine give and take the same typed columns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from ar_xl.book import blocks, host
from ar_xl.book.blocks import Block, CellKind
from tests.live.opening import open_in_excel


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Text, numbers, dates, money, a percentage, truth, errors, formulas and blanks, mixed."""
    path = tmp_path / "mixed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Mixed")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        money = book.add_format({"num_format": '"$"#,##0.00'})
        text = book.add_format({"num_format": "@"})
        percent = book.add_format({"num_format": "0.00%"})
        moment = dt.datetime.fromisoformat("2026-03-31")
        lines: list[list[tuple[Any, Any]]] = [
            [("00123", text), (moment, day), (1234.5, money), (0.02, percent), (True, None)],
            [("=A1", text), (46112.5, None), (-7.0, money), (None, percent), (12345678.91, None)],
            [(None, text), (None, day), ("n/a", money), (1.0, None), ("#N/A", None)],
        ]
        for row, line in enumerate(lines):
            for column, (value, shown) in enumerate(line):
                if value == "#N/A":
                    sheet.write_formula(row, column, "=NA()", shown, "#N/A")
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, shown)
                elif isinstance(value, dt.datetime):
                    sheet.write_datetime(row, column, value, shown)
                else:
                    sheet.write(row, column, value, shown)
        sheet.write_formula(3, 2, "=C1+C2", money, 1227.5)
        sheet.write_formula(4, 0, '="x"', None, "x")
    return path


def in_excel(path: Path) -> Any:
    return open_in_excel(path).book.sheets[0]


def seen(block: Block) -> list[list[tuple[Any, ...]]]:
    """Every cell as (kind, number, text, format class of a number, whether a formula)."""
    found = []
    for column in block.columns:
        cells = []
        for place, kind in enumerate(column.kind):
            number = None if np.isnan(column.number[place]) else float(column.number[place])
            text = str(block.pool[column.text[place]]) if column.text[place] >= 0 else None
            style = column.style[place]
            shown = int(block.formats[style]) if kind == CellKind.NUMBER else None
            cells.append((CellKind(kind).name, number, text, shown, bool(column.formula[place])))
        found.append(cells)
    return found


def test_excel_and_the_file_engine_give_the_same_columns(workbook: Path) -> None:
    from_file = blocks.read_block(host.open_book(workbook).sheets[0], 1, 1, 6, 5)
    from_excel = blocks.read_block(in_excel(workbook), 1, 1, 6, 5)
    assert seen(from_file) == seen(from_excel)
    assert from_file.date1904 == from_excel.date1904


def test_one_cell_is_a_block_too(workbook: Path) -> None:
    from_file = blocks.read_block(host.open_book(workbook).sheets[0], 1, 1, 1, 1)
    assert seen(from_file) == seen(blocks.read_block(in_excel(workbook), 1, 1, 1, 1))


def test_equal_texts_have_one_index(tmp_path: Path) -> None:
    path = tmp_path / "texts.xlsx"
    book = openpyxl.Workbook()
    for line in (("A", "B"), ("B", "A")):
        book.worksheets[0].append(line)
    book.save(path)
    for sheet in (host.open_book(path).sheets[0], in_excel(path)):
        first, second = blocks.read_block(sheet, 1, 1, 2, 2).columns
        assert first.text[0] == second.text[1]
        assert first.text[1] == second.text[0]


def test_reading_asks_excel_as_often_for_many_rows_as_for_few(tmp_path: Path) -> None:
    calls = []
    for rows in (10, 1000):
        path = tmp_path / f"{rows}.xlsx"
        book = openpyxl.Workbook()
        for number in range(rows):
            book.worksheets[0].append([f"INV-{number}", number / 4])
        book.save(path)
        desk = open_in_excel(path)
        blocks.read_block(desk.book.sheets[0], 1, 1, rows, 2)
        calls.append(len(desk.wire.calls))
    assert calls[0] == calls[1]


COLUMNS: list[Any] = [
    np.array(["00123", "", "=1+1"], dtype=object),
    np.array([1.5, np.nan, -2.0]),
    ["1-2", "x", "12"],
]


def test_text_stays_text_and_nan_empties_a_cell(workbook: Path) -> None:
    for sheet in (host.open_book(workbook).sheets[0], in_excel(workbook)):
        blocks.write_block(sheet, 1, 1, COLUMNS)
        found = seen(blocks.read_block(sheet, 1, 1, 3, 3))
        assert [cell[:3] for cell in found[0]] == [
            ("TEXT", None, "00123"),
            ("BLANK", None, None),
            ("TEXT", None, "=1+1"),
        ]
        assert [cell[1] for cell in found[1]] == [1.5, None, -2.0]
        assert [cell[2] for cell in found[2]] == ["1-2", "x", "12"]


@pytest.mark.parametrize("rows", [[5, 2, 3], list(range(90, 2, -3))])
def test_scattered_cells_are_set_and_their_neighbours_stay(tmp_path: Path, rows: list[int]) -> None:
    path = tmp_path / "marks.xlsx"
    book = openpyxl.Workbook()
    for number in range(100):
        book.worksheets[0].append([f"old {number + 1}"])
    book.save(path)
    marks = [f"00{row}" for row in rows]
    for sheet in (host.open_book(path).sheets[0], in_excel(path)):
        blocks.write_cells(sheet, np.array(rows), 1, marks)
        block = blocks.read_block(sheet, 1, 1, 100, 1)
        texts = [str(block.pool[index]) for index in block.columns[0].text]
        assert texts == [f"00{row}" if row in rows else f"old {row}" for row in range(1, 101)]


def test_nothing_to_write_is_no_change(workbook: Path) -> None:
    desk = open_in_excel(workbook)
    sheet = desk.book.sheets[0]
    desk.wire.calls.clear()
    blocks.write_block(sheet, 1, 1, [])
    blocks.write_cells(sheet, np.array([], dtype=np.int64), 1, [])
    assert not desk.wire.calls
