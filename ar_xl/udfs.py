"""Worksheet functions for xlwings: each of the registry, with what goes in and what comes out.

Importing this needs xlwings' part for Windows. What arrives is told apart as Excel holds it: a
number, a text, a truth value, a date, nothing, or an error value as the whole number it is. What is
returned is a block of values and the places in it that are errors, as the add-in takes them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from inspect import Parameter, Signature
from itertools import chain
from typing import Any

import xlwings as xw
from xlwings import udfs as excel
from xlwings.conversion import Accessor, Pipeline

from ar_xl.app import crash
from ar_xl.functions import failures
from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.errors import NA, NUM, VALUE, CellError
from ar_xl.functions.registry import Function

Rows = Sequence[Sequence[Any]]
Reply = list[Any]


class Cells(Accessor):  # type: ignore[misc]
    """Rows of cell values, always two-dimensional, and back into what the add-in takes."""

    @classmethod
    def reader(cls, _: Any) -> Pipeline:
        """From a range or from values that a formula has worked out."""
        return Pipeline().append_stage(_read)

    @classmethod
    def writer(cls, _: Any) -> Pipeline:
        """From rows of values and error values."""
        return Pipeline().append_stage(_write)


# Why a whole formula is refused; a single cell that is wrong is an error in its own row.
_MEANS = {
    VALUE: ". An argument is missing, has another length than the others, several areas, or a text "
    "or date where a number belongs",
    NUM: ". A number, an amount or a date is out of the range that the function takes",
    NA: ". What was looked for is not in the table",
}


def call(name: str, given: Sequence[Any]) -> Reply:
    """Answer one formula.

    Args:
        name: of a function of the registry.
        given: its arguments as COM hands them over; ranges are dispatch objects.

    Returns:
        The block of values, and "row,column,number;..." of those that are errors, from 0 on.
    """
    if name not in _REGISTERED:
        failures.note(f"{name[:60]}: there is no such function. Run ar-xl addin install.")
        return block([[CellError(NA)]])
    try:
        reply: Reply = excel.call_udf(__name__, name, given)
    except CellError as error:  # while an argument was read
        failures.note(f"{name}: {error}{_MEANS.get(error.number, '')}")
        return block([[error]])
    except Exception as mistake:  # noqa: BLE001 - a formula gets an error value, whatever happens
        words = f"{name}: {_where(mistake)}"
        if words != failures.last():  # a sheet full of formulas is noted once
            crash.keep(name, mistake)
        failures.note(words)
        return block([[CellError(VALUE)]])
    return reply


def _same(day: date) -> date:
    return day


def block(rows: Rows, dated: Callable[[date], Any] = _same) -> Reply:
    """Return rows as the add-in takes them: values, and where the errors are.

    Args:
        rows: of values and error values.
        dated: makes a date what COM carries.
    """
    values, marks = list(map(list, rows)), ""
    kinds = set(map(type, chain.from_iterable(rows)))
    if CellError in kinds:
        marks = ";".join(
            f"{at},{across},{cell.number}"
            for at, row in enumerate(values)
            for across, cell in enumerate(row)
            if type(cell) is CellError
        )
    if not kinds <= _PLAIN:
        values = [[_plain(cell, dated) for cell in row] for row in values]
    # A list: a tuple would be taken apart on its way, its second part for the caller's argument.
    return [values or [[""]], marks]


_PLAIN = frozenset({float, str, bool})


def _plain(cell: Any, dated: Callable[[date], Any]) -> Any:
    """A value that COM carries and a cell shows: no whole number of 64 bits, nothing for null."""
    if type(cell) in _PLAIN:
        return cell
    if cell is None or type(cell) is CellError:
        return ""
    if isinstance(cell, date):
        return dated(cell)
    return cell if isinstance(cell, str | bool) else float(cell)


def _read(context: Any) -> None:
    value = context.value if context.range is None else _values(context.range)
    if not isinstance(value, tuple | list):
        value = ((value,),)
    elif not value or not isinstance(value[0], tuple | list):
        value = (value,)
    context.value = value


def _write(context: Any) -> None:
    engine = context.engine.impl
    known: dict[date, Any] = {}  # the same few days stand in many rows, and each takes a moment

    def dated(day: date) -> Any:
        if day not in known:
            known[day] = engine.prepare_xl_data_element(day, {})
        return known[day]

    context.value = block(context.value, dated)


def _values(cells: xw.Range) -> Any:
    address = cells.address
    if "," in address:  # Excel would hand over the first area only
        raise CellError(VALUE)
    if not any(map(str.isdigit, address)):  # whole columns: as far down as the sheet is used
        used = cells.sheet.used_range
        cells = cells.resize(used.row + used.rows.count - 1, cells.columns.count)
    values = cells.raw_value
    if isinstance(values, Decimal):
        return cells.api.Value2
    if isinstance(values, tuple) and Decimal in set(map(type, chain.from_iterable(values))):
        # Cells with a currency format come with four decimals; as plain numbers they are whole.
        return tuple(
            tuple(
                exact if type(cell) is Decimal else cell for cell, exact in zip(*both, strict=True)
            )
            for both in zip(values, cells.api.Value2, strict=True)
        )
    return values


def _where(mistake: BaseException) -> str:
    """The kind of a mistake of ours and the line it happened in: nothing of the workbook."""
    trace = mistake.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f", {trace.tb_frame.f_globals['__name__']}:{trace.tb_lineno}"
    return f"a mistake of ar_xl ({type(mistake).__name__}{place}). Please report it."


def _registered(function: Function) -> Callable[..., Any]:
    """A function as xlwings knows one, with its arguments by name."""
    needed = sum(not each.optional for each in function.arguments)

    def answer(*given: Any) -> Any:
        if None in given[:needed]:  # left out, with a comma in its place
            raise CellError(VALUE)
        return function.work(*given)

    parameters = [
        Parameter(
            each.name,
            Parameter.POSITIONAL_OR_KEYWORD,
            default=None if each.optional else Parameter.empty,
        )
        for each in function.arguments
    ]
    answer.__name__ = function.name
    answer.__doc__ = function.help
    answer.__annotations__ = {}
    answer.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    registered: Callable[..., Any] = excel.xlret(Cells)(excel.xlfunc(answer))
    for each in function.arguments:
        registered = excel.xlarg(each.name, Cells, doc=each.help)(registered)
    return registered


_REGISTERED = {each.name: _registered(each) for each in FUNCTIONS}
globals().update(_REGISTERED)  # where xlwings looks for them
# xlwings would load this module again when its file changes: half of a new version beside the rest
# of the old one. Excel is to be restarted after an update.
excel.udf_modules[__name__] = {
    "filename": __file__, "filetime": None, "module": sys.modules[__name__],
}  # fmt: skip
