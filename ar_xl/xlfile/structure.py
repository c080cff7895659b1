"""Changes to the list of sheets that reach into other parts: rename, move, hide, delete.

Before references are looked for, all changes so far are written to a temporary file: then they are
in one place, the parts, whatever way they were made. The workbook itself is not saved.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from ar_xl.xlfile.contents import Contents
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.states import SheetState
from ar_xl.xlfile.write_errors import CannotEdit


def restructure(contents: Contents, change: Callable[[Edit], None]) -> None:
    """Change a workbook when nothing waits to be written, and read it anew.

    Args:
        contents: the workbook.
        change: what to do; when it refuses, the workbook stays as it was.
    """
    settle(contents)
    change(contents.edit)
    contents.go_on_from(_stored(contents.edit))


def settle(contents: Contents) -> None:
    """Bring all changes so far into the parts that are read, without saving the workbook."""
    contents.finish()
    if contents.edit.changed:
        contents.go_on_from(_stored(contents.edit))


def check_alone(contents: Contents, sheet: SheetState) -> None:
    """Refuse a sheet whose formulas or charts need other sheets, tables or names of its workbook.

    In another workbook they would mean something else, or nothing.

    Raises:
        CannotEdit: naming what it needs.
    """
    settle(contents)
    names = [table.name for table in contents.tables if table.sheet is not sheet]
    names += [name.name for name, owner in contents.names if owner is None]
    needed = contents.edit.sheets.needs(sheet.name, names)
    if needed is not None:
        raise CannotEdit(
            f"The sheet '{sheet.name}' cannot be copied into another workbook: it refers to "
            f"'{needed}', which stays behind. Replace these formulas by their values first."
        )


def _stored(edit: Edit) -> Path:
    number, name = tempfile.mkstemp(prefix="ar-xl-", suffix=".tmp")
    path = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            edit.write(file)
    except BaseException:
        path.unlink()
        raise
    return path


def rename(contents: Contents, sheet: SheetState, name: str) -> None:
    """Rename a sheet; whatever refers to it follows.

    Raises:
        CannotEdit: the name is taken or none that Excel allows, or something refers to the sheet
            in a way that is not known.
    """

    def change(edit: Edit) -> None:
        edit.rename_sheet(sheet.name, name)
        sheet.name = name

    restructure(contents, change)


def delete(contents: Contents, sheet: SheetState) -> None:
    """Delete a sheet with all that is on it.

    Raises:
        CannotEdit: it is the last one that can be seen, or something elsewhere refers to it.
    """
    tables = [table.name for table in contents.tables if table.sheet is sheet]

    def change(edit: Edit) -> None:
        edit.sheets.check_unreferenced(sheet.name, tables)
        edit.remove_sheet(sheet.name, lost=True)

    restructure(contents, change)
    sheet.gone = True
    contents.changed = True


def move(contents: Contents, sheet: SheetState, beside: SheetState, after: bool) -> None:
    """Put a sheet before or after another one."""
    if sheet is beside:
        return
    contents.edit.sheets.move(sheet.name, beside.name, after)
    contents.sheets.remove(sheet)
    contents.sheets.insert(contents.sheets.index(beside) + after, sheet)


def show(contents: Contents, sheet: SheetState, shown: bool) -> None:
    """Show or hide the tab of a sheet.

    Raises:
        CannotEdit: it is the last one that can be seen.
    """
    contents.edit.sheets.show(sheet.name, shown)
    sheet.visible = shown
    if contents.active is sheet and not shown:
        place = contents.sheets.index(sheet)
        others = contents.sheets[place + 1 :] + contents.sheets[:place][::-1]
        contents.active = next((each for each in others if each.visible), sheet)
