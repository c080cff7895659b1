"""Returns of ACH files as drafts: which receipt came back, and what a person has to do.

A returned debit becomes a draft `Bounced` on the sheet Adjustments; which receipt it is follows
from the payer and the amount, and is left open where that does not say it. Nothing is posted. A
notification of change becomes a note on the sheet Activities. The same return adds nothing again:
it is known by its trace number, its code and its amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, text_array
from ar_xl.core.findings import Code, Finding
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import from_decimal, money_text
from ar_xl.core.tables import BY_NAME
from ar_xl.imports.bank import codes
from ar_xl.imports.bank import mt_codes as more_codes
from ar_xl.imports.bank.gather import ReadFile
from ar_xl.imports.bank.nacha_codes import STOPS_AUTOPAY
from ar_xl.imports.bank.parts import Return
from ar_xl.imports.bank.returnees import Payers, Receipts
from ar_xl.imports.result import Outcome, Tally, money_tallies, tally

_MOST_NAMED = 5  # candidates that a finding names


@dataclass
class Returned:
    """What the returns of all files bring.

    Args:
        adjustments: draft rows.
        activities: rows.
        findings: what to look at.
        rows: returns by outcome.
        money: likewise, by currency.
    """

    adjustments: Frame
    activities: Frame
    findings: list[Finding]
    rows: Tally
    money: dict[str, Tally]

    def refused(self) -> Returned:
        """The same where an error keeps everything out: what would be new is refused."""
        return replace(
            self,
            rows=_all_refused(self.rows),
            money={code: _all_refused(each) for code, each in self.money.items()},
        )


def _all_refused(each: Tally) -> Tally:
    return replace(each, new=0, refused=each.new + each.refused)


@dataclass
class _Rows:
    """Rows as they are made, column by column."""

    columns: dict[str, list[str | int]] = field(default_factory=dict)

    def add(self, **cells: str | int) -> None:
        for key, cell in cells.items():
            self.columns.setdefault(key, []).append(cell)

    def frame(self, table: str) -> Frame:
        length = len(next(iter(self.columns.values()), []))
        made: dict[str, TextArray | IntArray] = {}
        for key, cells in self.columns.items():
            kind = BY_NAME[table].by_key[key].kind.name
            if kind == "DATE":
                made[key] = np.array(
                    [np.datetime64(str(each) or "NaT", "D") for each in cells]
                ).astype("datetime64[D]")  # fmt: skip
            elif kind == "MONEY":
                made[key] = np.array(cells, dtype=np.int64)
            else:
                made[key] = text_array(str(each) for each in cells)
        return Frame.build(BY_NAME[table], length, **made)


def draft_returns(files: Sequence[ReadFile], ledger: Ledger, accepted: bool) -> Returned | None:
    """Make drafts of the returns of all files; None where there are none.

    Args:
        files: as they were read.
        ledger: receipts, customers, adjustments and activities that stand.
        accepted: whether returns of a file whose totals do not hold are taken too.
    """
    pairs = [(file, each) for file in files for each in file.content.returns]
    if not pairs:
        return None
    making = _Making(ledger)
    unproved = _unproved(files, accepted)
    making.findings += unproved
    kept_out = {each.sheet for each in unproved if each.is_error}
    for file, each in pairs:
        if file.name in kept_out:
            making.outcomes.append(Outcome.REFUSED)
        else:
            making.take(file.name, each)
    return making.finish([each for _, each in pairs])


def _unproved(files: Sequence[ReadFile], accepted: bool) -> list[Finding]:
    """Files with returns whose counts and totals do not hold."""
    found = []
    for file in files:
        failed = [c for c in file.content.controls if c.stated != c.found]
        if failed and file.content.returns:
            words = "; ".join(f"{c.what}: stated {c.stated}, found {c.found}" for c in failed)
            code = codes.ACCEPTED if accepted else codes.UNPROVED
            found.append(Finding(code, seen=f"returned payments: {words}", sheet=file.name))
    return found


class _Making:
    """Returns that become rows one after the other."""

    def __init__(self, ledger: Ledger) -> None:
        self.payers, self.receipts = Payers(ledger), Receipts(ledger)
        self.known = _known(ledger)
        self.notes = set(ledger.posted("Activities").text("outcome").tolist())
        self.adjustments, self.activities = _Rows(), _Rows()
        self.findings: list[Finding] = []
        self.outcomes: list[Outcome] = []

    def take(self, file: str, each: Return) -> None:
        """Make the rows of one return."""
        where = f"{file}, {each.place}"
        if each.bad:
            self._say(codes.ROW_BAD, each.bad, where)
            self.outcomes.append(Outcome.REFUSED)
        elif not each.moves_money:
            self.outcomes.append(self._note(each, self.payers.of(each)))
        else:
            self.outcomes.append(self._bounced(each, where))

    def _bounced(self, each: Return, where: str) -> Outcome:
        cents = _cents(each)
        key = _key(each.trace, each.code, cents, each.payer, each.date)
        if key in self.known:
            return Outcome.KNOWN
        self.known.add(key)
        found, candidates = self.receipts.of(each, cents, self.payers)
        document = self.receipts.number(found) if found >= 0 else ""
        customer = self.receipts.customer(found) if found >= 0 else self.payers.of(each)
        amount = f"{each.currency} {money_text(cents, each.currency)}"
        what = f"{each.code} {each.reason}: {amount} of {each.payer or 'a payer without a name'}"
        if found < 0:
            shown = [self.receipts.shown(row) for row in candidates[:_MOST_NAMED]]
            more = len(candidates) - len(shown)
            if more > 0:
                shown.append(f"{more:,} more")
            could = f"; it could be {', '.join(shown)}" if shown else "; no receipt is like it"
            self._say(more_codes.RECEIPT_OPEN, f"{what}{could}", where)
        if each.sent:
            self._say(more_codes.CREDIT_CAME_BACK, what, where)
        if not each.date:
            self._say(more_codes.RETURN_UNDATED, what, where)
        self.adjustments.add(
            date=each.date, kind="Bounced", document_no=document, customer_id=customer,
            amount=cents, check_ref=each.trace, reason=f"{each.code} {each.reason}",
        )  # fmt: skip
        if each.code in STOPS_AUTOPAY:
            self._note(each, customer)
        return Outcome.NEW

    def _note(self, each: Return, customer: str) -> Outcome:
        account = f", account {each.account}" if each.account else ""
        money = "" if not each.moves_money else (
            f"{each.currency} {money_text(_cents(each), each.currency)} came back: "
        )  # fmt: skip
        said, _, action = each.note.partition(". ") if not each.moves_money else ("", "", each.note)
        told = f". {said}" if said and action else ""
        who = f"{each.payer}{account}, trace {each.trace}"
        outcome = f"{money}{each.code} {each.reason}{told} ({who})"
        if outcome in self.notes:
            return Outcome.KNOWN
        self.notes.add(outcome)
        self.activities.add(
            date=each.date, customer_id=customer, kind="Note", outcome=outcome,
            next_action=action or each.note,
        )  # fmt: skip
        return Outcome.NEW

    def _say(self, code: Code, seen: str, where: str) -> None:
        self.findings.append(Finding(code, seen=seen, sheet=where))

    def finish(self, returns: Sequence[Return]) -> Returned:
        """The rows and the tally of all."""
        outcomes = np.array(self.outcomes, dtype=np.int64)
        cents = np.array([_cents(r) if r.moves_money and not r.bad else BLANK for r in returns])
        currencies = text_array(each.currency for each in returns)
        return Returned(
            self.adjustments.frame("Adjustments"), self.activities.frame("Activities"),
            self.findings, tally(outcomes, np.ones(len(outcomes), dtype=np.int64)),
            money_tallies(outcomes, currencies, cents.astype(np.int64)),
        )  # fmt: skip


def _cents(each: Return) -> int:
    """The amount in minor units; its reader has seen to it that it is a number."""
    cents = from_decimal(Decimal(each.amount), each.currency)
    return BLANK if cents is None else cents


_Key = tuple[str, str, int]


def _key(trace: str, code: str, cents: int, payer: str, day: str) -> _Key:
    """What a return is known by; without a trace number its payer and day."""
    return (trace or f"{payer.casefold()}|{day}", code, cents)


def _known(ledger: Ledger) -> set[_Key]:
    """The returns that stand as adjustments, posted and not undone, or drafts."""
    counted: dict[_Key, int] = {}
    for frame in (ledger.posted("Adjustments"), ledger.draft("Adjustments")):
        rows = np.flatnonzero((frame.text("kind") == "Bounced") & (frame.text("check_ref") != ""))
        mine = frame.take(rows)
        for trace, reason, cents, undoes in zip(
            mine.text("check_ref").tolist(), mine.text("reason").tolist(),
            mine.ints("amount").tolist(), mine.text("reverses").tolist(), strict=True,
        ):  # fmt: skip
            key = (trace, reason[:3], abs(cents))
            counted[key] = counted.get(key, 0) + (-1 if undoes else 1)
    return {key for key, count in counted.items() if count > 0}
