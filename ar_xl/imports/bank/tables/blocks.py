"""Files with several accounts below each other: each with its own data, headings and lines."""

from __future__ import annotations

import numpy as np

from ar_xl.imports.bank.tables.facts import facts_of
from ar_xl.imports.bank.tables.heads import Heads
from ar_xl.imports.rawtable import RawGrid


def blocks_of(grid: RawGrid, heads: Heads) -> list[RawGrid]:
    """The parts of a file that each have their own account; the whole file where it has one.

    Args:
        grid: the file.
        heads: its first headings; a part begins where an account is named above equal ones.
    """
    first = heads.heading_record
    if first < 0:
        return [grid]
    same = np.arange(len(grid)) > first
    for column in grid.columns:
        same &= column.texts == column.texts[first]
    dates = heads.match.columns.get("date", heads.match.columns.get("value_date", 0))
    begins, accounts = [0], [facts_of(grid, range(first)).account]
    last = first
    for heading in np.flatnonzero(same).tolist():
        dated = [i for i in range(last + 1, heading) if _is_dated(grid, dates, i)]
        above = range((dated[-1] if dated else last) + 1, heading)
        named = [index for index in above if facts_of(grid, [index]).account]
        if named:
            begins.append(named[0])
            accounts.append(facts_of(grid, above).account)
        last = heading
    if len(set(accounts) - {""}) < 2:  # one account, its headings repeated
        return [grid]
    ends = [*begins[1:], len(grid)]
    return [_part(grid, begin, end) for begin, end in zip(begins, ends, strict=True)]


def _is_dated(grid: RawGrid, column: int, index: int) -> bool:
    return any(map(str.isdigit, str(grid.columns[column].texts[index])))


def _part(grid: RawGrid, begin: int, end: int) -> RawGrid:
    rows = np.arange(begin, end, dtype=np.int64)
    columns = tuple(column.take(rows) for column in grid.columns)
    return RawGrid(
        grid.source, columns, grid.lines[rows], grid.widths[rows], grid.is_sheet, grid.said
    )
