"""Past: the books as they stood before a batch was posted.

A report shows what was posted when it was made. What was posted since, be it dated before the
report's date, is taken away again by batch.
"""

from __future__ import annotations

from dataclasses import replace

from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger

_JOURNALED = (
    "Invoices",
    "Receipts",
    "Applications",
    "Deposits",
    "Adjustments",
)  # tables whose rows the journal is made of


def batches_of(ledger: Ledger) -> list[str]:
    """The numbers of all batches, in order."""
    return sorted(str(number) for number in ledger.posted("Batches").text("batch").tolist())


def before(ledger: Ledger, batch: str) -> Ledger:
    """The ledger without the rows of a batch and of all later ones; drafts and policy stay.

    Args:
        ledger: it is not changed.
        batch: its number.
    """
    tables = {}
    for name, frame in ledger.tables.items():
        if frame.table.posted or name == "Batches":
            tables[name] = frame.take(frame.text("batch").astype(str) < batch)
        else:
            tables[name] = frame
    return replace(ledger, tables=tables, views={})


def upto(ledger: Ledger, batch: str) -> Ledger:
    """The ledger as it stood once a batch was posted; the whole of it where there is no later one.

    Args:
        ledger: it is not changed.
        batch: its number.
    """
    later = [number for number in batches_of(ledger) if number > batch]
    return before(ledger, later[0]) if later else ledger


def rows_of_batch(ledger: Ledger, batch: str) -> dict[str, Frame]:
    """The rows that a batch posted, by table; tables that it did not touch have none.

    Args:
        ledger: with the batch in it.
        batch: its number.
    """
    return {
        name: frame.take(frame.text("batch") == batch)
        for name, frame in ((name, ledger.posted(name)) for name in _JOURNALED)
    }
