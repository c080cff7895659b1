"""Days past due and buckets of days."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import days_between
from ar_xl.core.policy import bucket_names
from ar_xl.functions.cells import Cell, Rows, aligned, column_of, dates_of, first_error, wholes_of
from ar_xl.functions.errors import NUM, VALUE, CellError
from ar_xl.functions.results import rows_of, whole_cells
from ar_xl.ops.aging import bucket_of

EDGES = (30, 60, 90)


def days_past_due(due_dates: Rows, as_of: Rows) -> tuple[tuple[Cell, ...], ...]:
    """AR_DAYS_PAST_DUE: whole days from the due date to a date; blank where no due date stands."""
    (due, at), across = aligned(due_dates, as_of)
    due_day, due_error = dates_of(due)
    as_of_day, as_of_error = dates_of(at)
    as_of_error = np.where(at.blank, VALUE, as_of_error)
    days = np.where(due.blank, BLANK, days_between(as_of_day, due_day))
    errors = np.where(due.blank, 0, first_error(due_error, as_of_error))
    return rows_of(whole_cells(days), errors, across)


def bucket(days: Rows, edges: Rows | None = None) -> tuple[tuple[Cell, ...], ...]:
    """AR_BUCKET: the name of the bucket that a number of days past due belongs to."""
    column = column_of(days)
    numbers, errors = wholes_of(column)
    upper = edges_of(edges)
    names = np.array([*bucket_names(upper), ""], dtype=object)
    blank = column.blank | (errors != 0)
    chosen = np.where(blank, len(names) - 1, bucket_of(np.where(blank, 0, numbers), upper))
    return rows_of(names[chosen], errors, column.across)


def edges_of(rows: Rows | None) -> tuple[int, ...]:
    """Upper edges of buckets: cells with rising day numbers; left out 30, 60, 90.

    Raises:
        CellError: #VALUE! for what is no number; #NUM! where they do not rise from 1 on.
    """
    if rows is None:
        return EDGES
    column = column_of(rows)
    numbers, errors = wholes_of(column)
    if errors.any():
        raise CellError(int(errors[errors != 0][0]))
    given = numbers[~column.blank]
    if not len(given):
        return EDGES
    if given[0] < 1 or (np.diff(given) <= 0).any():
        raise CellError(NUM)
    return tuple(given.tolist())
