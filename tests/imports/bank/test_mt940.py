"""MT940 and MT942: fields of SWIFT, told by many banks in many ways."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank import mt940
from ar_xl.imports.bank.parts import Statement
from tests.imports.bank.bank_text import difference, lines, moved, read_file, read_text

HEAD = ":20:X\n:25:DE89370400440532013000\n:28C:7/1\n:60F:C260101EUR100,00\n"


def one(body: str, head: str = HEAD, tail: str = ":62F:C260131EUR0,00\n-\n") -> Statement:
    """The only statement of a file."""
    (statement,) = read_text(mt940, head + body + tail).statements
    return statement


def test_a_statement_says_account_number_days_and_balances() -> None:
    statement = one(":61:2601050105CR12,5NTRFNONREF//0724710345313905\n")
    assert statement.account == "DE89370400440532013000"
    assert (statement.number, statement.first, statement.last) == ("7", "2026-01-01", "2026-01-31")
    assert (statement.opening, statement.closing) == ("100.00", "0.00")
    assert lines(statement, "date", "amount", "kind", "bank_id") == [
        "2026-01-05 | 12.5 | Payment | 0724710345313905"
    ]


def test_a_reversed_credit_is_taken_and_a_reversed_debit_comes_back() -> None:
    # The letter behind the mark is the third of the currency: CR is a credit in EUR.
    body = ":61:260105CR5,NTRFA\n:61:260105RCR5,NTRFA\n:61:260105RD7,NTRFA\n:61:260105DR7,NTRFA\n"
    assert lines(one(body), "amount", "kind") == [
        "5 | Payment", "-5 | Reversal", "7 | Reversal", "-7 | Other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "booked"),
    [("2601021231", "2025-12-31"), ("2512310102", "2026-01-02"), ("260105", "2026-01-05"),
     ("260105    ", "2026-01-05"), ("1602300301", "2016-03-01"), ("20260105", "2026-01-05"),
     ("230230", "2023-02-28")],
)  # fmt: skip
def test_the_entry_date_takes_the_year_next_to_its_value_date(days: str, booked: str) -> None:
    assert one(f":61:{days}C5,NTRFA\n").rows.date == [booked]


def test_an_amount_that_cannot_be_read_is_a_bad_row_and_no_zero() -> None:
    rows = one(":61:260105C12,3,4NTRFA\n:86:INV-7\n:61:2613990105C5,00NTRFB\n").rows
    assert rows.amount == ["", ""]
    assert [text.split(": ")[1] for text in rows.bad] == [
        "its amount cannot be read", "its date cannot be read",
    ]  # fmt: skip
    assert rows.place == ["line 5", "line 7"]


def test_pages_are_joined_by_their_interim_balances() -> None:
    page1 = ":61:260105C10,NTRFA\n:62M:C260105EUR110,00\n-\n"
    page2 = ":20:X\n:25:DE89370400440532013000\n:28C:7/2\n:60M:C260105EUR110,00\n"
    page2 += ":61:260106C5,NTRFB\n:62F:C260106EUR115,00\n-\n"
    (statement,) = read_text(mt940, HEAD + page1 + page2).statements
    assert (statement.opening, statement.closing, len(statement.rows)) == ("100.00", "115.00", 2)
    assert difference(statement) == 0
    assert [(each.stated, each.found) for each in statement.controls] == [("110", "110")]


def test_a_page_without_the_other_pages_says_so() -> None:
    head = HEAD.replace("60F", "60M")
    file = read_text(mt940, head + ":62M:C260105EUR100,00\n-\n")
    assert [each.seen[:15] for each in file.findings] == ["the page before", "the page after "]


def test_accounts_and_currencies_are_statements_of_their_own() -> None:
    other = ":20:Y\n:25:517852257USD\n:28:1\n:60F:C260101USD1,00\n:62F:C260101USD1,00\n-\n"
    file = read_text(mt940, HEAD + ":62F:C260101EUR100,00\n" + other)
    assert [(each.account, each.currency) for each in file.statements] == [
        ("DE89370400440532013000", "EUR"), ("517852257", "USD"),
    ]  # fmt: skip


def test_a_file_that_is_cut_short_is_not_proved() -> None:
    statement = one(":61:2601050105C12,5NTRFA\n", tail="")
    (control,) = statement.controls
    assert control.stated != control.found
    assert "closing balance" in control.what


def test_german_details_tell_name_account_reference_and_purpose() -> None:
    statement = one(
        ":61:2601050105CR12,5NTRFNONREF\n"
        ":86:166?00GUTSCHRIFT?109075/611?20EREF+R-2026-17?21SVWZ+Rechnung INV-1007 und IN\n"
        "V-1008?30DEUTDEDB237?31DE93230707000621787100?32Muster & Soehne?33GmbH\n"
    )
    assert lines(statement, "payer", "payer_account", "reference", "text") == [
        "Muster & Soehne GmbH | DE93230707000621787100 | R-2026-17 | "
        "Rechnung INV-1007 und INV-1008 GUTSCHRIFT"
    ]


def test_details_between_slashes_tell_the_same() -> None:
    ing = (
        ":61:2601050105C12,50NTRFEREF//45674567456745\n/TRCD/00100/\n"
        ":86:/EREF/R-2026-17//CNTP/NL86INGB0002445588/INGBNL2A/JANSEN BV///REMI/USTD//INV-10\n"
        "07/\n"
    )
    abn = (
        ":61:2601050105C12,5N654NONREF\n"
        ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL86INGB0002445588/BIC/INGBNL2A/NAME/\n"
        "JANSEN BV/REMI/INV-1007/EREF/R-2026-17\n"
    )
    for body in (ing, abn):
        row = lines(one(body), "payer", "payer_account", "reference", "text")[0]
        assert row.startswith("JANSEN BV | NL86INGB0002445588 | R-2026-17 | INV-1007"), row


@pytest.mark.parametrize("width", [65, 64, 40])
def test_words_that_a_full_line_broke_are_put_together(width: int) -> None:
    first = "/EREF/" + "/REMI/VOOR".rjust(width - 6, "9")
    row = one(f":61:2601050105C5,NTRFEREF\n:86:{first}\nSCHOT UIT\n").rows
    assert row.text == ["VOORSCHOT UIT"]


def test_a_wrapped_text_that_looks_like_a_field_stays_text() -> None:
    body = ":61:2601050105D6,N024NONREF\n:86:SVWZ paid at 16\n:28:37 h\n:20:15 h\n-\nand on\n"
    file = read_text(mt940, HEAD + body + ":62F:C260105EUR94,00\n-\n")
    (statement,) = file.statements
    assert statement.rows.text == ["SVWZ paid at 16 :28:37 h :20:15 h - and on"]
    assert difference(statement) == 0


def test_a_structured_reference_comes_before_the_end_to_end_one() -> None:
    body = ":61:2601050105C5,NTRFEREF\n:86:/EREF/A-1//REMI/STRD/CUR/RF18539007547034/\n"
    assert lines(one(body), "reference", "text") == ["RF18539007547034 | A-1"]


@pytest.mark.parametrize(
    "text", ["#12345 INV-7", "100%20 OFF INV-7", "INV/FR/2026/001", "FR/2026 /ID/ 7", "123 INV-7"]
)
def test_a_free_text_keeps_every_letter(text: str) -> None:
    assert one(f":61:260105C5,NTRFA\n:86:{text}\n").rows.text == [text]


def test_a_bank_fee_is_taken_out_only_where_the_text_proves_it() -> None:
    proved = one(":61:260105C95,00NTRFA\n/OCMT/EUR100,/CHGS/EUR5,/\n").rows
    other = one(":61:260105C95,00NTRFA\n/OCMT/USD100,/CHGS/EUR5,/\n").rows
    assert (proved.amount, proved.fee) == (["100"], ["5"])
    assert (other.amount, other.fee) == (["95.00"], [""])


def test_a_reference_that_comes_again_with_another_amount_is_no_number_of_the_bank() -> None:
    body = ":61:260105C5,NTRFA//12345678\n:61:260105C6,NTRFA//12345678\n:61:260105C6,NTRFA//9\n"
    rows = one(body).rows
    assert rows.bank_id == ["", "", ""]
    assert rows.text == ["12345678", "12345678", "9"]


@pytest.mark.parametrize(
    ("type_", "mark", "kind"),
    [("NTRF", "C", "Payment"), ("NCHK", "C", "Payment"), ("NCHG", "D", "Fee"),
     ("NRTI", "D", "Return"), ("N109", "D", "Return"), ("NINT", "C", "Other"),
     ("N805", "D", "Fee"), ("NTRF", "D", "Other")],
)  # fmt: skip
def test_the_transaction_type_says_what_a_line_is(type_: str, mark: str, kind: str) -> None:
    assert one(f":61:260105{mark}5,00{type_}NONREF\n").rows.kind == [kind]


def test_an_intraday_report_is_not_final_and_proves_its_sums() -> None:
    text = (
        ":20:X\n:25:PL29114010810000267002001002\n:28C:1/1\n:34F:PLN0\n:13D:1701191815+0100\n"
        ":61:1701190119CN0,01NTRFNONREF//MB170119012058\n:86:911 A\n"
        ":90D:0PLN0,00\n:90C:1PLN0,01\n-\n"
    )
    file = read_text(mt940, text)
    (statement,) = file.statements
    assert (file.format, statement.final, statement.currency) == ("MT942", False, "PLN")
    assert {(each.stated, each.found) for each in statement.controls} == {
        ("0", "0"), ("1", "1"), ("0.01", "0.01"),
    }  # fmt: skip


def test_a_file_with_fields_but_no_statement_is_refused() -> None:
    with pytest.raises(Refusal, match="no balance and no line"):
        read_text(mt940, ":NS:\n")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "statements", "rows", "off"),
    [
        ("ASNB_mt940.mt940.txt", 31, 8, {"0"}), ("betterplace_sepa_mt9401.sta", 20, 97, {"0"}),
        ("betterplace_with_binary_character.sta", 2, 4, {"0"}),
        ("betterplace_sepa_snippet_broken.sta", 1, 1, {"307603.86"}),
        ("cmxl_mt940.sta", 3, 16, {"0"}), ("jejik_abnamro.sta", 2, 10, {"-2038", "-1002.6"}),
        ("jejik_ing.sta", 1, 7, {"49.06"}), ("jejik_postfinance.sta", 1, 4, {"0.2"}),
        ("mBank_mt940.sta", 1, 3, {"0"}), ("self-provided_february_30.sta", 1, 1, {"0"}),
        ("self-provided_multiline.sta", 1, 2, {"-119"}),
        ("self-provided_overly_long_details.sta", 1, 1, {"234.01"}),
    ],
)  # fmt: skip
def test_every_real_file_proves_or_shows_its_difference(
    shared: Path, name: str, statements: int, rows: int, off: set[str]
) -> None:
    file = read_file(shared / "data" / "bank" / f"mt940__{name}")
    assert len(file.statements) == statements
    assert sum(len(each.rows) for each in file.statements) == rows
    assert {difference(each) for each in file.statements} == {Decimal(text) for text in off}
    assert not any(each.rows.bad and any(each.rows.bad) for each in file.statements)


@pytest.mark.shared
def test_marks_and_german_marks_are_kept_apart(shared: Path) -> None:
    file = read_file(shared / "data" / "bank" / "mt940__cmxl_mt940.sta")
    assert [(each.currency, moved(each)) for each in file.statements] == [
        ("DEM", Decimal("87.30")), ("EUR", Decimal(2200)), ("PLN", Decimal(10040)),
    ]  # fmt: skip
