"""The statements of a bank's table: lines of each account with what proves them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ar_xl.core.arrays import BLANK, DateArray, IntArray, TextArray, codes_of
from ar_xl.core.findings import Finding
from ar_xl.core.money import money_text
from ar_xl.imports import codes
from ar_xl.imports.amounts import COMMA, POINT, minor_units, take_apart
from ar_xl.imports.bank.parts import Control, Rows, Statement
from ar_xl.imports.bank.tables.facts import Facts, bare
from ar_xl.imports.bank.tables.heads import Heads
from ar_xl.imports.bank.tables.money import Reading, run_of
from ar_xl.imports.bank.tables.rows import MONEY
from ar_xl.imports.bank.tables.settlements import Exporter
from ar_xl.imports.bank.tables.texts import joined, normal_amounts, plain_amounts
from ar_xl.imports.rawtable import RawColumn, RawTable
from ar_xl.imports.reading import Reader

_SAYS_NOTHING = frozenset(("-", "--", "n/a", "notprovided", "not provided", "none", "null"))
_MARKS = {"point": POINT, "comma": COMMA}


@dataclass(frozen=True)
class Found:
    """All rows of a table as they were read; one element a row."""

    reader: Reader
    heads: Heads
    exporter: Exporter
    accounts: TextArray
    currencies: TextArray
    digits: IntArray
    dates: DateArray
    reading: Reading
    balance: IntArray
    refunded: IntArray


def statements_of(
    found: Found, groups: list[IntArray], facts: Facts, totals: RawTable
) -> tuple[Statement, ...]:
    """One statement for each account and currency.

    Args:
        found: the rows.
        groups: rows of each account and currency.
        facts: what the file states beside its lines; balances count where it has one account.
        totals: rows of totals; a difference is said, it stops nothing.
    """
    _check_totals(found, totals)
    _say_sums(found, groups)
    columns = _columns(found)
    made = []
    for rows in groups:
        statement = _proved(found, rows, facts if len(groups) == 1 else Facts())
        made.append(replace(statement, rows=_taken(columns, rows, found)))
    return tuple(made)


def _proved(found: Found, rows: IntArray, facts: Facts) -> Statement:
    """A statement without its lines: period, opening and closing balance."""
    digits = int(found.digits[rows[0]])
    days = found.dates[rows][~np.isnat(found.dates[rows])]
    run = run_of(rows, found.reading.movement, found.balance, found.dates)
    opening, closing = (run.opening, run.closing) if run.is_running else (BLANK, BLANK)
    if run.filled and not run.is_running:
        found.reader.said.append(
            "The column of balances does not run with the rows; it was not used as a proof."
        )
    first, last = _fact(found, facts.opening, digits), _fact(found, facts.closing, digits)
    controls = []
    for what, stated, reckoned in (("opening", first, opening), ("closing", last, closing)):
        if stated != BLANK and reckoned != BLANK:
            pair = plain_amounts(np.array([stated, reckoned]), np.full(2, digits))
            controls.append(Control(f"{what} balance stated beside the lines", *pair))
    opening, closing = (first if first != BLANK else opening), (last if last != BLANK else closing)
    shown = plain_amounts(np.array([opening, closing]), np.full(2, digits))
    return Statement(
        account=str(found.accounts[rows[0]]),
        currency=str(found.currencies[rows[0]]),
        first=str(days.min()) if len(days) else "",
        last=str(days.max()) if len(days) else "",
        opening=shown[0],
        closing=shown[1],
        controls=tuple(controls),
    )


def _fact(found: Found, cell: RawColumn | None, digits: int) -> int:
    """A balance stated beside the lines, BLANK without one that can be read."""
    if cell is None:
        return BLANK
    mark = _MARKS.get(found.reader.options.decimal, found.reader.mark)
    parts = take_apart(normal_amounts(cell, True), 1, is_loose=True)
    minor, _ = minor_units(parts, mark, np.array([digits], dtype=np.int64))
    return int(minor[0])


def _check_totals(found: Found, totals: RawTable) -> None:
    reader = found.reader
    if len(totals) != 1 or len(set(found.currencies.tolist())) != 1:
        return
    code = str(found.currencies[0])
    amount = found.reading.amount
    known = np.where(amount == BLANK, 0, amount)
    sums = {"amount": int(known.sum()), "debit": -int(known[known < 0].sum()),
            "credit": int(known[known > 0].sum())}  # fmt: skip
    for key in MONEY:
        index = reader.match.columns.get(key)
        if index is None:
            continue
        cell = totals.grid.columns[index]
        stated = _fact(found, cell, int(found.digits[0])) if cell.filled[0] else BLANK
        if stated == BLANK or abs(stated) == abs(sums[key]):
            continue
        seen = f"{code} {money_text(stated, code)}; the rows: {money_text(sums[key], code)}"
        reader.findings.append(
            Finding(codes.TOTAL_DIFFERS, row=int(totals.grid.lines[0]), column=key, seen=seen,
                    sheet=totals.grid.source, cell=totals.cell(0, index))
        )  # fmt: skip


def _say_sums(found: Found, groups: list[IntArray]) -> None:
    """Gross, fees and net of each account, where fees were kept back."""
    if not found.reader.has("fee", "net"):
        return
    good = ~found.reader.bad & (found.reading.amount != BLANK)
    for rows in groups:
        taken = rows[good[rows]]
        code = str(found.currencies[rows[0]])
        gross, fees = int(found.reading.amount[taken].sum()), int(found.reading.fee[taken].sum())
        values = np.array([gross, fees, gross - fees])
        texts = plain_amounts(values, np.full(3, found.digits[rows[0]]))
        found.reader.said.append(
            f"{code} gross {texts[0]} - fees {texts[1]} = net {texts[2]}.".strip()
        )


def _columns(found: Found) -> dict[str, list[str]]:
    """All rows as the texts that a statement has, before they are told apart by account."""
    reader, reading = found.reader, found.reading
    words = _bad_words(reader)
    good = np.fromiter((word == "" for word in words), bool, len(words))
    amount, fee = reading.amount.copy(), np.where(reading.amount == BLANK, 0, reading.fee)
    alone = (amount == 0) & (fee > 0)  # nothing but a fee was booked
    amount, fee = np.where(alone, -fee, amount), np.where(alone, 0, fee)
    text = joined([_stripped(reader.table.grid.columns[i]) for i in found.heads.texts])
    text = text or [""] * len(reader)
    types = _cell_texts(reader, "type")
    kinds = found.exporter.kinds(
        np.asarray(types, dtype=object), np.array([*text, ""], dtype=object)[:-1],
        np.where(amount == BLANK, BLANK, amount),
    )  # fmt: skip
    kinds[alone] = "Fee"
    bank_ids, references = _ids(found, _cell_texts(reader, "bank_id"),
                                _cell_texts(reader, "reference"))  # fmt: skip
    days = found.dates.astype(str)
    back = np.where(fee < 0, -fee, BLANK)
    refunded = np.where((found.refunded == BLANK) | (found.refunded == 0), BLANK,
                        -np.abs(found.refunded))  # fmt: skip
    return {
        "date": np.where(np.isnat(found.dates), "", days).tolist(),
        "amount": plain_amounts(np.where(good, amount, BLANK), found.digits),
        "fee": plain_amounts(np.where(good & (fee > 0), fee, BLANK), found.digits),
        "back": plain_amounts(np.where(good, back, BLANK), found.digits),
        "refunded": plain_amounts(np.where(good, refunded, BLANK), found.digits),
        "currency": [""] * len(reader),
        "kind": kinds.tolist(),
        "bank_id": bank_ids,
        "payer": _payers(reader, amount),
        "payer_account": _cell_texts(reader, "payer_account"),
        "reference": references,
        "text": _with_types(types, text),
        "place": _places(reader),
        "bad": words,
    }


def _with_types(types: list[str], texts: list[str]) -> list[str]:
    return [
        text if not kind or kind in text else f"{kind} {text}".strip()
        for kind, text in zip(types, texts, strict=True)
    ]


def _places(reader: Reader) -> list[str]:
    word = "row" if reader.table.grid.is_sheet else "line"
    return [f"{word} {line}" for line in reader.table.grid.lines.tolist()]


def _payers(reader: Reader, amount: IntArray) -> list[str]:
    """The other side: who paid us, or whom we paid where the file has a column of its own."""
    payer, payee = _cell_texts(reader, "payer"), _cell_texts(reader, "payee")
    if not reader.has("payee"):
        return payer
    if not reader.has("payer"):
        return payee
    out = (amount < 0).tolist()
    return [b or a if is_out else a or b for a, b, is_out in zip(payer, payee, out, strict=True)]


def _stripped(column: RawColumn) -> TextArray:
    return np.asarray(np.where(column.filled, column.texts, ""), dtype=object)


def _cell_texts(reader: Reader, key: str) -> list[str]:
    """The texts of a field on one line; an apostrophe or `="..."` that kept zeros is taken off."""
    if not reader.has(key):
        return [""] * len(reader)
    (codes_,), distinct = codes_of(reader.text(key))
    clean = [_said(bare(" ".join(str(text).split()))) for text in distinct]
    return [clean[code] for code in codes_.tolist()]


def _said(text: str) -> str:
    """A text, "" where it only says that there is none."""
    return "" if text.casefold() in _SAYS_NOTHING else text


def _ids(found: Found, bank_ids: list[str], references: list[str]) -> tuple[list[str], list[str]]:
    """The bank's numbers where they are numbers of lines; else they are references."""
    given = [each for each in bank_ids if each]
    if len(given) == len(set(given)):
        return bank_ids, references
    heading = found.reader.table.headings[found.reader.match.columns["bank_id"]]
    found.reader.said.append(
        f"{heading} has the same number on several rows: it was read as a reference."
    )
    merged = [own or other for own, other in zip(references, bank_ids, strict=True)]
    return [""] * len(bank_ids), merged


