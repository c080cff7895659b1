"""The rows of a sheet as XML: cells put into rows that exist, and rows made new."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import pairwise, repeat

from ar_xl.xlfile.addresses import AddressError, Area, column_letters, column_number
from ar_xl.xlfile.elements import area_in_file, with_attributes
from ar_xl.xlfile.patch import Batch, BatchColumn, CellPatch, Growth
from ar_xl.xlfile.payloads import BLANK
from ar_xl.xlfile.write_errors import CannotEdit, IrregularSheet

_SPANS = re.compile(r' spans="(\d+):(\d+)"')
_FORMULA_TAG = re.compile(r"<f(\s[^>]*)?>")
_ROW_STYLE = re.compile(r' s="(\d+)"')


class RowWriter:
    """Makes the new text of rows.

    Args:
        sheet: name of the sheet, for refusals.
        patch: the cells to set.
        column_style: the format that untouched cells of a column have, by column number.
    """

    def __init__(
        self, sheet: str, patch: CellPatch, column_style: Callable[[int], int | None]
    ) -> None:
        self._sheet = sheet
        self._patch = patch
        self._column_style = column_style
        self._arrays: list[Area] = []
        self._templates: dict[int, dict[int, int]] = {
            growth.template_row: {} for growth in patch.growths
        }
        self._planned: Batch | None = None
        self._plan: _Plan | None = None

    def note_array(self, ref: str) -> None:
        """Remember the area of an array formula: no cell of it may be set on its own."""
        self._arrays.append(area_in_file(ref))

    def needs_care(self, batch: Batch) -> bool:
        """Tell whether rows of a batch have more to them than cells to set."""
        rows = range(batch.row, batch.row + batch.count)
        return bool(
            self._arrays
            or self._growths(batch.row)
            or any(row in rows for row in self._templates)
            or any(row in rows for row in self._patch.row_attributes)
        )

    def column_style(self, column: int) -> int | None:
        """Return the format that a new cell takes from its column."""
        return self._column_style(column)

    def new_rows(self, batch: Batch) -> str:
        """Return the XML of rows that the sheet does not have yet."""
        numbers = [str(row) for row in range(batch.row, batch.row + batch.count)]
        made = [
            part for column in self._with_growth(batch) for part in self._new_cells(column, numbers)
        ]
        cells = list(map("".join, zip(*made, strict=False))) if made else [""] * batch.count
        attributes = self._patch.row_attributes
        rows = [
            f'<row r="{number}">{inner}</row>' if inner else ""
            for number, inner in zip(numbers, cells, strict=True)
        ]
        for row in attributes.keys() & range(batch.row, batch.row + batch.count):
            tag = with_attributes(f'<row r="{row}">', attributes[row])
            rows[row - batch.row] = f"{tag}{cells[row - batch.row]}</row>"
        return "".join(rows)

    def merged_row(self, text: str, row: int, batch: Batch) -> str:
        """Return a row of the sheet with the batch's cells set.

        Raises:
            IrregularSheet: the row must be brought into plain form first.
            CannotEdit: a cell must not be set, or a table would grow over content.
        """
        tag, cells = _split_row(text)
        if row in self._templates:
            self._templates[row] = _styles(cells, row)
        batch = self._grown(batch, row, cells)
        plan = self._plan
        if plan is None or self._planned is not batch or not plan.fits(cells, row):
            plan = self._plan = _Plan(batch, cells, row)
            self._planned = batch
        index = row - batch.row
        inserted = False
        for column, place, there in plan.steps:
            new = self._cell(column, row, index, tag, cells[place] if there else None)
            if there:
                cells[place] = new
            elif new:
                cells.insert(place, new)
                inserted = True
        if "" in cells:
            cells = [cell for cell in cells if cell]
        if row in self._patch.row_attributes:
            tag = with_attributes(tag, self._patch.row_attributes[row])
        if inserted:
            tag = with_spans(tag, batch)
        return f"{tag}<c {'<c '.join(cells)}</row>" if cells else f"{tag}</row>"

    def _cell(self, column: BatchColumn, row: int, index: int, tag: str, old: str | None) -> str:
        """Return a cell without its "<c "; "" where there is nothing to keep."""
        style = column.style(index)
        content = None if column.contents is None else column.contents[index]
        if old is None:
            content = BLANK if content is None else content
            default = self._default_style(column.number, row, tag)
            if content == BLANK and (style is None or style == (default or 0)):
                return ""
            kept = default if style is None else style
            reference = f"{column_letters(column.number)}{row}"
            return f'r="{reference}"{_style_attribute(kept)}{content}'
        if content is None:
            return old if style is None else _restyled(old, style)
        self._guard(old, column.number, row)
        kept_text = _style_text(old) if style is None else str(style)
        if content == BLANK and not kept_text:
            return ""
        attribute = f' s="{kept_text}"' if kept_text and kept_text != "0" else ""
        reference = old[: old.index('"', 3) + 1]
        return f"{reference}{attribute}{content}"

    def _guard(self, old: str, column: int, row: int) -> None:
        """Refuse to overwrite the head of a formula that other cells depend on."""
        where = f"{self._sheet}!{column_letters(column)}{row}"
        if "<f" in old:
            found = _FORMULA_TAG.search(old)
            if found and found[1] and " ref=" in found[1]:
                kind = "an array formula" if "array" in found[1] else "a shared formula"
                raise CannotEdit(
                    f"{where} holds {kind} on which other cells depend. "
                    "Replace these formulas by their values, or clear them, and try again."
                )
        for area in self._arrays:
            if area.holds(Area(row, column, row, column)):
                raise CannotEdit(
                    f"{where} belongs to the array formula in {area.a1()}. "
                    "Clear that formula and try again."
                )

    def _default_style(self, column: int, row: int, tag: str) -> int | None:
        """Return the format that a new cell takes: of its table, its row or its column."""
        for growth in self._growths(row):
            style = self._templates[growth.template_row].get(column)
            if style is not None and growth.area.left <= column <= growth.area.right:
                return style
        if "customFormat=" in tag and (found := _ROW_STYLE.search(tag)):
            return int(found[1])
        return self._column_style(column)

    def _growths(self, row: int) -> list[Growth]:
        return [g for g in self._patch.growths if g.area.top <= row <= g.area.bottom]

    def _grown(self, batch: Batch, row: int, cells: list[str]) -> Batch:
        """Return the batch with what a growing table adds, once its rows are known to be free."""
        growths = self._growths(row)
        if not growths:
            return batch
        for growth in growths:
            for cell in cells:
                number = _cell_column(cell, str(row))
                inside = growth.area.left <= number <= growth.area.right
                if inside and ("<v" in cell or "<f" in cell or "<is" in cell):
                    raise CannotEdit(
                        f"The table {growth.table} cannot grow: {self._sheet}!"
                        f"{column_letters(number)}{row} below it is not empty. "
                        "Move what is below the table to another sheet and try again."
                    )
        part = batch.part(row - batch.row, row - batch.row + 1)
        return Batch(part.row, 1, self._with_growth(part))

    def _with_growth(self, batch: Batch) -> list[BatchColumn]:
        """Return the columns of the batch and those that a growing table fills by itself.

        A batch never lies partly inside a growth: its edges part the batches.
        """
        columns = {column.number: column for column in batch.columns}
        for growth in self._growths(batch.row):
            styles = self._templates[growth.template_row]
            for number in range(growth.area.left, growth.area.right + 1):
                style = styles.get(number)
                there = columns.get(number)
                if there is None:
                    columns[number] = BatchColumn(number, [BLANK] * batch.count, style)
                elif there.styles is None:
                    columns[number] = BatchColumn(number, there.contents, style)
        return [columns[number] for number in sorted(columns)]

    def _new_cells(self, column: BatchColumn, numbers: list[str]) -> list[Iterable[str]]:
        """Return the cells of one column for new rows, as texts to be joined row by row.

        A cell that need not be written is empty.
        """
        letters = column_letters(column.number)
        default = self._column_style(column.number)
        given = column.contents or [BLANK] * len(numbers)
        contents = [BLANK if content is None else content for content in given]
        styles = column.styles
        if styles is not None and not isinstance(styles, int):
            return [[
                ""
                if content == BLANK and (style is None or style == (default or 0))
                else f'<c r="{letters}{number}"'
                f"{_style_attribute(default if style is None else style)}{content}"
                for number, content, style in zip(numbers, contents, styles, strict=True)
            ]]  # fmt: skip
        attribute = _style_attribute(default if styles is None else styles)
        keep_blank = styles is not None and styles != (default or 0)
        if keep_blank or BLANK not in contents:
            # One join of a row's texts costs a third of a text made for each of its cells.
            return [repeat(f'<c r="{letters}'), numbers, repeat(f'"{attribute}'), contents]
        return [[
            f'<c r="{letters}{number}"{attribute}{content}' if content != BLANK else ""
            for number, content in zip(numbers, contents, strict=True)
        ]]  # fmt: skip


class _Plan:
    """Where in a row the cells of a batch go; rows that look alike need only a short check."""

    def __init__(self, batch: Batch, cells: list[str], row: int) -> None:
        suffix = str(row)
        numbers = [_cell_column(cell, suffix) for cell in cells]
        if any(left >= right for left, right in pairwise(numbers)):
            raise IrregularSheet
        self._length = len(cells)
        self.steps: list[tuple[BatchColumn, int, bool]] = []
        checks: set[int] = set()
        # From the right, so that an insertion moves no place still to be used.
        for column in reversed(batch.columns):
            place = bisect_left(numbers, column.number)
            there = place < len(numbers) and numbers[place] == column.number
            self.steps.append((column, place, there))
            checks |= {place} if there else {place - 1, place}
        self._checks = [
            (place, column_letters(numbers[place])) for place in checks if 0 <= place < len(numbers)
        ]

    def fits(self, cells: list[str], row: int) -> bool:
        """Tell whether the cells of another row stand at the same places."""
        if len(cells) != self._length:
            return False
        return all(
            cells[place].startswith(f'r="{letters}{row}"') for place, letters in self._checks
        )


def _split_row(text: str) -> tuple[str, list[str]]:
    """Return a row's start tag and its cells, each without its "<c "."""
    text = text.rstrip()
    if text.endswith("</row>"):
        text = text[:-6]
    elif text.endswith("/>") and "<c" not in text:
        text = text[:-2] + ">"
    else:
        raise IrregularSheet
    parts = text.split("<c ")
    plain_cells = text.count("<c") - text.count("<co") - text.count("<ch")
    if plain_cells != len(parts) - 1 or "<extLst" in text:
        raise IrregularSheet
    return parts[0], parts[1:]


