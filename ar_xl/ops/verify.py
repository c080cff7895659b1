"""Verify: the hash chain of Batches and the control totals (semantics, section 16).

Sorting a table breaks nothing. An edited row is named by its seal; a deleted, inserted or moved
row by the batch whose hash no longer holds. The first that does not hold is said first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, positions
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import RATE_ONE, totals_shown
from ar_xl.core.tables import TABLES
from ar_xl.ops.batches import (
    FIRST_HASH,
    batch_hash,
    control_movement,
    last_batch,
    read_control_total,
)
from ar_xl.ops.closings import closing_findings
from ar_xl.ops.open_items import receivable_by_currency
from ar_xl.ops.seals import HashArray, row_hashes, seals_of

_ROW_ID = {
    "Invoices": "invoice_no", "Instalments": "invoice_no", "Receipts": "receipt_no",
    "Adjustments": "adjustment_no", "Applications": "application_no", "Fees": "invoice_no",
    "Deposits": "deposit_no", "Journal": "account", "Plans": "plan_no",
}  # fmt: skip

ROW_EDITED = code(
    "posted_row_edited",
    Severity.ERROR,
    "the row as it was posted",
    "Type the old value again, which the backups beside the workbook show, or restore a backup.",
)
ROW_OF_NO_BATCH = code(
    "posted_row_of_no_batch",
    Severity.ERROR,
    "a batch that stands on the Batches sheet",
    "Remove the row, or clear its Batch cell to make it a draft.",
)
BATCH_BROKEN = code(
    "batch_does_not_hold",
    Severity.ERROR,
    "the rows that were posted with it",
    "A row was deleted, added or moved. Restore a backup from before.",
)
CHAIN_BROKEN = code(
    "batch_chain_broken",
    Severity.ERROR,
    "the hash of the batch before",
    "A line of Batches was deleted, added or edited. Restore a backup from before.",
)
CONTROL_DIFFERS = code(
    "control_total_differs",
    Severity.ERROR,
    "one and the same total in open items, journal and Batches",
    "Run verify on the last backup to find when it changed; do not post until it agrees.",
)
BASE_CHANGED = code(
    "base_currency_changed",
    Severity.ERROR,
    "the base currency that the books began with; rows in it have the rate 1",
    "Put Base Currency of the Settings sheet back. Books in another one begin in a new workbook.",
)


@dataclass(frozen=True)
class Verification:
    """What verify found.

    Args:
        rows: how many posted rows were checked.
        batches: how many batches.
        last_hash: of the chain.
        control: receivables per currency, as text.
        findings: what does not hold, the first batch first.
    """

    rows: int
    batches: int
    last_hash: str
    control: str
    findings: tuple[Finding, ...]


def verify(ledger: Ledger) -> Verification:
    """Check every posted row, the chain and the control totals.

    Args:
        ledger: with all posted tables read.
    """
    frames = [ledger.posted(table.name) for table in TABLES if table.posted]
    hashed = [(frame, row_hashes(frame)) for frame in frames if len(frame)]
    batches = ledger.posted("Batches")
    order = np.argsort(batches.text("batch").astype(str), kind="stable")
    chained = batches.take(order.astype(np.int64))
    findings: list[Finding] = []
    owners: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    for frame, hashes in hashed:
        owner = positions(chained.text("batch"), frame.text("batch"))
        owners.append(owner)
        findings += _edited_rows(frame, hashes, owner)
    findings += _broken_batches(chained, hashed, owners)
    findings += [*closing_findings(ledger), *_base_changed(ledger), *_control_differences(ledger)]
    _, last_hash, control = last_batch(ledger)
    return Verification(
        rows=sum(len(frame) for frame in frames),
        batches=len(batches),
        last_hash=last_hash,
        control=control,
        findings=tuple(findings),
    )


def _edited_rows(
    frame: Frame, hashes: HashArray, owner: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> list[Finding]:
    name = _ROW_ID[frame.table.name]
    batch = frame.text("batch")
    edited = frame.ints("seal") != seals_of(hashes)
    found = rows_found(
        edited, frame, ROW_EDITED, name, name,
        lambda i: f"a row of batch {batch[i]} whose seal does not fit its content",
    )  # fmt: skip
    return found + rows_found(
        (owner < 0) & ~edited, frame, ROW_OF_NO_BATCH, "batch", name,
        lambda i: f"batch {batch[i]}, which is not on the Batches sheet",
    )  # fmt: skip


def _broken_batches(
    chained: Frame,
    hashed: list[tuple[Frame, HashArray]],
    owners: list[np.ndarray[tuple[int], np.dtype[np.int64]]],
) -> list[Finding]:
    all_hashes = np.concatenate([np.empty(0, dtype=np.uint64), *(h for _, h in hashed)])
    owner = np.concatenate([np.empty(0, dtype=np.int64), *owners])
    order = np.argsort(owner, kind="stable")
    bounds = np.searchsorted(owner[order], np.arange(len(chained) + 1))
    previous, findings = FIRST_HASH, []
    for i in range(len(chained)):
        batch = chained.take(np.array([i]))
        number, row = str(batch.text("batch")[0]), int(batch.row[0])
        if batch.text("previous_hash")[0] != previous:
            findings.append(
                Finding(CHAIN_BROKEN, "Batches", row, "previous_hash", number,
                        f"batch {number} does not follow the batch above it")
            )  # fmt: skip
        mine = all_hashes[order[bounds[i] : bounds[i + 1]]]
        if batch_hash(batch, mine) != batch.text("hash")[0]:
            findings.append(
                Finding(BATCH_BROKEN, "Batches", row, "rows", number,
                        f"batch {number} says `{batch.text('rows')[0]}`; {len(mine)} rows of it "
                        "are in the workbook and together they do not give its hash")
            )  # fmt: skip
        previous = str(batch.text("hash")[0])
    return findings


def _base_changed(ledger: Ledger) -> list[Finding]:
    """A row in the base currency is posted at the rate 1, and not all rows are foreign at 1."""
    base = ledger.policy.settings.base_currency
    foreign, known = 0, 0
    for name, number in (("Invoices", "invoice_no"), ("Receipts", "receipt_no")):
        rows = ledger.posted(name)
        home, one = rows.text("currency") == base, rows.ints("rate") == RATE_ONE
        wrong = np.flatnonzero(home & ~one & (rows.ints("rate") != BLANK))
        if len(wrong):
            at = int(wrong[0])
            seen = f"{base}; {rows.text(number)[at]} in {base} was posted at another rate than 1"
            return [Finding(BASE_CHANGED, "Settings", 0, "value", "Base Currency", seen)]
        foreign += int((~home & one).sum())
        known += len(rows)
    if not known or foreign < known:
        return []
    seen = f"{base}; every posted row is in another currency, at the rate 1"
    return [Finding(BASE_CHANGED, "Settings", 0, "value", "Base Currency", seen)]


def _control_differences(ledger: Ledger) -> list[Finding]:
    """Compare open items, the journal's control account and the last batch's control total."""
    control = ledger.policy.settings.gl_ar
    lines = ledger.posted("Journal")
    number, _, text = last_batch(ledger)
    try:
        stated = read_control_total(text)
    except ValueError:
        return [Finding(CONTROL_DIFFERS, seen=f"`{text}` in Control After of batch {number}")]
    views = {
        "open items": receivable_by_currency(ledger, LAST_DATE),
        "the journal": control_movement(lines, control),
        "Batches": stated,
    }
    kept = {name: _not_zero(view) for name, view in views.items()}
    if len({tuple(sorted(view.items())) for view in kept.values()}) == 1:
        return []
    seen = "; ".join(f"{name}: {totals_shown(view)}" for name, view in kept.items())
    if kept["open items"] == kept["Batches"]:
        for account in dict.fromkeys(lines.text("account")):
            if _not_zero(control_movement(lines, account)) == kept["Batches"]:
                seen += f"; account {account} has it, and GL AR of the Settings is {control}"
    return [Finding(CONTROL_DIFFERS, seen=seen)]


def _not_zero(totals: Mapping[str, int]) -> dict[str, int]:
    return {currency: amount for currency, amount in totals.items() if amount}
