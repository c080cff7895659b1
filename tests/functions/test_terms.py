"""AR_DUE_DATE, AR_DISCOUNT and AR_LATE_FEE: words, tables and limits."""

from __future__ import annotations

from typing import Any

import pytest

from ar_xl.book.template_rows import FEE_POLICY_ROWS, TERMS_ROWS
from ar_xl.core.tables import FEE_POLICIES, TERMS
from ar_xl.functions.errors import COM_BASE, NA, NUM, REF, VALUE, CellError
from ar_xl.functions.rules import read_terms
from tests.functions.sheet import Rows, call, down, one, typed

BAD = CellError(VALUE)


def headed(table: Any, rows: Any) -> Rows:
    """A table as it stands in a new workbook."""
    headings = tuple(column.heading for column in table.columns)
    return (headings, *(tuple(row) + (None,) * (len(headings) - len(row)) for row in rows))


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("30", "2026-03-02"), ("net 30", "2026-03-02"), ("N/30", "2026-03-02"),
        ("Net 30 days", "2026-03-02"), ("2/10, n/30", "2026-03-02"), ("1m", "2026-02-28"),
        ("net 1m+10", "2026-03-10"), ("EOM", "2026-01-31"), ("end of month + 30", "2026-03-02"),
        ("day 15", "2026-02-15"), ("day 31", "2026-02-28"), ("15th of next month", "2026-02-15"),
        ("Due on receipt", "2026-01-31"), ("0", "2026-01-31"), ("2/10 1/20 net 60", "2026-04-01"),
        ("day 0", "2026-02-28"),
    ],
)  # fmt: skip
def test_words_of_terms(words: str, due: str) -> None:
    assert call("AR_DUE_DATE", one(typed("2026-01-31")), one(words)) == one(typed(due))


@pytest.mark.parametrize(
    "words", ["", "soon", "net", "2/10", "30 net", "eom eom", "50%@30; 40%@60", "200/10 net 30",
              "day 32", "net 99999", "25@"],
)  # fmt: skip
def test_words_that_say_no_terms_are_an_error(words: str) -> None:
    found = call("AR_DUE_DATE", one(typed("2026-01-31")), one(words))
    assert found == one(BAD)


def test_the_names_of_a_new_workbooks_terms_mean_as_words_what_their_rows_say() -> None:
    table = headed(TERMS, TERMS_ROWS)
    dates = down(*[typed(f"2026-{month:02}-{day:02}") for month in (1, 2) for day in (5, 28)])
    for name, *_ in TERMS_ROWS:
        by_table = call("AR_DUE_DATE", dates, one(name), table)
        words = "33.33%@30; 33.33%@60; rest@90" if "Thirds" in str(name) else name
        assert call("AR_DUE_DATE", dates, one(words)) == by_table
        if "Thirds" not in str(name):
            paid = (one(1000.0), dates, down(*[typed("2026-03-09")] * 4), one(name))
            assert call("AR_DISCOUNT", *paid) == call("AR_DISCOUNT", *paid, table)


def test_a_name_that_is_not_in_the_table_has_no_answer_and_a_bad_row_is_an_error() -> None:
    table = (("Terms", "Due Rule", "Net Days"), ("A", "net", 30.0), ("B", "never", 1.0))
    found = call("AR_DUE_DATE", one(typed("2026-01-31")), down("A", "B", "C", None), table)
    assert found == down(typed("2026-03-02"), BAD, CellError(NA), BAD)


def test_a_table_without_its_first_heading_is_refused() -> None:
    with pytest.raises(CellError, match="#REF!"):
        call("AR_DUE_DATE", one(typed("2026-01-31")), one("A"), (("Name", "Net Days"), ("A", 3.0)))
    assert REF == 2023


def test_a_column_of_dates_with_a_heading_blanks_and_errors() -> None:
    dates = down("Invoice Date", None, COM_BASE + NUM, typed("2026-01-31"), 2958465.0)
    assert call("AR_DUE_DATE", dates, one(1.0)) == down(
        BAD, "", CellError(NUM), typed("2026-02-01"), CellError(NUM)
    )


def test_a_line_beyond_the_last_instalment_has_no_answer() -> None:
    dates, words = one(typed("2026-01-01")), down("50%@30; 50%@60", "net 30")
    assert call("AR_DUE_DATE", dates, words, None, one(2.0)) == down(
        typed("2026-03-02"), CellError(NA)
    )
    with pytest.raises(CellError, match="#NUM!"):
        call("AR_DUE_DATE", dates, words, None, one(0.0))


