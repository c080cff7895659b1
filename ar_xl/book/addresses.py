"""Addresses of cells, as Excel writes them."""

from __future__ import annotations

import re

_CORNER = re.compile(r"\$?([A-Z]+)\$?(\d+)$")


def letters(column: int) -> str:
    """The letters of a column, counted from 1: 28 is `AB`."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def cell_name(row: int, column: int) -> str:
    """The address of a cell, rows and columns from 1: 3 and 28 are `AB3`."""
    return f"{letters(column)}{row}"


def address(row: int, column: int, rows: int, columns: int) -> str:
    """The address of a rectangle: `B2:D9`."""
    return f"{cell_name(row, column)}:{cell_name(row + rows - 1, column + columns - 1)}"


def corners(text: str) -> tuple[int, int, int, int]:
    """First row and column, and how many of each, of an address such as `$B$2:$D$9`."""
    first, _, last = text.partition(":")
    row, column = _cell(first)
    end_row, end_column = _cell(last or first)
    return row, column, end_row - row + 1, end_column - column + 1


def _cell(text: str) -> tuple[int, int]:
    found = _CORNER.match(text)
    assert found, f"not the address of a cell: {text}"
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
