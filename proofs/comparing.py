"""Two states of a workbook, before and after a save, compared part by part.

Nothing of the product is used here: parts are parsed with the standard library, and what counts
as the same is said in this file alone.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Of the list of sheets, names and windows other things are asked than of the rest.
_ASKED_APART = frozenset(("sheets", "definedNames", "calcPr", "bookViews"))
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")

Shape = tuple[object, ...]  # tag, attributes, text, children, tail


@dataclass
class Kept:
    """What became of the parts of a workbook.

    Args:
        identical: how many are byte for byte the same.
        changed: names of those that were rewritten, everything of the user's in them kept.
        dropped: names of those left out on purpose: the chain of calculation.
        added: how many are new.
        lost: what is missing or different and should not be, in words.
    """

    identical: int = 0
    changed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    added: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def parts(self) -> int:
        """How many parts the workbook had."""
        return self.identical + len(self.changed) + len(self.dropped)


def compare(before: Path, after: Path, grown: dict[str, tuple[str, str]]) -> Kept:
    """Compare every part of a workbook with what became of it.

    Args:
        before: the workbook.
        after: it, saved.
        grown: areas before and after of the user's tables that rows were appended to, by name.
    """
    old, new = _read(before), _read(after)
    kept = Kept(added=len(new.keys() - old.keys()))
    book = _main_part(old)
    may_change = _may_change(old, book, grown)
    for name, content in old.items():
        if name not in new:
            _note_missing(kept, name, new)
        elif new[name] == content:
            kept.identical += 1
        elif name in may_change:
            kept.changed.append(name)
            differences = may_change[name](_tree(content), _tree(new[name]))
            kept.lost += [f"{name}: {difference}" for difference in differences]
        else:
            kept.changed.append(name)
            kept.lost.append(f"{name} is not what it was")
    return kept


Compare = Callable[[Element, Element], Iterator[str]]


def _may_change(
    old: dict[str, bytes], book: str, grown: dict[str, tuple[str, str]]
) -> dict[str, Compare]:
    """The parts that a save may rewrite, and what must be the same in each.

    The workbook part lists the new sheets and names; its relationships and the content types lead
    to the new parts; styles get new formats behind the old ones; a table that grew, and its sheet.
    """
    folded = {name.casefold(): name for name in old}
    rels = _rels_name(book)
    styles = next((name for kind, name in _targets(old, book) if kind == "styles"), "")
    found: dict[str, Compare] = {
        book: _workbook,
        folded.get(rels.casefold(), rels): _list_of("Id", "calcChain"),
        folded.get("[content_types].xml", ""): _list_of("PartName", "calcChain"),
        folded.get(styles.casefold(), styles): _styles,
    }
    for kind, sheet in _targets(old, book):
        if kind != "worksheet":
            continue
        sheet = folded.get(sheet.casefold(), sheet)
        for of_sheet, table in _targets(old, sheet):
            table = folded.get(table.casefold(), table)
            root = _tree(old[table]) if of_sheet == "table" and table in old else None
            name = "" if root is None else root.get("displayName", "")
            if name and name in grown:
                found[table] = partial(_table, areas=grown[name])
                found[sheet] = partial(_sheet, areas=grown[name])
    return found


def _note_missing(kept: Kept, name: str, new: dict[str, bytes]) -> None:
    if "calcchain" in name.casefold():
        kept.dropped.append(name)
    else:
        kept.dropped.append(name)
        kept.lost.append(f"{name} is not in the file any more")


def _workbook(old: Element, new: Element) -> Iterator[str]:
    """The user's sheets and names as they were, in order; everything else of the part too."""
    if old.attrib != new.attrib:
        yield "attributes of the workbook differ"
    yield from _first_of(old, new, "sheets", "sheet")
    for name in _shapes(old, "definedNames"):
        if name not in _shapes(new, "definedNames"):
            yield f"a name differs: {name[1]}"
    was, now = _others(old, _ASKED_APART), _others(new, _ASKED_APART)
    if was != now:
        yield "something beside sheets and names differs"
    for part, may_differ in (("calcPr", "fullCalcOnLoad"), ("bookViews", "activeTab")):
        given = old.find(MAIN + part)
        if given is not None and _bare(given, may_differ) != _bare(
            new.find(MAIN + part), may_differ
        ):
            yield f"{part} differs"


def _bare(element: Element | None, without: str) -> object:
    if element is None:
        return None
    own = {key: value for key, value in element.attrib.items() if key != without}
    return own, [_bare(child, without) for child in element]


def _list_of(key: str, but: str) -> Compare:
    """What compares lists whose items may only be added to, all but those that name `but`."""

    def compare_lists(old: Element, new: Element) -> Iterator[str]:
        there = {_shape(element) for element in new}
        for element in old:
            if _shape(element) not in there and but not in str(element.attrib):
                yield f"{element.get(key, element.get('Extension', ''))} is not listed as before"

    return compare_lists


