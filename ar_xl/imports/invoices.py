"""Invoices and memos of a foreign file: one document each, its amount positive, its type said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, DateArray, IntArray, TextArray, codes_of
from ar_xl.core.findings import Code, Finding
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponents, money_text
from ar_xl.core.tables import INVOICES
from ar_xl.imports import codes
from ar_xl.imports.headings import goes_by
from ar_xl.imports.lines import (
    Groups,
    check_against_lines,
    check_alike,
    check_unique,
    group_rows,
    has_lines,
    is_document_tax,
    totals_of_lines,
)
from ar_xl.imports.parties import find_currencies, find_owners
from ar_xl.imports.reading import Reader
from ar_xl.imports.result import Outcome
from ar_xl.imports.rows import check_totals, check_widths, drop_notes, split_totals
from ar_xl.imports.terms import match_terms
from ar_xl.imports.words import APPLIED, NOT_DOCUMENTS, NOT_FINAL, PAID, TYPES, number_of

_TELLING = ("invoice_no", "memo_no", "invoice_date", "amount", "balance", "line_amount")
_ON_FIRST_LINE = ("invoice_no", "memo_no", "invoice_date", "customer_id", "customer_name")
_ALIKE = (
    "customer_id", "customer_name", "invoice_date", "due_date", "currency", "type", "status",
    "amount", "settled_date",
)  # fmt: skip
_MONEY = (
    "amount", "balance", "paid_amount", "tax", "non_discountable", "line_amount",
    "line_subtotal", "line_tax", "line_tax_2",
)  # fmt: skip
_TEXTS = (
    "invoice_no", "memo_no", "customer_id", "customer_name", "terms", "applies_to", "reference",
    "po", "description", "gl_account",
)  # fmt: skip
_NUMBERS = ("invoice_no", "memo_no", "customer_id", "applies_to")


@dataclass(frozen=True)
class Documents:
    """The documents of a file, one element each.

    Args:
        frame: as drafts, amounts positive.
        names: of the customers, "" where the file has none.
        rows: how many rows of the file each takes.
        first: the reader's row of each.
        outcomes: `Outcome` so far.
        signed: minor units with the sign of the receivable, BLANK where it could not be read.
        settled: the date each was settled, NaT where it was not or the file does not say.
        paid: paid by then, minor units; BLANK where the file does not say.
        dropped: rows of the file that hold no document: notes and totals.
    """

    frame: Frame
    names: TextArray
    rows: IntArray
    first: IntArray
    outcomes: IntArray
    signed: IntArray
    settled: DateArray
    paid: IntArray
    dropped: int


def read_invoices(reader: Reader, ledger: Ledger) -> Documents:
    """Read the invoices and memos of a file.

    Args:
        reader: the file; gathers findings and what is to be said.
        ledger: customers, terms and base currency.
    """
    dropped = drop_notes(reader, _TELLING)
    totals = split_totals(reader, ("invoice_no", "memo_no", "invoice_date"))
    numbers, memo = _numbers(reader)
    groups = group_rows(reader, numbers, _ON_FIRST_LINE)
    left_out = _left_out(reader, groups)
    reader.quiet = left_out[groups.document]
    check_widths(reader)
    reader.check_texts(_TEXTS, _NUMBERS)
    _check_rows(reader, groups, numbers)
    first = groups.first
    is_first = np.zeros(len(reader), dtype=np.bool_)
    is_first[first] = True
    owners = find_owners(reader, ledger, is_first)
    dates = reader.read_dates(("invoice_date", "due_date", "settled_date"))
    parts = reader.take_amounts(_MONEY)
    currencies = find_currencies(reader, ledger, owners, parts)
    money = reader.read_money(parts, exponents(currencies))
    reader.each(is_first & ~reader.filled("invoice_date"), codes.CELL_MISSING, "invoice_date")
    amount, tax = _amounts(reader, groups, money, currencies[first], ~left_out)
    kind = _types(reader, groups, memo)
    frame = _drafts(reader, ledger, groups, numbers, memo, dates).replace(
        customer_id=owners.ids[first], currency=currencies[first], type=kind, amount=amount,
        tax=tax,
        non_discountable=_nothing_as_blank(_of_first(money, "non_discountable", groups)),
    )  # fmt: skip
    frame, signed = _positive(reader, frame, left_out)
    counted = np.zeros(len(reader), dtype=np.int64)
    counted[first] = amount
    check_totals(reader, totals, _amount_key(reader), counted, currencies)
    made = Documents(
        frame, owners.names[first], groups.rows, first,
        _outcomes(reader, groups, left_out, signed), signed, dates["settled_date"][first],
        _paid(money, groups, amount), dropped + len(totals),
    )  # fmt: skip
    _say_paid(reader, made)
    _say_due_dates(reader, ledger)
    return made


def _numbers(reader: Reader) -> tuple[TextArray, BoolArray]:
    """The number of each row, and which are numbers of credit memos."""
    memo_numbers = reader.text("memo_no")
    memo = memo_numbers != ""
    return np.where(memo, memo_numbers, reader.text("invoice_no")).astype(object), memo


def _left_out(reader: Reader, groups: Groups) -> BoolArray:
    """Documents that the file itself calls drafts, void or no invoices."""
    status = reader.word("status")[groups.first]
    type_ = reader.word("type")[groups.first]
    left = np.zeros(len(groups), dtype=np.bool_)
    for words, values, what in (
        (NOT_FINAL, status, "marked {words} in the file, which are no receivables"),
        (NOT_DOCUMENTS, type_, "of type {words}, which are no invoices"),
    ):
        mine = np.isin(values, np.array(sorted(words), dtype=object)) & ~left
        if mine.any():
            named = ", ".join(dict.fromkeys(values[mine].tolist()))
            count = number_of(int(mine.sum()), "document")
            reader.said.append(f"Left out: {count} {what.format(words=named)}.")
        left |= mine
    return left


def _check_rows(reader: Reader, groups: Groups, numbers: TextArray) -> None:
    key = "invoice_no" if reader.has("invoice_no") else "memo_no"
    missing = np.zeros(len(reader), dtype=np.bool_)
    missing[groups.first] = numbers[groups.first] == ""
    reader.each(missing, codes.NUMBER_MISSING, key)
    if has_lines(reader):
        check_alike(reader, groups, _ALIKE)
    else:
        check_unique(reader, numbers, key)


def _amount_key(reader: Reader) -> str:
    return next((k for k in ("amount", "line_amount", "balance") if reader.has(k)), "amount")


def _amounts(
    reader: Reader,
    groups: Groups,
    money: Mapping[str, IntArray],
    currencies: TextArray,
    which: BoolArray,
) -> tuple[IntArray, IntArray]:
    """Amount and tax of each document: the file's total, else its lines, else its balance."""
    tax = np.full(len(groups), BLANK, dtype=np.int64)
    if "tax" in money and (not has_lines(reader) or is_document_tax(reader)):
        tax = money["tax"][groups.first]
    key = _amount_key(reader)
    if key == "line_amount":
        reader.said.append(
            "The file has no total per document; the amounts are the sums of "
            f"{len(reader):,} lines."
        )
        total, line_tax = totals_of_lines(reader, groups, money)
        return total, np.where((tax == BLANK) & (line_tax != 0), line_tax, tax)
    if key == "balance":
        reader.said.append("The file has no invoice total; what is still open was taken as it.")
    empty = np.zeros(len(reader), dtype=np.bool_)
    empty[groups.first] = ~reader.filled(key)[groups.first]
    reader.each(empty, codes.CELL_MISSING, key)
    if len(groups) < len(reader):
        reader.said.append(f"{len(reader):,} lines were reduced to {len(groups):,} documents.")
    check_against_lines(reader, groups, money, currencies, which)
    return money[key][groups.first], tax


