"""The add-in's twin in LibreOffice: the modules it lists, their texts, and our stubs in cells.

LibreOffice opens no `.xlam`, so the same project is put into an `.xlsm`. Where Python would answer
a fake server stands, so that cells show what arrived at it; the macros are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ar_xl.addin import build
from ar_xl.addin.identity import PROJECT_NAME, SETTINGS_SHEET
from ar_xl.addin.package import Make
from ar_xl.addin.strictproject import ReadModule
from ar_xl.app.commands import addin
from ar_xl.functions.catalogue import FUNCTIONS
from tests.office.soffice import Office

# Of any script, and with what Excel and LibreOffice would take for a coded letter.
SETTINGS = {"python": "D:\\用户\\José\\_x0041_\\pythonw.exe", "agent": 'a < b & "c"\nd'}
_ALWAYS_EXECUTE = 4
_TYPES = {"Module": "VBAModule", "Class": "VBAClassModule", "Document": "VBADocumentModule"}

_FAKE_RUNTIME = """\
Attribute VB_Name = "ArRuntime"
Option Explicit

Public Function ArServer(ByVal insisting As Boolean) As Object
    Set ArServer = New FakeServer
End Function
"""
# Answers with the words of what it was given; 7 asks for a block with an error in it, and 2015 for
# an error.
_FAKE_SERVER = """\
VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "FakeServer"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Option Explicit

Public Function CallUDF(ByVal called As String, ByVal given As Variant) As Variant
    Dim words As String, marks As String, i As Long
    Dim one(0, 0) As Variant, block(1, 1) As Variant
    words = called
    For i = LBound(given) To UBound(given)
        If IsMissing(given(i)) Then
            words = words & "|missing"
        Else
            words = words & "|" & given(i)
            If given(i) = 2015 Then marks = "0,0,2015"
            If given(i) = 7 Then marks = "1,1,2007"
        End If
    Next i
    one(0, 0) = words
    block(0, 0) = "first"
    block(0, 1) = 12
    block(1, 0) = 21
    If marks = "1,1,2007" Then CallUDF = Array(block, marks) Else CallUDF = Array(one, marks)
End Function
"""


@dataclass
class Seen:
    """What came of it: complaints, and how much was looked at."""

    complaints: list[str] = field(default_factory=list)
    modules: int = 0
    lines: int = 0
    cells: int = 0

    def insist(self, found: Any, wanted: Any, what: str) -> None:
        """Complain where something is otherwise."""
        if found != wanted:
            self.complaints.append(f"LibreOffice: {what}: {found!r}, not {wanted!r}")


def with_fake_server(texts: Sequence[str]) -> list[str]:
    """The macros, with a fake server in the place of Python."""
    name = 'Attribute VB_Name = "ArRuntime"'
    assert sum(name in text for text in texts) == 1
    return [_FAKE_RUNTIME if name in text else text for text in texts] + [_FAKE_SERVER]


def examine(office: Office, texts: Sequence[str], wanted: Sequence[ReadModule]) -> Seen:
    """What LibreOffice makes of the add-in's twin.

    Args:
        office: a running one.
        texts: the macros, as exported.
        wanted: the modules whose texts it has to show.
    """
    seen = Seen()
    with TemporaryDirectory(prefix="ar-xl-twin-") as folder:
        real = _opened(office, Path(folder) / "real.xlsm", texts)
        try:
            _settings(real, seen)
            _modules(real, wanted, seen)
            _without_server(real, seen)
        finally:
            real.close(True)
        fake = _opened(office, Path(folder) / "fake.xlsm", with_fake_server(texts))
        try:
            _stubs(fake, seen)
        finally:
            fake.close(True)
    return seen


def _opened(office: Office, path: Path, texts: Sequence[str]) -> Any:
    path.write_bytes(build.build(texts, addin.ribbon(), SETTINGS, Make.WORKBOOK))
    return office.load(path, MacroExecutionMode=_ALWAYS_EXECUTE)


def _settings(document: Any, seen: Seen) -> None:
    sheet = document.Sheets.getByName(SETTINGS_SHEET)
    for row, (key, value) in enumerate(SETTINGS.items()):
        seen.insist(sheet.getCellByPosition(0, row).String, key, "a key of the settings")
        seen.insist(sheet.getCellByPosition(1, row).String, value, f"the setting {key}")


def _modules(document: Any, wanted: Sequence[ReadModule], seen: Seen) -> None:
    libraries = document.BasicLibraries
    libraries.loadLibrary(PROJECT_NAME)
    library = libraries.getByName(PROJECT_NAME)
    names = {module.name for module in wanted}
    seen.insist(set(library.getElementNames()), names, "the modules")
    for module in wanted:
        if module.name in library.getElementNames():
            found = library.getByName(module.name).rstrip("\n").split("\n")
            seen.insist(found, _as_basic(module), f"the text of {module.name}")
            seen.modules += 1
            seen.lines += len(found)


def _as_basic(module: ReadModule) -> list[str]:
    """LibreOffice says first what a module is, and leaves its attributes out."""
    head = [f"Rem Attribute VBA_ModuleType={_TYPES[module.kind]}", "Option VBASupport 1"]
    if module.kind == "Class":
        head.append("Option ClassModule")
    lines = module.source.removesuffix("\r\n").split("\r\n")
    return [*head, *(line for line in lines if not line.startswith("Attribute "))]


def _without_server(document: Any, seen: Seen) -> None:
    """No Python: every function is the error #N/A, which LibreOffice writes as its number."""
    for function in FUNCTIONS:
        numbers = ";".join("1" for _ in function.arguments)
        found = _computed(document, f"={function.name}({numbers})")
        seen.insist(found, "Error 2042", f"{function.name} without a server")
        seen.cells += 1


def _stubs(document: Any, seen: Seen) -> None:
    for function in FUNCTIONS:
        numbers = [str(11 + place) for place, _ in enumerate(function.arguments)]
        needed = [n for n, each in zip(numbers, function.arguments, strict=True)
                  if not each.optional]  # fmt: skip
        missing = ["missing"] * (len(numbers) - len(needed))
        for given, arrived in ((numbers, numbers), (needed, [*needed, *missing])):
            found = _computed(document, f"={function.name}({';'.join(given)})")
            seen.insist(found, "|".join([function.name, *arrived]), f"{function.name}{given}")
            seen.cells += 1
    first = FUNCTIONS[0]
    errors = ";".join("2015" for _ in first.arguments)
    seen.insist(_computed(document, f"={first.name}({errors})"), "Error 2015", "an error")
    block = document.Sheets.getByIndex(0).getCellRangeByName("H1:I2")
    block.setArrayFormula(f"={first.name}({';'.join('7' for _ in first.arguments)})")
    shown = [[block.getCellByPosition(x, y).String for x in (0, 1)] for y in (0, 1)]
    seen.insist(shown, [["first", "12"], ["21", "Error 2007"]], "a block with an error in it")
    seen.cells += 5


def _computed(document: Any, formula: str) -> str:
    cell = document.Sheets.getByIndex(0).getCellByPosition(5, 0)
    cell.setFormula(formula)
    return str(cell.String)
