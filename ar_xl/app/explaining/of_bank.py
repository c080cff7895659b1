"""Figures of bank statements and lines: the sum that proves them, the file they came from."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BLANK
from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger

_STATUSES = {
    "Proved": "Opening balance and lines make the closing balance, to the last digit.",
    "Accepted": "The statement does not prove; it was taken with its difference because somebody "
    "asked for it.",
    "No balance": "The file tells no opening balance, so that nothing can be proved.",
    "Not final": "A report of the bank during the day: its lines were left out until the final "
    "statement brings them.",
}


def closing(ledger: Ledger, row: Frame) -> Explanation | None:
    """The closing balance: opening and lines, where they prove it."""
    return _balance(ledger, row, "closing", "What the statement closes with.")


def difference(ledger: Ledger, row: Frame) -> Explanation | None:
    """The difference: closing less opening less lines."""
    rule = "Closing less opening less lines (Amount - Fee); anything but 0 does not prove."
    return _balance(ledger, row, "difference", rule)


def _balance(ledger: Ledger, row: Frame, key: str, rule: str) -> Explanation | None:
    value, opening = int(row.ints(key)[0]), int(row.ints("opening")[0])
    if value == BLANK:
        return None
    code, source = str(row.text("currency")[0]), str(row.text("source")[0])
    see = (f"From {source}.",)
    lines = _lines(ledger, row)
    moved = lines.ints("amount") - lines.ints("fee")
    if len(lines) != int(row.ints("lines")[0]) or opening == BLANK:
        elsewhere = int(row.ints("lines")[0]) - len(lines)
        if elsewhere > 0:
            rule += f" {elsewhere:,} of its lines stand on the sheet Bank under other statements."
        return Explanation(rule, Unit.MONEY, value, code, see=see)
    begun = traced(row, np.array([opening], dtype=np.int64), "statement_id", "from_date", "opening")
    parts = [Part("Opening", begun), Part("Lines", traced(lines, moved, "line_id", "date"))]
    if key == "difference":
        end = row.ints("closing")
        parts = [
            Part("Closing", traced(row, end, "statement_id", "to_date", "closing")),
            *(Part(f"Less: {part.name}", part.rows.negative()) for part in parts),
        ]
    elif int(moved.sum()) + opening != value:
        return Explanation(rule, Unit.MONEY, value, code, tuple(parts), adds_up=False, see=see)
    return Explanation(rule, Unit.MONEY, value, code, tuple(parts), see=see)


def status(_: Ledger, row: Frame) -> Explanation:
    """What the status of a statement means."""
    words = str(row.text("status")[0])
    return Explanation(_STATUSES.get(words, ""), Unit.WORDS, words=words)


def amount(ledger: Ledger, row: Frame) -> Explanation | None:
    """The amount of a line: the bank's, from the file of its statement."""
    value = int(row.ints("amount")[0])
    if value == BLANK:
        return None
    statements = ledger.posted("BankStatements")
    at = np.flatnonzero(statements.text("statement_id") == row.text("statement_id")[0])
    rule = "As the bank's file has it, before the fee; what came in is positive."
    see: tuple[str, ...] = ()
    if len(at):
        proof = str(statements.text("status")[at[0]])
        source = statements.text("source")[at[0]]
        see = (f"From {source}, statement {row.text('statement_id')[0]}: {proof}.",)
    part = Part("Line", traced(row, row.ints("amount"), "line_id", "date"))
    return Explanation(rule, Unit.MONEY, value, str(row.text("currency")[0]), (part,), see=see)


def _lines(ledger: Ledger, row: Frame) -> Frame:
    lines = ledger.posted("BankLines")
    return lines.take(np.flatnonzero(lines.text("statement_id") == row.text("statement_id")[0]))
