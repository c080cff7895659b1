"""Escalation: who is handed over gets no more fees, letters and calls, until taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.policy import FeePolicy, LadderStep
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.dossier import dossier
from ar_xl.ops.collecting.escalation import escalated, taken_back
from ar_xl.ops.collecting.letterlist import Wanted
from ar_xl.ops.collecting.letters import letters
from ar_xl.ops.fees.late_fees import late_fees
from tests.ledger_text import frame_text, ledger, lines, policy
from tests.ops.plan_office import late_office

END = date(2026, 10, 31)
ADA = Request(END, "Ada")
BOOKS = """
    Customers
    Customer ID | Name | Status
    ACME        | Acme | Active
    BOLT        | Bolt | Active
    CARO        | Caro | Closed

    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-05-01   | 2026-06-01 | 100.00
    INV-2      | ACME        | 2026-10-01   | 2026-12-01 |  40.00
    INV-3      | BOLT        | 2026-05-01   | 2026-06-01 | 200.00

    Receipts (posted)
    Receipt No | Receipt Date | Customer ID | Method | Check/Ref | Amount
    R-1        | 2026-07-01   | ACME        | Check  | 4711      |  25.00
    R-2        | 2026-08-01   | BOLT        | Wire   | secret    |   5.00

    Applications (posted)
    Application No | Date       | Source Type | Source No | Invoice No | Amount
    A-1            | 2026-07-01 | Receipt     | R-1       | INV-1      |  25.00
    A-2            | 2026-08-01 | Receipt     | R-2       | INV-1      |   5.00

    Activities
    Date       | Customer ID | Kind    | Step  | Outcome    | Promise Date | Promise Amount | Paper | Done On
    2026-06-10 | ACME        | Letter  | First |            |              |                | a.pdf | 2026-06-12
    2026-06-20 | ACME        | Call    |       | will pay   |              |                |       |
    2026-06-20 | ACME        | Promise |       |            | 2026-06-30   |          70.00 |       |
    2026-06-21 | ACME        | Note    |       | they lie   |              |                |       |
    2026-07-20 | ACME        | Letter  | Final |            |              |                | b.pdf |
    2026-07-21 | BOLT        | Call    |       | not theirs |              |                |       |

    Disputes
    Dispute No | Invoice No | Amount | Reason | Opened     | Closed
    D-1        | INV-1      |  10.00 | Damage | 2026-06-15 |
    """  # noqa: E501  # a table


def books() -> Ledger:
    """The books, with a late-fee policy and a ladder."""
    fees = (FeePolicy("Flat", method="flat", flat=Decimal(10)),)
    steps = (LadderStep("First", 1, "Letter"), LadderStep("Agency", 60, "Escalation"))
    return ledger(BOOKS, policy(fees=fees, ladder=steps, default_fee_policy="Flat"))


def charged(book: Ledger) -> set[str]:
    """Who bears a late fee at the date."""
    rows = late_fees(book, ADA).change.appends["Invoices"]
    return set(rows.text("customer_id"))


def written_to(book: Ledger) -> set[tuple[str, str]]:
    """Who gets which letter at the date."""
    return {(each.customer_id, each.step) for each in letters(book, END, Wanted()).now}


def after(book: Ledger, to: str = "agency", customer: str = "ACME") -> Ledger:
    return book.after(escalated(book, ADA, customer, to, "does not answer", "E/Cover.pdf"))


def test_handing_over_sets_the_status_and_says_who_did_it_and_why() -> None:
    book = after(books())

    assert frame_text(book.posted("Customers"), "Customer ID", "Status") == lines("""
        ACME | Agency
        BOLT | Active
        CARO | Closed
        """)
    assert frame_text(
        book.posted("Activities").take(book.posted("Activities").text("kind") == "Escalation"),
        "Date", "Customer ID", "Step", "Outcome", "By", "Paper", "Done On",
    ) == lines("""
        2026-10-31 | ACME | Agency | Handed over to a collection agency: does not answer | Ada | E/Cover.pdf | 2026-10-31
        """)  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("to", ["agency", "legal"])
def test_who_is_handed_over_bears_no_late_fee_and_is_not_called(to: str) -> None:
    before, handed = books(), after(books(), to)

    assert set(collections(before, END).calls.customer_id) == {"ACME", "BOLT"}
    assert set(collections(handed, END).calls.customer_id) == {"BOLT"}
    assert charged(before) == {"ACME", "BOLT"}
    assert charged(handed) == {"BOLT"}


@pytest.mark.parametrize("to", ["agency", "legal"])
def test_who_is_handed_over_gets_the_letter_that_says_so_and_no_other(to: str) -> None:
    assert written_to(books()) == {("BOLT", "First")}  # the next step of ACME is no letter
    handed = after(books(), to, "BOLT")
    assert written_to(handed) == {("BOLT", "Hand-over")}
    told = Frame.build(BY_NAME["Activities"], 1, date="2026-10-31", customer_id="BOLT",
                       kind="Letter", step="Hand-over")  # fmt: skip
    assert written_to(handed.after(Change(appends={"Activities": told}))) == set()


def test_who_is_taken_back_is_called_again() -> None:
    handed = after(books())
    back = handed.after(taken_back(handed, ADA, "ACME", "paid the agency"))

    assert set(collections(back, END).calls.customer_id) == {"ACME", "BOLT"}
    assert frame_text(back.posted("Activities"), "Outcome")[-1] == (
        "Taken back from Agency: paid the agency"
    )


def test_from_the_agency_a_customer_may_go_on_to_legal_action() -> None:
    book = after(after(books()), "legal")

    assert frame_text(book.posted("Customers"), "Status")[0] == "Legal"


def test_a_plan_that_the_customer_keeps_is_said_and_one_that_is_over_is_not() -> None:
    office = late_office()
    office.plans()
    paper = "package"

    def said(as_of: str) -> list[str]:
        request = office.asked(as_of)
        found = escalated(office.books, request, "ACME", "legal", "why", paper).findings
        return [f"{each.code.name} | {each.row_id} | {each.seen}" for each in found]

    assert said("2026-03-20") == [
        "handed_over_on_plan | PL-1 | ACME keeps PL-1, agreed 2026-03-10: USD 900.01 of its "
        "documents still to pay"
    ]
    assert not escalated(office.books, office.asked("2026-03-20"), "BOLT", "legal", "why",
                         paper).findings  # fmt: skip
    office.calls_off("PL-1", "2026-03-21")
    assert said("2026-03-22") == []


@pytest.mark.parametrize(
    ("customer", "reason"), [("acme", "why"), ("", "why"), ("ACME", " "), ("CARO", "why")]
)
def test_nobody_is_handed_over_without_a_name_a_reason_or_once_closed(
    customer: str, reason: str
) -> None:
    with pytest.raises(Refusal):
        escalated(books(), ADA, customer, "agency", reason, "")


def test_who_is_there_already_is_not_handed_over_again_nor_is_an_active_one_taken_back() -> None:
    with pytest.raises(Refusal, match="Status of ACME is Agency"):
        after(after(books()))
    with pytest.raises(Refusal, match="Status of BOLT is Active"):
        taken_back(books(), ADA, "BOLT", "why")


def test_the_dossier_tells_all_about_one_customer_and_nothing_of_another() -> None:
    known = dossier(books(), END, "ACME")

    assert list(known.items.invoice_no) == ["INV-1", "INV-2"]
    assert known.items.open.tolist() == [7000, 4000]
    assert known.contested.tolist() == [1000, 0]
    assert [
        " | ".join([str(e.on), e.kind, e.state, e.about, e.words, str(max(e.amount, 0))])
        for e in known.events
    ] == lines("""
        2026-06-12 | Letter  |        |       | First    | 0
        2026-06-15 | Dispute | opened | INV-1 | Damage   | 1000
        2026-06-20 | Call    |        |       | will pay | 0
        2026-06-20 | Promise | broken |       |          | 7000
        2026-07-01 | Receipt |        | INV-1 | Check 4711 | 2500
        2026-07-20 | Letter  | not sent |     | Final    | 0
        2026-08-01 | Receipt |        | INV-1 |          | 500
        """)  # the payment of another customer shows neither who nor how