def test_a_row_of_dates_gives_instalments_below_each() -> None:
    dates = ((typed("2026-01-01"), typed("2026-02-01")),)
    assert call("AR_DUE_DATE", dates, one("50%@0; 50%@10")) == (
        (typed("2026-01-01"), typed("2026-02-01")), (typed("2026-01-11"), typed("2026-02-11")),
    )  # fmt: skip


def test_the_better_of_two_tiers_while_it_is_open() -> None:
    paid = down(*map(typed, ("2026-01-11", "2026-01-12", "2026-01-21", "2026-01-22")))
    found = call("AR_DISCOUNT", one(100.0), one(typed("2026-01-01")), paid, one("2/10 1/20 30"))
    assert found == down(2, 1, 1, 0)
    assert len(read_terms("2/10 1/20 30").tiers) == 2


def test_a_discount_of_all_of_it_is_none_as_in_posting() -> None:
    day = one(typed("2026-01-01"))
    assert call("AR_DISCOUNT", one(50.0), day, day, down("100/10 30", "99/10 30")) == down(0, 49.5)


def test_credit_memos_earn_nothing_and_unpaid_or_blank_rows_say_nothing() -> None:
    dates = one(typed("2026-01-01"))
    found = call("AR_DISCOUNT", down(-100.0, None, 100.0, "x"), dates, down(
        typed("2026-01-01"), typed("2026-01-01"), None, None), one("2/10 30"))  # fmt: skip
    assert found == down(0, "", "", BAD)


def test_the_fee_policies_of_a_new_workbook() -> None:
    table = headed(FEE_POLICIES, FEE_POLICY_ROWS)
    names = down(*(name for name, *_ in FEE_POLICY_ROWS))
    found = call("AR_LATE_FEE", one(1000.0), one(typed("2026-01-31")), one(typed("2026-03-31")),
                 names, table)  # fmt: skip
    assert found == down(0, 30, 29.1, 25)  # two months at 1.5 %, 59 days at 18 %, once 25


def test_what_is_not_overdue_or_is_a_credit_costs_nothing() -> None:
    due = down(*map(typed, ("2026-03-31", "2026-04-01", "2026-01-31")))
    found = call("AR_LATE_FEE", down(10.0, 10.0, -10.0), due, one(typed("2026-03-31")), one(18.0))
    assert found == down(0, 0, 0)


def test_a_flat_fee_is_charged_once_a_month_and_days_only_once() -> None:
    table = (("Fee Policy", "Method", "Flat"), ("F", "flat", 25.0))
    given = (one(1000.0), one(typed("2026-01-31")), one(typed("2026-03-31")))
    to = down(*map(typed, ("2026-03-05", "2026-02-28", "2026-03-31")))
    assert call("AR_LATE_FEE", *given, one("F"), table, to) == down(0, 25, 0)
    assert call("AR_LATE_FEE", *given, one(36.5), None, to) == down(26, 31, 0)


def test_a_cap_counts_what_was_charged_before() -> None:
    table = (("Fee Policy", "Method", "Flat", "Cap % of Invoice"), ("F", "flat", 25.0, 3.0))
    whole, before = down(None, 1000.0, 1000.0), down(None, 10.0, 30.0)
    found = call("AR_LATE_FEE", one(500.0), one(typed("2026-01-31")), one(typed("2026-03-31")),
                 one("F"), table, None, None, whole, before)  # fmt: skip
    assert found == down(15, 20, 0)


def test_fees_need_a_due_date_a_policy_and_where_it_says_so_an_invoice_date() -> None:
    table = (("Fee Policy", "Method", "Basis", "Rate %"), ("I", "daily", "invoice", 18.0))
    at = one(typed("2026-03-31"))
    assert call("AR_LATE_FEE", one(10.0), one(None), at, one(18.0)) == one(BAD)
    assert call("AR_LATE_FEE", one(10.0), at, at, one("I"), table) == one(BAD)
    assert call("AR_LATE_FEE", one(10.0), at, at, one("18% a year")) == one(BAD)
    assert call("AR_LATE_FEE", one(None), one(None), at, one(18.0)) == one("")


def test_a_rate_of_a_cell_formatted_as_percent_is_refused() -> None:
    given = (one(1000.0), one(typed("2026-01-31")), one(typed("2026-03-31")))
    rates = down(0.18, 18.0, 0.0, -1.0, 1001.0, True)
    number = CellError(NUM)
    assert call("AR_LATE_FEE", *given, rates) == down(number, 29.1, 0, BAD, number, BAD)


def test_a_balance_too_large_to_reckon_days_on_is_refused_in_its_row() -> None:
    found = call("AR_LATE_FEE", down(1e13, 1.0), one(typed("1950-01-01")),
                 one(typed("2026-03-31")), one(18.0))  # fmt: skip
    assert found[0] == (CellError(NUM),)
    assert found[1] == (13.73,)
