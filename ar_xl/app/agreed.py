"""What a user agreed to in a preview is what is written, or nothing is.

Between the preview and the yes, the workbook may have changed: somebody else works in it too, a
macro ran, midnight passed. The command decides anew, and compares before it writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from ar_xl.app.answer import Answer
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change
from ar_xl.ops.seals import column_hashes

NOT_AS_PREVIEWED = code(
    "not_as_previewed",
    Severity.ERROR,
    "the same decision as in the preview",
    "Nothing was written. Look at the preview again.",
    Exit.BUSY,
)
_OF_THE_MOMENT = frozenset({"posted_at_utc", "closed_at", "reopened_at", "hash", "previous_hash"})


def decided(changes: Iterable[Change]) -> str:
    """A digest of all rows that are to be written: equal for equal decisions, at any moment."""
    digest = hashlib.sha256()
    for change in changes:
        for group in (change.posts, change.appends):
            for name in sorted(group):
                _take(digest, name, group[name])
        for derived in change.derived:
            digest.update(f"{derived.table}.{derived.column}".encode())
            digest.update(derived.rows.tobytes())
    return digest.hexdigest()


def insist_on_agreed(answer: Answer, agreed: Answer | None) -> None:
    """Refuse to write what differs from the preview that the user has agreed to.

    Args:
        answer: what was decided now.
        agreed: the preview; None where nobody was asked.

    Raises:
        Refusal: rows, totals, findings, sheets or batches are others.
    """
    if agreed is not None and replace(answer, preview=True) != agreed:
        raise Refusal(NOT_AS_PREVIEWED, "The workbook changed after the preview was shown.")


def _take(digest: hashlib._Hash, name: str, frame: Frame) -> None:
    digest.update(f"{name} {len(frame)}".encode())
    digest.update(frame.row.tobytes())
    for column in frame.table.columns:
        if column.key not in _OF_THE_MOMENT and not (name == "Batches" and column.key == "seal"):
            digest.update(column.key.encode())
            digest.update(column_hashes(column.kind, frame.columns[column.key]).tobytes())
