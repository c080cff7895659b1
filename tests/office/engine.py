"""An xlwings engine over LibreOffice: the calls of the file engine, another program behind them.

It covers what the commands use: public xlwings calls, and the few of its own that `book/` makes on
the `api` of the file engine, for which it is taken. Every value, number format, formula and table
is LibreOffice's. Borders, panes, print set-up and charts are taken and forgotten: no figure
depends on them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import xlwings as xw
from xlwings import base_classes

from ar_xl.xlfile.engine import Engine as FileEngine
from ar_xl.xlfile.specs import StyleSpec
from tests.office.charts import Forgetful
from tests.office.sheets import Sheet, Sheets
from tests.office.soffice import Office
from tests.office.tables import TableState
from tests.office.view import LOGICAL, Shown

_numbers = itertools.count(-1_000_000, -1)


class Engine:
    """The engine; its applications share one LibreOffice.

    Args:
        office: it.
    """

    name = "libreoffice"
    type = "desktop"
    prepare_xl_data_element = staticmethod(FileEngine.prepare_xl_data_element)
    clean_value_data = staticmethod(FileEngine.clean_value_data)

    def __init__(self, office: Office) -> None:
        self.office = office
        self.apps = Apps(self)

    def open(self, path: Path) -> xw.Book:
        """Open a workbook."""
        return xw.Book(impl=self.apps.add().books.open(str(path)))


class Apps(base_classes.Apps):
    """The applications."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._all: list[App] = []

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> App:
        self._all.insert(0, App(self._engine, self))
        return self._all[0]

    def remove(self, app: App) -> None:
        self._all.remove(app)

    def __iter__(self) -> Iterator[App]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class App(base_classes.App):
    """An application: one workbook at a time."""

    # Plain attributes where xlwings declares properties, so that `app.properties` can set them.
    engine: Any = None
    pid: int = 0
    books: Any = None
    visible: bool = False
    screen_updating: bool = True
    display_alerts: bool = True
    enable_events: bool = True
    interactive: bool = True
    calculation: str = "automatic"
    status_bar: str | bool = False

    def __init__(self, engine: Engine, apps: Apps) -> None:
        self.engine, self._apps, self.pid = engine, apps, next(_numbers)
        self.books = Books(self)

    def calculate(self) -> None:
        for book in self.books:
            book.document.calculateAll()
            book.touch()

    def quit(self) -> None:
        for book in list(self.books):
            book.close()
        self._apps.remove(self)


class Books(base_classes.Books):
    """The open workbooks of an application."""

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app
        self.open_books: list[Book] = []

    def __call__(self, name_or_index: str | int) -> Book:
        for number, book in enumerate(self.open_books, 1):
            if name_or_index in (number, book.name):
                return book
        raise KeyError(name_or_index)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.open_books)

    def __len__(self) -> int:
        return len(self.open_books)

    def open(self, fullname: str, *options: Any, **named: Any) -> Book:
        path = Path(fullname)
        self.open_books.append(Book(self.app, self.app.engine.office.load(path), path))
        return self.open_books[-1]


class Contents(Forgetful):
    """Where `book/` lets go of the memory of a file, and asks what plain cells look like."""

    styles = SimpleNamespace(spec=lambda style: StyleSpec())


class Book(base_classes.Book):
    """An open workbook.

    Args:
        app: that holds it.
        document: of LibreOffice.
        path: of its file.
    """

    is_of_file = True  # `book/` speaks to it as to the file engine
    app: Any = None

    def __init__(self, app: App, document: Any, path: Path) -> None:
        self.app, self.document, self.path = app, document, path
        self.office: Office = app.engine.office
        self.contents = Contents()
        self.stays_open = False
        self.changes = 0  # counted up with every change, so that old views are told from new
        self.looks: list[tuple[Any, ...]] = []  # looks of cells that are still to be set
        self.by_name: dict[str, Sheet] = {}
        self._tables: list[TableState] | None = None
        self._sheet_names: tuple[str, ...] | None = None
        self._formats: dict[int, Shown] = {}
        self._keys: dict[str, int] = {}
        self._locale = self.office.struct("com.sun.star.lang.Locale", Language="en", Country="US")
        epoch = document.NullDate
        self.date1904 = (epoch.Year, epoch.Month, epoch.Day) == (1904, 1, 1)

    @property
    def api(self) -> Book:
        return self

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        return str(self.path)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    def activate(self) -> None:
        """The application has no other."""

    def close(self) -> None:
        if self.stays_open:
            return
        self.document.close(True)
        self.app.books.open_books.remove(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        self.dress()
        self.office.store(self.document, Path(path or self.path))

    def touch(self, tables: bool = False) -> None:
        """Note that something changed; with `tables`, that a table or a sheet did."""
        self.changes += 1
        if tables:
            self._tables, self._sheet_names = None, None

    @property
    def tables(self) -> list[TableState]:
        """The tables of all sheets, in the order in which they stand."""
        if self._tables is None:
            names = self.sheet_names
            found = filter(None, self.office.ask("TablesOf", self.document))
            states = [TableState.of(each, names) for each in found]
            self._tables = sorted(states, key=lambda state: (state.area.top, state.area.left))
        return self._tables

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of the sheets."""
        if self._sheet_names is None:
            self._sheet_names = tuple(self.document.Sheets.ElementNames)
        return self._sheet_names

    def shown(self, key: int) -> Shown:
        """The number format of a key."""
        if key not in self._formats:
            found = self.document.NumberFormats.getByKey(key)
            self._formats[key] = Shown(_in_excel(found.FormatString), bool(found.Type & LOGICAL))
        return self._formats[key]

    def key_of(self, code: str) -> int:
        """The key of a number format."""
        if code not in self._keys:
            formats = self.document.NumberFormats
            key = formats.queryKey(code, self._locale, False)
            self._keys[code] = key if key >= 0 else formats.addNew(code, self._locale)
        return self._keys[code]

    def dress(self) -> None:
        """Set the looks that are still to be set."""
        if self.looks:
            self.office.ask("Dress", self.document, self.taken_looks())

    def taken_looks(self) -> tuple[Any, ...]:
        """The looks that are still to be set, which the caller sets."""
        looks, self.looks = tuple(self.looks), []
        return looks


def _in_excel(code: str) -> str:
    """A number format as Excel writes it: LibreOffice writes days and years in capitals."""
    return code.lower() if code.isupper() and set(code) <= set("YMDHS-/:. ") else code
