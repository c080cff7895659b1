"""Part e: identifiers survive; an error is never zero, and a date is never money."""

from __future__ import annotations

import csv
import datetime as dt
import random
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from ar_xl.book import host
from ar_xl.book.reader import read_ledger
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from ar_xl.core.schema import Kind
from ar_xl.core.tables import TABLES
from proofs.hostile.books import parts_of, run
from proofs.hostile.gallery import swapped
from proofs.hostile.rawzip import of_parts

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_SHAPES = (
    "{:06}", "{:020}", "000{}", "{}E5", "{}e-3", "1E{}", "2024-01-{}", "{}/1/2024", "NA{}",
    "NULL{}", "NaN{}", "{}.0", "{}.00", " {}", "{} ", "  {}  ", "{}\u00a0", "É{}", "e\u0301{}",
    "ß{}", "İ{}",
    "{},00", "1,000,{}", "-{}", "+{}", "({})", "'{}", '"{}"', "={}", "@{}", "#{}", "{}%", "${}",
    "0x{}", "TRUE{}", "{}TRUE", "a\tb{}", "a\nb{}", "{};{}", "{}|", "\u200b{}", "\u202e{}",
    "😀{}", "Ω{}", "{}𝟙", "_x0041_{}", "&amp;{}", "<b>{}", "{}]]>", "12:{}", "1-{}", "MAR{}",
    "{}D", "{}F", "1_{}", "٣{}", "³{}", "½{}", "INV {}", "INV-{}", "inv-{}x", "...{}",
)  # fmt: skip


def ids(count: int, seed: int) -> list[str]:
    """So many different identifiers that spreadsheets and readers like to change."""
    chance, made, folded = random.Random(seed), list[str](), set[str]()
    number = 0
    while len(made) < count:
        number += 1
        text = chance.choice(_SHAPES).format(number, number)
        if text.casefold().strip() not in folded:
            folded.add(text.casefold().strip())
            made.append(text)
    return made


def changed_ids(folder: Path, wanted: list[str]) -> list[str]:
    """CSV to workbook, posted, read back, to CSV: identifiers that are not what they were."""
    source, book, out = folder / "in.csv", folder / "book.xlsx", folder / "out.csv"
    build_template(book, company="Test", currency="USD")
    shifted = wanted[1:] + wanted[:1]
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["Invoice No", "Customer ID", "Reference", "Invoice Date", "Amount"])
        pairs = zip(wanted, shifted, strict=True)
        writer.writerows([no, who, no, "2026-01-31", "1.00"] for no, who in pairs)
    for command in ("import", "post-invoices"):
        answer = run(command, book, **({"file": source} if command == "import" else {}))
        if answer.exit is not Exit.DONE:
            return [f"{command}: {answer.said} {[f.seen for f in answer.findings[:3]]}"]
    frame = read_ledger(host.open_book(book)).ledger.posted("Invoices")
    columns = [frame.text(key).tolist() for key in ("invoice_no", "customer_id", "reference")]
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(zip(*columns, strict=True))
    with out.open(encoding="utf-8", newline="") as file:
        read = {tuple(row) for row in csv.reader(file)}
    expected = set(zip(wanted, shifted, wanted, strict=True))
    return [repr(row) for row in sorted(expected ^ read)]


def unreported(folder: Path, what: str, wrong: list[tuple[Any, str]], kinds: set[Kind],
               date1904: bool = False) -> tuple[int, list[str]]:  # fmt: skip
    """Put wrong cells into every column of some kinds; those that no finding names.

    Args:
        folder: where to work.
        what: the cells are, for messages.
        wrong: values with their number formats, "" for the column's own.
        kinds: of columns.
        date1904: days of the workbook count from 1904.

    Returns:
        How many cells were wrong, and those not reported with sheet and cell.
    """
    first, book = folder / "first.xlsx", folder / "book.xlsx"
    build_template(first, company="Test", currency="USD")
    workbook = openpyxl.load_workbook(first)
    places: list[tuple[str, str]] = []
    for table in TABLES:
        sheet, row = workbook[table.sheet], 200
        for at, column in enumerate(table.columns, 1):
            for value, number_format in wrong if column.kind in kinds else ():
                cell = sheet.cell(row, at)
                cell.value = value
                if number_format:
                    cell.number_format = number_format
                if isinstance(value, str):
                    cell.data_type = "e" if value in ERRORS else "s"
                places.append((table.sheet, f"{get_column_letter(at)}{row}"))
                row += 1
        excel_table = sheet.tables[table.name]
        excel_table.ref = f"A1:{get_column_letter(len(table.columns))}{row}"
        if excel_table.autoFilter is not None:
            excel_table.autoFilter.ref = excel_table.ref
    workbook.save(book)
    if date1904:
        old, new = b"<workbookPr", b'<workbookPr date1904="1"'
        of_parts(book, swapped(parts_of(book), "xl/workbook.xml", old, new))
    result = read_ledger(host.open_book(book))
    located = [result.layout.locate(f) for f in result.ledger.findings if f.is_error]
    seen = {(finding.sheet, finding.cell) for finding in located}
    return len(places), [f"{what}: {sheet}!{cell}" for sheet, cell in places
                         if (sheet, cell) not in seen]  # fmt: skip


_MONEY, _DATE = {Kind.MONEY}, {Kind.DATE}
_BOTH = _MONEY | _DATE
_WRONG: dict[str, tuple[list[tuple[Any, str]], set[Kind]]] = {
    "error values": ([(error, "") for error in ERRORS], _BOTH),
    "dates in money": ([(dt.date(2026, 1, 31), "yyyy-mm-dd"), (46_000, "d/m/yy")], _MONEY),
    "numbers as text in money": ([("100.00", ""), ("1,200", ""), (" 5 ", ""), ("1e3", "")], _MONEY),
    "percents in money": ([(0.02, "0%"), (1.5, "0.00%")], _MONEY),
    "truth values": ([(True, ""), (False, "")], _BOTH),
    "dates as text": ([("2026-01-31", ""), ("31.1.26", ""), ("soon", "")], _DATE),
    "numbers that are no day": ([(-1, ""), (1e9, ""), (0.5, ""), (2_958_466, "")], _DATE),
    "amounts too large or fine": ([(1e15, ""), (1.005, ""), (1e300, "")], _MONEY),
}


def identifiers(count: int, seed: int) -> bool:
    """Print what became of identifiers and of wrong cells; whether all is right."""
    with tempfile.TemporaryDirectory() as made:
        wanted = ids(count, seed)
        changed = changed_ids(Path(made), wanted)
        print(f"{len(wanted):,} identifiers, CSV to workbook, posted, read back: "
              f"{len(changed)} changed")  # fmt: skip
        missed: list[str] = []
        for what, (wrong, kinds) in _WRONG.items():
            for date1904 in (False, True):
                total, silent = unreported(Path(made), what, wrong, kinds, date1904)
                missed += silent
                epoch = "1904" if date1904 else "1900"
                print(f"{what}, days from {epoch}: {total - len(silent)} of {total} reported "
                      "with sheet and cell")  # fmt: skip
    for line in (*changed[:10], *missed[:10]):
        print(f"WRONG {line}")
    return not changed and not missed
