"""What deposit slips mean for the general ledger (semantics, section 14).

A receipt left Undeposited with the amount and at the rate it came in with, so that Undeposited
comes to nothing in the currency and in base.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.banking.accounts import gl_accounts
from ar_xl.ops.banking.slips import first_receipts, received_net, slip_lines
from ar_xl.ops.entries import Entries, Side
from ar_xl.ops.open_items import zero_if_blank
from ar_xl.ops.rates import in_base


def deposit_entries(deposits: Frame, ledger: Ledger) -> list[Entries]:
    """Entries of Deposits rows: slips, and fees that were found later."""
    return [*slip_entries(deposits, ledger)[0], *fee_entries(deposits, ledger)]


def slip_entries(deposits: Frame, ledger: Ledger) -> tuple[list[Entries], Frame]:
    """Entries of what lies on slips, one element a receipt, and the receipts' rows beside them."""
    settings = ledger.policy.settings
    lines = slip_lines(ledger, deposits)
    assert bool((lines.receipt >= 0).all()), "a receipt on a slip is not there"
    rows, receipts = deposits.take(lines.slip), ledger.posted("Receipts").take(lines.receipt)
    side = Side(
        rows.dates("posting_date"), receipts.text("currency"), receipts.ints("rate"),
        receipts.text("customer_id"), rows.text("deposit_no"),
    )  # fmt: skip
    sign = np.where(rows.text("reverses") == "", 1, -1)
    amount = sign * received_net(receipts)
    kept = sign * zero_if_blank(receipts.ints("bank_fee"))
    base = in_base(amount + kept, side.currency, side.rate, settings.base_currency)
    base -= in_base(kept, side.currency, side.rate, settings.base_currency)
    bank = gl_accounts(ledger, rows.text("bank_account"))
    return [
        side.entry(bank, amount, base),
        side.entry(settings.gl_undeposited, -amount, -base),
    ], receipts


def fee_entries(deposits: Frame, ledger: Ledger) -> list[Entries]:
    """Entries of the fees of slips, at the rate of the slip's first receipt."""
    settings = ledger.policy.settings
    rows = deposits.take(np.flatnonzero(zero_if_blank(deposits.ints("fee")) != 0))
    if not len(rows):
        return []
    first = first_receipts(ledger, rows)
    assert bool((first >= 0).all()), "a fee of a slip that is not there"
    side = Side(
        rows.dates("posting_date"), rows.text("currency"),
        ledger.posted("Receipts").ints("rate")[first],
        np.full(len(rows), "", dtype=object), rows.text("deposit_no"),
    )  # fmt: skip
    fee = rows.ints("fee")
    base = in_base(fee, side.currency, side.rate, settings.base_currency)
    bank = gl_accounts(ledger, rows.text("bank_account"))
    return [side.entry(settings.gl_bank_fees, fee, base), side.entry(bank, -fee, -base)]
