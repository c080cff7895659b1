"""The workbook around the macros: one sheet of settings, the ribbon, and the parts that join them.

ECMA-376 for the workbook, [MS-OFFMACRO] for the macros, [MS-CUSTOMUI2] for the ribbon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from ar_xl.addin import archive
from ar_xl.addin.identity import SETTINGS_SHEET
from ar_xl.addin.problem import CannotBuild

WORKBOOK_CODE_NAME = "ThisWorkbook"
SHEET_CODE_NAME = "ArConf"
LONGEST_SETTING = 32_767  # characters of a cell, as Excel counts them: UTF-16 units
# Stands uncompressed in every file made here, of any version.
MARK = b"<dc:creator>ar_xl</dc:creator>"
TITLE = "ar_xl: accounts receivable"
# Parts of the package say when they were made; a build at another time is the same file.
MADE = "2026-01-01T00:00:00Z"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_RIBBON = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ in a cell as A; an underscore that would begin such a word is written so.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Make(Enum):
    """What is made; the value is the content type of the workbook part."""

    ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def write(macros: bytes, ribbon: str, settings: Mapping[str, str], make: Make) -> bytes:
    """Return the bytes of the file.

    Args:
        macros: `vbaProject.bin`.
        ribbon: `customUI14.xml`, as text.
        settings: rows of the sheet of settings: key and value.
        make: an add-in, or its twin that is an ordinary workbook.

    Raises:
        CannotBuild: a setting cannot stand in a cell, or a letter of the ribbon in XML.
    """
    wrong = _NOT_XML.search(ribbon)
    if wrong:
        around = ribbon[max(0, wrong.start() - 40) : wrong.end()]
        raise CannotBuild(f"The ribbon has a character that XML cannot hold: `{around!a}`.")
    return archive.write(parts(macros, ribbon, settings, make))


def parts(macros: bytes, ribbon: str, settings: Mapping[str, str], make: Make) -> dict[str, bytes]:
    """The parts of the package by name, in the order in which they are written."""
    texts = {
        "[Content_Types].xml": _content_types(make),
        "_rels/.rels": _relationships(
            (f"{_DOCUMENT}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_DOCUMENT}/extended-properties", "docProps/app.xml"),
            (_RIBBON, "customUI/customUI14.xml"),
        ),
        "docProps/app.xml": _application(),
        "docProps/core.xml": _core(),
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{_DOCUMENT}/worksheet", "worksheets/sheet1.xml"),
            (f"{_DOCUMENT}/styles", "styles.xml"),
            (_MACROS, "vbaProject.bin"),
        ),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": _sheet(settings),
        "customUI/customUI14.xml": ribbon,
    }
    return {
        **{name: text.encode("utf-8") for name, text in texts.items()},
        "xl/vbaProject.bin": macros,
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _content_types(make: Make) -> str:
    overrides = {
        "xl/workbook.xml": make.value,
        "xl/worksheets/sheet1.xml": f"{_SPREADSHEET}.worksheet+xml",
        "xl/styles.xml": f"{_SPREADSHEET}.styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml":
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }  # fmt: skip
    lines = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f"{lines}</Types>"
    )


def _relationships(*pairs: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _application() -> str:
    properties = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{properties}"><Application>ar_xl</Application></Properties>'


def _core() -> str:
    when = "".join(
        f'<dcterms:{word} xsi:type="dcterms:W3CDTF">{MADE}</dcterms:{word}>'
        for word in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{TITLE}</dc:title>{MARK.decode()}"
        "<dc:description>The Receivables tab and the AR functions.</dc:description>"
        f"{when}</cp:coreProperties>"
    )


def _workbook() -> str:
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">'
        f'<workbookPr codeName="{WORKBOOK_CODE_NAME}"/>'
        "<bookViews><workbookView/></bookViews>"
        f'<sheets><sheet name="{SETTINGS_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _styles() -> str:
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        "</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sheet(settings: Mapping[str, str]) -> str:
    rows = "".join(
        f'<row r="{row}">{_cell(f"A{row}", key)}{_cell(f"B{row}", value)}</row>'
        for row, (key, value) in enumerate(settings.items(), 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr codeName="{SHEET_CODE_NAME}"/>'
        f'<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><sheetData>{rows}</sheetData></worksheet>'
    )


def _cell(address: str, text: str) -> str:
    wrong = _NOT_XML.search(text)
    if wrong:
        raise CannotBuild(f"The setting `{text!a}` has a character that no cell can hold.")
    if len(text.encode("utf-16-le")) // 2 > LONGEST_SETTING:
        raise CannotBuild(f"The setting that begins `{text[:40]}` is longer than a cell.")
    # A line break would be read back as another one, in XML and in Excel.
    plain = _escaped(_LOOKS_ESCAPED.sub("_x005F_", text))
    plain = plain.replace("\r", "_x000D_").replace("\n", "_x000A_").replace("\t", "_x0009_")
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
