"""Letters (semantics, section 8): who gets which, and who gets none and why."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.arrays import text_array
from ar_xl.core.ledger import Change, Derived, Request
from ar_xl.core.policy import LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.collecting.escalation import taken_back
from ar_xl.ops.collecting.letterlist import Letter, Letters, Wanted
from ar_xl.ops.collecting.letters import letters
from ar_xl.ops.collecting.sending import mark_sent, overtaken, record, unsent
from tests.posted_lines import book

END = date(2013, 3, 31)
LADDER = (
    LadderStep("Soon due", -5, "Email", "Friendly reminder"),
    LadderStep("First", 5, "Letter", "First reminder"),
    LadderStep("Second", 15, "Letter", "Second reminder"),
    LadderStep("Call", 20, "Call"),
    LadderStep("Final", 25, "Letter"),
)
INVOICE = "invoice A1 Acme 2013-01-01 1000.00 due=2013-02-28"


def run(text: str, as_of: date = END, wanted: Wanted | None = None) -> Letters:
    return letters(book(text, Policy(default_settings(), ladder=LADDER)), as_of, wanted)


def shown(letter: Letter) -> str:
    sums = ", ".join(f"{each.currency} {each.asked / 100:.2f}" for each in letter.sums)
    return f"{letter.customer_id}: {letter.step}, {sums}"


def one(text: str, as_of: date = END) -> str:
    found = run(text, as_of)
    said = [shown(each) for each in found.now]
    said += [f"waits: {shown(each)}" for each in found.waiting]
    said += [f"{each.customer_id}: none, {each.why}" for each in found.left_out]
    assert len(said) == 1, said
    return said[0]


def test_the_first_letter_is_the_first_step_past_due_and_none_is_skipped() -> None:
    assert one(INVOICE) == "Acme: First, USD 1000.00"
    assert one(f"{INVOICE}\nstep Acme 2013-03-06 First") == "Acme: Second, USD 1000.00"


def test_a_step_comes_no_earlier_than_the_ladder_says() -> None:
    assert one(INVOICE, date(2013, 3, 4)) == "Acme: none, next is First, from 2013-03-05 on"
    said = one(f"{INVOICE}\nstep Acme 2013-03-28 First")
    assert said == "Acme: none, next is Second, from 2013-04-07 on"


def test_a_step_that_is_no_letter_makes_none_and_says_what_to_do() -> None:
    said = one(f"{INVOICE}\nstep Acme 2013-03-06 Second")
    assert said == "Acme: none, next is Call, which is no letter; enter it in Activities once done"


def test_what_was_made_and_not_sent_waits_and_is_not_made_again() -> None:
    made = f"{INVOICE}\nstep Acme 2013-03-06 First paper=Letters/a.docx"
    assert one(made) == "waits: Acme: First, USD 1000.00"
    assert [shown(each) for each in run(made, END, Wanted(again=True)).now] == [
        "Acme: First, USD 1000.00"
    ]
    assert one(f"{made} sent=2013-03-08") == "Acme: Second, USD 1000.00"


def test_a_letter_of_an_older_debt_that_never_went_out_does_not_hold_up_a_new_one() -> None:
    made = f"{INVOICE}\nstep Acme 2012-12-06 First paper=Letters/a.docx"
    assert one(made) == "Acme: First, USD 1000.00"


def test_of_1000_with_120_in_dispute_a_letter_asks_for_880() -> None:
    found = run(f"{INVOICE}\ndispute A1 2013-03-01 120.00").now[0].sums[0]
    assert (found.open, found.disputed, found.asked) == (100000, 12000, 88000)


def test_credits_and_what_is_promised_are_not_asked_for() -> None:
    found = (
        run(f"""
        {INVOICE}
        receipt R1 Acme 2013-03-20 300.00
        promise Acme 2013-03-25 2013-04-10 200.00
        """)
        .now[0]
        .sums[0]
    )
    assert (found.credits, found.promised, found.asked) == (30000, 20000, 50000)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("customer Acme reminder_block=court~ruling", "reminders are blocked: court ruling"),
        ("customer Acme status=Closed", "the account is closed"),
        ("dispute A1 2013-03-01", "all of it is disputed"),
        ("receipt R1 Acme 2013-03-20 2000.00", "all of it is covered by unapplied credits"),
        ("promise Acme 2013-03-25 2013-04-10 1000.00", "promised for 2013-04-10"),
    ],
)
def test_who_gets_no_letter_and_why(line: str, why: str) -> None:
    assert one(f"{INVOICE}\n{line}") == f"Acme: none, {why}"


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("next=Call~again on=2013-03-31", "none, you noted: Call again for 2013-03-31"),
        ("on=2013-04-09", "none, you noted: Call for 2013-04-09"),
        ("next=Ask~for~the~account", "First, USD 1000.00"),  # as an import of returns notes it
        ("next=Call on=2013-03-31 paper=Calls/D-1.ics sent=2013-03-28", "First, USD 1000.00"),
        ("next=Send~letter on=2013-04-02", "none, you noted: Send letter for 2013-04-02"),
        ("next=Send~letter on=2013-03-31", "First, USD 1000.00"),
        ("next=First on=2013-03-30", "First, USD 1000.00"),
        ("next=Discuss~letter on=2013-03-31", "none, you noted: Discuss letter for 2013-03-31"),
        ("next=Call~again on=2013-03-31\nnote Acme 2013-03-29", "First, USD 1000.00"),
    ],
)
def test_what_was_noted_to_do_next_comes_before_a_letter(noted: str, said: str) -> None:
    assert one(f"{INVOICE}\nnote Acme 2013-03-28 {noted}") == f"Acme: {said}"


def test_two_currencies_are_one_letter_with_an_amount_each() -> None:
    said = one(f"{INVOICE}\ninvoice A2 Acme 2013-01-01 30.00 due=2013-03-15 cur=EUR")
    assert said == "Acme: First, EUR 30.00, USD 1000.00"


COMING = "invoice A1 Acme 2013-01-01 1000.00 due=2013-04-04"


def test_what_is_coming_due_gets_its_reminder_once() -> None:
    assert one(COMING) == "Acme: Soon due, USD 1000.00"
    assert not run(COMING, date(2013, 3, 29)).now
    assert not run(f"{COMING}\nstep Acme 2013-03-30 Soon~due").now


def test_who_owes_something_overdue_gets_no_reminder_of_what_is_coming_due() -> None:
    assert one(f"{COMING}\ninvoice A2 Acme 2013-01-01 5.00 due=2013-02-28") == (
        "Acme: First, USD 5.00"
    )


@pytest.mark.parametrize("status", ["Agency", "Legal"])
def test_a_hand_over_is_written_about_once(status: str) -> None:
    handed = f"{INVOICE}\ncustomer Acme status={status}"
    assert one(handed) == "Acme: Hand-over, USD 1000.00"
    assert one(f"{handed}\nstep Acme 2013-03-20 Hand-over paper=x/a.docx").startswith("waits: ")
    why = {"Agency": "with a collection agency", "Legal": "in legal action"}[status]
    assert one(f"{handed}\nstep Acme 2013-03-20 Hand-over") == f"Acme: none, {why}"


def test_a_broken_promise_is_written_about_before_the_ladder_goes_on() -> None:
    broken = f"{INVOICE}\npromise Acme 2013-03-10 2013-03-20 1000.00"
    assert one(broken) == "Acme: Promise broken, USD 1000.00"
    assert one(f"{broken}\nstep Acme 2013-03-25 Promise~broken") == "Acme: First, USD 1000.00"


def test_an_account_on_hold_is_written_about_once_for_the_same_debts() -> None:
    held = f"{INVOICE}\ncustomer Acme status=Hold"
    assert one(held) == "Acme: Credit hold, USD 1000.00"
    assert one(f"{held}\nstep Acme 2013-03-25 Credit~hold") == "Acme: First, USD 1000.00"
    assert one(f"{held}\nstep Acme 2012-03-25 Credit~hold") == "Acme: Credit hold, USD 1000.00"


RETURN = f"""
    {INVOICE}
    receipt R1 Acme 2013-03-01 1000.00 batch=B-1
    apply R1 A1 1000.00 2013-03-01
    receipt R1 Acme 2013-03-01 -1000.00 posted=2013-03-20 reverses=B-1
    apply R1 A1 -1000.00 2013-03-20 reverses=B-1 source=-1000.00
    adjustment J1 Bounced R1 2013-03-20 1000.00
    """


def test_a_returned_payment_is_written_about_by_its_number() -> None:
    assert one(RETURN) == "Acme: Returned payment, USD 1000.00"
    found = run(RETURN).now[0].returned
    assert found is not None
    assert (found.adjustment_no, found.invoices, found.amount) == ("J1", ("A1",), 100000)


def test_the_most_serious_comes_first_and_only_one_letter_a_run() -> None:
    all_of_it = f"{RETURN}\npromise Acme 2013-03-10 2013-03-20 1000.00"
    assert one(f"{all_of_it}\ncustomer Acme status=Hold") == "Acme: Returned payment, USD 1000.00"
    assert one(f"{all_of_it}\ncustomer Acme status=Legal") == "Acme: Hand-over, USD 1000.00"


def test_letters_of_one_customer_collector_or_step() -> None:
    text = f"""
        {INVOICE}
        invoice A2 Beta 2013-01-01 5.00 due=2013-02-28
        customer Acme collector=Ann
        customer Beta collector=Bob
        step Beta 2013-03-06 First
        """
    for wanted in (Wanted("Beta"), Wanted(collector="bob"), Wanted(step="Second")):
        assert [shown(each) for each in run(text, END, wanted).now] == ["Beta: Second, USD 5.00"]


def test_a_letter_is_a_row_of_activities_and_is_done_once_it_is_marked() -> None:
    books = book(INVOICE, Policy(default_settings(), ladder=LADDER))
    request = Request(END, "Ann")
    made = letters(books, END).now
    books = books.after(record(request, made, ["Letters/Acme First.docx"]))
    rows = unsent(books, END, ("Letter",))
    assert rows.text("paper").tolist() == ["Letters/Acme First.docx"]
    assert len(letters(books, END).waiting) == 1
    books = book(f"{INVOICE}\nstep Acme 2013-03-31 First paper=Letters/a.docx",
                 Policy(default_settings(), ladder=LADDER))  # fmt: skip
    books = books.after(mark_sent(unsent(books, END, ("Letter",)), END))
    assert not len(unsent(books, END, ("Letter",)))
    assert letters(books, date(2013, 4, 30)).now[0].step == "Second"


def test_a_letter_made_again_is_the_same_row() -> None:
    made = f"{INVOICE}\nstep Acme 2013-03-06 First paper=Letters/a.docx"
    books = book(made, Policy(default_settings(), ladder=LADDER))
    again = letters(books, END, Wanted(again=True)).now
    change = record(Request(END, "Ann"), again, ["New/a.docx"])
    assert not change.appends
    assert not change.posts, "a row that is written whole loses a formula in it"
    written = {each.column: each.values.tolist() for each in change.derived}
    assert (written["paper"], set(written)) == (["New/a.docx"], {"date", "outcome", "paper", "by"})


def test_what_a_run_for_a_later_day_made_is_not_made_again_by_one_for_an_earlier() -> None:
    made = f"{INVOICE}\nstep Acme 2013-03-20 First paper=Letters/a.docx"
    assert one(made, date(2013, 3, 10)) == "waits: Acme: First, USD 1000.00"
    sent = f"{made} sent=2013-03-22"
    assert one(sent, date(2013, 3, 10)) == "Acme: none, First was sent on 2013-03-22"
    assert one(sent, date(2013, 3, 21)) == "Acme: none, First was sent on 2013-03-22"


def test_who_was_taken_back_and_is_handed_over_again_gets_a_letter_again() -> None:
    handed = f"{INVOICE}\ncustomer Acme status=Legal\nstep Acme 2013-03-06 Hand-over"
    assert one(handed) == "Acme: none, in legal action"
    assert one(f"{handed}\nstep Acme 2013-03-11 First") == "Acme: Hand-over, USD 1000.00"
    books = book(handed, Policy(default_settings(), ladder=LADDER))
    request = Request(date(2013, 3, 6), "Ann")
    books = books.after(taken_back(books, request, "Acme", "they pay again"))
    customers = books.posted("Customers").row
    agency = Derived("Customers", "status", customers, text_array(["Agency"]))
    books = books.after(Change(derived=(agency,)))
    assert [each.step for each in letters(books, END).now] == ["Hand-over"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", ""),
        ("receipt R1 Acme 2013-03-20 1000.00", "covered by unapplied credits"),
        ("receipt R1 Acme 2013-03-20 300.00", "of USD 1,000.00 that it asks for, USD 700.00 is"),
        ("invoice A2 Acme 2013-01-01 5.00 due=2013-03-20", ""),
        ("dispute A1 2013-03-20", "all of it is disputed"),
        ("customer Acme reminder_block=court", "reminders are blocked: court"),
        ("customer Acme status=Legal", "the letter now is Hand-over"),
        ("customer Acme status=Closed", "the account is closed"),
    ],
)
def test_a_letter_that_waits_is_overtaken_by_what_happened_since(line: str, why: str) -> None:
    made = f"{INVOICE}\nstep Acme 2013-03-06 First paper=Letters/a.docx\n{line}"
    found = overtaken(book(made, Policy(default_settings(), ladder=LADDER)), END)
    assert [each for each in found.values() if why in each] == list(found.values())
    assert bool(found) == bool(why)
