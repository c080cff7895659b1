"""What-if: the late fees of a run under another fee policy, beside those of the run.

The same functions reckon both, on the same books; only the customers' own fee policies are other
ones. What has been charged for a month would count as charged under any policy, so a month whose
run was posted is looked at as it stood before that run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.dates import as_date, period_of
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.ledger import Ledger
from ar_xl.ops.fees.late_fees import LateFees, assess
from ar_xl.ops.past import before

NO_FEES = "none"
MOST = 5  # policies side by side: a sheet that people still read
UNKNOWN_WHAT_IF = code(
    "what_if_policy_unknown",
    Severity.ERROR,
    "a name of the Fee Policies sheet, several with semicolons between them, or `none`",
    "Name it as the Fee Policies sheet does.",
    Exit.WRONG_CALL,
)


@dataclass(frozen=True)
class WhatIf:
    """A run and what it would be under other policies; nothing is posted.

    Args:
        actual: the run by the policies as they are.
        others: the same run with one policy in place of every customer's own, by its name.
        run_taken_back: the batch of the month's run that was posted; both are as before it. ""
            where the month was not charged yet.
    """

    actual: LateFees
    others: tuple[tuple[str, LateFees], ...]
    run_taken_back: str


def what_if(ledger: Ledger, as_of: date, names: Sequence[str]) -> WhatIf:
    """Reckon a run of late fees under other policies.

    Args:
        ledger: posted rows count; nothing is changed.
        as_of: charged to this day.
        names: of fee policies; `none` stands for no late fees.

    Raises:
        Refusal: a name that is not on the Fee Policies sheet, none, or too many.
    """
    wanted = list(dict.fromkeys(name for name in (each.strip() for each in names) if name))
    for name in wanted:
        if name not in ledger.policy.fee_policies and name.casefold() != NO_FEES:
            known = ", ".join(f"`{each}`" for each in ledger.policy.fee_policies)
            seen = f"There is no fee policy `{name[:60]}`."
            raise Refusal(UNKNOWN_WHAT_IF, seen, fix=f"Name one of: {known}, or `none`.")
    if not wanted or len(wanted) > MOST:
        seen = f"{len(wanted):,} policies were named."
        raise Refusal(UNKNOWN_WHAT_IF, seen, fix=f"Name from 1 to {MOST}.")
    posted = _run_of_month(ledger, as_of)
    books = before(ledger, posted) if posted else ledger
    others = tuple((name, assess(under(books, name), as_of)) for name in wanted)
    return WhatIf(assess(books, as_of), others, posted)


def under(ledger: Ledger, name: str) -> Ledger:
    """The same books, with one fee policy in place of every customer's own.

    Args:
        ledger: it is not changed.
        name: of the policy; `none` stands for no late fees.
    """
    own = name if name in ledger.policy.fee_policies else ""
    customers = ledger.posted("Customers").replace(fee_policy=own)
    settings = replace(ledger.policy.settings, default_fee_policy=own)
    return replace(
        ledger,
        tables={**ledger.tables, "Customers": customers},
        policy=replace(ledger.policy, settings=settings),
        views={},
    )


def _run_of_month(ledger: Ledger, as_of: date) -> str:
    """The first run of late fees for the month that was posted and not undone, "" for none."""
    batches = ledger.posted("Batches")
    undone = set(batches.text("reverses").tolist())
    runs = np.flatnonzero(batches.text("command") == "late-fees")
    days = batches.dates("as_of")
    found = [
        str(batches.text("batch")[at])
        for at in runs.tolist()
        if not np.isnat(days[at]) and period_of(as_date(days[at])) == period_of(as_of)
    ]
    return min((batch for batch in found if batch not in undone), default="")
