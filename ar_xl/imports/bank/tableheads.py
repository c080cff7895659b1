"""Which column of a bank's table means what: by heading, by content, as told or as remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ar_xl.core.arrays import codes_of
from ar_xl.core.money import is_currency
from ar_xl.imports.bank.parts import Remembered
from ar_xl.imports.bank.tablenames import BANK, CREDIT_SIDE, DEBIT_SIDE
from ar_xl.imports.headings import Match, find_table, match, names_of, squeezed
from ar_xl.imports.rawtable import RawGrid, RawTable, with_headings
from ar_xl.imports.words import SIGNS

_WITH_CURRENCY = re.compile(
    r"(.+?)(?:\s*[(\[]\s*|\s+in\s+|[\s_]+)([A-Z]{3}|[^\w\s()\[\]]|zł|kr|Rs\.?|US\$)\s*[)\]]?"
)
_PAIR = re.compile(r'\s*([^=;]+?)\s*=\s*("(?:[^"]|"")*"|[^;]*?)\s*(?:;|$)')
_TITLES = {field.key: field.title for field in BANK.fields}
_LOOK_AT = 60  # records from the top among which the headings stand
_FEW = 40  # different texts that a column of codes has at most


@dataclass(frozen=True)
class Heads:
    """A bank's table and what its columns mean.

    Args:
        table: rows and headings as the file has them.
        match: column index by field; its findings say what is missing or open.
        texts: the columns that are joined to the text, in the order of the file.
        currency: that a heading names, `Betrag (EUR)`; "" without.
        remembered: the mapping that was used, None where the headings were found by name.
        heading_record: index of the headings among the records of the grid.
    """

    table: RawTable
    match: Match
    texts: tuple[int, ...]
    currency: str
    remembered: Remembered | None
    heading_record: int


def plain_heading(heading: str) -> tuple[str, str]:
    """A heading without the currency behind it, and that currency ("" without)."""
    found = _WITH_CURRENCY.fullmatch(heading.strip())
    if not found:
        return heading, ""
    mark = found[2]
    if is_currency(mark):
        return found[1], mark
    allowed = SIGNS.get(mark, frozenset())
    if not allowed:
        return heading, ""
    return found[1], next(iter(allowed)) if len(allowed) == 1 else ""


def signature(headings: tuple[str, ...]) -> str:
    """The headings of a table in one text, by which its mapping is remembered."""
    return " | ".join(heading for heading in headings if heading)


def columns_text(heads: Heads) -> str:
    """A mapping as the sheet Bank Formats keeps it: `Date=Buchungstag; Amount=Betrag`."""
    pairs = [
        (_TITLES[key], index) for key, index in heads.match.columns.items() if key != "text"
    ] + [(_TITLES["text"], index) for index in heads.texts]
    return "; ".join(f"{ours}={_quoted(heads.table.headings[i])}" for ours, i in pairs)


def _quoted(heading: str) -> str:
    if set(heading) & set('";='):
        return '"' + heading.replace('"', '""') + '"'
    return heading


def columns_of(text: str) -> list[tuple[str, str]]:
    """Read a mapping as the sheet Bank Formats keeps it; pairs of ours and theirs."""
    pairs = []
    for ours, theirs in _PAIR.findall(text):
        if theirs.startswith('"') and theirs.endswith('"') and len(theirs) > 1:
            theirs = theirs[1:-1].replace('""', '"')  # quotes are not part of it
        pairs.append((ours, theirs))
    return pairs


def find_heads(
    grid: RawGrid,
    mapped: Mapping[str, str],
    known: tuple[Remembered, ...],
    fixed: Mapping[str, str],
) -> Heads:
    """Find the headings of a grid and say what each column means.

    Args:
        grid: a file or sheet, perhaps with account data above its headings.
        mapped: their heading by ours, as --map gave it.
        known: mappings of earlier imports; one whose headings are those of the grid is used.
        fixed: their heading by ours that a known exporter always has.
    """
    for remembered in known:
        at = _record_of(grid, squeezed(remembered.headings))
        if at is not None:
            return _as_remembered(grid, at, remembered, mapped)
    return _by_name(grid, mapped, fixed)


def _record_of(grid: RawGrid, wanted: str) -> int | None:
    for index in range(min(len(grid), _LOOK_AT)):
        if wanted and squeezed(" ".join(grid.record(index))) == wanted:
            return index
    return None


def _named(table: RawTable) -> RawTable:
    """A table whose columns without heading are called by their number."""
    headings = tuple(
        heading or (f"Column {i + 1}" if table.grid.columns[i].filled.any() else "")
        for i, heading in enumerate(table.headings)
    )
    return RawTable(table.grid, headings, table.heading_line)


def _as_remembered(
    grid: RawGrid, at: int, remembered: Remembered, mapped: Mapping[str, str]
) -> Heads:
    table = _named(with_headings(grid, at))
    pairs = columns_of(remembered.columns)
    told = {squeezed(ours) for ours in mapped}
    pairs = [pair for pair in pairs if squeezed(pair[0]) not in told] + list(mapped.items())
    whole = dict.fromkeys(_TITLES.values(), "")
    titles = {squeezed(title): title for title in whole}
    for ours, theirs in pairs:
        whole[titles.get(squeezed(ours), ours)] = theirs
    texts = [theirs for ours, theirs in pairs if squeezed(ours) == "text"]
    whole["Text"] = ""
    found, more = _texts_told(table, texts, whole)
    return Heads(table, found, more, "", remembered, at)


def _texts_told(
    table: RawTable, texts: list[str], mapped: Mapping[str, str]
) -> tuple[Match, tuple[int, ...]]:
    """Match by a mapping; the text is joined of all columns named, also by `A + B`."""
    known = {squeezed(heading) for heading in table.headings}
    names = [
        name for text in texts
        for name in ([text] if squeezed(text) in known else text.split(" + ")) if name.strip()
    ]  # fmt: skip
    found = match(table, BANK, mapped)
    columns, findings = dict(found.columns), [*found.findings]
    joined: list[int] = []
    for name in names:
        one = match(table, BANK, {"Text": name})
        findings += [each for each in one.findings if each.code.name == "import_map_unknown"]
        if "text" in one.columns and not findings:
            joined.append(one.columns["text"])
    if joined:
        columns["text"] = joined[0]
    return replace(found, columns=columns, findings=tuple(findings)), tuple(joined)


def _by_name(grid: RawGrid, mapped: Mapping[str, str], fixed: Mapping[str, str]) -> Heads:
    plain_grid = grid
    table = _named(find_table(plain_grid, [BANK], mapped))
    at = int(np.searchsorted(grid.lines, table.heading_line))
    cut = [plain_heading(heading) for heading in table.headings]
    squeezed_ = [squeezed(name) for name, _ in cut]
    names = tuple(
        name if squeezed_.count(squeezed(name)) == 1 else heading
        for (name, _), heading in zip(cut, table.headings, strict=True)
    )
    plain = RawTable(table.grid, names, table.heading_line)
    wanted = {**_present(names, fixed), **mapped}
    told_texts = [theirs for ours, theirs in wanted.items() if squeezed(ours) == "text"]
    wanted = {ours: plain_or(theirs, table.headings) for ours, theirs in wanted.items()
              if squeezed(ours) != "text"}  # fmt: skip
    if told_texts:
        found, texts = _texts_told(plain, [plain_or(t, table.headings) for t in told_texts],
                                   {**wanted, "Text": ""})  # fmt: skip
    else:
        found = _by_content(plain, match(plain, BANK, wanted), wanted)
        texts = _text_columns(plain, found)
    used = {found.columns[key] for key in ("amount", "debit", "credit") if found.has(key)}
    currencies = {cut[index][1] for index in used} - {""}
    currency = currencies.pop() if len(currencies) == 1 else ""
    return Heads(table, found, texts, currency, None, at)


def plain_or(theirs: str, headings: tuple[str, ...]) -> str:
    """A heading that the user named, as it is called after its currency was taken off."""
    named = {squeezed(heading) for heading in headings}
    return plain_heading(theirs)[0] if squeezed(theirs) in named else theirs


def _present(headings: tuple[str, ...], fixed: Mapping[str, str]) -> dict[str, str]:
    there = {squeezed(heading) for heading in headings}
    return {ours: theirs for ours, theirs in fixed.items()
            if not theirs or squeezed(theirs) in there}  # fmt: skip


def _text_columns(table: RawTable, found: Match) -> tuple[int, ...]:
    names = names_of(BANK, "text")
    used = {index for key, index in found.columns.items() if key != "text"}
    return tuple(
        index for index, heading in enumerate(table.headings)
        if index not in used and squeezed(heading) in names
        and table.grid.columns[index].filled.any()
    )  # fmt: skip


def _by_content(table: RawTable, found: Match, told: Mapping[str, str]) -> Match:
    """Settle by their content the columns whose headings have two meanings."""
    columns = dict(found.columns)
    asked = {squeezed(ours) for ours in told}
    at = columns.get("value_date")
    if at is not None and "currency" not in columns and _all(table, at, _is_code):
        columns["currency"] = at  # "Valuta" is a currency in Dutch and Swedish
        del columns["value_date"]
    if {"debit", "credit"} <= columns.keys() and "amount" in columns and "amount" not in asked:
        del columns["amount"]
    if "side" not in columns and "amount" in columns:
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
    columns.setdefault("payer_account", at)
    del columns["account"]


def _is_constant(table: RawTable, index: int) -> bool:
    """Whether all rows that hold anything hold the same in a column, and most hold it."""
    column = table.grid.columns[index]
    texts = set(column.texts[column.filled].tolist())
    return len(texts) == 1 and 2 * int(column.filled.sum()) > len(table)


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
