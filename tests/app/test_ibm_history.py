"""A real history of 2,466 invoices: what SQL says of the file, the workbook says too."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest
from python_calamine import load_workbook

from ar_xl.core.dates import as_date, month_end
from ar_xl.core.money import from_decimal
from tests.app.conftest import IBM, done, run

MONTH_ENDS = [f"{year}-{month:02d}" for year in (2012, 2013) for month in range(1, 13)]

AGING = """
    WITH open AS (
        SELECT customerID AS customer, CAST(InvoiceAmount AS DECIMAL(12, 2)) AS amount,
               date_diff('day', strptime(DueDate, '%m/%d/%Y')::DATE, DATE '{day}') AS late
        FROM read_csv('{file}', all_varchar = true)
        WHERE strptime(InvoiceDate, '%m/%d/%Y')::DATE <= DATE '{day}'
          AND strptime(SettledDate, '%m/%d/%Y')::DATE > DATE '{day}')
    SELECT coalesce(sum(amount) FILTER (late <= 0), 0),
           coalesce(sum(amount) FILTER (late BETWEEN 1 AND 30), 0),
           coalesce(sum(amount) FILTER (late BETWEEN 31 AND 60), 0),
           coalesce(sum(amount) FILTER (late BETWEEN 61 AND 90), 0),
           coalesce(sum(amount) FILTER (late > 90), 0),
           coalesce(sum(amount), 0)
    FROM open
"""


def last_day(month: str) -> str:
    return as_date(month_end(np.array([f"{month}-01"], dtype="datetime64[D]"))[0]).isoformat()


@pytest.mark.shared
@pytest.mark.parametrize("month", MONTH_ENDS)
def test_aging_at_every_month_end_is_what_sql_says(
    month: str, ibm_posted: Path, shared: Path
) -> None:
    day = last_day(month)
    row = duckdb.connect().execute(AGING.format(day=day, file=shared / IBM)).fetchone()
    assert row is not None
    sql = [from_decimal(amount, "USD") for amount in row]
    totals = done(run("aging", ibm_posted, as_of=day, preview=True)).totals
    headings = ("Current", "1-30", "31-60", "61-90", "Over 90", "Total")
    assert [totals[heading].get("USD", 0) for heading in headings] == sql


@pytest.mark.shared
def test_every_row_of_the_history_comes_in_and_zeros_in_front_stay(
    ibm_posted: Path, shared: Path
) -> None:
    sheet = load_workbook(str(ibm_posted)).get_sheet_by_name("Invoices").to_python()
    numbers = [str(row[0]) for row in sheet[1:]]
    assert len(numbers) == 2466
    assert sum(number.startswith("0") for number in numbers) == 266
    assert {len(number) for number in numbers} == {10}
    assert round(sum(row[7] for row in sheet[1:]) * 100) == 14_770_318


@pytest.mark.shared
def test_importing_the_history_again_adds_nothing(ibm_book: Path, shared: Path) -> None:
    answer = done(run("import", ibm_book, file=shared / IBM, kind="history", dates="mdy"))
    assert answer.rows == {}


@pytest.mark.shared
def test_the_workbook_verifies(ibm_posted: Path) -> None:
    answer = done(run("verify", ibm_posted))
    assert [finding for finding in answer.findings if finding.is_error] == []
