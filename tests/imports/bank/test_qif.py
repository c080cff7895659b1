"""QIF: bank sections are cash, nothing else is; what can be read in two ways is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ar_xl.imports.bank.parts import BankOptions, Rows
from tests.imports.bank.reader_text import lines, one, read, real, refused

DMY = BankOptions(dates="dmy", decimal="point")


def bank(*records: str) -> str:
    """A QIF file with a bank section; the fields of a record stand between blanks."""
    return "!Type:Bank\n" + "".join(record.replace(" ", "\n") + "\n^\n" for record in records)


def rows_of(*records: str, options: BankOptions = DMY) -> Rows:
    """The lines of a bank section."""
    return one(read(bank(*records), options)).rows


def test_american_dates_and_thousands_are_proved_by_the_file() -> None:
    file = read(real("oca__test_qif.qif"))
    assert lines(one(file).rows, "date", "amount", "payer") == [
        "2013-08-12 | -1000.00 | Delta PC",
        "2013-08-15 | -75.46 | Walts Drugs",
        "2013-03-03 | -379.00 | Epic Technologies",
        "2013-03-04 | -20.28 | YOUR LOCAL SUPERMARKET",
        "2013-03-03 | -421.35 | SPRINGFIELD WATER UTILITY",
    ]
    assert one(file).currency == ""
    assert file.said == ("Dates were read as month/day/year: `8/15/13` allows no other order.",)


def test_only_the_bank_section_is_cash() -> None:
    file = read(real("quiffen__test.qif"))
    found = one(file)
    assert (found.account, found.opening, found.opening_date) == (
        "TestExport",
        "0.00",
        "2020-02-10",
    )
    assert sum(Decimal(amount) for amount in found.rows.amount) == Decimal("-35.50")
    assert len(found.rows) == 5
    assert "2 of Class, 2 of Cat, 1 of Invst, 4 of Security" in file.said[0]


@pytest.mark.parametrize(
    ("content", "code", "seen"),
    [
        (bank("D1/2/26 T5.00"), "import_date_order_open", "`1/2/26` could be either order"),
        (bank("D1/20/26 T5.00", "D20/1/26 T5.00"), "import_date_order_open", "the day"),
        (bank("D1/20/26 T1,000"), "import_decimal_mark_open", "`1,000` (line 2)"),
        (bank("D1/20/26 T1,5", "D1/20/26 T1.5"), "import_decimal_mark_open", "a decimal comma"),
        ("!Type:Bank\n^\n", "bank_no_statement", "no record in it"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(content: str, code: str, seen: str) -> None:
    refusal = refused(content)
    assert refusal.code.name == code
    assert seen in refusal.seen


def test_an_order_that_was_asked_for_decides() -> None:
    assert rows_of("D1/2/26 T5.00").date == ["2026-02-01"]
    mdy = BankOptions(dates="mdy", decimal="comma")
    assert lines(rows_of("D1/2/26 T1.000", options=mdy)) == ["2026-01-02 | 1000"]


@pytest.mark.parametrize(
    ("told", "day"),
    [("2/ 1'05", "2005-01-02"), ("31.12.99", "1999-12-31"), ("3/4' 7", "2007-04-03"),
     ("2026-05-06", "2026-05-06"), ("1/1/2026", "2026-01-01")],
)  # fmt: skip
def test_years_are_written_in_several_ways(told: str, day: str) -> None:
    assert one(read(f"!Type:Bank\nD{told}\nT1.00\n^\n", DMY)).rows.date == [day]


def test_what_cannot_be_read_is_a_bad_line_never_zero() -> None:
    found = rows_of("D30/2/26 T5.00", "D1/2/26 Tmuch", "D1/2/26", "D1/2/26 T$5.00")
    assert lines(found, "date", "amount", "bad") == [
        " | 5.00 | the day is `30/2/26`",
        "2026-02-01 |  | the amount is `much`",
        "2026-02-01 |  | no amount",
        "2026-02-01 |  | the amount is `$5.00`",
    ]


def test_a_last_record_without_an_end_may_be_cut_off() -> None:
    found = one(read("!Type:Bank\nD1/2/26\nT-1.00\n^\nD1/2/26\nT-1,0", DMY)).rows
    assert [bad != "" for bad in found.bad] == [False, True]


def test_each_account_has_a_statement_and_cards_are_left_out() -> None:
    text = (
        "!Option:AutoSwitch\n!Account\nNChecking\nTBank\n^\nNVisa\nTCCard\n^\n!Clear:AutoSwitch\n"
        "!Account\nNChecking\nTBank\n^\n" + bank("D1/2/26 T5.00 PACME N101 MINV-7 AStreet")
        + "!Account\nNVisa\nTCCard\n^\n!Type:CCard\nD1/2/26\nT-7.00\n^\n"
        "!Account\nNSavings\nTBank\n^\n" + bank("D1/2/26 U-6.00 L[Checking]")
    )  # fmt: skip
    file = read(text.replace("\n", "\r\n"), DMY)
    told = [(s.account, lines(s.rows, "amount", "kind", "reference", "text"))
            for s in file.statements]  # fmt: skip
    assert told == [
        ("Checking", ["5.00 | Payment | Check 101 | INV-7 Street"]),
        ("Savings", ["-6.00 | Other |  | "]),
    ]
    assert file.said == ("Records of no bank account were left out: 1 of Ccard.",)
