"""The GL balance is read as controllers type it, and never guessed."""

from __future__ import annotations

import pytest

from ar_xl.ops.gl_balance import read_gl_balance


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("761.90", {"USD": 76190}),
        ("761.9", {"USD": 76190}),
        ("4,788.88", {"USD": 478888}),
        ("-342", {"USD": -34200}),
        ("(342.00)", {"USD": -34200}),
        ("USD 1,250,000.00; EUR (3.00)", {"USD": 125000000, "EUR": -300}),
        ("JPY 5,000; 12.50 USD", {"JPY": 5000, "USD": 1250}),
        ("", {}),
    ],
)
def test_amounts_are_read_with_or_without_currency_thousands_and_brackets(
    typed: str, expected: dict[str, int]
) -> None:
    found = read_gl_balance(typed, "USD")
    assert {currency: stated.minor for currency, stated in found.items()} == expected


@pytest.mark.parametrize(
    "typed",
    ["4.788,88", "12,00", "1,25", "12.005", "JPY 5.5", "(-3.00)", "(3.00", "USD 1 EUR", "about 5",
     "USD 3.00; 3.00"],
)  # fmt: skip
def test_an_amount_that_could_mean_two_things_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="amounts such as"):
        read_gl_balance(typed, "USD")


def test_the_unit_tells_how_exactly_it_was_typed() -> None:
    found = read_gl_balance("762; EUR 3.50; JPY 5", "USD")
    assert {currency: stated.unit for currency, stated in found.items()} == {
        "USD": 100, "EUR": 1, "JPY": 1
    }  # fmt: skip
