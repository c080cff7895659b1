"""What Expected Cash, Payers and Overview say on their sheets."""

from __future__ import annotations

from datetime import date, timedelta

from ar_xl.app.sheets.expected_sheet import STANDS, expected_report
from ar_xl.app.sheets.overview_sheet import overview_report
from ar_xl.app.sheets.payers_sheet import items_report, payers_report
from ar_xl.core.arrays import BLANK
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import Drawn, Report, ReportBlock
from ar_xl.ops.collecting.backtest import own_record
from ar_xl.ops.collecting.expected import expected
from ar_xl.ops.collecting.paying_habits import payers
from tests.posted_lines import book

END = date(2013, 6, 30)
OPEN = """
    customer Acme
    invoice A1 Acme 2013-05-01 900.00 due=2013-05-31
    invoice E1 Acme 2013-06-01 70.00 due=2013-07-01 cur=EUR
"""


def paid_items(count: int) -> str:
    """Items of one a day from January on, each paid five days late."""
    lines = []
    for n in range(count):
        due = date(2013, 1, 1) + timedelta(days=n)
        on = due + timedelta(days=5)
        lines.append(f"invoice P{n} Acme {due} 10.00 due={due}")
        lines.append(f"receipt R{n} Acme {on} 10.00")
        lines.append(f"apply R{n} P{n} 10.00 {on}")
    return "\n".join(lines)


def cash(ledger: Ledger) -> Report:
    return expected_report(ledger, expected(ledger, END), own_record(ledger, END))


def column(block: ReportBlock, heading: str) -> list[object]:
    return next(each.values.tolist() for each in block.columns if each.heading == heading)


def test_each_currency_has_its_weeks_and_says_where_all_that_is_open_stands() -> None:
    report = cash(book(OPEN))
    assert [block.currency for block in report.blocks] == ["EUR", "EUR", "USD", "USD"]
    weeks, stands = report.blocks[2:]
    assert len(weeks) == 13
    assert column(weeks, "Week Of")[:2] == ["Jul 1", "Jul 8"]
    assert [column(stands, name) for name in STANDS] == [[0], [90000], [0], [0], [0], [90000]]


def test_the_error_on_the_own_books_is_said_or_that_it_cannot_be_told_yet() -> None:
    label, said = cash(book(OPEN)).lines[1]
    assert (label, said) == (
        "Tried on your books", "not yet: too few payments are known at earlier month-ends",
    )  # fmt: skip
    label, said = cash(book(paid_items(140))).lines[1]
    assert said.startswith("at the 4 month-ends from 2013-02-28 to 2013-05-31, of USD ")
    assert "everyone on the due date" in said


def test_payers_and_items_say_so_where_there_is_nothing() -> None:
    ledger = book("")
    found = expected(ledger, END)
    assert payers_report(ledger, found, payers(ledger, END, found)).blocks == ()
    assert items_report(ledger, found).blocks == ()
    assert "Nothing is open on 2013-06-30." in overview_report(ledger, found).notes


def test_an_item_of_which_nothing_is_left_to_habit_has_no_expected_day() -> None:
    ledger = book(OPEN + "dispute A1 2013-06-01\n" + paid_items(10))
    euro, dollar = items_report(ledger, expected(ledger, END)).blocks
    assert column(dollar, "Expected On") == [None]
    assert column(dollar, "Apart") == [90000]
    assert column(euro, "Expected On") == [date(2013, 7, 6)]


def test_the_managers_page_has_figures_and_four_kinds_of_chart_a_currency() -> None:
    ledger = book(OPEN + "promise Acme 2013-05-20 2013-06-03 900.00 for=A1\n")
    report = overview_report(ledger, expected(ledger, END))
    dollars = [block for block in report.blocks if block.currency == "USD"]
    assert [block.chart.drawn for block in dollars if block.chart] == [
        Drawn.STACKED, Drawn.BARS, Drawn.COLUMNS, Drawn.STACKED,
    ]  # fmt: skip
    headline, months, debtors, promised, _ = dollars
    assert column(headline, "When") == ["2013-06-30", "2013-05-31", "Change"]
    assert column(headline, "Overdue") == [90000, 0, 90000]
    assert column(headline, "Promises Kept %") == [0, BLANK, BLANK]
    assert column(months, "Month-End") == ["2013-05-31", "2013-06-30"]  # nothing was open before
    assert column(debtors, "Customer") == ["Acme Ltd"]
    assert column(promised, "Broken")[-1] == 1