def _of_first(money: Mapping[str, IntArray], key: str, groups: Groups) -> IntArray:
    blank = np.full(len(groups), BLANK, dtype=np.int64)
    return money[key][groups.first] if key in money else blank


def _nothing_as_blank(amounts: IntArray) -> IntArray:
    return np.where(amounts == 0, BLANK, amounts)


def _types(reader: Reader, groups: Groups, memo: BoolArray) -> TextArray:
    """Our type of each document; a word that is none is an error."""
    words = reader.word("type")[groups.first]
    (codes_,), distinct = codes_of(words)
    ours = np.array([TYPES.get(word, "") for word in distinct] + [""], dtype=object)[:-1]
    kind = np.asarray(ours[codes_], dtype=object)
    for document in np.flatnonzero((kind == "") & (words != "")).tolist():
        reader.finding(codes.TYPE_UNREADABLE, int(groups.first[document]), "type",
                       f"`{words[document]}`")  # fmt: skip
    kind[(kind == "") & memo[groups.first]] = "Credit Memo"
    kind[kind == ""] = "Invoice"
    return kind


def _drafts(
    reader: Reader,
    ledger: Ledger,
    groups: Groups,
    numbers: TextArray,
    memo: BoolArray,
    dates: Mapping[str, DateArray],
) -> Frame:
    first = groups.first
    terms, findings = match_terms(
        ledger, np.where(reader.quiet, "", reader.text("terms"))[first], reader.table.grid.source
    )
    reader.findings += findings
    applies_to = reader.text("applies_to")
    names_invoice = memo & (applies_to == "")
    applies_to = np.where(names_invoice, reader.text("invoice_no"), applies_to).astype(object)
    return Frame.build(
        INVOICES,
        len(groups),
        invoice_no=numbers[first],
        invoice_date=dates["invoice_date"][first],
        due_date=dates["due_date"][first],
        terms=terms,
        applies_to=applies_to[first],
        reference=reader.text("reference")[first],
        po=reader.text("po")[first],
        description=reader.text("description")[first],
        gl_account=reader.text("gl_account")[first],
    )


