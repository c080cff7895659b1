"""What a Remittance text says is paid."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ar_xl.core.arrays import text_array
from ar_xl.ops.remittance.references import SEVERAL, UNKNOWN, read_amount, read_references

NUMBERS = text_array(["INV-7", "INV-9", "inv-10", "INV 11", "0000611365", "A-1", "a-1"])


def read(text: str) -> list[tuple[str, int, Decimal | None]]:
    codes, references = read_references(text_array([text]), NUMBERS)
    return [(each.text, each.document, each.amount) for each in references[int(codes[0])]]


@pytest.mark.parametrize("text", ["", " ", ";", " ; ; "])
def test_a_text_without_numbers_names_nothing(text: str) -> None:
    assert read(text) == []


def test_numbers_are_separated_by_semicolons_and_may_carry_an_amount() -> None:
    assert read("INV-7; INV-9 120.00") == [
        ("INV-7", 0, None), ("INV-9", 1, Decimal("120.00")),
    ]  # fmt: skip


def test_leading_zeros_belong_to_the_number() -> None:
    assert read("0000611365") == [("0000611365", 4, None)]
    assert read("611365") == [("611365", UNKNOWN, None)]


@pytest.mark.parametrize(
    "text", ["INV-7, INV-9", "INV-7,INV-9", "INV-7 INV-9", "inv-7; inv-9", "INV-7\nINV-9",
             " INV-7 ;; INV-9; "],
)  # fmt: skip
def test_commas_blanks_and_capitals_are_forgiven(text: str) -> None:
    assert [document for _, document, _ in read(text)] == [0, 1]


@pytest.mark.parametrize("text", ["INV-7 1,200.50", "INV-7: 1200.50", "INV-7 = 1200.50"])
def test_an_amount_may_have_thousands_commas_and_follow_a_colon(text: str) -> None:
    assert read(text) == [("INV-7", 0, Decimal("1200.50"))]


def test_a_number_that_holds_a_blank_is_found_before_it_is_taken_for_an_amount() -> None:
    assert read("INV 11") == [("INV 11", 3, None)]
    assert read("inv11 5") == [("inv11", 3, Decimal(5))]


def test_a_number_that_fits_two_documents_when_capitals_are_forgiven_is_ambiguous() -> None:
    assert read("A-1") == [("A-1", 5, None)]
    assert read("A - 1") == [("A - 1", SEVERAL, None)]


def test_an_unknown_number_stays_as_it_was_written() -> None:
    assert read("INV-70; Rent 12.00") == [
        ("INV-70", UNKNOWN, None), ("Rent", UNKNOWN, Decimal("12.00")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "amount"),
    [("120", "120"), ("1,200.00", "1200.00"), ("120,50", "120.50"), ("1,200", "1200")],
)
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["1.200,00", "12,34,56", "1..2", "", "9" * 25, "1,2000"])
def test_an_amount_that_could_mean_two_things_is_none(text: str) -> None:
    assert read_amount(text) is None


def test_equal_texts_are_read_once() -> None:
    codes, references = read_references(text_array(["INV-7", "x", "INV-7", ""]), NUMBERS)
    assert codes.tolist() == [0, 1, 0, 2]
    assert len(references) == 3
