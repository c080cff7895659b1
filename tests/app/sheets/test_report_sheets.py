"""What the report sheets say, before anyone draws them (design, section 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.app.sheets.aging_sheet import aging_detail_report, aging_report
from ar_xl.app.sheets.collections_sheet import collections_report
from ar_xl.app.sheets.findings_sheet import findings_report
from ar_xl.app.sheets.late_fees_sheet import late_fees_report
from ar_xl.app.sheets.month_end_sheet import month_end_report
from ar_xl.app.sheets.parts import fee_policy_words
from ar_xl.app.sheets.payments_sheet import payments_report
from ar_xl.core.arrays import BLANK
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.policy import FeePolicy, LadderStep, LossRate, Policy
from ar_xl.core.report import Report, ReportBlock
from ar_xl.core.settings import SETTING_UNKNOWN, SETTING_UNKNOWN_VALUE, default_settings
from ar_xl.core.tables import RESERVES
from ar_xl.ops.aging import aging
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.fees.late_fees import late_fees
from tests.posted_lines import book

END = date(2013, 2, 28)
ASK = Request(END, "Ann")
RULES = Policy(
    default_settings(company="Widgets", default_fee_policy="P"),
    fee_policies={"P": FeePolicy("P", "daily", rate_percent=Decimal("12.0"), grace_days=5)},
    ladder=(LadderStep("Reminder", 5, "Send a reminder"), LadderStep("Call", 20)),
    loss_rates={"1-30": LossRate("1-30", Decimal(10), Decimal("1.5"))},
)
LINES = """
    customer Acme contact=Bo phone=555 collector=Cy
    customer Blocked reminder_block=court
    invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31 batch=B1
    invoice A2 Zeta 2013-02-10 2000.00 due=2013-03-10 batch=B1
    invoice A3 Blocked 2013-01-01 10.00 due=2013-02-10 batch=B1
    invoice E1 Acme 2013-01-01 7.00 due=2013-02-10 cur=EUR batch=B1
    receipt R1 Acme 2013-02-20 300.00 batch=B2
    apply R1 A1 250.00 2013-02-20 batch=B2 discount=5.00
    dispute A1 2013-02-21 45.00
    entry 1200 2013-01-01 debit 1010.00 batch=B1
    entry 1200 2013-02-10 debit 2000.00 batch=B1
    entry 1200 2013-01-01 debit 7.00 batch=B1 cur=EUR
    entry 1200 2013-02-20 credit 305.00 batch=B2
    draft invoice D1 Acme 2013-02-01 5.00
    """


def ledger(more: str = "") -> Ledger:
    return book(LINES + more, RULES)


def table(report: Report, number: int = 0) -> list[dict[str, object]]:
    """The rows of a table by heading, money as minor units."""
    block: ReportBlock = report.blocks[number]
    return [
        {column.heading: _plain(column.values[i]) for column in block.columns}
        for i in range(len(block))
    ]


def _plain(value: object) -> object:
    if isinstance(value, np.datetime64):
        return str(value)
    return int(value) if isinstance(value, np.int64) else value


def test_aging_has_one_table_a_currency_and_its_headings_follow_the_buckets() -> None:
    books = ledger()
    report = aging_report(books, ASK, aging(books, END))
    assert [block.caption for block in report.blocks] == ["EUR", "USD"]
    assert [column.heading for column in report.blocks[1].columns] == [
        "Customer ID", "Name", "Current", "1-30", "31-60", "61-90", "Over 90", "Unapplied", "Total",
    ]  # fmt: skip
    assert [(row["Customer ID"], row["Name"], row["Total"]) for row in table(report, 1)] == [
        ("Zeta", "", 200000), ("Acme", "Acme Ltd", 69500), ("Blocked", "Blocked Ltd", 1000),
    ]  # fmt: skip
    chart = report.blocks[1].chart
    assert chart is not None
    assert chart.series == ("Current", "1-30", "31-60", "61-90", "Over 90")
    assert ("Drafts left out", "1 invoice") in report.lines


def test_aging_says_whether_it_ties_to_the_control_account() -> None:
    books = ledger()
    lines = dict(aging_report(books, ASK, aging(books, END)).lines[2:3])
    assert lines == {"Control account": "USD 2,705.00, the same as the total below"}
    edited = ledger("entry 1200 2013-02-21 debit 1.00 batch=B2")
    lines = dict(aging_report(edited, ASK, aging(edited, END)).lines[2:3])
    assert lines == {
        "Control account": "USD 2,706.00: differs by USD 1.00; see Month-End and run verify"
    }


def test_an_aging_of_nothing_says_so() -> None:
    books = book("", RULES)
    report = aging_report(books, ASK, aging(books, END))
    assert report.blocks == ()
    assert report.notes[-1] == "Nothing is open on 2013-02-28."


def test_aging_detail_shows_every_open_instalment_and_credit() -> None:
    books = ledger()
    report = aging_detail_report(books, ASK, aging(books, END))
    rows = {row["Invoice No"]: row for row in table(report, 1)}
    assert rows["A1"] == {
        "Customer ID": "Acme", "Invoice No": "A1", "Line": 1, "Type": "Invoice",
        "Invoice Date": "2013-01-01", "Due Date": "2013-01-31", "Days Past Due": 28,
        "Bucket": "1-30", "Amount": 100000, "Open": 74500, "Disputed": 4500, "Future": 0,
        "After Future": 74500,
    }  # fmt: skip
    assert (rows["R1"]["Bucket"], rows["R1"]["Open"], rows["R1"]["Due Date"]) == (
        "Unapplied", -5000, "NaT",
    )  # fmt: skip
    assert report.sheet_name == "Aging Detail 2013-02-28"


def test_the_call_list_says_why_and_what_next() -> None:
    books = ledger()
    report = collections_report(books, ASK, collections(books, END))
    (row,) = table(report, 1)
    assert row == {
        "Rank": 1, "Customer ID": "Acme", "Name": "Acme Ltd", "Contact": "Bo", "Phone": "555",
        "Email": "", "Collector": "Cy", "Overdue": 65000, "Oldest Days": 28, "Disputed": 4500,
        "Promised": 0, "Score": 439,
        "Reason": "650.00 overdue, the oldest 28 days (A1); 45.00 in dispute left out; 50.00 of "
        "unapplied credits taken off",
        "Next Action": "Reminder: Send a reminder", "Next Date": "2013-02-28", "Pts Amount": 400,
        "Pts Age": 39, "Pts Promises": 0, "Pts Habit": 0, "Pts Limit": 0, "Pts Returned": 0,
    }  # fmt: skip
    assert table(report, 2) == [
        {"Customer ID": "Blocked", "Customer": "Blocked Ltd",
         "Why": "reminders are blocked: court", "Past Due": 1000, "In Dispute": 0, "On Plans": 0,
         "Unapplied": 0}
    ]  # fmt: skip


def action(more: str) -> tuple[object, object]:
    books = ledger(more)
    (row,) = table(collections_report(books, ASK, collections(books, END)), 1)
    return row["Next Action"], row["Next Date"]


def test_the_next_action_follows_ladder_and_promises() -> None:
    assert action("step Acme 2013-02-27 Reminder") == ("Wait, then Call", "2013-03-14")
    assert action("step Acme 2013-02-05 Reminder") == ("Call", "2013-02-28")
    assert action("step Acme 2013-02-05 Call") == (
        "Decide: every step of the ladder is done", "2013-02-28",
    )  # fmt: skip
    assert action("promise Acme 2013-02-25 2013-03-02 for=A1") == (
        "Wait: promised for 2013-03-02", "2013-03-06",
    )  # fmt: skip


def test_broken_promises_and_late_payers_are_told() -> None:
    history = "".join(
        f"""
        invoice H{i} Acme 2012-01-01 1.00 due={due} batch=B1
        receipt HR{i} Acme {paid} 1.00 batch=B1
        apply HR{i} H{i} 1.00 {paid} batch=B1
        """
        for i, (due, paid) in enumerate(
            [("2012-06-01", "2012-06-02")] * 3 + [("2013-01-20", "2013-02-09")] * 3
        )
    )
    books = ledger(f"promise Acme 2013-02-01 2013-02-10 900.00\n{history}")
    (row,) = table(collections_report(books, ASK, collections(books, END)), 1)
    assert "1 broken promise; pays 20.0 days late, before 1.0" in str(row["Reason"])


def test_late_fees_show_how_each_was_reckoned_and_what_was_left_out() -> None:
    books = ledger()
    run = late_fees(books, ASK)
    rows = {name: frame.replace(batch="B3") for name, frame in run.change.appends.items()}
    after = books.after(type(run.change)(appends=rows))
    report = late_fees_report(after, ASK, run)
    assert report.lines[0] == (
        "Policy", "P: 12 % a year, 5 days of grace (shift), day basis 365",
    )  # fmt: skip
    assert ("Batch", "B3") in report.lines
    first, second = table(report, 1)
    assert (first["Invoice No"], first["Overdue"], first["Days"], first["Rate"]) == (
        "A1", 65000, 23, "12 % a year",
    )  # fmt: skip
    assert first["Note"] == "45.00 in dispute left out; 50.00 of unapplied credits taken off"
    assert (second["Invoice No"], second["Fee"]) == ("A3", 0)
    assert second["Note"] == "left out: reminders are blocked: court"


def test_payments_posted_foot_and_name_what_they_paid() -> None:
    books = ledger("apply R1 A3 10.00 2013-02-20 batch=B2 difference=0.50")
    report = payments_report(books, ASK, "B2")
    assert table(report) == [
        {"Receipt No": "R1", "Date": "2013-02-20", "Customer ID": "Acme", "Method": "Check",
         "Amount": 30000, "Applied": 26000, "Discount": 500, "Write-off": 50, "Unapplied": 4000,
         "Invoices": "A1, A3", "Rule": "1 reference", "Pays For": "Blocked"}
    ]  # fmt: skip


def test_month_end_holds_all_its_tables_and_the_last_hash() -> None:
    books = ledger("period 2013-02 gl=USD~2710.00;~EUR~7.00")
    report = month_end_report(books, ASK, "2013-02", aging(books, END))
    captions = [block.caption for block in report.blocks]
    assert captions[5:] == [
        "Roll-forward, USD", "Tie-out, USD", "Collected against outstanding, USD",
        "Measures, USD", "Allowance for doubtful accounts, USD", "Exchange, in USD", "Exceptions",
    ]  # fmt: skip
    rolled = {row["Receivables"]: row["Balance"] for row in table(report, 5)}
    assert (rolled["Opening balance"], rolled["Receipts"], rolled["Closing balance"]) == (
        101000, -30000, 270500,
    )  # fmt: skip
    sides = [tuple(row.values()) for row in table(report, 6)]
    assert sides == [
        ("Aging total", 270500, BLANK, ""),
        ("Control account, by the journal", 270500, 0, "agrees with the aging"),
        ("General ledger, as typed", 271000, 500, "differs, named below"),
        ("    draft not posted", BLANK, 500, "D1"),
    ]
    assert ("Last hash", "none") in report.lines
    allowance = {row["Part"]: row["Allowance"] for row in table(report, 9)}
    # (745 + 10 - 50 unapplied of Acme) x 10 % x 1.5
    assert (allowance["1-30"], allowance["Movement to post"]) == (10575, 10575)
    assert table(report, -1)[0] == {
        "Exception": "Drafts in Invoices dated up to 2013-02-28", "Count": 1,
        "What To Do": "They count nowhere: post, correct or delete them.",
    }  # fmt: skip


def test_a_draft_of_a_later_month_is_no_exception_of_this_one() -> None:
    books = ledger("draft invoice D2 Acme 2013-03-01 9.00")
    report = month_end_report(books, ASK, "2013-02", aging(books, END))
    drafts = [row["Count"] for row in table(report, -1) if "Drafts" in str(row["Exception"])]
    assert drafts == [1]


def test_a_measure_without_a_denominator_is_n_a_and_never_an_error() -> None:
    books = ledger()
    report = month_end_report(books, ASK, "2013-02", aging(books, END))
    dso = table(report, 3)[0]  # EUR has no sales in February
    assert (dso["Measure"], dso["Value"], dso["Unit"]) == ("DSO", BLANK, "n/a")


def test_findings_stand_with_place_what_was_seen_and_what_to_do_errors_first() -> None:
    found = [
        Finding(SETTING_UNKNOWN, "Settings", 4, "setting", "Colour", "`Colour`"),
        Finding(SETTING_UNKNOWN_VALUE, "Settings", 5, "value", "Tax Mode", "`odd`", "one of: a, b"),
    ]
    report = findings_report(ledger(), ASK, found)
    first, second = table(report)
    assert (first["Severity"], first["Cell"], first["Expected"]) == (
        "error", "row 5, Value", "one of: a, b",
    )  # fmt: skip
    assert (second["Severity"], second["What To Do"]) == ("warning", SETTING_UNKNOWN.fix)
    assert report.lines[0] == ("Found", "1 error, 1 warning")
    assert findings_report(ledger(), ASK, []).lines[0] == ("Found", "nothing is wrong")


def test_an_unexplained_difference_stands_among_the_exceptions() -> None:
    books = ledger("period 2013-02 gl=USD~2706.00")
    report = month_end_report(books, ASK, "2013-02", aging(books, END))
    assert table(report, 6)[3] == {
        "Side": "    general-ledger entry not ours", "Shown": BLANK, "Difference": 100,
        "Remark": "UNEXPLAINED: not explained by draft not posted: D1",
    }  # fmt: skip
    exceptions = [row["Exception"] for row in table(report, -1)]
    assert "Unexplained difference, USD 1.00" in exceptions


def test_documents_with_a_reserve_and_factors_show_in_the_allowance() -> None:
    reserves = Frame.build(
        RESERVES, 1, document_no="A1", amount=10000, from_date="2013-01-01", reason="dispute"
    )
    books = ledger()
    books = replace(books, policy=replace(books.policy, reserves=reserves))
    report = month_end_report(books, ASK, "2013-02", aging(books, END))
    parts = [(row["Part"], row["Loss Rate"], row["Allowance"]) for row in table(report, 9)]
    assert parts[0] == ("Reserve for A1", "", 10000)
    assert parts[2] == ("1-30", "10 % x 1.5", 150)
    assert parts[-3:] == [
        ("Required", "", 10150), ("On the books", "", 0), ("Movement to post", "", 10150),
    ]  # fmt: skip


def test_a_fee_policy_in_words() -> None:
    policy = FeePolicy(
        "Gold", "sum", "invoice", Decimal("2.50"), Decimal(5), minimum=Decimal("1.00"),
        minimum_rule="raise", cap_percent=Decimal(10), ceiling_percent=Decimal(24), compound=True,
    )  # fmt: skip
    assert fee_policy_words(policy, "USD") == (
        "Gold: 5.00 + 2.5 % of the balance, from the invoice date, minimum 1 (raise), "
        "cap 10 % of the invoice, at most 24 % a year, fees on fees, day basis 365"
    )


def test_without_a_ladder_the_next_action_is_a_call() -> None:
    books = replace(ledger(), policy=Policy(default_settings()))
    (row,) = table(collections_report(books, ASK, collections(books, END)), 1)
    assert row["Next Action"] == "Call"


def test_credit_limits_returned_payments_and_promises_of_a_part_are_told() -> None:
    books = ledger("""
        customer Full credit_limit=100.00
        invoice F1 Full 2013-01-01 95.00 due=2013-02-10
        receipt F2 Full 2013-01-05 9.00 batch=F2
        receipt F2 Full 2013-01-05 -9.00 batch=F3 reverses=F2
        adjustment J1 Bounced F2 2013-01-09 9.00 batch=F3
        promise Full 2013-02-25 2013-03-05 40.00
        """)
    rows = table(collections_report(books, ASK, collections(books, END)), 1)
    (reason,) = [row["Reason"] for row in rows if row["Customer ID"] == "Full"]
    assert reason == (
        "95.00 overdue, the oldest 18 days (F1); 40.00 promised for 2013-03-05; uses 95 % of the "
        "credit limit; 1 returned payment"
    )


def test_a_finding_that_was_located_shows_its_cell() -> None:
    found = [
        Finding(SETTING_UNKNOWN, "Settings", 4, "setting", sheet="My Settings", cell="A4"),
        Finding(SETTING_UNKNOWN, "NoSuchTable", 0),
    ]
    rows = table(findings_report(ledger(), ASK, found))
    assert [(row["Sheet"], row["Cell"]) for row in rows] == [
        ("My Settings", "A4"), ("NoSuchTable", ""),
    ]  # fmt: skip
