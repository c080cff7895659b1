"""Line IDs: made from what a bank line is, so that a line changed by hand gives itself away.

A line is its account, day, amount and currency, and the bank's own number of it; without one, all
that the bank tells in words. Equal lines are counted. BankLines is written by imports alone: a
row whose Line ID is not that of its content was changed, and the bank's file would bring the
line, and its money, a second time.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, AnyArray, BoolArray, text_array
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code, errors_of, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text

EDITED = code(
    "bank_line_edited",
    Severity.ERROR,
    "a line of the Bank sheet as the bank's file brought it",
    "Bring its cells back as the bank sent them; or delete the row and import its statement "
    "again, which brings the line back as it was.",
)
TWICE = code(
    "bank_line_twice",
    Severity.ERROR,
    "one row of the Bank sheet for each Line ID",
    "Delete the row that was copied.",
)
BY_HAND = code(
    "bank_line_by_hand",
    Severity.WARNING,
    "a line that the import of a bank file brought; nobody types on the Bank sheet",
    "Delete the row and import the bank's file, or enter the money as a receipt.",
)
LINES_CHANGED = code(
    "bank_lines_changed",
    Severity.ERROR,
    "lines of the Bank sheet as the bank's files brought them",
    "Correct the rows named above. Delete a changed row and import its statement again: that "
    "brings the line back as it was. Nothing was written.",
    Exit.WRONG_DATA,
)
_WORDS = re.compile(r"[\W_]+")
_OURS = re.compile(r"BL-[A-Z2-7]{13}")
_BYTES, _LETTERS = 8, 13  # of SHA-256: 64 bits, a million lines meet by chance once in 10**7 books
_SPARE = 50  # counts tried beyond the equal lines there are: others may be known told otherwise


def line_id(content: str, count: int) -> str:
    """The Line ID of a line: `BL-` and a hash.

    Args:
        content: what it is known by, of `contents_of`.
        count: how many equal lines stand before it.
    """
    digest = hashlib.sha256(f"{content}|{count}".encode()).digest()
    return f"BL-{b32encode(digest[:_BYTES]).decode()[:_LETTERS]}"


def contents_of(columns: Mapping[str, AnyArray]) -> list[str]:
    """What each line is known by; the columns are those of BankLines."""
    days = columns["date"].astype(np.int64).tolist()
    known = zip(
        columns["account"].tolist(), days, columns["amount"].tolist(),
        columns["currency"].tolist(), _told(columns), strict=True,
    )  # fmt: skip
    return [
        f"{account.upper()}|{day}|{amount}|{currency}|{told}"
        for account, day, amount, currency, told in known
    ]


def _told(columns: Mapping[str, AnyArray]) -> list[str]:
    """The bank's number of each line, or all its words where it has none."""
    keys = ("bank_id", "payer", "payer_account", "reference", "text")
    return [
        f"#{number}" if number else _WORDS.sub("", f"{a}{b}{c}{d}".casefold())
        for number, a, b, c, d in zip(*(columns[key].tolist() for key in keys), strict=True)
    ]


def edited(lines: Frame) -> BoolArray:
    """Which lines that came with a file are not what their Line ID was made from."""
    ids = lines.text("line_id")
    statements = lines.text("statement_id")
    ours = [
        statement != "" or _OURS.fullmatch(each) is not None
        for each, statement in zip(ids.tolist(), statements.tolist(), strict=True)
    ]
    return _differ(lines) & np.array(ours, dtype=np.bool_)


def _differ(lines: Frame) -> BoolArray:
    """Which Line IDs are not those of their lines, whichever of the equal ones each is."""
    contents, ids = contents_of(lines.columns), lines.text("line_id")
    wrong = np.asarray(ids != text_array(line_id(each, 0) for each in contents), dtype=np.bool_)
    rows = np.flatnonzero(wrong).tolist()
    alike = Counter(contents[row] for row in rows)
    known: dict[str, frozenset[str]] = {}
    for row in rows:
        each = contents[row]
        if each not in known:
            counts = range(1, alike[each] + _SPARE)
            known[each] = frozenset(line_id(each, count) for count in counts)
        wrong[row] = ids[row] not in known[each]
    return wrong


def twice(lines: Frame) -> BoolArray:
    """Which lines share their Line ID with another row."""
    ids = lines.text("line_id")
    again = pd.Series(ids, dtype=object).duplicated(keep=False).to_numpy()
    return np.asarray(again & (ids != ""), dtype=np.bool_)


def line_findings(ledger: Ledger) -> list[Finding]:
    """Lines of the Bank sheet that were changed, copied or typed by hand."""
    lines = ledger.posted("BankLines")
    changed, copied = edited(lines), twice(lines)
    typed = _differ(lines) & ~changed

    def seen(i: int) -> str:
        return f"{shown(lines, i)}, of which `{lines.text('line_id')[i]}` is not the Line ID"

    rows_of: dict[str, list[int]] = {}
    for i in np.flatnonzero(copied).tolist():
        rows_of.setdefault(str(lines.text("line_id")[i]), []).append(int(lines.row[i]))

    def rows(i: int) -> str:
        return f"the same Line ID in rows {', '.join(map(str, rows_of[lines.text('line_id')[i]]))}"

    return [
        *rows_found(changed, lines, EDITED, "line_id", "line_id", seen),
        *rows_found(copied & ~changed, lines, TWICE, "line_id", "line_id", rows),
        *rows_found(typed, lines, BY_HAND, "line_id", "line_id", lambda i: shown(lines, i)),
    ]


def shown(lines: Frame, row: int) -> str:
    """A line in words."""
    currency, amount = str(lines.text("currency")[row]), int(lines.ints("amount")[row])
    money = "no amount" if amount == BLANK else f"{currency} {money_text(amount, currency)}"
    return f"{money} on {lines.dates('date')[row]}, account {lines.text('account')[row] or 'none'}"


def changed_lines(ledger: Ledger) -> tuple[list[Finding], Refusal | None]:
    """What keeps a command from using the Bank sheet.

    Returns:
        Errors of changed and copied lines, and the refusal that comes of them.
    """
    wrong = errors_of(line_findings(ledger))
    if not wrong:
        return [], None
    count = f"{len(wrong):,} {'rows' if len(wrong) > 1 else 'row'}"
    return wrong, Refusal(LINES_CHANGED, f"{count} of the Bank sheet changed since import.")
