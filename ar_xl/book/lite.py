"""A workbook that is open in xlwings Lite: read into an image, written in one go, compared.

Only calls that xlwings documents for Lite are made. Each answer of Excel has to be waited for, and
meanwhile the user can type: so the cells that are about to be written are read again just before,
and nothing is written where they changed. What was written is read back; where it is not what was
decided, all of it is taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlwings as xw

from ar_xl.book.excelblocks import ERROR_CODES, TEXT_FORMAT
from ar_xl.book.look import DATE_FORMAT
from ar_xl.book.mirror import Area, BookImage, Lines, SheetImage, Step
from ar_xl.book.survey import SeenTable
from ar_xl.core.schema import Role
from ar_xl.core.tables import TABLES

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zone
_DAY = dt.timedelta(days=1)
_GENERAL = "General"
_MOST_PIECES = 64  # one column is asked so often where its number format changes
_ERRORS = {number: text for text, number in ERROR_CODES.items()}
_OURS = {table.name.casefold(): table for table in TABLES}


class LiteError(Exception):
    """Excel did not take what a command wrote, or the user typed meanwhile.

    Args:
        said: what happened and what to do, a sentence or two a line.
    """

    def __init__(self, *said: str) -> None:
        super().__init__(" ".join(said))
        self.said = said


@dataclass
class Written:
    """What was written, so that it can be compared and taken back.

    Args:
        steps: taken in the tables, in order.
        codes: the number formats that cells had, by the step that gave them another.
        sheets: names of sheets that were added.
        cells: what reports hold, by sheet and area.
    """

    steps: Sequence[Step]
    codes: dict[int, list[tuple[Area, str]]] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    cells: list[Step] = field(default_factory=list)


async def read_image(book: xw.Book) -> BookImage:
    """Read the tables of ours into an image: values, formulas, and the number formats that tell.

    Args:
        book: the workbook, as Lite hands it to a script.
    """
    await book.load()
    image = BookImage([sheet.name for sheet in book.sheets], {})
    for sheet in book.sheets:
        tables = {table.name: _area_of(table.range) for table in sheet.tables}
        if tables:
            image.table_names[sheet.name] = list(tables)
        if any(name.casefold() in _OURS for name in tables):
            image.sheets[sheet.name] = await _read_sheet(sheet, tables, image)
    return image


async def _read_sheet(sheet: xw.Sheet, tables: dict[str, Area], image: BookImage) -> SheetImage:
    used = await sheet.get_used_range(values_only=True)
    ends = [(area[0] + area[2] - 1, area[1] + area[3] - 1) for area in tables.values()]
    if used is not None:
        ends.append((used.last_cell.row, used.last_cell.column))
    whole = sheet.range((1, 1), (max(row for row, _ in ends), max(column for _, column in ends)))
    found = await whole.options(ndim=2, err_to_str=True).get_value()
    shown = await whole.options(ndim=2).get_formula()
    formulas = {
        (row, column): text
        for row, (texts, values) in enumerate(zip(shown, found, strict=True), 1)
        for column, (text, value) in enumerate(zip(texts, values, strict=True), 1)
        if isinstance(text, str) and text.startswith("=") and text != value
    }
    values = [[as_number(value) for value in line] for line in found]
    made = SheetImage(sheet.name, values, formulas, tables, image.steps)
    for name, area in tables.items():
        known = _OURS.get(name.casefold())
        if known is None:
            continue
        (texts,) = made.lines((*area[:2], 1, area[3]))
        headings = ["" if text is None else str(text) for text in texts]
        totals = bool(sheet.tables[name].show_totals)
        image.wanted[name.casefold()] = SeenTable(sheet.name, name, area, headings, totals)
        if known.role is not Role.PRODUCT:
            made.codes += await _codes_of(sheet, area, found)
    return made


async def _codes_of(
    sheet: xw.Sheet, area: Area, found: Sequence[Sequence[Any]]
) -> list[tuple[Area, str]]:
    """The number formats of the columns of a table that hold numbers."""
    row, column, rows, columns = area
    codes: list[tuple[Area, str]] = []
    for beside in range(column, column + columns):
        cells = [found[at][beside - 1] for at in range(row, row + rows - 1)]
        dates = sum(isinstance(cell, dt.date) for cell in cells)
        numbers = sum(
            isinstance(cell, (int, float)) and cell not in (True, False) for cell in cells
        )
        if dates and not numbers:
            codes.append(((row + 1, beside, rows - 1, 1), DATE_FORMAT))
        elif numbers:
            codes += await _pieces(sheet, (row + 1, beside, rows - 1, 1))
    return codes


async def _pieces(sheet: xw.Sheet, area: Area) -> list[tuple[Area, str]]:
    """Number formats of an area of one column, which is halved where they differ."""
    row, column, rows, _ = area
    waiting, asked, found = [(row, rows)], 0, list[tuple[Area, str]]()
    while waiting:
        start, count = waiting.pop()
        part = (start, column, count, 1)
        code = await _cells(sheet, part).get_number_format() if asked < _MOST_PIECES else _GENERAL
        asked += 1
        if code is None and count > 1:
            half = count // 2
            waiting += [(start + half, count - half), (start, half)]
        else:
            found.append((part, str(code or _GENERAL)))
    return found


def as_number(value: Any) -> Any:
    """A value as Excel's own `Value2` gives it: dates and numbers as floats, errors as codes."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return ERROR_CODES.get(value, value)
    if isinstance(value, bool):
        return value
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - _EPOCH) / _DAY
    if isinstance(value, dt.date):
        return float((value - _EPOCH.date()).days)
    return float(value)


