"""Charts over LibreOffice: taken and forgotten, as no figure depends on them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from tests.office.sheets import Sheet


class Charts(base_classes.Charts):
    """The charts of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def add(self, *place: Any, **named: Any) -> Chart:
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
    def api(self) -> tuple[None, NativeChart]:
        return (None, NativeChart())


class NativeChart:
    """A chart as Excel names its parts."""

    def SeriesCollection(self, number: int = 0) -> Any:  # noqa: N802
        return SimpleNamespace(Count=0, NewSeries=_new_series, Delete=lambda: None)

    def Axes(self, number: int) -> Any:  # noqa: N802
        return SimpleNamespace(TickLabels=SimpleNamespace())


def _new_series() -> Any:
    fill = SimpleNamespace(ForeColor=SimpleNamespace())
    return SimpleNamespace(Format=SimpleNamespace(Fill=fill))
