"""Invoices of foreign files: one draft each, amounts positive, every row accounted for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from ar_xl.core.ledger import Ledger
from ar_xl.core.terms import Discount, Terms
from ar_xl.imports.importer import ImportOptions, Tally
from tests.imports.foreign import drafts, found, imported, said
from tests.ledger_text import NET_30, TWO_TEN, ledger, lines, policy

HEAD = "Invoice No,Customer ID,Invoice Date,Amount"


def test_what_the_file_says_stands_in_the_draft_as_it_is(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Invoice No,Customer ID,Invoice Date,Due Date,Currency,Amount,Tax,Reference,PO,Description
        0007,00123,2026-01-31,2026-03-02,eur,"1,190.00",190.00,1E5,NA,=cmd|' /C calc'!A0
        INV-8 ,00123 ,2026-02-01,,USD,5.00,,2024-01-02,NULL,-2+3 @SUM(1+9)
    """,
    )
    assert drafts(
        result, "Invoices", "Invoice No", "Customer ID", "Invoice Date", "Due Date", "Currency",
        "Amount", "Tax", "Reference", "PO", "Description",
    ) == [
        "0007 | 00123 | 2026-01-31 | 2026-03-02 | EUR | 1,190.00 | 190.00 | 1E5 | NA | "
        "=cmd|' /C calc'!A0",
        "INV-8  | 00123  | 2026-02-01 |  | USD | 5.00 |  | 2024-01-02 | NULL | -2+3 @SUM(1+9)",
    ]  # fmt: skip
    assert result.change.as_drafts


def test_customers_first_seen_come_in_as_new_and_near_ones_are_said(tmp_path: Path) -> None:
    book = ledger("""
        Customers
        Customer ID | Name
        ACME        | Acme Ltd
    """)
    result = imported(
        tmp_path,
        """
        Invoice No,Customer ID,Customer Name,Invoice Date,Amount
        1,ACME,Acme Ltd,2026-01-31,1.00
        2,BOLT,Bolt GmbH,2026-01-31,1.00
        3,Acme,Acme Ltd,2026-01-31,1.00
    """,
        book=book,
    )
    assert drafts(result, "Customers", "Customer ID", "Name", "Status") == lines("""
        BOLT | Bolt GmbH | New
        Acme | Acme Ltd | New
    """)
    assert found(result) == [" | import_customer_nearly_known | `Acme`, nearly the customer `ACME`"]
    assert "2 customers not known yet" in said(result, "not known yet")


def test_a_customer_named_without_id_is_found_by_name_else_the_name_is_the_id(
    tmp_path: Path,
) -> None:
    book = ledger("""
        Customers
        Customer ID | Name
        C-1         | Acme  Ltd.
        C-2         | Twin
        C-3         | Twin
    """)
    text = """
        Invoice No,Client Name,Invoice Date,Amount
        1,ACME ltd,2026-01-31,1.00
        2,Bolt,2026-01-31,1.00
        3,Twin,2026-01-31,1.00
    """
    result = imported(tmp_path, text, "invoices", book)
    assert drafts(result, "Invoices", "Customer ID") == ["C-1", "Bolt", "Twin"]
    assert drafts(result, "Customers", "Customer ID", "Name") == ["Bolt | Bolt", "Twin | Twin"]


def test_a_missing_currency_is_the_options_then_the_customers_then_the_books(
    tmp_path: Path,
) -> None:
    book = ledger(
        """
        Customers
        Customer ID | Currency
        ACME        | GBP
        """,
        policy(base_currency="CHF"),
    )
    text = f"{HEAD},Currency\n1,ACME,2026-01-31,1.00,\n2,BOLT,2026-01-31,1.00,\n"
    named = text + "3,BOLT,2026-01-31,1.00,USD\n"
    result = imported(tmp_path, named, "invoices", book)
    assert drafts(result, "Invoices", "Currency") == ["GBP", "CHF", "USD"]
    assert "Without a currency: 1 row; GBP of the customer was taken." in result.said
    given = imported(tmp_path, text, "invoices", book, ImportOptions(currency="eur"))
    assert drafts(given, "Invoices", "Currency") == ["EUR", "EUR"]
    assert said(given, "currency") == "The file names no currency; EUR of --currency was taken."
    plain = imported(tmp_path, f"{HEAD}\n2,BOLT,2026-01-31,1.00\n", "invoices", book)
    assert "The file names no currency; the workbook's CHF was taken." in plain.said


