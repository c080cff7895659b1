"""Checks of what the user keeps: customers, and policies that name one another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ar_xl.core.arrays import (
    BoolArray,
    TextArray,
    positions,
    text_array,
)
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.ledger import Ledger
from ar_xl.ops.fees.ceilings import UNKNOWN_JURISDICTION
from ar_xl.ops.fees.late_fees import UNKNOWN_POLICY

CUSTOMER_TWICE = code(
    "customer_twice",
    Severity.ERROR,
    "each Customer ID once",
    "Delete one of the rows, or give it an ID of its own.",
)
CUSTOMER_WITHOUT_ID = code(
    "customer_without_id",
    Severity.ERROR,
    "a Customer ID",
    "Fill in the ID, or delete the row.",
)
CUSTOMER_NEW = code(
    "customer_to_complete",
    Severity.NOTE,
    "a customer whose row someone has completed",
    "Fill in what is missing on the Customers sheet and set Status to Active.",
)
CUSTOMER_TERMS = code(
    "customer_terms_unknown",
    Severity.WARNING,
    "terms that stand on the Terms sheet",
    "Correct the customer's terms, or add them; invoices without terms of their own need them.",
)
PARENT_UNKNOWN = code(
    "customer_parent_unknown",
    Severity.WARNING,
    "the ID of another customer of the sheet",
    "Correct Parent ID.",
)
DEFAULT_UNKNOWN = code(
    "default_policy_unknown",
    Severity.ERROR,
    "a name that stands on the sheet of that policy",
    "Correct the setting, or add the policy.",
)
STEP_FEE_UNKNOWN = code(
    "ladder_fee_policy_unknown",
    Severity.WARNING,
    "a fee policy that stands on the Fee Policies sheet",
    "Correct Fee Policy of the step.",
)
_TO_COMPLETE = (("name", "Name"), ("email", "Email"), ("terms", "Terms"))


def _customer_ids(ledger: Ledger) -> list[Finding]:
    """A customer has an ID, and no other has the same."""
    customers = ledger.posted("Customers")
    ids = customers.text("customer_id")
    again = pd.Series(ids, dtype=object).duplicated().to_numpy() & (ids != "")
    first = positions(ids, ids)
    return [
        *rows_found(ids == "", customers, CUSTOMER_WITHOUT_ID, "customer_id", "name",
                    lambda _: "an empty cell"),
        *rows_found(again, customers, CUSTOMER_TWICE, "customer_id", "customer_id",
                    lambda i: f"`{ids[i]}`, also in row {int(customers.row[first[i]])}"),
    ]  # fmt: skip


def _new_customers(ledger: Ledger) -> list[Finding]:
    """A customer that came in with an import is listed until someone completes it."""
    customers = ledger.posted("Customers")
    new = customers.text("status") == "New"

    def seen(i: int) -> str:
        missing = [heading for key, heading in _TO_COMPLETE if customers.text(key)[i] == ""]
        return f"New, without {', '.join(missing)}" if missing else "New, complete"

    return rows_found(new, customers, CUSTOMER_NEW, "status", "customer_id", seen)


def _named(ledger: Ledger, key: str, known: TextArray) -> tuple[TextArray, BoolArray]:
    names = ledger.posted("Customers").text(key)
    return names, (names != "") & (positions(known, names) < 0)


def _customer_policies(ledger: Ledger) -> list[Finding]:
    """Terms, fee policy, jurisdiction and parent of a customer are known."""
    customers = ledger.posted("Customers")
    found: list[Finding] = []
    for key, known, what in (
        ("terms", np.array([*ledger.policy.terms], dtype=object), CUSTOMER_TERMS),
        ("fee_policy", np.array([*ledger.policy.fee_policies], dtype=object), UNKNOWN_POLICY),
        (
            "jurisdiction",
            text_array(each.jurisdiction for each in ledger.policy.fee_ceilings),
            UNKNOWN_JURISDICTION,
        ),
        ("parent_id", customers.text("customer_id"), PARENT_UNKNOWN),
    ):
        names, wrong = _named(ledger, key, known)
        if key == "parent_id":
            wrong |= (names == customers.text("customer_id")) & (names != "")

        def seen(i: int, names: TextArray = names) -> str:
            return f"`{names[i]}`"

        found += rows_found(wrong, customers, what, key, "customer_id", seen)
    return found


def _policies(ledger: Ledger) -> list[Finding]:
    """Policies that name others name ones that exist."""
    policy = ledger.policy
    found = [
        Finding(DEFAULT_UNKNOWN, "Settings", 0, "value", setting, f"`{name}`")
        for setting, name, known in (
            ("Default Terms", policy.settings.default_terms, policy.terms),
            ("Default Fee Policy", policy.settings.default_fee_policy, policy.fee_policies),
        )
        if name and name not in known
    ]
    found += [
        Finding(STEP_FEE_UNKNOWN, "Ladder", 0, "fee_policy", step.name, f"`{step.fee_policy}`")
        for step in policy.ladder
        if step.fee_policy and step.fee_policy not in policy.fee_policies
    ]
    return found


MASTER_CHECKS: tuple[Callable[[Ledger], list[Finding]], ...] = (
    _customer_ids,
    _new_customers,
    _customer_policies,
    _policies,
)
