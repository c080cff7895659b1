"""A sheet copied from one workbook into another: cells, formats, tables, notes, validations.

The sheet's text is taken over; only what means something else in the other workbook is changed:
numbers of formats, shared texts, names of tables. What leads to parts that cannot stand alone
(pivot tables, slicers) is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

from ar_xl.xlfile.canonical import canonical
from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.editsheets import SheetEdit, SheetList
from ar_xl.xlfile.edittables import TABLE_TYPE, TableEdits
from ar_xl.xlfile.elements import children, root
from ar_xl.xlfile.sheetrefs import part_renamed, renamed, sheets_of
from ar_xl.xlfile.stylesheet import StyleSheet
from ar_xl.xlfile.tableparts import TablePart
from ar_xl.xlfile.write_errors import CannotEdit, IrregularSheet

_COPIED = {
    "table": ("xl/tables/table{}.xml", TABLE_TYPE),
    "comments": (
        "xl/comments{}.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    ),
    "vmlDrawing": (
        "xl/drawings/vmlDrawing{}.vml",
        "application/vnd.openxmlformats-officedocument.vmlDrawing",
    ),
    "drawing": (
        "xl/drawings/drawing{}.xml",
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    ),
    "chart": (
        "xl/charts/chart{}.xml",
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    ),
    "chartStyle": ("xl/charts/style{}.xml", "application/vnd.ms-office.chartstyle+xml"),
    "chartColorStyle": (
        "xl/charts/colors{}.xml",
        "application/vnd.ms-office.chartcolorstyle+xml",
    ),
    "printerSettings": (
        "xl/printerSettings/printerSettings{}.bin",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
    ),
}
_CELL_STYLE = re.compile(r'(<(?:c|row) (?:[^>]*? )?s=")(\d+)(?=")')
_COLUMN_STYLE = re.compile(r'(<col (?:[^>]*? )?style=")(\d+)(?=")')
_DIFFERENCE = re.compile(r'( (?:dxfId|\w+DxfId)=")(\d+)(?=")')
_SHARED = re.compile(r'(<c (?:[^>]*? )?)t="s"([^>]*)>\s*<v>(\d+)</v>\s*</c>')
_SHARED_LEFT = re.compile(r'<c [^>]*\bt="s"')
_METADATA = re.compile(r'<c [^>]* (?:cm|vm)="')
_OF_ITS_BOOK = re.compile(r' (?:codeName|tabSelected)="[^"]*"')


class Ground(NamedTuple):
    """What of a workbook a sheet is taken from, or put into."""

    draft: Draft
    sheets: SheetList
    tables: TableEdits
    styles: StyleSheet


def transplant(
    source: Ground, sheet: str, target: Ground, name: str, before: str | None, after: str | None
) -> tuple[SheetEdit, list[TablePart]]:
    """Copy a sheet, as it is with all changes, into a workbook; the same one or another.

    Args:
        source: where it is.
        sheet: its name there.
        target: where it goes.
        name: its name there.
        before, after: the neighbour that it gets there.

    Returns:
        The new sheet and its tables.

    Raises:
        CannotEdit: the name is taken, or the sheet holds what cannot be copied.
    """
    edit = source.sheets.worksheet(sheet)
    text = source.sheets.text(sheet)
    rels = source.draft.all_rels(edit.part)
    _refuse(sheet, text, _led_to(source, edit.part))
    made = target.sheets.add(name, before, after)
    text = _OF_ITS_BOOK.sub("", _translated(text, source, target))
    copied = [rel for rel in rels if _kind(rel) != "table"]
    kept = _copy_parts(source, target, edit.part, copied, (edit.line.name, name))
    tables: list[TablePart] = []
    new_names: dict[str, str] = {}
    for rel in rels:
        if _kind(rel) == "table":
            old = source.draft.text(_part_of(edit.part, rel["Target"]))
            new = target.draft.new_part("xl/tables/table{}.xml", TABLE_TYPE)
            kept.append({**rel, "Target": f"/{new}"})
            own = root_name(old)
            now = {own: target.tables.free_name(own)}
            inner = _restyled(old, _DIFFERENCE, _difference(source, target))
            inner = _with_tables_renamed(inner, now)
            tables.append(target.tables.take(new, inner, made.part, rel["Id"]))
            new_names |= now
    if kept:
        target.draft.set_rels(made.part, kept)
    made.base = part_renamed(_with_tables_renamed(text, new_names), edit.line.name, name)
    _copy_names(source, edit, target, made)
    return made, tables


def _copy_parts(
    source: Ground, target: Ground, part: str, rels: list[dict[str, str]], names: tuple[str, str]
) -> list[dict[str, str]]:
    """Copy the parts that a part leads to, and those that they lead to.

    Args:
        source: where they are.
        target: where they go.
        part: that leads to them.
        rels: its relationships.
        names: of the sheet there and here; what refers to the sheet refers to its copy.

    Returns:
        The relationships of the part's copy.
    """
    made: list[dict[str, str]] = []
    for rel in rels:
        if rel.get("TargetMode") == "External":
            made.append(rel)
            continue
        kind, old = _kind(rel), _part_of(part, rel["Target"])
        if kind == "image" and source.draft is target.draft:
            made.append({**rel, "Target": f"/{old}"})
            continue
        if kind == "image":
            pattern = "xl/media/image{}." + old.rpartition(".")[2]
            new = target.draft.new_part(pattern, source.draft.package.content_type(old))
        else:
            new = target.draft.new_part(*_COPIED[kind])
        made.append({**rel, "Target": f"/{new}"})
        if kind in ("drawing", "chart"):
            target.draft.set_text(new, part_renamed(source.draft.raw_text(old), *names))
        else:
            target.draft.set_bytes(new, source.draft.bytes_of(old))
        inner = source.draft.all_rels(old)
        if inner:
            target.draft.set_rels(new, _copy_parts(source, target, old, inner, names))
    return made


def _kind(rel: dict[str, str]) -> str:
    return rel["Type"].rpartition("/")[2]


def root_name(table: str) -> str:
    """Return the name of the table that a table part declares."""
    found = re.search(r'\bdisplayName="([^"]*)"', table)
    return found[1] if found else ""


def _led_to(source: Ground, part: str) -> set[str]:
    """Return the kinds of the parts that a part leads to, and those lead to."""
    kinds: set[str] = set()
    for rel in source.draft.all_rels(part):
        if rel.get("TargetMode") != "External":
            kinds.add(_kind(rel))
            if _kind(rel) in _COPIED:
                kinds |= _led_to(source, _part_of(part, rel["Target"]))
    return kinds


def _refuse(sheet: str, text: str, kinds: set[str]) -> None:
    kinds = kinds - _COPIED.keys() - {"image"}
    if kinds:
        raise CannotEdit(
            f"The sheet '{sheet}' cannot be copied: it has a {min(kinds)}. Copy it in Excel."
        )
    if _METADATA.search(text):
        raise CannotEdit(
            f"The sheet '{sheet}' cannot be copied: it has formulas that fill several cells. "
            "Copy it in Excel."
        )


def _translated(text: str, source: Ground, target: Ground) -> str:
    """Return a sheet's text with its numbers of formats and of texts turned into the target's."""
    if source.draft is not target.draft:
        style = _remembered(lambda number: target.styles.take(source.styles, number))
        text = _restyled(text, _CELL_STYLE, style)
        text = _restyled(text, _COLUMN_STYLE, style)
        text = _restyled(text, _DIFFERENCE, _difference(source, target))
    if ' t="s"' not in text:
        return text
    package = source.draft.package
    part = package.part_of_kind("sharedStrings")
    if part is None:
        return text
    listed = b"".join(canonical([package.read(part)], part)).decode()
    items = [listed[each.inner : each.inner_end] for each in children(listed, root(listed).inner)]
    text = _SHARED.sub(
        lambda match: f'{match[1]}t="inlineStr"{match[2]}><is>{items[int(match[3])]}</is></c>',
        text,
    )
    if _SHARED_LEFT.search(text):
        raise IrregularSheet
    return text


def _difference(source: Ground, target: Ground) -> Callable[[int], int]:
    if source.draft is target.draft:
        return lambda place: place
    return _remembered(lambda place: target.styles.take_difference(source.styles, place))


def _remembered(ask: Callable[[int], int]) -> Callable[[int], int]:
    known: dict[int, int] = {}

    def answer(number: int) -> int:
        if number not in known:
            known[number] = ask(number)
        return known[number]

    return answer


def _restyled(text: str, pattern: re.Pattern[str], new: Callable[[int], int]) -> str:
    return pattern.sub(lambda match: f"{match[1]}{new(int(match[2]))}", text)


def _part_of(sheet_part: str, target: str) -> str:
    joined = posixpath.join("/" + posixpath.dirname(sheet_part), target)
    return posixpath.normpath(joined).lstrip("/")


def _with_tables_renamed(text: str, renamed: dict[str, str]) -> str:
    """Return the text with formulas that name a table of the sheet's naming its copy."""
    for was, now in renamed.items():
        if was != now:
            text = re.sub(rf"(?<![\w.]){re.escape(was)}(?=\[)", now, text)
    return text


def _copy_names(source: Ground, edit: SheetEdit, target: Ground, made: SheetEdit) -> None:
    """Copy the names that belong to the sheet alone, such as its print titles.

    Within a workbook a name that stands for cells of the sheet gets a namesake that belongs to the
    copy, as Excel does it.
    """
    was, now = edit.line.name, made.line.name
    for line in list(source.sheets.book.names):
        refers_to = source.sheets.book.refers_to(line.name, line.sheet) or ""
        own = line.sheet is edit.line
        shared = source.draft is target.draft and line.sheet is None
        if own or (shared and was.casefold() in map(str.casefold, sheets_of(refers_to))):
            target.sheets.set_name(line.name, renamed(refers_to, was, now), now, False)
