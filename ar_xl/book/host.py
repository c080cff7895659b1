"""The two places where a workbook can be: open in Excel, or a file. Only this module opens books.

It also holds what the public xlwings calls lack or do differently in the two: each function has a
branch for Excel, through the `.api` that xlwings documents, and one for the file engine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import xlwings as xw

from ar_xl.book.files import (
    FileProblem,
    disk_problem,
    exit_code,
    insist_on_file,
    locked,
    tidy_up,
)
from ar_xl.book.survey import is_file
from ar_xl.xlfile.backup import make_backup
from ar_xl.xlfile.engine import engine, register
from ar_xl.xlfile.memory import give_back
from ar_xl.xlfile.package import Fingerprint
from ar_xl.xlfile.package import fingerprint as file_fingerprint
from ar_xl.xlfile.specs import PageSetup

__all__ = [
    "FileProblem",
    "Fingerprint",
    "add_chart",
    "check_parts",
    "disk_problem",
    "exit_code",
    "fingerprint",
    "freeze_panes",
    "group_rows",
    "insist_on_file",
    "is_file_host",
    "locked",
    "new_book",
    "open_book",
    "open_written",
    "page_setup",
    "protect",
    "put_formula",
    "release",
    "remove_sheet",
    "save",
    "set_totals",
    "show",
    "tab_color",
    "table_ranges",
    "tidy_up",
]

# Excel's own numbers (xlwings.constants has them too, but imports half of Excel's vocabulary).
_LANDSCAPE, _PORTRAIT = 2, 1
_NO_TOTAL = 0
_TOTALS = {"sum": 1, "average": 2, "count": 3, "countNums": 4, "min": 5, "max": 6}


def open_book(path: Path) -> xw.Book:
    """Open a workbook file; Excel is not started.

    Each call opens it anew, so that two states of one file can be compared.

    Raises:
        FileProblem: it cannot be read; the message says why and what to do.
    """
    insist_on_file(path)
    register()
    return xw.Book(impl=engine.apps.add().books.open(str(path.resolve())))


def new_book() -> xw.Book:
    """Make an empty workbook of one sheet; it is no file until it is saved."""
    register()
    return xw.Book(impl=engine.apps.add().books.add())


def open_written(path: Path, book: xw.Book) -> xw.Book:
    """Open a file that was just written from a workbook, to compare the two.

    Raises:
        FileProblem: it cannot be read.
    """
    written = open_book(path)
    if is_file_host(book):
        written.api.contents.written_from(book.api.contents)
    return written


def check_parts(written: xw.Book, book: xw.Book, but: Collection[str] = ()) -> None:
    """Read every part of a file against its checksum; parts that were copied, as they were.

    Args:
        written: the file.
        book: the workbook that it was written from; what Excel wrote has no copied parts.
        but: names of sheets that were read already.

    Raises:
        FileProblem: a part is not what it should be.
    """
    if is_file_host(book):
        written.api.contents.check(book.api.contents, but)


def is_file_host(book: xw.Book) -> bool:
    """Tell whether the workbook is a file and not open in Excel."""
    return is_file(book)


def release(book: xw.Book, sheet: str = "") -> None:
    """Let go of the memory that values read of a file take; they are read again when needed.

    Worth calling when a large sheet was read, and between reading all of them and writing.

    Args:
        book: from a file, else nothing is done.
        sheet: the name of one sheet; all of them where empty.
    """
    if not is_file_host(book):
        return
    if sheet:
        book.sheets[sheet].api.state.cells.forget()
    else:
        book.api.contents.release()


def make_room() -> None:
    """Hand memory that was let go back to the system; worth calling between stages of a command."""
    give_back()


def save(
    book: xw.Book,
    path: Path | None = None,
    verify: Callable[[Path], None] | None = None,
    by: str = "",
) -> Path | None:
    """Save a workbook: all of it or nothing. Hold its lock (see `locked`) meanwhile.

    Args:
        book: it; it goes on with the file that was written.
        path: where to; None where it came from.
        verify: looks at the new file before it takes the old one's place and raises what is
            wrong. Excel saves in place, so that it can only look afterwards.
        by: the command that saves; the backup's name tells it.

    Returns:
        The backup of the file that was replaced, None where there was none.

    Raises:
        FileProblem: it was changed by others, is open elsewhere, or the disk refused.
    """
    if is_file_host(book):
        return book.api.contents.save(path, verify, by)
    saved = path or Path(book.fullname)
    backup = make_backup(saved, by) if saved.is_file() else None
    book.save(path)
    if verify is not None:
        verify(saved)
    return backup


def fingerprint(path: Path) -> Fingerprint:
    """Return what tells one state of a file from another."""
    return file_fingerprint(path)


def show(sheet: xw.Sheet) -> None:
    """Show a sheet, now in Excel and when a file is opened next.

    xlwings' own `activate` asks Excel even for a file, on a machine that has Excel.
    """
    if is_file_host(sheet.book):
        sheet.api.activate()
    else:
        sheet.activate()


def freeze_panes(sheet: xw.Sheet, row: int, column: int) -> None:
    """Keep the rows above `row` and the columns left of `column` in sight.

    Args:
        sheet: the sheet; in Excel it is shown for a moment.
        row: the first row that scrolls, 1 for none kept.
        column: the first column that scrolls, 1 for none kept.
    """
    if is_file_host(sheet.book):
        sheet.api.freeze(row, column)
        return
    shown = sheet.book.sheets.active
    sheet.activate()
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.ScrollRow = window.ScrollColumn = 1
    window.SplitRow, window.SplitColumn = row - 1, column - 1
    window.FreezePanes = row > 1 or column > 1
    shown.activate()


def page_setup(
    sheet: xw.Sheet,
    landscape: bool = True,
    fit_to_width: bool = True,
    title_rows: tuple[int, int] | None = None,
    footer: str = "",
    print_area: str = "",
) -> None:
    """Say how a sheet prints.

    Args:
        sheet: the sheet.
        landscape: the paper lies on its long side.
        fit_to_width: all columns fit on one page; as many pages down as are needed.
        title_rows: first and last row that every page repeats.
        footer: in Excel's code, such as "&LAging&RPage &P of &N".
        print_area: reference of the cells that are printed; all that are used where empty.
    """
    if is_file_host(sheet.book):
        sheet.api.page_setup_as(
            PageSetup(
                landscape=landscape,
                fit_to_width=1 if fit_to_width else None,
                title_rows=title_rows,
                footer=footer or None,
                print_area=print_area or None,
            )
        )
        return
    setup = sheet.api.PageSetup
    setup.Orientation = _LANDSCAPE if landscape else _PORTRAIT
    if fit_to_width:
        setup.Zoom = False
        setup.FitToPagesWide = 1
        setup.FitToPagesTall = False
    if print_area:
        setup.PrintArea = print_area
    if title_rows:
        setup.PrintTitleRows = f"${title_rows[0]}:${title_rows[1]}"
    for place, text in footer_parts(footer).items():
        setattr(setup, f"{place}Footer", text)


def footer_parts(footer: str) -> dict[str, str]:
    """Split a footer in Excel's code into its "Left", "Center" and "Right"."""
    places = {"L": "Left", "C": "Center", "R": "Right"}
    parts: dict[str, str] = {}
    place, rest = "Center", footer
    while rest:
        cuts = [rest.find(f"&{letter}") for letter in places]
        cut = min((at for at in cuts if at >= 0), default=len(rest))
        if rest[:cut]:
            parts[place] = parts.get(place, "") + rest[:cut]
        if cut == len(rest):
            break
        place, rest = places[rest[cut + 1]], rest[cut + 2 :]
    return parts


