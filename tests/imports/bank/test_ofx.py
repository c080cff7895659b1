"""OFX: what banks write, whatever the specification says; nothing that cannot be read counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ar_xl.imports.bank.ofx import amount_of
from ar_xl.imports.bank.parts import BankOptions
from tests.imports.bank.reader_text import codes, lines, one, read, real, refused

HEADER = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
BALANCE = "<LEDGERBAL><BALAMT>100.00<DTASOF>20261031</LEDGERBAL>"


def ofx(body: str, after: str = BALANCE, currency: str = "USD") -> str:
    """An OFX file with one account."""
    return (
        f"{HEADER}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>{currency}<BANKACCTFROM><BANKID>1"
        f"<ACCTID>77<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261001<DTEND>20261031"
        f"{body}</BANKTRANLIST>{after}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def line(more: str = "", amount: str = "5.00", kind: str = "CREDIT", day: str = "20261030") -> str:
    """A line with the number F1."""
    return f"<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{day}<TRNAMT>{amount}<FITID>F1{more}</STMTTRN>"


def test_two_equal_lines_with_numbers_of_their_own_stay_two_and_the_opening_follows() -> None:
    """Oracle BANK-09."""
    bank, card = read(real("oca__test_ofx.ofx")).statements
    assert lines(bank.rows, "date", "amount", "bank_id", "payer") == [
        "2013-08-24 | -80 | 219378 | Agrolait",
        "2013-08-24 | -90 | 219379 | China Export",
        "2013-08-24 | -100 | 219380 | Axelor Scuba",
        "2013-08-24 | -90 | 219381 | China Scuba",
    ]
    moved = sum(Decimal(amount) for amount in bank.rows.amount)
    assert (bank.opening, bank.closing) == ("", "2156.56")
    assert Decimal(bank.closing) - moved == Decimal("2516.56")
    assert (card.account, card.closing, len(card.rows)) == ("123412341234", "-562.00", 0)


@pytest.mark.parametrize(
    ("name", "count", "moved"),
    [
        ("ofxparse__checking", 3, "-59.50"),
        ("ofxparse__suncorp", 1, "-16.85"),
        ("ofxparse__fidelity-savings", 4, "-1778.3952"),
        ("beancount-import__amex", 3, "-190.75"),
        ("beancount-import__checking-emptyledgerbal", 3, "-59.50"),
        ("ledger-autosync__accented_characters_latin1", 1, "-58.73"),
        ("ledger-autosync__comments", 2, "123.45"),
        ("ofxparse__ofx-v102-empty-tags", 1, "12.34"),
    ],
)
def test_files_of_real_banks_are_read(name: str, count: int, moved: str) -> None:
    rows = one(read(real(f"{name}.ofx"))).rows
    total = sum(Decimal(amount) for amount in rows.amount)
    assert (len(rows), total, set(rows.bad)) == (count, Decimal(moved), {""})


def test_an_amount_with_a_sign_of_money_is_a_bad_line_and_takes_nothing() -> None:
    rows = one(read(real("ofxparse__decimal_error.ofx"))).rows
    assert lines(rows, "amount", "bad", "place") == [
        " | the amount is `$120`, the day is `201120000000` | line 34"
    ]


def test_accents_are_read_whatever_the_header_says() -> None:
    assert one(read(real("ledger-autosync__accented_characters_latin1.ofx"))).rows.payer == [
        "Virement Interac à: Jean"
    ]
    text = ofx(line("<NAME>Müller"))
    for content in (text.encode(), text.encode("cp1252"), text.encode("utf-16")):
        assert one(read(content)).rows.payer == ["Müller"]


def test_an_empty_balance_is_said_and_the_lines_are_read() -> None:
    file = read(ofx(line(), "<LEDGERBAL><BALAMT/><DTASOF/></LEDGERBAL>"))
    assert (codes(file), one(file).closing, len(one(file).rows)) == (
        ["bank_balance_left_out"], "", 1,
    )  # fmt: skip


def test_a_balance_older_than_the_lines_is_no_closing_balance() -> None:
    file = read(ofx(line(day="20261102")))
    assert (codes(file), one(file).closing) == (["bank_balance_left_out"], "")


def test_an_answer_of_the_bank_that_says_no_is_shown_in_its_words() -> None:
    refusal = refused(real("ofxparse__signon_fail.ofx"))
    assert refusal.code.name == "bank_answered_with_error"
    assert "your password was incorrect" in refusal.seen


def test_a_list_of_accounts_has_nothing_to_import() -> None:
    file = read(real("ofxparse__account_listing_aggregation.ofx"))
    assert (file.statements, file.said) == (
        (), ("A list of 4 accounts, not a statement: there is nothing to import.",),
    )  # fmt: skip


def test_two_accounts_without_lines_are_two_statements() -> None:
    found = read(real("ofxparse__multiple_accounts.ofx")).statements
    assert [(s.account, s.closing, len(s.rows)) for s in found] == [
        ("9100", "111", 0), ("9200", "222", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"{HEADER}<OFX></OFX>", "bank_no_statement"),
        (ofx(line())[:-60], "bank_xml_broken"),
        (ofx(line()).replace("<OFX>", "<!DOCTYPE a [<!ENTITY b 'c'>]><OFX>"), "bank_xml_hostile"),
    ],
    ids=["nothing in it", "cut off", "entities"],
)
def test_a_file_without_a_whole_statement_is_refused(content: str, code: str) -> None:
    assert refused(content).code.name == code


def test_name_payee_and_memo_go_where_a_clerk_looks_for_them() -> None:
    told = (
        "<NAME>ACME   &amp; CO<MEMO>INV-7 < 8",
        "<PAYEE><NAME>BETA<CITY>X</PAYEE><BANKACCTTO><ACCTID>99</BANKACCTTO>",
        "<NAME><![CDATA[ACME <1> ]]></NAME><MEMO/>",
        "<name>lower</name>",
        "<CHECKNUM>0319<REFNUM>R-1",
    )
    text = ofx("".join(line(each) for each in told))
    found = one(read(text.replace("<OFX>", "<ofx>")))
    assert lines(found.rows, "payer", "payer_account", "reference", "text") == [
        "ACME & CO |  |  | INV-7 < 8",
        "BETA | 99 |  | ",
        "ACME <1> |  |  | ",
        "lower |  |  | ",
        " |  | Check 319 | R-1",
    ]


def test_a_currency_of_a_line_counts_only_where_the_amount_is_in_it() -> None:
    told = "<{0}><CURRATE>1.1<CURSYM>EUR</{0}>"
    body = line(told.format("CURRENCY")) + line(told.format("ORIGCURRENCY"))
    assert one(read(ofx(body))).rows.currency == ["EUR", ""]


def test_an_account_without_a_currency_has_that_of_the_workbook() -> None:
    found = one(read(ofx(line(), currency=""), BankOptions(currencies={"77": "CAD"})))
    assert found.currency == "CAD"


@pytest.mark.parametrize(
    ("kind", "amount", "found"),
    [("CREDIT", "5", "Payment"), ("DEBIT", "-5", "Other"), ("SRVCHG", "-5", "Fee"),
     ("FEE", "-5", "Fee"), ("INT", "5", "Other")],
)  # fmt: skip
def test_the_type_says_what_a_line_is(kind: str, amount: str, found: str) -> None:
    assert one(read(ofx(line(amount=amount, kind=kind)))).rows.kind == [found]


def test_pending_lines_are_not_final_and_investments_are_left_out() -> None:
    body = line() + "</BANKTRANLIST><BANKTRANLISTP>" + line() + "</BANKTRANLISTP><BUYSTOCK>"
    file = read(ofx(body))
    assert [(s.final, len(s.rows)) for s in file.statements] == [(True, 1), (False, 1)]
    assert codes(file) == ["bank_part_left_out"]


def test_a_line_that_the_bank_takes_back_is_a_bad_one() -> None:
    told = "<CORRECTFITID>F0<CORRECTACTION>"
    file = read(ofx(line(f"{told}REPLACE") + line(f"{told}DELETE")))
    assert [bad != "" for bad in one(file).rows.bad] == [False, True]
    assert codes(file) == ["bank_line_corrects_another"]


@pytest.mark.parametrize(
    ("seen", "amount"),
    [
        ("+00000000000115.8331", "115.8331"), ("-0", "0"), ("-00.50", "-0.50"), (".5", "0.5"),
        ("-12,50", "-12.50"), ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("7.", "7"),
        ("-1,234,567.8", "-1234567.8"), ("1,234", ""), ("$120", ""), ("1 234", ""), ("", ""),
        ("12.50-", ""), ("1e5", ""), ("1,23,4", ""), ("--5", ""), ("٣", ""),
    ],
)  # fmt: skip
def test_amounts_are_digits_and_one_mark_or_they_are_none(seen: str, amount: str) -> None:
    assert amount_of(seen) == amount
