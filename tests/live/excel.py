"""Excel in memory: what its users and our commands can tell of it from outside."""

# ruff: noqa: N802, N803 - Excel's own names
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.live.loading import fill
from tests.live.ranges import Range
from tests.live.sheets import Workbook, Worksheet
from tests.live.wire import Thing, refused

AUTOMATIC, MANUAL = -4105, -4135
STATE = {
    "ScreenUpdating": True, "Calculation": AUTOMATIC, "EnableEvents": True,
    "DisplayAlerts": True, "Interactive": True, "StatusBar": False,
}  # fmt: skip


class Application(Thing):
    """The program."""

    def __init__(self) -> None:
        self.books: list[Workbook] = []
        self.active: Workbook | None = None
        self.state: dict[str, Any] = dict(STATE)
        self.status: list[str] = []

    def open(self, path: Path) -> Workbook:
        """Open a file as a user does."""
        book = fill(Workbook(self, path), path)
        self.books.append(book)
        self.active = book
        return book

    def found(self) -> tuple[Any, ...]:
        """All that a command must leave as it was."""
        books = [(book.Name, book.active.Name, book.active.selected) for book in self.books]
        return dict(self.state), self.active and self.active.Name, books

    @property
    def Application(self) -> Application:
        return self

    @property
    def Version(self) -> str:
        return "16.0"

    @property
    def Hwnd(self) -> int:
        return 1

    @property
    def Ready(self) -> bool:
        return True

    @property
    def Workbooks(self) -> Workbooks:
        return Workbooks(self)

    @property
    def ActiveWorkbook(self) -> Workbook | None:
        return self.active

    @property
    def ActiveSheet(self) -> Worksheet | None:
        return self.active.active if self.active else None

    @property
    def Selection(self) -> Any:
        sheet = self.ActiveSheet
        return Range(sheet, sheet.selected) if sheet else None


def _state(name: str) -> property:
    def read(self: Application) -> Any:
        return self.state[name]

    def put(self: Application, value: Any) -> None:
        self.state[name] = value
        if name == "StatusBar" and isinstance(value, str):
            self.status.append(value)

    return property(read, put)


for _name in STATE:
    setattr(Application, _name, _state(_name))


class Workbooks(Thing):
    """The open workbooks."""

    def __init__(self, app: Application) -> None:
        self.app = app

    @property
    def Count(self) -> int:
        return len(self.app.books)

    @property
    def Application(self) -> Application:
        return self.app

    def Item(self, *key: Any) -> Workbook:
        for number, book in enumerate(self.app.books, 1):
            if key[0] in (number, book.Name):
                return book
        raise refused("Subscript out of range")

    def __iter__(self) -> Iterator[Workbook]:
        return iter(list(self.app.books))

    def Open(self, Filename: str, *_: Any) -> Workbook:
        if Path(Filename).name in {book.Name for book in self.app.books}:
            raise refused("A workbook of this name is already open.")
        return self.app.open(Path(Filename))
