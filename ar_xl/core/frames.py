"""Frame: some rows of one table, column by column. What every decision reads and returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from ar_xl.core.arrays import (
    AnyArray,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    filled,
    text_array,
)
from ar_xl.core.columns import (
    LaterColumns,
    PickedColumns,
    ReplacedColumns,
    joined,
    pieces_of,
)
from ar_xl.core.schema import Kind, Table, empty_column


@dataclass(frozen=True)
class Frame:
    """Rows of one table.

    Args:
        table: the declaration of the table.
        columns: one array per column key, all of one length, typed as `schema.Kind` says.
        row: sheet row of each (1 is the heading); 0 for a row that is not in the sheet yet.
    """

    table: Table
    columns: Mapping[str, AnyArray]
    row: IntArray = field(repr=False)

    def __post_init__(self) -> None:
        """Assert that the frame is rectangular and complete."""
        wanted, got = set(self.table.by_key), set(self.columns)
        assert wanted == got, f"{self.table.name}: columns {sorted(wanted ^ got)} differ"
        if isinstance(self.columns, LaterColumns):
            return
        lengths = {key: len(values) for key, values in self.columns.items()}
        assert set(lengths.values()) <= {len(self.row)}, f"{self.table.name}: lengths {lengths}"

    @classmethod
    def build(cls, table: Table, length: int, **columns: AnyArray | str | int) -> Frame:
        """Make rows that are not in the sheet yet.

        Args:
            table: the declaration.
            length: how many rows.
            columns: arrays by key, or one text, whole number or date for all rows. A column
                not named is empty.
        """
        made: dict[str, AnyArray] = {}
        for column in table.columns:
            if column.key not in columns:
                made[column.key] = empty_column(column.kind, length)
                continue
            made[column.key] = _typed(column.kind, columns[column.key], length)
        unknown = set(columns) - set(made)
        assert not unknown, f"{table.name} has no column {sorted(unknown)}"
        return cls(table, made, np.zeros(length, dtype=np.int64))

    @classmethod
    def empty(cls, table: Table) -> Frame:
        """No rows of a table."""
        return cls.build(table, 0)

    def __len__(self) -> int:
        return len(self.row)

    def text(self, key: str) -> TextArray:
        """The column `key`, which holds text."""
        return cast(TextArray, self.columns[key])

    def ints(self, key: str) -> IntArray:
        """The column `key`, which holds money, whole numbers or scaled rates."""
        return cast(IntArray, self.columns[key])

    def dates(self, key: str) -> DateArray:
        """The column `key`, which holds dates."""
        return cast(DateArray, self.columns[key])

    def numbers(self, key: str) -> TextArray:
        """The column `key`, which holds Decimal or None."""
        return cast(TextArray, self.columns[key])

    def pieces(self, key: str) -> Sequence[AnyArray]:
        """The column `key` in pieces that follow one another, for sums: no whole one is made."""
        return pieces_of(self.columns, key)

    def take(self, chosen: IntArray | BoolArray) -> Frame:
        """The rows that an index or a mask picks, in its order."""
        if chosen.dtype == np.bool_:
            assert len(chosen) == len(self), f"{self.table.name}: {len(chosen)} of {len(self)}"
            if chosen.all():
                return self
            chosen = np.flatnonzero(chosen)
        index = cast(IntArray, chosen)
        return Frame(self.table, PickedColumns(self.columns, index), self.row[index])

    def replace(self, **columns: AnyArray | str | int) -> Frame:
        """The same rows with some columns replaced."""
        kinds = self.table.by_key
        new = {key: _typed(kinds[key].kind, each, len(self)) for key, each in columns.items()}
        lengths = {len(values) for values in new.values()}
        assert lengths <= {len(self)}, f"{self.table.name}: lengths {lengths}"
        return Frame(self.table, ReplacedColumns(self.columns, new), self.row)

    def on_its_own(self) -> Frame:
        """The same rows with every column made: nothing else is held on to for their sake."""
        return Frame(self.table, dict(self.columns), self.row)

    def detached(self) -> Frame:
        """The same rows as rows that are not in the sheet yet."""
        return Frame(self.table, self.columns, np.zeros(len(self), dtype=np.int64))


def concat(frames: Sequence[Frame]) -> Frame:
    """Put rows of one table below one another."""
    kept = [frame for frame in frames if len(frame)] or [frames[0]]
    if len(kept) == 1:
        return kept[0]
    columns = joined([frame.columns for frame in kept])
    return Frame(kept[0].table, columns, np.concatenate([frame.row for frame in kept]))


def _typed(kind: Kind, values: AnyArray | str | int, length: int) -> AnyArray:
    if isinstance(values, np.ndarray):
        if kind is Kind.DATE:
            return values.astype("datetime64[D]")
        if kind in (Kind.TEXT, Kind.NUMBER):
            return values if values.dtype == object else text_array(values.tolist())
        return values.astype(np.int64)
    if kind is Kind.TEXT:
        return filled(length, str(values))
    if kind is Kind.DATE:
        return np.full(length, np.datetime64(values, "D"))
    if kind is Kind.NUMBER:
        out = np.empty(length, dtype=object)
        out[:] = values
        return out
    return np.full(length, values, dtype=np.int64)
