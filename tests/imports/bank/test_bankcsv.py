"""Tables of banks: headings anywhere, amounts in every form, balances as the proof."""

from __future__ import annotations

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank.parts import BankOptions
from tests.imports.bank.tables import balances, errors, read, rows
from tests.ledger_text import lines


def test_a_line_has_all_that_the_bank_tells() -> None:
    file = read("""
        Booking Date,Value Date,Amount,Currency,Payer,Bank Account,Reference,Transaction ID,Memo
        2026-01-31,2026-02-01,"1,250.00",USD,Acme Inc,00123,INV-7,T-1,thanks for all
        """)
    assert rows(file, "date", "amount", "kind", "bank_id", "payer", "payer_account", "reference",
                "text", "place") == lines("""
        2026-01-31 | 1250.00 | Payment | T-1 | Acme Inc | 00123 | INV-7 | thanks for all | line 2
    """)  # fmt: skip


def test_headings_stand_below_the_account_and_its_balances_are_picked_up() -> None:
    file = read(
        """
        Numéro de compte : 0808880,Titulaire : Nous,: EUR,,
        ,,,,
        Solde final,,,,"+1149,33"
        Date,Libellé,Débit,Crédit,Détail
        01/04/20,A,"-50,67",,x
        02/04/20,B,,"1200,00",y
        Solde initial,,,,"0,00"
        """,
        BankOptions(dates="dmy"),
    )
    assert balances(file) == ["0808880 | EUR | 0.00 | 1149.33"]
    assert rows(file, "date", "amount", "text") == ["2020-04-01 | -50.67 | A x",
                                                    "2020-04-02 | 1200.00 | B y"]  # fmt: skip


def test_the_flag_decides_the_sign_and_the_minus_is_ignored() -> None:
    """BANK-12."""
    file = read("""
        Date,Label,Amount,D/C
        2018-12-15,a,33.50,D
        2018-12-15,b,"-1,533.50",C
        """)
    assert rows(file) == ["2018-12-15 | -33.50", "2018-12-15 | 1533.50"]


def test_a_minus_turns_the_flag_round_where_the_balances_prove_it() -> None:
    file = read("""
        Date,Label,Amount,D/C,Balance
        2018-12-15,a,33.50,D,66.50
        2018-12-16,reversed,-33.50,D,100.00
        """)
    assert rows(file) == ["2018-12-15 | -33.50", "2018-12-16 | 33.50"]
    assert balances(file) == [" |  | 100.00 | 100.00"]


@pytest.mark.parametrize("newest_first", [False, True])
def test_balances_prove_lines_in_either_order(newest_first: bool) -> None:
    body = ["14.02.2017;100,00;1.100,00", "15.02.2017;-50,00;1.050,00", "16.02.2017;1,00;1.051,00"]
    body = body[::-1] if newest_first else body
    file = read("\n".join(["Buchungstag;Betrag (EUR);Saldo", *body]))
    assert balances(file) == [" | EUR | 1000.00 | 1051.00"]
    assert not file.findings


def test_a_balance_that_does_not_follow_is_said_and_leaves_the_statement_unproved() -> None:
    file = read("""
        Date,Amount,Balance
        2026-01-30,100.00,1100.00
        2026-01-31,10.00,1110.00
        2026-02-01,10.00,1130.00
        """)
    assert errors(file) == ["bank_balance_breaks"]
    assert balances(file) == [" |  | 1000.00 | 1130.00"]


def test_amounts_of_every_country_are_read_and_words_are_error_rows() -> None:
    """BANK-13, where the product reads no word as zero."""
    texts = ["1,234.56", "1,234,567.89", "-1,234.56", "$1,234.56", "1,234.56 USD", "   1,234.56   ",
             "12,34.56", "1234,567.89", "1,23,456.78", "1'234.50", "(5.00)", "5.00-", "7.00 DR",
             "7.00 Cr", "USD", "not a number"]  # fmt: skip
    file = read("Date;Amount;Currency\n" + "\n".join(f"2026-01-31;{t};USD" for t in texts))
    assert [text.partition(" | ")[2] for text in rows(file)] == [
        "1234.56", "1234567.89", "-1234.56", "1234.56", "1234.56", "1234.56", "1234.56",
        "1234567.89", "123456.78", "1234.50", "-5.00", "-5.00", "-7.00", "7.00", "", "",
    ]  # fmt: skip
    bad = rows(file, "bad")
    assert bad[:14] == [""] * 14
    assert bad[14].startswith("Amount `USD`, where an amount such as")


