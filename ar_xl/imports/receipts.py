"""Receipts of a foreign file: one draft each, with a number even where the file has none."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, DateArray, IntArray, TextArray, codes_of, text_array
from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponents, plain_text
from ar_xl.core.tables import RECEIPTS
from ar_xl.imports import codes
from ar_xl.imports.invoices import Documents
from ar_xl.imports.lines import Groups, check_alike, check_unique, group_rows
from ar_xl.imports.parties import find_currencies, find_owners
from ar_xl.imports.reading import Reader
from ar_xl.imports.result import Outcome
from ar_xl.imports.rows import check_totals, check_widths, drop_notes, split_totals
from ar_xl.imports.words import METHODS, NOT_FINAL, number_of
from ar_xl.ops.numbering import receipt_numbers

_TELLING = ("receipt_no", "receipt_date", "amount")
_ALIKE = (
    "receipt_date", "customer_id", "customer_name", "currency", "amount", "method", "check_ref",
)  # fmt: skip
_MONEY = ("amount", "bank_amount", "bank_fee", "applied_amount")
_TEXTS = (
    "receipt_no", "customer_id", "customer_name", "check_ref", "remittance", "memo", "method",
)  # fmt: skip
_NUMBERS = ("receipt_no", "customer_id", "check_ref", "remittance")


def read_receipts(reader: Reader, ledger: Ledger) -> Documents:
    """Read the receipts of a file.

    Args:
        reader: the file; several rows of one receipt, one per invoice it pays, become one.
        ledger: customers, base currency and the prefix of receipt numbers.

    Refuses a bank statement, whose sides stand in a column of their own.
    """
    if reader.has("side"):
        heading = reader.table.headings[reader.match.columns["side"]]
        seen = f"{reader.table.grid.source} has a column {heading}, so it is a bank statement."
        raise Refusal(codes.BANK_FILE, seen)
    dropped = drop_notes(reader, _TELLING)
    totals = split_totals(reader, ("receipt_no", "receipt_date"))
    numbers = reader.text("receipt_no")
    groups = _groups(reader, numbers)
    left_out = _not_final(reader, groups)
    reader.quiet = left_out[groups.document]
    check_widths(reader)
    reader.check_texts(_TEXTS, _NUMBERS)
    first = groups.first
    is_first = np.zeros(len(reader), dtype=np.bool_)
    is_first[first] = True
    owners = find_owners(reader, ledger, is_first)
    dates = reader.read_dates(("receipt_date",))
    parts = reader.take_amounts(_MONEY, credit_sign=1)
    currencies = find_currencies(reader, ledger, owners, parts)
    money = reader.read_money(parts, exponents(currencies))
    for key in ("receipt_date", "amount"):
        reader.each(is_first & ~reader.filled(key), codes.CELL_MISSING, key)
    amount = money["amount"]
    reader.each((amount <= 0) & (amount != BLANK), codes.AMOUNT_NEGATIVE, "amount")
    frame = _drafts(reader, groups, money, currencies, dates["receipt_date"])
    frame = frame.replace(customer_id=owners.ids[first])
    frame = frame.replace(receipt_no=_filled_numbers(ledger, frame))
    check_totals(reader, totals, "amount", np.where(is_first, amount, 0), currencies)
    return Documents(
        frame, owners.names[first], groups.rows, first, _outcomes(reader, groups, left_out),
        amount[first], np.full(len(groups), "NaT", dtype="datetime64[D]"),
        np.full(len(groups), BLANK, dtype=np.int64), dropped + len(totals),
    )  # fmt: skip


def _groups(reader: Reader, numbers: TextArray) -> Groups:
    """Rows of one number are one receipt where the file says what each row applies."""
    if reader.has("applied_amount"):
        (document,), texts = codes_of(
            np.where(
                numbers == "", text_array(f"\x00{i}" for i in range(len(numbers))), numbers
            ).astype(object)
        )
        first = np.full(len(texts), -1, dtype=np.int64)
        first[document[::-1]] = np.arange(len(numbers))[::-1]
        groups = Groups(document, first, np.bincount(document, minlength=len(texts)))
        check_alike(reader, groups, _ALIKE)
        return groups
    check_unique(reader, numbers, "receipt_no")
    return group_rows(reader, numbers, ())


def _not_final(reader: Reader, groups: Groups) -> BoolArray:
    status = reader.word("status")[groups.first]
    left = np.isin(status, np.array(sorted(NOT_FINAL), dtype=object))
    if left.any():
        named = ", ".join(dict.fromkeys(status[left].tolist()))
        reader.said.append(
            f"Left out: {number_of(int(left.sum()), 'receipt')} marked {named} in the file."
        )
    return np.asarray(left, dtype=np.bool_)


def _drafts(
    reader: Reader,
    groups: Groups,
    money: Mapping[str, IntArray],
    currencies: TextArray,
    dates: DateArray,
) -> Frame:
    first = groups.first
    blank = np.full(len(groups), BLANK, dtype=np.int64)
    amounts = {
        key: np.where(money[key][first] == 0, BLANK, money[key][first]) if key in money else blank
        for key in ("bank_amount", "bank_fee")
    }
    return Frame.build(
        RECEIPTS,
        len(groups),
        receipt_no=reader.text("receipt_no")[first],
        receipt_date=dates[first],
        method=_methods(reader, groups),
        check_ref=reader.text("check_ref")[first],
        currency=currencies[first],
        amount=money["amount"][first],
        remittance=_remittances(reader, groups, money, currencies),
        memo=reader.text("memo")[first],
        **amounts,
    )


def _methods(reader: Reader, groups: Groups) -> TextArray:
    words = reader.word("method")[groups.first]
    (codes_,), distinct = codes_of(words)
    ours = [METHODS.get(word, "Other") for word in distinct]
    for word in distinct:
        if word and word not in METHODS:
            rows = groups.first[words == word]
            shown = reader.text("method")[rows[0]]
            seen = f"`{shown}` on {number_of(len(rows), 'receipt')}"
            reader.finding(codes.METHOD_UNKNOWN, int(rows[0]), "method", seen)
    return np.asarray(text_array(ours)[codes_], dtype=object)


def _remittances(
    reader: Reader, groups: Groups, money: Mapping[str, IntArray], currencies: TextArray
) -> TextArray:
    """What each receipt pays; several rows of one receipt are put together as `A 1.00; B 2.00`."""
    texts = reader.text("remittance")
    whole = texts[groups.first].copy()
    if "applied_amount" not in money:
        return whole
    applied = money["applied_amount"]
    pieces: list[list[str]] = [[] for _ in range(len(groups))]
    for row in np.flatnonzero(texts != "").tolist():
        part = applied[row]
        amount = "" if part == BLANK else f" {plain_text(int(part), str(currencies[row]))}"
        pieces[groups.document[row]].append(f"{texts[row]}{amount}")
    return text_array("; ".join(parts) for parts in pieces)


def _filled_numbers(ledger: Ledger, frame: Frame) -> TextArray:
    """Numbers from content and occurrence for receipts that have none in the file."""
    numbers = frame.text("receipt_no").copy()
    unnumbered = numbers == ""
    prefix = ledger.policy.settings.receipt_prefix
    numbers[unnumbered] = receipt_numbers(prefix, frame.take(unnumbered))
    return numbers


def _outcomes(reader: Reader, groups: Groups, left_out: BoolArray) -> IntArray:
    bad = np.zeros(len(groups), dtype=np.bool_)
    bad[groups.document[reader.bad]] = True
    outcomes = np.where(bad, Outcome.REFUSED, Outcome.NEW).astype(np.int64)
    outcomes[left_out] = Outcome.LEFT_OUT
    return outcomes
