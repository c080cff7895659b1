"""Journal: what posted rows mean for the general ledger (semantics, section 14).

Every function turns rows into entries; a contra row has negative amounts and so gives the
mirror image. `journal` adds entries up to one line per date, account and currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
)
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.settings import Settings
from ar_xl.core.tables import JOURNAL
from ar_xl.ops.banking.accounts import came_through_bank, gl_accounts
from ar_xl.ops.banking.deposit_journal import deposit_entries
from ar_xl.ops.banking.slips import UNDEPOSITED_METHODS, slip_of, standing_slips
from ar_xl.ops.entries import Entries, Side
from ar_xl.ops.exchange import relief
from ar_xl.ops.open_items import live_rows, zero_if_blank
from ar_xl.ops.rates import in_base, rates_for


def document_entries(documents: Frame, settings: Settings) -> list[Entries]:
    """Entries of Invoices rows: invoices, memos, late fees and refunds."""
    kind, currency = documents.text("type"), documents.text("currency")
    side = Side(
        documents.dates("posting_date"), currency, documents.ints("rate"),
        documents.text("customer_id"), documents.text("invoice_no"),
    )  # fmt: skip
    sign = np.where(kind == "Credit Memo", -1, 1)
    gross = sign * documents.ints("amount")
    fee, refund = kind == "Late Fee", kind == "Refund"
    opening = np.zeros(len(documents), dtype=bool)
    if settings.cut_over is not None:
        opening = documents.dates("invoice_date") < day(settings.cut_over)
    taxed = ~(opening | fee | refund)
    tax = np.where(taxed, sign * zero_if_blank(documents.ints("tax")), 0)
    other = documents.text("gl_account").copy()
    other[other == ""] = settings.gl_sales
    other[fee] = settings.gl_late_fees
    other[refund] = settings.gl_cash
    other[opening] = settings.gl_opening
    home = settings.base_currency
    gross_base = in_base(gross, currency, side.rate, home)
    tax_base = in_base(tax, currency, side.rate, home)
    return [
        side.entry(settings.gl_ar, gross, gross_base),
        side.entry(settings.gl_tax, -tax, -tax_base),
        side.entry(other, tax - gross, tax_base - gross_base),
    ]


def receipt_entries(receipts: Frame, ledger: Ledger) -> list[Entries]:
    """Entries of Receipts rows; the customer is credited in full, the bank's fee is ours."""
    settings = ledger.policy.settings
    currency = receipts.text("currency")
    side = Side(
        receipts.dates("posting_date"), currency, receipts.ints("rate"),
        receipts.text("customer_id"), receipts.text("receipt_no"),
    )  # fmt: skip
    amount, fee = receipts.ints("amount"), zero_if_blank(receipts.ints("bank_fee"))
    money = money_accounts(receipts, ledger)
    home = settings.base_currency
    amount_base = in_base(amount, currency, side.rate, home)
    fee_base = in_base(fee, currency, side.rate, home)
    return [
        side.entry(money, amount - fee, amount_base - fee_base),
        side.entry(settings.gl_bank_fees, fee, fee_base),
        side.entry(settings.gl_ar, -amount, -amount_base),
    ]


def money_accounts(receipts: Frame, ledger: Ledger) -> TextArray:
    """Where the money of Receipts rows is: at the bank, or Undeposited until a slip takes it there.

    A receipt made from a bank line is on the account of that line. What takes back a receipt that
    a slip had brought to the bank (a bounced check) takes it from there.
    """
    settings = ledger.policy.settings
    through, money = came_through_bank(ledger, receipts.text("receipt_no"))
    waits = np.isin(receipts.text("method").astype(str), UNDEPOSITED_METHODS) & ~through
    money[waits] = settings.gl_undeposited
    contra = np.flatnonzero(waits & (receipts.text("reverses") != ""))
    if len(contra):
        slip = slip_of(ledger, receipts.take(contra))
        banked = standing_slips(ledger, LAST_DATE).rows.text("bank_account")[slip[slip >= 0]]
        money[contra[slip >= 0]] = gl_accounts(ledger, banked)
    if settings.cut_over is not None:
        money[receipts.dates("receipt_date") < day(settings.cut_over)] = settings.gl_opening
    return money


