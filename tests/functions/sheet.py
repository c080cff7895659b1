"""A worksheet of a few cells: formulas over them as Excel hands their arguments over."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from ar_xl.functions.catalogue import BY_NAME
from ar_xl.functions.errors import CellError

Rows = tuple[tuple[Any, ...], ...]
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACE = re.compile(r"([A-Z])(\d+)(?::([A-Z])(\d+))?")


def call(name: str, *given: Any) -> Any:
    """Call a function with arguments as the bridge hands them over: rows of cells, or None."""
    return BY_NAME[name].work(*given)


def down(*cells: Any) -> Rows:
    """Cells below one another."""
    return tuple((cell,) for cell in cells)


def one(cell: Any) -> Rows:
    """A single cell."""
    return ((cell,),)


def typed(cell: Any) -> Any:
    """A cell as Excel keeps what was typed: whole numbers are numbers, ISO dates dates."""
    if isinstance(cell, str) and _ISO.fullmatch(cell):
        return datetime.fromisoformat(cell)
    return float(cell) if type(cell) is int else cell


def result_of(formula: str, cells: Rows) -> Any:
    """What `=NAME(...)` answers over cells from A1 on; an error value where it refuses."""
    name, _, rest = formula.removeprefix("=").partition("(")
    given = [_argument(text.strip(), cells) for text in _split(rest.removesuffix(")"))]
    try:
        return call(name, *given)
    except CellError as error:
        return error


def _split(text: str) -> list[str]:
    return re.findall(r'(?:"[^"]*"|\{[^}]*\}|[^,])+', text)


def _argument(text: str, cells: Rows) -> Rows:
    if found := _PLACE.fullmatch(text):
        left, top, right, bottom = found.groups()
        columns = slice(ord(left) - 65, ord(right or left) - 64)
        rows = cells[int(top) - 1 : int(bottom or top)]
        return tuple(tuple(typed(cell) for cell in row[columns]) for row in rows)
    if text.startswith("{"):
        return (tuple(float(each) for each in text.strip("{}").split(",")),)
    if text.startswith('"'):
        return one(text.strip('"'))
    return one(float(text))