def test_a_sign_beside_the_amount_names_the_currency_or_contradicts_it(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        f"""
        {HEAD},Currency
        1,ACME,2026-01-31,€5.00,
        2,ACME,2026-01-31,$5.00,CAD
        3,ACME,2026-01-31,5.00 USD,CAD
        4,ACME,2026-01-31,$5.00,EUR
        5,ACME,2026-01-31,5.00 PCS,EUR
        6,ACME,2026-01-31,5.00,Euro
    """,
        "invoices",
        options=ImportOptions(skip_bad=True),
    )
    assert drafts(result, "Invoices", "Invoice No", "Currency", "Amount") == lines("""
        1 | EUR | 5.00
        2 | CAD | 5.00
    """)
    assert sorted(found(result)) == [
        "line 4, Amount | import_currency_contradicts | `5.00 USD`",
        "line 5, Amount | import_currency_contradicts | `$5.00`",
        "line 6, Amount | import_currency_unreadable | `5.00 PCS`",
        "line 7, Currency | import_currency_unreadable | `Euro`",
    ]


def test_negative_invoices_become_credit_memos_and_it_is_said(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Invoice No,Type,Customer ID,Invoice Date,Amount,Tax
        1,,ACME,2026-01-31,-11.90,-1.90
        2,Credit Note,ACME,2026-01-31,-5.00,
        3,ACCRECCREDIT,ACME,2026-01-31,6.00,
        4,Sales Invoice,ACME,2026-01-31,(7.00),
        5,Debit Memo,ACME,2026-01-31,8.00,
    """,
    )
    assert drafts(result, "Invoices", "Invoice No", "Type", "Amount", "Tax") == lines("""
        1 | Credit Memo | 11.90 | 1.90
        2 | Credit Memo | 5.00 |
        3 | Credit Memo | 6.00 |
        4 | Credit Memo | 7.00 |
        5 | Debit Memo | 8.00 |
    """)
    assert said(result, "credit memos") == (
        "2 negative invoices came in as credit memos: USD 18.90."
    )
    assert result.money["Invoices"]["USD"].new == -2190


def test_a_number_of_a_credit_memo_makes_one_and_the_invoice_is_what_it_reduces(
    tmp_path: Path,
) -> None:
    result = imported(
        tmp_path,
        """
        Credit Note Number,Invoice Number,Customer Name,Credit Note Date,Total
        CN-1,INV-1,Acme,2026-01-31,5.00
        CN-2,,Acme,2026-01-31,6.00
    """,
        "invoices",
    )
    assert drafts(result, "Invoices", "Invoice No", "Type", "Applies To", "Amount") == lines("""
        CN-1 | Credit Memo | INV-1 | 5.00
        CN-2 | Credit Memo |  | 6.00
    """)


def test_drafts_void_documents_payments_and_empty_documents_are_left_out(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        f"""
        {HEAD},Status,Type
        1,ACME,2026-01-31,1.00,Sent,Invoice
        2,ACME,2026-01-31,2.00,Draft,Invoice
        3,,,x,VOID,Invoice
        4,ACME,2026-01-31,4.00,,Payment
        5,ACME,2026-01-31,0.00,Sent,Invoice
    """,
    )
    assert drafts(result, "Invoices", "Invoice No") == ["1"]
    assert result.counts["Invoices"] == Tally(read=5, new=1, left_out=4)
    assert result.money["Invoices"]["USD"] == Tally(read=700, new=100, left_out=600)
    assert [sentence for sentence in result.said if sentence.startswith("Left out")] == [
        "Left out: 2 documents marked draft, void in the file, which are no receivables.",
        "Left out: 1 document of type payment, which are no invoices.",
        "Left out: 1 document of 0.00; nothing is owed.",
    ]


def test_a_file_of_nothing_but_drafts_is_no_success(tmp_path: Path) -> None:
    result = imported(tmp_path, f"{HEAD},Status\n1,ACME,2026-01-31,1.00,Draft", "invoices")
    assert found(result) == [
        " | import_nothing_left | no row of export.csv is a document that counts"
    ]
    assert result.is_refused


def test_totals_and_titles_are_no_invoices_but_a_check(tmp_path: Path) -> None:
    text = f"""
        {HEAD}
        Germany,,,
        1,ACME,2026-01-31,1.00
        2,ACME,2026-01-31,2.00
        Subtotal,,,3.00
        France,,,
        3,BOLT,2026-01-31,4.00
        Subtotal,,,4.00
        Grand Total,,,{{total}}
        printed on Monday,,,
    """.replace("Germany,,,", ",Germany,,").replace("France,,,", ",France,,")
    text = text.replace("printed on Monday,,,", ",printed on Monday,,")
    right = imported(tmp_path, text.format(total="7.00"), "invoices")
    assert right.counts["Invoices"] == Tally(read=9, new=3, left_out=6)
    assert found(right) == []
    assert sum("agrees with the rows" in sentence for sentence in right.said) == 3
    wrong = imported(tmp_path, text.format(total="8.00"), "invoices")
    assert found(wrong) == [
        "line 9, Amount | import_total_row_differs | USD 8.00; the rows above it: 7.00"
    ]
    assert wrong.change.rows()["Invoices"] == 3


def test_terms_get_the_workbooks_name_for_the_same_terms(tmp_path: Path) -> None:
    early = Terms("Skonto", net_days=30, tiers=(Discount(Decimal(3), 14),))
    rules = policy(terms=(NET_30, TWO_TEN, early, Terms("At once")))
    text = f"{HEAD},Terms\n" + "\n".join(
        f"{i},ACME,2026-01-31,1.00,{terms}"
        for i, terms in enumerate(
            ("net 30", "30 days", "2/10 net 30", "2% 10 n/30", "3/14 net 30", "Due on receipt",
             "Net 45", "")
        )
    )  # fmt: skip
    result = imported(tmp_path, text, "invoices", Ledger(policy=rules))
    assert drafts(result, "Invoices", "Terms") == [
        "Net 30", "Net 30", "2/10 Net 30", "2/10 Net 30", "Skonto", "At once", "Net 45", "",
    ]  # fmt: skip
    assert found(result) == [" | import_terms_unknown | `Net 45` on 1 row"]


def test_payments_that_the_file_knows_of_are_said(tmp_path: Path) -> None:
    text = f"""
        {HEAD},Balance Due,Status
        1,ACME,2026-01-31,10.00,4.00,Sent
        2,ACME,2026-01-31,5.00,,Paid
        3,ACME,2026-01-31,7.00,7.00,Sent
    """
    assert found(imported(tmp_path, text, "invoices")) == [
        " | import_paid_in_source | 2 documents paid in the file, wholly or in part: USD 11.00"
    ]


def test_what_is_paid_names_the_column_to_take_instead_and_is_not_said_once_it_was(
    tmp_path: Path,
) -> None:
    text = "Invoice No,Customer,Date,Amount,Paid,balance_due\n1,ACME,2026-01-31,10.00,6.00,4.00"
    (paid,) = imported(tmp_path, text, "invoices").findings
    assert '--map "Amount=balance_due"' in paid.fix
    taken = ImportOptions(map={"Amount": "balance_due"})
    assert found(imported(tmp_path, text, "invoices", options=taken)) == []


def test_a_file_without_due_dates_and_terms_says_on_what_they_will_fall_due(
    tmp_path: Path,
) -> None:
    text = f"{HEAD}\n1,ACME,2026-01-31,10.00"
    assert said(imported(tmp_path, text, "invoices"), "no due date").endswith(
        "falls due on its invoice date."
    )
    due = "Invoice No,Customer ID,Date,Due Date,Amount\n1,ACME,2026-01-31,2026-02-28,1.00"
    told = imported(tmp_path, due, "invoices").said
    assert not any("no due date" in sentence for sentence in told)


def test_new_customers_simply_stand_there_while_documents_are_drafts(tmp_path: Path) -> None:
    change = imported(tmp_path, f"{HEAD}\n1,ACME,2026-01-31,1.00", "invoices").change
    book = Ledger().after(change)
    assert book.posted("Customers").text("customer_id").tolist() == ["ACME"]
    assert (len(book.draft("Invoices")), len(book.posted("Invoices"))) == (1, 0)
