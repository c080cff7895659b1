"""What a month-end of the product wrote, compared cent by cent with the plain loop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.plain_month_end import PlainMonthEnd, month_end
from bench.plain_rows import PlainBook, cents

CONTROL_ACCOUNT = "1200"


def job(source: str, written: str) -> dict[str, object]:
    """Compare.

    Args:
        source: the workbook before.
        written: the workbook after a month-end.

    Returns:
        How many cents differ, figure by figure and in all, and how much was compared.
    """
    expected, book = month_end(Path(source)), PlainBook(Path(written))
    differences = {
        "open lines": _open_lines(expected, book),
        "unapplied": _unapplied(expected, book),
        "late fees": _late_fees(expected, book),
        "aging": _aging(expected, book),
        "control account": _control_account(expected, book),
    }
    return {
        "cents": sum(differences.values()),
        "differences": differences,
        "lines": len(expected.items),
        "receivable": expected.receivable(),
        "questions": len(expected.asked),
        "fees": len(expected.fees),
    }


def _distance(ours: Mapping[Any, int], theirs: Mapping[Any, int]) -> int:
    return sum(abs(ours.get(k, 0) - theirs.get(k, 0)) for k in ours.keys() | theirs.keys())


def _open_lines(expected: PlainMonthEnd, book: PlainBook) -> int:
    """Line by line what is open, from the amounts and applications that were written."""
    opened: dict[object, int] = {}
    split = set()
    for row in book.rows("Instalments", "Invoice No", "Line", "Amount"):
        split.add(row["Invoice No"])
        opened[row["Invoice No"], int(row["Line"])] = cents(row["Amount"])
    for row in book.rows("Invoices", "Invoice No", "Type", "Amount", "Batch"):
        assert row["Batch"], f"{row['Invoice No']} is still a draft"
        if row["Invoice No"] not in split and row["Type"] != "Late Fee":
            opened[row["Invoice No"], 1] = cents(row["Amount"])
    for row in book.rows("Applications", "Invoice No", "Line", "Amount", "Discount", "Difference"):
        opened[row["Invoice No"], int(row["Line"])] -= sum(
            cents(row[name]) for name in ("Amount", "Discount", "Difference")
        )
    return _distance(opened, {(item.number, item.line): item.open for item in expected.items})


def _unapplied(expected: PlainMonthEnd, book: PlainBook) -> int:
    rows = book.rows("Receipts", "Receipt No", "Unapplied")
    written: dict[object, int] = {row["Receipt No"]: cents(row["Unapplied"]) for row in rows}
    return _distance(written, expected.unapplied)


def _late_fees(expected: PlainMonthEnd, book: PlainBook) -> int:
    """The Fees rows and the documents that were charged, both against the loop."""
    written: dict[object, int] = defaultdict(int)
    charged: dict[object, int] = defaultdict(int)
    for row in book.rows("Fees", "Invoice No", "Charged"):
        written[row["Invoice No"]] += cents(row["Charged"])
    for row in book.rows("Invoices", "Type", "Applies To", "Amount"):
        if row["Type"] == "Late Fee":
            charged[row["Applies To"]] += cents(row["Amount"])
    return _distance(written, expected.fees) + _distance(charged, expected.fees)


def _aging(expected: PlainMonthEnd, book: PlainBook) -> int:
    """The cells of the aging sheet, customer by customer."""
    sheet = next(name for name in book.sheet_names if name.startswith("Aging 20"))
    written: dict[object, int] = {}
    columns = ("Current", "1-30", "31-60", "61-90", "Over 90", "Unapplied", "Total")
    for row in book.blocks(sheet, "Customer ID"):
        for column in columns:
            written[row["Customer ID"], column] = cents(row[column])
    wanted: dict[object, int] = defaultdict(int)
    for customer, amounts in expected.aging().items():
        wanted |= {(customer, name): cent for name, cent in zip(columns, amounts, strict=False)}
    for number, left in expected.unapplied.items():
        wanted[expected.payer_of[number], "Unapplied"] -= left
    for customer in {*expected.customer_of.values(), *expected.payer_of.values()}:
        wanted[customer, "Total"] = sum(wanted[customer, name] for name in columns[:-1])
    return _distance(written, wanted)


def _control_account(expected: PlainMonthEnd, book: PlainBook) -> int:
    """The journal's balance of receivables."""
    balance = 0
    for row in book.rows("Journal", "Account", "Debit", "Credit"):
        if str(row["Account"]) == CONTROL_ACCOUNT:
            balance += cents(row["Debit"]) - cents(row["Credit"])
    return abs(balance - expected.receivable())
