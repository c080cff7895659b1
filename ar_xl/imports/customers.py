"""Customers of a foreign file: rows of the Customers sheet; what stands there is left alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    text_array,
)
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponents, is_currency, money_text
from ar_xl.core.schema import Kind
from ar_xl.core.tables import CUSTOMER_STATUSES, CUSTOMERS
from ar_xl.imports import codes
from ar_xl.imports.reading import Reader
from ar_xl.imports.result import Outcome
from ar_xl.imports.rows import check_widths, drop_notes
from ar_xl.imports.terms import match_terms

_PLAIN = (
    "customer_id", "name", "parent_id", "email", "phone", "fee_policy", "collector",
    "salesperson", "reminder_block", "language", "notes",
)  # fmt: skip
_ADDRESS = ("street", "street_2", "city", "state", "postal_code", "country")
_LIMITS = ("credit_limit", "overdue_limit")
_STATUSES = {status.casefold(): status for status in CUSTOMER_STATUSES}


@dataclass(frozen=True)
class CustomerRows:
    """The customers of a file.

    Args:
        frame: as rows of the Customers sheet.
        outcomes: `Outcome` of each.
        dropped: rows that hold no customer.
    """

    frame: Frame
    outcomes: IntArray
    dropped: int


def read_customers(reader: Reader, ledger: Ledger) -> CustomerRows:
    """Read the customers of a file.

    Args:
        reader: the file.
        ledger: its customers stay as they are; a difference is a warning.
    """
    dropped = drop_notes(reader, ("customer_id", "name"))
    check_widths(reader)
    reader.check_texts((*_PLAIN, *_ADDRESS, "address", "contact", "terms"), ("customer_id",))
    texts = {key: reader.text(key) for key in _PLAIN}
    named_only = texts["customer_id"] == ""
    if bool(named_only.all()):
        reader.said.append("The file has no customer ID; the name is used as the ID.")
    texts["customer_id"] = np.where(named_only, texts["name"], texts["customer_id"]).astype(object)
    _check_twice(reader, texts["customer_id"])
    currencies = _currencies(reader)
    frame = Frame.build(
        CUSTOMERS,
        len(reader),
        **texts,
        contact=_contacts(reader),
        address=_addresses(reader),
        terms=_terms(reader, ledger),
        currency=currencies,
        status=_statuses(reader),
        **_limits(reader, ledger, currencies),
    )
    outcomes = np.where(reader.bad, Outcome.REFUSED, Outcome.NEW).astype(np.int64)
    return CustomerRows(frame, _compared(reader, ledger, frame, outcomes), dropped)


def _check_twice(reader: Reader, ids: TextArray) -> None:
    (codes_,), texts = codes_of(ids)
    times = np.bincount(codes_, minlength=len(texts))
    key = "customer_id" if reader.has("customer_id") else "name"
    for row in np.flatnonzero(times[codes_] > 1).tolist():
        seen = f"`{ids[row]}` on {times[codes_[row]]} rows"
        reader.finding(codes.TWICE_IN_FILE, row, key, seen)


def _currencies(reader: Reader) -> TextArray:
    (codes_,), distinct = codes_of(reader.text("currency"))
    upper = text_array(text.strip().upper() for text in distinct)
    valid = np.fromiter((t == "" or is_currency(t) for t in upper), bool, len(upper))
    reader.each(~valid[codes_], codes.CURRENCY_UNREADABLE, "currency")
    return np.where(valid, upper, "").astype(object)[codes_]


def _joined(reader: Reader, keys: tuple[str, ...], between: str) -> TextArray:
    columns = [reader.text(key) for key in keys if reader.has(key)]
    if not columns:
        return reader.blank_texts()
    return text_array(
        between.join(part for part in parts if part) for parts in zip(*columns, strict=True)
    )


def _contacts(reader: Reader) -> TextArray:
    contact, person = reader.text("contact"), _joined(reader, ("first_name", "last_name"), " ")
    return np.where(contact == "", person, contact).astype(object)


def _addresses(reader: Reader) -> TextArray:
    whole, parts = reader.text("address"), _joined(reader, _ADDRESS, ", ")
    return np.where(whole == "", parts, whole).astype(object)


def _terms(reader: Reader, ledger: Ledger) -> TextArray:
    terms, findings = match_terms(ledger, reader.text("terms"), reader.table.grid.source)
    reader.findings += findings
    return terms


def _statuses(reader: Reader) -> TextArray:
    (codes_,), distinct = codes_of(reader.word("status"))
    ours = text_array(_STATUSES.get(word, "New") for word in distinct)
    other = [word for word in distinct if word and word not in _STATUSES]
    if other:
        reader.said.append(f"Statuses that ar_xl does not have came in as New: {', '.join(other)}.")
    return np.asarray(ours[codes_], dtype=object)


def _limits(reader: Reader, ledger: Ledger, currencies: TextArray) -> dict[str, IntArray]:
    """Credit limits; where every customer of a file has 0, the file has none at all."""
    base = ledger.policy.settings.base_currency
    digits = exponents(np.where(currencies == "", base, currencies).astype(object))
    money = reader.read_money(reader.take_amounts(_LIMITS), digits)
    blank = np.full(len(reader), BLANK, dtype=np.int64)
    limits = {key: money.get(key, blank) for key in _LIMITS}
    for key, amounts in limits.items():
        reader.each((amounts < 0) & (amounts != BLANK), codes.AMOUNT_UNREADABLE, key)
        filled = amounts != BLANK
        if filled.any() and bool((amounts[filled] == 0).all()):
            limits[key] = blank
            title = reader.match.title(key)
            reader.said.append(
                f"{title} is 0.00 for every customer of the file and was left empty, which is "
                "unlimited; in ar_xl 0.00 is no credit at all."
            )
    return limits


def _compared(reader: Reader, ledger: Ledger, frame: Frame, outcomes: IntArray) -> IntArray:
    """Customers that are there already stay as they are; what the file says otherwise is said."""
    out = outcomes.copy()
    standing = ledger.posted("Customers")
    at = positions(standing.text("customer_id"), frame.text("customer_id"))
    rows = np.flatnonzero((out == Outcome.NEW) & (at >= 0))
    out[rows] = Outcome.KNOWN
    for row in rows.tolist():
        currency = str(frame.text("currency")[row]) or ledger.policy.settings.base_currency
        different = _differences(frame, row, standing, int(at[row]), currency)
        if different:
            line = int(reader.table.grid.lines[row])
            reader.findings.append(
                Finding(
                    codes.CUSTOMER_DIFFERS, row=line, column="customer_id",
                    row_id=str(frame.text("customer_id")[row]), seen="; ".join(different),
                    sheet=reader.table.grid.source, cell=f"line {line}",
                )
            )  # fmt: skip
            out[row] = Outcome.REFUSED
    return out


def _differences(frame: Frame, row: int, standing: Frame, at: int, currency: str) -> list[str]:
    """Columns in which a file names something else than the sheet; a blank of the file is none."""
    found = []
    for column in CUSTOMERS.columns:
        mine, theirs = frame.columns[column.key][row], standing.columns[column.key][at]
        empty = BLANK if column.kind is Kind.MONEY else ""
        if mine in (theirs, empty) or column.key in ("customer_id", "status"):
            continue
        shown = [
            money_text(int(value), currency) if column.kind is Kind.MONEY else str(value)
            for value in (mine, theirs)
        ]
        theirs_shown = f"`{shown[1]}`" if shown[1] else "nothing"
        found.append(f"{column.heading}: `{shown[0]}` in the file, {theirs_shown} in the workbook")
    return found


def kept_customers(rows: CustomerRows, outcomes: IntArray) -> Frame:
    """The customers that come in."""
    new: BoolArray = np.asarray(outcomes == Outcome.NEW, dtype=np.bool_)
    return rows.frame.take(new)
