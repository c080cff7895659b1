"""What the workbook part says: sheets, defined names, the epoch of dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ar_xl.xlfile.errors import DamagedWorkbook, StrictWorkbook
from ar_xl.xlfile.xmlparts import MAIN, OFFICE_RELS, STRICT, truth, whole

_KINDS = {
    "worksheet": "worksheet",
    "chartsheet": "chartsheet",
    "dialogsheet": "dialogsheet",
    "xlMacrosheet": "macrosheet",
    "xlIntlMacrosheet": "macrosheet",
}


@dataclass(frozen=True)
class Rel:
    """A relationship of a part; `target` is a part name unless `mode` is "External"."""

    id: str
    type: str
    target: str
    mode: str

    @property
    def kind(self) -> str:
        """The last word of the type: "worksheet", "table", "sharedStrings", ..."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it.

    Args:
        name: as on its tab.
        part: the part that holds it.
        sheet_id: the workbook's own number for it.
        rel_id: the relationship of the workbook part that leads to it.
        state: "visible", "hidden" or "veryHidden".
        kind: "worksheet", "chartsheet", "dialogsheet" or "macrosheet".
    """

    name: str
    part: str
    sheet_id: int
    rel_id: str
    state: str
    kind: str


@dataclass(frozen=True)
class DefinedName:
    """A defined name; `sheet_index` counts all sheets from 0 where it belongs to one."""

    name: str
    refers_to: str
    sheet_index: int | None
    hidden: bool


def check_root(root: Element) -> None:
    """Refuse a workbook part in another namespace than the usual one."""
    if root.tag.startswith("{" + STRICT):
        raise StrictWorkbook()
    if root.tag != f"{{{MAIN}}}workbook":
        raise DamagedWorkbook("its main part is not a workbook")


def read_sheets(
    root: Element, rels: list[Rel], find: Callable[[str], str | None]
) -> list[SheetEntry]:
    """The sheets in the order of their tabs.

    Args:
        root: the tree of the workbook part.
        rels: the workbook part's relationships.
        find: gives the stored name of a part, None where there is none.

    Raises:
        DamagedWorkbook: it lists none, or one that does not exist.
    """
    by_id = {rel.id: rel for rel in rels}
    entries = []
    for element in root.iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet"):
        name, rel_id = element.get("name", ""), element.get(f"{{{OFFICE_RELS}}}id", "")
        rel = by_id.get(rel_id)
        part = find(rel.target) if rel else None
        if rel is None or part is None:
            raise DamagedWorkbook(f"the sheet '{name}' is listed but is not in the file")
        kind = _KINDS.get(rel.kind)
        if kind is None:
            raise DamagedWorkbook(f"the sheet '{name}' is of an unknown kind ({rel.kind})")
        state = element.get("state", "visible")
        entries.append(SheetEntry(name, part, _number(element, name), rel_id, state, kind))
    if not entries:
        raise DamagedWorkbook("it lists no sheet")
    if len({entry.name.casefold() for entry in entries}) < len(entries):
        raise DamagedWorkbook("two sheets have the same name")
    if len({entry.part for entry in entries}) < len(entries):
        raise DamagedWorkbook("two sheets are the same part")
    return entries


def _number(element: Element, name: str) -> int:
    number = whole(element.get("sheetId", ""))
    if number is None:
        raise DamagedWorkbook(f"the sheet '{name}' has no number")
    return number


def read_defined_names(root: Element) -> list[DefinedName]:
    """All defined names, hidden and built-in ones included, in the order of the file."""
    return [
        DefinedName(
            element.get("name", ""),
            element.text or "",
            whole(element.get("localSheetId", "")),
            truth(element.get("hidden")),
        )
        for element in root.iterfind(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName")
    ]


def read_date1904(root: Element) -> bool:
    """Whether dates count from 1904-01-01."""
    properties = root.find(f"{{{MAIN}}}workbookPr")
    return properties is not None and truth(properties.get("date1904"))
