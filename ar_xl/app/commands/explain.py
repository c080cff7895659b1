"""Explain: the rows and the rule behind a figure."""

from __future__ import annotations

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.explaining.answering import as_json, difference, sentences, unexplained
from ar_xl.app.explaining.figures import find
from ar_xl.core.findings import errors_of


def explain_command(desk: Desk) -> None:
    """Say where a cell's figure comes from, and prove that its rows add up to it."""
    picked = desk.look(*(str(desk.params[name] or "") for name in ("sheet", "cell")))
    found = find(desk.ledger, picked)
    desk.more = as_json(picked, found)
    if found.explanation is None:
        desk.said.append(unexplained(desk.ledger, picked))
        return
    desk.said += sentences(desk.ledger, picked, found)
    differs = difference(picked, found)
    if differs is not None:
        desk.findings.append(differs)
    unread = errors_of(desk.ledger.findings)
    if unread:
        desk.said.insert(
            -1, f"Not counted, as they cannot be read: {counted(len(unread), 'row')}; Check lists "
            "what is wrong.",
        )  # fmt: skip
