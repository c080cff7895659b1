"""A built add-in read back, by code that shares nothing with what built it.

Whoever reads it strictly cannot be misled by what lenient readers forgive: nothing is there but
what we write, and everything that we write is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ar_xl.addin import strictcompound, strictproject, strictzip
from ar_xl.addin.problem import Deviation
from ar_xl.addin.strictbytes import insist
from ar_xl.addin.strictproject import ReadProject

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RIBBON_ROOT = "{http://schemas.microsoft.com/office/2009/07/customui}customUI"
_ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_VBA = "application/vnd.ms-office.vbaProject"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
_FROM_PACKAGE = {
    f"{_OFFICE}/officeDocument": "xl/workbook.xml",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties":
        "docProps/core.xml",
    f"{_OFFICE}/extended-properties": "docProps/app.xml",
    f"{_MICROSOFT}/2007/relationships/ui/extensibility": "customUI/customUI14.xml",
}  # fmt: skip
_FROM_WORKBOOK = {
    f"{_OFFICE}/worksheet": "worksheets/sheet1.xml",
    f"{_OFFICE}/styles": "styles.xml",
    f"{_MICROSOFT}/2006/relationships/vbaProject": "vbaProject.bin",
}
_PARTS = {
    "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml",
    "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    "xl/worksheets/sheet1.xml", "customUI/customUI14.xml", "xl/vbaProject.bin",
}  # fmt: skip
# What is the same in every add-in, by the start of its SHA-256; of the sheet, what is around its
# rows. Whoever changes the writer changes these by hand.
_ALWAYS = {
    "[Content_Types].xml": ("8ed46419bcb33098", "c9aac701ea97732d"),  # add-in, its twin
    "_rels/.rels": ("3d3756a5891fb6e2",),
    "docProps/app.xml": ("f50416c0287e12cc",),
    "docProps/core.xml": ("351c7fec1dbf316c",),
    "xl/workbook.xml": ("988dda20e276d6c4",),
    "xl/_rels/workbook.xml.rels": ("8da326ea6b6abe6e",),
    "xl/styles.xml": ("4323cdfcda85942b",),
    "xl/worksheets/sheet1.xml": ("ac4ddbfcc137c7f6",),
}
_ROWS = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class ReadAddin:
    """An add-in as it was found.

    Args:
        is_addin: an add-in, not its twin that is an ordinary workbook.
        settings: the rows of its sheet of settings.
        ribbon: the text of `customUI14.xml`.
        project: its macros.
    """

    is_addin: bool
    settings: tuple[tuple[str, str], ...]
    ribbon: str
    project: ReadProject


def read(content: bytes) -> ReadAddin:
    """Return what the bytes of an add-in hold.

    Raises:
        Deviation: they are not in every way as we write them.
    """
    parts = strictzip.read(content)
    insist(set(parts) == _PARTS, "The package has other parts than ours has.")
    roots = {name: _root(name, part) for name, part in parts.items() if not name.endswith(".bin")}
    is_addin = _content_types(roots["[Content_Types].xml"])
    _relationships("_rels/.rels", roots, _FROM_PACKAGE)
    _relationships("xl/_rels/workbook.xml.rels", roots, _FROM_WORKBOOK)
    _workbook(roots["xl/workbook.xml"])
    for name, digests in _ALWAYS.items():
        digest = sha256(_ROWS.sub(b"", parts[name])).hexdigest()[:16]
        insist(digest in digests, f"{name} is not the one that we write.")
    ribbon = roots["customUI/customUI14.xml"]
    insist(ribbon.tag == _RIBBON_ROOT, "The ribbon is not in the namespace of 2009/07.")
    return ReadAddin(
        is_addin,
        _settings(roots["xl/worksheets/sheet1.xml"]),
        parts["customUI/customUI14.xml"].decode("utf-8"),
        strictproject.read(strictcompound.read(parts["xl/vbaProject.bin"])),
    )


def insist_on(content: bytes, wanted: ReadAddin) -> None:
    """Raise a Deviation unless the bytes hold exactly what was to be written."""
    found = read(content)
    insist(found.is_addin == wanted.is_addin, "An add-in was made where a workbook was wanted.")
    insist(found.settings == wanted.settings, "The settings do not read back as they were given.")
    insist(found.ribbon == wanted.ribbon, "The ribbon does not read back as it was given.")
    insist(found.project.name == wanted.project.name, "The project has another name.")
    names = [each.name for each in wanted.project.modules]
    insist([each.name for each in found.project.modules] == names, "There are other modules.")
    for module, given in zip(found.project.modules, wanted.project.modules, strict=True):
        insist(module == given, f"{given.name} does not read back as it was given.")


def _root(name: str, part: bytes) -> Element:
    try:
        part.decode("utf-8")
        root: Element = fromstring(part, forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError, LookupError):
        raise Deviation(f"{name}: it is not well-formed XML in UTF-8.") from None
    return root


def _content_types(root: Element) -> bool:
    """Whether it is an add-in; every part has the right type."""
    insist(root.tag == f"{_TYPES}Types", "The list of content types is another.")
    kinds = {each.get("PartName", ""): each.get("ContentType", "") for each in root}
    defaults = {each.get("Extension", ""): each.get("ContentType", "") for each in root}
    insist(defaults.get("bin") == _VBA, "The macros have another content type.")
    main = kinds.get("/xl/workbook.xml", "")
    insist(main in (_ADDIN, _WORKBOOK), "The workbook has another content type.")
    return main == _ADDIN


def _relationships(name: str, roots: Mapping[str, Element], wanted: Mapping[str, str]) -> None:
    """What belongs to the package or the workbook, each by what it is to it."""
    root = roots[name]
    insist(root.tag == f"{_RELATIONSHIPS}Relationships", f"{name}: of another kind.")
    found = {each.get("Type"): each.get("Target") for each in root}
    insist(found == dict(wanted) and len(root) == len(found), f"{name}: other relationships.")
    insist(all(each.get("TargetMode") is None for each in root), f"{name}: leads elsewhere.")


def _workbook(root: Element) -> None:
    properties = root.find(f"{_MAIN}workbookPr")
    sheets = root.findall(f"{_MAIN}sheets/{_MAIN}sheet")
    insist(
        properties is not None and properties.get("codeName") == "ThisWorkbook",
        "The workbook has another code name than its module.",
    )
    names = [each.get("name") for each in sheets]
    insist(names == ["ar_xl.conf"], "The workbook has other sheets than that of its settings.")


def _settings(root: Element) -> tuple[tuple[str, str], ...]:
    properties = root.find(f"{_MAIN}sheetPr")
    insist(
        properties is not None and properties.get("codeName") == "ArConf",
        "The sheet has another code name than its module.",
    )
    rows = []
    for number, row in enumerate(root.findall(f"{_MAIN}sheetData/{_MAIN}row"), 1):
        wanted = [(f"{column}{number}", "inlineStr") for column in "AB"]
        found = [(each.get("r"), each.get("t")) for each in row]
        insist(row.attrib == {"r": str(number)}, "The settings are not in rows 1, 2, 3 ...")
        insist(found == wanted, "The settings are not two columns of texts.")
        key, value = (_text(each) for each in row)
        rows.append((key, value))
    return tuple(rows)


def _text(cell: Element) -> str:
    """The text as Excel understands it: `_x0041_` is a letter A."""
    tags = [each.tag for each in cell.iter()]
    insist(tags == [f"{_MAIN}{tag}" for tag in ("c", "is", "t")], "A setting is more than a text.")
    insist(not any(each.tail for each in cell.iter()), "There is something beside a setting.")
    told = cell[0][0]
    attributes = (len(cell.attrib), cell[0].attrib, told.attrib)
    insist(attributes == (2, {}, {_SPACE: "preserve"}), "A setting is of another kind.")
    plain = told.text or ""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), plain)
