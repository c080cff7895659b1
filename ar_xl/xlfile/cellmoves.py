"""Cells put in and taken out, and all that refers to the cells that move because of it.

The workbook is written to a file of its own, changed there part by part, and read again: whatever
cannot be moved safely is refused before anything is changed.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, WHOLE_SHEET, Area
from ar_xl.xlfile.canonical import canonical
from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.exact import read_formulas
from ar_xl.xlfile.partshift import (
    shifted_chart,
    shifted_comments,
    shifted_drawing,
    shifted_links,
    shifted_shapes,
    shifted_source,
    shifted_table,
    shifted_table_formulas,
)
from ar_xl.xlfile.sheetshift import changed_formulas, shifted_head, shifted_rows, shifted_tail
from ar_xl.xlfile.shifting import Shift, names_sheet, shift_formula
from ar_xl.xlfile.workbookxml import WorkbookXml
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.writes import UNKNOWN
from ar_xl.xlfile.xmltext import plain, unescape

if TYPE_CHECKING:
    from ar_xl.xlfile.contents import Contents
    from ar_xl.xlfile.states import SheetState

_DATA = re.compile(r"<sheetData\s*(/?)>")
_NAME = re.compile(r"(<definedName\b[^>]*>)([^<]*)(</definedName>)", re.DOTALL)
_CHART_KINDS = ("chart", "chartEx")
# What of a sheet need not move, or is moved here.
_MOVED_KINDS = frozenset(
    [
        "table",
        "drawing",
        "comments",
        "vmlDrawing",
        "threadedComment",
        "printerSettings",
        "hyperlink",
        "image",
        "slicer",
        "timeline",
        "customProperty",
    ]
)
_WORDS = {
    "ctrlProp": "form control",
    "control": "control",
    "oleObject": "embedded object",
    "package": "embedded file",
    "pivotTable": "pivot table",
    "queryTable": "query",
    "tableSingleCells": "map to XML",
}
# Parts that may name cells in a way that only Excel changes.
_CLOSED = ("ctrlProps/", "activeX/", "connections.xml", "macrosheets/", "dialogsheets/")
_DROPPED_NAMES = ("_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase")


def put_in(contents: Contents, sheet: SheetState, area: Area, down: bool) -> None:
    """Put empty cells in, and move those below or to the right.

    Args:
        contents: the workbook.
        sheet: where.
        area: the cells that are put in.
        down: the cells below move down, else those to the right move right.

    Raises:
        CannotEdit: something cannot be moved safely; nothing is changed then.
    """
    _move(contents, sheet, Shift(area, down, area.rows if down else area.columns))


def take_out(contents: Contents, sheet: SheetState, area: Area, down: bool) -> None:
    """Take cells out, and move those below or to the right into their place; as `put_in`."""
    _move(contents, sheet, Shift(area, down, -(area.rows if down else area.columns)))


def _move(contents: Contents, sheet: SheetState, shift: Shift) -> None:
    used = sheet.cells.used()
    if shift.count > 0 and used is not None:
        last = used.bottom if shift.down else used.right
        if used.meet(shift.moving) and last + shift.count > (MAX_ROW if shift.down else MAX_COLUMN):
            raise CannotEdit(
                f"Cells of the sheet '{sheet.name}' would be pushed off its end; "
                "nothing was put in."
            )
    _rewrite(contents, sheet, shift)


def _rewrite(contents: Contents, sheet: SheetState, shift: Shift) -> None:
    """Go on with the workbook, all changes so far in it, after cells were moved."""
    contents.finish()
    if contents.edit.changed:
        contents.go_on_from(_stored(contents.edit.write))
    draft = Draft(contents.package)
    _Mover(draft, contents.part_of(sheet.name), sheet.name, shift).run()
    contents.go_on_from(_stored(draft.write))
    contents.changed = True
    # Of formulas that moved, or depend on what did, no result is known any more.
    sheet.cells.given = dict.fromkeys(sheet.cells.formulas(WHOLE_SHEET), UNKNOWN)
    sheet.cells.writes.note(WHOLE_SHEET)


def _stored(write: Callable[[BinaryIO], None]) -> Path:
    """Return a temporary file that was written."""
    number, name = tempfile.mkstemp(prefix="ar-xl-", suffix=".tmp")
    path = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            write(file)
    except BaseException:
        path.unlink()
        raise
    return path


class _Mover:
    """Moves the cells of one sheet in all parts of a workbook."""

    def __init__(self, draft: Draft, part: str, sheet: str, shift: Shift) -> None:
        self._draft, self._part, self._sheet, self._shift = draft, part, sheet, shift
        self._own = partial(shift_formula, sheet=sheet, own=True, shift=shift)
        self._other = partial(shift_formula, sheet=sheet, own=False, shift=shift)

    def run(self) -> None:
        draft, package = self._draft, self._draft.package
        self._refuse()
        for table in package.tables:
            text = draft.text(table.part)
            if table.sheet_part == self._part:
                new = shifted_table(text, table, self._sheet, self._shift)
            else:
                new = shifted_table_formulas(text, self._other)
            self._set(table.part, text, new)
        for entry in package.worksheets:
            self._shift_sheet(entry.part, entry.part == self._part)
        for _, kind, target in draft.rels(self._part):
            if kind == "drawing":
                self._change(target, partial(shifted_drawing, shift=self._shift))
            elif kind in ("comments", "threadedComment"):
                self._change(target, partial(shifted_comments, shift=self._shift))
            elif kind == "vmlDrawing":
                self._change(target, partial(shifted_shapes, shift=self._shift))
        for part in package.names():
            if part.startswith("xl/drawings/") and part.endswith(".xml"):
                self._change(part, partial(shifted_links, change=self._other))
            elif part.startswith(("xl/charts/", "xl/chartex/")) and part.endswith(".xml"):
                self._change(part, partial(shifted_chart, change=self._other))
            elif "pivotCacheDefinition" in part and part.endswith(".xml"):
                self._change(part, partial(shifted_source, sheet=self._sheet, shift=self._shift))
        self._shift_names()

    def _refuse(self) -> None:
        kinds = {kind for _, kind, _ in self._draft.rels(self._part)} - _MOVED_KINDS
        if kinds:
            raise CannotEdit(
                f"On the sheet '{self._sheet}' cells can be put in and taken out in Excel only: "
                f"it has a {_WORDS.get(min(kinds), min(kinds))}, which would have to move along."
            )
        for part in self._draft.package.names():
            if any(name in part for name in _CLOSED) and not part.endswith((".bin", ".rels")):
                text = self._draft.package.read(part).decode("utf-8", "replace")
                if names_sheet(unescape(text), self._sheet):
                    raise CannotEdit(
                        f"Cells of the sheet '{self._sheet}' can be put in and taken out in Excel "
                        f"only: a control or connection is linked to them ({part})."
                    )

    def _change(self, part: str, change: Callable[[str], str]) -> None:
        old = self._draft.raw_text(part)
        self._set(part, old, change(old))

    def _set(self, part: str, old: str, new: str) -> None:
        if new != old:
            self._draft.set_text(part, new)

    def _shift_sheet(self, part: str, own: bool) -> None:
        package = self._draft.package
        texts = read_formulas(package, part)
        if not own and not any(names_sheet(text, self._sheet) for text in texts.values()):
            self._shift_around(part)
            return
        text = b"".join(canonical(package.stream(part), part)).decode()
        head, rows, tail = _cut(text)
        if own:
            rows = shifted_rows(rows, self._sheet, self._shift, texts)
            head = shifted_head(head, self._shift)
            tail = shifted_tail(tail, self._sheet, self._shift)
        else:
            rows = changed_formulas(rows, texts, self._other)
        self._draft.set_text(part, f"{head}<sheetData>{rows}</sheetData>{tail}")
        if not own:
            self._refuse_around(part, tail)

    def _shift_around(self, part: str) -> None:
        """See to what surrounds the cells of a sheet whose formulas need not change."""
        tail = b"".join(_last_bytes(self._draft.package.stream(part))).decode("utf-8", "replace")
        self._refuse_around(part, tail)

    def _refuse_around(self, part: str, tail: str) -> None:
        if names_sheet(unescape(tail), self._sheet):
            name = next(e.name for e in self._draft.package.worksheets if e.part == part)
            raise CannotEdit(
                f"Cells of the sheet '{self._sheet}' can be put in and taken out in Excel only: a "
                f"validation, link or format of the sheet '{name}' refers to them."
            )

    def _shift_names(self) -> None:
        draft, part = self._draft, self._draft.package.workbook_part
        book = WorkbookXml(draft.text(part))
        for line in list(book.names):
            new = _NAME.sub(lambda m: m[1] + plain(self._other(unescape(m[2]))) + m[3], line.xml)
            if new != line.xml and line.name in _DROPPED_NAMES and "#REF!" in new:
                book.remove_name(line.name, line.sheet)
            line.xml = new
        draft.set_text(part, book.text())
        for rel_id, kind, target in draft.rels(part):
            if kind == "calcChain":
                draft.remove_rel(part, rel_id)
                draft.drop(target)


def _cut(text: str) -> tuple[str, str, str]:
    found = _DATA.search(text)
    assert found is not None, "a sheet in plain form has data"
    if found[1]:
        return text[: found.start()], "", text[found.end() :]
    rows, _, tail = text[found.end() :].partition("</sheetData>")
    return text[: found.start()], rows, tail


def _last_bytes(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what stands behind the cells of a sheet."""
    rest, found = b"", False
    for piece in pieces:
        if found:
            yield piece
            continue
        rest = rest[-16:] + piece
        at = rest.find(b"</sheetData")
        if at >= 0:
            found = True
            yield rest[at:]
