"""The engine: what xlwings talks to instead of Excel, for workbooks that are files.

`Engine().apps.add().books.open(path)` gives the implementation of a `xlwings.Book`. It imitates
Excel as xlwings sees it on Windows; what it cannot do raises NotImplementedError.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import xlwings as xw

from ar_xl.xlfile.apps import Apps
from ar_xl.xlfile.values import clean_rows

NAME = "xlfile"


class Engine:
    """The file engine; one per process is enough, see `engine`."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: dict[str, Any]) -> Any:
        """Return a value of Python as a cell takes it; missing ones become empty text."""
        if value is None:
            return ""
        if isinstance(value, str | bool | int | Decimal):
            return value
        if isinstance(value, float | np.floating):
            return "" if np.isnan(value) else float(value)
        if isinstance(value, np.bool_):
            return bool(value)
        if isinstance(value, np.number):
            return float(value)
        if value is pd.NaT or value is pd.NA:
            return ""
        if isinstance(value, np.datetime64):
            return "" if np.isnat(value) else value.astype("datetime64[us]").astype(dt.datetime)
        if isinstance(value, dt.datetime):
            return value.replace(tzinfo=None)
        return value

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Return values as the options of a range want them."""
        return clean_rows(data, datetime_builder, empty_as, number_builder, err_to_str)


engine = Engine()


def register() -> None:
    """Make the engine known to xlwings, and active where xlwings has no Excel to talk to.

    Books open without this; `Sheet.activate` and `Book.activate` of xlwings need it.
    """
    if NAME not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=engine))
    if xw.engines.active is None:
        xw.engines[NAME].activate()
