"""Batches: every posting gets a number, journal, seals, control totals and a link in the chain.

A decision says which rows to post; `post` turns that into what is written: all rows carry the
batch and a seal, the journal follows from the rows, and the batch's hash covers its rows
whatever their order, its own columns and the hash of the batch before (semantics, 14 and 16).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np

from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import control_total_text, from_decimal
from ar_xl.core.tables import BATCHES
from ar_xl.ops.journal import journal
from ar_xl.ops.seals import HashArray, row_hashes, seals_of

FIRST_HASH = "0" * 64
_TOTAL = re.compile(r"^([A-Z]{3}) (-?\d+(?:\.\d+)?)$")


def last_batch(ledger: Ledger) -> tuple[str, str, str]:
    """Number, hash and control total of the last batch; `B-000000` before the first."""
    batches = ledger.posted("Batches")
    if not len(batches):
        return "B-000000", FIRST_HASH, ""
    at = int(np.argmax(batches.text("batch").astype(str)))
    return (
        str(batches.text("batch")[at]),
        str(batches.text("hash")[at]),
        str(batches.text("control_after")[at]),
    )


def read_control_total(text: str) -> dict[str, int]:
    """Read `EUR 3.00; USD 12.00` into minor units by currency; raises ValueError."""
    totals: dict[str, int] = {}
    for piece in filter(None, (part.strip() for part in text.split(";"))):
        found = _TOTAL.match(piece)
        minor = None
        if found is not None:
            minor = from_decimal(Decimal(found[2]), found[1])
        if found is None or minor is None:
            raise ValueError(f"amounts such as `USD 12.00; EUR 3.00`, not `{piece}`")
        totals[found[1]] = minor
    return totals


def control_movement(journal_rows: Frame, control_account: str) -> dict[str, int]:
    """What journal rows add to the control account, minor units by currency."""
    mine = journal_rows.take(journal_rows.text("account") == control_account)
    moved: dict[str, int] = {}
    for currency in dict.fromkeys(mine.text("currency")):
        rows = mine.text("currency") == currency
        debit, credit = mine.ints("debit")[rows], mine.ints("credit")[rows]
        moved[currency] = int(debit.sum() - credit.sum())
    return moved


def post(
    ledger: Ledger,
    change: Change,
    request: Request,
    reverses: str = "",
    even_without_rows: bool = False,
) -> Change:
    """Complete a decision into what is written.

    Args:
        ledger: before the change.
        change: rows to post, without batch, seal and journal.
        request: who, when, which command.
        reverses: the batch that this one undoes; its journal is then already in `change`.
        even_without_rows: make a batch of no rows: closing and reopening stand in the chain.

    Returns:
        The change with every row numbered and sealed, Journal and Batches rows added; the same
        change where it posts nothing.
    """
    if change.is_empty and not even_without_rows:
        return change
    before = last_batch(ledger)
    number = f"B-{int(before[0].removeprefix('B-')) + 1:06d}"
    rows = _all_rows(change)
    lines = rows.pop("Journal", None)
    if lines is None:
        lines = journal(ledger.after(change), rows, request.command)
    posts, hashes = _seal_all(change.posts, number)
    appended = {name: frame for name, frame in change.appends.items() if name != "Journal"}
    appends, more = _seal_all({**appended, "Journal": lines}, number)
    totals = read_control_total(before[2])
    control = ledger.policy.settings.gl_ar
    for currency, amount in control_movement(lines, control).items():
        totals[currency] = totals.get(currency, 0) + amount
    counted = {name: len(frame) for name, frame in rows.items() if frame.table.posted}
    counted["Journal"] = len(lines)
    currencies = sorted(set(lines.text("currency").tolist()))
    batch = Frame.build(
        BATCHES,
        1,
        batch=number,
        posted_at_utc=request.posted_at,
        user=request.user,
        command=request.command,
        as_of=np.array([request.as_of], dtype="datetime64[D]"),
        currency=", ".join(currencies),
        rows="; ".join(f"{name} {count}" for name, count in counted.items() if count),
        control_before=before[2],
        control_after=control_total_text(totals),
        reverses=reverses,
        reason=request.reason,
        source=request.source,
        previous_hash=before[1],
    )
    batch = batch.replace(hash=batch_hash(batch, np.concatenate([*hashes, *more])))
    return replace(change, posts=posts, appends={**appends, "Batches": batch})


def batch_hash(batch: Frame, hashes: HashArray) -> str:
    """The SHA-256 that chains a batch.

    Args:
        batch: one Batches row; every column but Hash counts, Previous Hash included.
        hashes: the 64-bit hashes of all its rows, in any order.
    """
    digest = hashlib.sha256()
    for column in batch.table.columns:
        if column.key != "hash":
            digest.update(f"{column.heading}={batch.columns[column.key][0]}\n".encode())
    digest.update(np.sort(hashes).astype("<u8").tobytes())
    return digest.hexdigest()


def _all_rows(change: Change) -> dict[str, Frame]:
    names = [*change.posts, *(name for name in change.appends if name not in change.posts)]
    return {
        name: concat([group[name] for group in (change.posts, change.appends) if name in group])
        for name in names
    }


def _seal_all(frames: Mapping[str, Frame], number: str) -> tuple[dict[str, Frame], list[HashArray]]:
    done: dict[str, Frame] = {}
    hashes: list[HashArray] = [np.empty(0, dtype=np.uint64)]
    for name, frame in frames.items():
        if not frame.table.posted:
            done[name] = frame
            continue
        numbered = frame.replace(batch=number)
        of_rows = row_hashes(numbered)
        hashes.append(of_rows)
        done[name] = numbered.replace(seal=seals_of(of_rows))
    return done, hashes
