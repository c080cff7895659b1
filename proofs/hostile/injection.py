"""Part c: text that looks like a formula stays text, wherever it comes in and goes out."""

from __future__ import annotations

import csv
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import openpyxl
import xlsxwriter

from ar_xl.app.papers.printing import print_workbook
from ar_xl.book import host
from ar_xl.book.blocks import CellKind, read_block, write_block
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from ar_xl.core.schema import Kind
from ar_xl.core.tables import TABLES
from proofs.hostile.books import parts_of, run

MARK = "INJ"  # in every payload, and nowhere else
_STARTS = (
    "=", "+", "-", "@", "\t=", "\r=", "\n=", "\r\n=", "|", "%", "＝", "＋", "－", "＠", " =", "'=",
    '"=', ";=", ",=", "\u200b=", "\ufeff=", "\u00a0=", "_x003D_", "{=", "=-", "==", "+=", "%0A-",
    "&#61;", "<f>", "]]>=", "#",
)  # fmt: skip
_BODIES = (
    "1+1", "cmd|'/c calc'!A0", "HYPERLINK(\"http://127.0.0.1:9/?\"&A1,\"ok\")", "SUM(A1:A9)",
    "WEBSERVICE(\"http://127.0.0.1:9/\")", "DDE(\"cmd\";\"/C calc\";\"x\")", "REF!", "A1",
    "IMPORTXML(\"http://127.0.0.1:9/\",\"//a\")", "1E5", "N/A", "10+20+cmd|' /C calc'!A0",
    "IF(1,2,3)", "[x.xlsx]S!A1", "@SUM(1+1)*cmd|' /C calc'!A0", "é\t\"x\"",
)  # fmt: skip
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_IN_FORMULA = re.compile(
    rb"<(?:\w+:)?(f|formula|formula1|formula2|definedName|calculatedColumnFormula|"
    rb"totalsRowFormula)\b[^>]*>[^<]*" + MARK.encode()
)


@dataclass
class Found:
    """What was counted.

    Args:
        texts: payloads that were put in, once a cell.
        formulas: places where one became a formula, in words.
        changed: payloads that did not come back as they went in, in words.
    """

    texts: int = 0
    formulas: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def payloads(count: int, seed: int = 1) -> list[str]:
    """So many different texts that a spreadsheet could take for a formula, each with the mark."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        start, body = chance.choice(_STARTS), chance.choice(_BODIES)
        made[f"{start}{body}{MARK}{len(made):03}"] = None
    return list(made)


def check_workbook(book: Path, texts: Iterable[str], found: Found, where: str) -> None:
    """Look for payloads in a workbook: none a formula, every one there as it was."""
    for name, content in parts_of(book).items():
        found.formulas += [f"{where}: {name}: {m[0][:80]!r}" for m in _IN_FORMULA.finditer(content)]
    seen: set[str] = set()
    for sheet in openpyxl.load_workbook(book).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and MARK in cell.value:
                    seen.add(_lines(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), cell.value)))
    found.changed += [f"{where}: {text!r}" for text in texts if _lines(text) not in seen]


def _lines(text: str) -> str:
    """A text with the ends of lines that openpyxl gives, which also leaves Excel's escapes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def every_column(folder: Path, texts: Sequence[str], found: Found) -> None:
    """Write every payload into every text column of every table, save, and read back."""
    book = folder / f"={MARK}.xlsx"
    build_template(book, company="Test", currency="USD")
    opened = host.open_book(book)
    column = np.array(list(texts), dtype=object)
    for table in TABLES:
        for at, declared in enumerate(table.columns, 1):
            if declared.kind is Kind.TEXT:
                write_block(opened.sheets[table.sheet], 500, at, [np.roll(column, at)])
                found.texts += len(column)
    host.save(opened)
    opened.close()
    check_workbook(book, texts, found, "written to every text column")
    again = host.open_book(book)
    for table in TABLES:
        for at, declared in enumerate(table.columns, 1):
            if declared.kind is Kind.TEXT:
                block = read_block(again.sheets[table.sheet], 500, at, len(column), 1)
                read = block.columns[0]
                same = (read.kind == CellKind.TEXT) & ~read.formula
                same &= block.pool[read.text] == np.roll(column, at)
                for row in np.flatnonzero(~same).tolist():
                    found.changed.append(f"{table.name}.{declared.key}: {column[row - at]!r}")
    again.close()
    book.unlink()


