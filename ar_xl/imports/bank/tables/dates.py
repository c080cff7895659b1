"""The dates of a bank's table: their order proved, remembered or asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ar_xl.core.arrays import NAT, DateArray, IntArray, codes_of
from ar_xl.core.findings import errors_of
from ar_xl.imports import codes, dates
from ar_xl.imports.bank.parts import Remembered
from ar_xl.imports.bank.tables.money import Reading, run_of
from ar_xl.imports.bank.tables.texts import with_columns
from ar_xl.imports.rawtable import RawColumn
from ar_xl.imports.reading import Reader


def read_dates(
    reader: Reader,
    reading: Reading,
    balance: IntArray,
    groups: list[IntArray],
    remembered: Remembered | None,
) -> tuple[DateArray | None, str]:
    """The booking date of each row, the value date where it has none.

    Args:
        reader: the rows.
        reading: their movements, and
        balance: their balances, which tell in which direction the file runs.
        groups: rows of each account.
        remembered: how the table was read before.

    Returns:
        The dates, None where their order is open (which is asked); and the order, "" where the
        texts leave nothing open.
    """
    keys = [key for key in ("date", "value_date") if reader.has(key)]
    parts = {key: dates.take_apart(reader.column(key)) for key in keys}
    if not reader.options.dates:
        decided = dates.decide_order(list(parts.values()))
        if not decided.name and not decided.conflict:
            order, why = _by_other_signs(reader, parts, reading, balance, groups)
            if not order and remembered is not None and remembered.dates:
                order, why = remembered.dates, "as remembered for this bank"
            if order:
                reader.options = replace(reader.options, dates=order)
                reader.said.append(f"Dates were read as {dates.ORDERS[order]}: {why}.")
        elif decided.name and decided.name != "ymd":
            reader.options = replace(reader.options, dates=decided.name)
            reader.said.append(_proof(reader, keys, decided))
    key = _merged(reader, keys)
    found = reader.read_dates([key])[key]
    order = reader.options.dates
    if any(f.row == 0 for f in errors_of(reader.findings)):
        return None, ""
    blank = ~reader.filled(key)
    reader.each(blank & ~reader.bad, codes.CELL_MISSING, key, "no date")
    return found, order if order != "ymd" else ""


def certain_dates(reader: Reader) -> DateArray:
    """The dates as far as they are certain before the balances were looked at, NaT elsewhere."""
    keys = [key for key in ("date", "value_date") if reader.has(key)]
    parts = [dates.take_apart(reader.column(key)) for key in keys]
    order = reader.options.dates or dates.decide_order(parts).name
    if not order:
        return np.full(len(reader), NAT, dtype="datetime64[D]")
    return dates.to_dates(parts[0], order)[0]


def _proof(reader: Reader, keys: list[str], decided: dates.Order) -> str:
    proof = decided.mdy_row or decided.dmy_row
    assert proof is not None, decided
    text = reader.column(keys[proof[0]]).texts[proof[1]]
    return (
        f"Dates were read as {dates.ORDERS[decided.name]}: `{text}` "
        f"({reader.table.cell(proof[1], reader.match.columns[keys[proof[0]]])}) "
        "allows no other order."
    )


def _merged(reader: Reader, keys: list[str]) -> str:
    """The field of the dates; its blanks are filled with the other's."""
    if len(keys) < 2:
        return keys[0]
    first, second = (reader.column(key) for key in keys)
    blank = ~first.filled & second.filled
    if blank.any():
        numbers = first.numbers
        if numbers is not None and second.numbers is not None:
            numbers = np.where(blank, second.numbers, numbers)
        merged = RawColumn(
            np.asarray(np.where(blank, second.texts, first.texts), dtype=object),
            np.where(blank, second.kinds, first.kinds).astype(np.uint8), numbers,
        )  # fmt: skip
        reader.table = with_columns(reader.table, {reader.match.columns[keys[0]]: merged})
    return keys[0]


def _by_other_signs(
    reader: Reader,
    parts: dict[str, dates.DateTexts],
    reading: Reading,
    balance: IntArray,
    groups: list[IntArray],
) -> tuple[str, str]:
    """Points between the numbers, or the direction in which proved balances run."""
    texts = [reader.column(key).texts[part.is_open] for key, part in parts.items()]
    (_,), distinct = codes_of(np.concatenate(texts))
    if all(str(text).count(".") >= 2 for text in distinct):
        return "dmy", f"`{distinct[0]}` with points is written day first"
    key = next(iter(parts))
    read = {order: dates.to_dates(parts[key], order)[0] for order in ("dmy", "mdy")}
    fits = {order for order, days in read.items() if _follows(days, reading, balance, groups)}
    if len(fits) == 1:
        return fits.pop(), "only so they follow each other as the balances do"
    return "", ""


def _follows(days: DateArray, reading: Reading, balance: IntArray, groups: list[IntArray]) -> bool:
    """Whether dates never step back along a run of balances that is proved."""
    unknown = np.full(len(days), NAT, dtype="datetime64[D]")
    for rows in groups:
        run = run_of(rows, reading.movement, balance, unknown)
        back = run_of(rows[::-1], reading.movement, balance, unknown)
        proved = run.filled > 2 and not len(run.breaks) and run.is_upward == (not back.is_upward)
        ordered = days[rows if run.is_upward else rows[::-1]]
        if not proved or bool((ordered[1:] < ordered[:-1]).any()):
            return False
    return bool(groups)