def _styles(old: Element, new: Element) -> Iterator[str]:
    """Every format keeps its number: lists are only added to, and all else is the same."""
    lists = {"numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs"}
    for name in lists:
        was, now = old.find(MAIN + name), new.find(MAIN + name)
        if was is None:
            continue
        shapes = [] if now is None else [_shape(each) for each in now]
        if [_shape(each) for each in was] != shapes[: len(was)]:
            yield f"{name} differ"
        if now is not None and now.get("count") != str(len(now)):
            yield f"{name} are miscounted"
    if _others(old, lists) != _others(new, lists) or old.attrib != new.attrib:
        yield "something beside the lists of formats differs"


def _table(old: Element, new: Element, areas: tuple[str, str]) -> Iterator[str]:
    """A table that grew differs in its area alone."""
    was, now = areas
    text = repr(_shape(old))
    bottoms = _bottom(was), _bottom(now)
    moved = re.sub(
        rf"'ref', '([A-Z]+\d+:[A-Z]+){bottoms[0]}'", rf"'ref', '\g<1>{bottoms[1]}'", text
    )
    if new.get("ref") != now:
        yield f"its area is {new.get('ref')} and not {now}"
    if moved != repr(_shape(new)):
        yield "more than its area differs"


def _sheet(old: Element, new: Element, areas: tuple[str, str]) -> Iterator[str]:
    """A sheet whose table grew: the cells of the new rows are new, all others as they were."""
    was, now = areas
    apart = {"sheetData", "dimension"}
    if _others(old, apart) != _others(new, apart) or old.attrib != new.attrib:
        yield "something around the cells differs"
    cells, after = _cells(old), _cells(new)
    first, last = _bottom(was) + 1, _bottom(now)
    left, right = (_column(part) for part in re.findall("[A-Z]+", now)[:2])
    for place, shape in cells.items():
        inside = first <= place[0] <= last and left <= place[1] <= right
        if after.get(place) != shape and not inside:
            yield f"row {place[0]}, column {place[1]} differs"
    for place in after.keys() - cells.keys():
        if not (first <= place[0] <= last and left <= place[1] <= right):
            yield f"row {place[0]}, column {place[1]} is new"
    rows, rows_after = _rows(old), _rows(new)
    for number, said in rows.items():
        if rows_after.get(number) != said:
            yield f"row {number} has other properties"


def _rows(sheet: Element) -> dict[int, object]:
    """What each row says of itself; the span is only a hint, and grows with the row."""
    found: dict[int, object] = {}
    number = 0
    for row in sheet.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", number + 1))
        own = {key: value for key, value in row.attrib.items() if key not in ("r", "spans")}
        others = [_shape(child) for child in row if child.tag != f"{MAIN}c"]
        if own or others or len(row):
            found[number] = (own, others)
    return found


def _cells(sheet: Element) -> dict[tuple[int, int], Shape]:
    """Every cell by row and column: its attributes, formula, cached result, extensions."""
    found: dict[tuple[int, int], Shape] = {}
    number = 0
    for row in sheet.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number, column = int(row.get("r", number + 1)), 0
        for cell in row.iterfind(f"{MAIN}c"):
            match = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(match[1]) if match else column + 1
            cell.attrib.pop("r", None)
            found[number, column] = _shape(cell)
    return found


def _shape(element: Element) -> Shape:
    """All that an element says, namespaces resolved; blanks between elements say nothing."""
    text = element.text or ""
    children = tuple(_shape(child) for child in element if isinstance(child.tag, str))
    tail = (element.tail or "").strip()
    own = text if text.strip() or not children else ""
    return element.tag, tuple(sorted(element.attrib.items())), own, children, tail


def _shapes(root: Element, name: str) -> list[Shape]:
    found = root.find(MAIN + name)
    return [] if found is None else [_shape(each) for each in found]


def _others(root: Element, but: frozenset[str] | set[str]) -> list[Shape]:
    return [_shape(each) for each in root if each.tag.removeprefix(MAIN) not in but]


def _first_of(old: Element, new: Element, outer: str, what: str) -> Iterator[str]:
    was, now = _shapes(old, outer), _shapes(new, outer)
    if now[: len(was)] != was:
        yield f"a {what} of the user's is not where it was, or not what it was"


def _read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _tree(content: bytes) -> Element:
    try:
        return fromstring(content)
    except ParseError:
        return Element("unreadable")


def _main_part(parts: dict[str, bytes]) -> str:
    found = [name for kind, name in _targets(parts, "") if kind == "officeDocument"]
    folded = {name.casefold(): name for name in parts}
    return folded[found[0].casefold()]


def _targets(parts: dict[str, bytes], part: str) -> list[tuple[str, str]]:
    """Kind and part of every relationship of a part to another."""
    folded = {name.casefold(): name for name in parts}
    stored = folded.get(_rels_name(part).casefold())
    found = []
    for rel in _tree(parts[stored]) if stored else ():
        if rel.get("TargetMode") != "External":
            kind = rel.get("Type", "").rpartition("/")[2]
            joined = posixpath.join("/", posixpath.dirname(part), unquote(rel.get("Target", "")))
            found.append((kind, posixpath.normpath(joined).lstrip("/")))
    return found


def _rels_name(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _bottom(area: str) -> int:
    return int(re.findall(r"\d+", area)[-1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