INVOICE_TEXTS = ("Invoice No", "Customer ID", "Reference", "PO", "Description")
RECEIPT_TEXTS = ("Receipt No", "Customer ID", "Check/Ref", "Memo")
CUSTOMER_TEXTS = ("Customer ID", "Name", "Contact", "Email", "Phone", "Street", "City", "Notes")
_FILES = {
    "customers": CUSTOMER_TEXTS,
    "invoices": (*INVOICE_TEXTS, "Invoice Date", "Due Date", "Amount"),
    "receipts": (*RECEIPT_TEXTS, "Receipt Date", "Amount"),
}
_OTHERS = {"Invoice Date": "2026-09-01", "Due Date": "2026-09-15", "Receipt Date": "2026-10-02",
           "Amount": "12.34"}  # fmt: skip


def _rows(kind: str, texts: Sequence[str]) -> list[list[str]]:
    headings = _FILES[kind]
    return [
        list(headings),
        *(
            [
                _OTHERS.get(heading)
                or (text if heading.endswith((" ID", " No")) else texts[(row + at) % len(texts)])
                for at, heading in enumerate(headings)
            ]
            for row, text in enumerate(texts)
        ),
    ]


def imported(folder: Path, texts: Sequence[str], found: Found, suffix: str) -> Path | None:
    """Import files full of payloads, post them, make every report; the workbook."""
    book = folder / f"+{MARK}{suffix[1:]}.xlsx"
    build_template(book, company="Test", currency="USD")
    _company(book, f"=1+{MARK}")
    for kind in _FILES:
        source = folder / f"-{MARK} {kind}{suffix}"
        _write(source, _rows(kind, texts))
        found.texts += len(texts) * (len(_FILES[kind]) - len(_OTHERS.keys() & set(_FILES[kind])))
        answer = run("import", book, file=source, kind=kind)
        if answer.exit is not Exit.DONE:
            found.changed.append(f"import of {source.name}: {answer.said}, {answer.findings[:2]}")
            return None
    steps = ("post-invoices", "post-payments", "aging", "collections", "check", "month-end")
    for command in steps:
        answer = run(command, book, **({"period": "2026-09"} if command == "month-end" else {}))
        if answer.exit is not Exit.DONE:
            found.changed.append(f"{command}: {answer.said}, {answer.findings[:2]}")
    check_workbook(book, [*texts, f"=1+{MARK}"], found, f"imported from {suffix} and posted")
    return book


def _company(book: Path, name: str) -> None:
    """Put a text that looks like a formula where the company's name is."""
    opened = host.open_book(book)
    sheet = opened.sheets["Settings"]
    keys = read_block(sheet, 1, 1, 60, 1)
    rows = [row for row, at in enumerate(keys.columns[0].text.tolist(), 1)
            if at >= 0 and keys.pool[at] == "Company"]  # fmt: skip
    write_block(sheet, rows[0], 2, [np.array([name], dtype=object)])
    host.save(opened)
    opened.close()


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
        return
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(path, options)
    sheet = workbook.add_worksheet()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            money = text == _OTHERS["Amount"]
            if money:
                sheet.write_number(number, column, float(text))
            else:
                sheet.write_string(number, column, text)
    workbook.close()


def other_office(book: Path, folder: Path, found: Found) -> bool:
    """LibreOffice opens the workbook, prints it and saves it: it sees no formula either.

    Returns:
        False where it is not installed.
    """
    office = shutil.which("soffice")
    if office is None:
        return False
    out = folder / "out"
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
             "--convert-to", "xlsx", "--outdir", str(out), str(book)],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
    for name, content in parts_of(out / book.name).items():
        found.formulas += [f"LibreOffice: {name}: {m[0]!r}" for m in _IN_FORMULA.finditer(content)]
    pdf, printer = print_workbook(book, out), shutil.which("pdftotext")
    if pdf is not None and printer is not None:
        text = subprocess.run([printer, str(pdf), "-"], check=True, capture_output=True).stdout
        if f"=1+{MARK}".encode() not in text:
            found.changed.append("the PDF does not show the company's name as it is")
    return True


def injection(count: int, seed: int) -> bool:
    """Print what became of the payloads; whether all stayed text."""
    found, texts = Found(), payloads(count, seed)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        every_column(folder, texts, found)
        columns = sum(column.kind is Kind.TEXT for table in TABLES for column in table.columns)
        books = [imported(folder, texts, found, suffix) for suffix in (".csv", ".xlsx")]
        seen = all(other_office(book, folder, found) for book in books if book)
    print(f"{len(texts)} payloads, {columns} text columns of {len(TABLES)} tables, imports of CSV "
          f"and .xlsx: {found.texts:,} cells")  # fmt: skip
    print(f"became a formula: {len(found.formulas)}; came back changed: {len(found.changed)}"
          f"{'' if seen else ' (LibreOffice is not here and was not asked)'}")  # fmt: skip
    for line in (*found.formulas[:10], *found.changed[:10]):
        print(f"WRONG {line}")
    return not found.formulas and not found.changed
