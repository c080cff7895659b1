"""Rule 1: a receipt pays what its Remittance names (semantics, section 4).

A reference above what is open, or in a currency without a rate, is refused, and the receipt with
it. An unknown, foreign, draft or closed one is said, and that part stays unapplied. A receipt with
references goes through no other rule.

What the payer deducts with a reason stays open and is kept apart as contested.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.findings import Code, Finding, Severity, code
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import from_decimal, money_text, to_decimal
from ar_xl.ops.crossing import Crossing, crossing
from ar_xl.ops.paying import Paying
from ar_xl.ops.relations import Relations
from ar_xl.ops.remittance.plan_references import PlanReferences
from ar_xl.ops.remittance.reference_deductions import Deductions
from ar_xl.ops.remittance.references import SEVERAL, Reference, References
from ar_xl.ops.remittance.text import Reading, against

RULE = 1
_LONGEST_SHOWN = 60  # characters of a text that is no number
_LEFT_UNAPPLIED = "That part stays unapplied; correct Remittance before posting, or apply it later."

REFERENCE_ABOVE_OPEN = code(
    "reference_above_open",
    Severity.ERROR,
    "no more than what is open on the document",
    "Correct the amount in Remittance, or leave it out to pay what is open.",
)
REFERENCE_AMOUNT = code(
    "reference_amount_digits",
    Severity.ERROR,
    "an amount with no more decimals than the currency has",
    "Correct the amount in Remittance.",
)
REFERENCE_UNKNOWN = code(
    "reference_unknown",
    Severity.WARNING,
    "numbers of posted documents, separated by semicolons: `INV-7; INV-9 120.00`",
    _LEFT_UNAPPLIED,
)
REFERENCE_SEVERAL = code(
    "reference_ambiguous",
    Severity.WARNING,
    "a number that means one document",
    "Write the number exactly as on the document. " + _LEFT_UNAPPLIED,
)
REFERENCE_FOREIGN = code(
    "reference_of_another_customer",
    Severity.WARNING,
    "a document of the customer who paid, or of one of the same group (Parent ID)",
    _LEFT_UNAPPLIED,
)
REFERENCE_CURRENCY = code(
    "reference_in_another_currency",
    Severity.ERROR,
    "a rate for both currencies on the Rates sheet, dated on or before the receipt",
    "Add the rate, or correct Currency or Remittance.",
)
REFERENCE_DRAFT = code(
    "reference_to_a_draft",
    Severity.WARNING,
    "a document posted by the as-of date",
    "Post the document first. " + _LEFT_UNAPPLIED,
)
REFERENCE_CREDIT = code(
    "reference_to_a_credit_memo",
    Severity.WARNING,
    "a document that the customer owes",
    "Apply the credit memo with an Apply adjustment; the receipt is not changed by it.",
)
REFERENCE_CLOSED = code(
    "reference_to_a_settled_document",
    Severity.WARNING,
    "a document with something open",
    _LEFT_UNAPPLIED,
)
REFERENCES_ABOVE_RECEIPT = code(
    "references_above_receipt",
    Severity.WARNING,
    "references that add up to the receipt, or to it and the discount it earns",
    "Nothing, if the rest is really still owed; else correct Remittance or the amount.",
)


REMITTANCE_READ = code(
    "remittance_read_as",
    Severity.NOTE,
    "the documents and amounts of the pasted text",
    "Compare it with the text; where it is wrong, write the references in Remittance instead: "
    "`INV-7; INV-9 120.00`.",
)
REMITTANCE_DOUBT = code(
    "remittance_does_not_fit",
    Severity.WARNING,
    "a text whose amounts add up to what was received",
    "Compare it with the text, and write the references in Remittance where it is wrong.",
)


@dataclass(frozen=True)
class _Wish:
    """What a receipt names: documents in full, documents in part, and money for neither."""

    whole: dict[int, int | None]  # document -> amount named, if any
    part: dict[int, int]
    kept_back: int
    deducted: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."


class ReferenceRule:
    """Rule 1 over a batch.

    Args:
        ledger: for telling what an unknown number is instead.
        paying: the state that is paid from.
        codes, read: the references of each receipt, as `read_references` gives them.
        pasted: the readings of texts that are pasted advices, by place in `read`.
        for_anybody: numbers of receipts of which a person said that they pay documents of
            customers who are not related to the payer.

    Attributes:
        findings: what was said.
        refused: receipts that must not be posted.
        deductions: what payers kept back, with the reason.
    """

    def __init__(
        self,
        ledger: Ledger,
        paying: Paying,
        codes: IntArray,
        read: list[References],
        pasted: Mapping[int, Reading] | None = None,
        for_anybody: Collection[str] = (),
    ) -> None:
        self._ledger, self._paying, self._read = ledger, paying, read
        self._relations = Relations(ledger)
        self._for_anybody, self._pasted = for_anybody, pasted or {}
        self.deductions = Deductions(paying, ledger.policy.settings.deduction_reasons, self._say)
        self._codes: list[int] = codes.tolist()
        self.findings: list[Finding] = []
        self.refused: set[int] = set()
        self._said: set[Finding] = set()
        batch = paying.batch
        order = np.argsort(batch.items.document, kind="stable")
        self._items: list[int] = order.tolist()
        ends = np.cumsum(np.bincount(batch.items.document, minlength=len(batch.items.documents)))
        self._starts: list[int] = [0, *ends.tolist()]
        self._payer: list[int] = batch.document_group.tolist()
        self._group: list[int] = batch.receipt_group.tolist()
        self._numbers: dict[str, frozenset[str]] | None = None
        documents = batch.items.documents
        self._plans = PlanReferences(
            ledger, documents.text("invoice_no"), documents.text("currency"), self._open_items,
            paying.open.__getitem__,
        )  # fmt: skip

    def run(self) -> None:
        """Apply every receipt that has references, in order."""
        paying = self._paying
        for receipt, at in enumerate(self._codes):
            refs = self._read[at]
            if at in self._pasted:
                self._tell(receipt, self._pasted[at])
            if not refs:
                continue
            plain = len(refs) == 1 and refs[0].amount is None and not refs[0].deductions
            if plain and refs[0].document >= 0:
                document = refs[0].document
                if self._payer[document] == self._group[receipt]:
                    run = self._open_items(document)
                    if run:
                        left = paying.left[receipt]
                        paying.left[receipt] = paying.pay(receipt, run, left, RULE)
                        continue
            self._apply(receipt, refs)

    def _tell(self, receipt: int, reading: Reading) -> None:
        """Say how a pasted advice was read, and what of it does not fit."""
        currency = str(self._paying.batch.receipts.text("currency")[receipt])
        amount = to_decimal(int(self._paying.batch.receipts.ints("amount")[receipt]), currency)
        doubts = [reading.problem] if reading.problem else against(reading, amount, currency)
        if not reading.problem:
            self._say(REMITTANCE_READ, receipt, reading.shown)
        for doubt in doubts:
            self._say(REMITTANCE_DOUBT, receipt, doubt)

    def _open_items(self, document: int) -> list[int]:
        still_open = self._paying.open
        span = self._items[self._starts[document] : self._starts[document + 1]]
        return [item for item in span if still_open[item]]

    def _open(self, document: int) -> int:
        return sum(self._paying.open[item] for item in self._open_items(document))

    def _apply(self, receipt: int, refs: References) -> None:
        paying, batch = self._paying, self._paying.batch
        wish = self._understand(receipt, refs)
        if wish is None:
            self.refused.add(receipt)
            paying.no_gain.add(receipt)
            return
        kept_back = min(wish.kept_back, paying.left[receipt])
        money = paying.left[receipt] - kept_back
        self.deductions.set_apart(self._open_items(d) for d in wish.deducted)
        crossed = {d: wish.part.get(d) for d in (*wish.part, *wish.whole)
                   if self._currency(d) != batch.receipts.text("currency")[receipt]}  # fmt: skip
        for document in crossed:
            money = self._pay_across(receipt, document, crossed[document], money)
            wish.part.pop(document, None)
            wish.whole.pop(document, None)
        named = {**wish.part, **{d: a for d, a in wish.whole.items() if a is not None}}
        before = {document: self._open(document) for document in named}
        for document in sorted(wish.part, key=lambda d: self._open_items(d)[0]):
            amount = min(wish.part[document], money)
            money -= amount - paying.pay(receipt, self._open_items(document), amount, RULE)
        run = sorted(item for document in wish.whole for item in self._open_items(document))
        if run:
            money = paying.pay(receipt, run, money, RULE)
        paying.left[receipt] = kept_back + money
        for document, kept in wish.deducted.items():
            self.deductions.book(receipt, self._open_items(document), kept)
        short = any(before[d] - self._open(d) < amount for d, amount in named.items())
        if short:
            total = sum(named.values())
            self._say(
                REFERENCES_ABOVE_RECEIPT, receipt,
                f"references to {self._money(receipt, total)} on a receipt of "
                f"{self._money(receipt, int(batch.receipts.ints('amount')[receipt]))}",
            )  # fmt: skip

    def _pay_across(self, receipt: int, document: int, wanted: int | None, money: int) -> int:
        """Pay a document in another currency; what of the money is left."""
        paying, rate = self._paying, self._crossing(receipt, document)
        assert rate is not None, "a reference without a rate was to be refused"
        allowed, limit = money, self._open(document)
        if wanted is not None:
            allowed, limit = min(money, rate.into_receipt(wanted)), wanted
        run = self._open_items(document)
        return money - allowed + paying.pay_across(receipt, run, allowed, limit, rate)

    def _kept_back(self, receipt: int, ref: Reference, amount: int) -> int:
        """What of a receipt is meant for a document that cannot be paid, in its own currency."""
        rate = self._crossing(receipt, ref.document) if ref.document >= 0 and amount else None
        return rate.into_receipt(amount) if rate is not None else amount

    def _currency(self, document: int) -> str:
        return str(self._paying.batch.items.documents.text("currency")[document])

    def _named(self, document: int) -> tuple[str, str]:
        number = str(self._paying.batch.items.documents.text("invoice_no")[document])
        return number, self._currency(document)

    def _crossing(self, receipt: int, document: int) -> Crossing | None:
        """The way from a receipt's currency to a document's on the day of the receipt."""
        receipts = self._paying.batch.receipts
        ours, theirs = str(receipts.text("currency")[receipt]), self._currency(document)
        on = receipts.dates("receipt_date")[receipt].item()
        return crossing(self._ledger.policy, ours, theirs, on)

    def _understand(self, receipt: int, refs: References) -> _Wish | None:
        """Sort the references of a receipt; None where it must be refused."""
        ours = str(self._paying.batch.receipts.text("currency")[receipt])
        whole: dict[int, int | None] = {}
        part: dict[int, int] = {}
        kept_back, good = 0, True
        deducted: dict[int, list[tuple[int, str]]] = {}
        refs, above = self._plans.expanded(refs)
        for seen in above:
            self._say(REFERENCE_ABOVE_OPEN, receipt, seen)
            good = False
        for ref in refs:
            currency = self._currency(ref.document) if ref.document >= 0 else ours
            amount = None if ref.amount is None else from_decimal(ref.amount, currency)
            if ref.amount is not None and amount is None:
                self._say(REFERENCE_AMOUNT, receipt, f"`{ref.text} {ref.amount}` in {currency}")
                good = False
                continue
            kept = self.deductions.read(receipt, ref, currency)
            if kept is None:
                good = False
                continue
            problem = self._problem(receipt, ref)
            if problem is not None:
                self._say(problem[0], receipt, problem[1])
                good = good and problem[0].severity is not Severity.ERROR
                self._paying.no_gain.add(receipt)
                kept_back += self._kept_back(receipt, ref, amount or 0)
                continue
            if kept:
                deducted.setdefault(ref.document, []).extend(kept)
            if amount is None:
                whole[ref.document] = None
            else:
                part[ref.document] = part.get(ref.document, 0) + amount
        for document, amounts in deducted.items():
            named = None if document in whole else part[document]
            paid = self.deductions.left_to_pay(
                receipt, self._named(document), self._open(document), named, amounts
            )
            good = good and paid is not None
            if paid is not None and document in whole:
                del whole[document]
                part[document] = paid
        for document, amount in list(part.items()):
            is_open = self._open(document)
            if amount > is_open:
                number = self._paying.batch.items.documents.text("invoice_no")[document]
                self._say(
                    REFERENCE_ABOVE_OPEN, receipt,
                    f"{money_text(amount, self._currency(document))} for {number}, of which "
                    f"{money_text(is_open, self._currency(document))} is open",
                )  # fmt: skip
                good = False
            elif amount == is_open or document in whole:
                del part[document]
                whole[document] = amount if amount == is_open else None
        return _Wish(whole, part, kept_back, deducted) if good else None

    def _problem(self, receipt: int, ref: Reference) -> tuple[Code, str] | None:
        """Why a reference cannot be paid, and what was seen; None where it can."""
        if ref.document == SEVERAL:
            return REFERENCE_SEVERAL, f"`{_shown(ref.text)}` fits several documents"
        if ref.document < 0:
            return self._unknown(ref)
        documents = self._paying.batch.items.documents
        number = documents.text("invoice_no")[ref.document]
        if self._payer[ref.document] != self._group[receipt]:
            receipts = self._paying.batch.receipts
            owner, payer = (
                str(documents.text("customer_id")[ref.document]),
                str(receipts.text("customer_id")[receipt]),
            )
            if not self._may_pay(receipt, payer, owner):
                return REFERENCE_FOREIGN, f"`{number}` of customer {owner}, paid by {payer}"
            theirs, ours = self._currency(ref.document), str(receipts.text("currency")[receipt])
            if theirs != ours and self._crossing(receipt, ref.document) is None:
                return REFERENCE_CURRENCY, f"`{number}` in {theirs}, receipt in {ours}, no rate"
        if not self._open_items(ref.document):
            return REFERENCE_CLOSED, f"`{number}`, of which nothing is open"
        return None

    def _may_pay(self, receipt: int, payer: str, owner: str) -> bool:
        number = self._paying.batch.receipts.text("receipt_no")[receipt]
        return number in self._for_anybody or self._relations.related(payer, owner)

    def _unknown(self, ref: Reference) -> tuple[Code, str]:
        if self._numbers is None:
            posted, drafts = self._ledger.posted("Invoices"), self._ledger.draft("Invoices")
            credit = posted.text("type") == "Credit Memo"
            self._numbers = {
                "drafts": frozenset(drafts.text("invoice_no")),
                "credits": frozenset(posted.text("invoice_no")[credit]),
                "posted": frozenset(posted.text("invoice_no")[~credit]),
            }
        if ref.text in self._numbers["drafts"]:
            return REFERENCE_DRAFT, f"`{ref.text}`, a draft"
        if ref.text in self._numbers["credits"]:
            return REFERENCE_CREDIT, f"`{ref.text}`, a credit memo"
        if ref.text in self._numbers["posted"]:
            return REFERENCE_DRAFT, f"`{ref.text}`, posted at a later date"
        return REFERENCE_UNKNOWN, f"`{_shown(ref.text)}`"

    def _money(self, receipt: int, amount: int) -> str:
        return money_text(amount, str(self._paying.batch.receipts.text("currency")[receipt]))

    def _say(self, found: Code, receipt: int, seen: str, expected: str = "") -> None:
        frame = self._paying.batch.receipts
        number = str(frame.text("receipt_no")[receipt])
        row = int(frame.row[receipt])
        finding = Finding(found, "Receipts", row, "remittance", number, seen, expected)
        if finding not in self._said:  # a text may name the same thing a thousand times
            self._said.add(finding)
            self.findings.append(finding)
