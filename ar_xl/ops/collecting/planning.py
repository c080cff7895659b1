"""Plans are made and posted: the schedule asked for, or draft lines that somebody typed.

Interest comes into the books as documents of the plan (docs/adr/0013): one late fee a line, dated
and due on the line's due date, so that nothing of it is owed, aged or earned before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, positions, text_array
from ar_xl.core.collectingtables import PLANS
from ar_xl.core.dates import day
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code, rows_found
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import money_text, totals_by_currency
from ar_xl.core.periods import closed_months
from ar_xl.core.tables import INVOICES
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.planinterest import ever_used
from ar_xl.ops.collecting.planrows import (
    DOCUMENTS_APART,
    PLAN_CURRENCIES,
    PLAN_DOCUMENT,
    PlanDraft,
    draft_findings,
    plan_drafts,
    plan_in_the_way,
    plan_items,
    standing_plans,
)
from ar_xl.ops.collecting.plans import document_numbers, interest_number
from ar_xl.ops.collecting.planterms import Schedule, due_dates, read_amounts, schedule
from ar_xl.ops.numbering import next_numbers
from ar_xl.ops.open_items import OpenItems, open_items, with_drafts
from ar_xl.ops.post_invoices import LEFT_FOR_LATER, POSTED_IN_OPEN_PERIOD
from ar_xl.ops.rates import rates_for

PLAN_CUSTOMER = code(
    "plan_customer_unknown",
    Severity.ERROR,
    "a Customer ID of the Customers sheet",
    "Look the customer up on the Customers sheet.",
    Exit.WRONG_CALL,
)
NOTHING_TO_PLAN = code(
    "plan_of_nothing",
    Severity.ERROR,
    "documents of the customer with something open that is not disputed and in no other plan",
    "Name the documents, or look at the customer's open items.",
    Exit.REFUSED,
)
PLAN_LEAVES_OUT = code(
    "plan_leaves_out",
    Severity.NOTE,
    "all that is open of the documents",
    "Nothing, if so agreed. Disputed amounts are taken in where that is asked for, instalments "
    "not due yet where the documents are named.",
)


@dataclass(frozen=True)
class Asked:
    """What a plan is asked for.

    Args:
        customer: whose plan.
        documents: what it is about; none is all that is past due and in no live plan.
        first, payments, every: the steps of its due dates, where `dues` are not given.
        dues: its due dates.
        amounts: what is paid each time, as typed: `300, 300, rest`; "" makes equal parts.
        percent: interest a year; None takes that of the settings.
        agreed: the day of the agreement.
        with_disputed: disputed amounts are in it too.
    """

    customer: str
    agreed: date
    documents: tuple[str, ...] = ()
    first: date | None = None
    payments: int = 0
    every: str = "month"
    dues: tuple[date, ...] = ()
    amounts: str = ""
    percent: Decimal | None = None
    with_disputed: bool = False


def asked_plan(ledger: Ledger, asked: Asked) -> tuple[Frame, tuple[Finding, ...]]:
    """Make the lines of a plan that somebody asks for.

    Args:
        ledger: posted rows count.
        asked: whose, what, when.

    Returns:
        The lines, not numbered and not posted, and what was left out of it.

    Raises:
        Refusal: nothing to plan, several currencies, or terms that do not work out.
    """
    if positions(ledger.posted("Customers").text("customer_id"), text_array([asked.customer])) < 0:
        raise Refusal(PLAN_CUSTOMER, f"There is no customer `{asked.customer[:60]}`.")
    documents, elsewhere = asked.documents, ""
    if not documents:
        documents, elsewhere = _past_due(ledger, asked)
    items = plan_items(ledger, documents, asked.agreed)
    for number in asked.documents:
        if number not in items.invoice_no.tolist():
            seen = f"`{number[:60]}`, of which nothing is open on {asked.agreed}."
            raise Refusal(PLAN_DOCUMENT, seen)
    held = disputed(ledger, items, asked.agreed)
    items, held, ahead = _wanted(items, held, asked)
    currencies = totals_by_currency(items.currency, items.open)
    if len(currencies) > 1:
        shown = " and ".join(f"{c} {money_text(a, c)}" for c, a in currencies.items())
        raise Refusal(PLAN_CURRENCIES, f"{asked.customer} owes {shown}.")
    total = int(items.open.sum()) - (0 if asked.with_disputed else int(held.sum()))
    if not documents or total <= 0:
        seen = f"Nothing of {asked.customer} can be planned on {asked.agreed}"
        raise Refusal(NOTHING_TO_PLAN, f"{seen}{_all_held(items, held) or elsewhere}.")
    (currency,) = currencies
    percent = asked.percent if asked.percent is not None else ledger.policy.settings.plan_interest
    dues = asked.dues or due_dates(asked.first or asked.agreed, asked.payments, asked.every)
    made = schedule(
        total, currency, asked.agreed, dues, read_amounts(asked.amounts, currency),
        percent or Decimal(0),
    )  # fmt: skip
    rows = _rows(asked, documents, currency, made)
    findings = draft_findings(ledger, PlanDraft(rows, tuple(documents)), asked.agreed, {})
    if findings:
        raise Refusal(findings[0].code, f"{_capital(findings[0].seen)}.")
    return rows, tuple(_said(int(held.sum()), ahead, currency, asked))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _past_due(ledger: Ledger, asked: Asked) -> tuple[tuple[str, ...], str]:
    """The customer's documents past due that are free, oldest first, and where others are."""
    items = open_items(ledger, asked.agreed)
    late = (items.customer_id == asked.customer) & (items.open > 0)
    late &= items.due_date < day(asked.agreed)
    items = items.take(np.flatnonzero(late))
    standing = standing_plans(ledger, asked.agreed, asked.agreed)
    plans = {
        number: plan_in_the_way(ledger, standing, number, asked.agreed)
        for number in items.invoice_no.tolist()
    }
    free = np.array([not plans[number] for number in items.invoice_no.tolist()], dtype=np.bool_)
    free &= (items.open - disputed(ledger, items, asked.agreed) > 0) | asked.with_disputed
    items = items.take(free)
    order = np.lexsort((items.line, items.invoice_date, items.due_date))
    taken = [f"`{number}` is in {plan}" for number, plan in plans.items() if plan]
    elsewhere = f": {'; '.join(taken[:5])}{'; ...' if len(taken) > 5 else ''}" if taken else ""
    return tuple(dict.fromkeys(items.invoice_no[order].tolist())), elsewhere