def _bad_words(reader: Reader) -> list[str]:
    """Why each row cannot be taken; "" for good rows."""
    words = [""] * len(reader)
    at = {line: index for index, line in enumerate(reader.table.grid.lines.tolist())} \
        if reader.bad.any() else {}  # fmt: skip
    titles = {field.key: field.title for field in reader.match.kind.fields}
    for finding in reader.findings:
        index = at.get(finding.row)
        if finding.is_error and index is not None:
            title = f"{titles[finding.column]} " if finding.column in titles else ""
            expected = finding.expected or finding.code.expected
            said = f"{title}{finding.seen}, where {expected} was expected"
            words[index] = f"{words[index]}; {said}" if words[index] else said
    return words


def _taken(columns: dict[str, list[str]], rows: IntArray, found: Found) -> Rows:
    """The rows of one account; a fee that came back and a refund are lines of their own."""
    listed = rows.tolist()
    is_all = len(listed) == len(columns["date"])
    lists = {
        key: (values if is_all else [values[row] for row in listed])
        for key, values in columns.items()
    }
    backs, refunds = lists.pop("back"), lists.pop("refunded")
    if not any(backs) and not any(refunds):
        return Rows(**lists)
    out = Rows()
    for row, (back, refund) in enumerate(zip(backs, refunds, strict=True)):
        line = {key: values[row] for key, values in lists.items()}
        date, amount, own = line.pop("date"), line.pop("amount"), line["bank_id"]
        out.add(date, amount, **line)
        more = {"payer": line["payer"], "reference": line["reference"], "place": line["place"]}
        if back:
            out.add(date, back, kind="Fee", bank_id=f"{own} fee" if own else "",
                    text=f"Fee returned {line['text']}".strip(), **more)  # fmt: skip
        if refund:
            out.add(date, refund, kind="Refund", bank_id=f"{own} refund" if own else "",
                    text=f"Refund of {line['text']}".strip(), **more)  # fmt: skip
    return out
