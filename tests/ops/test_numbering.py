"""Numbers that posting gives."""

from __future__ import annotations

import pytest

from ar_xl.core.arrays import text_array
from ar_xl.ops.numbering import next_numbers


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "A-000001"),
        (["A-000041", "A-000007"], "A-000042"),
        (["A-999999"], "A-1000000"),
        (["B-000041", "a-000050", "A-12x", "A-", "XA-000060", "A-1 2", ""], "A-000001"),
        (["A-000009", "A-1234567890123456"], "A-000010"),
    ],
)
def test_the_next_number_follows_the_highest_of_its_own_series(
    taken: list[str], expected: str
) -> None:
    assert next_numbers("A-", text_array(taken), 1).tolist() == [expected]


def test_several_numbers_are_given_at_once() -> None:
    numbers = next_numbers("INV-", text_array(["INV-000009"]), 2)
    assert numbers.tolist() == ["INV-000010", "INV-000011"]
