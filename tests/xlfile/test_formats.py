from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from ar_xl.xlfile.columns import FormatClass
from ar_xl.xlfile.formats import format_class, read_formats
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.strings import Pool

from .packages import book_of


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", FormatClass.GENERAL),
        ("", FormatClass.GENERAL),
        ('"No. "General', FormatClass.GENERAL),
        ("@", FormatClass.TEXT),
        ("0", FormatClass.NUMBER),
        ("#,##0.00", FormatClass.NUMBER),
        ("0.00E+00", FormatClass.NUMBER),
        ("# ?/?", FormatClass.NUMBER),
        ('0.0" days"', FormatClass.NUMBER),
        ("0\\d", FormatClass.NUMBER),
        ("[Red]0;[Blue]-0", FormatClass.NUMBER),
        ('_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', FormatClass.NUMBER),
        ("0%", FormatClass.PERCENT),
        ("0.00\\ %", FormatClass.PERCENT),
        ("yyyy-mm-dd", FormatClass.DATE),
        ("[$-409]d\\-mmm\\-yy;@", FormatClass.DATE),
        ("h:mm AM/PM", FormatClass.DATE),
        ("mm:ss.0", FormatClass.DATE),
        ("[h]:mm:ss", FormatClass.DATE),
        ("[mm]", FormatClass.DATE),
        ('yyyy"年"m"月"d"日"', FormatClass.DATE),
        ('"$"#,##0.00', FormatClass.CURRENCY),
        ("$#,##0_);[Red]($#,##0)", FormatClass.CURRENCY),
        ("#,##0.00 [$\u20ac-407]", FormatClass.CURRENCY),
        ("[$USD] #,##0.00", FormatClass.CURRENCY),
        ('_-"\u00a3"* #,##0.00_-', FormatClass.CURRENCY),
    ],
)
def test_a_format_says_what_its_numbers_are(code: str, expected: FormatClass) -> None:
    assert format_class(code) is expected


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_class_of_every_cell_equals_what_openpyxl_reads(shared: Path) -> None:
    compared = 0
    for path in sorted((shared / "data" / "workbooks").glob("*.xls*")):
        if path.name in ("calamine__pivots.xlsx", "poi__SampleSS.strict.xlsx"):
            continue  # openpyxl cannot open the first, we refuse the second
        package = Package.open(path, signed=True)
        classes, pool = read_formats(package).classes, Pool(package)
        book = openpyxl.load_workbook(path, data_only=True)
        for sheet in package.worksheets:
            used = read_used(package, sheet.part, pool)
            for across, column in enumerate(used.block.columns):
                for down in np.flatnonzero(column.style >= 0).tolist():
                    cell = book[sheet.name].cell(used.row0 + down + 1, used.col0 + across + 1)
                    if isinstance(cell, MergedCell):
                        continue  # openpyxl forgets the formats of merged cells
                    assert classes[column.style[down]] == format_class(cell.number_format)
                    compared += 1
    assert compared > 10_000


def test_a_workbook_without_styles_has_one_general_style(tmp_path: Path) -> None:
    formats = read_formats(book_of(tmp_path, ""))
    assert formats.codes == ["General"]
    assert formats.classes.tolist() == [FormatClass.GENERAL]
