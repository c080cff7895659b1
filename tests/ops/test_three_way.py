"""Slip, bank line and receipts: what is found, what is asked, and the fee that shows."""

from __future__ import annotations

import pytest

from ar_xl.core.dates import LAST_DATE
from ar_xl.ops.banking.slips import standing_slips
from ar_xl.ops.banking.ties import asked_ties
from tests.ledger_text import frame_text
from tests.ops.bank_books import Bank, in_sheet

HEAD = "Line ID | Account | Date | Kind | Amount | Currency | Payer | Text"


def bank(receipts: str, lines: str, **settings: str) -> Bank:
    """Receipts of ACME as `number method day amount`, lines as `number day amount text`."""
    paid = [row.split() for row in receipts.split(";")]
    came = [row.split(maxsplit=3) for row in lines.split(";")]
    table = "\n".join(f"{n} | 2026-10-{d} | ACME | {m} | {a}" for n, m, d, a in paid)
    shown = "\n".join(
        f"{n} | MAIN | 2026-10-{d} | {'Payout' if a.startswith('+') else 'Payment'} | "
        f"{a.lstrip('+')} | USD | | {' '.join(text)}"
        for n, d, a, *text in came
    )
    made = Bank(
        f"Receipts\nReceipt No | Receipt Date | Customer ID | Method | Amount\n{table}\n\n"
        f"BankLines\n{HEAD}\n{shown}", **settings
    )  # fmt: skip
    for day in dict.fromkeys(d for _, _, d, _ in paid):
        made.deposits(f"2026-10-{day}", account="MAIN")
    made.books = in_sheet(made.books)
    return made


def arrived(made: Bank) -> list[str]:
    """Slip, fee and bank line of each."""
    slips = standing_slips(made.books, LAST_DATE)
    rows = zip(slips.number, slips.fee.tolist(), slips.rows.text("bank_line"), strict=True)
    return [f"{number[-1]} {fee} {line}".strip() for number, fee, line in rows]


def test_a_slip_is_found_by_its_amount_within_the_days_of_settings() -> None:
    made = bank("R-1 Check 05 100.00; R-2 Cash 05 40.00", "B-1 07 100.00 deposit; B-2 08 40.00 x")
    assert made.ties("2026-10-31") == ()
    assert arrived(made) == ["1 0 B-2", "2 0 B-1"]
    assert frame_text(made.books.posted("BankLines"), "Line ID", "Status", "Matched To") == [
        "B-1 | Deposited | DEP-000002", "B-2 | Deposited | DEP-000001",
    ]  # fmt: skip


def test_a_line_before_the_slip_is_not_its_line() -> None:
    made = bank("R-1 Check 05 100.00", "B-1 04 100.00 deposit")
    assert made.ties("2026-10-31") == ()
    assert arrived(made) == ["1 0"]


def test_equal_slips_and_as_many_lines_are_paired_in_the_order_of_their_dates() -> None:
    made = bank("R-1 Check 05 100.00; R-2 Check 06 100.00", "B-2 08 100.00; B-1 07 100.00")
    assert made.ties("2026-10-31") == ()
    assert arrived(made) == ["1 0 B-1", "2 0 B-2"]


def test_two_lines_of_the_amount_are_asked_about() -> None:
    made = bank("R-1 Check 05 100.00", "B-1 07 100.00; B-2 07 100.00")
    asked = made.ties("2026-10-31")
    assert [(each.slip, each.line, each.difference) for each in asked] == [
        ("DEP-000001", "B-1", 0), ("DEP-000001", "B-2", 0),
    ]  # fmt: skip
    assert asked[0].why == "another slip or line has the same amount"
    assert arrived(made) == ["1 0"]


def test_a_line_that_comes_late_is_asked_about() -> None:
    made = bank("R-1 Check 05 100.00", "B-1 20 100.00")
    (asked,) = made.ties("2026-10-31")
    assert asked.why == "the same amount, but 15 days after the slip"


def test_cash_and_checks_of_a_day_may_come_as_one_line() -> None:
    made = bank("R-1 Check 05 100.00; R-2 Cash 05 40.00", "B-1 06 140.00 deposit")
    assert made.ties("2026-10-31") == ()
    assert arrived(made) == ["1 0 B-1", "2 0 B-1"]


def test_cash_and_checks_come_together_while_the_cards_of_the_day_come_apart() -> None:
    made = bank(
        "R-1 Check 05 100.00; R-2 Cash 05 40.00; R-3 Card 05 50.00",
        "B-1 06 140.00 deposit; B-2 07 48.50 visa",
    )
    assert made.ties("2026-10-31") == ()
    assert arrived(made) == ["1 0 B-1", "2 0 B-1", "3 150 B-2"]


def test_card_slips_of_a_weekend_may_come_as_one_payout_less_the_fee() -> None:
    made = bank(
        "R-1 Card 02 100.00; R-2 Card 03 50.00; R-3 Card 04 150.00", "B-1 06 +291.00 payout"
    )
    assert made.ties("2026-10-31") == ()
    assert arrived(made) == ["1 0 B-1", "2 0 B-1", "3 900 B-1"]
    rows = made.books.posted("Journal")
    last = rows.take(rows.text("batch") == rows.text("batch").max())
    assert sorted(frame_text(last, "Date", "Account", "Debit", "Credit")) == [
        "2026-10-06 | 1010 | 0.00 | 9.00", "2026-10-06 | 6800 | 9.00 | 0.00",
    ]  # fmt: skip
    assert made.holds()


