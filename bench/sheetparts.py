"""Which member of a workbook file holds which sheet, read with the standard library alone."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path

from defusedxml.ElementTree import fromstring

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet_members(path: Path) -> dict[str, str]:
    """The member of each sheet by the sheet's name, in the order of the workbook."""
    with zipfile.ZipFile(path) as book:
        sheets = fromstring(book.read("xl/workbook.xml")).find(f"{_MAIN}sheets")
        links = fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    assert sheets is not None, "a workbook has sheets"
    return {
        sheet.get("name", ""): posixpath.normpath(
            posixpath.join("xl", targets[sheet.get(_ID)]).removeprefix("xl//")
        ).removeprefix("/")
        for sheet in sheets
    }
