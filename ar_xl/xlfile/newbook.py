"""A workbook that nobody has saved yet: one empty sheet, as Excel makes it.

It is a file in the system's temporary directory until it is saved where it is told to.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path

from ar_xl.xlfile.sheetframe import NEW_SHEET
from ar_xl.xlfile.stylesheet import NEW_STYLES
from ar_xl.xlfile.xmlparts import CONTENT_TYPES, MAIN, OFFICE_RELS, PACKAGE_RELS

_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "/xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet.main+xml",
    "/xl/worksheets/sheet1.xml": f"{_OFFICE}.spreadsheetml.worksheet+xml",
    "/xl/theme/theme1.xml": f"{_OFFICE}.theme+xml",
    "/xl/styles.xml": f"{_OFFICE}.spreadsheetml.styles+xml",
}
_RELS = {"worksheet": "worksheets/sheet1.xml", "theme": "theme/theme1.xml", "styles": "styles.xml"}
_STAMP = (1980, 1, 1, 0, 0, 0)


def make_new_book() -> Path:
    """Write an empty workbook to a temporary file of its own and return its path."""
    number, path = tempfile.mkstemp(prefix="ar-xl-", suffix=".xlsx")
    with os.fdopen(number, "wb") as file, zipfile.ZipFile(file, "w") as archive:
        for name, text in _parts().items():
            member = zipfile.ZipInfo(name, _STAMP)
            archive.writestr(member, text, zipfile.ZIP_DEFLATED)
    return Path(path)


def _parts() -> dict[str, str]:
    from openpyxl.writer.theme import theme_xml  # late: importing it takes 0.1 s

    types = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in _TYPES.items()
    )
    rels = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE_RELS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(_RELS.items(), 1)
    )
    return {
        "[Content_Types].xml": f'{_HEADER}<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEADER}<Relationships xmlns="{PACKAGE_RELS}"><Relationship Id="rId1" '
        f'Type="{OFFICE_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEADER}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_RELS}">'
        '<workbookPr/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" '
        'windowHeight="15000"/></bookViews>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEADER}<Relationships xmlns="{PACKAGE_RELS}">{rels}'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": NEW_SHEET.replace("<sheetView ", '<sheetView tabSelected="1" '),
        "xl/theme/theme1.xml": theme_xml,
        "xl/styles.xml": NEW_STYLES.replace("<name ", '<color theme="1"/><name ', 1),
    }
