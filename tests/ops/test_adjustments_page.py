"""Every example of docs/ADJUSTMENTS.md does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ops.adjusting_books import office

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ADJUSTMENTS.md"
BOOKS, *EXAMPLES = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_page_does_what_it_says(example: str) -> None:
    clerk = office().rules(allocation_rules="1").types(BOOKS)
    clerk.posts()
    rows, _, expected = example.partition("=> ")
    found = clerk.types(f"Adjustments\n{rows}").adjusts()
    assert [each for each in found if "owes" not in each] == []
    said = [line.removeprefix("=> ") for line in expected.splitlines()]
    assert clerk.booked() == [line for line in said if "|" in line]
    left = clerk.open("2026-12-31")
    for line in said:
        if "|" not in line:
            document, amount = line.split()
            assert (document, left.get(document, "0.00")) == (document, amount)
