"""Accepted rows of the Match sheet as receipts: once each, whole or not at all.

A receipt made from a bank line has the line's ID as its number, and numbers are unique among
receipts not undone: so a line is posted once, in whatever order things are done. While they are
decided, such receipts stand among the drafts with the negative of their row on the Match sheet;
`of_match_sheet` says where a finding about them belongs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, BoolArray, TextArray, filled, positions, text_array
from ar_xl.core.findings import Code, Finding, Severity, code
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.tables import RECEIPTS
from ar_xl.ops.banking.line_ids import EDITED, TWICE, edited, twice
from ar_xl.ops.banking.states import (
    CHANGE,
    REJECT,
    line_states,
    linked_receipts,
    pending,
    standing_receipts,
)
from ar_xl.ops.matching.already_booked import SAID
from ar_xl.ops.matching.money import numbered_drafts, open_lines
from ar_xl.ops.matching.parts import BANK_LINE
from ar_xl.ops.matching.reasons import with_reason_codes
from ar_xl.ops.open_items import zero_if_blank
from ar_xl.ops.tolerance import large_fees

_AGAIN = "Run Match again: it brings the row up to date."
MATCH_OF_NOTHING = code(
    "match_of_unknown_money",
    Severity.ERROR,
    "a line of the Bank sheet or a draft receipt without remittance",
    _AGAIN,
)
MATCH_SETTLED = code(
    "match_settled_already",
    Severity.ERROR,
    "money that is not posted yet",
    "Empty the Decision of the row: its money is booked already.",
)
MATCH_TWICE = code(
    "match_row_twice",
    Severity.ERROR,
    "one row for each bank line or receipt",
    "Delete the row that is too much.",
)
MATCH_WITHOUT_CUSTOMER = code(
    "match_without_customer",
    Severity.ERROR,
    "the customer who paid",
    "Choose the Customer ID, or empty the Decision.",
)
MATCH_FEE_NEGATIVE = code(
    "match_fee_negative",
    Severity.ERROR,
    "a fee of zero or more",
    "Type the fee without a minus.",
)
MATCH_FEE_LARGE = code(
    "match_fee_large",
    Severity.ERROR,
    "a fee of a tenth of the payment, or of Bank Fee Tolerance in Settings, at most",
    "Correct Bank Fee. Where the bank did keep back so much, reject the row and type the receipt "
    "on the Receipts sheet.",
)
LINK_GONE = code(
    "match_link_does_not_stand",
    Severity.ERROR,
    "a posted receipt of the same money that no other bank line is linked to",
    _AGAIN,
)
_COLUMNS = {
    "receipt_no": "line_id", "receipt_date": "date", "remittance": "documents",
    "bank_amount": "bank_fee", "check_ref": "text", "memo": "text", "method": "source",
}  # fmt: skip
_WIRE = re.compile(r"\bwire\b|swift|fedwire|chips|sepa|bacs|target2|\u00fcberweisung", re.I)
_ACH = re.compile(r"\bach\b|\bccd\b|\bppd\b|\bctx\b|\bcorp pay|orig co name", re.I)


@dataclass(frozen=True)
class Accepted:
    """What the Match sheet asks to be done.

    Args:
        ledger: with the accepted receipts among its drafts.
        receipts: rows of Matches that become or complete a receipt.
        links: rows that are linked to a posted receipt.
        rejects: rows that are kept out.
        findings: rows that cannot be done.
        for_anybody: numbers of receipts whose documents a person chose.
    """

    ledger: Ledger
    receipts: Frame
    links: Frame
    rejects: Frame
    findings: tuple[Finding, ...]
    for_anybody: frozenset[str]


def accepted(ledger: Ledger) -> Accepted:
    """Read the decisions of the Match sheet.

    Args:
        ledger: the whole workbook.

    Returns:
        What to do; a row that cannot be done is a finding and in none of the frames.
    """
    sheet = ledger.posted("Matches")
    rows = sheet.take(np.flatnonzero(pending(sheet)))
    is_line = rows.text("source") == BANK_LINE
    lines, drafts = ledger.posted("BankLines"), numbered_drafts(ledger)
    place = np.where(
        is_line,
        positions(lines.text("line_id"), rows.text("line_id")),
        positions(drafts.text("receipt_no"), rows.text("line_id")),
    )
    decision = rows.text("decision")
    rejected, link = decision == REJECT, _is_link(rows)
    found, wrong = _problems(ledger, rows, place, rejected, link)
    good = ~wrong
    receipts, reasons_wrong = with_reason_codes(ledger, rows.take(good & ~rejected & ~link))
    at = place[good & ~rejected & ~link]
    bad_rows = np.array([each.row for each in reasons_wrong], dtype=np.int64)
    fine = ~np.isin(receipts.row, bad_rows)
    receipts, at = receipts.take(fine), at[fine]
    changed = receipts.text("decision") == CHANGE
    return Accepted(
        _with_drafts(ledger, receipts, at, drafts),
        receipts,
        rows.take(good & link),
        rows.take(good & rejected),
        (*found, *reasons_wrong),
        frozenset(receipts.text("line_id")[changed].tolist()),
    )


def of_match_sheet(finding: Finding) -> Finding:
    """A finding about a receipt that was made from the Match sheet, as one about its row there."""
    if finding.row >= 0 or finding.table != "Receipts":
        return finding
    column = _COLUMNS.get(finding.column, finding.column)
    fix = finding.fix or finding.code.fix
    return replace(
        finding, table="Matches", row=-finding.row, column=column,
        fix=fix.replace("in Remittance", "in Documents").replace("correct Remittance",
                                                                 "correct Documents"),
    )  # fmt: skip


def without_made(ledger: Ledger) -> Ledger:
    """The ledger without the drafts that `accepted` made from bank lines."""
    drafts = ledger.draft("Receipts")
    return replace(ledger, drafts={**ledger.drafts, "Receipts": drafts.take(drafts.row >= 0)})


def _is_link(rows: Frame) -> BoolArray:
    booked = [text.startswith(SAID) for text in rows.text("documents").tolist()]
    booked_mask: BoolArray = np.array(booked, dtype=np.bool_)
    return np.asarray(booked_mask & (rows.text("decision") != REJECT), dtype=np.bool_)


def _problems(
    ledger: Ledger,
    rows: Frame,
    place: np.ndarray[tuple[int], np.dtype[np.int64]],
    rejected: BoolArray,
    link: BoolArray,
) -> tuple[list[Finding], BoolArray]:
    """What keeps rows from being done, at most one thing a row."""
    is_line = rows.text("source") == BANK_LINE
    is_open = np.append(open_lines(ledger), False)[np.where(is_line, place, -1)]
    status = np.append(line_states(ledger)[0], "").astype(object)[np.where(is_line, place, -1)]
    named = numbered_drafts(ledger).text("remittance")
    named = np.append(named, "").astype(object)[np.where(is_line, -1, place)]
    keys = pd.Series(rows.text("source") + "\x1f" + rows.text("line_id"), dtype=object)
    links_stand = _links_stand(ledger, rows)
    fee = rows.ints("bank_fee")
    found: list[Finding] = []
    wrong = np.zeros(len(rows), dtype=bool)

    def note(mask: BoolArray, what: Code, column: str, seen: TextArray) -> None:
        for at in np.flatnonzero(mask & ~wrong).tolist():
            found.append(
                Finding(what, "Receipts", -int(rows.row[at]), column,
                        str(rows.text("line_id")[at]), str(seen[at]))
            )  # fmt: skip
            wrong[at] = True

    count = len(rows)
    note(place < 0, MATCH_OF_NOTHING, "line_id", filled(count, "no such money"))
    note(keys.duplicated().to_numpy(), MATCH_TWICE, "line_id", filled(count, "a second row"))
    drafted = np.where(status == "", "a draft receipt of this number, or no payment", status)
    own = ledger.posted("BankLines")
    used = np.flatnonzero(is_line & (place >= 0))
    changed, copied = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    changed[used], copied[used] = edited(own.take(place[used])), twice(own)[place[used]]
    note(changed, EDITED, "line_id", filled(count, "a bank line that was changed since import"))
    note(copied, TWICE, "line_id", filled(count, "a bank line that stands on two rows"))
    note(is_line & ~is_open, MATCH_SETTLED, "decision", drafted)
    note(~is_line & (named != "") & ~rejected, MATCH_OF_NOTHING, "line_id",
         filled(count, "a draft receipt with a Remittance of its own by now"))  # fmt: skip
    note(link & ~links_stand, LINK_GONE, "documents", rows.text("documents"))
    blank = (rows.text("customer_id") == "") & ~rejected & ~link
    note(blank, MATCH_WITHOUT_CUSTOMER, "customer_id", filled(count, "an empty cell"))
    negative = (fee < 0) & (fee != BLANK) & ~rejected & ~link
    note(negative, MATCH_FEE_NEGATIVE, "bank_fee", filled(count, "a fee below zero"))
    large = _large_fees(ledger, rows, place) & ~rejected & ~link
    note(large, MATCH_FEE_LARGE, "bank_fee", text_array(
        f"a fee of {money_text(each, code)} on {money_text(amount, code)}" if is_large else ""
        for each, amount, code, is_large in zip(
            fee.tolist(), rows.ints("amount").tolist(), rows.text("currency").tolist(),
            large.tolist(), strict=True,
        )
    ))  # fmt: skip
    return found, wrong


def _large_fees(
    ledger: Ledger, rows: Frame, place: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> BoolArray:
    """Rows whose Bank Fee no bank keeps back; of the money itself, not of what the sheet shows."""
    fee, amount = rows.ints("bank_fee"), np.zeros(len(rows), dtype=np.int64)
    is_line = rows.text("source") == BANK_LINE
    for mine, money in (
        (is_line, ledger.posted("BankLines")), (~is_line, numbered_drafts(ledger))
    ):  # fmt: skip
        known = mine & (place >= 0)
        amount[known] = zero_if_blank(money.ints("amount")[place[known]])
    paid = amount + zero_if_blank(fee)
    return large_fees(ledger.policy, fee, paid, rows.text("currency"), rows.dates("date"))


def link_target(documents: str) -> str:
    """The receipt that `Already booked R-123` names."""
    return documents.removeprefix(SAID).strip()


def _links_stand(ledger: Ledger, rows: Frame) -> BoolArray:
    standing = standing_receipts(ledger).text("receipt_no")
    targets = np.array([link_target(t) for t in rows.text("documents").tolist()] + [""],
                       dtype=object)[:-1]  # fmt: skip
    taken = linked_receipts(ledger)[1]
    twice = pd.Series(targets, dtype=object).duplicated().to_numpy()
    return np.asarray(
        (positions(standing, targets) >= 0) & (positions(taken, targets) < 0) & ~twice,
        dtype=np.bool_,
    )


def _with_drafts(
    ledger: Ledger, rows: Frame, place: np.ndarray[tuple[int], np.dtype[np.int64]], drafts: Frame
) -> Ledger:
    """The ledger with the receipts of accepted rows among its drafts."""
    is_line = rows.text("source") == BANK_LINE
    made = _from_lines(ledger, rows.take(is_line), ledger.posted("BankLines").take(place[is_line]))
    own = ledger.draft("Receipts")
    completed = _completed(rows.take(~is_line), drafts.take(place[~is_line]))
    kept = own.take(~np.isin(own.row, completed.row))
    return replace(ledger, drafts={**ledger.drafts, "Receipts": concat([kept, completed, made])})


def _from_lines(ledger: Ledger, rows: Frame, lines: Frame) -> Frame:
    kept_back = zero_if_blank(rows.ints("bank_fee"))
    fee = zero_if_blank(lines.ints("fee"))
    amount = lines.ints("amount")
    total = fee + kept_back
    reference = lines.text("bank_id").copy()
    reference[reference == ""] = lines.text("reference")[reference == ""]
    made = Frame.build(
        RECEIPTS,
        len(rows),
        receipt_no=rows.text("line_id"),
        receipt_date=lines.dates("date"),
        customer_id=rows.text("customer_id"),
        method=_methods(lines),
        check_ref=reference,
        currency=lines.text("currency"),
        amount=amount + kept_back,
        bank_amount=np.where(total > 0, amount - fee, BLANK),
        bank_fee=np.where(total > 0, total, BLANK),
        remittance=rows.text("documents"),
        memo=lines.text("text"),
    )
    return Frame(made.table, made.columns, -rows.row)


def _completed(rows: Frame, drafts: Frame) -> Frame:
    """Draft receipts with the customer and documents that were accepted."""
    kept_back = zero_if_blank(rows.ints("bank_fee"))
    amount = drafts.ints("amount")
    some = kept_back > 0
    return drafts.replace(
        customer_id=rows.text("customer_id"),
        remittance=rows.text("documents"),
        amount=amount + kept_back,
        bank_amount=np.where(some, amount, drafts.ints("bank_amount")),
        bank_fee=np.where(some, kept_back, drafts.ints("bank_fee")),
    )


def _methods(lines: Frame) -> TextArray:
    """How each line was paid; never cash, check or card, whose money waits for a deposit slip."""
    out = filled(len(lines), "Other")
    texts = zip(*(lines.text(key) for key in ("text", "reference", "bank_id")), strict=True)
    for at, words in enumerate(texts):
        together = " ".join(words)
        if _ACH.search(together):
            out[at] = "ACH"
        elif _WIRE.search(together):
            out[at] = "Wire"
    return out