def test_a_note_of_the_bank_is_left_out_and_a_line_without_its_amount_is_an_error() -> None:
    file = read("""
        IBAN;Datum;Betrag;Text;Saldo
        AT611904300234573201;2017-02-14;-100,00;Bankomat;4.467,89
        AT611904300234573201;2017-02-13;;Lastschrift;4.500,00
        AT611904300234573201;2017-02-13;-50,00;Lastschrift;4.567,89
        ;2017-02-12;;Hinweis: Zinssatz auf 0,15% geändert;
        """)
    assert rows(file, "amount", "bad") == lines("""
        -100.00 |
         | Amount no amount, where a value was expected
        -50.00 |
    """)
    assert any("notes of the bank" in said for said in file.said)


def test_the_order_of_dates_is_asked_where_no_day_is_above_12() -> None:
    text = "Date,Amount\n01/04/2020,1.00\n02/04/2020,1.00"
    assert errors(read(text)) == ["import_date_order_open"]
    assert rows(read(text, BankOptions(dates="dmy")))[0] == "2020-04-01 | 1.00"


def test_dates_with_points_have_the_day_first() -> None:
    assert rows(read("Datum;Betrag\n01.04.20;1,00")) == ["2020-04-01 | 1.00"]


def test_the_decimal_mark_is_asked_unless_balances_decide() -> None:
    assert errors(read("Date;Amount;Currency\n2026-01-31;1.200;EUR")) == [
        "import_decimal_mark_open"
    ]
    file = read("""
        Date;Amount;Balance;Currency
        2026-01-30;900;900;EUR
        2026-01-31;1.200;2.100;EUR
        """)
    assert rows(file)[1] == "2026-01-31 | 1200.00"


def test_every_account_and_currency_is_a_statement_of_its_own() -> None:
    file = read("""
        Account,Date,Amount,Currency
        A-1,2026-01-31,1.00,USD
        A-2,2026-01-31,2.00,USD
        A-1,2026-01-31,3.00,EUR
        """)
    assert balances(file) == ["A-1 | USD |  | ", "A-2 | USD |  | ", "A-1 | EUR |  | "]


def test_what_was_told_once_is_remembered_by_the_headings_and_can_be_changed_by_hand() -> None:
    text = "Wann;Wieviel;Wozu\n01/04/2020;1,00;INV-7"
    asked = BankOptions(map={"Date": "Wann", "Amount": "Wieviel", "Text": "Wozu"}, dates="dmy",
                        currency="EUR", account="Giro")  # fmt: skip
    first = read(text, asked).remember
    assert first is not None
    assert (first.headings, first.columns, first.dates, first.currency, first.account) == (
        "Wann | Wieviel | Wozu", "Date=Wann; Amount=Wieviel; Text=Wozu", "dmy", "EUR", "Giro",
    )  # fmt: skip
    again = read(text, BankOptions(remembered=(first,)))
    assert rows(again, "date", "amount", "text") == ["2020-04-01 | 1.00 | INV-7"]
    assert balances(again) == ["Giro | EUR |  | "]
    changed = type(first)(**{**vars(first), "columns": "Date=Wann; Amount=Wieviel; Reference=Wozu"})
    assert rows(read(text, BankOptions(remembered=(changed,))), "reference", "text") == ["INV-7 | "]


def test_a_file_without_known_headings_is_refused_in_one_sentence() -> None:
    with pytest.raises(Refusal, match="No heading of a bank statement is known in bank"):
        read("=cmd|'/k calc.exe'!A0")


def test_a_formula_stays_a_text() -> None:
    file = read("Date,Amount,Text\n2026-01-31,1.00,=HYPERLINK(1)")
    assert rows(file, "text") == ["=HYPERLINK(1)"]
