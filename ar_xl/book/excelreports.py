"""Report sheets in a workbook that is open in Excel.

Reports are drawn in a workbook file of their own, as for files; Excel opens it and copies its
sheets. So a report looks the same everywhere, and the number of calls depends neither on its rows
nor on its looks. A report that replaces its own earlier sheet is poured into that sheet, so that
formulas which point at its cells go on doing so.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ar_xl.book import host
from ar_xl.book.excel import Work, each
from ar_xl.book.reportsheets import draw_on, may_replace, name_of, numbered
from ar_xl.book.survey import Survey
from ar_xl.core.report import Report


@dataclass(frozen=True)
class _Wanted:
    """One report and the sheet it goes to.

    Args:
        report: it.
        name: of the sheet.
        replaces: the sheet is there, as we made it, and is filled anew.
        tables: the names of its Excel tables, in order.
    """

    report: Report
    name: str
    replaces: bool
    tables: tuple[str, ...] = ()


def place_reports(work: Work, reports: Sequence[Report], seen: Survey) -> tuple[str, ...]:
    """Put reports into the workbook, each on a sheet of its own.

    Args:
        work: the command at work.
        reports: what they say.
        seen: the sheets and tables that the workbook has.

    Returns:
        The names of the sheets.
    """
    if not reports:
        return ()
    wanted = _choose(work, reports, seen)
    with tempfile.TemporaryDirectory(prefix="ar_xl-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / f"ar_xl-{uuid.uuid4().hex[:12]}.xlsx"
        wanted = _draw_all(path, wanted, seen)
        drawn = _open(work, path)
        _insert(work, drawn, wanted, seen)
        drawn.Close(SaveChanges=False)
    return tuple(one.name for one in wanted)


def _choose(work: Work, reports: Sequence[Report], seen: Survey) -> list[_Wanted]:
    """A sheet for each report: its own earlier one where that may be replaced, else a new one."""
    taken = {name.casefold(): name for name in seen.sheets}
    chosen: list[_Wanted] = []
    for report in reports:
        name, number, replaces = name_of(report), 1, False
        while name.casefold() in taken:
            earlier = taken[name.casefold()]
            if earlier in seen.sheets and may_replace(work.book.sheets[earlier], report):
                name, replaces = earlier, True
                break
            number += 1
            name = numbered(name_of(report), number)
        taken[name.casefold()] = ""
        chosen.append(_Wanted(report, name, replaces))
    return chosen


def _draw_all(path: Path, wanted: Sequence[_Wanted], seen: Survey) -> list[_Wanted]:
    """Draw the reports into a new workbook file."""
    cleared = {one.name for one in wanted if one.replaces}
    names = {
        table.casefold() for sheet, tables in seen.tables.items() if sheet not in cleared
        for table in tables
    }  # fmt: skip
    book = host.new_book()
    try:
        blank = book.sheets[0]
        drawn: list[_Wanted] = []
        for one in wanted:
            sheet = book.sheets.add(one.name, after=book.sheets[len(book.sheets) - 1])
            draw_on(sheet, one.report, names)
            tables = tuple(table.name for table in sheet.tables)
            drawn.append(_Wanted(one.report, one.name, one.replaces, tables))
        host.remove_sheet(blank)
        book.save(path)
    finally:
        book.close()
    return drawn


def _open(work: Work, path: Path) -> Any:
    """Open the file with the reports in Excel; it is closed again when the command fails."""
    books = work.app.Workbooks

    def close() -> None:
        for book in each(books):
            if str(book.Name) == path.name:
                book.Close(SaveChanges=False)

    work.keep("the workbook in which reports are drawn", close)
    return books.Open(str(path), 0, True)


def _insert(work: Work, drawn: Any, wanted: Sequence[_Wanted], seen: Survey) -> None:
    sheets, from_sheets = work.book.api.Worksheets, drawn.Worksheets
    made = {one.name.casefold() for one in wanted if not one.replaces}
    known = {name.casefold() for name in seen.sheets}
    last = sheets(seen.sheets[-1])

    def remove() -> None:
        for sheet in each(sheets):
            if str(sheet.Name).casefold() in made:
                sheet.Delete()

    work.keep("report sheets that were added", remove)
    placed = [*enumerate(wanted, 1)]
    for number, one in reversed(placed):  # each goes right after the same sheet
        if not one.replaces:
            from_sheets(number).Copy(Before=None, After=last)
    for number, one in placed:
        if one.replaces:
            _refill(work, sheets, from_sheets(number), one, made | known)


def _refill(work: Work, sheets: Any, source: Any, wanted: _Wanted, known: set[str]) -> None:
    """Pour a report into its earlier sheet, of which a copy is kept until the command is done."""
    target = sheets(wanted.name)
    tables = [str(table.Name) for table in _from_the_top(target)]

    def backup() -> Any:
        beside = int(target.Index) + 1
        sheet = sheets(beside) if beside <= int(sheets.Count) else None
        return None if sheet is None or str(sheet.Name).casefold() in known else sheet

    def put_back() -> None:
        kept = backup()
        if kept is not None:
            _pour(kept, target, tables)
            kept.Delete()

    def drop() -> None:
        kept = backup()
        if kept is not None:
            kept.Delete()

    work.keep(f"the report sheet {wanted.name}", put_back)
    target.Copy(Before=None, After=target)
    work.finish(f"the copy of the report sheet {wanted.name} beside it", drop)
    _pour(source, target, wanted.tables)


def _pour(source: Any, target: Any, tables: Sequence[str]) -> None:
    """Fill a sheet with all that is on another, so that references to its cells stay."""
    for table in each(target.ListObjects):
        table.Delete()
    charts = target.ChartObjects()
    if int(charts.Count):
        charts.Delete()
    target.Cells.Clear()
    source.Cells.Copy(target.Cells)
    for table, name in zip(_from_the_top(target), tables, strict=True):
        if str(table.Name) != name:
            table.Name = name
    page, wanted = target.PageSetup, source.PageSetup
    page.PrintArea, page.PrintTitleRows = wanted.PrintArea, wanted.PrintTitleRows


def _from_the_top(sheet: Any) -> list[Any]:
    """The tables of a sheet, the uppermost first."""
    placed = [(int(table.Range.Row), at, table) for at, table in enumerate(each(sheet.ListObjects))]
    return [table for _, _, table in sorted(placed, key=lambda each: each[:2])]