async def write(book: xw.Book, image: BookImage) -> Written:
    """Take the steps that were done to an image in the workbook, and compare what came of it.

    Raises:
        LiteError: the user typed there meanwhile, and nothing was written; or what is there is not
            what was written, and it was taken back.
    """
    steps = image.steps
    written = Written(steps)
    for name in dict.fromkeys(step.sheet for step in steps):
        await _insist_on_same_sheet(book, image.sheets[name])
    await _insist_on_unchanged(book, steps)
    for at, step in enumerate(steps):  # asked first: every answer empties the queue of writes
        if step.code:
            written.codes[at] = await _codes_there(book.sheets[step.sheet], step.area)
    try:
        for at, step in enumerate(steps):
            _queue(book, step, written.codes.get(at, []))
        await book.flush()
        await insist_on_same(book, written)
    except Exception as problem:  # noqa: BLE001 - whatever it is, all or nothing
        await take_back(book, written, problem)
    return written


async def _codes_there(sheet: xw.Sheet, area: Area) -> list[tuple[Area, str]]:
    code = await _cells(sheet, area).get_number_format()
    if code is not None:
        return [(area, str(code))]
    row, column, rows, columns = area
    return [
        piece for beside in range(column, column + columns)
        for piece in await _pieces(sheet, (row, beside, rows, 1))
    ]  # fmt: skip


async def _insist_on_same_sheet(book: xw.Book, image: SheetImage) -> None:
    """Refuse where a sheet is not any more as it was read."""
    whole = Step(image.name, (1, 1, len(image.read), len(image.read[0])), before=image.read)
    if await _values(book, whole) != whole.before:
        raise _typed_meanwhile(image.name)


def _typed_meanwhile(sheet: str) -> LiteError:
    return LiteError(
        f"The sheet {sheet} was changed while the command ran. Nothing was written; run it again."
    )


async def _insist_on_unchanged(book: xw.Book, steps: Iterable[Step]) -> None:
    """Refuse where cells are not any more as they were read."""
    touched: list[tuple[str, Area]] = []
    for step in steps:
        if step.values is None:
            continue
        known = any(sheet == step.sheet and _overlap(area, step.area) for sheet, area in touched)
        touched.append((step.sheet, step.area))
        if not known and await _values(book, step) != step.before:
            raise _typed_meanwhile(step.sheet)


async def insist_on_same(book: xw.Book, written: Written) -> None:
    """Compare the workbook with what was written into it.

    Raises:
        LiteError: a cell or the area of a table is not what was written.
    """
    await book.load()
    for step in (*written.steps, *written.cells):
        if step.table:
            found = _area_of(book.sheets[step.sheet].tables[step.table].range)
            if found != step.area:
                raise LiteError(f"The table {step.table} ends in row {found[0] + found[2] - 1} "
                                f"instead of {step.area[0] + step.area[2] - 1}.")  # fmt: skip
        if step.values is not None and await _values(book, step) != _plain(step.values):
            raise LiteError(f"Cells of {step.sheet} read back differently from what was written.")