def adjustment_entries(adjustments: Frame, ledger: Ledger) -> list[Entries]:
    """Entries of Adjustments rows themselves: what the bank charged for a returned payment.

    It leaves the bank account that the payment had come to, else the bank of Settings.
    """
    settings = ledger.policy.settings
    bounced = adjustments.text("kind") == "Bounced"
    fee = np.where(bounced, zero_if_blank(adjustments.ints("bank_fee")), 0)
    receipts = ledger.posted("Receipts")
    at = positions(receipts.text("receipt_no"), adjustments.text("document_no"))
    returned = np.flatnonzero(at >= 0)
    currency = filled(len(adjustments), settings.base_currency)
    bank = filled(len(adjustments), settings.gl_cash)
    if len(returned):
        rows = receipts.take(at[returned])
        currency[returned] = rows.text("currency")
        came_to = money_accounts(rows.replace(reverses=rows.text("batch")), ledger)
        away = (came_to == settings.gl_undeposited) | (came_to == settings.gl_opening)
        bank[returned[~away]] = came_to[~away]
    rate = rates_for(ledger.policy, currency, adjustments.dates("date"))
    side = Side(
        adjustments.dates("posting_date"), currency, rate, adjustments.text("customer_id"),
        adjustments.text("document_no"),
    )  # fmt: skip
    base = in_base(fee, currency, rate, settings.base_currency)
    return [
        side.entry(settings.gl_bank_fees, fee, base),
        side.entry(bank, -fee, -base),
    ]


def application_entries(applications: Frame, ledger: Ledger) -> list[Entries]:
    """Entries of Applications rows: discounts, differences, adjustments and exchange.

    Applying a receipt or a memo moves nothing between accounts by itself.
    """
    settings = ledger.policy.settings
    invoices, _ = live_rows(ledger.posted("Invoices"), "invoice_no")
    at = positions(invoices.text("invoice_no"), applications.text("invoice_no"))
    assert bool((at >= 0).all()), "an application has no document"
    currency, rate = invoices.text("currency")[at], invoices.ints("rate")[at]
    side = Side(
        applications.dates("posting_date"), currency, rate,
        invoices.text("customer_id")[at], applications.text("invoice_no"),
    )  # fmt: skip
    home = settings.base_currency

    def pair(account: str | TextArray, amount: IntArray) -> list[Entries]:
        base = in_base(amount, currency, rate, home)
        return [
            side.entry(account, amount, base),
            side.entry(settings.gl_ar, -amount, -base),
        ]

    discount_tax = zero_if_blank(applications.ints("discount_tax"))
    made = pair(settings.gl_discounts, applications.ints("discount") - discount_tax)
    made += pair(settings.gl_tax, discount_tax)
    made += pair(settings.gl_write_offs, applications.ints("difference"))
    adjusted = applications.text("source_type") == "Adjustment"
    if adjusted.any():
        account = _adjustment_accounts(applications, ledger)
        made += pair(account, np.where(adjusted, applications.ints("amount"), 0))
    if (currency != home).any() or _foreign_sources(applications, ledger):
        made += _exchange(applications, ledger, side, made)
    return made


def _foreign_sources(applications: Frame, ledger: Ledger) -> bool:
    """Whether a receipt in another currency than the books' may be among the sources."""
    foreign = ledger.posted("Receipts").text("currency") != ledger.policy.settings.base_currency
    return bool(foreign.any() and (applications.text("source_type") == "Receipt").any())


def _adjustment_accounts(applications: Frame, ledger: Ledger) -> TextArray:
    """The other side of an application whose source is an adjustment, by its kind."""
    settings = ledger.policy.settings
    adjustments, _ = live_rows(ledger.posted("Adjustments"), "adjustment_no")
    accounts: Mapping[str, str] = {
        "Special Discount": settings.gl_discounts,
        "Write-off": settings.gl_allowance,
        "Recovery": settings.gl_allowance,
        "Fee Waiver": settings.gl_late_fees,
    }
    at = positions(adjustments.text("adjustment_no"), applications.text("source_no"))
    (codes,), kinds = codes_of(adjustments.text("kind"))
    named = np.array([accounts.get(kind, settings.gl_ar) for kind in kinds], dtype=object)
    out = filled(len(applications), settings.gl_ar)
    out[at >= 0] = named[codes[at[at >= 0]]]
    return out


def _exchange(
    applications: Frame, ledger: Ledger, side: Side, booked: list[Entries]
) -> list[Entries]:
    """The realised exchange difference, and the way from one currency into another.

    In one currency it is an amount in base alone. Between two the FX account takes the one in
    and gives the other out, so that each currency balances by itself.

    Args:
        applications: to be booked.
        ledger: with them in it.
        side: of their documents.
        booked: what is booked of them already: discounts, differences and adjustments.
    """
    settings = ledger.policy.settings
    found = relief(ledger, applications)
    nothing = np.zeros(len(applications), dtype=np.int64)
    blank = np.full(len(nothing), BLANK, dtype=np.int64)
    left = found.document.copy()  # of the document, once discounts and differences are booked
    for entries in booked:
        left += np.where(entries.account == settings.gl_ar, entries.base, 0)
    adjusted = applications.text("source_type") == "Adjustment"
    source = np.where(adjusted, 0, found.source)
    crossed = (found.paid != found.currency) & ~adjusted
    gain = np.where(crossed, 0, source - left)
    alone = Side(side.date, side.currency, blank, side.customer_id, side.document_no)
    made = [
        alone.entry(settings.gl_ar, nothing, gain),
        alone.entry(settings.gl_fx, nothing, -gain),
    ]
    if not crossed.any():
        return made
    paid = replace(side, currency=found.paid, rate=found.paid_rate)
    spent = np.where(crossed, applications.ints("source_amount"), 0)
    given = np.where(crossed, applications.ints("amount"), 0)
    spent_base, given_base = np.where(crossed, source, 0), np.where(crossed, left, 0)
    return [
        *made,
        paid.entry(settings.gl_ar, spent, spent_base),
        paid.entry(settings.gl_fx, -spent, -spent_base),
        side.entry(settings.gl_ar, -given, -given_base),
        side.entry(settings.gl_fx, given, given_base),
    ]


