"""Pasted remittance advices: each text, and the references it is read as."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ar_xl.core.arrays import text_array
from ar_xl.ops.matching.pasted import documents_text
from ar_xl.ops.remittance.remittances import Remittances
from ar_xl.ops.remittance.text import Reading, against
from tests.ops.receipt_books import applications, codes, receipt_of

NUMBERS = text_array(["INV-7", "INV-9", "INV-10021", "INV-10022", "20240117", "4711"])
REASONS = ("Damage", "Shortage", "Price", "Freight", "Tax", "Other")


def read(text: str, received: str = "") -> Reading:
    money = Decimal(received) if received else None
    return Remittances(NUMBERS, REASONS).read(text, money)


def documents(text: str, received: str = "") -> str:
    return documents_text(read(text, received).references, "USD")


HTML = """<table><tr><th>Rechnung</th><th>Betrag</th><th>Skonto</th><th>Zahlbetrag</th></tr>
<tr><td>INV-7</td><td>1.200,00 &euro;</td><td>24,00</td><td>1.176,00 EUR</td></tr></table>
<p>Mit freundlichen Gr&uuml;&szlig;en</p>"""
FORWARDED = """-----Original Message-----
From: ap@acme.example <ap@acme.example>
Sent: Monday, 5 January 2026 10:22
Subject: Remittance 4711

> Hi,
> we paid the following invoices on 01/05/2026:
> INV-7 ........ $1,200.00
> INV-9 ........ $ 95.00
> Total payment: $1,295.00
--
Jane Doe | +1 555 123 4567
"""
TABLE = """Invoice No\tInvoice Date\tAmount\tDiscount\tPaid
INV-7\t01/05/2026\t1,200.00\t24.00\t1,176.00
INV-9\t01/06/2026\t100.00\t0.00\t100.00
Total\t\t1,300.00\t24.00\t1,276.00"""
FLATTENED = "Invoice\nAmount\nDiscount\nPaid\nINV-7\n1,200.00\n24.00\n1,176.00\nTotal\n1,176.00"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Invoice INV-7  Amount 1,200.00 Discount 24.00 Paid 1,176.00", "INV-7 1176.00"),
        (TABLE, "INV-7 1176.00; INV-9 100.00"),
        (FLATTENED, "INV-7 1176.00"),
        (HTML, "INV-7 1176.00"),
        (FORWARDED, "INV-7 1200.00; INV-9 95.00"),
        ("Invoices 10021 and 10022 paid in full\n300.00 in total", "INV-10021; INV-10022"),
        ("INV-7 2.500,00\nINV-9 120,50\nSumme 2.620,50", "INV-7 2500.00; INV-9 120.50"),
        ("| INV-7 | 100.00 |\n| INV-9 | 50.00 |", "INV-7 100.00; INV-9 50.00"),
        ("20240117 100.00\n4711 200.00\n12/05/2026 ref 99812", "20240117 100.00; 4711 200.00"),
        ("INV-7 1,200.00\nless 50.00 damaged goods", "INV-7 1150.00 -50.00 Damage"),
        ("INV-9: 100.00 minus freight claim 5.00 = 95.00", "INV-9 95.00 -5.00 Freight"),
        ("We short paid INV-9 by 5.00, goods missing; paid 95.00", "INV-9 95.00 -5.00 Shortage"),
        ("INV-9 100.00\nshort-pay 5.00 price difference", "INV-9 95.00 -5.00 Price"),
        ("INV-9 100.00\nShort payment 5.00: freight", "INV-9 95.00 -5.00 Freight"),
        ("INV-9 100.00\nshort paid 5.00", "INV-9 95.00 -5.00 Other"),
        ("INV-9 100.00\n5.00 short, price", "INV-9 95.00 -5.00 Price"),
        ("INV-9 100.00\n5.00 short", "INV-9 95.00 -5.00 Shortage"),
        ("INV-9 100.00\nless 5.00 short-shipped", "INV-9 95.00 -5.00 Shortage"),
        ("INV-7\nINV-777 50.00", "INV-7; INV-777 50.00"),
        ("> INV-7 100.00\n\nOn Mon they wrote:\n>> INV-7 100.00\nTotal 100.00", "INV-7 100.00"),
        ("INV-7 50.00\nINV-7 50.00\nTotal 100.00", "INV-7 50.00; INV-7 50.00"),
    ],
)  # fmt: skip
def test_a_pasted_text_is_read_as_references(text: str, meant: str) -> None:
    assert documents(text) == meant


@pytest.mark.parametrize(
    "text", ["INV-7; INV-9 120.00", "INV-7, INV-9", "INV-9 95.00 -5.00 Damage", "inv-7"]
)
def test_what_the_grammar_understands_is_left_to_it(text: str) -> None:
    plain = read(text)
    assert plain.total is None
    assert all(each.document >= 0 for each in plain.references)


def test_the_total_says_whether_a_deduction_is_taken_off_already() -> None:
    text = "INV-7 1,150.00\nless 50.00 damaged goods\nTotal "
    assert documents(text + "1,150.00") == "INV-7 1150.00 -50.00 Damage"
    assert documents(text + "1,100.00") == "INV-7 1100.00 -50.00 Damage"


def test_several_currencies_are_refused_and_nothing_is_guessed() -> None:
    assert read("INV-7 EUR 100,00\nINV-9 USD 50.00").problem == "amounts in EUR and USD in one text"


def test_a_sentence_that_names_an_invoice_and_no_amount_is_no_remittance() -> None:
    assert [each.document for each in read("INV-7 is in dispute, do not pay").references] == [-1]


def test_what_does_not_add_up_or_is_not_understood_is_said() -> None:
    reading = read("INV-7 Amount 100.00 Paid 90.00\nCM-5 -20.00\nTotal 80.00")
    assert against(reading, Decimal("75.00"), "USD") == [
        "INV-7: 100.00 less 0 is 100.00, the text says 90.00 is paid",
        "not understood: `CM-5 -20.00`",
        "the lines add up to 90.00, the text says 80.00",
        "the documents come to 90.00, the money to 75.00",
        "the text's total is 80.00, the money is 75.00",
    ]


def test_a_text_pasted_into_a_draft_receipt_pays_what_it_says_and_the_reading_is_shown() -> None:
    change = receipt_of("195.00", "Hello, we paid:<br>INV-7 100.00<br>INV-9 95.00<br>Total 195.00")
    assert applications(change) == [
        "R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference",
        "R-1 | INV-9 | 95.00 | 0.00 | 0.00 | 1 reference",
    ]
    assert codes(change) == ["remittance_read_as"]
    assert change.findings[0].seen == "INV-7 100.00; INV-9 95.00"


def test_a_pasted_text_that_does_not_come_to_the_receipt_is_said() -> None:
    change = receipt_of("200.00", "We paid INV-7 100.00 and INV-9 95.00")
    assert codes(change) == ["remittance_read_as", "remittance_does_not_fit"]
    assert change.findings[1].seen == "the documents come to 195.00, the money to 200.00"