async def take_back(book: xw.Book, written: Written, problem: Exception) -> None:
    """Put everything back as it was, last first, and say so.

    Raises:
        LiteError: always: what happened, and whether everything is as it was.
    """
    what = problem.said if isinstance(problem, LiteError) else (
        f"Excel did not take what was written ({type(problem).__name__}).",
    )  # fmt: skip
    failed: Exception | None = None
    try:
        _queue_back(book, written)
        await book.flush()
    except Exception as again:  # noqa: BLE001 - a sheet that takes nothing may be as it was
        failed = again
    try:
        await _insist_on_all_as_it_was(book, written)
    except Exception as differs:  # noqa: BLE001 - whatever keeps us from seeing that it is
        raise LiteError(
            *what,
            "It could not be put back. Close the workbook without saving, or go back to the last "
            "version (File, Info, Version History).",
        ) from failed or differs
    raise LiteError(*what, "What had been written was taken back.") from problem


async def _insist_on_all_as_it_was(book: xw.Book, written: Written) -> None:
    await book.load()
    there = {sheet.name for sheet in book.sheets}
    for name in written.sheets:
        if name in there:
            raise LiteError(f"The sheet {name} is still there.")
    for step in written.steps:
        if step.table:
            found = _area_of(book.sheets[step.sheet].tables[step.table].range)
            if found != _first(written.steps, step.table):
                raise LiteError(f"The table {step.table} is not as it was.")
    await _insist_on_unchanged(book, written.steps)


def _first(steps: Iterable[Step], table: str) -> Area:
    area: Area = next(step.before for step in steps if step.table == table)
    return area


def _queue(book: xw.Book, step: Step, codes: Iterable[tuple[Area, str]]) -> None:
    sheet = book.sheets[step.sheet]
    if step.table:
        sheet.tables[step.table].resize(_cells(sheet, step.area))
    elif step.code:
        for area, code in codes:
            if code != step.code:
                _cells(sheet, area).number_format = step.code
    else:
        assert step.values is not None, "a step is of one kind"
        _cells(sheet, step.area).value = [list(line) for line in step.values]


def _queue_back(book: xw.Book, written: Written) -> None:
    for name in written.sheets:
        if name in [sheet.name for sheet in book.sheets]:
            book.sheets[name].delete()
    made_text = [
        (step.sheet, area)
        for at, step in enumerate(written.steps)
        if step.code == TEXT_FORMAT
        for area, _ in written.codes.get(at, [])
    ]
    for at, step in reversed(list(enumerate(written.steps))):
        sheet = book.sheets[step.sheet]
        if step.table:
            sheet.tables[step.table].resize(_cells(sheet, step.before))
            row, column, rows, columns = step.before  # its own formulas were copied down
            added = (row + rows, column, step.area[2] - rows, columns)
            _cells(sheet, added).clear_contents()
        elif step.code:
            for area, code in written.codes.get(at, []):
                if code != step.code:
                    _cells(sheet, area).number_format = code
        else:
            as_text = [area for name, area in made_text if name == step.sheet]
            _cells(sheet, step.area).value = _as_it_was(step, as_text)


def _as_it_was(step: Step, as_text: Sequence[Area]) -> list[list[Any]]:
    """Values to write again: formulas, and texts in cells that are not of texts say they are."""
    row, column, _, _ = step.area
    lines = []
    for down, line in enumerate(step.before, row):
        cells = []
        for beside, value in enumerate(line, column):
            if (down, beside) in step.formulas:
                cells.append(step.formulas[down, beside])
            elif isinstance(value, int) and value in _ERRORS:
                cells.append(_ERRORS[value])
            elif isinstance(value, str) and not any(_within(down, beside, a) for a in as_text):
                cells.append(f"'{value}")
            else:
                cells.append(value)
        lines.append(cells)
    return lines


async def _values(book: xw.Book, step: Step) -> Lines:
    area = _cells(book.sheets[step.sheet], step.area).options(ndim=2, err_to_str=True)
    return tuple(tuple(as_number(value) for value in line) for line in await area.get_value())


def _plain(lines: Lines) -> Lines:
    return tuple(tuple(as_number(value) for value in line) for line in lines)


def _cells(sheet: xw.Sheet, area: Area) -> xw.Range:
    row, column, rows, columns = area
    return sheet.range((row, column), (row + rows - 1, column + columns - 1))


def _area_of(cells: xw.Range) -> Area:
    return (cells.row, cells.column, *cells.shape)


def _overlap(one: Area, other: Area) -> bool:
    return (
        one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    )  # fmt: skip


def _within(row: int, column: int, area: Area) -> bool:
    return area[0] <= row < area[0] + area[2] and area[1] <= column < area[1] + area[3]
