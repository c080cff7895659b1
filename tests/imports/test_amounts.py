"""Amounts: exactly what stands in the file, or an error; never zero for what cannot be read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.core.arrays import BLANK
from ar_xl.core.money import LARGEST_MINOR, exponent, to_decimal
from ar_xl.imports.amounts import COMMA, POINT, Wrong, decide_mark, minor_units, take_apart
from ar_xl.imports.rawtable import RawColumn, RawKind

CURRENCIES = ("USD", "JPY", "KWD", "CLF")


def read(
    texts: list[str], mark: str = POINT, currency: str = "USD", credit_sign: int = -1
) -> list[int | str]:
    """Minor units of texts; the name of what is wrong where they are no amount."""
    parts = take_apart(RawColumn.of_texts(texts), credit_sign)
    digits = np.full(len(texts), exponent(currency), dtype=np.int64)
    minor, wrong = minor_units(parts, mark, digits)
    return [Wrong(w).name if w else int(m) for m, w in zip(minor, wrong, strict=True)]


def mark_of(*columns: list[str]) -> str:
    decided = decide_mark([take_apart(RawColumn.of_texts(texts)) for texts in columns])
    return "both" if decided.conflict else decided.mark


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("94", 9400), ("55.94", 5594), ("68.8", 6880), ("0.00", 0), ("1,234.56", 123456),
        ("1,234,567.89", 123456789), ("-1,234.56", -123456), ("$1,234.56", 123456),
        ("1,234.56 USD", 123456), ("USD 1,234.56", 123456), ("   1,234.56   ", 123456),
        ("(1,234.56)", -123456), ("($12.00)", -1200), ("12.00-", -1200), ("- 12.00", -1200),
        ("$-12.00", -1200), ("12.00 CR", -1200), ("12.00 DR", 1200), ("+12.00", 1200),
        ("₹15,00,000", 150000000), ("15,00,000.50", 150000050), ("1'234.50", 123450),
        ("1 234.50", 123450), ("1\u00a0234.50", 123450), (".5", 50), ("94.", 9400),
        ("489.750", 48975), ("\u2212 5", -500), ("1,500/-", 150000),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, minor: int) -> None:
    assert read([text]) == [minor]


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1.234,56", 123456), ("12.345,67", 1234567), ("-1.234,5", -123450), ("0,99", 99),
     ("1.234.567", 123456700), ("4.467,89 EUR", 446789)],
)  # fmt: skip
def test_with_a_decimal_comma_points_group_thousands(text: str, minor: int) -> None:
    assert read([text], COMMA, "EUR") == [minor]


@pytest.mark.parametrize(
    "text",
    ["not a number", "USD", "12,34.56", "1234,567.89", "1.2.3", "1,2", "--5", "(5", "5)", "(-5)",
     "5 6", "1E5", "1e5", "NaN", "inf", "NA", "=1+1", "#REF!", "WAHR", "$5 USD", "12.00-CR", "٣",
     "+-5"],
)  # fmt: skip
def test_what_is_no_amount_is_an_error_and_not_zero(text: str) -> None:
    assert read([text]) == ["UNREADABLE"]


def test_an_empty_cell_is_empty_and_not_zero() -> None:
    assert read(["", "   ", "0"]) == [BLANK, BLANK, 0]


def test_more_decimals_than_the_currency_has_are_an_error() -> None:
    assert read(["10.005", "10.00500", "10.0", "10.010"]) == ["TOO_FINE", "TOO_FINE", 1000, 1001]
    assert read(["10.5", "10"], currency="JPY") == ["TOO_FINE", 10]
    assert read(["10.005", "0.0001"], currency="KWD") == [10005, "TOO_FINE"]


def test_more_than_fifteen_digits_are_refused_never_cut() -> None:
    texts = ["10,000,000,000,000.00", "10,000,000,000,000.01", "9" * 30, "0" * 30 + "1"]
    assert read(texts) == [LARGEST_MINOR, "TOO_LARGE", "TOO_LARGE", 100]


def test_on_a_receipt_credit_is_the_good_side() -> None:
    assert read(["12.00 CR", "12.00 DR"], credit_sign=1) == [1200, -1200]


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1", "2"], POINT), (["55.94", "1,234"], POINT), (["12,34"], COMMA),
        (["1.234.567"], COMMA), (["1,234,567"], POINT), (["1.234,5"], COMMA),
        (["0,123"], COMMA), (["1234.567"], POINT), (["15,00,000"], POINT),
        (["1,234"], ""), (["1.234", "500"], ""), (["12.50", "12,50"], "both"), ([""], POINT),
    ],
)  # fmt: skip
def test_the_decimal_mark_is_proven_or_asked_for(texts: list[str], mark: str) -> None:
    assert mark_of(texts) == mark


def test_one_column_proves_the_mark_for_the_other_columns_of_the_file() -> None:
    assert mark_of(["1,234"], ["5.50"]) == POINT
    assert mark_of(["1,234"], ["5,50"]) == COMMA


def test_cells_that_are_no_money_are_named() -> None:
    kinds = [RawKind.NUMBER, RawKind.PERCENT, RawKind.DATE, RawKind.ERROR, RawKind.BOOL,
             RawKind.NO_VALUE, RawKind.NUMBER, RawKind.NUMBER]  # fmt: skip
    column = RawColumn(
        np.array(["x"] * len(kinds), dtype=object),
        np.array(kinds, dtype=np.uint8),
        np.array([0.1 + 0.2, 0.05, 41276.0, np.nan, 1.0, np.nan, 10.005, 1e14]),
    )
    minor, wrong = minor_units(take_apart(column), POINT, np.full(len(kinds), 2, dtype=np.int64))
    assert [Wrong(w).name for w in wrong] == [
        "NOTHING", "PERCENT", "DATE", "ERROR", "BOOL", "NO_VALUE", "TOO_FINE", "TOO_LARGE",
    ]  # fmt: skip
    assert minor[0] == 30


@given(
    minor=st.integers(-LARGEST_MINOR, LARGEST_MINOR),
    currency=st.sampled_from(CURRENCIES),
    style=st.sampled_from(["plain", "grouped", "brackets", "trailing", "comma", "code"]),
)
def test_every_amount_comes_back_as_it_was_written(minor: int, currency: str, style: str) -> None:
    value = to_decimal(minor, currency)
    digits = exponent(currency)
    grouped = f"{abs(value):,.{digits}f}"
    sign = "-" if minor < 0 else ""
    text, mark = {
        "plain": (f"{value:.{digits}f}", POINT),
        "grouped": (f"{sign}{grouped}", POINT),
        "brackets": (f"({grouped})" if minor < 0 else grouped, POINT),
        "trailing": (f"{grouped}{sign}", POINT),
        "comma": (sign + grouped.translate(str.maketrans(",.", ".,")), COMMA),
        "code": (f"{currency} {sign}{grouped}", POINT),
    }[style]
    assert read([text], mark, currency) == [minor]


@given(st.integers(-(10**13), 10**13), st.sampled_from(CURRENCIES))
def test_a_number_of_a_workbook_is_the_amount_it_shows(minor: int, currency: str) -> None:
    digits = exponent(currency)
    column = RawColumn(
        np.array(["x"], dtype=object),
        np.array([RawKind.NUMBER], dtype=np.uint8),
        np.array([float(to_decimal(minor, currency))]),
    )
    read_back, wrong = minor_units(take_apart(column), POINT, np.array([digits], dtype=np.int64))
    assert (int(read_back[0]), int(wrong[0])) == (minor, 0)


@given(st.text(max_size=12))
def test_any_text_is_an_exact_amount_or_an_error(text: str) -> None:
    (result,) = read([text])
    if result == BLANK:
        assert not text.strip()
    elif isinstance(result, int):
        digits = "".join(c for c in text if c in "0123456789")
        assert digits.strip("0") == str(abs(result)).strip("0")
