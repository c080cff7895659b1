"""The cells to set in one sheet: what was asked, in any order, turned into rows from top to bottom.

Where two operations meet, the later one holds: its content where it has content, its format where
it has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area
from ar_xl.xlfile.payloads import Payloads, Scattered
from ar_xl.xlfile.write_errors import SheetFull

BATCH_ROWS = 4096  # rows made at a time: large enough to be fast, small enough to be light

Styles = int | None | Sequence[int | None]


@dataclass(frozen=True)
class CellColumn:
    """One column of an operation.

    Args:
        contents: a payload a row, or None to leave what the cells hold.
        styles: a format for all rows, one a row, or None to leave the cells'.
    """

    contents: Payloads | None
    styles: Styles


@dataclass(frozen=True)
class Operation:
    """Cells to set: `rows` rows from (row, column), counted from 1."""

    row: int
    column: int
    rows: int
    columns: Sequence[CellColumn]

    @property
    def scattered(self) -> bool:
        """Whether it sets only some of its cells."""
        return bool(self.columns) and all(
            isinstance(column.contents, Scattered) and column.styles is None
            for column in self.columns
        )

    @property
    def area(self) -> Area:
        """The cells that it sets; one column wide at least."""
        right = self.column + max(len(self.columns), 1) - 1
        return Area(self.row, self.column, self.row + self.rows - 1, right)


@dataclass(frozen=True)
class BatchColumn:
    """One column of a batch.

    Args:
        number: of the column.
        contents: a payload a row, None for rows whose content stays; or None for all of them.
        styles: as in `CellColumn`.
    """

    number: int
    contents: Sequence[str | None] | None
    styles: Styles

    def style(self, index: int) -> int | None:
        """Return the format for the batch's row of that index."""
        if self.styles is None or isinstance(self.styles, int):
            return self.styles
        return self.styles[index]


@dataclass(frozen=True)
class Batch:
    """Consecutive rows to set.

    Args:
        row: the first one.
        count: how many.
        columns: ascending.
        touched: the rows that have a cell to set, counted from 0; None for all.
    """

    row: int
    count: int
    columns: list[BatchColumn]
    touched: frozenset[int] | None = None

    def part(self, start: int, stop: int) -> Batch:
        """Return the rows start to stop of the batch, counted from 0."""
        if start == 0 and stop == self.count:
            return self
        cut = [
            BatchColumn(
                column.number,
                None if column.contents is None else column.contents[start:stop],
                column.styles
                if column.styles is None or isinstance(column.styles, int)
                else column.styles[start:stop],
            )
            for column in self.columns
        ]
        touched = self.touched
        if touched is not None:
            touched = frozenset(place - start for place in touched if start <= place < stop)
        return Batch(self.row + start, stop - start, cut, touched)


@dataclass(frozen=True)
class Growth:
    """Rows that a table grows by.

    Args:
        area: the new rows, from the table's first to its last column; must hold nothing yet.
        template_row: the table's last row of data so far, whose formats the new rows take.
        table: its name, for the refusal.
    """

    area: Area
    template_row: int
    table: str