def put_formula(cell: xw.Range, formula: str, value: float | str | None) -> None:
    """Set a formula that the user can follow, with the result that we computed for it.

    Args:
        cell: one cell.
        formula: in Excel's English notation, with its equals sign.
        value: what it gives; a file shows it until Excel calculates, Excel calculates at once.
    """
    if is_file_host(cell.sheet.book):
        cell.api.put_formula(formula, value)
        return
    cell.api.Formula = formula  # `Formula2` is unknown to Excel 2016 and 2019


def protect(sheet: xw.Sheet, on: bool = True) -> None:
    """Refuse typing into the locked cells of a sheet, or allow it again; without a password."""
    if is_file_host(sheet.book):
        sheet.api.protect(on)
    else:
        (sheet.api.Protect if on else sheet.api.Unprotect)()


def group_rows(cells: xw.Range) -> None:
    """Put rows a level deeper into the outline, so that they can be folded away."""
    if is_file_host(cells.sheet.book):
        cells.impl.group("rows")
    else:
        cells.api.EntireRow.Group()


def tab_color(sheet: xw.Sheet, rgb: str) -> None:
    """Colour the tab of a sheet, "RRGGBB"."""
    if is_file_host(sheet.book):
        sheet.api.color_tab(rgb)
        return
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
    sheet.api.Tab.Color = red + green * 256 + blue * 65536


