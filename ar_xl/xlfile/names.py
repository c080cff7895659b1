"""Defined names of a workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlwings import base_classes

from ar_xl.xlfile.addresses import AddressError, quote_sheet
from ar_xl.xlfile.package import DefinedName
from ar_xl.xlfile.states import SheetState
from ar_xl.xlfile.writes import CLOCK

if TYPE_CHECKING:
    from ar_xl.xlfile.books import Book
    from ar_xl.xlfile.ranges import Range

_BUILT_IN = "_xlnm."
_LONGEST = 255
_NAME = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")
_CELL_LIKE = re.compile(r"(?i)[a-z]{1,3}[0-9]{1,7}|r(?:[0-9]+)?(?:c(?:[0-9]+)?)?|c(?:[0-9]+)?")


class Names(base_classes.Names):
    """The names of a workbook, or those of one sheet.

    Args:
        book: whose they are.
        sheet: only the names that belong to this sheet, None for all.
    """

    def __init__(self, book: Book, sheet: SheetState | None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> Names:
        """The object itself: there is no other program behind it."""
        return self

    def _all(self) -> list[Name]:
        return [
            Name(self._book, name, owner)
            for name, owner in self._book.contents.names
            if not name.hidden and (self._sheet is None or owner is self._sheet)
        ]

    def __call__(self, name_or_index: int | str) -> Name:
        """Return a name; KeyError where there is none."""
        if isinstance(name_or_index, int):
            return self._all()[name_or_index - 1]
        wanted = name_or_index.casefold()
        for name in self._all():
            if wanted in (name.name.casefold(), name.name.rpartition("!")[2].casefold()):
                return name
        raise KeyError(f"The workbook has no name '{name_or_index}'.")

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return all names with what they are called."""
        return [(name.name, name) for name in self._all()]

    def contains(self, name_or_index: int | str) -> bool:
        """Tell whether there is such a name."""
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def __len__(self) -> int:
        return len(self._all())

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name, in place of one of the same scope that is called the same."""
        owner = self._sheet
        scope, mark, rest = name.rpartition("!")
        if mark:
            owner, name = self._book.contents.sheet(scope.strip("'")), rest
        return define(self._book, name, refers_to.removeprefix("="), owner)


def define(book: Book, name: str, refers_to: str, owner: SheetState | None) -> Name:
    """Define a name for a workbook, or for one sheet of it."""
    contents = book.contents
    check_defined_name(name)
    contents.edit.set_name(name, refers_to, owner.name if owner else None)
    made = DefinedName(name=name, refers_to=refers_to, sheet_index=None, hidden=False)
    contents.names = [
        (old, of)
        for old, of in contents.names
        if of is not owner or old.name.casefold() != name.casefold()
    ]
    contents.names.append((made, owner))
    contents.name_times[name.casefold()] = CLOCK.tick()
    contents.changed = True
    return Name(book, made, owner)


def check_defined_name(name: str) -> None:
    """Refuse what Excel does not take as a name of cells.

    Raises:
        ValueError: saying what a name may be.
    """
    plain = name.removeprefix(_BUILT_IN)
    fits = _NAME.fullmatch(plain) is not None and len(plain) <= _LONGEST
    if not fits or _CELL_LIKE.fullmatch(plain):
        raise ValueError(
            f"'{name}' cannot be a name. A name begins with a letter or _, has letters, digits, "
            ". and _ but no spaces, at most 255, and is not like the address of a cell."
        )


class Name(base_classes.Name):
    """A defined name.

    Args:
        book: whose it is.
        defined: what the file says.
        owner: the sheet it belongs to, None for the workbook.
    """

    def __init__(self, book: Book, defined: DefinedName, owner: SheetState | None) -> None:
        self._book = book
        self._defined = defined
        self._owner = owner

    @property
    def api(self) -> Name:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def name(self) -> str:
        """What it is called, with its sheet where it belongs to one."""
        plain = self._defined.name.removeprefix(_BUILT_IN)
        return f"{quote_sheet(self._owner.name)}!{plain}" if self._owner else plain

    @name.setter
    def name(self, value: str) -> None:
        refers_to = self._defined.refers_to
        self.delete()
        self._defined = define(self._book, value, refers_to, self._owner)._defined

    @property
    def refers_to(self) -> str:
        """What it stands for, with the equals sign."""
        return "=" + self._defined.refers_to

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        made = define(self._book, self._defined.name, value.removeprefix("="), self._owner)
        self._defined = made._defined

    @property
    def refers_to_range(self) -> Range:
        """The cells it stands for; AddressError where it stands for something else."""
        from ar_xl.xlfile.references import resolve_text

        sheet = self._owner or self._book.contents.active
        found = resolve_text(self._book, sheet, self._defined.refers_to)
        if found is None:
            raise AddressError(f"The name '{self.name}' does not stand for cells.")
        return found

    def delete(self) -> None:
        """Remove it."""
        contents = self._book.contents
        contents.edit.remove_name(self._defined.name, self._owner.name if self._owner else None)
        contents.names = [pair for pair in contents.names if pair[0] is not self._defined]
        contents.name_times[self._defined.name.casefold()] = CLOCK.tick()
        contents.changed = True
