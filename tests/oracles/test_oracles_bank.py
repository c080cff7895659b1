"""Bank statements, deposits and reconciliation as other systems' tests expect them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ar_xl.core.findings import Refusal
from ar_xl.ops.banking.reconcile import OF_BOOKS
from tests.imports.bank import reader_text, tables
from tests.imports.bank.statements import bank, lines, statements
from tests.ops.bank_books import Bank, in_sheet
from tests.oracles.cases import Case, cents

pytestmark = pytest.mark.shared


def variance(cleared: bool, statement: int) -> int:
    """Cleared book balance less statement balance, of books with 1,000 in and 200 out."""
    came = """
        BankLines
        Line ID | Account | Date       | Kind    | Amount  | Currency
        B-1     | MAIN    | 2017-11-02 | Payment | 1000.00 | USD
        B-2     | MAIN    | 2017-11-01 | Refund  | -200.00 | USD
    """
    made = Bank(
        f"""
        Invoices
        Invoice No | Type   | Customer ID | Invoice Date | Amount
        RF-1       | Refund | ACME        | 2017-11-01   | 200.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R-1        | 2017-11-02   | ACME        | Wire   | 1000.00

        BankStatements
        Statement ID | Account | Currency | From       | To         | Opening | Closing   | Status
        S-1          | MAIN    | USD      | 2017-11-01 | 2017-11-30 | 0.00    | {statement} | Proved
        {came if cleared else ""}
        """,
        gl_cash="1010",
    )
    made.books = in_sheet(made.books)
    made.ties("2017-11-30")
    found = made.reconciles("2017-11-30")
    waiting = np.isin(found.items.group.astype(str), OF_BOOKS)
    return found.book - int(found.items.amount[waiting].sum()) - found.bank


def test_bank_01_the_variance_is_cleared_book_less_statement(cases: dict[str, Case]) -> None:
    given, expected = cases["BANK-01"]["inputs"], cases["BANK-01"]["expected"]["variances"]
    found = [
        variance(cleared == "all", balance)
        for balance, cleared in zip(given["statement_balances"], given["cleared"], strict=True)
    ]
    assert found == [cents(text.split()[0]) for text in expected]


def results(attempts: list[Any], accepts: Any) -> list[str]:
    """What each attempt comes to."""
    return ["accepted" if accepts(attempt) else "refused" for attempt in attempts]


def test_bank_02_statements_and_deposits_prove_before_they_are_posted(
    cases: dict[str, Case], tmp_path: Path
) -> None:
    given, expected = cases["BANK-02"]["inputs"], cases["BANK-02"]["expected"]

    def proved(amounts: list[int]) -> bool:
        rows = "\n".join(f"2026-10-01 | {each}.00 | Smith" for each in amounts)
        _, book = bank(
            tmp_path, f"DE1 EUR {given['start']}.00 .. {given['declared_end']}.00\n{rows}"
        )
        return statements(book, "Status") == ["Proved"]

    def deposited(amounts: list[int], **asked: str) -> bool:
        rows = "\n".join(f"R-{i} | 2026-10-01 | ACME | Cash | {a}" for i, a in enumerate(amounts))
        heads = "Receipt No | Receipt Date | Customer ID | Method | Amount"
        made = Bank(f"Receipts\n{heads}\n{rows}")
        try:
            made.deposits("2026-10-31", account="MAIN", **asked)
        except Refusal as refusal:
            return refusal.code.name != "deposit_does_not_prove"
        return True

    assert results(given["attempts"], proved) == expected["results"]
    total = str(given["control_total"])
    assert expected["control_results"] == results(
        given["control_attempts"], lambda amounts: deposited(amounts, expect_total=total)
    )
    count = str(given["declared_line_count"])
    assert [deposited([10] * n, expect_count=count) for n in (1, 2, 3)] == [False, True, False]


def test_bank_07_a_batch_becomes_a_line_a_payment(cases: dict[str, Case]) -> None:
    given, expected = cases["BANK-07"]["inputs"], cases["BANK-07"]["expected"]
    (entry,) = given["entries"]
    amounts = [Decimal(str(part["amount"])) for part in entry["details"]]
    assert amounts == [Decimal(str(amount)) for amount in expected["amounts"]]
    parts = "".join(
        f"<TxDtls><Amt Ccy='CHF'>{part['amount']}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Strd>"
        f"<CdtrRefInf><Ref>{part['reference']}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
        for part in entry["details"]
    )
    side, on = "<CdtDbtInd>CRDT</CdtDbtInd>", f"<Dt><Dt>{entry['booking']}</Dt></Dt>"
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='CHF'>{amount}</Amt>"
        f"{side}{on}</Bal>"
        for code, amount in (("OPBD", given["opening"]), ("CLBD", expected["closing"]))
    )
    found = reader_text.one(reader_text.read(
        "<?xml version='1.0'?><Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'>"
        "<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><Acct><Id><IBAN>CH1</IBAN>"
        f"</Id><Ccy>CHF</Ccy></Acct>{balances}<Ntry><Amt Ccy='CHF'>{entry['amount']}</Amt>{side}"
        f"<Sts>BOOK</Sts><BookgDt><Dt>{entry['booking']}</Dt></BookgDt><NtryDtls>{parts}</NtryDtls>"
        "</Ntry></Stmt></BkToCstmrStmt></Document>"
    ))  # fmt: skip
    assert [Decimal(each) for each in found.rows.amount] == amounts
    assert found.rows.reference == [part["reference"] for part in entry["details"]]
    assert Decimal(found.opening) + sum(amounts) == Decimal(found.closing)


def test_bank_09_equal_lines_with_their_own_numbers_stay_two(cases: dict[str, Case]) -> None:
    given, expected = cases["BANK-09"]["inputs"], cases["BANK-09"]["expected"]
    body = "".join(
        f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{row['date'].replace('-', '')}<TRNAMT>{row['amount']}"
        f"<FITID>{row['fitid']}</STMTTRN>"
        for row in given["transactions"]
    )
    found = reader_text.one(reader_text.read(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>"
        "<CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>77<ACCTTYPE>CHECKING</BANKACCTFROM>"
        f"<BANKTRANLIST><DTSTART>20130801<DTEND>20130831{body}</BANKTRANLIST><LEDGERBAL><BALAMT>"
        f"{given['ledger_balance']}<DTASOF>20130831</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>"
        "</OFX>"
    ))  # fmt: skip
    moved = sum(Decimal(amount) for amount in found.rows.amount)
    assert len(found.rows) == expected["lines"]
    assert Decimal(found.closing) == Decimal(str(expected["closing"]))
    assert Decimal(found.closing) - moved == Decimal(str(expected["opening"]))


def test_bank_12_the_flag_decides_the_sign(cases: dict[str, Case]) -> None:
    given, expected = cases["BANK-12"]["inputs"], cases["BANK-12"]["expected"]
    body = "\n".join(f'2018-12-15,"{row["amount"]}",{row["flag"]}' for row in given["rows"])
    found = tables.read(f"Date,Amount,D/C\n{body}").statements[0].rows
    assert [Decimal(each) for each in found.amount] == [
        Decimal(str(amount)) for amount in expected["amounts"]
    ]


def test_bank_13_amounts_are_read_and_words_are_rows_with_an_error(cases: dict[str, Case]) -> None:
    given, expected = cases["BANK-13"]["inputs"], cases["BANK-13"]["expected"]
    texts = [text for text in given["texts_comma_dot"] if text.strip()]
    body = "\n".join(f"2026-01-31;{text};USD" for text in texts)
    found = tables.read(f"Date;Amount;Currency\n{body}").statements[0].rows
    wanted = [value for text, value in zip(given["texts_comma_dot"], expected["values_comma_dot"],
                                           strict=True) if text.strip()]  # fmt: skip
    read = [Decimal(each) if each else None for each in found.amount]
    assert read == [Decimal(str(value)) if value else None for value in wanted]
    assert [bool(bad) for bad in found.bad] == [not value for value in wanted]


def test_bank_16_two_equal_rows_are_two_and_the_file_again_adds_nothing(
    cases: dict[str, Case], tmp_path: Path
) -> None:
    given, expected = cases["BANK-16"]["inputs"], cases["BANK-16"]["expected"]
    body = "\n".join(
        f"{row['date']} | {row['amount']}.00 | {row['text']}" for row in given["first_import"]
    )
    first, book = bank(tmp_path, f"DE1 EUR ..\n{body}")
    assert len(lines(book)) == expected["after_first"]
    assert [finding.code.name for finding in first.findings] == ["bank_lines_alike"]
    _, book = bank(tmp_path, f"DE1 EUR ..\n{body}", book=book)
    assert len(lines(book)) == expected["after_second"]