def remove_sheet(sheet: xw.Sheet) -> None:
    """Delete a sheet, without a question, to put another one in its place.

    In a file, what refers to it by name then refers to the new one; Excel knows only #REF!.
    """
    if is_file_host(sheet.book):
        sheet.api.remove()
        return
    with sheet.book.app.properties(display_alerts=False):
        sheet.delete()


def add_chart(
    sheet: xw.Sheet,
    kind: str,
    title: str,
    categories: xw.Range,
    series: Sequence[tuple[str, xw.Range]],
    anchor: xw.Range,
    width: float,
    height: float,
    colors: Sequence[str] = (),
    number_format: str = "#,##0",
) -> None:
    """Draw a chart.

    Args:
        sheet: where.
        kind: "column_stacked", "bar_stacked", "column_clustered", "bar_clustered" or "line".
        title: above it.
        categories: the cells with the labels along the axis.
        series: name and cells of the values of each, in the order they are stacked.
        anchor: the cell where its top left corner is.
        width: in points.
        height: in points.
        colors: of the series, "RRGGBB"; the theme's where there are none.
        number_format: of the axis of values.
    """
    if is_file_host(sheet.book):
        chart = sheet.charts.add(anchor=anchor, width=width, height=height, chart_type=kind)
        chart.title = title
        lines = [(name, values.impl.area) for name, values in series]
        chart.api.draw(categories.impl, lines, colors, number_format)
        return
    chart = sheet.charts.add(
        left=anchor.left, top=anchor.top, width=width, height=height, chart_type=kind
    )
    native = chart.api[1]
    while native.SeriesCollection().Count:
        native.SeriesCollection(1).Delete()
    for index, (name, values) in enumerate(series):
        line = native.SeriesCollection().NewSeries()
        line.Name, line.Values, line.XValues = name, values.api, categories.api
        if index < len(colors):
            red, green, blue = (int(colors[index][at : at + 2], 16) for at in (0, 2, 4))
            line.Format.Fill.ForeColor.RGB = red + green * 256 + blue * 65536
    native.Axes(2).TickLabels.NumberFormat = number_format
    chart.title = title


def table_ranges(book: xw.Book) -> dict[str, tuple[str, str]]:
    """Return sheet and reference (heading and totals included) of every table, by its name."""
    return {
        table.name: (sheet.name, table.range.get_address(False, False))
        for sheet in book.sheets
        for table in sheet.tables
    }


def set_totals(table: xw.main.Table, totals: Mapping[str, tuple[str, str | float]]) -> None:
    """Give a table that we made a totals row of its own.

    Args:
        table: the table; the row below it is empty.
        totals: by heading ("label", text), or the name of a function ("sum", "count", "average",
            "min", "max") and the result that we computed.
    """
    if is_file_host(table.parent.book):
        table.api.set_totals(totals)
        return
    native = table.api
    native.ShowTotals = True
    for column in range(1, native.ListColumns.Count + 1):
        native.ListColumns(column).TotalsCalculation = _NO_TOTAL
    for heading, (what, shown) in totals.items():
        column = native.ListColumns(heading)
        if what == "label":
            column.Total.Value = shown
        else:
            column.TotalsCalculation = _TOTALS[what]
