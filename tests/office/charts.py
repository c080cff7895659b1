"""Charts over LibreOffice: counted and forgotten, as no figure depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from tests.office.sheets import Sheet


class Forgetful:
    """Has any property and takes any call, and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Forgetful()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return Forgetful()


class Charts(base_classes.Charts):
    """The charts of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def add(self, *place: Any, **named: Any) -> Chart:
        self._sheet.drawn += 1
        return Chart(self._sheet)


class Chart(base_classes.Chart):
    """A chart, as far as `book/host.py` draws one."""

    title: str = ""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def api(self) -> Forgetful:
        return Forgetful()
