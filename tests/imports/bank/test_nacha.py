"""ACH files: what came back, what is to be changed, and entries that are orders or receipts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank import nacha
from ar_xl.imports.bank.nacha_codes import REASONS, STOPS_AUTOPAY
from ar_xl.imports.bank.parts import BankFile, BankOptions, Return, Source
from tests.imports.bank.ach_text import ach, entry, remittance, returned
from tests.imports.bank.bank_text import lines, read_file, read_text


def back(*records: str) -> Return:
    """The only return of a file."""
    (found,) = read_text(nacha, ach(*records)).returns
    return found


def failed(file: BankFile) -> list[str]:
    """Controls that do not hold."""
    controls = [*file.controls, *(each for s in file.statements for each in s.controls)]
    return [each.what for each in controls if each.stated != each.found]


def test_a_returned_debit_says_who_why_when_and_what_to_do() -> None:
    found = back(entry("26", 12354, "Paul Jones", "C-17", 5), returned("R01", 91400600000001))
    assert (found.code, found.reason) == ("R01", "Insufficient funds")
    assert (found.amount, found.date, found.payer) == ("123.54", "2026-01-05", "Paul Jones")
    assert (found.payer_id, found.trace, found.account) == ("C-17", "091400600000001", "…2345")
    assert found.moves_money
    assert not found.sent
    assert "again" in found.note


def test_a_returned_credit_is_money_that_we_had_sent() -> None:
    assert back(entry("21", 4565, "Bob"), returned("R03", 7)).sent


def test_a_change_of_bank_details_moves_no_money_and_shows_four_digits() -> None:
    found = back(entry("21", 0, "Best Co."), returned("C01", 7, "1918171614"))
    assert not found.moves_money
    assert found.reason == "Account number changed"
    assert "account …1614" in found.note
    assert "1918171614" not in found.note


def test_banks_that_differ_about_a_return_bounce_nothing() -> None:
    assert not back(entry("26", 100, "X"), returned("R68", 7)).moves_money


def test_all_reason_codes_are_known_and_those_of_closed_accounts_stop_autopay() -> None:
    assert len([code for code in REASONS if code[0] == "R"]) == 70
    assert {"R02", "R03", "R04", "R07", "R10", "R29"} <= STOPS_AUTOPAY
    assert not {"R01", "R09"} & STOPS_AUTOPAY


def test_a_code_that_the_rules_do_not_have_is_still_a_return() -> None:
    found = back(entry("26", 100, "X"), returned("R97", 7))
    assert (found.code, found.moves_money) == ("R97", True)
    assert "do not have" in found.reason


@pytest.mark.parametrize(
    ("settled", "made", "day"),
    [
        ("005", "260106", "2026-01-05"),
        ("364", "260102", "2025-12-30"),
        ("", "260106", "2026-01-05"),
    ],
)
def test_the_settlement_day_takes_the_year_next_to_the_files(
    settled: str, made: str, day: str
) -> None:
    text = ach(entry("26", 100, "X"), returned("R01", 7), settled=f"{settled:3}")
    (found,) = read_text(nacha, text.replace("4260106", f"4{made}", 1)).returns
    assert found.date == day


def test_an_effective_date_of_zeros_is_no_date() -> None:
    text = ach(entry("26", 100, "X"), returned("R01", 7), settled="   ")
    (found,) = read_text(nacha, text.replace("      260105", "      000101")).returns
    assert found.date == "2026-01-06"


def test_debits_and_credits_are_never_added_up() -> None:
    file = read_text(nacha, ach(entry("27", 20000, "A"), entry("22", 5000, "B", account="9")))
    assert [(each.number, each.rows.amount) for each in file.statements] == [
        ("batch 1 debits", ["-200.00"]), ("batch 1 credits", ["50.00"]),
    ]  # fmt: skip
    assert not any(each.final for each in file.statements)
    assert [text[:25] for text in file.said] == [
        "1 debit of USD 200.00 to ",
        "1 credit of USD 50.00 to ",
    ]


def test_credits_to_an_account_of_ours_are_payments_with_their_remittance_in_order() -> None:
    text = ach(
        entry("22", 10000, "US", "PAY-9"), remittance("and INV-1008", 2), remittance("INV-1007", 1),
        kind="CCD",
    )  # fmt: skip
    file = nacha.read(Source("x", text.encode()), BankOptions(currencies={"12345": "USD"}))
    (statement,) = file.statements
    assert (statement.account, statement.final) == ("12345", True)
    assert lines(statement, "date", "amount", "kind", "payer", "reference", "text") == [
        "2026-01-05 | 100.00 | Payment | ACME INC | PAY-9 | INV-1007 and INV-1008 INVOICES US"
    ]


def test_controls_name_what_does_not_add_up() -> None:
    good = ach(entry("27", 20000, "A"))
    assert failed(read_text(nacha, good)) == []
    assert failed(read_text(nacha, good.replace("0000020000", "0000020001", 1))) == [
        "debits of the file", "debits of batch 1",
    ]  # fmt: skip
    cut = "\n".join(good.splitlines()[:3])
    assert [text[:7] for text in failed(read_text(nacha, cut))] == ["control", "control"]


def test_cut_blanks_missing_line_ends_and_odd_bytes_do_not_shift_columns() -> None:
    text = ach(entry("27", 20000, "Zoë", trace=7))
    rows = text.splitlines()
    whole = b"".join(f"{line:94}".encode("latin-1") for line in rows)
    for content in (text.encode("latin-1"), text.encode(), whole):
        (statement,) = read_text(nacha, content).statements
        assert lines(statement, "amount", "payer", "bank_id") == ["-200.00 | Zoë | 000000000000007"]


def test_prenotes_and_files_without_entries_bring_nothing() -> None:
    file = read_text(nacha, ach(entry("28", 0, "A"), entry("23", 0, "B")))
    assert (file.statements, file.said) == ((), ("Batch 1: 2 prenotes without money left out.",))
    with pytest.raises(Refusal, match="no entry"):
        read_text(nacha, ach())


def test_an_amount_that_cannot_be_read_is_bad_and_no_zero() -> None:
    record = entry("26", 12354, "Paul").replace("0000012354", "00000x2354")
    text = ach(entry("26", 12354, "Paul"), returned("R01", 7)).replace(
        entry("26", 12354, "Paul"), record
    )
    (found,) = read_text(nacha, text).returns
    assert "cannot be read" in found.bad


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "returns", "entries", "off"),
    [
        ("return-WEB", ["R01 123.54", "R03 45.65"], 0, 0), ("cor-example", ["C01 0.00"], 0, 0),
        ("return-no-batch-header", ["R01 123.54", "C01 0.00"], 0, 0),
        ("iat-addenda99", ["R01 1000.00"], 0, 0), ("ctx-debit", [], 1, 0), ("ppd-debit", [], 1, 0),
        ("ppd-mixedDebitCredit", [], 3, 0), ("rck-debit", [], 1, 0), ("nonascii", [], 1, 1),
        ("20110805A", [], 48, 1),
    ],
)  # fmt: skip
def test_every_real_file_is_read_and_its_controls_compared(
    shared: Path, name: str, returns: list[str], entries: int, off: int
) -> None:
    file = read_file(shared / "data" / "bank" / f"nacha__{name}.ach")
    assert [f"{each.code} {each.amount}" for each in file.returns] == returns
    assert sum(len(each.rows) for each in file.statements) == entries
    assert len(failed(file)) == off
