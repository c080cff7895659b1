"""Rows of one table while it is read: posted rows, drafts, blank rows and rows with errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np
import pandas as pd

from ar_xl.book.blocks import Block, CellKind
from ar_xl.book.layout import Place
from ar_xl.book.valuecodes import (
    AMOUNT_NEGATIVE,
    CURRENCY_UNKNOWN,
    FORMULA_WITHOUT_VALUE,
    POSTED_ROW_UNREADABLE,
    ROW_OF_NOBODY,
)
from ar_xl.book.values import Cells, Problem, convert
from ar_xl.core.arrays import BLANK, AnyArray, BoolArray, IntArray, TextArray, one_for_all
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.money import is_currency
from ar_xl.core.policyrows import NOT_A_CHOICE
from ar_xl.core.schema import Column, Filler, Kind, Role, Table


@dataclass
class RawTable:
    """One table while it is being read.

    Args:
        place: where it stands.
        block: its cells below the headings.
        values: the columns converted so far, by key.
        problems: what could not be read, with the column it is in.
    """

    place: Place
    block: Block
    values: dict[str, AnyArray] = field(default_factory=dict)
    problems: list[tuple[Column, Problem]] = field(default_factory=list)

    @property
    def table(self) -> Table:
        """The declaration of the table."""
        return self.place.table

    def cells(self, key: str) -> Cells:
        """The cells of a column."""
        at = self.place.columns[key] - self.place.first_column
        return Cells(self.block.columns[at], self.block)

    def convert(self, column: Column, digits: IntArray | int = 2) -> None:
        """Convert a column and keep its values and problems; `digits` of money columns."""
        cells = self.cells(column.key)
        done = convert(column, cells, digits, plain_dates=self.table.name == "Settings")
        self.values[column.key] = one_for_all(done.values)
        unfinished = cells.column.formula & (cells.column.kind == CellKind.BLANK)
        problems = done.problems + cells.problem(FORMULA_WITHOUT_VALUE, unfinished)
        self.problems += [(column, problem) for problem in problems]


@dataclass(frozen=True)
class Split:
    """A table's rows by what they are.

    Args:
        posted: rows with a batch, or all rows where the table is not a posted one.
        drafts: rows without.
        findings: what is wrong with the rest.
        bad_rows: the sheet rows of the rest.
        used_row: the last sheet row that is not blank.
        formulas: sheet rows of drafts whose cell holds a formula, by column key.
    """

    posted: Frame
    drafts: Frame
    findings: list[Finding]
    bad_rows: IntArray
    used_row: int
    formulas: dict[str, IntArray]


def split_rows(raw: RawTable) -> Split:
    """Tell posted rows, drafts, blank rows and rows with errors apart; all columns converted."""
    table, first = raw.table, raw.place.first_row
    length = len(raw.block.columns[0].kind)
    blank = _blank_rows(raw, length)
    posted = _posted_rows(raw) if table.posted else np.zeros(length, dtype=np.bool_)
    raw.problems += _wrong_words(raw, ~blank & ~posted)
    raw.problems += _negatives(raw)
    findings, wrong = _findings(raw, posted)
    if table.posted and table.role is Role.PRODUCT:
        findings += _rows_of_nobody(raw, ~blank & ~posted)
    rows = np.arange(first, first + length, dtype=np.int64)
    columns = {column.key: raw.values[column.key] for column in table.columns}
    frame = Frame(table, columns, rows)
    good, used = ~blank & ~wrong, np.flatnonzero(~blank)
    return Split(
        _chosen(frame, good & posted if table.posted else good),
        _chosen(frame, good & ~posted if table.posted else np.zeros_like(good)),
        findings,
        rows[wrong],
        int(rows[used[-1]]) if len(used) else raw.place.heading_row,
        _formulas(raw, good & ~posted, rows) if table.posted else {},
    )


def _formulas(raw: RawTable, drafts: BoolArray, rows: IntArray) -> dict[str, IntArray]:
    found = {}
    for column in raw.table.columns:
        formula = raw.cells(column.key).column.formula
        if formula.any() and (formula & drafts).any():
            found[column.key] = rows[formula & drafts]
    return found


def _posted_rows(raw: RawTable) -> BoolArray:
    """Rows with a batch; an error in the Batch cell was a batch once."""
    posted = np.asarray(raw.values["batch"] != "", dtype=np.bool_)
    return posted | raw.cells("batch").is_kind(CellKind.ERROR)


def _blank_rows(raw: RawTable, length: int) -> BoolArray:
    """Rows with nothing in any column of ours; an empty text that a formula gives is nothing."""
    blank = np.ones(length, dtype=np.bool_)
    for column in raw.table.columns:
        cells = raw.cells(column.key)
        something = cells.column.kind != CellKind.BLANK
        something |= cells.column.formula & ~something
        texts = cells.is_kind(CellKind.TEXT)
        if texts.any():
            something &= ~texts | (cells.texts() != "")
        blank &= ~something
        if not blank.any():
            break
    return blank


def _chosen(frame: Frame, mask: BoolArray) -> Frame:
    """The rows that a mask marks; rows that stand together are not copied."""
    rows = np.flatnonzero(mask)
    if not len(rows):
        return Frame.empty(frame.table)
    first, last = int(rows[0]), int(rows[-1]) + 1
    if last - first != len(rows):
        return frame.take(rows.astype(np.int64))
    columns = {key: values[first:last] for key, values in frame.columns.items()}
    return Frame(frame.table, columns, frame.row[first:last])


def _wrong_words(raw: RawTable, considered: BoolArray) -> list[tuple[Column, Problem]]:
    """Texts outside a column's list, and currencies that are none."""
    found: list[tuple[Column, Problem]] = []
    for column in raw.table.columns:
        if column.filler is Filler.PRODUCT or not (column.choices or column.key == "currency"):
            continue
        if column.choices and raw.table.role is Role.POLICY:
            continue  # said where the policy is read
        values = raw.values[column.key].astype(object, copy=False)
        if column.choices:
            bad = {text for text in pd.unique(values) if text and text not in column.choices}
            words = Problem(NOT_A_CHOICE, _rows_with(values, bad, considered),
                            _quoted(values), _nearest(values, column.choices))  # fmt: skip
        else:
            bad = {text for text in pd.unique(values) if text and not is_currency(text)}
            words = Problem(CURRENCY_UNKNOWN, _rows_with(values, bad, considered), _quoted(values))
        if len(words.rows):
            found.append((column, words))
    return found


