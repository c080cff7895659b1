"""Reader: the columns of a matched foreign table as texts, dates and money, findings gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, DateArray, IntArray, TextArray, codes_of, filled
from ar_xl.core.findings import Code, Finding
from ar_xl.imports import amounts, codes, dates
from ar_xl.imports.amounts import COMMA, POINT, AmountTexts, Wrong
from ar_xl.imports.headings import Match
from ar_xl.imports.rawtable import RawColumn, RawKind, RawTable
from ar_xl.imports.result import ImportOptions

LONGEST_TEXT = 32_767  # characters of an Excel cell
_CONTROL = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)))
_DIGITS_KEPT = 1e15
_WRONG_CODES: dict[int, tuple[Code, str]] = {
    Wrong.UNREADABLE: (codes.AMOUNT_UNREADABLE, ""),
    Wrong.TOO_FINE: (codes.AMOUNT_TOO_FINE, ""),
    Wrong.TOO_LARGE: (codes.AMOUNT_TOO_LARGE, ""),
    Wrong.PERCENT: (codes.NOT_AN_AMOUNT_CELL, ", formatted as a percentage"),
    Wrong.DATE: (codes.NOT_AN_AMOUNT_CELL, ", formatted as a date"),
    Wrong.ERROR: (codes.NOT_AN_AMOUNT_CELL, ", an error value"),
    Wrong.BOOL: (codes.NOT_AN_AMOUNT_CELL, ", true or false"),
    Wrong.NO_VALUE: (codes.FORMULA_WITHOUT_VALUE, ", a formula without its result"),
}


class Reader:
    """A matched table while it is read.

    Args:
        table: the rows.
        match: what its columns mean.
        options: how to read it.

    Attributes:
        findings: what was found so far.
        bad: rows that an error was found in.
        quiet: rows that are left out anyway: nothing is found in them.
        mark: the decimal mark of the file, once amounts were read; "" while it is open.
        said: what is to be told.
    """

    def __init__(self, table: RawTable, match: Match, options: ImportOptions) -> None:
        self.table = table
        self.match = match
        self.options = options
        self.findings: list[Finding] = []
        self.said: list[str] = []
        self.bad: BoolArray = np.zeros(len(table), dtype=np.bool_)
        self.quiet: BoolArray = np.zeros(len(table), dtype=np.bool_)
        self.mark = ""

    def __len__(self) -> int:
        return len(self.table)

    def keep(self, rows: BoolArray) -> None:
        """Go on with some of the rows; findings stay."""
        self.table = self.table.take(rows)
        self.bad = self.bad[rows]
        self.quiet = self.quiet[rows]

    def column(self, key: str) -> RawColumn:
        """The cells of a field; blanks where the file has no such column."""
        index = self.match.columns.get(key)
        if index is None:
            return RawColumn.of_texts([""] * len(self))
        return self.table.grid.columns[index]

    def has(self, *keys: str) -> bool:
        """Whether the file has a column for any of some fields."""
        return self.match.has(*keys)

    def filled(self, key: str) -> BoolArray:
        """Which rows have anything in a field."""
        return self.column(key).filled

    def text(self, key: str) -> TextArray:
        """The texts of a field exactly as the file has them; "" where only spaces."""
        column = self.column(key)
        return np.asarray(np.where(column.filled, column.texts, ""), dtype=object)

    def word(self, key: str) -> TextArray:
        """The texts of a field in lower case, without spaces around and repeated within."""
        (codes_, distinct) = codes_of(self.text(key))
        words = [" ".join(text.split()).casefold() for text in distinct]
        table = np.array([*words, ""], dtype=object)[:-1]
        return np.asarray(table[codes_[0]], dtype=object)

    def finding(self, code: Code, row: int, key: str, seen: str, **more: str) -> None:
        """Note a finding about a cell; an error makes its row a bad one."""
        if self.quiet[row]:
            return
        at = self.match.columns.get(key)
        line = int(self.table.grid.lines[row])
        self.findings.append(
            Finding(
                code,
                row=line,
                column=key,
                row_id=self._row_id(row),
                seen=seen,
                expected=more.get("expected", ""),
                fix=more.get("fix", ""),
                sheet=self.table.grid.source,
                cell=f"line {line}" if at is None else self.table.cell(row, at),
            )
        )
        if self.findings[-1].is_error:
            self.bad[row] = True

    def each(self, wrong: BoolArray, code: Code, key: str, seen: str = "") -> None:
        """Note a finding for every row of a mask; `seen` is put before what the cell holds."""
        for row in np.flatnonzero(wrong).tolist():
            shown = str(self.column(key).texts[row])
            shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
            self.finding(code, row, key, seen or (f"`{shown}`" if shown else "an empty cell"))

    def _row_id(self, row: int) -> str:
        for key in ("invoice_no", "memo_no", "receipt_no", "customer_id", "name", "customer_name"):
            index = self.match.columns.get(key)
            if index is not None and (text := str(self.table.grid.columns[index].texts[row])):
                return text[:60]
        return ""

    def check_texts(self, keys: Sequence[str], numbers: Sequence[str]) -> None:
        """Find texts that a workbook cannot keep, and numbers that lost digits on the way.

        Args:
            keys: fields that are kept as text.
            numbers: those of them that identify something.
        """
        for key in keys:
            if key not in self.match.columns:
                continue
            column = self.column(key)
            (codes_,), distinct = codes_of(column.texts)
            long = np.fromiter((len(t) > LONGEST_TEXT for t in distinct), bool, len(distinct))
            odd = np.fromiter((not _CONTROL.isdisjoint(t) for t in distinct), bool, len(distinct))
            self.each(long[codes_], codes.TEXT_TOO_LONG, key,
                      f"a text of over {LONGEST_TEXT:,} characters")  # fmt: skip
            self.each(odd[codes_], codes.TEXT_UNPRINTABLE, key, "a control character in the text")
            self.each(column.kinds == RawKind.NO_VALUE, codes.FORMULA_WITHOUT_VALUE, key)
        for key in numbers:
            self._check_digits(key)

    def _check_digits(self, key: str) -> None:
        column = self.column(key)
        if column.numbers is not None:
            lost = (column.kinds == RawKind.NUMBER) & (np.abs(column.numbers) >= _DIGITS_KEPT)
            self.each(lost, codes.DIGITS_LOST, key)
            self.each(column.kinds == RawKind.ERROR, codes.CELL_MISSING, key)
        (codes_,), distinct = codes_of(column.texts)
        mangled = np.fromiter((_is_mangled(text) for text in distinct), bool, len(distinct))
        self.each(mangled[codes_] & (column.kinds == RawKind.TEXT), codes.LOOKS_MANGLED, key)

    def read_dates(self, keys: Sequence[str]) -> dict[str, DateArray]:
        """The dates of several fields, all in the one order that the file is written in."""
        present = [key for key in keys if self.has(key)]
        parts = [dates.take_apart(self.column(key)) for key in present]
        order = self.options.dates
        if not order:
            decided = dates.decide_order(parts)
            order = decided.name
            if decided.conflict or not order:
                self._order_open(present, decided)
            elif order != "ymd":
                self._say_order(present, decided)
        if any(bool(p.short_year.any()) for p in parts):
            self.said.append("Years of two digits were read as 1970 to 2069.")
        read = {key: np.full(len(self), "NaT", dtype="datetime64[D]") for key in keys}
        if not order:
            return read
        for key, part in zip(present, parts, strict=True):
            read[key], wrong = dates.to_dates(part, order, bool(self.options.dates))
            self.each(wrong, codes.DATE_UNREADABLE, key)
        return read

    def _order_open(self, keys: list[str], decided: dates.Order) -> None:
        places = []
        for proof in dict.fromkeys([decided.mdy_row, decided.dmy_row]):
            if proof is not None:
                text = self.column(keys[proof[0]]).texts[proof[1]]
                places.append(f"`{text}` ({self._place(keys[proof[0]], proof[1])})")
        seen = (
            f"{places[0]} has the month first, {places[1]} the day"
            if decided.conflict
            else f"no day above 12 in any date; {places[0]} could be either order"
        )
        self._about_file(codes.DATE_ORDER_OPEN, seen, keys[0])

    def _say_order(self, keys: list[str], decided: dates.Order) -> None:
        proof = decided.mdy_row or decided.dmy_row
        assert proof is not None, decided
        text = self.column(keys[proof[0]]).texts[proof[1]]
        self.said.append(
            f"Dates were read as {dates.ORDERS[decided.name]}: `{text}` "
            f"({self._place(keys[proof[0]], proof[1])}) allows no other order."
        )

    def _place(self, key: str, row: int) -> str:
        return self.table.cell(row, self.match.columns[key])

    def _about_file(self, code: Code, seen: str, key: str) -> None:
        self.findings.append(Finding(code, column=key, seen=seen, sheet=self.table.grid.source))

    def take_amounts(self, keys: Sequence[str], credit_sign: int = -1) -> dict[str, AmountTexts]:
        """Several fields of money, taken apart; `read_money` values them."""
        return {
            key: amounts.take_apart(self.column(key), credit_sign) for key in keys if self.has(key)
        }

    def read_money(
        self, parts: Mapping[str, AmountTexts], exponents: IntArray
    ) -> dict[str, IntArray]:
        """Minor units of several fields, all with the one decimal mark of the file.

        Args:
            parts: from `take_amounts`.
            exponents: digits of each row's currency.

        Returns:
            Minor units by field; BLANK where blank or wrong, with a finding where wrong.
        """
        decided = amounts.decide_mark(list(parts.values()))
        mark = {"point": POINT, "comma": COMMA}.get(self.options.decimal, decided.mark)
        self.mark = mark
        keys = list(parts)
        if not mark:
            places = [
                f"`{self.column(keys[p[0]]).texts[p[1]]}` ({self._place(keys[p[0]], p[1])})"
                for p in dict.fromkeys([decided.point_row, decided.comma_row])
                if p is not None
            ]
            seen = (
                f"{places[0]} has a decimal point, {places[1]} a decimal comma"
                if decided.conflict
                else f"{places[0]} could have either, and no other amount tells"
            )
            self._about_file(codes.DECIMAL_MARK_OPEN, seen, keys[0])
            return {key: np.full(len(self), BLANK, dtype=np.int64) for key in keys}
        read = {}
        for key, part in parts.items():
            read[key], wrong = amounts.minor_units(part, mark, exponents)
            for reason, (code, words) in _WRONG_CODES.items():
                for row in np.flatnonzero(wrong == reason).tolist():
                    self.finding(code, row, key, f"`{self.column(key).texts[row]}`{words}")
        return read

    def blank_texts(self) -> TextArray:
        """A column of empty texts."""
        return filled(len(self), "")


def _is_mangled(text: str) -> bool:
    """Whether a number looks as Excel shows a long one: 2.52002E+18."""
    head, mark, tail = text.strip().upper().partition("E+")
    return bool(mark) and "." in head and head.replace(".", "").isdigit() and tail.isdigit()
