"""What is proposed for money that came in: one rule a test."""

from __future__ import annotations

import pytest

from tests.ops.matching.counter import answered, drafted, money, proposed


@pytest.mark.parametrize(
    "text",
    [
        "INV-001043", "inv 1043", "Rechnung INV/001043", "Invoice no. 1043", "INV-OO1O43",
        "thanks INV001043 of January", "phone 555-0199 order 20260105 INV-1043",
    ],
)  # fmt: skip
def test_a_number_is_known_however_it_is_written(text: str) -> None:
    assert proposed(f"1000.00 | Acme Freight | {text}") == ["ACME | INV-001043 | 100"]


def test_number_and_amount_are_accepted_whoever_pays() -> None:
    answer = answered("1000.00 | Somebody Else | INV-001043")
    assert answer.auto.tolist() == [True]
    assert answer.why.tolist() == ["The text names INV-001043. 1,000.00 is what is open on it."]


def test_several_numbers_are_paid_together() -> None:
    line = "1253.70 | Acme Freight | INV-1043, INV-1044"
    assert proposed(line) == ["ACME | INV-001043; INV-001044 | 100"]


def test_numbers_of_another_customer_than_the_known_payer_are_asked() -> None:
    answer = answered("1000.00 | Bolt & Nut GmbH | INV-001043")
    assert answer.auto.tolist() == [False]
    assert "But the payer is BOLT, whose documents they are not." in answer.why[0]


def test_two_digits_turned_round_are_read_where_amount_and_payer_agree() -> None:
    answer = answered("253.70 | Acme Freight Ltd | INV-001404")
    assert answer.documents.tolist() == ["INV-001044"]
    assert answer.rule.tolist() == ["Mistyped number: exact amount"]


def test_a_payer_with_one_document_of_the_amount_is_accepted() -> None:
    answer = answered("81.13 | Acme Freight Limited | your delivery")
    assert answer.documents.tolist() == ["INV-001051"]
    assert answer.auto.tolist() == [True]


def test_a_confirmed_account_says_who_paid() -> None:
    more = """
        PayerAliases
        Payer | Payer Account | Customer ID | Confirmed
        X     |               | ACME        | 2
    """
    assert proposed("81.13 | X | thanks", more=more) == ["ACME | INV-001051 | 99"]


def test_among_equal_documents_the_oldest_is_proposed_and_asked() -> None:
    answer = answered("500.00 | Caroline Metals | rent")
    assert answer.documents.tolist() == ["INV-001070"]
    assert answer.auto.tolist() == [False]


def test_an_earned_discount_is_known_and_one_that_ended_is_asked() -> None:
    earned = answered("2026-01-15 | 392.00 | Bolt & Nut | INV-1060")
    assert earned.documents.tolist() == ["INV-001060"]
    assert earned.auto.tolist() == [True]
    late = answered("2026-02-15 | 392.00 | Bolt & Nut | INV-1060")
    assert late.documents.tolist() == ["INV-001060 392.00"]
    assert late.auto.tolist() == [False]
    assert "which is not earned any more" in late.why[0]


def test_what_a_bank_kept_back_is_told_apart_from_a_part_payment() -> None:
    answer = answered("985.00 | Acme | INV-1043", bank_fee_tolerance="20")
    assert (answer.documents[0], answer.bank_fee[0]) == ("INV-001043", 1500)
    without = answered("985.00 | Acme | INV-1043")
    assert (without.documents[0], without.bank_fee[0]) == ("INV-001043 985.00", 0)
    assert not without.auto[0]


def test_an_overpayment_pays_the_document_and_is_asked() -> None:
    answer = answered("1100.00 | Acme | INV-1043")
    assert answer.documents.tolist() == ["INV-001043"]
    assert answer.auto.tolist() == [False]


def test_a_subset_of_the_payers_documents_is_found() -> None:
    assert proposed("334.83 | Acme Freight | goods")[0].startswith("ACME | INV-001044; INV-001051")


def test_the_balance_of_a_payer_is_found() -> None:
    answer = answered("1334.83 | Acme Freight | all that is due")
    assert answer.rule.tolist() == ["Payer: balance"]


def test_a_parent_pays_for_several_of_its_customers() -> None:
    line = "932.30 | Headwater Holding plc | INV-1080 INV-1081"
    assert proposed(line) == ["HEAD | INV-001080; INV-001081 | 100"]


def test_customers_that_are_not_related_are_not_paid_together_without_a_person() -> None:
    answer = answered("1075.25 | Somebody | INV-1043 INV-1061")
    assert answer.documents.tolist() == ["INV-001043; INV-001061"]
    assert answer.auto.tolist() == [False]


def test_a_split_payment_is_accepted_once_all_of_it_is_there() -> None:
    answer = answered("400.00 | Acme | INV-1043 part 1", "600.00 | Acme | INV-1043 part 2")
    assert answer.documents.tolist() == ["INV-001043 400.00", "INV-001043 600.00"]
    assert answer.rule.tolist() == ["Split payment", "Split payment"]


def test_a_payer_that_splits_without_a_number_is_asked() -> None:
    answer = answered("110.00 | Acme Freight | one", "143.70 | Acme Freight | two")
    assert answer.documents.tolist() == ["INV-001044 110.00", "INV-001044 143.70"]
    assert answer.auto.tolist() == [False, False]


def test_a_second_payment_of_the_same_document_is_a_question() -> None:
    answer = answered("253.70 | Acme | INV-1044", "253.70 | Acme | INV-1044")
    assert answer.auto.tolist() == [True, False]
    assert answer.documents.tolist()[1] == ""
    assert "paid twice?" in answer.why[1]