def _positive(reader: Reader, frame: Frame, left_out: BoolArray) -> tuple[Frame, IntArray]:
    """Amounts as drafts have them; negative invoices become credit memos, which is said."""
    amount, tax = frame.ints("amount"), frame.ints("tax")
    freight = frame.ints("non_discountable")
    kind, currency = frame.text("type").copy(), frame.text("currency")
    negative = (amount < 0) & (amount != BLANK)
    turned = negative & (kind != "Credit Memo") & ~left_out
    if turned.any():
        sums = ", ".join(
            f"{code} {money_text(-int(amount[turned & (currency == code)].sum()), code)}"
            for code in sorted(set(currency[turned].tolist()))
        )
        count = number_of(int(turned.sum()), "negative invoice")
        reader.said.append(f"{count} came in as credit memos: {sums}.")
    kind[negative] = "Credit Memo"
    frame = frame.replace(
        type=kind,
        amount=np.where(negative, -amount, amount),
        tax=np.where(negative & (tax != BLANK), -tax, tax),
        non_discountable=np.where(negative & (freight != BLANK), -freight, freight),
    )
    sign = np.where((kind == "Credit Memo"), -1, 1)
    magnitude = frame.ints("amount")
    return frame, np.where(magnitude == BLANK, BLANK, np.where(magnitude == BLANK, 0, magnitude)
                           * sign)  # fmt: skip


def _outcomes(reader: Reader, groups: Groups, left_out: BoolArray, signed: IntArray) -> IntArray:
    bad = np.zeros(len(groups), dtype=np.bool_)
    bad[groups.document[reader.bad]] = True
    outcomes = np.where(bad, Outcome.REFUSED, Outcome.NEW).astype(np.int64)
    outcomes[left_out] = Outcome.LEFT_OUT
    nothing = (signed == 0) & (outcomes == Outcome.NEW)
    if nothing.any():
        count = number_of(int(nothing.sum()), "document")
        reader.said.append(f"Left out: {count} of 0.00; nothing is owed.")
    outcomes[nothing] = Outcome.LEFT_OUT
    return outcomes


def _paid(money: Mapping[str, IntArray], groups: Groups, amount: IntArray) -> IntArray:
    """What the file says is paid: in so many words, or as amount less balance."""
    paid = _of_first(money, "paid_amount", groups)
    balance = _of_first(money, "balance", groups)
    reckoned = (paid == BLANK) & (balance != BLANK) & (amount != BLANK)
    return np.where(reckoned, np.where(reckoned, amount - balance, 0), paid)


def _say_paid(reader: Reader, documents: Documents) -> None:
    """Warn where the file knows of payments or of credits used that do not come in with it."""
    status = reader.word("status")[documents.first]
    frame, outcomes = documents.frame, documents.outcomes
    counts = (outcomes != Outcome.LEFT_OUT) & (frame.ints("amount") != BLANK)
    memo = frame.text("type") == "Credit Memo"
    unsettled = np.isnat(documents.settled)
    amount = frame.ints("amount")
    paid = np.where((documents.paid == BLANK) | memo, 0, documents.paid)
    by_word = np.isin(status, np.array(sorted(PAID), dtype=object)) & (paid == 0) & ~memo
    paid = np.where(by_word, amount, paid)
    if not _is_open_amount(reader):
        fix = codes.PAID_IN_SOURCE.fix
        if reader.has("balance"):
            title = reader.table.headings[reader.match.columns["balance"]]
            fix = fix.replace("their balance", title)
        _say_amounts(reader, documents, codes.PAID_IN_SOURCE, (paid > 0) & counts & unsettled,
                     paid, "paid in the file, wholly or in part", fix)  # fmt: skip
    used = np.isin(status, np.array(sorted(APPLIED), dtype=object)) & memo & counts
    used |= memo & ~unsettled & counts
    _say_amounts(reader, documents, codes.APPLIED_IN_SOURCE, used, amount,
                 "marked as used in the file")  # fmt: skip


def _is_open_amount(reader: Reader) -> bool:
    """Whether the amounts that come in are what is still open of each document already."""
    index = reader.match.columns.get("amount")
    kind = reader.match.kind.name
    return index is not None and goes_by(kind, "balance", reader.table.headings[index])


def _say_due_dates(reader: Reader, ledger: Ledger) -> None:
    """Say on what documents without a due date will fall due: the file does not tell."""
    if reader.has("due_date") or reader.has("terms"):
        return
    default = ledger.policy.settings.default_terms
    rest = f"by `{default}`, the Default Terms of Settings" if default else "on its invoice date"
    reader.said.append(
        "The file has no due date and no terms. Each document falls due by its customer's terms "
        f"on the Customers sheet; choose them before posting. Without any it falls due {rest}."
    )


def _say_amounts(
    reader: Reader, documents: Documents, code: Code, which: BoolArray, amounts: IntArray,
    what: str, fix: str = "",
) -> None:  # fmt: skip
    if not which.any():
        return
    currency = documents.frame.text("currency")
    sums = ", ".join(
        f"{name} {money_text(int(amounts[which & (currency == name)].sum()), name)}"
        for name in sorted(set(currency[which].tolist()))
    )
    reader.findings.append(
        Finding(
            code,
            seen=f"{number_of(int(which.sum()), 'document')} {what}: {sums}",
            sheet=reader.table.grid.source,
            fix=fix,
        )
    )
