"""Figures of Applications."""

from __future__ import annotations

import numpy as np

from ar_xl.app.explaining.of_documents import item_of
from ar_xl.app.sheets.parts import amount
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.discounts import best_tier, discount_windows, discountable
from ar_xl.ops.fees.words import number_text
from ar_xl.ops.open_items import OpenItems, open_items
from ar_xl.ops.past import before
from ar_xl.ops.settlements import day_numbers


def _currency(ledger: Ledger, row: Frame) -> str:
    item = item_of(ledger, str(row.text("invoice_no")[0]), int(row.ints("line")[0]))
    return str(item.currency[0]) if len(item) else ledger.policy.settings.base_currency


def _why(row: Frame) -> str:
    undone = str(row.text("reverses")[0])
    start = f"Takes back what batch {undone} applied. " if undone else ""
    reason = str(row.text("reason")[0]).strip().rstrip(".")
    rule = str(row.text("rule")[0]).strip()
    return f"{start}Rule `{rule}`: {reason}." if reason else f"{start}Rule `{rule}`."


def application_amount(ledger: Ledger, row: Frame) -> Explanation:
    """What a source pays: the rule and the reason."""
    source = f"{row.text('source_type')[0]} {row.text('source_no')[0]}"
    rows = traced(row, row.ints("amount"), "invoice_no", "date", source)
    rule = f"{source} pays {row.text('invoice_no')[0]}. {_why(row)}"
    value = int(row.ints("amount")[0])
    return Explanation(rule, Unit.MONEY, value, _currency(ledger, row), (Part("Applied", rows),))


def application_source(ledger: Ledger, row: Frame) -> Explanation:
    """What was used of the source, in its own currency."""
    receipts = ledger.posted("Receipts")
    at = np.flatnonzero(receipts.text("receipt_no") == row.text("source_no")[0])
    paid = row.text("source_type")[0] == "Receipt" and len(at)
    currency = str(receipts.text("currency")[at[0]]) if paid else _currency(ledger, row)
    value, pays = int(row.ints("source_amount")[0]), int(row.ints("amount")[0])
    rule = "What was used of the source: the same as Amount, as both are in one currency."
    if value != pays or currency != _currency(ledger, row):
        rule = (
            f"{amount(value, currency)} of the source pays "
            f"{amount(pays, _currency(ledger, row))}, at the rates of both documents."
        )
    return Explanation(rule, Unit.MONEY, value, currency)


def application_discount(ledger: Ledger, row: Frame) -> Explanation:
    """The arithmetic of a discount: base, rate, window."""
    value, currency = int(row.ints("discount")[0]), _currency(ledger, row)
    if value == 0:
        return Explanation(f"No discount came with it. {_why(row)}", Unit.MONEY, 0, currency)
    books = before(ledger, str(row.text("reverses")[0] or row.text("batch")[0]))
    number, line = str(row.text("invoice_no")[0]), int(row.ints("line")[0])
    if not len(item_of(books, number, line)):
        books = ledger
    items = open_items(books, LAST_DATE)
    mine = np.flatnonzero((items.invoice_no == number) & (items.line == line))
    if row.text("source_type")[0] != "Receipt" or not len(mine):
        return Explanation(_why(row), Unit.MONEY, value, currency)
    rule, see = _discount_words(ledger, books, items, int(mine[0]), currency)
    received = ledger.posted("Receipts")
    at = np.flatnonzero(received.text("receipt_no") == row.text("source_no")[0])
    if len(at):
        rule += f" The receipt is of {received.dates('receipt_date')[at[0]]}."
    return Explanation(f"{_why(row)} {rule}", Unit.MONEY, value, currency, see=see)


def _discount_words(
    ledger: Ledger, books: Ledger, items: OpenItems, at: int, currency: str
) -> tuple[str, tuple[str, ...]]:
    """What an item could earn, and until when."""
    terms = ledger.policy.terms.get(str(items.terms[at]))
    if terms is None or not terms.tiers:
        return f"The terms {items.terms[at]} give no discount now; they were changed since.", ()
    one = items.take(np.array([at]))
    mode = ledger.policy.settings.tax_mode
    base = int(discountable(one.document_amount, one.tax, one.non_discountable, mode)[0])
    windows = discount_windows(books, items)
    see = []
    invoiced = day_numbers(one.invoice_date)[0]
    for slot, last in enumerate(terms.tiers):
        tier = best_tier(terms, slot)
        until = np.datetime64(int(invoiced + last.days + terms.grace_days), "D")
        earned, left = (int(each[slot][at]) for each in (windows.discount, windows.left))
        see.append(
            f"{number_text(tier.percent)} % of {amount(base, currency)} until {until}: "
            f"{amount(earned, currency)} in all, {amount(left, currency)} of it not granted before"
        )
    taken = "with tax" if mode == "included" else "without tax"
    rule = f"Terms {terms.name}; the base is the amount {taken}, less what earns no discount."
    return rule, tuple(see)


def application_discount_tax(ledger: Ledger, row: Frame) -> Explanation:
    """The tax part of a discount."""
    mode = ledger.policy.settings.tax_mode
    rule = "The discount x the document's tax / its amount, rounded so that all parts add up."
    if mode != "included":
        rule = f"Tax Mode is `{mode}`: a discount has no tax part."
    value = int(row.ints("discount_tax")[0])
    return Explanation(rule, Unit.MONEY, value, _currency(ledger, row))


def application_difference(ledger: Ledger, row: Frame) -> Explanation:
    """A small difference that was accepted."""
    settings = ledger.policy.settings
    limits = [
        f"Underpayment Tolerance {settings.under_tolerance}"
        if settings.under_tolerance is not None else "",
        f"Overpayment Tolerance {settings.over_tolerance}"
        if settings.over_tolerance is not None else "",
        f"Tolerance % {settings.tolerance_percent}"
        if settings.tolerance_percent is not None else "",
    ]  # fmt: skip
    named = ", ".join(each for each in limits if each) or "no tolerance is set"
    rule = f"Accepted small difference; + is written off, - is gained. Settings: {named}."
    value = int(row.ints("difference")[0])
    return Explanation(rule, Unit.MONEY, value, _currency(ledger, row))
