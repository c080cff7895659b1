"""The settings inside an add-in, read back from its file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as zlib_error

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from ar_xl.addin.identity import SETTING_KEYS

_SHEET = "xl/worksheets/sheet1.xml"
_NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_LARGEST_SHEET = 1_000_000  # bytes; ours has less than two thousand
_MACROS = "xl/vbaProject.bin"
_UNREADABLE = (
    BadZipFile, zlib_error, DefusedXmlException, EOFError, KeyError, NotImplementedError, OSError,
    ParseError, RuntimeError, ValueError,
)  # fmt: skip


def settings_of(content: bytes) -> Mapping[str, str] | None:
    """The settings that an add-in of ours carries; None where the file is none of ours.

    Args:
        content: the bytes of the file; anybody may have written it.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            if package.getinfo(_SHEET).file_size > _LARGEST_SHEET:
                return None
            sheet = fromstring(package.read(_SHEET))
            package.getinfo(_MACROS)
    except _UNREADABLE:
        return None
    found: dict[str, str] = {}
    for row in sheet.iterfind(".//m:row", _NAMES):
        cells = ["".join(cell.itertext()) for cell in row.iterfind("m:c", _NAMES)]
        if cells and cells[0] in SETTING_KEYS:
            found[cells[0]] = cells[1] if len(cells) > 1 else ""
    return found if "ar_xl" in found else None