def _cell_column(cell: str, row: str) -> int:
    """Return the column of a cell; irregular unless its reference comes first and fits the row."""
    end = cell.find('"', 3)
    if not cell.startswith('r="') or not cell.startswith(row, end - len(row)):
        raise IrregularSheet
    try:
        return column_number(cell[3 : end - len(row)])
    except AddressError:
        raise IrregularSheet from None


def _styles(cells: list[str], row: int) -> dict[int, int]:
    try:
        return {
            _cell_column(cell, str(row)): int(style)
            for cell in cells
            if (style := _style_text(cell))
        }
    except ValueError:
        raise IrregularSheet from None


def _style_text(cell: str) -> str:
    place = cell.find(' s="', 0, cell.index(">"))
    return "" if place < 0 else cell[place + 4 : cell.index('"', place + 4)]


def _style_attribute(style: int | None) -> str:
    return f' s="{style}"' if style else ""


def _restyled(cell: str, style: int) -> str:
    end = cell.index(">")
    tag, rest = cell[: end + 1], cell[end + 1 :]
    return with_attributes(tag, {"s": str(style)}) + rest


def with_spans(tag: str, batch: Batch) -> str:
    """Return a row's start tag whose hint of the columns used holds those of the batch."""
    found = _SPANS.search(tag)
    if found is None or not batch.columns:
        return tag
    first = min(int(found[1]), batch.columns[0].number)
    last = max(int(found[2]), batch.columns[-1].number)
    return tag[: found.start()] + f' spans="{first}:{last}"' + tag[found.end() :]