def test_two_lines_that_fit_one_document_as_well_are_both_asked() -> None:
    answer = answered("81.13 | Acme Freight | a", "81.13 | Acme Freight | b")
    assert answer.auto.tolist() == [False, False]


def test_an_amount_alone_is_never_accepted() -> None:
    answer = answered("622.20 | Somebody | thanks")
    assert answer.documents.tolist() == ["INV-001081"]
    assert answer.auto.tolist() == [False]


def test_amounts_beside_numbers_are_paid_as_named() -> None:
    line = "300.00 | Acme | INV-1043 200.00 INV-1044 100.00"
    assert proposed(line) == ["ACME | INV-001043 200.00; INV-001044 100.00 | 99"]


@pytest.mark.parametrize("reference", ["RF33000777321", "RF33 0007 7732 1"])
def test_a_creditor_reference_stands_for_the_document_that_carries_it(reference: str) -> None:
    answer = answered(f"310.10 | Somebody | {reference}")
    assert answer.documents.tolist() == ["INV-001080"]
    assert answer.rule.tolist() == ["Structured reference: exact amount"]


def test_a_creditor_reference_with_wrong_check_digits_stands_for_nothing() -> None:
    assert "Structured" not in answered("310.10 | Somebody | RF46000777321").rule[0]


def test_money_that_is_no_payment_is_said_as_what_it_is() -> None:
    rows = "BL-1 | 2026-02-10 | Fee | USD | -5.00 | Bank | | charges"
    answer, _ = money(rows)
    assert answer.rule.tolist() == ["Not a receipt"]
    assert answer.why[0].startswith("A fee of the bank")


def test_a_draft_receipt_gets_proposals_too() -> None:
    answer = drafted("81.13 | ACME |")
    assert answer.documents.tolist() == ["INV-001051"]


def test_nothing_open_in_the_currency_is_said() -> None:
    answer, _ = money("BL-1 | 2026-02-10 | Payment | EUR | 5.00 | Acme Freight | | hello")
    assert answer.documents.tolist() == [""]


def test_auto_accept_left_empty_accepts_nothing() -> None:
    assert not answered("1000.00 | Acme | INV-001043", auto_accept="").auto.any()


def test_a_confirmed_name_is_not_that_of_a_company_of_another_legal_form() -> None:
    more = """
        PayerAliases
        Payer            | Payer Account | Customer ID | Confirmed
        Acme Freight AG  |               | BOLT        | 2
    """
    assert proposed("81.13 | Acme Freight Ltd | thanks", more=more) == ["ACME | INV-001051 | 99"]


def test_a_letter_for_a_zero_is_read_as_the_zero() -> None:
    assert proposed("253.70 | Acme Freight | INV-OO1O44")[0] == "ACME | INV-001044 | 100"
    more = """
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1002   | ACME        | 2026-01-05   | 2026-02-04 | 77.10
    """
    answer = answered("77.10 | Acme Freight | INV-1O02", more=more)
    assert answer.rule.tolist() == ["Number: exact amount"]


def test_one_number_does_not_stand_for_two_documents() -> None:
    answer = answered("1253.70 | Acme Freight | INV-1043")
    assert answer.auto.tolist() == [False]
    assert "mistyped" not in answer.why[0]


def test_the_right_number_of_one_document_is_no_mistyped_one_of_a_stranger() -> None:
    answer = answered("253.70 | Somebody | INV-1043")
    assert answer.auto.tolist() == [False]
    assert int(answer.confidence[0]) <= 88


def test_a_line_that_names_no_document_leaves_the_one_that_another_names() -> None:
    answer = answered("500.00 | Caroline Metals | rent", "500.00 | Somebody | INV-1070")
    assert answer.documents.tolist() == ["INV-001071", "INV-001070"]


PAID = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Type        | Amount
    INV-001053 | ACME        | 2026-01-05   | 2026-02-04 | Invoice     | 81.13
    INV-001051 | ACME        | 2026-01-20   | 2026-02-19 | Invoice     | 81.13
    INV-001055 | CARO        | 2026-01-20   | 2026-02-19 | Invoice     | 70.00
    CM-001054  | ACME        | 2026-01-05   |            | Credit Memo | 20.00

    Applications (posted)
    Application No | Date       | Source Type | Source No | Invoice No | Line | Amount
    A-1            | 2026-01-20 | Receipt     | R-1       | INV-001053 | 1    | 81.13
"""


@pytest.mark.parametrize("text", ["INV-1053", "Invoice 1053", "no. 001053", "INV-1053 INV-1051"])
def test_a_second_payment_of_what_is_paid_is_asked_and_says_what_paid_it(text: str) -> None:
    answer = answered(f"81.13 | Acme Freight | {text}", more=PAID)
    assert answer.documents.tolist() == ["INV-001051"]
    assert "INV-001053 is paid already, by R-1." in answer.why[0]
    assert "mistyped" not in answer.why[0]
    assert answer.auto.tolist() == [False]


def test_what_is_paid_is_said_where_no_document_fits_and_nobody_knows_the_payer() -> None:
    answer = answered("9.99 | Stranger | INV-1053", "9.99 | Acme Freight | CM-1054", more=PAID)
    assert answer.documents.tolist() == ["", ""]
    assert "INV-001053 is paid already, by R-1." in answer.why[0]
    assert "CM-001054 is a credit memo." in answer.why[1]


def test_the_number_of_an_open_document_of_another_customer_is_no_mistyped_one() -> None:
    answer = answered("81.13 | Acme Freight | INV-1055", more=PAID)
    assert answer.documents.tolist() == ["INV-001051"]
    assert "the text names INV-001055." in answer.why[0]
    assert "mistyped" not in answer.why[0]
    assert answer.auto.tolist() == [False]