@pytest.mark.parametrize(
    ("line", "percent", "tied"),
    [
        ("B-1 07 97.00 VISA settlement", "5", True),
        ("B-1 07 95.00 VISA settlement", "5", True),
        ("B-1 07 94.99 VISA settlement", "5", False),
        ("B-1 07 97.00 VISA settlement", "2", False),
        ("B-1 07 97.00 VISA settlement", "", False),
        ("B-1 07 97.00 Acme pays INV-7", "5", False),
        ("B-1 12 97.00 VISA settlement", "5", False),
    ],
)
def test_what_a_card_line_lacks_is_a_fee_within_percent_days_and_words(
    line: str, percent: str, tied: bool
) -> None:
    made = bank("R-1 Card 05 100.00", line, card_fee_percent=percent)
    made.ties("2026-10-31")
    assert arrived(made)[0].endswith("B-1") == tied


def test_a_fee_that_the_slip_has_is_not_found_again() -> None:
    made = bank("R-1 Card 05 100.00", "B-1 07 97.00 VISA")
    made.undoes("B-000002").deposits("2026-10-05", account="MAIN", fee="3.00")
    made.books = in_sheet(made.books)
    made.ties("2026-10-31")
    assert arrived(made) == ["2 300 B-1"]
    assert int(made.books.posted("Deposits").ints("fee").sum()) == 300


def test_a_line_of_nearly_the_amount_is_asked_about_where_it_is_a_deposit() -> None:
    made = bank("R-1 Cash 05 100.00", "B-1 06 99.00 cash deposit; B-2 06 98.00 Acme")
    asked = made.ties("2026-10-31")
    assert [(each.line, each.why) for each in asked] == [("B-1", "a deposit that is 1.00 less")]


def test_a_person_who_writes_the_line_into_the_slip_is_believed() -> None:
    made = bank("R-1 Card 05 100.00", "B-1 20 90.00 Acme pays", card_fee_percent="10")
    rows = made.books.posted("Deposits").replace(bank_line="B-1")
    made.books = made.books.__class__(
        {**made.books.tables, "Deposits": rows}, {}, made.books.policy
    )
    made.ties("2026-10-31")
    assert arrived(made) == ["1 1000 B-1"]


def test_a_slip_that_is_undone_gives_its_line_back() -> None:
    made = bank("R-1 Check 05 100.00", "B-1 07 100.00 deposit")
    made.ties("2026-10-31")
    made.undoes("B-000002")
    made.settles()
    assert frame_text(made.books.posted("BankLines"), "Status", "Matched To") == [" | "]
    assert made.books.posted("Deposits").text("bank_line").tolist() == ["", ""]


def test_a_slip_whose_fee_was_found_later_is_undone_after_the_fee() -> None:
    made = bank("R-1 Card 05 100.00", "B-1 07 97.00 VISA")
    made.ties("2026-10-31")
    with pytest.raises(Exception, match="B-000003"):
        made.undoes("B-000002")
    made.undoes("B-000003").undoes("B-000002")
    assert made.holds()


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("DEP-000001", "B-9", "`B-9`, which is no bank line"),
        ("DEP-000001", "S-1", "`S-1`, which is of account SIDE"),
        ("DEP-000009", "B-1", "no slip `DEP-000009` stands"),
    ],
)
def test_a_line_that_cannot_be_the_slips_is_named(name: str, line: str, said: str) -> None:
    made = Bank(
        "Receipts\nReceipt No | Receipt Date | Customer ID | Method | Amount\n"
        f"R-1 | 2026-10-05 | ACME | Cash | 10.00\n\nBankLines\n{HEAD}\n"
        "B-1 | MAIN | 2026-10-20 | Payment | 10.00 | USD | |\n"
        "S-1 | SIDE | 2026-10-20 | Payment | 10.00 | USD | |"
    )
    made.deposits("2026-10-05", account="MAIN")
    made.books = in_sheet(made.books)
    ties, wrong = asked_ties(made.books, [(name, line)])
    assert (ties, [finding.seen for finding in wrong]) == ([], [said])
    (tie,), none = asked_ties(made.books, [("DEP-000001", "B-1")])
    assert (tie.slips, tie.line, none) == (("DEP-000001",), "B-1", [])


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("1.00", "`B-1` brought USD 1.00 of USD 100.00: a fee of USD 99.00 is above 5 %"),
        ("-50.00", "`B-1` brought USD -50.00 of USD 100.00: a fee of USD 150.00 is above 5 %"),
        ("94.98", "`B-1` brought USD 94.98 of USD 100.00: a fee of USD 5.02 is above 5 %"),
        ("94.99", ""),
    ],
)
def test_a_line_that_leaves_a_fee_above_the_bound_is_not_that_of_a_card_slip(
    line: str, seen: str
) -> None:
    made = bank("R-1 Card 05 100.00", f"B-1 08 {line} other")
    ties, wrong = asked_ties(made.books, [("DEP-000001", "B-1")])
    assert [each.seen for each in wrong] == [seen] * bool(seen)
    assert len(ties) == (not seen)
