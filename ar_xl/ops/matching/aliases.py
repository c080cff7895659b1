"""Payer aliases: under which names and accounts customers pay, learnt from what people confirm.

A name confirmed for two customers is ambiguous: it stays in the table for both, and whoever reads
the table asks instead of guessing. A correction takes a confirmation away from who it was not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.customers import customer_values

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Confirmed:
    """What people decided about payers, one element a bank line.

    Args:
        payer, payer_account: as the bank wrote them.
        customer_id: who it is, or for a rejected line who it is not.
        verdict: 1 confirmed, 2 corrected to this customer, -1 rejected.
    """

    payer: TextArray
    payer_account: TextArray
    customer_id: TextArray
    verdict: IntArray


def plain_name(name: str) -> str:
    """A name without capitals and without blanks too many."""
    return " ".join(name.split()).casefold()


def learnt(ledger: Ledger, decided: Confirmed, as_of: date) -> Change:
    """What decisions teach about payers.

    Args:
        ledger: its PayerAliases and Customers.
        decided: what people decided, in order.
        as_of: the day of the decision.

    Returns:
        New rows, and rows with another count as they will stand. A payer that is called as the
        customer is, with no account, teaches nothing.
    """
    known = ledger.posted("PayerAliases")
    counts: dict[Key, int] = {}
    rows: dict[Key, int] = {}
    spelling: dict[Key, tuple[str, str, str]] = {}
    columns = [known.text(key).tolist() for key in ("payer", "payer_account", "customer_id")]
    for at, (payer, account, customer) in enumerate(zip(*columns, strict=True)):
        key = (plain_name(payer), account, customer)
        rows.setdefault(key, at)
        counts[key] = max(int(known.ints("confirmed")[rows[key]]), 0)
    changed: dict[Key, bool] = {}
    names = customer_values(ledger, decided.customer_id, "name")
    for payer, account, customer, name, verdict in zip(
        decided.payer.tolist(), decided.payer_account.tolist(), decided.customer_id.tolist(),
        names.tolist(), decided.verdict.tolist(), strict=True,
    ):  # fmt: skip
        plain = plain_name(payer)
        if not (plain or account) or not customer:
            continue
        key = (plain, account, customer)
        others = [] if verdict == 1 else [
            each for each in counts
            if (each[1] == account if account else each[0] == plain)
            and (each[2] != customer) == (verdict == 2)
        ]  # fmt: skip
        for other in others:
            if counts[other]:
                counts[other] -= 1
                changed.setdefault(other, False)
        if verdict > 0 and (account or plain != plain_name(name)):
            counts[key] = counts.get(key, 0) + 1
            spelling.setdefault(key, (payer, account, customer))
            changed[key] = True
    return _change(known, counts, rows, spelling, changed, as_of)


def _change(
    known: Frame,
    counts: dict[Key, int],
    rows: dict[Key, int],
    spelling: dict[Key, tuple[str, str, str]],
    changed: dict[Key, bool],
    as_of: date,
) -> Change:
    new = [key for key in changed if key not in rows]
    old = [key for key in changed if key in rows]
    today = np.datetime64(as_of, "D")
    texts = [spelling[key] for key in new]
    added = Frame.build(
        BY_NAME["PayerAliases"],
        len(new),
        payer=text_array(payer for payer, _, _ in texts),
        payer_account=text_array(account for _, account, _ in texts),
        customer_id=text_array(customer for _, _, customer in texts),
        confirmed=np.array([counts[key] for key in new], dtype=np.int64),
        last_confirmed=np.full(len(new), today),
    )
    at = np.array([rows[key] for key in old], dtype=np.int64)
    kept = known.take(at)
    count = np.array([counts[key] for key in old], dtype=np.int64)
    confirmed = np.array([changed[key] for key in old], dtype=bool)
    last = np.where(confirmed, today, kept.dates("last_confirmed"))
    kept = kept.replace(confirmed=np.where(count == BLANK, 0, count), last_confirmed=last)
    return Change(
        appends={"PayerAliases": added} if new else {},
        posts={"PayerAliases": kept} if old else {},
        as_drafts=True,
    )
