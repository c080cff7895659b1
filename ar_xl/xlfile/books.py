"""Workbooks of the file engine."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.contents import Contents
from ar_xl.xlfile.lock import hold
from ar_xl.xlfile.names import Names
from ar_xl.xlfile.newbook import make_new_book
from ar_xl.xlfile.sheets import Sheets
from ar_xl.xlfile.write_errors import CannotSave

if TYPE_CHECKING:
    from ar_xl.xlfile.apps import App


class Books(base_classes.Books):
    """The open workbooks of an application, in the order in which they were opened.

    Args:
        app: it.
    """

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app
        self._open: list[Book] = []
        self._used: list[Book] = []  # the same, the last one that was used at the end
        self._made = 0

    @property
    def api(self) -> Books:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def active(self) -> Book | None:
        """The workbook that was opened or activated last."""
        return self._used[-1] if self._used else None

    def __call__(self, name_or_index: str | int) -> Book:
        """Return an open workbook by name or number."""
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(self._open):
                raise KeyError(f"There is no workbook {name_or_index}; {len(self._open)} are open.")
            return self._open[name_or_index - 1]
        for book in self._open:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(f"No workbook named '{name_or_index}' is open.")

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self._open))

    def __contains__(self, name: str) -> bool:
        return any(book.name.casefold() == name.casefold() for book in self._open)

    def add(self) -> Book:
        """Make an empty workbook of one sheet; it is no file until it is saved."""
        self._made += 1
        return self._opened(Book(self.app, Contents(make_new_book()), f"Book{self._made}"))

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,
        format: Any = None,
        password: str | None = None,
        *options: Any,
        **named: Any,
    ) -> Book:
        """Open a workbook. xlwings has looked whether one of that name is open already.

        Args:
            fullname: path of the file.
            update_links: links to other workbooks are never followed.
            read_only: it can then be saved under another name only.
            format: for Excel.
            password: refused: an encrypted workbook can be opened in Excel only.
            options: for Excel; they change nothing here.
            named: likewise.

        Raises:
            XlFileError: it is no workbook that can be read; the kinds say why.
            FileNotFoundError: there is no such file.
        """
        if password:
            raise NotImplementedError("A workbook with a password can be opened in Excel only.")
        return self._opened(Book(self.app, Contents(Path(fullname)), None, bool(read_only)))

    def _opened(self, book: Book) -> Book:
        self._open.append(book)
        self._used.append(book)
        return book

    def remove(self, book: Book) -> None:
        """Forget a workbook that was closed."""
        if book in self._open:
            self._open.remove(book)
            self._used.remove(book)

    def bring_forward(self, book: Book) -> None:
        """Make a workbook the active one."""
        self._used.remove(book)
        self._used.append(book)


class Book(base_classes.Book):
    """An open workbook.

    Args:
        app: that holds it.
        contents: it.
        unsaved: what it is called until it is saved; None for a workbook that is a file.
        read_only: it must not be saved over its file.
    """

    is_of_file = True  # tells it from Excel's without asking Excel
    app: Any = None

    def __init__(
        self, app: App, contents: Contents, unsaved: str | None = None, read_only: bool = False
    ) -> None:
        self.app = app
        self.contents = contents
        self.read_only = read_only
        self._unsaved = unsaved
        if unsaved is not None:
            self._tidy = weakref.finalize(self, _remove, contents.path)

    @property
    def api(self) -> Book:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def name(self) -> str:
        """The name of its file."""
        return self._unsaved or self.contents.path.name

    @property
    def fullname(self) -> str:
        """The path of its file; its name alone until it is saved."""
        return self._unsaved or str(self.contents.path)

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its defined names."""
        return Names(self, None)

    def activate(self) -> None:
        """Make it the active workbook of its application, and that the active application."""
        self.app.books.bring_forward(self)
        self.app.activate()

    def close(self) -> None:
        """Close it without saving."""
        self.app.books.remove(self)
        if self._unsaved is not None:
            self._tidy()

    def to_pdf(self, path: str, quality: Any = None) -> None:
        """Refuse: pages are laid out by Excel alone."""
        raise NotImplementedError("A workbook can be turned into a PDF in Excel only.")

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it where it is, or under another path, from which it then goes on.

        A new workbook that is not told where goes into the current directory, as with Excel.

        Raises:
            XlFileError: it cannot be saved there; the kinds say why.
        """
        if password:
            raise NotImplementedError("A workbook can be given a password in Excel only.")
        if path is None and self.read_only:
            raise CannotSave(f"'{self.name}' was opened read-only; save it under another name")
        target = Path(path) if path else self.contents.path
        if path is None and self._unsaved is not None:
            target = Path.cwd() / f"{self._unsaved}.xlsx"
        with hold(target):
            self.contents.save(target)
        self.read_only = False
        if self._unsaved is not None:
            self._unsaved = None
            self._tidy()


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
