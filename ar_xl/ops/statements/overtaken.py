"""Statements that wait to be sent and should not go any more.

A statement whose figures are not those of today is still an honest one of its date. It does not go
to who owes nothing by now, nor to whom nothing is to be sent without a second look: reminders are
blocked, the account is closed, or others speak with the customer.
"""

from __future__ import annotations

from datetime import date

from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.sending import unsent
from ar_xl.ops.customers import customer_values
from ar_xl.ops.relations import Relations
from ar_xl.ops.statements.deciding import Asked, Statement, statements

NOTHING_DUE = "Nothing due"  # Outcome of a statement that was made although, or because, it is so


def overtaken_statements(ledger: Ledger, as_of: date) -> dict[int, str]:
    """Statements that wait and are held back.

    Args:
        ledger: as it stands now.
        as_of: the day they would go out.

    Returns:
        The sheet row of each in Activities, with why.
    """
    rows = unsent(ledger, date.max, ("Statement",))
    if not len(rows):
        return {}
    decided = statements(ledger, Asked(as_of, everyone=True))
    refused = {each.customer_id: each.why.partition(";")[0] for each in decided.left_out}
    relations = Relations(ledger)
    owing = {each.recipient.customer_id for each in decided.papers if owes(each)}
    owing |= set(refused)  # for those it is not looked at
    owing |= {relations.root(each) for each in owing}
    blocks = customer_values(ledger, rows.text("customer_id"), "reminder_block")
    found = zip(
        rows.row.tolist(), rows.text("customer_id").tolist(), rows.text("outcome").tolist(),
        blocks.tolist(), strict=True,
    )  # fmt: skip
    held = {}
    for row, customer, outcome, block in found:
        if customer in refused:
            held[row] = refused[customer]
        elif block:
            held[row] = f"reminders are blocked: {block}"
        elif customer not in owing and outcome != NOTHING_DUE:
            held[row] = "nothing is owed any more"
    return held


def owes(statement: Statement) -> bool:
    """Whether something is due by a statement, in any currency."""
    return any(section.total > 0 for section in statement.sections)
