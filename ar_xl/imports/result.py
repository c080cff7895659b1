"""What an import is asked, and what it answers: every row and every cent has one outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray
from ar_xl.core.findings import Finding, errors_of
from ar_xl.core.ledger import Change
from ar_xl.core.money import money_text
from ar_xl.imports.words import number_of


@dataclass(frozen=True)
class ImportOptions:
    """How to read a file.

    Args:
        map: their heading by ours, for columns that are not found by name.
        dates: ymd, mdy or dmy, where the file leaves it open.
        currency: where the file names none.
        decimal: "point" or "comma", where the file leaves it open.
        sheet: the sheet of a workbook, where several look alike.
        skip_bad: take the good rows, list the rest; else one bad row refuses the file.
    """

    map: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    currency: str = ""
    decimal: str = ""
    sheet: str = ""
    skip_bad: bool = False


class Outcome(IntEnum):
    """What becomes of a document of the file."""

    NEW = 0
    KNOWN = 1
    REFUSED = 2
    LEFT_OUT = 3


@dataclass(frozen=True)
class Tally:
    """A count of rows, or a sum of minor units, by outcome: read is the sum of the others."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    left_out: int = 0


def tally(outcomes: IntArray, weights: IntArray) -> Tally:
    """Count or sum by outcome.

    Args:
        outcomes: `Outcome` of each document.
        weights: rows or minor units of each; BLANK counts as nothing.
    """
    weights = np.where(weights == BLANK, 0, weights)
    by_outcome = [int(weights[outcomes == outcome].sum()) for outcome in Outcome]
    made = Tally(int(weights.sum()), *by_outcome)
    assert made.read == made.new + made.known + made.refused + made.left_out, made
    return made


def money_tallies(outcomes: IntArray, currencies: TextArray, amounts: IntArray) -> dict[str, Tally]:
    """Sum minor units by currency and outcome; amounts that could not be read are BLANK."""
    return {
        str(code): tally(outcomes[currencies == code], amounts[currencies == code])
        for code in sorted(set(currencies.tolist()) - {""})
    }


@dataclass(frozen=True)
class ImportResult:
    """What an import would change, and what it has to say.

    Args:
        kind: invoices, receipts, customers or history.
        source: name and SHA-256 of the file, for the audit trail.
        change: rows to append as drafts (customers as rows); empty where the file is refused.
        findings: errors refuse the file unless bad rows are skipped.
        counts: rows of the file by table.
        money: minor units by table and currency; credit memos are negative.
        said: sentences to show, in order.
    """

    kind: str
    source: str
    change: Change
    findings: tuple[Finding, ...]
    counts: Mapping[str, Tally]
    money: Mapping[str, Mapping[str, Tally]]
    said: tuple[str, ...]

    @property
    def totals(self) -> dict[str, dict[str, int]]:
        """What came in, minor units by table and currency."""
        return {
            table: {code: sums.new for code, sums in by_currency.items() if sums.new}
            for table, by_currency in self.money.items()
        }

    @property
    def is_refused(self) -> bool:
        """Whether errors kept the whole file out."""
        return bool(errors_of(self.findings)) and self.change.is_empty


def counted(table: str, rows: Tally, money: Mapping[str, Tally]) -> list[str]:
    """The sentences that account for every row and every cent of a table."""
    said = [
        f"{table}: {number_of(rows.read, 'row')} read = {rows.new:,} new + "
        f"{rows.known:,} already known + {rows.refused:,} refused + "
        f"{rows.left_out:,} left out."
    ]
    for code, sums in money.items():
        texts = [
            money_text(value, code)
            for value in (sums.read, sums.new, sums.known, sums.refused, sums.left_out)
        ]
        said.append(
            f"{table}: {code} {texts[0]} read = {texts[1]} new + {texts[2]} already known + "
            f"{texts[3]} refused + {texts[4]} left out."
        )
    return said
