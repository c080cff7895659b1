"""Workbooks of the file engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.contents import Contents
from ar_xl.xlfile.lock import hold
from ar_xl.xlfile.names import Names
from ar_xl.xlfile.sheets import Sheets

if TYPE_CHECKING:
    from ar_xl.xlfile.apps import App


class Books(base_classes.Books):
    """The open workbooks of an application.

    Args:
        app: it.
    """

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app
        self._open: list[Book] = []

    @property
    def api(self) -> Books:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def active(self) -> Book | None:
        """The workbook that was opened or activated last."""
        return self._open[0] if self._open else None

    def __call__(self, name_or_index: str | int) -> Book:
        """Return an open workbook by name or number."""
        if isinstance(name_or_index, int):
            return self._open[name_or_index - 1]
        for book in self._open:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(f"No workbook named '{name_or_index}' is open.")

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Book]:
        return iter(self._open)

    def __contains__(self, name: str) -> bool:
        return any(book.name.casefold() == name.casefold() for book in self._open)

    def add(self) -> Book:
        """Refuse: a new workbook begins as a copy of a template."""
        raise NotImplementedError("Make a workbook from a template and open it.")

    def open(self, fullname: str, *options: Any, **named: Any) -> Book:
        """Open a workbook; all options but the path are for Excel and change nothing here."""
        book = Book(self.app, Contents(Path(fullname)))
        self._open.insert(0, book)
        return book

    def remove(self, book: Book) -> None:
        """Forget a workbook that was closed."""
        if book in self._open:
            self._open.remove(book)

    def bring_forward(self, book: Book) -> None:
        """Make a workbook the active one."""
        self.remove(book)
        self._open.insert(0, book)


class Book(base_classes.Book):
    """An open workbook.

    Args:
        app: that holds it.
        contents: it.
    """

    app: Any = None

    def __init__(self, app: App, contents: Contents) -> None:
        self.app = app
        self.contents = contents

    @property
    def api(self) -> Book:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.contents.path.name

    @property
    def fullname(self) -> str:
        """The path of its file."""
        return str(self.contents.path)

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its defined names."""
        return Names(self, None)

    def activate(self) -> None:
        """Make it the active workbook."""
        self.app.books.bring_forward(self)

    def close(self) -> None:
        """Close it without saving."""
        self.app.books.remove(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it where it is, or under another path, from which it then goes on."""
        if password:
            raise NotImplementedError("A workbook can be given a password in Excel only.")
        target = Path(path) if path else self.contents.path
        with hold(target):
            self.contents.save(target)
