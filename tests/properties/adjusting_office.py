"""A random office that also adjusts and deposits, in any order with everything else.

After every step: open items = journal = Batches = roll-forward = tie-out per currency; nothing is
below zero on any date; the chain holds. Whatever adjustments come to, undoing them at once gives
every balance of every date back.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Refusal, errors_of
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.tables import ADJUSTMENTS
from ar_xl.ops.adjust import adjust
from ar_xl.ops.aging import aging
from ar_xl.ops.balancing import insist_on_balance
from ar_xl.ops.banking.deposit import Asked, deposit
from ar_xl.ops.batches import last_batch, post
from ar_xl.ops.checks import adjustment_findings
from ar_xl.ops.movements import movements
from ar_xl.ops.open_items import credits, open_items
from ar_xl.ops.rollforward import roll_forward
from ar_xl.ops.tie_out import tie_out
from ar_xl.ops.undo import undo
from tests.properties.test_office import FIRST, Office, cents, customers, days

KINDS = (
    "Write-off", "Recovery", "Fee Waiver", "Refund", "Bounced", "Apply", "Unapply", "Reverse",
    "Special Discount",
)  # fmt: skip
SOURCES = (
    ("Receipt", "Receipts", "receipt_no"), ("Credit Memo", "Invoices", "invoice_no"),
    ("Adjustment", "Adjustments", "adjustment_no"),
)  # fmt: skip
ON_DATES = [FIRST + timedelta(days=n) for n in range(0, 200, 28)]
Balances = dict[tuple[str, str, int], int]


class AdjustingOffice(Office):
    """One ledger, and everything a clerk may do to it, adjustments included.

    Args:
        counted: how often each kind was posted, in all offices of the run.
    """

    counted: Counter[str] = Counter()

    @initialize(
        amounts=st.lists(cents, min_size=3, max_size=6),
        who=customers,
        paid=st.booleans(),
        when=days,
    )
    def begin_business(self, amounts: list[int], who: str, paid: bool, when: date) -> None:
        """Some invoices, a memo and receipts of one customer."""
        self.open_shop()
        for at, amount in enumerate(amounts):
            self.invoice(when, who, amount, "Credit Memo" if at == 2 else "")
        for amount in amounts[: 3 if paid else 1]:
            self.receipt(when + timedelta(days=9), who, amount, paid)

    def take(self, change: Change, as_of: date, reverses: str = "") -> None:
        before = self.books
        super().take(change, as_of, reverses)
        if change.is_empty:
            return
        done = post(before, change, self.request(as_of), reverses)
        insist_on_balance(self.books, done)

    @rule(
        when=days, kind=st.sampled_from(KINDS), pick=st.integers(0, 10**6),
        other=st.integers(0, 10**6), share=st.sampled_from([None, 1, 30, 100]), who=customers,
        at_once=st.booleans(),
    )  # fmt: skip
    def adjust_something(
        self, when: date, kind: str, pick: int, other: int, share: int | None, who: str,
        at_once: bool,
    ) -> None:  # fmt: skip
        """Post one adjustment about some document, and undo it at once or not."""
        before = self.balances(self.books)
        if not self.adjust_with(self.typed(when, kind, pick, other, share, who), when):
            return
        if at_once:
            batch = last_batch(self.books)[0]
            self.take(undo(self.books, self.request(FIRST), batch).contra, FIRST, reverses=batch)
            assert self.balances(self.books) == before, f"undoing a {kind} changed balances"
            self.counted["undone at once"] += 1

    def adjust_with(self, draft: Frame, when: date) -> bool:
        """Post one draft adjustment where it is allowed; whether it was."""
        self.draft(draft)
        asked = self.request(LAST_DATE)
        found = adjustment_findings(self.books)
        change = Change() if errors_of(found) else adjust(self.books, asked)
        drafts = {name: f for name, f in self.books.drafts.items() if name != "Adjustments"}
        if change.is_empty or errors_of(change.findings):
            self.books = Ledger(self.books.tables, drafts, self.books.policy)
            return False
        self.take(change, when)
        self.counted[str(draft.text("kind")[0])] += 1
        return True

    @rule(when=days, pick=st.integers(0, 10**6), away=st.booleans())
    def take_away_what_was_adjusted(self, when: date, pick: int, away: bool) -> None:
        """Reverse or bounce a document of an adjustment, then undo that or what was before."""
        rows = self.books.posted("Adjustments")
        recent = np.flatnonzero((rows.text("reverses") == "") & (rows.text("document_no") != ""))
        recent = recent[-6:]
        if not len(recent):
            return
        at = recent[pick % len(recent)]
        document = str(rows.text("document_no")[at])
        kind = "Bounced" if pick % 2 and document.startswith("R") else "Reverse"
        if away:
            used = self.books.posted("Applications")
            mine = (used.text("source_no") == document) | (used.text("invoice_no") == document)
            beside = {*used.text("source_no")[mine].tolist(), *used.text("invoice_no")[mine]}
            document = sorted(beside or {document})[pick % max(len(beside), 1)]
        self.adjust_with(self.drafted(when, kind, document), when)
        self.undo_batch(str(rows.text("batch")[at]))

    def drafted(self, when: date, kind: str, document: str) -> Frame:
        """A draft adjustment about one document as a whole."""
        return Frame.build(
            ADJUSTMENTS, 1, date=when.isoformat(), kind=kind, document_no=document,
            reason="because", requested_by="Ada", approved_by="Bea",
        )  # fmt: skip

    def undo_batch(self, batch: str) -> None:
        """Undo a batch where nothing builds on it."""
        try:
            decided = undo(self.books, self.request(FIRST), batch)
        except Refusal:
            self.counted["undo refused"] += 1
            return
        self.take(decided.contra, FIRST, reverses=batch)
        self.counted["undone later"] += 1

    def typed(
        self, when: date, kind: str, pick: int, other: int, share: int | None, who: str
    ) -> Frame:
        """A draft adjustment about documents that stand."""
        debits, money = open_items(self.books, LAST_DATE), credits(self.books, LAST_DATE)
        invoices = debits.take(debits.amount != 0)
        sources = money.take(money.amount != 0)
        used = self.books.posted("Applications")
        written_off = used.text("invoice_no")[used.text("rule") == "write-off"].tolist()
        if kind == "Fee Waiver" and (invoices.type == "Late Fee").any():
            invoices = invoices.take(invoices.type == "Late Fee")
        if kind == "Recovery" and written_off:
            invoices = invoices.take(invoices.invoice_no == written_off[pick % len(written_off)])
        numbers = [*invoices.invoice_no.tolist(), *sources.source_no.tolist()] or ["none"]
        at = pick % len(numbers)
        document, target, amount = str(numbers[at]), "", BLANK
        if kind in ("Fee Waiver", "Recovery") and len(invoices):
            at = pick % len(invoices)
            document = str(invoices.invoice_no[at])
        left = int(invoices.open[at]) if at < len(invoices) else 5_000
        if kind in ("Bounced", "Apply", "Unapply", "Reverse") and len(sources) and other % 5:
            free = {"Apply": sources.unapplied > 0, "Bounced": sources.source_type == "Receipt"}
            fitting = sources.take(free[kind]) if kind in free else sources
            money = fitting if len(fitting) else sources
            document = str(money.source_no[pick % len(money)])
        if kind in ("Apply", "Unapply") and len(invoices) and other % 3:
            waiting = invoices.take(invoices.open > 0) if kind == "Apply" else invoices
            waiting = waiting if len(waiting) else invoices
            target = str(waiting.invoice_no[other % len(waiting)])
        if kind == "Refund" and other % 2:
            document = ""
        if kind in ("Write-off", "Recovery", "Fee Waiver", "Special Discount", "Refund"):
            amount = 1 + other % max(left, 1)
        if kind == "Apply" and share is not None:
            amount = 1 + other % 100 * share
        return Frame.build(
            ADJUSTMENTS, 1, date=when.isoformat(), kind=kind, document_no=document,
            apply_to=target, amount=amount, customer_id=who if not document else "",
            bank_fee=other % 7 if kind == "Bounced" else BLANK,
            customer_fee=other % 5 if kind == "Bounced" else BLANK,
            reason="because", requested_by="Ada", approved_by="Bea",
        )  # fmt: skip

    @rule(when=days)
    def deposit_all(self, when: date) -> None:
        change = deposit(self.books, self.request(when), Asked())
        self.take(change, when)
        self.counted["deposits"] += not change.is_empty

    def balances(self, books: Ledger) -> Balances:
        """What is open of every item and credit on many dates."""
        made: Balances = {}
        for when in (*ON_DATES, LAST_DATE):
            items, money = open_items(books, when), credits(books, when)
            for number, line, left in zip(items.invoice_no.tolist(), items.line.tolist(),
                                          items.open.tolist(), strict=True):  # fmt: skip
                if left:
                    made[str(when), str(number), line] = left
            for number, left in zip(money.source_no.tolist(), money.unapplied.tolist(),
                                    strict=True):  # fmt: skip
                if left:
                    made[str(when), str(number), 0] = -left
        return made

    @invariant()
    def nothing_is_below_zero_on_any_date(self) -> None:
        for when in ON_DATES:
            items, money = open_items(self.books, when), credits(self.books, when)
            assert (items.open >= 0).all(), f"{items.invoice_no[items.open < 0]} on {when}"
            below = money.unapplied < 0
            assert not below.any(), f"{money.source_no[below]} on {when}"

    @invariant()
    def nothing_is_applied_without_both_documents(self) -> None:
        rows = self.books.posted("Applications")
        applied = pd.DataFrame({
            "number": rows.text("application_no"), "paid": rows.text("invoice_no"),
            "kind": rows.text("source_type"), "source": rows.text("source_no"),
            "date": rows.dates("posting_date"),
            "amount": rows.ints("amount") + rows.ints("discount") + rows.ints("difference"),
            "used": rows.ints("source_amount"),
        })  # fmt: skip
        for when in (*ON_DATES, LAST_DATE):
            stands = {kind: self.standing(table, key, when) for kind, table, key in SOURCES}
            until = applied[applied["date"] <= np.datetime64(when)]
            left = until.groupby(["number", "paid", "kind", "source"])[["amount", "used"]].sum()
            left = left[(left != 0).any(axis=1)]
            for number, paid, kind, source in left.index:
                there = paid in stands["Credit Memo"] and source in stands[kind]
                assert there, f"{number} applies {source} to {paid} on {when}"

    def standing(self, table: str, key: str, when: date) -> set[str]:
        """The documents of a table that stand on a day."""
        rows = self.books.posted(table)
        until = rows.dates("posting_date") <= np.datetime64(when)
        amount = pd.Series(np.sign(rows.ints("amount")[until]))
        total = amount.groupby(rows.text(key)[until]).sum()
        return set(total[total != 0].index)

    @invariant()
    def all_views_agree(self) -> None:
        moved = movements(self.books)
        for when in (ON_DATES[3], ON_DATES[-1], LAST_DATE):
            owed = {k: v for k, v in aging(self.books, when).by_currency().items() if v}
            rolled = {each.currency: each.closing
                      for each in roll_forward(self.books, FIRST, when, moved)}  # fmt: skip
            assert {k: v for k, v in rolled.items() if v} == owed
            ties = tie_out(self.books, when, owed, moved)
            assert all(each.ties for each in ties), [each.of_control for each in ties]
