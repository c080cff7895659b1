"""Columns of a bank's table whose meaning their content tells, or a word within their heading."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from ar_xl.core.arrays import codes_of
from ar_xl.core.money import is_currency
from ar_xl.imports.bank.tables.names import BANK, CREDIT_SIDE, DEBIT_SIDE, LIKELY, UNLIKELY
from ar_xl.imports.headings import Match, names_of, squeezed
from ar_xl.imports.rawtable import RawTable

_FEW = 40  # different texts that a column of codes has at most


def with_likely(table: RawTable, found: Match) -> Match:
    """The columns with those added whose heading contains a word for what is still missing.

    Only where one column alone has such a word, as in `Montant de la transaction`.
    """
    columns = dict(found.columns)
    has_money = {"amount", "debit", "credit"} & columns.keys()
    wanted = [] if {"date", "value_date"} & columns.keys() else ["date"]
    wanted += [] if has_money else ["debit", "credit", "amount"]
    wanted += [key for key in ("balance", "text") if key not in columns]
    for key in wanted:
        if key == "amount" and {"debit", "credit"} & columns.keys():
            continue
        likely = [
            index for index, heading in enumerate(table.headings)
            if index not in columns.values() and _has_content(table, index)
            and _contains(heading, LIKELY[key]) and not _contains(heading, UNLIKELY)
        ]  # fmt: skip
        if len(likely) == 1:
            columns[key] = likely[0]
    groups = {group[0]: group for group in BANK.required}
    findings = tuple(
        each for each in found.findings
        if each.code.name != "import_column_missing"
        or not columns.keys() & set(groups.get(each.column, ()))
    )  # fmt: skip
    return replace(found, columns=columns, findings=findings)


def _contains(heading: str, words: tuple[str, ...]) -> bool:
    folded = unicodedata.normalize("NFKD", heading).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return any(word in plain for word in words)


def text_columns(table: RawTable, found: Match) -> tuple[int, ...]:
    """The columns that are joined to the text of a line, in the order of the file.

    Unnamed columns right behind one of them go on with its text.
    """
    names = names_of(BANK, "text")
    used = {index for key, index in found.columns.items() if key != "text"}
    out: list[int] = []
    for index, heading in enumerate(table.headings):
        goes_on = bool(out) and out[-1] == index - 1 and heading == f"Column {index + 1}"
        is_text = index not in used and (goes_on or _numbered(heading) in names)
        if is_text and _has_content(table, index):
            out.append(index)
    return tuple(out)


def _numbered(heading: str) -> str:
    """A heading in its plain form, without the number behind it: `Description 2`."""
    return squeezed(heading).rstrip("0123456789")


def settle(table: RawTable, found: Match, told: Mapping[str, str]) -> Match:
    """Settle by their content the columns whose headings have two meanings.

    Args:
        table: headings without currencies, and rows.
        found: the columns by their headings.
        told: their heading by ours, as the user named it; those are left as they are.
    """
    columns = dict(found.columns)
    asked = {squeezed(ours) for ours in told}
    at = columns.get("value_date")
    if at is not None and "currency" not in columns and _all(table, at, _is_code):
        columns["currency"] = at  # "Valuta" is a currency in Dutch and Swedish
        del columns["value_date"]
    if {"debit", "credit"} <= columns.keys() and "amount" in columns and "amount" not in asked:
        del columns["amount"]
    if "side" not in columns and "amount" in columns and not _is_signed(table, columns["amount"]):
        unnamed = [i for i, heading in enumerate(table.headings) if heading == f"Column {i + 1}"]
        for index in (*unnamed, columns.get("type", -1)):
            if index >= 0 and _all(table, index, _is_side):
                columns["side"] = index
                break
    _settle_accounts(table, columns, asked)
    payer, payee = columns.get("payer"), columns.get("payee")
    if payer is not None and payee is not None and _is_constant(table, payer) \
            and not _is_constant(table, payee):  # fmt: skip
        columns["payer"] = payee  # the first is the name of the account's own holder
        del columns["payee"]
    dropped = {"amount"} - columns.keys() if "debit" in columns else set()
    findings = tuple(each for each in found.findings if each.column not in dropped)
    return replace(found, columns=columns, findings=findings)


def _settle_accounts(table: RawTable, columns: dict[str, int], asked: set[str]) -> None:
    """A column of account numbers is our own account where every row has the same, else theirs."""
    at = columns.get("account")
    if at is None or "account" in asked:
        return
    column = table.grid.columns[at]
    is_several = len(set(column.texts[column.filled].tolist())) > 1
    is_behind = squeezed(table.headings[at]) == "iban" and at > columns.get("payer", at)
    if not is_behind and (_is_constant(table, at) or (is_several and bool(column.filled.all()))):
        return
    if not _has_content(table, columns.get("payer_account", -1)):
        columns["payer_account"] = at
    del columns["account"]


def _is_constant(table: RawTable, index: int) -> bool:
    """Whether all rows that hold anything hold the same in a column, and most hold it."""
    column = table.grid.columns[index]
    texts = set(column.texts[column.filled].tolist())
    return len(texts) == 1 and 2 * int(column.filled.sum()) >= len(table)


def _is_signed(table: RawTable, index: int) -> bool:
    """Whether any amount of a column has a sign of its own, so that no other column gives it."""
    column = table.grid.columns[index]
    if column.numbers is not None and bool((column.numbers < 0).any()):
        return True
    texts = [str(text).strip() for text in column.texts[column.filled]]
    return any(text[0] in "-+(\u2212" or text[-1] == "-" for text in texts if text)


def _has_content(table: RawTable, index: int) -> bool:
    return index >= 0 and bool(table.grid.columns[index].filled.any())


def _all(table: RawTable, index: int, is_one: Callable[[str], bool]) -> bool:
    column = table.grid.columns[index]
    _, distinct = codes_of(column.texts[column.filled])
    return 0 < len(distinct) <= _FEW and all(is_one(str(text)) for text in distinct)


def _is_code(text: str) -> bool:
    return is_currency(text.strip().upper())


def _is_side(text: str) -> bool:
    word = side_word(text)
    return word in DEBIT_SIDE or word in CREDIT_SIDE


def side_word(text: str) -> str:
    """The word of a debit or credit column in its plain form."""
    stripped = text.strip()
    return stripped if stripped in ("+", "-") else squeezed(stripped)
