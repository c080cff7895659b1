"""Applications of the file engine: they hold open workbooks and remember what they are told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.books import Books
from ar_xl.xlfile.cells import StaleFormula

if TYPE_CHECKING:
    from ar_xl.xlfile.engine import Engine
    from ar_xl.xlfile.ranges import Range

# Process numbers have 32 bits; ours must equal none of them where Excel runs as well.
_numbers = itertools.count(1 << 32)


class NotCalculated(StaleFormula):
    """Results were asked for that only Excel can calculate."""

    template = (
        "Nothing is calculated without Excel, and {detail} depends on what was written. "
        "Save the workbook and open it in Excel, which calculates it then."
    )


class Apps(base_classes.Apps):
    """The applications of the engine.

    Args:
        engine: it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.open_apps: list[App] = []

    def keys(self) -> list[int]:
        """Return the numbers of the applications."""
        return [app.pid for app in self.open_apps]

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> App:
        """Return a new application, the active one from now on.

        Args:
            spec: for macOS.
            add_book: with a new workbook.
            xl: for Windows.
            visible: remembered.
        """
        app = App(self._engine, self)
        self.open_apps.insert(0, app)
        app.visible = bool(visible)
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Do nothing: no process can be left behind."""

    def __iter__(self) -> Iterator[App]:
        return iter(self.open_apps)

    def __len__(self) -> int:
        return len(self.open_apps)

    def __getitem__(self, pid: int) -> App:
        for app in self.open_apps:
            if app.pid == pid:
                return app
        raise KeyError(f"Could not find an application with the number {pid}.")


class App(base_classes.App):
    """An application.

    Args:
        engine: whose it is.
        apps: the collection it is in.
    """

    # Plain attributes where xlwings declares properties: they are remembered and change nothing,
    # so that `app.properties(...)` works as with Excel.
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
    cut_copy_mode: Any = None
    version: str = "16.0"
    hwnd: Any = None
    path: str = ""
    startup_path: str = ""

    def __init__(self, engine: Engine, apps: Apps) -> None:
        self.engine = engine
        self._apps = apps
        self.pid = next(_numbers)
        self.books = Books(self)
        self.alerts: list[str] = []

    @property
    def api(self) -> App:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def selection(self) -> Range | None:
        """The cells selected on the sheet that is shown, None without a workbook."""
        book = self.books.active
        return book.sheets.active.selection if book else None

    def activate(self, steal_focus: bool = False) -> None:
        """Make this the active application."""
        if self in self._apps.open_apps:
            self._apps.open_apps.remove(self)
        self._apps.open_apps.insert(0, self)

    def quit(self) -> None:
        """Close all workbooks without saving."""
        for book in list(self.books):
            book.close()
        if self in self._apps.open_apps:
            self._apps.open_apps.remove(self)

    def kill(self) -> None:
        """Close all workbooks without saving."""
        self.quit()

    def calculate(self) -> None:
        """Do nothing where every result is up to date; Excel calculates when it opens the file.

        Raises:
            NotCalculated: a formula depends on what was written since Excel calculated it.
        """
        for book in self.books:
            contents = book.contents
            cell = contents.freshness.out_of_date() if contents.changed else None
            if cell is not None:
                raise NotCalculated(f"{cell} of {book.name}")

    def run(self, macro: str, args: Any) -> Any:
        """Refuse: a file runs no macros."""
        raise NotImplementedError("Macros run in Excel only.")

    def alert(self, prompt: str, title: Any, buttons: str, mode: Any, callback: Any) -> str:
        """Keep the message in `alerts` and answer as if the safest button was pressed."""
        self.alerts.append(prompt)
        return {"ok": "ok", "yes_no": "no"}.get(buttons, "cancel")
