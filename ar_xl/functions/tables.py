"""Whole tables as arguments, headings and all: `Invoices[#All]`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import numpy as np

from ar_xl.core.arrays import AnyArray
from ar_xl.core.frames import Frame
from ar_xl.core.schema import Kind, Table
from ar_xl.functions.cells import Column, Rows, cells_of, numbers_of, refuse_errors, texts_of
from ar_xl.functions.errors import REF, VALUE, CellError


def headed(rows: Rows, table: Table, wanted: Iterable[str]) -> dict[str, Column]:
    """Columns of a table by key, found by their headings in the first row.

    Args:
        rows: the heading row and the rows below.
        table: whose headings they are; further columns may stand anywhere.
        wanted: keys of the columns that are needed.

    Raises:
        CellError: #REF! where a heading is missing.
    """
    if not len(rows):
        raise CellError(VALUE)
    headings = [str(cell).strip() for cell in rows[0]]
    found: dict[str, Column] = {}
    for key in wanted:
        heading = table.by_key[key].heading
        if heading not in headings:
            raise CellError(REF)
        at = headings.index(heading)
        found[key] = cells_of([row[at] for row in rows[1:]])
    return found


def policy_frame(rows: Rows, table: Table) -> Frame:
    """The rows of a policy table; a column that is not there is empty, a blank row is none.

    Raises:
        CellError: #REF! without the first heading, the error of a cell that holds one, #VALUE! for
            a text where a number belongs.
    """
    headings = {str(cell).strip() for cell in rows[0]} if len(rows) else set()
    keys = [each.key for each in table.columns if each.heading in headings]
    name = table.columns[0].key
    columns = headed(rows, table, dict.fromkeys([name, *keys]))
    kept = np.flatnonzero(~columns[name].blank)
    made: dict[str, AnyArray | str | int] = {}
    for key, column in columns.items():
        picked = cells_of(column.values[kept].tolist())
        if table.by_key[key].kind is Kind.TEXT:
            made[key], errors = texts_of(picked)
        else:
            made[key], errors = _decimals(picked)
        refuse_errors(errors)
    return Frame.build(table, len(kept), **made)


def _decimals(column: Column) -> tuple[AnyArray, Any]:
    """Numbers as Decimal with the digits that a cell shows; None where blank."""
    numbers, errors = numbers_of(column)
    made = np.empty(len(column), dtype=object)
    made[:] = [None if number != number else decimal_of(number) for number in numbers.tolist()]
    return made, errors


def decimal_of(number: float) -> Decimal:
    """The shortest decimal that is this number: 1.5 for 1.5, 30 for 30.0."""
    return Decimal(int(number)) if number == int(number) else Decimal(repr(number))
