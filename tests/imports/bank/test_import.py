"""What bank files bring: lines, statements, accounts; and what is proved before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.bank.statements import bank, found, lines, statements

OCTOBER = """
    DE1 EUR 100.00 .. 150.00
    2026-10-01 | 60.00  | Smith
    2026-10-02 | -10.00 | Rent
"""


def test_a_statement_that_proves_brings_its_lines(tmp_path: Path) -> None:
    result, book = bank(tmp_path, OCTOBER)
    assert lines(book) == ["2026-10-01 | 60.00 | Smith", "2026-10-02 | -10.00 | Rent"]
    assert statements(book, "Account", "From", "To", "Opening", "Closing", "Lines", "Status") == [
        "DE1 | 2026-10-01 | 2026-10-02 | 100.00 | 150.00 | 2 | Proved"
    ]
    assert not found(result)
    assert "Bank lines: EUR 50.00 read = 50.00 new + 0.00 already" in " ".join(result.said)


def test_a_statement_that_does_not_prove_brings_nothing_and_shows_the_difference(
    tmp_path: Path,
) -> None:
    result, book = bank(tmp_path, OCTOBER.replace("150.00", "151.00"))
    assert (found(result), lines(book)) == (["bank_statement_unproved"], [])
    assert "opening 100.00 + lines 50.00 = 150.00" in result.findings[0].seen
    assert "a difference of 1.00" in result.findings[0].seen
    assert "Bank lines: 2 rows read = 0 new + 0 already known + 2 refused" in " ".join(result.said)


def test_an_unproved_statement_can_be_accepted_and_keeps_its_difference(tmp_path: Path) -> None:
    result, book = bank(tmp_path, OCTOBER.replace("150.00", "151.00"), accept=True)
    assert found(result) == ["bank_statement_accepted"]
    assert statements(book, "Difference", "Status") == ["1.00 | Accepted"]
    again, book = bank(tmp_path, OCTOBER.replace("150.00", "151.00"), book=book)
    assert (again.change.is_empty, len(lines(book))) == (True, 2)


def test_a_fee_lowers_what_the_account_moved_by(tmp_path: Path) -> None:
    _, book = bank(tmp_path, "PP USD 0.00 .. 97.00\n2026-10-01 | 100.00 fee 3.00 | Smith")
    assert lines(book, "Amount", "Fee") == ["100.00 | 3.00"]
    assert statements(book, "Status") == ["Proved"]


def test_a_count_that_the_file_states_has_to_hold(tmp_path: Path) -> None:
    result, _ = bank(tmp_path, OCTOBER + "lines 3")
    assert found(result) == ["bank_statement_unproved"]
    assert "number of lines: stated 3, found 2" in result.findings[0].seen


def test_a_statement_without_balances_is_taken_and_says_so(tmp_path: Path) -> None:
    _, book = bank(tmp_path, OCTOBER.replace("100.00 .. 150.00", ".."))
    assert statements(book, "Opening", "Closing", "Difference", "Status") == [" |  |  | No balance"]
    assert len(lines(book)) == 2


def test_the_opening_balance_is_reckoned_where_only_the_closing_is_told(tmp_path: Path) -> None:
    _, book = bank(tmp_path, OCTOBER.replace("100.00 ..", ".."))
    assert statements(book, "Opening", "Closing", "Status") == ["100.00 | 150.00 | No balance"]


def test_an_intraday_report_books_nothing_until_the_final_statement(tmp_path: Path) -> None:
    result, book = bank(tmp_path, OCTOBER.replace("..", ".. ").replace("150.00", "150.00 ~"))
    assert (lines(book), statements(book, "Status")) == ([], ["Not final"])
    assert "2 left out" in " ".join(result.said)
    _, book = bank(tmp_path, OCTOBER, book=book)
    assert len(lines(book)) == 2


def test_an_amount_that_cannot_be_read_refuses_the_file_and_is_never_zero(tmp_path: Path) -> None:
    for amount in ("?", "$120", "8.8512", "1e3", "", "12.34.56", "99999999999999999999"):
        text = f"DE1 EUR ..\n2026-10-01 | {amount} | Smith\n2026-10-02 | 1.00 | Jones"
        result, book = bank(tmp_path, text)
        assert (result.is_refused, lines(book)) == (True, []), amount
        _, book = bank(tmp_path, text, skip_bad=True)
        assert lines(book) == ["2026-10-02 | 1.00 | Jones"], amount


def test_zeros_behind_the_decimals_of_the_currency_do_not_matter(tmp_path: Path) -> None:
    _, book = bank(tmp_path, "DE1 EUR 18.150 .. 27.00\n2026-10-01 | 8.8500 | Smith")
    assert lines(book) == ["2026-10-01 | 8.85 | Smith"]
    _, book = bank(tmp_path, "JP1 JPY ..\n2026-10-01 | 885.00 | Smith")
    assert lines(book) == ["2026-10-01 | 885 | Smith"]


def test_a_bad_line_unproves_its_statement_but_no_other(tmp_path: Path) -> None:
    text = OCTOBER + "\nDE2 EUR 0.00 .. 5.00\n2026-10-01 | ? | Smith\n2026-10-01 | 5.00 | Jones"
    _, book = bank(tmp_path, text, skip_bad=True)
    assert statements(book, "Account") == ["DE1"]
    assert len(lines(book)) == 2


def test_currencies_of_one_statement_are_never_added_up(tmp_path: Path) -> None:
    text = "X USD ..\n2026-10-01 | 5.00 USD | Smith\n2026-10-01 | 7.00 EUR | Jones"
    result, book = bank(tmp_path, text)
    assert statements(book, "Currency", "Lines") == ["USD | 1", "EUR | 1"]
    assert {code: sums.new for code, sums in result.money["Bank lines"].items()} == {
        "USD": 500, "EUR": 700,
    }  # fmt: skip


def test_a_file_that_names_no_account_is_that_of_the_only_account(tmp_path: Path) -> None:
    text = "- - ..\n2026-10-01 | 5.00 | Smith"
    result, book = bank(tmp_path, text, account="Main", currency="EUR")
    assert (found(result), lines(book, "Account", "Currency")) == ([], ["Main | EUR"])
    result, book = bank(tmp_path, text.replace("5.00", "6.00"), book=book)
    assert found(result) == ["bank_account_taken"]
    assert lines(book, "Account", "Currency") == ["Main | EUR"] * 2


def test_a_file_that_names_no_account_is_asked_about_where_there_are_several(
    tmp_path: Path,
) -> None:
    _, book = bank(tmp_path, "A EUR ..\n2026-10-01 | 5.00 | X\n\nB EUR ..\n2026-10-01 | 5.00 | X")
    result, _ = bank(tmp_path, "- - ..\n2026-10-01 | 5.00 | Smith", book=book)
    assert found(result) == ["bank_file_account_open", "bank_currency_taken"]


def test_an_error_about_a_whole_file_is_never_skipped(tmp_path: Path) -> None:
    _, book = bank(tmp_path, "A EUR ..\n2026-10-01 | 5.00 | X\n\nB EUR ..\n2026-10-01 | 5.00 | X")
    files = "- EUR ..\n2026-10-01 | 7.00 | Smith", "A EUR ..\n2026-10-02 | 8.00 | Jones"
    result, after = bank(tmp_path, *files, book=book, skip_bad=True)
    assert found(result) == ["bank_file_account_open"]
    assert lines(after, "Account", "Amount") == ["A | 5.00", "B | 5.00", "A | 8.00"]
    result, _ = bank(tmp_path, *files, book=after, skip_bad=True, account="A")
    assert lines(after.after(result.change), "Account", "Amount")[3:] == ["A | 7.00"]


def test_an_account_of_several_currencies_says_none_for_a_file_that_names_none(
    tmp_path: Path,
) -> None:
    text = "A - ..\n2026-10-01 | 5.00 | Smith"
    _, book = bank(tmp_path, text, "A EUR ..\n2026-10-02 | 8.00 | Jones")
    result, _ = bank(tmp_path, text, book=book)
    assert (found(result), result.change.is_empty) == (["bank_currency_taken"], True)


def test_a_gap_between_two_statements_is_said(tmp_path: Path) -> None:
    november = "DE1 EUR 155.00 .. 156.00\n2026-11-02 | 1.00 | Smith"
    _, book = bank(tmp_path, OCTOBER)
    result, _ = bank(tmp_path, november, book=book)
    assert found(result) == ["bank_statement_gap"]
    assert "closes with EUR 150.00" in result.findings[0].seen
    result, _ = bank(tmp_path, november.replace("155", "150").replace("156", "151"), book=book)
    assert not found(result)


@pytest.mark.parametrize("turned", [False, True])
def test_statements_that_overlap_and_agree_are_no_gap(tmp_path: Path, turned: bool) -> None:
    early = (
        "A EUR 0.00 .. 6.00\n2026-10-05 | 1.00 | V\n2026-10-06 | 2.00 | X\n2026-10-06 | 3.00 | Y"
    )
    late = "A EUR 3.00 .. 10.00\n2026-10-06 | 3.00 | Y\n2026-10-25 | 4.00 | Z"
    texts = (late, early) if turned else (early, late)
    _, book = bank(tmp_path, texts[0])
    result, book = bank(tmp_path, texts[1], book=book)
    assert (found(result), len(lines(book))) == ([], 4)
    other = late.replace("3.00 .. 10", "2.00 .. 9")
    result, _ = bank(tmp_path, other, book=bank(tmp_path, early)[1])
    assert found(result) == ["bank_statement_gap"]


def test_one_bad_file_keeps_the_others_out_unless_bad_ones_are_left_out(tmp_path: Path) -> None:
    texts = (OCTOBER, "DE2 EUR 1.00 .. 3.00\n2026-10-01 | 1.00 | X")
    result, book = bank(tmp_path, *texts)
    assert (result.is_refused, lines(book)) == (True, [])
    _, book = bank(tmp_path, *texts, skip_bad=True)
    assert statements(book, "Account") == ["DE1"]
