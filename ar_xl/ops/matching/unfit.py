"""Rows of the Match sheet that were accepted and whose documents do not fit any more.

Between accepting and posting a document may be paid some other way. What Match accepted by itself
it takes back; what a person decided stays, and Why says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.ops.banking.states import ACCEPT, pending
from ar_xl.ops.matching.parts import RECEIPT
from ar_xl.ops.matching.sheet import BY_ITSELF
from ar_xl.ops.remittance.reference_rule import REFERENCE_CLOSED

UNFIT = "Does not fit any more: "
_BEFORE = " Before: "


def unfit(ledger: Ledger, findings: Iterable[Finding]) -> tuple[Change, int]:
    """What the accepted rows should say about documents that do not fit.

    Args:
        ledger: its Match sheet.
        findings: what posting the accepted rows would say.

    Returns:
        The rows that change, and how many do not fit now. A row that fits again loses the remark.
    """
    sheet = ledger.posted("Matches")
    why, confidence = sheet.text("why").copy(), sheet.ints("confidence").copy()
    decision = sheet.text("decision").copy()
    wrong = _wrong(sheet, findings)
    changed = []
    for at in np.flatnonzero(pending(sheet)).tolist():
        before = str(why[at])
        plain = before.partition(_BEFORE)[2] if before.startswith(UNFIT) else before
        if at in wrong:
            said = "; ".join(dict.fromkeys(wrong[at]))
            if decision[at] == ACCEPT and BY_ITSELF in plain:
                decision[at], plain = "", plain.replace(f" {BY_ITSELF}", "")
            plain, confidence[at] = f"{UNFIT}{said}.{_BEFORE}{plain}", 0
        if plain != before:
            why[at] = plain
            changed.append(at)
    rows = sheet.replace(why=why, confidence=confidence, decision=decision)
    rows = rows.take(np.array(changed, dtype=np.int64))
    return Change(posts={"Matches": rows} if changed else {}, as_drafts=True), len(wrong)


def _wrong(sheet: Frame, findings: Iterable[Finding]) -> dict[int, list[str]]:
    """What is wrong, by index of the row of the Match sheet."""
    by_row = {int(row): at for at, row in enumerate(sheet.row.tolist())}
    drafts = sheet.text("source") == RECEIPT
    by_number = {str(sheet.text("line_id")[at]): int(at) for at in np.flatnonzero(drafts)}
    wrong: dict[int, list[str]] = {}
    for each in findings:
        if not each.is_error and each.code is not REFERENCE_CLOSED:
            continue
        at = by_row.get(-each.row) if each.row < 0 else by_number.get(each.row_id)
        if at is not None:
            wrong.setdefault(at, []).append(each.seen)
    return wrong
