"""Whatever stands in the cells: a block of proper values and error values, or one error value."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.tables import APPLICATIONS, INVOICES, RECEIPTS
from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.errors import COM_BASE, NA, VALUE, CellError
from ar_xl.functions.registry import Function
from tests.functions.sheet import Rows

DATES = st.sampled_from(
    [46053.0, 46100.0, 46023.0, datetime.fromisoformat("2026-01-31"), date(2026, 2, 28)]
)
MONEY = st.one_of(
    st.sampled_from([0.0, 1.0, 100.0, 250.5, -40.0, 0.07]),
    st.integers(-(10**6), 10**12).map(lambda cents: cents / 100),
)
WORDS = st.sampled_from(["Acme", "Bolt", "INV-1", "INV-2", "Invoice", "Receipt", "B-000001", 7.0])
TERMS = st.sampled_from(["2/10 net 30", "50%@30; rest@60", "eom", 30.0, "day 15", "1m"])
EXTREME = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**20), 10**20).map(float),
    st.sampled_from([COM_BASE + NA, COM_BASE + VALUE, CellError(NA), True, False, Decimal("7.10"),
                     12, 1e15, 9e13, -1e-9, 2958465.0, datetime.fromisoformat("9999-12-31T23:59"),
                     date.min, None, ""]),
    st.text(max_size=4),
)  # fmt: skip
# What belongs into an argument or below a heading, by a word of its name.
BELONGS = (
    ("date", DATES), ("as_of", DATES), ("paid_on", DATES), ("charged_to", DATES),
    ("received", DATES), ("amount", MONEY), ("discount", MONEY), ("difference", MONEY),
    ("tax_mode", st.sampled_from(["included", "mixed"])), ("tax", MONEY), ("sales", MONEY),
    ("receivables", MONEY), ("opening", MONEY), ("closing", MONEY), ("current", MONEY),
    ("currenc", st.sampled_from(["USD", "USD", "JPY", "KWD"])), ("charged", MONEY),
    ("decimals", st.sampled_from([2.0, 3.0])), ("days", st.integers(0, 400).map(float)),
    ("instalment", st.sampled_from([1.0, 2.0])), ("policy", st.sampled_from([18.0, 1.5])),
    ("terms", TERMS), ("edges", st.just(30.0)), ("rules", st.sampled_from([2.0, 3.0, 4.0, 5.0])),
    ("reverses", st.none()), ("type", st.sampled_from(["Invoice", "Credit Memo", "Receipt"])),
)  # fmt: skip
ONE = ("as_of", "decimals", "instalment", "amount", "received_on", "tax_mode", "currency", "edges")
TABLES = {"invoices": INVOICES, "receipts": RECEIPTS, "applications": APPLICATIONS}


@st.composite
def cells(draw: st.DrawFn, name: str) -> Any:
    """A cell of what belongs there, seldom of anything."""
    if draw(st.integers(0, 30)) == 0:
        return draw(EXTREME)
    known = [pool for word, pool in BELONGS if word in name.lower().replace(" ", "_")]
    return draw(known[0] if known else WORDS)


@st.composite
def arguments(draw: st.DrawFn, function: Function) -> list[Rows | None]:
    """Arguments that mostly fit, with cells that mostly belong there."""
    length = draw(st.integers(1, 6))
    given: list[Rows | None] = []
    for argument in function.arguments:
        no_table = argument.optional and "[#All]" in argument.help
        if no_table or (argument.optional and draw(st.booleans())):
            given.append(None)
        elif argument.name in TABLES:
            headings = tuple(column.heading for column in TABLES[argument.name].columns)
            rows = range(draw(st.integers(0, length)))
            given.append((headings, *(tuple(draw(cells(h)) for h in headings) for _ in rows)))
        else:
            unfit = draw(st.integers(0, 40)) == 0
            rows = range(1 if argument.name in ONE else length + unfit)
            given.append(tuple((draw(cells(argument.name)),) for _ in rows))
    return given


def is_proper(cell: Any) -> bool:
    """A value that a cell of Excel can hold."""
    return isinstance(cell, str | bool | datetime | CellError) or (
        isinstance(cell, float) and math.isfinite(cell)
    )


def answers_properly(function: Function, given: list[Rows | None]) -> bool:
    """Check an answer; whether there was one besides an error value."""
    try:
        rows = function.work(*given)
    except CellError:
        return False
    assert len({len(row) for row in rows}) == 1
    assert all(is_proper(cell) for row in rows for cell in row), rows
    return True


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
@settings(max_examples=25)
@given(data=st.data())
def test_any_cells_give_values_or_errors_and_nothing_else(
    function: Function, data: st.DataObject
) -> None:
    answers_properly(function, data.draw(arguments(function)))