def journal(ledger: Ledger, rows: Mapping[str, Frame], memo: str) -> Frame:
    """The journal lines of one batch.

    Args:
        ledger: with the rows already in it, so that applications find their documents.
        rows: the rows that the batch posts, per table.
        memo: what the lines say.

    Returns:
        Journal rows without batch and seal: one line per date, account and currency; it
        balances per currency and in base, else our assertion fails.
    """
    settings = ledger.policy.settings
    entries: list[Entries] = []
    if len(rows.get("Invoices", ())):
        entries += document_entries(rows["Invoices"], settings)
    if len(rows.get("Receipts", ())):
        entries += receipt_entries(rows["Receipts"], ledger)
    if len(rows.get("Applications", ())):
        entries += application_entries(rows["Applications"], ledger)
    if len(rows.get("Deposits", ())):
        entries += deposit_entries(rows["Deposits"], ledger)
    if len(rows.get("Adjustments", ())):
        entries += adjustment_entries(rows["Adjustments"], ledger)
    return journal_lines(entries, memo) if entries else Frame.empty(JOURNAL)


def journal_lines(entries: list[Entries], memo: str) -> Frame:
    """Entries added up to one line per date, account and currency.

    Args:
        entries: of one batch; they balance per currency and in base, else our assertion fails.
        memo: what the lines say.
    """
    joined = Entries(
        *[
            np.concatenate([getattr(e, name) for e in entries])
            for name in Entries.__dataclass_fields__
        ]
    )
    kept = np.flatnonzero((joined.amount != 0) | (joined.base != 0))
    joined = Entries(*[getattr(joined, name)[kept] for name in Entries.__dataclass_fields__])
    (account,), accounts = codes_of(joined.account)
    (currency,), currencies = codes_of(joined.currency)
    _, day_code = np.unique(joined.date, return_inverse=True)
    key = (day_code * len(accounts) + account) * len(currencies) + currency
    keys, first, line = np.unique(key, return_index=True, return_inverse=True)
    line = line.astype(np.int64)
    amount = sum_by(line, joined.amount, len(keys))
    base = sum_by(line, joined.base, len(keys))
    _assert_balanced(currencies[currency[first]], amount, base)
    present = np.flatnonzero((amount != 0) | (base != 0))
    picked, amount, base = first[present], amount[present], base[present]
    return Frame.build(
        JOURNAL,
        len(present),
        line=np.arange(1, len(present) + 1),
        date=joined.date[picked],
        posting_date=joined.date[picked],
        account=joined.account[picked],
        debit=np.maximum(amount, 0),
        credit=np.maximum(-amount, 0),
        currency=joined.currency[picked],
        rate=_if_one(joined.rate, line, len(keys), joined.rate[first], BLANK)[present],
        base_debit=np.maximum(base, 0),
        base_credit=np.maximum(-base, 0),
        customer_id=_text_if_one(joined.customer_id, line, first)[present],
        document_no=_text_if_one(joined.document_no, line, first)[present],
        memo=memo,
    )


def _if_one(
    values: IntArray, line: IntArray, lines: int, firsts: IntArray, otherwise: int
) -> IntArray:
    """The value of each line where all its entries have one value, else `otherwise`."""
    differs = np.zeros(lines, dtype=bool)
    differs[line[values != firsts[line]]] = True
    return np.where(differs, otherwise, firsts)


def _text_if_one(values: TextArray, line: IntArray, first: IntArray) -> TextArray:
    (codes,), texts = codes_of(values)
    kept = _if_one(codes, line, len(first), codes[first], -1)
    with_none = np.concatenate([texts, np.array([""], dtype=object)])
    return np.asarray(with_none[kept], dtype=object)


def _assert_balanced(currencies: TextArray, amount: IntArray, base: IntArray) -> None:
    (codes,), names = codes_of(currencies)
    left = sum_by(codes, amount, len(names))
    assert not left.any(), f"the journal does not balance in {names[np.flatnonzero(left)]}"
    assert int(base.sum()) == 0, "the journal does not balance in base currency"
