"""Figures of Month-End: roll-forward, collected, measures and exceptions."""

from __future__ import annotations

import numpy as np

from ar_xl.app.explaining.month import Month
from ar_xl.app.explaining.of_aging import as_titled
from ar_xl.app.explaining.of_allowance import allowance_figure
from ar_xl.app.explaining.of_exchange import exchange_figure
from ar_xl.app.explaining.of_tie_out import tie_out_figure
from ar_xl.app.sheets.exceptions import SLIPS_LATE, WAITING
from ar_xl.core.dates import day
from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.banking.overdue import overdue_receipts, overdue_slips
from ar_xl.ops.banking.undecided import TO_DO, undecided_of
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.measures import measures, sales_by_month
from ar_xl.ops.movements import BOUNCED, LINES, RECEIPTS
from ar_xl.ops.open_items import credits, open_items
from ar_xl.ops.rollforward import roll_forward
from ar_xl.ops.tracing import of_credits, of_items

_LINE_RULE = (
    "Rows with a Posting Date in the month, net of their reversals; positive where receivables "
    "grow."
)


def month_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one of the tables of a month."""
    of_table = {
        "Receivables": _roll_forward,
        "Side": tie_out_figure,
        "Collections": _collected,
        "Measure": _measure,
        "Part": allowance_figure,
        "Exchange": exchange_figure,
        "Exception": _exception,
    }
    first = cell.headings[0] if cell.headings else ""
    if first not in of_table or cell.is_total:
        return None
    month = Month(as_titled(ledger, cell), cell.as_of, cell.currency)
    return of_table[first](month, cell)


def _roll_forward(month: Month, cell: ReportCell) -> Explanation | None:
    label = cell.line.get("Receivables", "")
    found = [
        each for each in roll_forward(month.ledger, month.first, month.last)
        if each.currency == month.currency
    ]  # fmt: skip
    if cell.heading != "Balance" or not found:
        return None
    if label == "Opening balance":
        rule = f"Everything posted before {month.first}."
        return _sum(month, rule, found[0].opening, month.opening())
    if label == "Closing balance":
        rule = f"The opening balance and all lines: everything posted up to {month.last}."
        return _sum(month, rule, found[0].closing, month.closing())
    if label not in LINES:
        return None
    value = found[0].line(label)
    return _sum(month, _LINE_RULE, value, Part(label, month.line(label)))


def _sum(month: Month, rule: str, value: int, *parts: Part) -> Explanation:
    return Explanation(rule, Unit.MONEY, value, month.currency, parts)


def _collected(month: Month, cell: ReportCell) -> Explanation | None:
    measured = [
        each for each in measures(month.ledger, month.first, month.last, month.aged)
        if each.currency == month.currency
    ]  # fmt: skip
    if cell.heading != "Money" or not measured:
        return None
    found, label = measured[0], cell.line.get("Collections", "")
    if label == "Outstanding at the beginning":
        rule = f"Everything posted before {month.first}."
        return _sum(month, rule, found.opening, month.opening())
    if label == "Sales of the month":
        rule = "Invoices and debit memos less credit memos, with tax, without late fees."
        return _sum(month, rule, found.sales, month.sales())
    if label.startswith("Collected"):
        rows = month.line(RECEIPTS, BOUNCED).negative()
        part = Part("Receipts, less bounced payments", rows)
        return _sum(month, "Receipts of the month less payments that bounced.", part.amount, part)
    if label == "Outstanding at the end":
        rule = f"Everything posted up to {month.last}."
        return _sum(month, rule, found.closing, month.closing())
    if label == "of it not past due":
        rule = "Current items; unapplied credits reduce what is past due first."
        return _sum(month, rule, found.current, *month.current())
    if label == "of it past due":
        less = [Part(f"Less: {p.name}", p.rows.negative()) for p in month.current()]
        rule = "What is outstanding at the end less what of it is not past due."
        return _sum(month, rule, found.closing - found.current, month.closing(), *less)
    return None


def _measure(month: Month, cell: ReportCell) -> Explanation | None:
    measured = [
        each for each in measures(month.ledger, month.first, month.last, month.aged)
        if each.currency == month.currency
    ]  # fmt: skip
    if cell.heading != "Value" or not measured:
        return None
    found = measured[0]
    days = (month.last - month.first).days + 1
    opening, closing, sales = month.opening(), month.closing(), month.sales()
    current = month.current()
    table: dict[str, tuple[int | None, str, tuple[Part, ...]]] = {
        "DSO": (found.dso, f"Closing balance / sales x {days} days.", (closing, sales)),
        "Count-back DSO": (
            found.count_back_dso,
            "The latest months whose sales make up the closing balance: whole months, then a part "
            "of the one before.",
            (closing, *_months(month)),
        ),
        "Best possible DSO": (
            found.best_possible_dso, f"What is not past due / sales x {days} days.",
            (*current, sales),
        ),
        "Average days delinquent": (
            found.days_delinquent,
            f"(Closing balance less what is not past due) / sales x {days} days.",
            (closing, *current, sales),
        ),
        "Turnover": (
            found.turnover, "Sales / the average of opening and closing balance.",
            (sales, opening, closing),
        ),
        "CEI": (
            found.cei,
            "(Opening + sales - closing) / (opening + sales - what is not past due), in percent.",
            (opening, sales, closing, *current),
        ),
    }  # fmt: skip
    label = cell.line.get("Measure", "")
    if label not in table:
        return None
    value, rule, parts = table[label]
    if value is None:
        rule += " n/a: there is nothing to divide by, or what is divided is below zero."
    rule += " Rounded once, to one decimal."
    return Explanation(rule, Unit.TENTHS, value, month.currency, parts, adds_up=False)


def _months(month: Month) -> tuple[Part, ...]:
    """The sales of the months that the count-back looks at, the latest first."""
    left = month.closing().amount
    made = []
    moved = month.moved
    begins = moved.posting_date.astype("datetime64[M]")
    wanted = np.isin(moved.line, [LINES.index(name) for name in LINES[1:3]])
    wanted |= moved.line == LINES.index("Credit memos")
    latest = np.datetime64(month.last, "M")
    for back, (sold, _) in enumerate(sales_by_month(moved, month.currency, month.last)):
        if left <= 0:
            break
        rows = month.rows(month.upto(month.last) & wanted & (begins == latest - back))
        made.append(Part(f"Sales of {latest - back}", rows))
        left -= sold
    return tuple(made)


def _exception(month: Month, cell: ReportCell) -> Explanation | None:
    label = cell.line.get("Exception", "")
    if cell.heading != "Count":
        return None
    ledger, as_of = month.ledger, month.last
    parts: tuple[Part, ...] = ()
    dated = {"Invoices": "invoice_date", "Receipts": "receipt_date", "Adjustments": "date"}
    numbers = {"Invoices": "invoice_no", "Receipts": "receipt_no", "Adjustments": "adjustment_no"}
    rule = "Each row counts once."
    if label.startswith("Drafts in "):
        table = label.split()[2]
        if table not in dated:
            return None
        drafts = ledger.draft(table)
        due = drafts.take(np.flatnonzero(~(drafts.dates(dated[table]) > day(as_of))))
        parts = (_counted(label, due, numbers[table], dated[table]),)
    elif label == "Customers still New":
        customers = ledger.posted("Customers")
        new = customers.take(np.flatnonzero(customers.text("status") == "New"))
        parts = (_counted(label, new, "customer_id", ""),)
    elif label == "Unapplied credits":
        found = credits(ledger, as_of)
        found = found.take(np.flatnonzero(found.unapplied != 0))
        ones = np.ones(len(found), dtype=np.int64)
        parts = (Part(label, of_credits(ledger, found, ones, "unapplied"), Unit.WHOLE),)
    elif label == "Disputed items":
        items = open_items(ledger, as_of)
        items = items.take(np.flatnonzero((items.open != 0) & (disputed(ledger, items, as_of) > 0)))
        ones = np.ones(len(items), dtype=np.int64)
        parts = (Part(label, of_items(ledger, items, ones, "in dispute"), Unit.WHOLE),)
    elif label == SLIPS_LATE:
        parts = (_counted(label, overdue_slips(ledger, as_of).rows, "deposit_no", "date"),)
    elif label == WAITING:
        waiting = overdue_receipts(ledger, as_of)
        parts = (_counted(label, waiting, "receipt_no", "receipt_date"),)
    elif label in TO_DO:
        parts = (_counted(label, undecided_of(ledger, label, as_of), "line_id", "date"),)
    elif label.startswith("Unexplained difference"):
        rule = "One unexplained difference of the tie-out; explain its line in the table above."
        return Explanation(rule, Unit.WHOLE, 1)
    else:
        return None
    return Explanation(rule, Unit.WHOLE, sum(part.amount for part in parts), "", parts)


def _counted(label: str, frame: Frame, number: str, dated: str) -> Part:
    ones = np.ones(len(frame), dtype=np.int64)
    return Part(label, traced(frame, ones, number, dated), Unit.WHOLE)
