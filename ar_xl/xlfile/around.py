"""Changes around the cells of sheets: columns, rows, merged cells, panes, printing, validations."""

from __future__ import annotations

from collections.abc import Callable

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, parse_area
from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.editsheets import SheetEdit, SheetList
from ar_xl.xlfile.elements import attributes, make
from ar_xl.xlfile.sheetcolumns import ColumnSetting
from ar_xl.xlfile.sheetframe import put_child, validation_xml, whole_tail
from ar_xl.xlfile.sheettail import changed_items, own_children
from ar_xl.xlfile.specs import PageSetup, Validation
from ar_xl.xlfile.write_errors import CannotEdit


class AroundCells:
    """What an edit changes of sheets besides their cells; sheets go by their name."""

    _sheets: SheetList

    def _cells(self, sheet: str) -> SheetEdit:
        return self._sheets.worksheet(sheet)

    def set_column(
        self,
        sheet: str,
        column: int,
        width: float | None = None,
        style: int | None = None,
        hidden: bool | None = None,
        last: int | None = None,
        level: int | None = None,
    ) -> None:
        """Set width (in characters), format of untouched cells or visibility of whole columns.

        Args:
            sheet: name of the sheet.
            column: the first one.
            width: as the file has it: what Excel shows plus 5/7 of a digit's width.
            style: format id.
            hidden: or shown.
            last: the last column; the first alone where None.
            level: of the outline, 0 for none.
        """
        assert 1 <= column <= (last or column) <= MAX_COLUMN, (column, last)
        setting = ColumnSetting(column, last or column, width, style, hidden, level)
        self._cells(sheet).frame.columns.append(setting)

    def set_row(
        self,
        sheet: str,
        row: int,
        height: float | None = None,
        hidden: bool | None = None,
        level: int | None = None,
        fitted: bool = False,
    ) -> None:
        """Set a row's height in points, its visibility or its outline level.

        Args:
            sheet: name of the sheet.
            row: which.
            height: in points.
            hidden: or shown.
            level: of the outline, 0 for none.
            fitted: the height follows from what the cells show, and programs may change it.
        """
        assert 1 <= row <= MAX_ROW, row
        changes = self._cells(sheet).cells.row_attributes.setdefault(row, {})
        if height is not None:
            changes.update(ht=f"{height:g}", customHeight=None if fitted else "1")
        if hidden is not None:
            changes["hidden"] = "1" if hidden else None
        if level is not None:
            changes["outlineLevel"] = str(level) if level else None

    def merge(self, sheet: str, ref: str) -> None:
        """Merge cells."""
        item = make("mergeCell", {"ref": parse_area(ref).a1()})
        self.change_tail(sheet, changed_items("mergeCells", lambda merged: [*merged, item]))

    def change_tail(self, sheet: str, change: Callable[[str], str]) -> None:
        """Change what stands behind the cells of a sheet, after all that was asked before.

        Args:
            sheet: name of the sheet.
            change: takes its text, in plain form, and returns it changed.
        """
        self._cells(sheet).frame.tail_changes.append(change)

    def change_head(self, sheet: str, change: Callable[[str], str]) -> None:
        """Change what stands before the cells of a sheet; as `change_tail`."""
        self._cells(sheet).frame.head_changes.append(change)

    def around(self, sheet: str) -> tuple[str, str]:
        """Return what will stand before and behind the cells of a sheet, in plain form."""
        return self._sheets.around(self._cells(sheet))

    def freeze(self, sheet: str, row: int, column: int) -> None:
        """Freeze the rows above `row` and the columns left of `column`; 1, 1 unfreezes."""
        self._cells(sheet).frame.freeze = (row, column)

    def show_gridlines(self, sheet: str, shown: bool) -> None:
        """Show or hide the grid on the screen."""
        self._cells(sheet).frame.gridlines = shown

    def page_setup(self, sheet: str, setup: PageSetup) -> None:
        """Set how the sheet prints; what was set before it is forgotten."""
        self._cells(sheet).frame.setup = setup
        self._sheets.set_print_names(sheet, setup)

    def tab_color(self, sheet: str, rgb: str) -> None:
        """Set the colour of the sheet's tab, as "RRGGBB"."""
        self._cells(sheet).frame.tab_color = rgb

    def protect(self, sheet: str, on: bool) -> None:
        """Protect a sheet without a password, or take its protection away.

        Raises:
            CannotEdit: it is protected with a password.
        """
        found = own_children(self.around(sheet)[1], "sheetProtection")
        if bool(found) == on:
            return
        if found:
            tail = self.around(sheet)[1]
            given = attributes(tail[found[0].start : found[0].inner])
            if given.keys() & {"password", "hashValue"}:
                raise CannotEdit(
                    f"The sheet '{sheet}' is protected with a password. Unprotect it in Excel."
                )
        made = make("sheetProtection", {"sheet": 1, "objects": 1, "scenarios": 1}) if on else ""
        self.change_tail(
            sheet, lambda tail: put_child(tail, whole_tail(tail), "sheetProtection", made)
        )

    def data_validation(self, sheet: str, validation: Validation) -> None:
        """Add a validation."""
        made = validation_xml(validation)
        self.change_tail(sheet, changed_items("dataValidations", lambda rules: [*rules, made]))

    # Parts that belong to a sheet

    @property
    def draft(self) -> Draft:
        """The parts of the workbook."""
        return self._sheets.draft

    def sheet_rels(self, sheet: str) -> list[tuple[str, str, str]]:
        """Return the relationships of a sheet to other parts: (id, kind, part name)."""
        return self._sheets.draft.rels(self._cells(sheet).part)

    def part_text(self, part: str) -> str:
        """Return the text of a part as it will be."""
        draft = self._sheets.draft
        return draft.raw_text(part) if part.endswith(".vml") else draft.text(part)

    def set_part(self, part: str, text: str) -> None:
        """Set the text of a part."""
        self._sheets.draft.set_text(part, text)

    def new_part(self, sheet: str, kind: str, pattern: str, content_type: str) -> str:
        """Return the name of a new part that a sheet leads to.

        Args:
            sheet: name of the sheet.
            kind: of the relationship, such as "comments".
            pattern: of its name, with "{}" for a number.
            content_type: what kind of part it is.
        """
        draft = self._sheets.draft
        part = draft.new_part(pattern, content_type)
        draft.add_rel(self._cells(sheet).part, kind, part)
        return part

    def add_link(self, sheet: str, address: str) -> str:
        """Relate a sheet to an address outside the workbook and return the relationship's id."""
        return self._sheets.draft.add_outside(self._cells(sheet).part, "hyperlink", address)

    def link_target(self, sheet: str, rel_id: str) -> str:
        """Return the address that a relationship of a sheet leads to, "" where there is none."""
        rels = self._sheets.draft.all_rels(self._cells(sheet).part)
        return next((rel["Target"] for rel in rels if rel.get("Id") == rel_id), "")
