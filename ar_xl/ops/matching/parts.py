"""What the matching engine reads and what it answers: money that came in, and proposals.

    money = Incoming.gather([from_bank_lines(lines), from_receipts(drafts)])
    answer = propose(ledger, money, as_of)

Both are plain columns, one element a line; the answer stands in the order of the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, DateArray, IntArray, TextArray, filled
from ar_xl.core.frames import Frame

BANK_LINE, RECEIPT = "Bank line", "Receipt"
PAYMENT = "Payment"  # the only kind of bank line that is a receipt


@dataclass(frozen=True)
class Incoming:
    """Money to be explained, one element a bank line or draft receipt.

    Args:
        line_id: its number; no two are alike.
        source: `Bank line` or `Receipt`.
        date: of the bank line or receipt; it decides which discounts are earned.
        kind: of the bank line; only a Payment of a positive amount is a receipt.
        amount: minor units, signed, gross of the fee that the line itself names.
        currency: ISO 4217.
        payer, payer_account: as the bank wrote them, "" where it did not.
        text: everything else that may name a document, parts separated by blanks.
        customer_id: where somebody said who paid; "" else.
        row: the row of its sheet.
    """

    line_id: TextArray
    source: TextArray
    date: DateArray
    kind: TextArray
    amount: IntArray
    currency: TextArray
    payer: TextArray
    payer_account: TextArray
    text: TextArray
    customer_id: TextArray
    row: IntArray

    def __len__(self) -> int:
        return len(self.amount)

    def take(self, chosen: IntArray | BoolArray) -> Incoming:
        """The lines that an index or a mask picks."""
        return Incoming(**{each.name: getattr(self, each.name)[chosen] for each in fields(self)})

    @classmethod
    def gather(cls, several: Sequence[Incoming]) -> Incoming:
        """The lines of several sources below one another."""
        return cls(
            **{
                each.name: np.concatenate([getattr(one, each.name) for one in several])
                for each in fields(cls)
            }
        )


def from_bank_lines(lines: Frame) -> Incoming:
    """Bank lines (rows of BankLines) as money to be explained, all of them whatever their kind."""
    return Incoming(
        line_id=lines.text("line_id"),
        source=filled(len(lines), BANK_LINE),
        date=lines.dates("date"),
        kind=lines.text("kind"),
        amount=_known(lines.ints("amount")),
        currency=lines.text("currency"),
        payer=lines.text("payer"),
        payer_account=lines.text("payer_account"),
        text=_together(lines.text("reference"), lines.text("text")),
        customer_id=filled(len(lines), ""),
        row=lines.row,
    )


def from_receipts(receipts: Frame) -> Incoming:
    """Draft receipts (rows of Receipts, each with a number) as money to be explained."""
    return Incoming(
        line_id=receipts.text("receipt_no"),
        source=filled(len(receipts), RECEIPT),
        date=receipts.dates("receipt_date"),
        kind=filled(len(receipts), PAYMENT),
        amount=_known(receipts.ints("amount")),
        currency=receipts.text("currency"),
        payer=filled(len(receipts), ""),
        payer_account=filled(len(receipts), ""),
        text=_together(
            _together(receipts.text("remittance"), receipts.text("check_ref")),
            receipts.text("memo"),
        ),
        customer_id=receipts.text("customer_id"),
        row=receipts.row,
    )


def _known(amounts: IntArray) -> IntArray:
    return np.where(amounts == BLANK, 0, amounts)


def _together(first: TextArray, second: TextArray) -> TextArray:
    """Two texts with a blank between; a text that is there twice is kept once."""
    out: TextArray = np.empty(len(first), dtype=object)
    out[:] = [
        (f"{a} {b}" if a and b and a != b else a or b) for a, b in zip(first, second, strict=True)
    ]
    return out


@dataclass(frozen=True)
class Proposals:
    """What is proposed for each line, in the order of the lines.

    Args:
        line_id: of the line.
        customer_id: who paid; "" where nobody can be named.
        documents: as Remittance writes it: `INV-7 100.00; INV-9`. A number without an amount is
            paid in full, net of the discount that the date earns. "" where no document is named.
        bank_fee: minor units that a bank kept back on top of the line's amount: the receipt is
            amount + bank_fee. 0 where there is none.
        confidence: whole percent, 0 to 100; 0 where nothing is proposed.
        rule: the name of the rule that decided.
        why: the evidence in words, one sentence or two.
        alternatives: what else it could be, in words; "" where there is nothing else.
        auto: may be accepted without a person: confidence from Auto Accept on, two independent
            pieces of evidence, no rival.
    """

    line_id: TextArray
    customer_id: TextArray
    documents: TextArray
    bank_fee: IntArray
    confidence: IntArray
    rule: TextArray
    why: TextArray
    alternatives: TextArray
    auto: BoolArray

    def __len__(self) -> int:
        return len(self.confidence)

    def by_rule(self) -> Mapping[str, int]:
        """How many lines each rule decided."""
        names, counts = np.unique(self.rule.astype(str), return_counts=True)
        return dict(zip(names.tolist(), counts.tolist(), strict=True))
