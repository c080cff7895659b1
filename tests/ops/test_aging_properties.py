"""Aging on random ledgers: totals, past dates, and a second opinion in SQL."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.aging import Aging, aging
from ar_xl.ops.measures import measures
from ar_xl.ops.open_items import receivable_by_currency
from ar_xl.ops.rollforward import roll_forward
from tests.ops.random_books import DAYS, FIRST, random_lines
from tests.posted_lines import book

MANY = settings(max_examples=60)
dates = st.integers(-5, DAYS + 40).map(lambda days: FIRST + timedelta(days=days))


def nonzero(totals: dict[str, int]) -> dict[str, int]:
    return {currency: amount for currency, amount in totals.items() if amount}


@given(random_lines(), dates)
@MANY
def test_the_total_is_open_items_less_unapplied_credits(text: str, as_of: date) -> None:
    ledger = book(text)
    total = aging(ledger, as_of).by_currency()
    assert nonzero(total) == nonzero(receivable_by_currency(ledger, as_of))


@given(random_lines(), dates, dates)
@MANY
def test_the_roll_forward_of_any_time_closes_at_the_aging_total(
    text: str, one: date, other: date
) -> None:
    ledger = book(text)
    first, last = min(one, other), max(one, other)
    closing = {found.currency: found.closing for found in roll_forward(ledger, first, last)}
    assert nonzero(closing) == nonzero(aging(ledger, last).by_currency())
    measured = {found.currency: found.closing for found in measures(ledger, first, last)}
    assert nonzero(measured) == nonzero(closing)


@given(random_lines(), dates)
@MANY
def test_detail_adds_up_to_the_summary(text: str, as_of: date) -> None:
    report = aging(book(text), as_of)
    rows = report.detail
    for i in range(len(report)):
        mine = (rows.customer_id == report.customer_id[i]) & (rows.currency == report.currency[i])
        buckets = [
            int(rows.open[mine & (rows.bucket == index)].sum())
            for index in range(len(report.names))
        ]
        assert buckets == report.buckets[i].tolist()
        assert int(rows.open[mine].sum()) == int(report.total[i])


@given(random_lines(), dates)
@MANY
def test_the_report_of_a_past_date_does_not_change_when_later_rows_are_posted(
    text: str, as_of: date
) -> None:
    after = book(text)
    before = Ledger(
        {name: until(frame, as_of) for name, frame in after.tables.items()}, {}, after.policy
    )
    assert said(aging(before, as_of)) == said(aging(after, as_of))


def until(frame: Frame, as_of: date) -> Frame:
    """The rows posted by a date."""
    if not frame.table.posted:
        return frame
    return frame.take(np.flatnonzero(frame.dates("posting_date") <= np.datetime64(as_of, "D")))


def said(report: Aging) -> list[object]:
    """All of a report but what it says about later rows."""
    columns = [name for name in report.detail.__dataclass_fields__ if name != "future"]
    return [
        report.currency.tolist(), report.customer_id.tolist(), report.buckets.tolist(),
        report.unapplied.tolist(),
        *(getattr(report.detail, name).astype(str).tolist() for name in columns),
    ]  # fmt: skip


SQL = """
with part as (
    select i.invoice_no, i.customer_id, i.currency, coalesce(s.line, 1) as line,
           coalesce(s.due_date, i.due_date) as due, coalesce(s.amount, i.amount) as amount
    from invoices i left join instalments s using (invoice_no)
    where i.type <> 'Credit Memo' and i.posting_date <= $as_of
), settled as (
    select invoice_no, line, sum(amount + discount + difference) as amount
    from applications where posting_date <= $as_of group by all
), used as (
    select source_type, source_no, sum(source_amount) as amount
    from applications where posting_date <= $as_of group by all
), credit as (
    select customer_id, currency, receipt_no as no, amount, 'Receipt' as kind
    from receipts where posting_date <= $as_of
    union all
    select customer_id, currency, invoice_no, amount, 'Credit Memo'
    from invoices where type = 'Credit Memo' and posting_date <= $as_of
), open_row as (
    select p.customer_id, p.currency, p.amount - coalesce(s.amount, 0) as open,
           date_diff('day', p.due, $as_of) as late
    from part p left join settled s using (invoice_no, line)
    union all
    select c.customer_id, c.currency, -(c.amount - coalesce(u.amount, 0)), null
    from credit c left join used u on u.source_no = c.no and u.source_type = c.kind
)
select currency, customer_id,
       coalesce(sum(open) filter (late <= 0), 0),
       coalesce(sum(open) filter (late between 1 and 30), 0),
       coalesce(sum(open) filter (late between 31 and 60), 0),
       coalesce(sum(open) filter (late between 61 and 90), 0),
       coalesce(sum(open) filter (late > 90), 0),
       coalesce(sum(open) filter (late is null), 0)
from open_row where open <> 0 group by all order by currency, customer_id
"""


@given(random_lines(), dates)
@MANY
def test_sql_gives_the_same_aging(text: str, as_of: date) -> None:
    ledger = book(text)
    database = duckdb.connect()
    for name in ("Invoices", "Instalments", "Receipts", "Applications"):
        database.register(name.lower(), as_pandas(ledger.posted(name)))
    expected = [
        tuple(map(int_or_text, row)) for row in database.execute(SQL, {"as_of": as_of}).fetchall()
    ]
    report = aging(ledger, as_of)
    ours = sorted(
        (str(report.currency[i]), str(report.customer_id[i]), *report.buckets[i].tolist(),
         int(report.unapplied[i]))
        for i in range(len(report))
    )  # fmt: skip
    assert ours == expected


def int_or_text(value: object) -> object:
    return value if isinstance(value, str) else int(str(value))


def as_pandas(frame: Frame) -> pd.DataFrame:
    """Rows as DuckDB reads them."""
    columns = {
        key: values.astype("datetime64[s]") if values.dtype.kind == "M" else values
        for key, values in frame.columns.items()
    }
    made = pd.DataFrame(columns)
    for key, values in frame.columns.items():
        if values.dtype.kind == "M":
            made[key] = made[key].dt.date
        elif values.dtype.kind == "O":
            made[key] = made[key].astype(str)
    return made