@dataclass
class CellPatch:
    """All cells and rows to set in one sheet.

    Args:
        operations: in the order they were asked for.
        row_attributes: by row number, attributes of the row to set, None to take one away.
        growths: of tables on the sheet.
    """

    operations: list[Operation] = field(default_factory=list)
    row_attributes: dict[int, dict[str, str | None]] = field(default_factory=dict)
    growths: list[Growth] = field(default_factory=list)

    def add(self, operation: Operation) -> None:
        """Add an operation.

        Raises:
            SheetFull: it reaches beyond the last row or column of a sheet.
        """
        area = operation.area
        if area.bottom > MAX_ROW:
            raise SheetFull(f"Row {area.bottom:,} was to be written")
        if area.right > MAX_COLUMN:
            raise SheetFull(f"Column {area.right:,} was to be written")
        if operation.rows > 0:
            self.operations.append(operation)

    def __bool__(self) -> bool:
        return bool(self.operations or self.row_attributes or self.growths)

    def extent(self) -> Area | None:
        """Return the smallest rectangle that holds every cell that is given content or format."""
        extent: Area | None = None
        for operation in self.operations:
            if operation.columns:
                extent = operation.area.join(extent) if extent else operation.area
        return extent

    def batches(self) -> Iterator[Batch]:
        """Yield the rows to set from top to bottom, at most `BATCH_ROWS` at a time.

        Rows whose attributes change, that a table grows over or takes its formats from come too,
        without columns where no cell of theirs is set.
        """
        everything = list(self.operations)
        everything += [Operation(row, 1, 1, ()) for row in self.row_attributes]
        for growth in self.growths:
            area = growth.area
            everything.append(Operation(growth.template_row, area.left, 1, ()))
            everything.append(Operation(area.top, area.left, area.rows, ()))
        starts: dict[int, list[int]] = {}
        ends: dict[int, list[int]] = {}
        for index, operation in enumerate(everything):
            starts.setdefault(operation.row, []).append(index)
            ends.setdefault(operation.row + operation.rows, []).append(index)
        active: set[int] = set()
        edges = sorted(starts.keys() | ends.keys())
        for edge, following in pairwise(edges):
            active.difference_update(ends.get(edge, ()))
            active.update(starts.get(edge, ()))
            if not active:
                continue
            operations = [everything[index] for index in sorted(active)]
            merged = _merged(operations)
            scattered = all(operation.scattered for operation in operations)
            for row in range(edge, following, BATCH_ROWS):
                yield _batch(merged, row, min(row + BATCH_ROWS, following), scattered)


@dataclass(frozen=True)
class _Layer:
    contents: tuple[tuple[Payloads, int], ...]  # with the row each begins at; later ones on top
    styles: Styles
    styles_row: int


def _merged(operations: Sequence[Operation]) -> dict[int, _Layer]:
    """Return for each column what the operations that cover some rows together say of it."""
    merged: dict[int, _Layer] = {}
    for operation in operations:
        for number, column in enumerate(operation.columns, start=operation.column):
            below = merged.get(number) or _Layer((), None, 0)
            contents, styles, styles_row = below.contents, below.styles, below.styles_row
            if isinstance(column.contents, Scattered):
                contents = (*contents, (column.contents, operation.row))
            elif column.contents is not None:
                contents = ((column.contents, operation.row),)
            if isinstance(column.styles, int):
                styles, styles_row = column.styles, operation.row
            elif column.styles is not None:
                styles, styles_row = _over(column.styles, operation, styles, styles_row)
            merged[number] = _Layer(contents, styles, styles_row)
    return merged


def _over(
    upper: Sequence[int | None], operation: Operation, lower: Styles, lower_row: int
) -> tuple[Styles, int]:
    """Lay formats given row by row over those of an earlier operation."""
    if lower is None:
        return upper, operation.row
    below: list[int | None] = []
    for place in range(operation.row - lower_row, operation.row - lower_row + len(upper)):
        if isinstance(lower, int):
            below.append(lower)
        else:
            below.append(lower[place] if 0 <= place < len(lower) else None)
    made = [under if own is None else own for own, under in zip(upper, below, strict=True)]
    return made, operation.row


def _batch(merged: dict[int, _Layer], start: int, stop: int, scattered: bool) -> Batch:
    columns: list[BatchColumn] = []
    for number in sorted(merged):
        layer = merged[number]
        contents: Sequence[str | None] | None = None
        for payloads, row in layer.contents:
            upper = payloads.chunk(start - row, stop - row)
            if contents is not None:
                upper = [b if a is None else a for a, b in zip(upper, contents, strict=True)]
            contents = upper
        styles = layer.styles
        if styles is not None and not isinstance(styles, int):
            styles = styles[start - layer.styles_row : stop - layer.styles_row]
        columns.append(BatchColumn(number, contents, styles))
    touched: frozenset[int] | None = None
    if scattered:
        touched = frozenset[int]().union(*(_filled(column.contents or ()) for column in columns))
    return Batch(start, stop - start, columns, touched)


def _filled(contents: Sequence[str | None]) -> Iterable[int]:
    """Where there is content."""
    if None not in contents:
        return range(len(contents))
    return [place for place, content in enumerate(contents) if content is not None]
