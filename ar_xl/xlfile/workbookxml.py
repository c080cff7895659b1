"""The workbook part: its list of sheets, defined names, the sheet shown, and recalculation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ar_xl.xlfile.elements import (
    Element,
    attributes,
    child,
    children,
    make,
    put,
    replace,
    root,
    start_tag,
    whole_number,
    with_attributes,
    with_inner,
)
from ar_xl.xlfile.sheetrefs import renamed, sheets_of
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmlparts import OFFICE_RELS
from ar_xl.xlfile.xmltext import plain, unescape

_LARGEST_SHEET_ID = 65_534
# fmt: off
_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)
# fmt: on


@lru_cache(maxsize=1024)
def _of_line(xml: str) -> Mapping[str, str]:
    """The attributes of a sheet's line: sheets are looked up by name for every change to them."""
    return attributes(xml)


class SheetLine:
    """A sheet in the workbook's list; the same object wherever it is moved."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    @property
    def name(self) -> str:
        """What stands on its tab."""
        return _of_line(self.xml).get("name", "")

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return _of_line(self.xml).get("state", "visible") == "visible"


class NameLine:
    """A defined name; `sheet` is the line of the sheet it belongs to, or None."""

    def __init__(self, xml: str, sheet: SheetLine | None) -> None:
        self.xml = xml
        self.sheet = sheet

    @property
    def name(self) -> str:
        """The name itself."""
        return attributes(self.tag).get("name", "")

    @property
    def tag(self) -> str:
        """The start tag."""
        return start_tag(self.xml, root(self.xml))


class WorkbookXml:
    """The workbook part as text, edited.

    Args:
        text: the part in plain form.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.sheets = [SheetLine(xml) for xml in self._items("sheets")]
        self.names: list[NameLine] = []
        for xml in self._items("definedNames"):
            values = attributes(start_tag(xml, root(xml)))
            index = whole_number(values, "localSheetId") if values.get("localSheetId") else None
            if index is not None and index >= len(self.sheets):
                raise CannotEdit("A defined name belongs to a sheet that does not exist.")
            self.names.append(NameLine(xml, None if index is None else self.sheets[index]))
        view = _view(text)
        shown = attributes(start_tag(text, view)) if view else {}
        active = whole_number(shown, "activeTab", 0)
        self.active = self.sheets[min(active, len(self.sheets) - 1)]
        first = whole_number(shown, "firstSheet", 0)
        self._first = self.sheets[min(first, len(self.sheets) - 1)]

    def find(self, name: str) -> SheetLine | None:
        """Return the line of a sheet; upper and lower case are the same."""
        folded = name.casefold()
        return next((line for line in self.sheets if line.name.casefold() == folded), None)

    def insert(self, index: int, name: str, rel_id: str) -> SheetLine:
        """Put a new sheet into the list."""
        ids = [whole_number(attributes(line.xml), "sheetId", 0) for line in self.sheets]
        first = attributes(self.sheets[0].xml)
        prefix = next((key for key in first if key.endswith(":id")), None)
        number = max(ids) + 1
        if number > _LARGEST_SHEET_ID:
            number = next(free for free in range(1, len(ids) + 2) if free not in ids)
        values: dict[str, str | int | float | None] = {"name": name, "sheetId": number}
        declared = "xmlns:" + (prefix or "r:id").removesuffix(":id")
        if prefix is None or declared in first:  # some programs declare it on every line
            values[declared] = OFFICE_RELS
        values[prefix or "r:id"] = rel_id
        line = SheetLine(make("sheet", values))
        self.sheets.insert(index, line)
        return line

    def rename(self, line: SheetLine, name: str) -> None:
        """Give a sheet another name; references to it are not touched."""
        line.xml = with_attributes(line.xml, {"name": name})

    def rename_references(self, old: str, new: str) -> None:
        """Let all names that refer to a sheet call it by its new name."""
        for each in self.names:
            inner = each.xml[len(each.tag) : each.xml.rindex("<")]
            given = unescape(inner)
            made = renamed(given, old, new)
            if made != given:
                each.xml = each.tag + plain(made) + each.xml[len(each.tag) + len(inner) :]

    def move(self, line: SheetLine, beside: SheetLine, after: bool) -> None:
        """Put a sheet before or after another one."""
        if line is beside:
            return
        self.sheets.remove(line)
        self.sheets.insert(self.sheets.index(beside) + after, line)

    def show(self, line: SheetLine, shown: bool) -> None:
        """Show or hide the tab of a sheet.

        Raises:
            CannotEdit: no visible sheet would be left.
        """
        if not shown:
            self._must_leave(line)
        line.xml = with_attributes(line.xml, {"state": None if shown else "hidden"})
        if not shown:
            self._pass_on(line)

    def _must_leave(self, line: SheetLine) -> None:
        """Refuse to take away the last sheet that can be seen."""
        if not any(each.visible for each in self.sheets if each is not line):
            raise CannotEdit(f"'{line.name}' is the only sheet that can be seen; it must stay.")

    def _pass_on(self, line: SheetLine) -> None:
        """Show another sheet in place of one that goes away."""
        left = [each for each in self.sheets if each is not line and each.visible]
        if self.active is line:
            place = self.sheets.index(line)
            after = [each for each in self.sheets[place + 1 :] if each in left]
            self.active = after[0] if after else left[-1]
        if self._first is line:
            self._first = left[0]

    def remove(self, line: SheetLine) -> None:
        """Take a sheet out of the list, with the names that belong to it.

        Raises:
            CannotEdit: no visible sheet would be left.
        """
        self._must_leave(line)
        self._pass_on(line)
        self.sheets.remove(line)
        self.names = [name for name in self.names if name.sheet is not line]

    def set_name(self, name: str, refers_to: str, sheet: SheetLine | None, hidden: bool) -> None:
        """Define a name; one of the same name and sheet is replaced."""
        values = {"name": name, "hidden": 1 if hidden else None}
        made = NameLine(make("definedName", values, plain(refers_to)), sheet)
        for place, old in enumerate(self.names):
            if old.name.casefold() == name.casefold() and old.sheet is sheet:
                self.names[place] = made
                return
        self.names.append(made)

    def remove_name(self, name: str, sheet: SheetLine | None) -> None:
        """Remove a defined name, if there is one."""
        folded = name.casefold()
        self.names = [
            each
            for each in self.names
            if not (each.name.casefold() == folded and each.sheet is sheet)
        ]

    def names_for(self, line: SheetLine) -> list[str]:
        """Return the names of the workbook that refer to a sheet, which would be lost with it."""
        return [
            each.name
            for each in self.names
            if each.sheet is not line
            and line.name.casefold()
            in map(str.casefold, sheets_of(self.refers_to(each.name, each.sheet) or ""))
        ]

    def refers_to(self, name: str, sheet: SheetLine | None) -> str | None:
        """Return what a defined name stands for, without "="."""
        for each in self.names:
            if each.name.casefold() == name.casefold() and each.sheet is sheet:
                return unescape(each.xml[len(each.tag) : each.xml.rindex("<")])
        return None

    def text(self) -> str:
        """Return the part as it is now; everything is calculated anew when it is opened."""
        text = _with_list(self._text, "sheets", [line.xml for line in self.sheets])
        lines = []
        for name in self.names:
            index = None if name.sheet is None else str(self.sheets.index(name.sheet))
            tag = with_attributes(name.tag, {"localSheetId": index})
            lines.append(tag + name.xml[len(name.tag) :])
        text = _with_list(text, "definedNames", lines)
        calc = child(text, root(text), "calcPr")
        tag = "<calcPr/>" if calc is None else text[calc.start : calc.end]
        new = with_attributes(tag, {"fullCalcOnLoad": "1"})
        text = put(text, root(text), _ORDER, "calcPr", new)
        return self._with_view(text)

    def _with_view(self, text: str) -> str:
        places = {"activeTab": self.active, "firstSheet": self._first}
        changes: dict[str, str | None] = {}
        for key, line in places.items():
            changes[key] = str(self.sheets.index(line)) if line is not self.sheets[0] else None
        view = _view(text)
        if view is None:
            if not any(changes.values()):
                return text
            inner = with_attributes("<workbookView/>", changes)
            return put(text, root(text), _ORDER, "bookViews", f"<bookViews>{inner}</bookViews>")
        given = attributes(start_tag(text, view))
        if all(given.get(key, "0") == (value or "0") for key, value in changes.items()):
            return text
        return (
            text[: view.start]
            + with_attributes(start_tag(text, view), changes)
            + (text[view.inner :])
        )

    def _items(self, name: str) -> list[str]:
        outer = child(self._text, root(self._text), name)
        if outer is None:
            return []
        return [
            self._text[each.start : each.end]
            for each in children(self._text, outer.inner, outer.inner_end)
        ]


def _view(text: str) -> Element | None:
    views = child(text, root(text), "bookViews")
    return None if views is None else child(text, views, "workbookView")


def _with_list(text: str, name: str, items: list[str]) -> str:
    """Return the text with the items of a list set; nothing changes where they are the same."""
    outer = child(text, root(text), name)
    if outer is None:
        if not items:
            return text
        return put(text, root(text), _ORDER, name, f"<{name}>{''.join(items)}</{name}>")
    old = [text[each.start : each.end] for each in children(text, outer.inner, outer.inner_end)]
    if old == items:
        return text
    if not items:
        return replace(text, outer, "")
    return replace(text, outer, with_inner(text, outer, "".join(items), {}))
