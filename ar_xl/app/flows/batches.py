"""The batches and closed months of a workbook, for somebody who is to choose one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from ar_xl.app.flows.words import button_of
from ar_xl.book.excel import at_work
from ar_xl.book.reader import read_ledger
from ar_xl.core.frames import Frame
from ar_xl.core.money import totals_shown
from ar_xl.core.periods import closed_months
from ar_xl.ops.batches import read_control_total

_NUMBER = re.compile(r"B-[0-9]{6,12}")
_LONGEST = 120  # characters of a cell that are shown


def batches_of(book: Any) -> Frame:
    """The posted batches of a workbook that is open in Excel."""
    with at_work(book):
        return read_ledger(book, ["Batches"]).ledger.posted("Batches")


def last_closed(book: Any) -> str:
    """The month that was closed last, in a workbook that is open in Excel; empty where none is."""
    with at_work(book):
        return closed_months(read_ledger(book, ["Periods"]).ledger.posted("Periods")).last


def to_undo(batches: Frame) -> list[int]:
    """Where the batches stand that can still be undone, the newest first.

    Left out are closings, undoings, and what is undone already.
    """
    numbers = batches.text("batch")
    undone = set(batches.text("reverses").tolist())
    return [
        at for at in np.argsort(numbers.astype(str))[::-1].tolist()
        if batches.text("rows")[at] and not batches.text("reverses")[at]
        and numbers[at] not in undone and _NUMBER.fullmatch(str(numbers[at]))
    ]  # fmt: skip


def batch_text(batches: Frame, at: int) -> str:
    """One batch in words: what it was, when, by whom, and what it did to receivables."""
    keys = ("batch", "command", "user", "rows")
    text = {key: str(batches.text(key)[at])[:_LONGEST] for key in keys}
    when = str(batches.text("posted_at_utc")[at])[:10]
    rows = ", ".join(part for part in text["rows"].split("; ") if not part.startswith("Journal"))
    return (
        f"{text['batch']}: {button_of(text['command'])} by {text['user']} on {when} ({rows}; "
        f"receivables {_moved(batches, at)})"
    )


def suggested(batches: Frame, row: Iterable[str]) -> tuple[str, str]:
    """The batch that a row names, where it can be undone; else the newest that can be.

    Args:
        batches: all of them.
        row: the texts in the row that the user has selected.

    Returns:
        Its number, and what it was in words; nothing where no batch can be undone.
    """
    numbers = batches.text("batch")
    able = {str(numbers[at]): at for at in to_undo(batches)}
    found = [text for text in row if text in able] or list(able)
    return (found[0], batch_text(batches, able[found[0]])) if found else ("", "")


def _moved(batches: Frame, at: int) -> str:
    try:
        before, after = (
            read_control_total(str(batches.text(key)[at]))
            for key in ("control_before", "control_after")
        )
    except ValueError:
        return "not known: Control Before or Control After was edited"
    moved = {code: after.get(code, 0) - before.get(code, 0) for code in {*before, *after}}
    changed = {code: minor for code, minor in moved.items() if minor}
    if len({minor > 0 for minor in changed.values()}) == 1:
        verb = "raised" if min(changed.values()) > 0 else "lowered"
        return f"{verb} by {totals_shown({code: abs(minor) for code, minor in changed.items()})}"
    return f"changed by {totals_shown(changed)}" if changed else "unchanged"
