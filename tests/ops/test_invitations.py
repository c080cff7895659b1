"""Who is invited to a call about a dispute, and what happens as it moves or is off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from ar_xl.core.findings import Refusal
from tests.ledger_text import frame_text, policy
from tests.ops.dispute_clerk import PART, THOUSAND, DisputeClerk

CALL = {"call_at": "2026-04-02", "call_time": "14:30"}


class Inviting(DisputeClerk):
    """A clerk who invites; the papers of each run are kept."""

    def __init__(self, folder: Path, text: str = THOUSAND + PART, email: str = "ar@t.example"):
        super().__init__(text, rules=policy(email=email, company="Test & Sons"))
        self.folder = folder
        self.papers: dict[str, Any] = {}

    def invites(self, as_of: str = "2026-03-31") -> Inviting:
        self.lists(as_of, invite=True)
        assert self.desk is not None
        boxes = self.desk.outboxes
        self.papers = {
            f"{box.folder}/{paper.name}": Calendar.from_ical(paper.make())
            for box in boxes for paper in box.papers
        }  # fmt: skip
        return self

    def events(self) -> list[str]:
        """Method, sequence, start of each."""
        made = []
        for calendar in self.papers.values():
            (event,) = calendar.walk("VEVENT")
            made.append(f"{calendar['METHOD']} {event['SEQUENCE']} {event['DTSTART'].dt}")
        return made


@pytest.fixture
def clerk(tmp_path: Path) -> Inviting:
    made = Inviting(tmp_path)
    made.types("Disputes", 0, **CALL)
    return made


def test_a_call_from_today_on_is_invited_to_once_and_noted(clerk: Inviting) -> None:
    clerk.invites()
    assert clerk.events() == ["REQUEST 0 2026-04-02 14:30:00"]
    assert frame_text(
        clerk.books.posted("Activities"), "Date", "Customer ID", "Invoice No", "Kind", "Outcome",
        "Next Date", "By", "Paper", "Done On",
    ) == [
        "2026-03-31 | ACME | INV-1 | Call | Invitation to a conference call about dispute "
        "D-000001, 2026-04-02 14:30 | 2026-04-02 | Ada | "
        "Invitations 2026-03-31/D-000001 2026-04-02 1430.ics | "
    ]  # fmt: skip
    assert clerk.invites().events() == []


def test_it_says_invoice_amount_and_reason_to_the_customer_and_the_owner(tmp_path: Path) -> None:
    clerk = Inviting(tmp_path)
    clerk.types("Disputes", 0, owner="eve@t.example", **CALL)
    clerk.invites()
    ((event,),) = (each.walk("VEVENT") for each in clerk.papers.values())
    assert str(event["SUMMARY"]) == "Conference call about invoice INV-1"
    assert str(event["DESCRIPTION"]).replace("\u00a0", " ").splitlines()[2:] == [
        "Invoice: INV-1", "Invoice date: 5 Jan 2026", "Disputed amount: USD 120.00",
        "Reason: Damage", "Our reference: D-000001",
    ]  # fmt: skip
    assert str(event["ORGANIZER"]) == "mailto:ar@t.example"
    assert [str(each) for each in event["ATTENDEE"]] == [
        "mailto:pay@acme.example", "mailto:eve@t.example",
    ]  # fmt: skip


def test_a_call_that_moved_replaces_the_invitation(clerk: Inviting) -> None:
    clerk.invites()
    (first,) = clerk.papers.values()
    clerk.types("Disputes", 0, call_at="2026-04-09")
    clerk.invites()
    (second,) = clerk.papers.values()
    assert clerk.events() == ["REQUEST 1 2026-04-09 14:30:00"]
    assert first.walk("VEVENT")[0]["UID"] == second.walk("VEVENT")[0]["UID"]
    clerk.types("Disputes", 0, call_time="15:00")
    assert clerk.invites().events() == ["REQUEST 2 2026-04-09 15:00:00"]
    assert clerk.invites().events() == []


def test_a_dispute_that_is_settled_cancels_its_call_once(clerk: Inviting) -> None:
    clerk.invites()
    clerk.wants("Release")
    assert clerk.invites().events() == ["CANCEL 1 2026-04-02 14:30:00"]
    assert clerk.invites().events() == []


def test_a_call_that_is_off_is_cancelled_and_can_be_called_again(clerk: Inviting) -> None:
    clerk.invites()
    clerk.types("Disputes", 0, call_at="")
    assert clerk.invites().events() == ["CANCEL 1 2026-04-02 14:30:00"]
    clerk.types("Disputes", 0, call_at="2026-04-02")
    assert clerk.invites().events() == ["REQUEST 2 2026-04-02 14:30:00"]


def test_a_call_that_took_place_is_neither_invited_to_nor_cancelled(clerk: Inviting) -> None:
    clerk.invites()
    clerk.wants("Release")
    assert clerk.invites("2026-04-03").events() == []


def test_without_a_time_it_is_for_the_whole_day(clerk: Inviting) -> None:
    clerk.types("Disputes", 0, call_time="")
    assert clerk.invites().events() == ["REQUEST 0 2026-04-02"]


@pytest.mark.parametrize(
    ("owner", "invited", "said"),
    [("Eve", [], "call_not_invited"),
     ("Eve <eve@t.example>", ["mailto:eve@t.example"], "customer_not_invited")],
)  # fmt: skip
def test_without_an_address_of_the_customer_the_owner_is_invited_and_who_is_not_is_said(
    tmp_path: Path, owner: str, invited: list[str], said: str
) -> None:
    clerk = Inviting(tmp_path, (THOUSAND + PART).replace("pay@acme.example", ""))
    clerk.types("Disputes", 0, owner=owner, **CALL)
    clerk.invites()
    events = [event for paper in clerk.papers.values() for event in paper.walk("VEVENT")]
    assert [str(event["ATTENDEE"]) for event in events] == invited
    assert [name for name in clerk.found() if "invited" in name or "email" in name] == [said]


def test_without_an_address_of_ones_own_nobody_is_invited(tmp_path: Path) -> None:
    clerk = Inviting(tmp_path, email="")
    clerk.types("Disputes", 0, **CALL)
    with pytest.raises(Refusal, match="Email on the Settings sheet"):
        clerk.invites()


def test_nothing_of_another_customer_is_in_an_invitation(tmp_path: Path) -> None:
    other = """
    Customers
    Customer ID | Name     | Email               | Language
    ACME        | Acme Ltd | pay@acme.example    | de
    BOLT        | Bolt Inc | money@bolt.example  |

    Invoices
    Invoice No | Customer ID | Invoice Date | Amount
    INV-1      | ACME        | 2026-01-05   | 100.00
    INV-2      | BOLT        | 2026-01-05   | 777.00

    Disputes
    Invoice No | Reason     | Opened     | Call At
    INV-1      | Reason-one | 2026-02-10 | 2026-04-02
    INV-2      | Reason-two | 2026-02-10 | 2026-04-03
    """
    clerk = Inviting(tmp_path, other).invites()
    first, second = (each.to_ical().decode() for each in clerk.papers.values())
    assert "Telefonkonferenz zur Rechnung INV-1" in first
    for mine, theirs in (
        (first, ("BOLT", "Bolt", "bolt", "INV-2", "777", "Reason-two")),
        (second, ("ACME", "Acme", "acme", "INV-1", "100", "Reason-one")),
    ):
        assert [word for word in theirs if word in mine] == []
