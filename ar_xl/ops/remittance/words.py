"""Words of remittance advices: which word before an amount says what the amount is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum


class Word(Enum):
    """What a word says about the number beside it."""

    DOCUMENT = "document"
    GROSS = "gross"
    DISCOUNT = "discount"
    DEDUCTION = "deduction"
    PAID = "paid"
    TOTAL = "total"
    OTHER = "other"  # a balance, an order number, a date: no amount of this payment


MONEY_WORDS = frozenset({Word.GROSS, Word.DISCOUNT, Word.DEDUCTION, Word.PAID})

# In this order: the first that fits a place of the text holds.
_WORDS: tuple[tuple[Word, str], ...] = (
    (Word.OTHER, r"balance|outstanding|remaining|restbetrag|solde|saldo|p\.?o\.? ?(?:no|number|#)?"
     r"|order(?: no| number)?|bestellung|check ?(?:no|number|#)|cheque|due date|date|datum|account"
     r"|konto|iban|phone|tel|vendor|supplier|customer(?: no| number| id)?|page|tax id"
     r"|description|reference|ref"),
    (Word.TOTAL, r"grand total|total|summe|gesamt(?:betrag)?|transfer(?:red)?(?: amount)?"
     r"|payment (?:amount|total)|amount of payment|remittance amount|we (?:have )?(?:paid|sent)"
     r"|\u00fcberweisungsbetrag|\u00fcberwiesen|suma"),
    (Word.DISCOUNT, r"(?:less |minus |cash |early )?(?:payment )?(?:discount|skonto|escompte"
     r"|descuento|sconto|rabatt|disc)s?"),
    (Word.DEDUCTION, r"deduct(?:ion|ed|ions|ing)?|less"
     r"|short[- ]?pa(?:id|y(?:ments?|ing|s)?)|short(?:age|ed)?|minus|claim(?:ed|s)?"
     r"|adjust(?:ment|ments|ed)?|abzug|abz\u00fcglich|k\u00fcrzung|gek\u00fcrzt|withheld|withholding"
     r"|damaged?(?: goods)?|d\u00e9duction|deducci\u00f3n|retenue|chargeback|allowance"
     r"|returned|missing"),
    (Word.PAID, r"(?:amount |net )?paid|net(?: amount)?|netto|payment|paying|pay|zahlbetrag"
     r"|zahlung|bezahlt|pay\u00e9|pagado|pago|remitted|settled"),
    (Word.GROSS, r"(?:invoice |inv\.? |gross |original |bill )?(?:amount|total|value)|gross|brutto"
     r"|(?:rechnungs|brutto)?betrag|montant|importe|original|amt"),
    (Word.DOCUMENT, r"(?:invoice|inv|rechnung|facture|factura|fattura|bill|document|doc|beleg|re)"
     r"s?\.?[ -]?(?:number|no|num|nr|#|id)?s?\.?"),
)  # fmt: skip
_FINDER = re.compile(
    "|".join(rf"(?P<{word.name}>(?<![\w-])(?:{pattern})(?!\w))" for word, pattern in _WORDS),
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![\w-])(?:invoice|inv|rechnung|facture|factura|fattura|bill|beleg)s?\.?\s*"
    r"(?:(?:number|no|num|nr|#)\.?\s*|\.\s*)?(?:[:#]\s*)?(?P<number>[A-Za-z]{0,8}[-/]?\d[\w/-]*)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\s*(?:,|;|&|\+|/|and|und|et|y)\s*#?(?P<number>[A-Za-z]{0,8}[-/]?\d[\w/-]*)(?![.,]\d)",
    re.IGNORECASE,
)
_REASONS = {
    "damage": ("damag", "broken", "besch\u00e4d", "defect", "endommag"),
    "shortage": (
        "shortage",
        "short ship",
        "short deliver",
        "missing",
        "fehl",
        "manqu",
        "not received",
    ),
    "price": ("pric", "preis", "prix", "precio", "rate diff"),
    "freight": ("freight", "shipping", "fracht", "transport", "deliver"),
    "tax": ("tax", "vat", "mwst", "tva", "iva", "gst"),
}
# That less was paid is no reason; `short` alone means goods where no other word says more.
_PAID_LESS = re.compile(r"\b(?:short|under)[- ]?pa(?:id|y\w*)")
_WEAK = {"shortage": ("short",)}


def words_in(text: str) -> list[tuple[int, int, Word]]:
    """The words of a text that say something about an amount: begin, end and meaning."""
    return [
        (found.start(), found.end(), Word[found.lastgroup])
        for found in _FINDER.finditer(text)
        if found.lastgroup
    ]


def named_documents(line: str) -> list[tuple[int, int, str]]:
    """What a line calls an invoice, known or not: begin and end of the number, and itself.

    `Invoices 4711, 4712 and 4713` are three; of `INV-777` the letters are part of the number.
    """
    called: list[tuple[int, int, str]] = []
    end = 0
    for found in _NAMED.finditer(line):
        if found.end() <= end:
            continue  # it stands in the list of one before
        whole = not any(
            mark.isspace() or mark in ":#" for mark in line[found.start() : found.end()]
        )
        start = found.start() if whole else found.start("number")
        end = found.end("number")
        called.append((start, end, line[start:end]))
        while (more := _NEXT.match(line, end)) is not None:
            start, end = more.start("number"), more.end("number")
            called.append((start, end, more["number"]))
    return called


def reason_meant(words: str, reasons: Iterable[str]) -> str:
    """The reason that the words beside a deduction mean.

    Args:
        words: as the payer wrote them.
        reasons: those of the setting Deduction Reasons.

    Returns:
        One of them, the one called Other where none fits; the first words where that is missing.
    """
    said = _PAID_LESS.sub(" ", words.casefold()).replace("short-", "short ")
    listed = list(reasons)
    for known in (_REASONS, _WEAK):
        for reason in listed:
            usual = (reason.casefold()[:6],) if known is _REASONS else ()
            if any(stem in said for stem in known.get(reason.casefold(), usual)):
                return reason
    other = [reason for reason in listed if reason.casefold() == "other"]
    return other[0] if other else " ".join(words.split()[:3]) or "Other"
