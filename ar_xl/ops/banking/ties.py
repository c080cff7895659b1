"""Ties of slips and other documents to bank lines: how they are kept, and kept true.

A slip's line stands in its Bank Line, where a person may type it too; what else was found on the
bank stands in the line's own Matched To. Both are outside seal and hash: no amount hangs on them
but the fee, which is posted as a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, filled, positions, text_array
from ar_xl.core.banktables import DEPOSITS
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Derived, Ledger, Request
from ar_xl.core.money import money_text, percent_of, totals_by_currency
from ar_xl.core.periods import closed_months
from ar_xl.ops.banking.accounts import account_key
from ar_xl.ops.banking.side import moved
from ar_xl.ops.banking.slips import Slips, listed, standing_slips
from ar_xl.ops.banking.three_way import Tie
from ar_xl.ops.open_items import live_rows

DEPOSITED, RECONCILED = "Deposited", "Reconciled"

LINE_UNKNOWN = code(
    "bank_line_of_slip_unknown",
    Severity.WARNING,
    "the Line ID of a line of the slip's bank account, in its currency, that nothing else has",
    "Correct Bank Line on the Deposits sheet, or clear it.",
)

FEE_ABOVE_BOUND = code(
    "card_fee_above_bound",
    Severity.WARNING,
    "a line that is smaller than its card slips by no more than Card Fee % of Settings",
    "Correct Bank Line on the Deposits sheet, or clear it. Where the processor did keep so much, "
    "raise Card Fee % in Settings first.",
)


def typed_ties(ledger: Ledger) -> tuple[list[Tie], list[Finding]]:
    """The slips whose Bank Line a person typed, and what is wrong with some of them.

    Args:
        ledger: a line that is known to be a slip's already is none of these.

    Returns:
        Ties with the fee of card slips; several slips may name one line. A line that leaves a
        larger fee than Card Fee % of the slips is none of theirs.
    """
    slips, lines = standing_slips(ledger, LAST_DATE), ledger.posted("BankLines")
    named = slips.rows.text("bank_line")
    at = positions(lines.text("line_id"), named)
    status = np.append(lines.text("status"), "")[at]
    fresh = np.flatnonzero((named != "") & (status != DEPOSITED))
    why = [_why_not(slips, i, lines, int(at[i])) for i in range(len(slips))]
    found = [
        Finding(
            LINE_UNKNOWN, "Deposits", int(slips.rows.row[i]), "bank_line", str(slips.number[i]),
            f"`{named[i]}`{why[i]}",
        )
        for i in fresh.tolist() if why[i]
    ]  # fmt: skip
    good = [i for i in fresh.tolist() if not why[i]]
    made = []
    for line in dict.fromkeys(str(named[i]) for i in good):
        mine = np.array([i for i in good if named[i] == line], dtype=np.int64)
        together, its_line = slips.take(mine), lines.take(at[mine[:1]])
        tie = _tie_of(together, its_line, "as it was typed")
        above = _above_bound(ledger, together, its_line, tie.fee)
        if above:
            first, number = int(together.rows.row[0]), str(together.number[0])
            found.append(Finding(FEE_ABOVE_BOUND, "Deposits", first, "bank_line", number, above))
        else:
            made.append(tie)
    return made, found


def _why_not(slips: Slips, slip: int, lines: Frame, line: int) -> str:
    """Why a slip cannot have come with a line, "" where it can; -1 is no line."""
    if line < 0:
        return ", which is no bank line"
    status = str(lines.text("status")[line])
    if status in ("Posted", "Linked", RECONCILED):
        return f", which is {status} already"
    account = str(slips.rows.text("bank_account")[slip])
    if account and account_key(account) != account_key(str(lines.text("account")[line])):
        return f", which is of account {lines.text('account')[line]}"
    currency = lines.text("currency")[line]
    return "" if currency == slips.rows.text("currency")[slip] else f", which is in {currency}"


def _above_bound(ledger: Ledger, slips: Slips, line: Frame, fee: int) -> str:
    """A fee and its bound in words where it is above; a minor unit more is rounding."""
    net = np.array([slips.net.sum()], dtype=np.int64)
    percent = ledger.policy.settings.card_fee_percent
    if fee <= int(percent_of(net, percent)[0]) + 1:
        return ""
    currency = str(line.text("currency")[0])
    came, total, kept = (
        f"{currency} {money_text(int(each), currency)}" for each in (moved(line)[0], net[0], fee)
    )
    number = line.text("line_id")[0]
    return f"`{number}` brought {came} of {total}: a fee of {kept} is above {percent} %"


def _tie_of(slips: Slips, line: Frame, why: str) -> Tie:
    """A tie somebody asked for; what card slips lack is a fee."""
    off = int(slips.net.sum()) - int(moved(line)[0])
    cards = bool((slips.rows.text("method") == "Card").all())
    numbers = tuple(str(number) for number in slips.number)
    return Tie(numbers, str(line.text("line_id")[0]), off if cards and off > 0 else 0, why)


def asked_ties(ledger: Ledger, asked: Iterable[tuple[str, str]]) -> tuple[list[Tie], list[Finding]]:
    """Ties that were asked for by slip number and Line ID; as if they had been typed."""
    slips = standing_slips(ledger, LAST_DATE)
    wanted = dict(asked)
    unknown = [name for name in wanted if name not in set(slips.number.tolist())]
    found = [
        Finding(LINE_UNKNOWN, "Deposits", 0, "deposit_no", name, f"no slip `{name}` stands")
        for name in unknown
    ]
    rows = ledger.posted("Deposits")
    texts = [wanted.get(str(number), "") for number in rows.text("deposit_no")]
    named = np.where([bool(each) for each in texts], text_array(texts), rows.text("bank_line"))
    given = replace(
        ledger, tables={**ledger.tables, "Deposits": rows.replace(bank_line=named.astype(object))}
    )
    made, more = typed_ties(given)
    return [tie for tie in made if set(tie.slips) & set(wanted)], [*found, *more]


def fees_found(ledger: Ledger, request: Request, ties: Iterable[Tie]) -> Change:
    """Post what the bank or the processor kept of slips, as rows of their numbers without receipts.

    Args:
        ledger: the slips.
        request: who asks; a fee is dated as the bank line.
        ties: each fee goes to the last slip of its tie.

    Returns:
        A change with no rows where there is no fee.
    """
    kept = [tie for tie in ties if tie.fee]
    if not kept:
        return Change()
    slips, lines = standing_slips(ledger, LAST_DATE), ledger.posted("BankLines")
    of = slips.rows.take(positions(slips.number, text_array(tie.slips[-1] for tie in kept)))
    line = lines.take(positions(lines.text("line_id"), text_array(tie.line for tie in kept)))
    own = np.maximum(line.dates("date"), of.dates("date"))
    fee = np.array([tie.fee for tie in kept], dtype=np.int64)
    rows = Frame.build(
        DEPOSITS,
        len(kept),
        deposit_no=of.text("deposit_no"),
        date=own,
        posting_date=closed_months(ledger.posted("Periods")).posting_dates(own),
        bank_account=of.text("bank_account"),
        method=of.text("method"),
        currency=of.text("currency"),
        total=np.zeros(len(kept), dtype=np.int64),
        fee=fee,
    )
    total = totals_by_currency(rows.text("currency"), fee)
    return Change(appends={"Deposits": rows}, totals={"fees found": total})


def kept_ties(ledger: Ledger, ties: Iterable[Tie]) -> tuple[Derived, ...]:
    """What Bank Line of slips, and Status and Matched To of lines, should say of new ties."""
    listed_ties = list(ties)
    rows, lines = ledger.posted("Deposits"), ledger.posted("BankLines")
    line_of = {slip: tie.line for tie in listed_ties for slip in tie.slips}
    names = text_array(line_of.get(str(number), "") for number in rows.text("deposit_no"))
    mine = (names != "") & (rows.text("reverses") == "") & (rows.text("receipts") != "")
    slips_of: dict[str, list[str]] = {}
    for tie in listed_ties:
        slips_of.setdefault(tie.line, []).extend(tie.slips)
    ids = lines.text("line_id")
    at = np.flatnonzero(positions(text_array(slips_of), ids) >= 0) if slips_of else _NONE
    to = text_array("; ".join(slips_of[str(name)]) for name in ids[at])
    return _only_changes(
        _set(rows, "bank_line", np.flatnonzero(mine), names[mine]),
        _set(lines, "status", at, filled(len(at), DEPOSITED)),
        _set(lines, "matched_to", at, to),
    )


def reconciled(ledger: Ledger, pairs: Iterable[tuple[str, str]]) -> tuple[Derived, ...]:
    """What Status and Matched To of lines should say: Line ID, and what it is on the books."""
    to = dict(pairs)
    lines = ledger.posted("BankLines")
    at = np.flatnonzero(positions(text_array(to), lines.text("line_id")) >= 0) if to else _NONE
    names = text_array(to[str(name)] for name in lines.text("line_id")[at])
    return _only_changes(
        _set(lines, "status", at, filled(len(at), RECONCILED)),
        _set(lines, "matched_to", at, names),
    )


_NONE = np.zeros(0, dtype=np.int64)


def tie_changes(ledger: Ledger) -> tuple[Derived, ...]:
    """What ties say of slips and documents that were undone since, and should not any more."""
    rows, lines = ledger.posted("Deposits"), ledger.posted("BankLines")
    if not len(lines):
        return ()
    slips = standing_slips(ledger, LAST_DATE)
    gone = (rows.text("bank_line") != "") & (positions(slips.number, rows.text("deposit_no")) < 0)
    gone |= (rows.text("bank_line") != "") & (rows.text("reverses") != "")
    status = lines.text("status")
    line_of = dict(zip(slips.number, slips.rows.text("bank_line"), strict=True))
    at = np.flatnonzero(status == DEPOSITED)
    kept = [
        all(line_of.get(slip) == name for slip in listed(str(cell)))
        for cell, name in zip(lines.text("matched_to")[at], lines.text("line_id")[at], strict=True)
    ]
    at = at[~np.array(kept, dtype=np.bool_)]
    others = np.flatnonzero(status == RECONCILED)
    others = others[~_stands(ledger, lines.text("matched_to")[others])]
    free = np.concatenate([at, others])
    back = np.flatnonzero(gone)
    more = np.flatnonzero(
        np.isin(rows.text("bank_line").astype(str), lines.text("line_id")[at].astype(str))
    )
    back = np.union1d(back, more)
    return _only_changes(
        _set(rows, "bank_line", back, filled(len(back), "")),
        _set(lines, "status", free, filled(len(free), "")),
        _set(lines, "matched_to", free, filled(len(free), "")),
    )


def _stands(ledger: Ledger, numbers: TextArray) -> BoolArray:
    """Which documents are in the books still: receipts and refunds; others are taken as there."""
    out = np.ones(len(numbers), dtype=np.bool_)
    for name, key in (("Receipts", "receipt_no"), ("Invoices", "invoice_no")):
        live, total = live_rows(ledger.posted(name), key)
        at = positions(live.text(key), numbers)
        out &= ~((at >= 0) & (np.append(total, 1)[at] == 0))
    return out


def _set(frame: Frame, key: str, at: np.ndarray[tuple[int], np.dtype[np.int64]], to: TextArray
         ) -> Derived:  # fmt: skip
    differs = np.flatnonzero((frame.text(key)[at] != to) & (frame.row[at] > 0))
    return Derived(frame.table.name, key, frame.row[at[differs]], to[differs])


def _only_changes(*made: Derived) -> tuple[Derived, ...]:
    return tuple(change for change in made if len(change.rows))
