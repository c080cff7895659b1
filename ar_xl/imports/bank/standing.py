"""Bank lines that stand already, and what kind of file each came from.

A kind is a format, `CAMT.053`; tables are of one kind where their headings are the same too, since
an export with other columns tells the same payments in other words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray, TextArray, filled, text_array
from ar_xl.core.ledger import Ledger
from ar_xl.imports.bank.gather import Lines

_HEADINGS = re.compile(r" (headings [0-9a-f]{8})")


def kind_of(source: str) -> str:
    """The kind of a file: of the text that the sheet BankStatements has for it; "" is unknown."""
    form, colon, rest = source.partition(": ")
    headings = _HEADINGS.fullmatch(rest[-18:])
    return "" if not colon else f"{form} {headings[1]}" if headings else form


def has_other_headings(kind: str, other: str) -> bool:
    """Whether two kinds are tables of one format whose headings differ."""
    (form, mark, headings), (form_, mark_, headings_) = (
        each.partition(" headings ") for each in (kind, other)
    )
    return bool(mark and mark_) and form == form_ and headings != headings_


@dataclass(frozen=True)
class Standing:
    """Bank lines that are there already, column by column.

    Args:
        kinds: what kind of file each came from (`kind_of`); "" where that is not known.
        The others are those of the table BankLines.
    """

    line_id: TextArray
    account: TextArray
    date: DateArray
    amount: IntArray
    currency: TextArray
    bank_id: TextArray
    kinds: TextArray

    @classmethod
    def of(cls, ledger: Ledger) -> Standing:
        """Those of a workbook."""
        frame, statements = ledger.posted("BankLines"), ledger.posted("BankStatements")
        ids, sources = statements.text("statement_id"), statements.text("source")
        by_statement = {
            name: kind_of(source)
            for name, source in zip(ids.tolist(), sources.tolist(), strict=True)
        }
        kinds = (by_statement.get(each, "") for each in frame.text("statement_id").tolist())
        return cls(
            frame.text("line_id"), frame.text("account"), frame.dates("date"),
            frame.ints("amount"), frame.text("currency"), frame.text("bank_id"), text_array(kinds),
        )  # fmt: skip

    def plus(self, lines: Lines, ids: TextArray, rows: IntArray, kind: str) -> Standing:
        """These and some lines of files of one kind."""
        more = Standing(
            ids[rows], lines.account[rows], lines.date[rows], lines.amount[rows],
            lines.currency[rows], lines.bank_id[rows], filled(len(rows), kind),
        )  # fmt: skip
        pairs = zip(vars(self).values(), vars(more).values(), strict=True)
        return Standing(*(np.concatenate(pair) for pair in pairs))