def _all_held(items: OpenItems, held: IntArray) -> str:
    if not len(items) or not held.any():
        return ""
    currency = str(items.currency[0])
    return f": all {currency} {money_text(int(held.sum()), currency)} is disputed"


def _wanted(items: OpenItems, held: IntArray, asked: Asked) -> tuple[OpenItems, IntArray, int]:
    """The items to plan, what is disputed of each, and what is left out as it is not due yet.

    Where nobody named documents it is what is past due: instalments to come keep their dates.
    """
    if asked.documents:
        return items, held, 0
    own = items.customer_id == asked.customer
    late = own & (items.due_date < day(asked.agreed))
    return items.take(late), held[late], int(items.open[own & ~late].sum())


def _said(held: int, ahead: int, currency: str, asked: Asked) -> Iterator[Finding]:
    if held and not asked.with_disputed:
        seen = f"{currency} {money_text(held, currency)} in dispute is not in the plan"
        yield Finding(PLAN_LEAVES_OUT, row_id=asked.customer, seen=seen)
    if ahead:
        seen = f"{currency} {money_text(ahead, currency)} not due yet is not in the plan"
        yield Finding(PLAN_LEAVES_OUT, row_id=asked.customer, seen=seen)


def _rows(asked: Asked, documents: tuple[str, ...], currency: str, made: Schedule) -> Frame:
    return Frame.build(
        PLANS,
        len(made.dues),
        line=np.arange(1, len(made.dues) + 1),
        customer_id=asked.customer,
        documents=DOCUMENTS_APART.join(documents),
        currency=currency,
        due_date=np.array(made.dues, dtype="datetime64[D]"),
        amount=np.array(made.amounts, dtype=np.int64),
        interest=np.array(made.interest, dtype=np.int64),
        agreed=np.full(len(made.dues), day(asked.agreed)),
    )


def post_plans(ledger: Ledger, request: Request) -> Change:
    """Post the draft lines of plans agreed up to the as-of date.

    Args:
        ledger: its drafts are checked and good.
        request: plans agreed later stay drafts, and that is said.
    """
    drafts = ledger.draft("Plans")
    later = drafts.dates("agreed") > day(request.as_of)
    findings = rows_found(
        later, drafts, LEFT_FOR_LATER, "agreed", "plan_no",
        lambda i: f"{drafts.dates('agreed')[i]}, after {request.as_of}",
    )  # fmt: skip
    done = posted_plans(ledger, drafts.take(~later))
    if not len(done):
        return Change(findings=tuple(findings))
    return plan_change(ledger, done, typed=True, findings=findings)