def _negatives(raw: RawTable) -> list[tuple[Column, Problem]]:
    """Amounts with a minus in columns where none can be; an empty cell is none."""
    found: list[tuple[Column, Problem]] = []
    for column in raw.table.columns:
        if column.never_negative:
            values = np.asarray(raw.values[column.key], dtype=np.int64)
            rows = np.flatnonzero((values < 0) & (values != BLANK)).astype(np.int64)
            found.append((column, Problem(AMOUNT_NEGATIVE, rows, lambda _: "an amount below zero")))
    return found


def _rows_with(values: TextArray, bad: set[str], considered: BoolArray) -> IntArray:
    if not bad:
        return np.empty(0, dtype=np.int64)
    wrong = pd.Index(values, dtype=object).isin(list(bad)) & considered
    return np.flatnonzero(wrong).astype(np.int64)


def _quoted(values: TextArray) -> Callable[[int], str]:
    return lambda i: f"`{values[i]}`"


def _nearest(values: TextArray, choices: tuple[str, ...]) -> Callable[[int], str]:
    """Words for what was expected, with the choice that was probably meant."""
    by_small = {choice.casefold(): choice for choice in choices}

    def expected(i: int) -> str:
        near = get_close_matches(str(values[i]).strip().casefold(), by_small, n=1)
        listed = "one of: " + ", ".join(choices)
        return f"{listed}; probably `{by_small[near[0]]}`" if near else listed

    return expected


def _findings(raw: RawTable, posted: BoolArray) -> tuple[list[Finding], BoolArray]:
    """A finding for each cell that could not be read, and the rows that have one."""
    wrong = np.zeros(len(posted), dtype=np.bool_)
    if not raw.problems:
        return [], wrong
    ids = _row_ids(raw)
    order = {column.key: number for number, column in enumerate(raw.table.columns)}
    found = []
    for column, problem in raw.problems:
        wrong[problem.rows] = True
        for i in problem.rows.tolist():
            code = POSTED_ROW_UNREADABLE if posted[i] else problem.code
            expected = problem.expected(i) if problem.expected else ""
            finding = Finding(
                code, raw.table.name, raw.place.first_row + i, column.key, str(ids[i]),
                problem.seen(i), expected,
            )  # fmt: skip
            found.append(finding)
    return sorted(found, key=lambda finding: (finding.row, order[finding.column])), wrong


def _row_ids(raw: RawTable) -> TextArray:
    """What names a row: its number or id."""
    first = next(column for column in raw.table.columns if column.kind is Kind.TEXT)
    return raw.values[first.key].astype(object, copy=False)


def _rows_of_nobody(raw: RawTable, drafts: BoolArray) -> list[Finding]:
    ids = _row_ids(raw)
    return [
        Finding(ROW_OF_NOBODY, raw.table.name, raw.place.first_row + i, "batch", str(ids[i]),
                "a row without a batch")
        for i in np.flatnonzero(drafts).tolist()
    ]  # fmt: skip
