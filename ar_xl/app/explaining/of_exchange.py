"""Figures of the exchange table of a month."""

from __future__ import annotations

from ar_xl.app.explaining.month import Month
from ar_xl.app.sheets.exchange_block import REALISED
from ar_xl.core.arrays import BLANK
from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.money import rate_text
from ar_xl.core.picked import ReportCell
from ar_xl.ops.revaluation import carried_rows, realised_rows, revaluations


def exchange_figure(month: Month, cell: ReportCell) -> Explanation | None:
    """What a currency is carried at, what it is worth, or a gain or loss."""
    label = cell.line.get("Exchange", "")
    base = month.ledger.policy.settings.base_currency
    if label == REALISED and cell.heading == "Gain or Loss":
        rows, gain = realised_rows(month.ledger, month.first, month.last)
        part = Part("Journal", traced(rows, gain, "document_no", "date", rows.text("memo")))
        account = month.ledger.policy.settings.gl_fx
        rule = f"Credits less debits in base of account {account} in the month; a gain is positive."
        return Explanation(rule, Unit.MONEY, part.amount, base, (part,))
    currency = label.partition(",")[0]
    found = [e for e in revaluations(month.ledger, month.last) if e.currency == currency]
    if not found:
        return None
    one = found[0]
    rows, amount = carried_rows(month.ledger, month.last, currency)
    carried = Part("Journal", traced(rows, amount, "document_no", "date", rows.text("memo")))
    if cell.heading == "Carried At":
        rule = (
            f"The control account in {currency} by the Journal, in {base}: each document at its "
            "own rate, without revaluation."
        )
        return Explanation(rule, Unit.MONEY, one.carried, base, (carried,))
    if one.rate == BLANK:
        return None
    of_currency = Month(month.ledger, month.last, currency)
    owed = Part(f"Open in {currency}", of_currency.open_now().rows, currency=currency)
    worth = f"What is open in {currency} x the rate {rate_text(one.rate)} of the Rates sheet"
    if cell.heading == "Worth":
        return Explanation(f"{worth}, rounded once.", Unit.MONEY, one.value, base, (owed,), False)
    if cell.heading == "Gain or Loss":
        rule = f"{worth}, less what it is carried at. Booked on {month.last}, back the next day."
        parts = (owed, Part(carried.name, carried.rows))
        return Explanation(rule, Unit.MONEY, one.unrealised, base, parts, adds_up=False)
    return None
