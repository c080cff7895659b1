"""Draft lines of plans: which belong together, what they are about, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, DateArray, IntArray, positions, text_array
from ar_xl.core.dates import LAST_DATE, as_date, day
from ar_xl.core.findings import Code, Exit, Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponent, money_text
from ar_xl.ops.checks_common import (
    NUMBER_TWICE,
    known_customers,
    positive_amounts,
    required_cells,
    resolved_currencies,
)
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.planinterest import interest_without_use, numbers_in_use
from ar_xl.ops.collecting.plans import BROKEN, LIVE, PlanStates, document_numbers, plan_states
from ar_xl.ops.open_items import OpenItems, open_items, posted_by, zero_if_blank

PLAN_DOCUMENT = code(
    "plan_document_not_open",
    Severity.ERROR,
    "posted documents of the customer that are open on the day the plan is agreed",
    "Correct Documents: numbers as on the invoices, with semicolons between them.",
)
PLAN_TWICE = code(
    "plan_document_in_another_plan",
    Severity.ERROR,
    "documents that are in no other plan on the day of the agreement or later",
    "Leave the document out, or call the other plan off first and agree on that day or later.",
)
PLAN_NAMELESS = code(
    "plan_document_with_semicolon",
    Severity.ERROR,
    "document numbers without semicolons, line breaks and blanks at their ends: semicolons stand "
    "between the documents of a plan",
    "Name the other documents; that one stays out of the plan.",
    Exit.REFUSED,
)
PLAN_CURRENCIES = code(
    "plan_of_several_currencies",
    Severity.ERROR,
    "documents of one currency, and that one in Currency",
    "Make one plan a currency.",
)
PLAN_SUM = code(
    "plan_does_not_add_up",
    Severity.ERROR,
    "lines that add up to what is open of the documents, without what is disputed, and interest",
    "Correct the amounts; the last line takes what rounding leaves.",
)
PLAN_LINES = code(
    "plan_lines_differ",
    Severity.ERROR,
    "one customer, the same documents and the same day on all lines of a plan",
    "Make the lines agree, or give them another Plan No.",
)
PLAN_DUE = code(
    "plan_due_before_agreed",
    Severity.ERROR,
    "due dates on the day of the agreement or later",
    "Correct Due Date or Agreed.",
)
PLAN_INTEREST = code(
    "plan_interest_out_of_range",
    Severity.ERROR,
    "interest that is not negative and no more than the amount of its line",
    "Correct Interest; the amount contains it.",
)


DOCUMENTS_APART = "; "


@dataclass(frozen=True)
class PlanDraft:
    """The draft lines of one plan.

    Args:
        rows: by due date.
        documents: their numbers.
    """

    rows: Frame
    documents: tuple[str, ...]

    @property
    def number(self) -> str:
        """Its Plan No, "" where posting is to give one."""
        return str(self.rows.text("plan_no")[0])

    @property
    def customer(self) -> str:
        """Whose plan it is."""
        return str(self.rows.text("customer_id")[0])

    @property
    def agreed(self) -> date:
        """When it was agreed."""
        return as_date(self.rows.dates("agreed")[0])

    @property
    def interest(self) -> IntArray:
        """The interest of each line."""
        return zero_if_blank(self.rows.ints("interest"))

    @property
    def principal(self) -> int:
        """What the lines come to without interest."""
        return int(self.rows.ints("amount").sum() - self.interest.sum())


def named_documents(ledger: Ledger, text: str) -> tuple[str, ...]:
    """Read documents as somebody typed them: `INV-7; INV-9`, `INV-7, INV-9`; each once, in order.

    What stands between two semicolons is one number where a document has it as it stands, comma
    and all, as in a Remittance; else a comma is between two numbers.
    """
    pieces = [piece.strip().strip(",").strip() for piece in re.split(r"[;\n]", text)]
    pieces = [piece for piece in pieces if piece]
    known = positions(ledger.posted("Invoices").text("invoice_no"), text_array(pieces)) >= 0
    made = [
        part.strip()
        for piece, whole in zip(pieces, known.tolist(), strict=True)
        for part in ([piece] if whole else piece.split(","))
    ]
    return tuple(dict.fromkeys(part for part in made if part))


def plan_drafts(ledger: Ledger, rows: Frame) -> list[PlanDraft]:
    """Put draft lines together: by Plan No, else by customer, documents and day."""
    texts_of = {text: named_documents(ledger, text) for text in rows.text("documents").tolist()}
    read = [DOCUMENTS_APART.join(texts_of[text]) for text in rows.text("documents").tolist()]
    rows = rows.replace(documents=text_array(read))
    groups: dict[tuple[str, ...], list[int]] = {}
    texts = zip(
        rows.text("plan_no").tolist(), rows.text("customer_id").tolist(),
        rows.text("documents").tolist(), rows.dates("agreed").astype(str).tolist(), strict=True,
    )  # fmt: skip
    for i, (number, customer, documents, agreed) in enumerate(texts):
        key = (number.casefold(),) if number else (customer, *document_numbers(documents), agreed)
        groups.setdefault(key, []).append(i)
    made = []
    for places in groups.values():
        mine = rows.take(np.array(places))
        mine = mine.take(np.lexsort((mine.ints("line"), mine.dates("due_date"))))
        made.append(PlanDraft(mine, tuple(document_numbers(str(mine.text("documents")[0])))))
    return made


def plan_findings(ledger: Ledger, as_of: date) -> list[Finding]:
    """What is wrong with draft lines of plans; errors keep their plan from being posted.

    Args:
        ledger: posted rows, drafts, customers.
        as_of: plans that are live by then stand in the way of others.
    """
    rows = ledger.draft("Plans")
    if not len(rows):
        return []
    found = [
        *required_cells(rows, "plan_no"),
        *known_customers(ledger, rows, "plan_no"),
        *positive_amounts(rows, "plan_no", resolved_currencies(ledger, rows)),
    ]
    bad = {finding.row for finding in found}
    taken: dict[str, str] = {}
    for draft in plan_drafts(ledger, rows):
        if not bad & set(draft.rows.row.tolist()):
            found += draft_findings(ledger, draft, as_of, taken)
    return found


def draft_findings(
    ledger: Ledger, draft: PlanDraft, as_of: date, taken: dict[str, str]
) -> list[Finding]:
    """What is wrong with one plan whose cells are filled in.

    Args:
        ledger: posted rows count.
        draft: the plan.
        as_of: plans that are live by then, or on the day it was agreed, stand in its way.
        taken: documents of other drafts, and the plan they are in; its own are added.
    """
    rows, found = draft.rows, list(_of_lines(draft))
    if found:
        return found
    standing = standing_plans(ledger, draft.agreed, as_of)
    found += _of_number(ledger, draft, standing)
    if found:
        return found
    items = plan_items(ledger, draft.documents, draft.agreed)
    found += _of_documents(draft, items)
    for number in draft.documents:
        other = plan_in_the_way(ledger, standing, number, draft.agreed)
        other = other or _with_interest(ledger, standing[0], number) or taken.get(number, "")
        if other:
            found.append(_finding(draft, PLAN_TWICE, "documents", f"`{number}` is in {other}"))
        taken[number] = draft.number or f"the plan of row {int(rows.row[0])}"
    return found or _of_sum(ledger, draft, items)


def plan_items(ledger: Ledger, documents: Iterable[str], agreed: date) -> OpenItems:
    """The open items of documents on the day of an agreement."""
    items = open_items(ledger, agreed)
    wanted = np.isin(items.invoice_no.astype(str), list(documents)) & (items.open > 0)
    return items.take(np.flatnonzero(wanted))


def late_at(items: OpenItems, agreed: date) -> BoolArray:
    """Which items are past due on the day of an agreement: a plan may be of these alone."""
    return np.asarray(items.due_date < day(agreed), dtype=np.bool_)


def standing_plans(ledger: Ledger, agreed: date, as_of: date) -> tuple[PlanStates, ...]:
    """The plans that may stand in the way of one: on the day of its agreement, now, and ever."""
    return tuple(plan_states(ledger, when) for when in (agreed, max(as_of, agreed), LAST_DATE))


def plan_in_the_way(
    ledger: Ledger, standing: tuple[PlanStates, ...], number: str, agreed: date
) -> str:
    """The plan that a document is in and that was not over before another one of it, or "".

    A plan that begins later counts as well, be it only its Posting Date that is later.

    Args:
        ledger: posted rows count.
        standing: see `standing_plans`.
        number: of the document.
        agreed: when the other plan is agreed.
    """
    ever = standing[-1]
    for states in standing[:2]:
        for plan in _plans_of(states, number):
            if states.state[plan] == LIVE:
                return str(states.plan_no[plan])
    begins = plan_begins(ledger, ever)
    for plan in _plans_of(ever, number):
        if begins[plan] > day(agreed):
            return f"{ever.plan_no[plan]}, which stands from {begins[plan]} on"
    return ""


def plan_begins(ledger: Ledger, ever: PlanStates | None = None) -> DateArray:
    """The day from which each plan that was not undone counts: agreed, and posted by then.

    Args:
        ledger: posted rows count.
        ever: the plans at the last date of all, where they were reckoned already.
    """
    ever = ever if ever is not None else plan_states(ledger, LAST_DATE)
    posting = posted_by(ledger.posted("Plans"), LAST_DATE).dates("posting_date")
    first = np.searchsorted(ever.lines.plan, np.arange(len(ever)))
    return np.asarray(np.fmax(ever.agreed, posting[ever.lines.row[first]]))


def _with_interest(ledger: Ledger, then: PlanStates, number: str) -> str:
    """The broken plan of a document whose interest for later would be charged beside a new one's.

    Args:
        ledger: posted rows count.
        then: the plans on the day the new one is agreed.
        number: of the document.
    """
    for plan in _plans_of(then, number):
        if then.state[plan] == BROKEN and len(interest_without_use(ledger, then, plan)):
            broke = f"broken on {then.broken_on[plan]}"
            return f"{then.plan_no[plan]}, {broke}, whose interest for later was not taken back"
    return ""


def _plans_of(states: PlanStates, number: str) -> list[int]:
    of_it = states.pairs.plan[states.pairs.number == number].tolist()
    return list(dict.fromkeys(of_it))


def _of_number(ledger: Ledger, draft: PlanDraft, standing: tuple[PlanStates, ...]) -> list[Finding]:
    """A typed Plan No is no other plan's, and the numbers of its interest are no documents'."""
    if not draft.number:
        return []
    known = {str(number).casefold() for each in standing for number in each.plan_no.tolist()}
    if draft.number.casefold() in known:
        seen = f"`{draft.number}`, posted already"
        return [_finding(draft, NUMBER_TWICE, "plan_no", seen)]
    used = numbers_in_use(ledger, draft.number, draft.rows)
    seen = f"`{used[0]}`, as the interest would be numbered, is a document already" if used else ""
    return [_finding(draft, NUMBER_TWICE, "plan_no", seen)] if used else []


def _finding(draft: PlanDraft, what: Code, column: str, seen: str, nth: int = 0) -> Finding:
    row = int(draft.rows.row[nth])
    return Finding(what, "Plans", row, column, draft.number or draft.customer, seen)


def _of_lines(draft: PlanDraft) -> Iterable[Finding]:
    rows = draft.rows
    for key, name in (("plan_no", "number"), ("customer_id", "customer"), ("currency", "currency")):
        several = list(dict.fromkeys(rows.text(key).tolist()))
        if len(several) > 1:
            seen = f"{name} {several[0] or 'empty'} and {several[1] or 'empty'}"
            yield _finding(draft, PLAN_LINES, key, seen)
    if len({tuple(document_numbers(each)) for each in rows.text("documents").tolist()}) > 1:
        yield _finding(draft, PLAN_LINES, "documents", "lines about different documents")
    if len(set(rows.dates("agreed").astype(str).tolist())) > 1:
        yield _finding(draft, PLAN_LINES, "agreed", "lines agreed on different days")
    early = np.flatnonzero(rows.dates("due_date") < rows.dates("agreed"))
    for nth in early.tolist():
        seen = f"due {rows.dates('due_date')[nth]}, agreed {rows.dates('agreed')[nth]}"
        yield _finding(draft, PLAN_DUE, "due_date", seen, nth)
    interest, amount = draft.interest, rows.ints("amount")
    for nth in np.flatnonzero((interest < 0) | (interest > amount)).tolist():
        currency = str(rows.text("currency")[0]) or "USD"
        seen = f"{money_text(int(interest[nth]), currency)} in "
        seen += money_text(int(amount[nth]), currency)
        yield _finding(draft, PLAN_INTEREST, "interest", seen, nth)


def _of_documents(draft: PlanDraft, items: OpenItems) -> list[Finding]:
    found = []
    for number in draft.documents:
        if document_numbers(number) != [number]:
            seen = f"`{number}`, which would be read as other numbers"
            found.append(_finding(draft, PLAN_NAMELESS, "documents", seen))
    if found:
        return found
    known = dict(zip(items.invoice_no.tolist(), items.customer_id.tolist(), strict=True))
    for number in draft.documents:
        if number not in known:
            seen = f"`{number}`, of which nothing is open on {draft.agreed}"
            found.append(_finding(draft, PLAN_DOCUMENT, "documents", seen))
        elif known[number] != draft.customer:
            seen = f"`{number}` of customer {known[number]} in a plan of {draft.customer}"
            found.append(_finding(draft, PLAN_DOCUMENT, "documents", seen))
    currencies = sorted(set(items.currency.tolist()))
    if len(currencies) > 1:
        found.append(_finding(draft, PLAN_CURRENCIES, "documents", " and ".join(currencies)))
    return found


def _of_sum(ledger: Ledger, draft: PlanDraft, items: OpenItems) -> list[Finding]:
    currency = str(items.currency[0])
    typed = str(draft.rows.text("currency")[0])
    read_as = str(resolved_currencies(ledger, draft.rows)[0])
    if (typed and typed != currency) or exponent(read_as) != exponent(currency):
        seen = f"{typed or 'an empty cell'}; the documents are in {currency}"
        return [_finding(draft, PLAN_CURRENCIES, "currency", seen)]
    held_of, late = disputed(ledger, items, draft.agreed), late_at(items, draft.agreed)
    held, is_open = int(held_of.sum()), int(items.open.sum())
    due, due_held = int(items.open[late].sum()), int(held_of[late].sum())
    if draft.principal in (is_open - held, is_open, due - due_held, due):
        return []
    amounts, interest = int(draft.rows.ints("amount").sum()), int(draft.interest.sum())

    def shown(minor: int) -> str:
        return money_text(minor, currency)

    off = draft.principal - (is_open - held)
    seen = f"lines of {currency} {shown(amounts)}"
    seen += f" with {shown(interest)} interest" if interest else ""
    seen += f"; open on {draft.agreed} is {shown(is_open)}"
    seen += f", of which {shown(held)} is disputed" if held else ""
    seen += f": {shown(abs(off))} too {'much' if off > 0 else 'little'}"
    return [_finding(draft, PLAN_SUM, "amount", seen)]
