"""Customers of foreign files: rows of the Customers sheet; what stands there is left alone."""

from __future__ import annotations

from pathlib import Path

from ar_xl.core.arrays import BLANK
from ar_xl.core.ledger import Ledger
from ar_xl.imports.importer import Tally
from tests.imports.foreign import drafts, found, imported, said
from tests.ledger_text import ledger, lines, policy


def test_names_addresses_terms_and_limits_come_in(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Client ID,Name,First Name,Last Name,Email,Street,City,Zip,Terms,Credit Limit,Status
        007,Bond & Co,James,Bond,jb@x.uk,1 Road,London,E1,net 30 days,"1,000.50",Active
        008,Eight,,,e@x.uk,,,,Net 30,0,Prospect
    """,
        "customers",
        Ledger(policy=policy()),
    )
    assert drafts(
        result, "Customers", "Customer ID", "Name", "Contact", "Address", "Terms", "Credit Limit",
        "Status",
    ) == lines("""
        007 | Bond & Co | James Bond | 1 Road, London, E1 | Net 30 | 1,000.50 | Active
        008 | Eight |  |  | Net 30 | 0.00 | New
    """)  # fmt: skip
    assert said(result, "came in as New").endswith("prospect.")
    assert result.counts["Customers"] == Tally(read=2, new=2)


def test_a_limit_of_zero_for_everyone_is_no_limit_and_said(tmp_path: Path) -> None:
    text = "Customer ID,Name,Email,Credit Limit\n1,A,a@b.c,0.000\n2,B,b@b.c,0.000"
    result = imported(tmp_path, text, "customers")
    assert result.change.appends["Customers"].ints("credit_limit").tolist() == [BLANK, BLANK]
    assert "was left empty, which is unlimited" in said(result, "Credit Limit is")


def test_a_customer_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    book = ledger("""
        Customers
        Customer ID | Name | Email
        1           | A    | old@b.c
        2           | B    | b@b.c
    """)
    text = "Customer ID,Name,Email\n1,A,new@b.c\n2,B,\n3,C,c@b.c"
    result = imported(tmp_path, text, "customers", book)
    assert result.counts["Customers"] == Tally(read=3, new=1, known=1, refused=1)
    assert found(result) == [
        "line 2 | import_customer_differs | Email: `new@b.c` in the file, `old@b.c` in the workbook"
    ]
    assert drafts(result, "Customers", "Customer ID") == ["3"]


def test_a_customer_twice_in_the_file_is_an_error(tmp_path: Path) -> None:
    text = "Customer ID,Name,Email\n1,A,a@b.c\n1,B,b@b.c"
    assert [f.code.name for f in imported(tmp_path, text, "customers").findings] == [
        "import_number_twice", "import_number_twice",
    ]  # fmt: skip


def test_without_an_id_the_name_is_the_id_and_a_wrong_currency_is_an_error(tmp_path: Path) -> None:
    text = "Organization,Email,Currency\nX-Men,x@y.z,usd"
    result = imported(tmp_path, text, "customers")
    assert drafts(result, "Customers", "Customer ID", "Currency") == ["X-Men | USD"]
    wrong = imported(tmp_path, text.replace("usd", "Dollar"), "customers")
    assert found(wrong) == ["line 2, Currency | import_currency_unreadable | `Dollar`"]
