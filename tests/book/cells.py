"""Blocks of cells for tests, written down as Python values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from ar_xl.book.blocks import Block, CellKind, ColumnBlock, FormatClass
from ar_xl.book.values import Cells, padded


@dataclass(frozen=True)
class Error:
    """An error value such as #N/A."""

    text: str


@dataclass(frozen=True)
class Percent:
    """A number in a cell formatted as percent."""

    number: float


@dataclass(frozen=True)
class Day:
    """A number in a cell formatted as a date."""

    number: float


def column_of(values: list[Any], date1904: bool = False) -> Cells:
    """A column of cells: numbers, texts, bools, dates, `Error`, `Percent`, `Day` or None."""
    return Cells(*_block([values], date1904))


def _block(columns: list[list[Any]], date1904: bool) -> tuple[ColumnBlock, Block]:
    pool: list[str] = []
    made = [_column(values, pool, date1904) for values in columns]
    texts = np.empty(len(pool), dtype=object)
    texts[:] = pool
    formats = np.arange(len(FormatClass), dtype=np.uint8)
    block = padded(Block(made, texts, formats, date1904))
    return block.columns[0], block


def _column(values: list[Any], pool: list[str], date1904: bool) -> ColumnBlock:
    epoch = dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)
    kind = np.zeros(len(values), dtype=np.uint8)
    number = np.full(len(values), np.nan)
    text = np.full(len(values), -1, dtype=np.int32)
    style = np.zeros(len(values), dtype=np.int32)
    for i, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, bool):
            kind[i], number[i] = CellKind.BOOL, float(value)
        elif isinstance(value, str | Error):
            kind[i] = CellKind.TEXT if isinstance(value, str) else CellKind.ERROR
            words = value if isinstance(value, str) else value.text
            if words not in pool:
                pool.append(words)
            text[i] = pool.index(words)
        else:
            kind[i] = CellKind.NUMBER
            number[i], style[i] = _number(value, epoch)
    return ColumnBlock(kind, number, text, style, np.zeros(len(values), dtype=np.bool_))


def _number(value: Any, epoch: dt.date) -> tuple[float, int]:
    if isinstance(value, Percent):
        return value.number, FormatClass.PERCENT
    if isinstance(value, Day):
        return value.number, FormatClass.DATE
    if isinstance(value, dt.time):
        return (value.hour * 60 + value.minute) / 1440, FormatClass.DATE
    if isinstance(value, dt.date):
        return float((value - epoch).days), FormatClass.DATE
    return float(value), FormatClass.GENERAL
