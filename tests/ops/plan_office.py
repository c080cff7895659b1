"""An office that makes payment plans: a clerk with an account that is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ar_xl.core.findings import Refusal
from ar_xl.core.policy import Policy
from ar_xl.ops.collecting.planend import end_plan
from ar_xl.ops.collecting.planning import Asked, asked_plan, plan_change, post_plans, posted_plans
from ar_xl.ops.collecting.planrows import plan_findings
from ar_xl.ops.collecting.plans import plan_states
from ar_xl.ops.fees.late_fees import late_fees
from tests.ledger_text import policy
from tests.ops.adjusting_books import CUSTOMERS
from tests.ops.clerk import Clerk

LATE = """
    Invoices
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-01-05   | 2026-02-04 | 400.00
    INV-2      | ACME        | 2026-01-10   | 2026-02-09 | 500.01
    INV-3      | ACME        | 2026-03-05   | 2026-04-04 | 50.00
    INV-4      | BOLT        | 2026-01-10   | 2026-02-09 | 70.00
"""


class Planner(Clerk):
    """A clerk who makes and calls off plans."""

    def plans(self, agreed: str = "2026-03-10", payments: int = 3, **asked: Any) -> list[str]:
        """Make a plan of ACME, first due on 1 April; its lines, and what was left out."""
        on = date.fromisoformat(agreed)
        wanted = Asked("ACME", on, first=date(2026, 4, 1), payments=payments)
        rows, said = asked_plan(self.books, replace(wanted, **asked))
        done = posted_plans(self.books, rows)
        self._take(plan_change(self.books, done, typed=False), self.asked(agreed))
        return [*self.lines(agreed), *(finding.seen for finding in said)]

    def posts_plans(self, as_of: str) -> list[str]:
        """Post draft plans; what is wrong with them."""
        found = plan_findings(self.books, date.fromisoformat(as_of))
        if not found:
            self._take(post_plans(self.books, self.asked(as_of)), self.asked(as_of))
        return [f"{each.code.name}: {each.seen}" for each in found]

    def calls_off(self, plan: str, as_of: str, reason: str = "sold") -> None:
        """Call a plan off."""
        asked = replace(self.asked(as_of), reason=reason)
        self._take(end_plan(self.books, asked, plan), asked)

    def charges(self, as_of: str) -> list[str]:
        """Charge late fees; every line of the run: fee, days, note."""
        asked = self.asked(as_of)
        run = late_fees(self.books, asked)
        self._take(run.change, asked)
        return [
            f"{run.invoice_no[i]} | {run.fee[i]} | {run.start[i]} | {run.note[i]}"
            for i in range(len(run))
        ]

    def lines(self, as_of: str) -> list[str]:
        """Each line of each plan: due, amount, interest, received, status."""
        each = plan_states(self.books, date.fromisoformat(as_of)).lines
        return [
            f"{each.due_date[i]} | {each.amount[i]} | {each.interest[i]} | {each.filled[i]} | "
            f"{each.status[i]}"
            for i in range(len(each.line))
        ]

    def state(self, as_of: str) -> list[str]:
        """How each plan stands, and since when."""
        each = plan_states(self.books, date.fromisoformat(as_of))
        return [f"{a} {b}" for a, b in zip(each.state, each.ended, strict=True)]


def late_office(rules: Policy | None = None) -> Planner:
    """ACME owes 900.01 past due and 50.00 that is not."""
    clerk = Planner(CUSTOMERS, rules or policy())
    clerk.types(LATE)
    clerk.posts()
    return clerk


def refused(clerk: Planner, **asked: Any) -> str:
    """Why a plan is not made."""
    try:
        clerk.plans(**asked)
    except Refusal as refusal:
        return f"{refusal.code.name}: {refusal.seen}"
    return ""
