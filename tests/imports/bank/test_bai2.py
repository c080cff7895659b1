"""BAI2: records cut at slashes, amounts without a point, totals at every end."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank import bai2
from ar_xl.imports.bank.parts import BankFile, Statement
from tests.imports.bank.bank_text import difference, lines, read_file, read_text

HEAD = "01,SENDER,ME,260105,0600,1,,,2/\n02,ME,SENDER,1,260105,,USD,2/\n"


def book(*records: str, head: str = HEAD) -> BankFile:
    """A file of one group, with the trailers that its records ask for."""
    body = "\n".join(records)
    return read_text(bai2, f"{head}{body}\n98,0,1,9/\n99,0,1,9/\n")


def account(*records: str, head: str = HEAD) -> Statement:
    """The only account of a file: opening 100.00, closing 100.00 unless its record says else."""
    first = () if records[0].startswith("03") else ("03,123,,010,10000,,,015,10000,,/",)
    (statement,) = book(*first, *records, "49,0,9/", head=head).statements
    return statement


def wrong(statement: Statement) -> list[str]:
    """The controls of an account that do not hold."""
    return [
        f"{each.what}: {each.stated} but {each.found}"
        for each in statement.controls
        if each.stated != each.found and "group" not in each.what
    ]


def test_the_type_code_says_the_side_and_what_it_is() -> None:
    statement = account(
        "16,142,1234,Z,,,ACH/", "16,475,1234,Z,,77,CHECK/", "16,698,5,,,,FEE/",
        "16,555,700,,,,DEPOSITED ITEM/", "16,252,1,,,,/", "16,354,2,,,,INTEREST/",
    )  # fmt: skip
    assert lines(statement, "date", "amount", "kind", "reference") == [
        "2026-01-05 | 12.34 | Payment | ", "2026-01-05 | -12.34 | Other | 77",
        "2026-01-05 | -0.05 | Fee | ", "2026-01-05 | -7.00 | Return | ",
        "2026-01-05 | 0.01 | Reversal | ", "2026-01-05 | 0.02 | Other | ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("currency", "amount"), [("USD", "12.34"), ("JPY", "1234"), ("KWD", "1.234"), ("", "12.34")]
)
def test_amounts_are_minor_units_of_the_account(currency: str, amount: str) -> None:
    head = HEAD.replace("USD", "")
    statement = account(f"03,123,{currency},010,1234,,/", "16,142,1234,,,,/", head=head)
    assert statement.rows.amount == [amount]
    assert statement.opening == amount
    assert statement.currency == (currency or "USD")


@pytest.mark.parametrize(
    "funds", ["", "0", "1", "2", "Z", "V,260106,", "V,260106,0900", "S,1,2,3", "D,2,0,600,1,400"]
)
def test_what_a_funds_type_takes_with_it_is_no_reference(funds: str) -> None:
    row = account(f"16,195,1000,{funds},1234567890,CUST,INV-7, and more/")
    assert lines(row, "bank_id", "reference", "text") == ["1234567890 | CUST | INV-7, and more"]


def test_records_are_cut_at_slashes_and_texts_keep_theirs() -> None:
    statement = account(
        "16,142,100,Z,,,PAID 22/03/66: A, 3/88,5/  16,142,200,Z,,,INV 7/16/",
        "88,of 3/4/",
        "16,142,300,Z,,,wrapped",
        "  by the bank/",
    )
    assert lines(statement, "amount", "text", "place") == [
        "1.00 | PAID 22/03/66: A, 3/88,5 | line 4", "2.00 | INV 7/16 of 3/4 | line 4",
        "3.00 | wrapped by the bank | line 6",
    ]  # fmt: skip


def test_a_whole_file_may_stand_in_one_line() -> None:
    text = HEAD + "03,123,,010,0,,,015,100,,/\n16,142,100,Z,,,A/\n88,B/\n49,200,4/\n"
    text += "98,200,1,6/\n99,200,1,8/"
    for joined in (text, text.replace("\n", ""), text.replace("/\n", "/   ")):
        file = read_text(bai2, joined)
        (statement,) = file.statements
        assert lines(statement, "amount", "text") == ["1.00 | A B"]
        assert all(each.stated == each.found for each in (*file.controls, *statement.controls))


def test_a_continuation_goes_on_where_its_record_stopped() -> None:
    statement = account(
        "03,123,USD,010,10000,,,100,5/", "88,00001,,015,10000/", "88,,,040/", "88,-150,,/",
        "16,165,500,Z/", "88,1234567890,CUST/", "88,the text, in full/",
    )  # fmt: skip
    assert (statement.opening, statement.closing) == ("100.00", "100.00")
    assert lines(statement, "bank_id", "reference", "text") == [
        "1234567890 | CUST | the text, in full"
    ]
    # 10000 + 5 + 10000 - 150 + 500; 03 with three 88, 16 with two, 49.
    assert wrong(statement) == [
        "control total of account 123: 0 but 20355",
        "number of records of account 123: 9 but 8",
    ]


def test_names_in_the_text_say_who_paid() -> None:
    statement = account(
        "16,165,500,,,,ORIG CO NAME:ACME INC      ORIG ID:12345 DESC DATE:010526/",
        "16,191,500,,,,/", "88,BO:11111111 BO1:X", "88,BO1:DOE JO",
        "16,195,500,,,9,Incoming/", "88,DBNM: TEST AND CO", "88,DACT: 8348", "88,EREF: R-17",
    )  # fmt: skip
    assert lines(statement, "payer", "payer_account", "reference") == [
        "ACME INC |  | ", "DOE JO | 11111111 | ", "TEST AND CO | 8348 | R-17",
    ]  # fmt: skip


def test_an_amount_that_is_no_whole_number_and_a_code_of_no_side_are_bad_rows() -> None:
    rows = account("16,142,12.34,,,,A/", "16,142,,,,,B/", "16,721,5,,,,C/", "16,890,,,,,D/").rows
    assert rows.amount == ["", "", ""]
    assert [text.split("`")[1] for text in rows.bad] == ["12.34", "", "721"]


@pytest.mark.parametrize(
    ("modifier", "final"), [("", True), ("2", True), ("3", False), ("4", True)]
)
def test_interim_reports_are_not_final(modifier: str, final: bool) -> None:
    head = HEAD.replace("USD,2/", f"USD,{modifier}/")
    assert account("16,142,1,,,,/", head=head).final is final


def test_a_group_that_the_bank_withdraws_or_tests_brings_nothing() -> None:
    for status in ("2", "4"):
        head = HEAD.replace(",1,260105", f",{status},260105")
        file = book("03,123,USD,010,0,,/", "16,142,1,,,,/", "49,1,3/", head=head)
        assert (len(file.statements), len(file.findings)) == (0, 1)


def test_a_file_that_is_cut_short_lacks_its_trailers() -> None:
    file = read_text(bai2, HEAD + "03,123,USD,010,10000,,/\n16,142,100,,,,/\n")
    missing = [each.what for each in (*file.statements[0].controls, *file.controls)]
    assert [text[:10] for text in missing] == ["trailer of"] * 3


def test_a_header_without_accounts_is_refused() -> None:
    with pytest.raises(Refusal, match="no account"):
        read_text(bai2, HEAD + "98,0,0,2/\n99,0,1,4/\n")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "accounts", "rows", "off", "controls"),
    [
        ("citi_example", 1, 1, ["-0.01"], 0), ("svb_us_example", 2, 2, ["0"], 0),
        ("sample1", 2, 17, [], 0), ("sample3", 15, 26, ["0"], 0),
        ("sample5-issue113", 5, 20, ["-37678347.52"], 10),
    ],
)  # fmt: skip
def test_every_real_file_proves_or_shows_what_does_not(
    shared: Path, name: str, accounts: int, rows: int, off: list[str], controls: int
) -> None:
    folder = shared / "data" / "bank"
    file = read_file(next(folder.glob(f"*__{name}.bai2")))
    assert len(file.statements) == accounts
    assert sum(len(each.rows) for each in file.statements) == rows
    proved = {difference(each) for each in file.statements if each.opening and each.closing}
    assert proved == {Decimal(text) for text in off}
    failed = {each for s in file.statements for each in s.controls if each.stated != each.found}
    failed |= {each for each in file.controls if each.stated != each.found}
    assert (len(failed) > 0) == (controls > 0)


def test_an_amount_that_is_none_is_told_in_part() -> None:
    (bad,) = account("16,195,1." + "0" * 1000 + ",,REF,,X/").rows.bad
    assert len(bad) < 120
