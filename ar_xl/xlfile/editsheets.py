"""The sheets of a workbook while it is edited: found, added, removed, and written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ar_xl.xlfile.addresses import parse_area, quote_sheet
from ar_xl.xlfile.canonical import canonical
from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.editrefs import needed, owner_of, referring, rename_references
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.patch import CellPatch
from ar_xl.xlfile.readahead import stream_ahead
from ar_xl.xlfile.sheetframe import NEW_SHEET, SheetFrame, column_styles, is_selected
from ar_xl.xlfile.sheetpieces import SheetPieces, Unusual
from ar_xl.xlfile.sheetrefs import LOST
from ar_xl.xlfile.specs import PageSetup
from ar_xl.xlfile.splice import splice
from ar_xl.xlfile.workbookxml import SheetLine, WorkbookXml
from ar_xl.xlfile.write_errors import CannotEdit, IrregularSheet

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SELECTED = re.compile(r'\stabSelected="(?:1|true)"')
_DATA = re.compile(r"<sheetData\s*(/?)>")
_HEAD_BYTES = 1 << 16
_LONGEST_NAME = 255  # of a defined name
# What a sheet may have that goes with it when it is removed.
_OWN_KINDS = frozenset(
    (
        *("table", "drawing", "chart", "chartStyle", "chartColorStyle", "chartUserShapes"),
        *("image", "printerSettings", "comments", "vmlDrawing", "threadedComment"),
        *("ctrlProp", "control", "activeXControlBinary", "oleObject", "package"),
    )
)


@dataclass
class SheetEdit:
    """The changes to one sheet.

    Args:
        line: its line in the workbook's list.
        part: the part that holds it.
        kind: "worksheet" or another kind, which has no cells.
        new: it was added in this edit.
        cells: cells and rows to set.
        frame: changes around the cells.
        base: what a new sheet begins as.
    """

    line: SheetLine
    part: str
    kind: str
    new: bool
    cells: CellPatch = field(default_factory=CellPatch)
    frame: SheetFrame = field(default_factory=SheetFrame)
    base: str = NEW_SHEET

    @property
    def changed(self) -> bool:
        """Whether the part must be written anew."""
        return self.new or bool(self.cells) or self.frame != SheetFrame()


class SheetList:
    """All sheets of the workbook to be.

    Args:
        draft: the parts of the workbook.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        package = draft.package
        self._book_part = package.workbook_part
        self.book = WorkbookXml(draft.text(self._book_part))
        self._edits = [
            SheetEdit(line, entry.part, entry.kind, False)
            for line, entry in zip(self.book.sheets, package.sheets, strict=True)
        ]
        self._book_changed = False
        self._shown = self.book.active
        self._around: dict[str, tuple[str, str]] = {}

    @property
    def draft(self) -> Draft:
        """The parts of the workbook."""
        return self._draft

    @property
    def changed(self) -> bool:
        """Whether a sheet or the list of sheets differs from the file's."""
        return self._book_changed or any(edit.changed for edit in self._edits)

    def worksheet(self, name: str) -> SheetEdit:
        """Return the changes to a sheet that has cells.

        Raises:
            CannotEdit: there is none of that name.
        """
        edit = self._find(name)
        if edit.kind != "worksheet":
            raise CannotEdit(f"'{name}' is not a worksheet; it has no cells.")
        return edit

    def by_part(self, part: str) -> SheetEdit:
        """Return the changes to the sheet that a part holds."""
        return next(edit for edit in self._edits if edit.part == part)

    def add(self, name: str, before: str | None, after: str | None) -> SheetEdit:
        """Add an empty sheet; see `Edit.add_sheet`."""
        self._check_name(name)
        place = len(self.book.sheets)
        if before is not None:
            place = self.book.sheets.index(self._find(before).line)
        elif after is not None:
            place = self._behind(after)
        part = self._draft.new_part("xl/worksheets/sheet{}.xml", _SHEET_TYPE)
        rel = self._draft.add_rel(self._book_part, "worksheet", part)
        edit = SheetEdit(self.book.insert(place, name, rel), part, "worksheet", True)
        self._edits.append(edit)
        self._book_changed = True
        return edit

    def _behind(self, neighbour: str) -> int:
        """Return the place behind a sheet; behind the last one with cells it is the very end.

        Sheets without cells, such as charts, do not count as neighbours; a new sheet among them
        would move what other parts count by their place.
        """
        place = self.book.sheets.index(self._find(neighbour).line) + 1
        kinds = {id(edit.line): edit.kind for edit in self._edits}
        rest = [kinds[id(line)] for line in self.book.sheets[place:]]
        return place if "worksheet" in rest else len(self.book.sheets)

    def rename(self, name: str, new: str) -> None:
        """Rename a sheet; see `Edit.rename_sheet`."""
        edit = self._find(name)
        old = edit.line.name
        if old.casefold() != new.casefold():
            self._check_name(new)
        if not any(each.changed for each in self._edits):
            rename_references(self._draft, old, new)
        elif not edit.new or edit.frame.drawing:
            raise CannotEdit(
                f"The sheet '{name}' cannot be renamed while changes wait to be written: formulas "
                "and charts may refer to it."
            )
        self.book.rename(edit.line, new)
        self.book.rename_references(old, new)
        self._book_changed = True

    def move(self, name: str, beside: str, after: bool) -> None:
        """Put a sheet before or after another one."""
        self.book.move(self._find(name).line, self._find(beside).line, after)
        self._book_changed = True

    def show(self, name: str, shown: bool) -> None:
        """Show or hide a sheet's tab.

        Raises:
            CannotEdit: it is the last one that can be seen.
        """
        self.book.show(self._find(name).line, shown)
        self._book_changed = True

    def check_unreferenced(self, name: str, tables: Sequence[str]) -> None:
        """Refuse a sheet that formulas, charts or pivot tables elsewhere refer to.

        Nothing may wait to be written. Names that nothing uses do not count.

        Args:
            name: the sheet's.
            tables: the names of its tables.
        """
        edit = self._find(name)
        assert not any(each.changed for each in self._edits), "changes wait to be written"
        names = [*tables, *self.book.names_for(edit.line)]
        own = set(self._owned(edit))
        for part in referring(self._draft, edit.line.name, names):
            if part not in own and owner_of(part) not in own:
                sheets = [each.line.name for each in self._edits if each.part == part]
                where = f"formulas on the sheet '{sheets[0]}'" if sheets else f"the part {part}"
                raise CannotEdit(
                    f"The sheet '{edit.line.name}' cannot be deleted: {where} of the workbook "
                    "would lose what it refers to. Change that first, or delete the sheet in Excel."
                )

    def names_of(self, name: str) -> list[tuple[str, str]]:
        """Return the names that belong to a sheet, and what they refer to."""
        line = self._find(name).line
        own = [each for each in self.book.names if each.sheet is line]
        return [(each.name, self.book.refers_to(each.name, line) or "") for each in own]

    def needs(self, name: str, names: Sequence[str]) -> str | None:
        """Return another sheet, or one of some names, that a sheet refers to; None if it does not.

        Nothing may wait to be written.
        """
        edit = self._find(name)
        return needed(self._draft, edit.part, edit.line.name, names)

    def remove(self, name: str, lost: bool) -> str:
        """Remove a sheet and return the part it was; see `Edit.remove_sheet`."""
        edit = self._find(name)
        owned = self._owned(edit)
        self.book.remove(edit.line)
        if lost:
            self.book.rename_references(edit.line.name, LOST)
        self._edits.remove(edit)
        for rel_id, _, target in self._draft.rels(self._book_part):
            if target == edit.part:
                self._draft.remove_rel(self._book_part, rel_id)
        for part in owned:
            self._draft.drop(part)
        self._book_changed = True
        return edit.part

    def set_active(self, name: str) -> None:
        """Show this sheet when the workbook opens."""
        line = self._find(name).line
        if self.book.active is not line:
            self.book.active = line
            self._book_changed = True

    def set_name(self, name: str, refers_to: str, sheet: str | None, hidden: bool) -> None:
        """Define a name; see `Edit.set_name`."""
        if len(name) > _LONGEST_NAME:
            raise CannotEdit(
                f"The name beginning with '{name[:30]}' has {len(name):,} characters; "
                f"Excel allows {_LONGEST_NAME}."
            )
        line = None if sheet is None else self._find(sheet).line
        self.book.set_name(name, refers_to.removeprefix("="), line, hidden)
        self._book_changed = True

    def remove_name(self, name: str, sheet: str | None) -> None:
        """Remove a defined name."""
        self.book.remove_name(name, None if sheet is None else self._find(sheet).line)
        self._book_changed = True

    def set_print_names(self, sheet: str, setup: PageSetup) -> None:
        """Define the built-in names for repeated rows and the area to print."""
        edit = self.worksheet(sheet)
        prefix = quote_sheet(edit.line.name) + "!"
        if setup.title_rows is not None:
            first, last = setup.title_rows
            self.set_name("_xlnm.Print_Titles", f"{prefix}${first}:${last}", sheet, False)
        if setup.print_area is not None:
            area = parse_area(setup.print_area).a1(True, True)
            self.set_name("_xlnm.Print_Area", prefix + area, sheet, False)

    def finish(self) -> None:
        """Hand all changed sheets and the workbook part to the draft; may be called again.

        Which sheet is shown is looked at only now: one that was shown all along is not touched.
        """
        if self.book.active is not self._shown:
            self._select(self.book.active)
        changed = [edit for edit in self._edits if edit.changed]
        for edit in changed:
            edit.frame.extent = edit.cells.extent()
            self._draft.set_stream(
                edit.part,
                lambda edit=edit: self._spliced(edit),  # type: ignore[misc]
                lambda edit=edit: self._spliced(edit, plain=True),  # type: ignore[misc]
            )
        if changed or self._book_changed:
            self._drop_calculation_chain()
            self._draft.set_text(self._book_part, self.book.text())

    def text(self, name: str) -> str:
        """Return a worksheet as it would be written now, in plain form."""
        edit = self.worksheet(name)
        try:
            made = b"".join(self._spliced(edit))
        except IrregularSheet:
            made = b"".join(self._spliced(edit, plain=True))
        return b"".join(canonical([made], edit.part)).decode()

    def _find(self, name: str) -> SheetEdit:
        line = self.book.find(name)
        for edit in self._edits:
            if edit.line is line:
                return edit
        raise CannotEdit(f"The workbook has no sheet named '{name}'.")

    def _check_name(self, name: str) -> None:
        bad = not name or len(name.encode("utf-16-le")) > 62 or _FORBIDDEN.search(name)
        if bad or name[0] == "'" or name[-1] == "'" or name.casefold() == "history":
            raise CannotEdit(
                f"'{name}' cannot be the name of a sheet. "
                r"Use at most 31 characters, none of [ ] : * ? / \ and no quote at an end."
            )
        if self.book.find(name):
            raise CannotEdit(f"The workbook already has a sheet named '{name}'.")

    def _pieces(self, edit: SheetEdit) -> Iterable[bytes]:
        if edit.new:
            return [edit.base.encode()]
        return stream_ahead(self._draft.package, edit.part)

    def _spliced(self, edit: SheetEdit, plain: bool = False) -> Iterator[bytes]:
        frame, pieces = edit.frame, self._pieces(edit)
        return splice(
            canonical(pieces, edit.part) if plain else pieces,
            edit.line.name,
            edit.cells,
            frame.change_head,
            frame.change_tail,
            column_styles,
            plain,
        )

    def around(self, edit: SheetEdit) -> tuple[str, str]:
        """Return what will stand before and behind the cells of a sheet, in plain form."""
        if edit.part not in self._around:
            self._around[edit.part] = self._read_around(edit)
        head, tail = self._around[edit.part]
        return edit.frame.change_head(head), edit.frame.change_tail(tail)

    def _read_around(self, edit: SheetEdit) -> tuple[str, str]:
        try:
            pieces = SheetPieces(self._pieces(edit), edit.part)
            for _ in pieces:
                pass
            head, _, tail = (each.decode() for each in pieces.without_rows())
            return head, tail.removeprefix("</sheetData>")
        except (Unusual, UnicodeDecodeError):
            text = b"".join(canonical(self._pieces(edit), edit.part)).decode()
        data = _DATA.search(text)
        if data is None:
            raise DamagedWorkbook(f"the part {edit.part} has no cells")
        rest = text[data.end() :]
        return text[: data.start()], rest if data[1] else rest.partition("</sheetData>")[2]

    def _select(self, line: SheetLine) -> None:
        """Mark one sheet as shown and no other: two would be edited together."""
        for edit in self._edits:
            if edit.kind != "worksheet":
                text = self._draft.text(edit.part)
                if _SELECTED.search(text):
                    self._draft.set_text(edit.part, _SELECTED.sub("", text))
                continue
            selected = not edit.new and self._is_selected(edit)
            if edit.line is line:
                edit.frame.selected = True
            elif selected or edit.frame.selected:
                edit.frame.selected = False if selected else None

    def _is_selected(self, edit: SheetEdit) -> bool:
        """Tell whether the file has a sheet shown or grouped."""
        head = next(iter(self._head(edit)), b"").decode(errors="replace")
        try:
            if "<!" in head:
                raise IrregularSheet
            return is_selected(head)
        except IrregularSheet:
            return is_selected(self._read_around(edit)[0])

    def _head(self, edit: SheetEdit) -> Iterator[bytes]:
        for piece in self._draft.package.stream(edit.part, _HEAD_BYTES):
            yield piece[: max(piece.find(b"<sheetData"), 0) or len(piece)]
            return

    def _owned(self, edit: SheetEdit) -> list[str]:
        """Return the sheet's part and those that no other part leads to."""
        owned = [edit.part]
        for part in owned:
            for _, kind, target in self._draft.rels(part):
                if kind not in _OWN_KINDS:
                    raise CannotEdit(
                        f"The sheet '{edit.line.name}' cannot be removed: it has a {kind} that "
                        "other sheets may use. Delete it in Excel."
                    )
                if target not in owned and self._draft.has(target):
                    owned.append(target)
        while True:
            others = [part for part in self._draft.parts() if part not in owned]
            led_to = {
                target
                for part in others
                if not part.endswith(".rels") and part != self._book_part
                for _, _, target in self._draft.rels(part)
            }
            kept = [part for part in owned if part not in led_to or part == edit.part]
            if kept == owned:
                return owned
            owned = kept

    def _drop_calculation_chain(self) -> None:
        for rel_id, kind, target in self._draft.rels(self._book_part):
            if kind == "calcChain":
                self._draft.remove_rel(self._book_part, rel_id)
                self._draft.drop(target)
