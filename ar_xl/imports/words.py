"""What foreign words mean: types, statuses, methods and currency signs, as data.

All are compared in lower case with single spaces.
"""

from __future__ import annotations


def number_of(count: int, noun: str) -> str:
    """A count with its noun: 1 row, 2,466 rows."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


TYPES: dict[str, str] = {
    word: ours
    for ours, words in {
        "Invoice": "invoice, inv, sales invoice, tax invoice, accrec, si, standard, sale, "
        "customer invoice, out_invoice, standard invoice, credit invoice",
        "Credit Memo": "credit memo, credit note, accreccredit, credit, cm, cn, sc, return, "
        "sales credit note, sales credit, customer credit note, out_refund, credit_memo, "
        "sales credit memo, sales invoice return",
        "Debit Memo": "debit memo, debit note, dm, debit_memo",
        "Late Fee": "late fee, finance charge, finance charge memo, interest, interest invoice",
        "Refund": "refund",
    }.items()
    for word in words.split(", ")
}

# Rows of transaction lists that are no documents: they are left out of an import of invoices.
NOT_DOCUMENTS = frozenset(
    ("payment", "receipt", "customer payment", "accrecpayment", "deposit", "journal entry",
     "general journal", "estimate", "quote", "sales receipt", "payment entry")
)  # fmt: skip

NOT_FINAL = frozenset(
    ("draft", "void", "voided", "cancelled", "canceled", "deleted", "rejected", "proforma",
     "pro forma", "quote", "estimate", "pending approval", "pendingapproval", "pending",
     "bounced", "failed", "returned")
)  # fmt: skip
PAID = frozenset(("paid", "closed", "settled", "fully paid", "paid in full"))
APPLIED = frozenset(("applied", "fully applied", "closed", "used"))

METHODS: dict[str, str] = {
    word: ours
    for ours, words in {
        "Cash": "cash, bar, petty cash",
        "Check": "check, cheque, checks, cheques, chk, bank draft, money order",
        "Card": "card, credit card, creditcard, debit card, visa, mastercard, amex, "
        "american express, discover, stripe, square, credit, debit",
        "ACH": "ach, eft, direct debit, echeck, e-check, bank debit, sepa direct debit, autopay",
        "Wire": "wire, wire transfer, bank transfer, transfer, banktransfer, bank remittance, "
        "sepa, sepa credit transfer, swift, neft, rtgs, imps, chaps, bacs, faster payment, "
        "bank wire, bankremittance",
        "Other": "other, others, paypal, offset, voucher, gift card",
    }.items()
    for word in words.split(", ")
}

TOTAL_WORDS = ("total", "grand total", "subtotal", "sub total", "sub-total", "totals", "sum",
               "summe", "gesamt", "gesamtsumme")  # fmt: skip

_DOLLARS = frozenset(
    ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "BRL", "TWD", "JMD",
     "TTD", "BBD", "BSD", "FJD", "XCD", "BMD", "BND", "BZD", "GYD", "KYD", "LRD", "NAD", "SBD",
     "SRD")
)  # fmt: skip
SIGNS: dict[str, frozenset[str]] = {
    "$": _DOLLARS,
    "US$": frozenset({"USD"}), "CA$": frozenset({"CAD"}), "C$": frozenset({"CAD", "NIO"}),
    "A$": frozenset({"AUD"}), "AU$": frozenset({"AUD"}), "NZ$": frozenset({"NZD"}),
    "HK$": frozenset({"HKD"}), "S$": frozenset({"SGD"}), "R$": frozenset({"BRL"}),
    "NT$": frozenset({"TWD"}), "MX$": frozenset({"MXN"}),
    "€": frozenset({"EUR"}), "£": frozenset({"GBP", "EGP", "GIP", "FKP", "SHP", "SSP"}),
    "¥": frozenset({"JPY", "CNY"}), "₹": frozenset({"INR"}),
    "Rs": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "Rs.": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "₩": frozenset({"KRW"}), "₽": frozenset({"RUB"}), "₺": frozenset({"TRY"}),
    "₫": frozenset({"VND"}), "₴": frozenset({"UAH"}), "₦": frozenset({"NGN"}),
    "₱": frozenset({"PHP"}), "฿": frozenset({"THB"}), "₪": frozenset({"ILS"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}), "kr.": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "zł": frozenset({"PLN"}), "Fr.": frozenset({"CHF"}),
    "Kč": frozenset({"CZK"}), "Ft": frozenset({"HUF"}),
}  # fmt: skip
