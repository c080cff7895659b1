"""Whose document it is and in which currency: by the file, else the workbook, and said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, codes_of, positions, text_array
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import is_currency
from ar_xl.core.tables import CUSTOMERS
from ar_xl.imports import codes
from ar_xl.imports.amounts import AmountTexts
from ar_xl.imports.headings import squeezed
from ar_xl.imports.reading import Reader
from ar_xl.imports.words import SIGNS, number_of
from ar_xl.ops.customers import customer_values

_CODE_WITH_PROSE = re.compile(r"[0-9][0-9A-Za-z._-]*\([^)]*\s[^)]*\)")


@dataclass(frozen=True)
class Owners:
    """Who owes or paid each row.

    Args:
        ids: Customer ID of each row; the name where neither file nor workbook has an ID.
        names: as the file has them, "" where it has none.
    """

    ids: TextArray
    names: TextArray


def find_owners(reader: Reader, ledger: Ledger, needed: BoolArray) -> Owners:
    """The customer of each row.

    Args:
        reader: the rows.
        ledger: its customers are known by ID, and by name where the file has no ID.
        needed: rows that must have one: the first lines of documents.
    """
    ids, names = reader.text("customer_id").copy(), _stripped(reader.text("customer_name"))
    known = ledger.posted("Customers")
    by_name = _ids_by_name(known)
    has_names = reader.has("customer_name")
    asked = np.where(ids == "", names, ids)
    is_known = positions(known.text("customer_id"), asked) >= 0
    (codes_,), distinct = codes_of(np.asarray(asked, dtype=object))
    found = text_array(by_name.get(squeezed(text), "") for text in distinct)[codes_]
    named = ~is_known & (found != "") & ((ids == "") | (not has_names))
    ids = np.where(named, found, asked)
    if bool((reader.text("customer_id") == "").all()) and has_names:
        reader.said.append(
            "The file names customers without an ID; the ID is the workbook's where it has a "
            "customer of that name, else the name itself."
        )
    key = "customer_id" if reader.has("customer_id") else "customer_name"
    reader.each((ids == "") & needed, codes.CUSTOMER_MISSING, key)
    (codes_,), distinct = codes_of(np.asarray(ids, dtype=object))
    prose = np.fromiter(
        (_CODE_WITH_PROSE.fullmatch(text.strip()) is not None for text in distinct),
        bool, len(distinct),
    )  # fmt: skip
    reader.each(prose[codes_] & needed, codes.CODE_WITH_PROSE, key)
    return Owners(np.asarray(ids, dtype=object), np.where(names == "", "", names).astype(object))


def _stripped(texts: TextArray) -> TextArray:
    (codes_,), distinct = codes_of(texts)
    return np.asarray(text_array(t.strip() for t in distinct)[codes_], dtype=object)


def _ids_by_name(customers: Frame) -> dict[str, str]:
    """ID by squeezed name, only where one customer has the name."""
    found: dict[str, str] = {}
    for name, identity in zip(customers.text("name"), customers.text("customer_id"), strict=True):
        plain = squeezed(name)
        if plain:
            found[plain] = "" if plain in found else identity
    return found


def new_customers(ledger: Ledger, ids: TextArray, names: TextArray) -> Frame:
    """The customers that the workbook does not have yet, as rows with the status New.

    Args:
        ledger: the customers it has.
        ids: of the documents that come in.
        names: their customers' names, "" where the file has none.
    """
    (codes_,), distinct = codes_of(ids)
    named = np.full(len(distinct), "", dtype=object)
    rows = np.flatnonzero(names != "")[::-1]
    named[codes_[rows]] = names[rows]
    wanting = positions(ledger.posted("Customers").text("customer_id"), distinct) < 0
    wanting &= distinct != ""
    picked = np.flatnonzero(wanting)
    return Frame.build(
        CUSTOMERS, len(picked), customer_id=distinct[picked], name=named[picked], status="New"
    )


def nearly_known(ledger: Ledger, added: Frame, source: str) -> list[Finding]:
    """New customers whose ID differs from another only by case, spaces or punctuation."""
    seen = {squeezed(i): i for i in ledger.posted("Customers").text("customer_id")}
    findings = []
    for identity in added.text("customer_id"):
        plain = squeezed(identity)
        other = seen.setdefault(plain, identity) if plain else identity
        if other != identity:
            findings.append(
                Finding(
                    codes.CUSTOMER_NEARLY_KNOWN, column="customer_id", row_id=identity,
                    seen=f"`{identity}`, nearly the customer `{other}`", sheet=source,
                )
            )  # fmt: skip
    return findings


def find_currencies(
    reader: Reader, ledger: Ledger, owners: Owners, parts: Mapping[str, AmountTexts]
) -> TextArray:
    """The currency of each row: the file's, else --currency, the customer's, the workbook's.

    Args:
        reader: the rows.
        ledger: customers and base currency.
        owners: of the rows.
        parts: the amounts, which may carry a sign or code.
    """
    (codes_,), distinct = codes_of(reader.text("currency"))
    upper = text_array(text.strip().upper() for text in distinct)
    valid = np.fromiter((t == "" or is_currency(t) for t in upper), bool, len(upper))
    reader.each(~valid[codes_], codes.CURRENCY_UNREADABLE, "currency")
    named = np.where(valid, upper, "").astype(object)[codes_]
    for key, part in parts.items():
        named = with_marks(reader, key, part, named)
    sources = _fallbacks(reader, ledger, owners)
    out = named.copy()
    counts = ~reader.quiet
    given = int(((out != "") & counts).sum())
    for sentence, values in sources:
        taken = (out == "") & (values != "")
        out[taken] = values[taken]
        count = int((taken & counts).sum())
        if not count:
            continue
        names = ", ".join(sorted(set(values[taken & counts].tolist())))
        rows = number_of(count, "row")
        where = f"Without a currency: {rows}" if given else "The file names no currency"
        reader.said.append(f"{where}; {sentence.format(names=names)}.")
        given += count
    return np.asarray(out, dtype=object)


def _fallbacks(reader: Reader, ledger: Ledger, owners: Owners) -> list[tuple[str, TextArray]]:
    length = len(reader)
    return [
        ("{names} of --currency was taken",
         np.full(length, reader.options.currency, dtype=object)),
        ("{names} of the customer was taken",
         customer_values(ledger, owners.ids, "currency")),
        ("the workbook's {names} was taken",
         np.full(length, ledger.policy.settings.base_currency, dtype=object)),
    ]  # fmt: skip


def with_marks(reader: Reader, key: str, part: AmountTexts, named: TextArray) -> TextArray:
    """Use the currency beside an amount; one that contradicts the currency column is an error.

    Args:
        reader: the rows.
        key: the field of the amount.
        part: the amounts, taken apart.
        named: the currency of each row as far as it is known, "" elsewhere.
    """
    out = named.copy()
    for mark in dict.fromkeys(part.mark[part.mark != ""].tolist()):
        rows = (part.mark == mark) & (part.wrong == 0)
        allowed = SIGNS.get(mark, frozenset({mark}) if is_currency(mark) else frozenset())
        if not allowed:
            reader.each(rows, codes.CURRENCY_UNREADABLE, key)
            continue
        if len(allowed) == 1:
            out[rows & (out == "")] = next(iter(allowed))
        filled = rows & (out != "")
        wrong = filled & ~np.isin(out, np.array(sorted(allowed), dtype=object))
        reader.each(wrong, codes.CURRENCY_CONTRADICTS, key)
    return out
