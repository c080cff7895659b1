"""The reminder ladder (semantics, section 8): what is done, and steps before the due date."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.policy import LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.ladder import before_due, done_by, done_days
from ar_xl.ops.open_items import open_items
from tests.posted_lines import book

END = date(2013, 3, 31)
LADDER = (
    LadderStep("Early", -10, "Email"),
    LadderStep("Friendly", -5, "Email"),
    LadderStep("First", 5, "Letter"),
    LadderStep("Call", 20, "Call"),
)
POLICY = Policy(default_settings(), ladder=LADDER)
OLD = "invoice A1 Acme 2012-11-01 100.00 due=2012-12-21"


@pytest.mark.parametrize(
    ("more", "day"),
    [
        ("", "2013-03-06"),  # typed by hand: it happened on its date
        ("paper=Letters/Acme.pdf", "NaT"),  # made and not sent
        ("paper=Letters/Acme.pdf sent=2013-03-08", "2013-03-08"),
        ("sent=2013-03-08", "2013-03-08"),
    ],
)
def test_an_activity_is_done_when_it_has_no_paper_or_says_when_that_was_sent(
    more: str, day: str
) -> None:
    rows = book(f"step Acme 2013-03-06 First {more}").posted("Activities")
    assert done_days(rows).astype(str).tolist() == [day]


def test_what_was_sent_after_a_date_was_not_done_by_it() -> None:
    rows = book("step Acme 2013-03-06 First paper=a.pdf sent=2013-03-08").posted("Activities")
    by = [done_by(rows, date(2013, 3, day)).tolist() for day in (7, 8)]
    assert by == [[False], [True]]


def next_step(lines: str, as_of: date = END) -> tuple[int, str]:
    calls = collections(book(lines, POLICY), as_of).calls
    return int(calls.step[0]), str(calls.ripe_on[0])


def test_a_letter_that_was_made_and_not_sent_moves_no_ladder() -> None:
    made = f"{OLD}\nstep Acme 2013-03-06 First paper=a.pdf"
    assert next_step(made) == (2, "2012-12-26")
    assert next_step(f"{made} sent=2013-03-07") == (3, "2013-03-22")


def test_100_days_late_and_never_reminded_starts_with_the_first_step_past_due() -> None:
    assert next_step(OLD) == (2, "2012-12-26")


def test_a_reminder_of_what_is_coming_due_does_not_put_off_what_is_overdue() -> None:
    assert next_step(f"{OLD}\nstep Acme 2013-03-30 Friendly") == (2, "2012-12-26")


def test_a_ladder_of_steps_before_due_alone_is_at_its_end_for_what_is_overdue() -> None:
    policy = Policy(default_settings(), ladder=LADDER[:2])
    calls = collections(book(OLD, policy), END).calls
    assert (calls.step.tolist(), str(calls.ripe_on[0])) == ([2], "2012-12-21")


DUE = "invoice A1 Acme 2013-03-01 100.00 due=2013-03-20"


def reminder(lines: str, day: int) -> str:
    ledger, as_of = book(lines, POLICY), date(2013, 3, day)
    (step,) = before_due(ledger, as_of, open_items(ledger, as_of)).tolist()
    return LADDER[step].name if step >= 0 else ""


def test_reminders_before_due_come_on_their_days_and_end_with_the_due_date() -> None:
    assert [reminder(DUE, day) for day in (9, 10, 14, 15, 20, 21)] == [
        "", "Early", "Early", "Friendly", "Friendly", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("step Acme 2013-03-15 Friendly", ""),
        ("step Acme 2013-03-15 Friendly for=A1", ""),
        ("step Acme 2013-03-15 Friendly for=A2", "Friendly"),
        ("step Acme 2013-03-15 Friendly paper=a.eml", "Friendly"),
        ("step Acme 2013-03-14 Friendly", "Friendly"),  # it was about something due earlier
        ("step Acme 2013-03-12 Early", "Friendly"),
        ("step Other 2013-03-15 Friendly", "Friendly"),
        ("receipt R1 Acme 2013-03-12 100.00\napply R1 A1 100.00 2013-03-12", ""),
    ],
)
def test_a_reminder_before_due_is_owed_until_it_was_done_for_that_item(
    line: str, wanted: str
) -> None:
    assert reminder(f"{DUE}\n{line}", 16) == wanted
