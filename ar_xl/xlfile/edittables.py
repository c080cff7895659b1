"""Tables added to and grown in a workbook while it is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ar_xl.xlfile.addresses import Area, column_letters, parse_area
from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.editsheets import SheetEdit, SheetList
from ar_xl.xlfile.elements import attributes, root, start_tag, with_attributes
from ar_xl.xlfile.exact import read_formulas
from ar_xl.xlfile.formulatext import has_relative_cells
from ar_xl.xlfile.patch import CellColumn, Growth, Operation
from ar_xl.xlfile.payloads import Constant, Fixed, Payloads, formula_payload
from ar_xl.xlfile.specs import TableSpec
from ar_xl.xlfile.tableparts import TablePart, read_table
from ar_xl.xlfile.tablexml import (
    check_table,
    check_table_name,
    column_formulas,
    resized,
    table_xml,
)
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmlparts import parse_small
from ar_xl.xlfile.xmltext import unescape

TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


@dataclass
class _Table:
    part: TablePart
    last_data_row: int  # of the file, whose formats and formulas new rows take

    @property
    def area(self) -> Area:
        return parse_area(self.part.ref)


class TableEdits:
    """All tables of the workbook to be.

    Args:
        draft: the parts of the workbook.
        sheets: its sheets.
    """

    def __init__(self, draft: Draft, sheets: SheetList) -> None:
        self._draft = draft
        self._sheets = sheets
        self._tables = [
            _Table(part, part.row1 + 1 - part.totals_rows) for part in draft.package.tables
        ]

    def add(self, sheet: SheetEdit, table: TableSpec) -> None:
        """Make a table; see `Edit.add_table`."""
        check_table(table)
        folded = table.name.casefold()
        names = {each.part.display_name.casefold() for each in self._tables}
        names |= {line.name.casefold() for line in self._sheets.book.names}
        if folded in names:
            raise CannotEdit(f"The workbook already has something named '{table.name}'.")
        self._check_free(sheet.part, table.name, parse_area(table.ref))
        number = max((each.part.id for each in self._tables), default=0) + 1
        part = self._draft.new_part("xl/tables/table{}.xml", TABLE_TYPE)
        text = table_xml(number, table)
        self._draft.set_text(part, text)
        rel = self._draft.add_rel(sheet.part, "table", part)
        sheet.frame.tables.append(rel)
        self._note(part, text, sheet.part, rel)

    def take(self, part: str, text: str, sheet_part: str, rel: str) -> TablePart:
        """Make a table of a part that stood in another workbook; its sheet leads to it already.

        Args:
            part: name of the new part.
            text: the part, in plain form.
            sheet_part: the sheet it stands on.
            rel: the sheet's relationship to it.

        Returns:
            The table, with a name and a number that no other has.
        """
        outer = root(text)
        given = attributes(start_tag(text, outer))
        name = self.free_name(given.get("displayName", "Table"))
        number = max((each.part.id for each in self._tables), default=0) + 1
        changes = {"id": str(number), "name": name, "displayName": name}
        text = with_attributes(start_tag(text, outer), changes) + text[outer.inner :]
        self._draft.set_text(part, text)
        return self._note(part, text, sheet_part, rel)

    def free_name(self, wanted: str) -> str:
        """Return a name that no table and no defined name has."""
        names = {each.part.display_name.casefold() for each in self._tables}
        names |= {line.name.casefold() for line in self._sheets.book.names}
        name, number = wanted, 1
        while name.casefold() in names:
            number += 1
            name = f"{wanted}{number}"
        return name

    def _note(self, part: str, text: str, sheet_part: str, rel: str) -> TablePart:
        made = read_table(parse_small(text.encode(), part), part, sheet_part, rel)
        self._tables.append(_Table(made, made.row1 + 1 - made.totals_rows))
        return made

    def forget(self, sheet_part: str) -> None:
        """Forget the tables of a sheet that was removed."""
        self._tables = [each for each in self._tables if each.part.sheet_part != sheet_part]

    def change(self, name: str, change: Callable[[str], str]) -> None:
        """Change the part of a table; see `Edit.change_table`."""
        table = self._find(name)
        changed = change(self._draft.text(table.part.part))
        made = self._read(table, changed)
        if made.display_name.casefold() != name.casefold():
            check_table_name(made.display_name)
        self._check_free(table.part.sheet_part, name, parse_area(made.ref))
        self._draft.set_text(table.part.part, changed)
        if table.last_data_row > made.row1 + 1 - made.totals_rows:
            table.last_data_row = made.row1 + 1 - made.totals_rows
        table.part = made

    def text(self, name: str) -> str:
        """Return the part of a table as it will be."""
        return self._draft.text(self._find(name).part.part)

    @staticmethod
    def _read(table: _Table, text: str) -> TablePart:
        old = table.part
        return read_table(
            parse_small(text.encode(), old.part), old.part, old.sheet_part, old.rel_id
        )

    def resize(self, name: str, area: Area) -> None:
        """Give a table other rows; see `Edit.resize_table`."""
        table = self._find(name)
        old = table.area
        if (area.top, area.left, area.right) != (old.top, old.left, old.right):
            raise CannotEdit(
                f"The table {name} stands in {old.a1()}; only its last row can be changed."
            )
        if area.bottom < area.top + table.part.header_rows:
            raise CannotEdit(f"The table {name} must keep one row of data.")
        if area == old:
            return
        if table.part.totals_rows:
            raise CannotEdit(
                f"The table {name} has a totals row, which is in the way of new rows. "
                "Switch the totals row off (Table Design) and try again."
            )
        self._check_free(table.part.sheet_part, name, area)
        text = self._draft.text(table.part.part)
        changed = resized(text, table.part, area)
        sheet = self._sheet(table)
        if area.bottom > old.bottom and not sheet.new:
            self._grow(sheet, table, old, area, column_formulas(text))
        self._draft.set_text(table.part.part, changed)
        table.part = self._read(table, changed)

    def _grow(
        self, sheet: SheetEdit, table: _Table, old: Area, area: Area, formulas: dict[int, str]
    ) -> None:
        """Note the new rows: they must be free, take the formats above, and the formulas."""
        new = Area(old.bottom + 1, old.left, area.bottom, old.right)
        growth = Growth(new, table.last_data_row, table.part.display_name)
        sheet.cells.growths.append(growth)
        sheet.frame.free.append((new, growth.table))
        for place, formula in formulas.items():
            column = old.left + place
            if has_relative_cells(unescape(formula)):
                contents: Payloads = Fixed(self._copied_down(table, column, new))
            else:
                contents = Constant(f"><f>{formula}</f></c>", new.rows)
            # In front of what the caller sets himself, now or earlier.
            copied = Operation(new.top, column, new.rows, [CellColumn(contents, None)])
            sheet.cells.operations.insert(0, copied)

    def _copied_down(self, table: _Table, column: int, new: Area) -> Sequence[str]:
        """Return the payloads of a formula with cell references, moved to each new row."""
        from openpyxl.formula.translate import Translator

        row = table.last_data_row
        found = read_formulas(self._draft.package, table.part.sheet_part)
        formula = found.get((row - 1, column - 1))
        letters = column_letters(column)
        if formula is None:
            raise CannotEdit(
                f"The column {letters} of the table {table.part.display_name} is calculated, but "
                f"its last row, {row}, holds no formula. Fill the column down and try again."
            )
        translator = Translator(f"={formula}", f"{letters}{row}")
        return [
            formula_payload(str(translator.translate_formula(f"{letters}{each}"))[1:], None)
            for each in range(new.top, new.bottom + 1)
        ]

    def _find(self, name: str) -> _Table:
        for table in self._tables:
            if table.part.display_name.casefold() == name.casefold():
                return table
        raise CannotEdit(f"The workbook has no table named '{name}'.")

    def _sheet(self, table: _Table) -> SheetEdit:
        return self._sheets.by_part(table.part.sheet_part)

    def _check_free(self, sheet_part: str, name: str, area: Area) -> None:
        for other in self._tables:
            same = other.part.display_name.casefold() == name.casefold()
            if other.part.sheet_part == sheet_part and not same and other.area.meet(area):
                raise CannotEdit(
                    f"The table {name} cannot have {area.a1()}: the table "
                    f"{other.part.display_name} stands in {other.area.a1()}."
                )
