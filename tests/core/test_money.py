"""Currencies and their digits."""

from __future__ import annotations

import pytest

from ar_xl.core.money import exponent, is_currency


@pytest.mark.parametrize(("code", "digits"), [("DEM", 2), ("ITL", 0), ("USD", 2), ("KWD", 3)])
def test_currencies_that_the_euro_replaced_are_known_beside_those_of_today(
    code: str, digits: int
) -> None:
    assert is_currency(code)
    assert exponent(code) == digits


def test_a_code_that_was_never_a_currency_is_none() -> None:
    assert not is_currency("XYZ")
