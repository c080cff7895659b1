"""Once: whatever file brings a line again, it stands in the workbook once."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.ledger import Ledger
from ar_xl.imports.bank.importer import Asked, import_bank
from ar_xl.imports.bank.parts import BankOptions
from tests.imports.bank.statements import Jotted, bank, found, lines

TWINS = """
    DE1 EUR ..
    2025-06-24 | 100.00 | same
    2025-06-24 | 100.00 | same
"""
LINE = st.tuples(
    st.integers(1, 4), st.integers(-2, 2).filter(bool), st.sampled_from(["Smith", "Jones"]),
    st.sampled_from(["", "", "A", "B"]),
)  # fmt: skip
LINES = st.lists(LINE, min_size=1, max_size=12)


def written(rows: list[tuple[int, int, str, str]]) -> str:
    """Rows as a file without balances; a number of the bank says the amount too, so it is one."""
    return "\n".join(
        ["DE1 EUR ..", *(f"2026-10-0{day} | {amount}.00 | {payer} | {n and f'{n}{amount}{day}'}"
                         for day, amount, payer, n in rows)]
    )  # fmt: skip


def brought(*files: str, book: Ledger | None = None) -> Ledger:
    with TemporaryDirectory() as folder:
        return bank(Path(folder), *files, book=book)[1]


def content(book: Ledger) -> Counter[str]:
    return Counter(lines(book, "Date", "Amount", "Payer", "Bank ID"))


def test_two_equal_payments_of_one_day_both_count_and_are_said(tmp_path: Path) -> None:
    result, book = bank(tmp_path, TWINS)
    assert (len(lines(book)), found(result)) == (2, ["bank_lines_alike"])


def test_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    _, book = bank(tmp_path, TWINS)
    result, _ = bank(tmp_path, TWINS, book=book)
    assert (result.change.is_empty, found(result)) == (True, [])
    assert "2 already known" in " ".join(result.said)


@given(LINES)
@settings(max_examples=20, deadline=None)
def test_any_file_twice_is_that_file_once(rows: list[tuple[int, int, str, str]]) -> None:
    once = brought(written(rows))
    twice = brought(written(rows), book=once)
    assert content(twice) == content(once)
    assert sum(content(once).values()) == len(rows)


@given(LINES, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_lines_does_not_matter(
    rows: list[tuple[int, int, str, str]], chance: random.Random
) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    once = brought(written(rows))
    assert content(brought(written(shuffled), book=once)) == content(once)


@given(LINES, st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=4), st.booleans())
@settings(max_examples=30, deadline=None)
def test_files_of_overlapping_days_are_the_whole_file_once(
    rows: list[tuple[int, int, str, str]], periods: list[tuple[int, int]], at_once: bool
) -> None:
    parts = [[row for row in rows if min(p) <= row[0] <= max(p)] for p in [*periods, (1, 4)]]
    files = [written(part) for part in parts if part]
    if at_once:
        book = brought(*files)
    else:
        book = Ledger()
        for file in files:
            book = brought(file, book=book)
    assert content(book) == content(brought(written(rows)))


def test_the_same_number_of_the_bank_with_another_amount_is_refused(tmp_path: Path) -> None:
    _, book = bank(tmp_path, "DE1 EUR ..\n2026-10-01 | 5.00 | Smith | 4711")
    result, book = bank(tmp_path, "DE1 EUR ..\n2026-10-01 | 6.00 | Smith | 4711", book=book)
    assert found(result) == ["bank_number_with_another_amount"]
    assert "EUR 5.00 (BL-" in result.findings[0].seen
    assert lines(book) == ["2026-10-01 | 5.00 | Smith"]


def test_one_number_with_two_amounts_is_right_where_the_balance_proves_it(tmp_path: Path) -> None:
    rows = "\n2026-10-01 | 5.00 | Smith | 4711\n2026-10-01 | 6.00 | Jones | 4711"
    result, _ = bank(tmp_path, "DE1 EUR .." + rows)
    assert found(result) == ["bank_number_with_another_amount"]
    _, book = bank(tmp_path, "DE1 EUR 0.00 .. 11.00" + rows)
    assert len(lines(book)) == 2
    result, _ = bank(tmp_path, "DE1 EUR 0.00 .. 11.00" + rows, book=book)
    assert (found(result), result.change.is_empty) == ([], True)


def test_a_payment_that_the_bank_books_a_day_later_than_told_is_the_same(tmp_path: Path) -> None:
    _, book = bank(tmp_path, "DE1 EUR ..\n2026-10-01 | 5.00 | Smith | 4711")
    _, book = bank(tmp_path, "DE1 EUR ..\n2026-10-02 | 5.00 | Smith | 4711", book=book)
    assert len(lines(book)) == 1


def test_a_number_that_comes_again_next_month_is_another_payment_and_said(tmp_path: Path) -> None:
    _, book = bank(tmp_path, "DE1 EUR ..\n2026-10-01 | 5.00 | Smith | 4711")
    result, book = bank(tmp_path, "DE1 EUR ..\n2026-11-01 | 5.00 | Smith | 4711", book=book)
    assert (found(result), len(lines(book))) == (["bank_number_again"], 2)


def test_the_same_payment_in_a_file_of_another_kind_is_known_and_said(tmp_path: Path) -> None:
    both = (Jotted("CAMT.053", "camt\n"), Jotted("MT940", "mt\n"))
    first = "camt\nDE1 EUR ..\n2026-10-01 | 5.00 | Smith & Sons Ltd | 4711"
    second = "mt\nDE1 EUR ..\n2026-10-01 | 5.00 | SMITH SONS\n2026-10-01 | 5.00 | Jones"
    for files in ((first,), (second,)):
        other = second if files == (first,) else first
        _, book = bank(tmp_path, *files, formats=both)
        result, book = bank(tmp_path, other, book=book, formats=both)
        assert found(result) == ["bank_line_known_from_elsewhere"]
        assert len(lines(book)) == 2
    _, book = bank(tmp_path, first, second, formats=both)
    assert len(lines(book)) == 2


def test_other_case_and_blanks_in_texts_are_the_same_payment(tmp_path: Path) -> None:
    _, book = bank(tmp_path, "DE1 EUR ..\n2026-10-01 | 5.00 | Smith & Sons, Inc.")
    _, book = bank(tmp_path, "DE1 EUR ..\n2026-10-01 | 5.00 | SMITH  & SONS INC", book=book)
    assert len(lines(book)) == 1


WHOLE = "DE1 EUR ..\n2026-10-01 | 30.00 | bank | B1"
PARTS = "DE1 EUR ..\n2026-10-02 | 10.00 | Smith | B1 #10\n2026-10-02 | 20.00 | Jones | B1 #20"


def test_a_batch_in_one_sum_is_known_by_its_parts_and_they_by_it() -> None:
    for first, second, count in ((WHOLE, PARTS, 1), (PARTS, WHOLE, 2)):
        with TemporaryDirectory() as folder:
            book = brought(first)
            result, _ = bank(Path(folder), second, book=book)
        assert (len(lines(book)), result.change.is_empty) == (count, True)
        assert found(result) == ["bank_batch_known"]


def test_parts_that_are_not_the_sum_of_their_batch_are_refused(tmp_path: Path) -> None:
    result, _ = bank(tmp_path, PARTS.replace("20.00", "25.00"), book=brought(WHOLE))
    assert found(result) == ["bank_number_with_another_amount"]


def test_a_notification_tells_the_payments_of_a_batch_before_its_statement(tmp_path: Path) -> None:
    formats = (Jotted("CAMT.053", "S"), Jotted("CAMT.054", "N"))
    _, book = bank(tmp_path, f"S{WHOLE}", f"N{PARTS}", formats=formats)
    assert lines(book, "Amount", "Payer") == ["10.00 | Smith", "20.00 | Jones"]


MORNING = "DE1 EUR 0.00 .. 5.00\n2026-10-01 | 5.00 | Smith"
NOON = "DE1 EUR 5.00 .. 10.00\n2026-10-01 | 5.00 | Smith"
EVENING = "DE1 EUR 10.00 .. 15.00\n2026-10-01 | 5.00 | Smith"
DAY = "DE1 EUR 0.00 .. 15.00" + 3 * "\n2026-10-01 | 5.00 | Smith"


def test_equal_payments_on_statements_that_follow_one_another_are_several(tmp_path: Path) -> None:
    statements = (MORNING, NOON, EVENING)
    book = Ledger()
    for each in statements:
        _, book = bank(tmp_path, each, book=book)
    assert len(lines(book)) == 3
    for each in (*statements, DAY):
        _, book = bank(tmp_path, each, book=book)
        assert len(lines(book)) == 3, each
    _, at_once = bank(tmp_path, *statements)
    _, of_the_day = bank(tmp_path, DAY)
    assert sorted(lines(at_once, "Line ID")) == sorted(lines(book, "Line ID"))
    assert sorted(lines(of_the_day, "Line ID")) == sorted(lines(book, "Line ID"))
    _, of_the_day = bank(tmp_path, *statements, book=of_the_day)
    assert len(lines(of_the_day)) == 3


@pytest.mark.parametrize("at_once", [False, True])
def test_a_statement_exported_again_with_fewer_columns_is_known_and_said(
    tmp_path: Path, at_once: bool
) -> None:
    whole, less = tmp_path / "m1.csv", tmp_path / "m2.csv"
    whole.write_text("Date,Description,Reference,Amount\n2026-10-05,ACH BETA,B1,100.00\n")
    less.write_text("Date,Description,Amount\n2026-10-05,ACH BETA,100.00\n2026-10-05,X,7.00\n")
    book, asked = Ledger(), Asked(BankOptions(account="M", currency="EUR"))
    for paths in [[whole, less]] if at_once else [[whole], [less], [less]]:
        result = import_bank(paths, book, asked)
        book = book.after(result.change)
    assert lines(book, "Amount", "Reference") == ["100.00 | B1", "7.00 | "]
    assert found(result) == ["bank_line_known_from_elsewhere"]
    assert "from a file with other headings" in result.findings[0].seen
