"""On real workbooks the scan equals the exact parser, and both equal two other libraries."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.strings import Pool

from .packages import agree, assert_equals_exact, filled

FOLDERS = ("workbooks", "bad")
# The one sheet of all of them that is printed prettily, which the exact parser reads.
PRETTY = ("closedxml__TwoPivotTablesWithSingleSource.xlsx", "xl/worksheets/sheet3.xml")


def real_books(shared: Path) -> list[Package]:
    """Every workbook that opens."""
    packages = []
    for folder in FOLDERS:
        for path in sorted((shared / "data" / folder).glob("*.xls*")):
            try:
                package = Package.open(path, signed=True)
                for sheet in package.worksheets:
                    read_used(package, sheet.part, Pool(package))
            except XlFileError:
                continue
            packages.append(package)
    return packages


def serial(moment: object, epoch: dt.datetime) -> float:
    """The number of a date, time or duration."""
    number: float = to_excel(moment, epoch)  # type: ignore[no-untyped-call]  # openpyxl's
    return number


@pytest.mark.shared
def test_the_scan_equals_the_exact_parser_on_every_real_sheet(shared: Path) -> None:
    scanned = 0
    for package in real_books(shared):
        for sheet in package.worksheets:
            used = assert_equals_exact(package, sheet.part)
            unusual = (package.path.name, sheet.part) == PRETTY
            assert (used.rows is None) == unusual, package.path.name
            scanned += not unusual
    assert scanned > 100


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_openpyxl_reads_the_same(shared: Path) -> None:
    compared = 0
    for package in real_books(shared):
        try:
            book = openpyxl.load_workbook(package.path, data_only=True)
        except (TypeError, KeyError):  # its own troubles with a pivot and an external link
            continue
        epoch = CALENDAR_MAC_1904 if package.date1904 else CALENDAR_WINDOWS_1900
        for sheet in package.worksheets:
            ours = filled(read_used(package, sheet.part, Pool(package)))
            for cell in (cell for row in book[sheet.name].iter_rows() for cell in row):
                value = cell.value
                if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
                    value = serial(value, epoch)
                row, column = int(cell.row or 0) - 1, int(cell.column or 0) - 1
                found = ours.pop((row, column), None)
                if value is None or (found is None and cell.hyperlink):
                    continue  # it has no empty texts, and fills blank cells with their links
                assert agree(found, value), (package.path.name, sheet.name, cell.coordinate)
                compared += 1
            assert set(ours.values()) <= {""}
    assert compared > 5_000


@pytest.mark.shared
def test_calamine_reads_the_same(shared: Path) -> None:
    compared = 0
    for package in real_books(shared):
        try:
            book = python_calamine.CalamineWorkbook.from_path(package.path)
        except python_calamine.CalamineError:  # it knows no macro sheets
            continue
        for sheet in package.worksheets:
            ours = filled(read_used(package, sheet.part, Pool(package)))
            theirs = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for row, values in enumerate(theirs):
                for column, value in enumerate(values):
                    found = ours.pop((row, column), "")
                    if value == "":  # it shows errors as empty texts
                        assert found == "" or str(found).startswith("#")
                        continue
                    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
                        days = serial(value, CALENDAR_WINDOWS_1900)
                        shifted = package.date1904 and isinstance(value, dt.date)
                        value = days - 1462 if shifted else days
                    assert agree(found, value), (package.path.name, sheet.name, row, column)
                    compared += 1
            assert set(ours.values()) <= {""}
    assert compared > 5_000
