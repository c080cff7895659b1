"""A workbook as a stranger would prepare it: whatever is read somewhere as a setting, a path, a
command, a formula or markup, in every place that a workbook has room for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName

MARK = "zq9trap"  # in every text of the stranger's, and nowhere else
SHEETS = (
    "ar_xl.conf", "xlwings.conf", "_xlwings.conf", "');import os#" + MARK, f"a'b\"c;{MARK}",
    f"$(calc){MARK}", f"=cmd {MARK}", f"<script>{MARK}", f"{MARK}!x",
)  # fmt: skip
KEYS = ("python", "INTERPRETER_WIN", "INTERPRETER", "PYTHONPATH", "UDF MODULES", "agent", "ar_xl",
        "RIBBON", "USE UDF SERVER", "CONDA PATH")  # fmt: skip
TEXTS = (
    f"=cmd|'/C calc {MARK}'!A0", f"+{MARK}", f"-1+{MARK}", f"@SUM({MARK})",
    f'=HYPERLINK("http://{MARK}.example","x")', f"');import {MARK}#", f"`calc {MARK}`",
    f"<b onload={MARK}>", f"{{{MARK}}} %s %(x)s {{0}}", f"..\\..\\{MARK}.py", "‮" + MARK,
    f"&L&\"{MARK}\"", f"line\none {MARK}", f"{MARK} " * 300,
)  # fmt: skip
STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile",
          "webbrowser.open", "socket.connect", "winreg.", "pty.spawn", "ctypes.dlopen")  # fmt: skip


def prepare(path: Path) -> None:
    """Put the stranger's traps into a workbook of ours."""
    book = openpyxl.load_workbook(path)
    for name in SHEETS:
        sheet = book.create_sheet(name)
        for row, key in enumerate(KEYS, 1):
            sheet.cell(row, 1).value = key
            sheet.cell(row, 2).value = f"C:\\{MARK}\\python.exe"
    for name in ("python", "ar_xl", "INTERPRETER_WIN", "Settings_python", "_xlwings"):
        book.defined_names[name] = DefinedName(name, attr_text=f'"C:\\{MARK}.exe"')
    properties: Any = book
    properties.custom_doc_props.append(StringProperty(name="python", value=f"C:\\{MARK}.exe"))
    book.properties.title = f"');import {MARK}#"
    book.properties.creator = MARK
    customers = book["Customers"]
    for row in range(2, customers.max_row + 1):
        for column in (2, 4, 5, 6, 7, 17, 18):
            _text(customers, row, column, TEXTS[(row + column) % len(TEXTS)])
    for column in (6, 9, 11):
        _text(book["Activities"], 2, column, TEXTS[column])
    book.save(path)


def forge(path: Path) -> None:
    """Let the list of batches say what nobody posted."""
    book = openpyxl.load_workbook(path)
    batches = book["Batches"]
    for column, text in ((3, TEXTS[-1]), (4, TEXTS[0]), (7, TEXTS[1] * 400), (8, MARK), (9, MARK)):
        _text(batches, 2, column, text)
    book.save(path)


def _text(sheet: Any, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"


_seen: list[tuple[str, str]] = []
_watching: list[bool] = []


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event.startswith(STARTS):
        _seen.append((event, repr(given)[:200]))
    elif event in ("compile", "exec", "import", "open", "os.chdir", "os.putenv"):
        text = repr(given)
        if MARK in text:
            _seen.append((event, text[:200]))


_hooked: list[bool] = []


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    """Note every program that is started, and everything that is run, read or loaded with the mark.

    Python's own audit events tell; they cannot be avoided by the code that is watched.
    """
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    _seen.clear()
    _watching.append(True)
    try:
        yield _seen
    finally:
        _watching.clear()
