"""Remittance advices pasted into the Match sheet: read into Documents, with what does not fit said.

The reading stands in Why, amount by amount, so that a person can compare it with the text.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import positions
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponent, to_decimal
from ar_xl.ops.open_items import open_items
from ar_xl.ops.relations import Relations
from ar_xl.ops.remittance.references import Reference, read_references
from ar_xl.ops.remittance.remittances import Remittances
from ar_xl.ops.remittance.text import against

RULE = "Remittance advice"
_SURE, _DOUBTFUL = 98, 60


def with_pasted(ledger: Ledger, rows: Frame) -> Frame:
    """The rows with what their Remittance says in place of what was proposed.

    Args:
        ledger: its documents.
        rows: of Matches; those without a pasted text, or about a receipt posted by hand, stay.
    """
    pasted = np.flatnonzero(rows.text("remittance") != "")
    if not len(pasted):
        return rows
    documents = open_items(ledger, LAST_DATE).documents
    numbers = documents.text("invoice_no")
    remittances = Remittances(numbers, ledger.policy.settings.deduction_reasons)
    relations = Relations(ledger)
    changed = {key: rows.text(key).copy() for key in ("customer_id", "name", "documents", "rule",
                                                      "why", "decision")}  # fmt: skip
    confidence = rows.ints("confidence").copy()
    for at in pasted.tolist():
        currency = str(rows.text("currency")[at])
        amount = to_decimal(int(rows.ints("amount")[at]), currency)
        reading = remittances.read(str(rows.text("remittance")[at]), amount)
        said = against(reading, amount, currency)
        changed["decision"][at], changed["rule"][at] = "", RULE
        if reading.problem or not reading.references:
            changed["why"][at] = "Remittance was not understood: " + (
                reading.problem or "it names no document that is known"
            ) + "."  # fmt: skip
            confidence[at] = 0
            continue
        owners = [
            str(documents.text("customer_id")[each.document])
            for each in reading.references if each.document >= 0
        ]  # fmt: skip
        payer = _payer(changed["customer_id"][at], owners, relations)
        changed["customer_id"][at] = payer
        changed["documents"][at] = documents_text(reading.references, currency)
        unknown = len(owners) < len(reading.references)
        confidence[at] = _DOUBTFUL if said or unknown else _SURE
        why = f"Read from Remittance: {reading.shown}."
        changed["why"][at] = " ".join([why, *(f"{each[0].upper()}{each[1:]}." for each in said)])
    customers = ledger.posted("Customers")
    place = positions(customers.text("customer_id"), changed["customer_id"])
    changed["name"] = np.append(customers.text("name"), "").astype(object)[place]
    return rows.replace(**changed, confidence=confidence)


def documents_text(references: tuple[Reference, ...], currency: str) -> str:
    """References as the column Documents writes them: `INV-7 1176.00; INV-9 95.00 -5.00 Damage`."""
    digits = exponent(currency)
    parts = []
    for each in references:
        words = [each.text]
        if each.amount is not None:
            words.append(f"{each.amount:.{digits}f}")
        words += [f"-{kept.amount:.{digits}f} {kept.reason}" for kept in each.deductions]
        parts.append(" ".join(words))
    return "; ".join(parts)


def _payer(proposed: str, owners: list[str], relations: Relations) -> str:
    """Who paid: whoever was proposed where that fits the documents, else whose they are."""
    if not owners or (proposed and any(relations.related(proposed, each) for each in owners)):
        return proposed
    return owners[0]


def with_others(ledger: Ledger, rows: Frame) -> Frame:
    """The rows with `Pays for NORTH.` in Why, where documents of another customer are paid.

    Args:
        ledger: whose documents are.
        rows: of Matches, proposed.
    """
    invoices = ledger.posted("Invoices")
    codes, read = read_references(rows.text("documents"), invoices.text("invoice_no"))
    owners = invoices.text("customer_id")
    why, payers = rows.text("why").copy(), rows.text("customer_id")
    of_text = [{str(owners[each.document]) for each in refs if each.document >= 0} for refs in read]
    for at, code in enumerate(codes.tolist()):
        others = of_text[code] - {payers[at]}
        if others and payers[at]:
            why[at] = f"{why[at]} Pays for {', '.join(sorted(others))}."
    return rows.replace(why=why)
