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


def test_a_cell_too_many_is_an_error_as_its_amount_may_be_cut() -> None:
    file = read("Date,Amount,Text\n2026-01-30,1,200.50,a\n2026-01-31,5.00,b")
    assert rows(file, "amount") == ["", "5.00"]
    assert rows(file, "bad")[0].startswith("4 cells under 3 headings")


def test_a_mark_on_one_side_alone_makes_the_rest_the_other() -> None:
    file = read("Date,Amount,\n2026-01-30,5.00,\n2026-01-31,7.00,CR\nPending,9.00,")
    assert rows(file) == ["2026-01-30 | -5.00", "2026-01-31 | 7.00"]


def test_balances_prove_that_debits_are_money_in() -> None:
    file = read("""
        Date,Debit,Credit,Balance
        2026-01-30,100.00,,100.00
        2026-01-31,,30.00,70.00
        2026-02-01,50.00,,120.00
        """)
    assert rows(file, "amount") == ["100.00", "-30.00", "50.00"]
    assert balances(file) == [" |  | 0.00 | 120.00"]


def test_rows_of_text_alone_go_on_with_the_line_above() -> None:
    file = read("""
        Date,Description,Deposits
        2026-01-30,TRANSFER,5.00
        ,ACME INV-7,
        2026-01-31,TRANSFER,6.00
        ,BETA INV-8,
        """)
    assert rows(file, "text") == ["TRANSFER ACME INV-7", "TRANSFER BETA INV-8"]


def test_the_code_page_is_the_one_in_which_the_headings_are_words() -> None:
    text = "Data księgowania;Tytuł;Kwota\n2026-01-31;ŻÓŁW;1,00"
    assert rows(read(text.encode("cp1250")), "text") == ["ŻÓŁW"]


def test_an_account_remembered_for_a_bank_is_said() -> None:
    text = "Date,Amount,Text\n2026-01-31,1.00,a"
    first = read(text, BankOptions(account="Giro")).remember
    assert first is not None
    assert errors(read(text, BankOptions(remembered=(first,)))) == ["bank_account_taken"]
    assert not errors(read(text, BankOptions(account="Savings", remembered=(first,))))


def test_a_table_without_headings_is_told_by_number() -> None:
    text = '"01/30/2026","1250.00","*","","ACME INV7"'
    asked = BankOptions(map={"Date": "Column 1", "Amount": "Column 2", "Text": "Column 5"})
    assert rows(read(text, asked), "date", "amount", "text") == ["2026-01-30 | 1250.00 | ACME INV7"]
    with pytest.raises(Refusal, match="No heading"):
        read(text)


@pytest.mark.parametrize(
    "content",
    ["\ufeffDatum|Betrag|Text\n31.01.2026|1.200,50|ü".encode(),
     "Datum\tBetrag\tText\n31.01.2026\t1.200,50\tü".encode("utf-16"),
     "Datum\tBetrag\tText\n31.01.2026\t1.200,50\tü".encode("utf-16-le"),
     "sep=;\r\nDatum;Betrag;Text\r\n31.01.2026;1.200,50;ü".encode("cp1252"),
     'Datum, "Betrag", "Text", \n31.01.2026, "1.200,50", "ü", \n'.encode()],
)  # fmt: skip
def test_encodings_and_delimiters(content: bytes) -> None:
    assert rows(read(content), "date", "amount", "text") == ["2026-01-31 | 1200.50 | ü"]


def test_day_numbers_of_excel_are_dates() -> None:
    assert rows(read("Date,Amount\n46053,1.00\n46054,2.00"))[0] == "2026-01-31 | 1.00"


def test_an_amount_of_another_currency_beside_the_amount_is_an_error() -> None:
    file = read("Date;Currency;Amount\n2026-01-31;EUR;$ 5.00\n2026-01-31;EUR;5.00 EUR")
    assert rows(file, "amount") == ["", "5.00"]


def test_gross_less_fee_must_be_net_on_each_row() -> None:
    file = read("""
        Date,Currency,Gross,Fee,Net
        2026-01-30,USD,100.00,-3.00,97.00
        2026-01-31,USD,100.00,-3.00,96.99
        """)
    assert rows(file, "amount", "fee") == ["100.00 | 3.00", " | "]
    assert rows(file, "bad")[1].startswith("Net gross `100.00`, fee `-3.00`, net `96.99`")
    assert "USD gross 100.00 - fees 3.00 = net 97.00." in file.said


def test_accounts_below_each_other_are_statements_of_their_own() -> None:
    file = read("""
        Account Number,11112222
        Opening balance,100.00
        Date,Amount,Text
        2026-01-30,5.00,a
        Closing balance,105.00
        Account Number,33334444
        Opening balance,7.00
        Date,Amount,Text
        2026-01-31,6.00,b
        Closing balance,13.00
        """)
    assert balances(file) == ["11112222 |  | 100.00 | 105.00", "33334444 |  | 7.00 | 13.00"]
    assert rows(file, "amount", "place") == ["5.00 | line 4", "6.00 | line 9"]


def test_headings_repeated_for_a_new_page_are_left_out() -> None:
    file = read("Date,Amount\n2026-01-30,5.00\nDate,Amount\n2026-01-31,6.00")
    assert rows(file, "amount") == ["5.00", "6.00"]


def test_a_payment_whose_text_begins_like_a_balance_is_a_line() -> None:
    file = read("""
        Date,Text,Amount
        2026-01-01,Opening balance as of 01/01/2026,100.00
        2026-01-31,Account balance of invoice 7 paid by ACME,5.00
        """)
    assert rows(file, "amount") == ["5.00"]
    assert balances(file) == [" |  | 100.00 | "]


def test_a_type_of_debit_or_credit_does_not_turn_amounts_that_have_a_sign() -> None:
    file = read("Date,Type,Amount\n2026-01-30,Credit,-5.00\n2026-01-31,Credit,7.00")
    assert rows(file, "amount") == ["-5.00", "7.00"]
    file = read("Date,Type,Amount\n2026-01-30,Debit,5.00\n2026-01-31,Credit,7.00")
    assert rows(file, "amount") == ["-5.00", "7.00"]
