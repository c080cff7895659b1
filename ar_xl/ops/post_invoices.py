"""Posting of invoices and memos: numbers, due dates, instalments, memo applications.

Rules: semantics, sections 1, 2 and 4. The rows are checked before (`ops/checks.py`); what is
still missing in a good row is filled in here and stands in the posted row for good.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, filled, positions
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import exponent, totals_by_currency
from ar_xl.core.periods import closed_months
from ar_xl.core.tables import INSTALMENTS
from ar_xl.core.terms import Terms
from ar_xl.ops.credit_memos import memo_applications
from ar_xl.ops.numbering import next_numbers
from ar_xl.ops.open_items import open_items, with_drafts
from ar_xl.ops.rates import rates_for

LEFT_FOR_LATER = code(
    "dated_after_as_of",
    Severity.NOTE,
    "a date on or before the as-of date",
    "It stays a draft; run again with a later --as-of to post it.",
)
POSTED_IN_OPEN_PERIOD = code(
    "posted_in_first_open_period",
    Severity.NOTE,
    "a date in an open month",
    "It keeps its own date and counts in the books from its Posting Date. Nothing to do.",
)


def post_invoices(ledger: Ledger, request: Request) -> Change:
    """Post the draft invoices and memos dated up to the as-of date.

    Args:
        ledger: its drafts are checked and good.
        request: later-dated drafts stay drafts, and that is said.

    Returns:
        The posted rows, their instalments, and the applications of credit memos that name an
        invoice. Totals are by document type and currency, minor units.
    """
    drafts = ledger.draft("Invoices")
    later = drafts.dates("invoice_date") > day(request.as_of)
    findings = rows_found(
        later, drafts, LEFT_FOR_LATER, "invoice_date", "invoice_no",
        lambda i: f"{drafts.dates('invoice_date')[i]}, after {request.as_of}",
    )  # fmt: skip
    documents = _completed(ledger, drafts.take(~later))
    if not len(documents):
        return Change(findings=tuple(findings))
    documents, instalments = _with_due_dates(ledger, documents)
    documents = documents.replace(
        posting_date=closed_months(ledger.posted("Periods")).posting_dates(
            documents.dates("invoice_date")
        )
    )
    findings += _late_for_their_period(documents)
    made = Change(posts={"Invoices": documents}, appends={"Instalments": instalments})
    applications, memo_findings = _memo_applications(ledger.after(made), documents)
    return Change(
        posts={"Invoices": documents},
        appends={"Instalments": instalments, "Applications": applications},
        findings=(*findings, *memo_findings),
        totals=_totals(documents),
    )


def customer_values(ledger: Ledger, customer_ids: TextArray, column: str) -> TextArray:
    """A text column of the Customers table for each customer; "" where it is not there."""
    customers = ledger.posted("Customers")
    at = positions(customers.text("customer_id"), customer_ids)
    with_none = np.concatenate([customers.text(column), np.array([""], dtype=object)])
    return np.asarray(with_none[at], dtype=object)


def first_filled(*candidates: TextArray) -> TextArray:
    """Cell by cell the first of several texts that is not empty."""
    out = candidates[0].copy()
    for values in candidates[1:]:
        empty = out == ""
        out[empty] = values[empty]
    return out


def _completed(ledger: Ledger, drafts: Frame) -> Frame:
    """Type, currency, terms, number and rate where the draft leaves them out."""
    settings = ledger.policy.settings
    kind = drafts.text("type").copy()
    kind[kind == ""] = "Invoice"
    customer = drafts.text("customer_id")
    currency = first_filled(drafts.text("currency"), customer_values(ledger, customer, "currency"))
    currency[currency == ""] = settings.base_currency
    terms = first_filled(drafts.text("terms"), customer_values(ledger, customer, "terms"))
    terms[(terms == "") & (kind != "Credit Memo")] = settings.default_terms
    terms[kind == "Credit Memo"] = drafts.text("terms")[kind == "Credit Memo"]
    number = drafts.text("invoice_no").copy()
    taken = with_drafts(ledger, "Invoices").text("invoice_no")
    prefix = filled(len(drafts), settings.invoice_prefix)
    prefix[kind == "Credit Memo"] = settings.memo_prefix
    prefix[kind == "Late Fee"] = settings.fee_prefix
    for series in dict.fromkeys(prefix[number == ""]):  # types may share a series
        wanting = (number == "") & (prefix == series)
        made = next_numbers(series, taken, int(wanting.sum()))
        number[wanting] = made
        taken = np.concatenate([taken, made])
    return drafts.replace(
        type=kind,
        currency=currency,
        terms=terms,
        invoice_no=number,
        rate=rates_for(ledger.policy, currency, drafts.dates("invoice_date")),
    )


def _with_due_dates(ledger: Ledger, documents: Frame) -> tuple[Frame, Frame]:
    """Due dates by the terms where none is typed, and the instalments of terms that have parts."""
    due = documents.dates("due_date").copy()
    invoiced = documents.dates("invoice_date")
    wanting = np.isnat(due)
    due[wanting] = invoiced[wanting]
    parts: list[Frame] = [Frame.empty(INSTALMENTS)]
    (codes,), names = codes_of(documents.text("terms"))
    memo = documents.text("type") == "Credit Memo"
    for index, name in enumerate(names):
        terms = ledger.policy.terms.get(name)
        rows = np.flatnonzero(wanting & ~memo & (codes == index))
        if terms is None or not len(rows):
            continue
        if len(terms.parts) > 1:
            lines = _instalments(documents.take(rows), terms)
            parts.append(lines)
            due[rows] = lines.dates("due_date")[-len(rows) :]
        elif terms.parts:
            due[rows] = terms.part_due_dates(invoiced[rows])[0]
        else:
            due[rows] = terms.due_dates(invoiced[rows])
    done = documents.replace(due_date=due)
    instalments = concat(parts)
    posting = closed_months(ledger.posted("Periods")).posting_dates(invoiced)
    at = positions(done.text("invoice_no"), instalments.text("invoice_no"))
    return done, instalments.replace(posting_date=posting[at])


def _instalments(documents: Frame, terms: Terms) -> Frame:
    """The instalment rows of documents that share terms, line by line."""
    digits = [exponent(code) for code in documents.text("currency")]
    amounts: list[IntArray] = [np.empty(len(documents), dtype=np.int64) for _ in terms.parts]
    for digit in set(digits):
        rows = np.flatnonzero(np.array(digits) == digit)
        split = terms.part_amounts(documents.ints("amount")[rows], digit)
        for line, values in enumerate(split):
            amounts[line][rows] = values
    frames = [
        Frame.build(
            INSTALMENTS,
            len(documents),
            invoice_no=documents.text("invoice_no"),
            line=line,
            due_date=due,
            amount=amounts[line - 1],
        )
        for line, due in enumerate(terms.part_due_dates(documents.dates("invoice_date")), start=1)
    ]
    return concat(frames)


def _memo_applications(ledger: Ledger, documents: Frame) -> tuple[Frame, list[Finding]]:
    memos = documents.take(documents.text("type") == "Credit Memo")
    items = open_items(ledger, LAST_DATE)
    return memo_applications(ledger, memos, items)


def _late_for_their_period(documents: Frame) -> list[Finding]:
    moved = documents.dates("posting_date") != documents.dates("invoice_date")
    return rows_found(
        moved, documents, POSTED_IN_OPEN_PERIOD, "invoice_date", "invoice_no",
        lambda i: f"{documents.dates('invoice_date')[i]} lies in a closed month; posted "
        f"{documents.dates('posting_date')[i]}",
    )  # fmt: skip


def _totals(documents: Frame) -> dict[str, dict[str, int]]:
    """Amounts by document type and currency."""
    kind, amount = documents.text("type"), documents.ints("amount")
    assert not (amount == BLANK).any(), "a document without an amount passed the checks"
    return {
        name: totals_by_currency(documents.text("currency")[kind == name], amount[kind == name])
        for name in dict.fromkeys(kind)
    }