def posted_plans(ledger: Ledger, drafts: Frame) -> Frame:
    """Draft lines as they will stand: numbered, in the documents' currency, with Posting Date."""
    plans = plan_drafts(ledger, drafts)
    made = iter(_free_numbers(ledger, [plan for plan in plans if not plan.number]))
    done = [Frame.empty(PLANS)]
    for plan in plans:
        currency = str(plan_items(ledger, plan.documents, plan.agreed).currency[0])
        done.append(
            plan.rows.replace(
                plan_no=plan.number or next(made),
                line=np.arange(1, len(plan.rows) + 1),
                documents=_as_read_back(ledger, plan),
                currency=currency,
                interest=np.where(plan.interest == 0, BLANK, plan.interest),
                status="Due",
            )
        )
    rows = concat(done)
    posting = closed_months(ledger.posted("Periods")).posting_dates(rows.dates("agreed"))
    return rows.replace(posting_date=posting)


def _free_numbers(ledger: Ledger, plans: list[PlanDraft]) -> list[str]:
    """The next numbers for plans; one whose interest documents had other numbers is passed over."""
    taken = with_drafts(ledger, "Plans").text("plan_no")
    used = {number.casefold() for number in taken.tolist()}
    made: list[str] = []
    for plan in plans:
        free = False
        while not free:
            number = str(next_numbers(ledger.policy.settings.plan_prefix, taken, 1, width=1)[0])
            taken = np.append(taken, number)
            free = number.casefold() not in used and not ever_used(ledger, number, len(plan.rows))
        made.append(number)
    return made


def _as_read_back(ledger: Ledger, plan: PlanDraft) -> str:
    """Documents as the sheet has them: what is read back is what was agreed, and the customer's.

    Raises:
        Refusal: it is not; that would put other documents into the plan.
    """
    text = DOCUMENTS_APART.join(plan.documents)
    read = document_numbers(text)
    items = plan_items(ledger, read, plan.agreed)
    own = items.invoice_no[items.customer_id == plan.customer].tolist()
    if tuple(read) != plan.documents or not set(read) <= set(own) or len(own) != len(items):
        raise Refusal(PLAN_DOCUMENT, f"`{text[:80]}` is not all of {plan.customer}.")
    return text


def plan_change(
    ledger: Ledger, rows: Frame, typed: bool, findings: list[Finding] | None = None
) -> Change:
    """The change that posts numbered lines, with the documents of their interest.

    Args:
        ledger: as before.
        rows: as `posted_plans` completes them.
        typed: the rows stand on the sheet as drafts.
        findings: what was said so far.
    """
    principal = rows.ints("amount") - np.where(rows.ints("interest") == BLANK, 0,
                                               rows.ints("interest"))  # fmt: skip
    moved = rows.dates("posting_date") != rows.dates("agreed")
    moved &= rows.ints("line") == 1
    said = rows_found(
        moved, rows, POSTED_IN_OPEN_PERIOD, "agreed", "plan_no",
        lambda i: f"{rows.dates('agreed')[i]} lies in a closed month; posted "
        f"{rows.dates('posting_date')[i]}",
    )  # fmt: skip
    interest = _interest(ledger, rows)
    appends = {"Invoices": interest} if len(interest) else {}
    currency = rows.text("currency")
    totals = {"on plan": totals_by_currency(currency, principal)}
    if len(interest):
        totals["interest"] = totals_by_currency(interest.text("currency"), interest.ints("amount"))
    return Change(
        posts={"Plans": rows} if typed else {},
        appends=appends if typed else {"Plans": rows, **appends},
        findings=(*(findings or ()), *said),
        totals=totals,
    )


def _interest(ledger: Ledger, rows: Frame) -> Frame:
    """One document a line that has interest, dated and due when the line is due."""
    mine = rows.take(np.flatnonzero(rows.ints("interest") > 0))
    dues, amount, currency = mine.dates("due_date"), mine.ints("interest"), mine.text("currency")
    number: TextArray = text_array(
        interest_number(plan, line)
        for plan, line in zip(
            mine.text("plan_no").tolist(), mine.ints("line").tolist(), strict=True
        )
    )
    return Frame.build(
        INVOICES,
        len(mine),
        invoice_no=number,
        type="Late Fee",
        customer_id=mine.text("customer_id"),
        invoice_date=dues,
        due_date=dues,
        currency=currency,
        amount=amount,
        tax=np.zeros(len(mine), dtype=np.int64),
        non_discountable=amount,
        reference=mine.text("plan_no"),
        description=text_array(
            f"Interest of payment plan {plan} to {due}"
            for plan, due in zip(mine.text("plan_no").tolist(), dues.astype(str), strict=True)
        ),
        rate=rates_for(ledger.policy, currency, dues),
        posting_date=closed_months(ledger.posted("Periods")).posting_dates(dues),
    )
