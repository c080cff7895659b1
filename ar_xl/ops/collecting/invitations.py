"""Invitations to conference calls about disputes: whom to, when, and what became of earlier ones.

An invitation is recorded on Activities by the file that was made for it. Its name says for when it
was, so that a call that was moved is known and invited again, and one that is off is cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID, uuid5

import numpy as np

from ar_xl.core.arrays import positions, text_array
from ar_xl.core.collectingtables import ACTIVITIES
from ar_xl.core.dates import as_date, day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, Request
from ar_xl.ops.collecting.dispute_list import NO_REASON, dispute_cases
from ar_xl.ops.collecting.meeting import call_time

CALL = "Call"
_SPACE = UUID("8f2f0b3e-6f0c-5d0a-9a63-3a1f6f7b0c51")  # of our own numbers, for version 5 UUIDs
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_PAPER = re.compile(
    r"/(?P<dispute>[^/]+?)(?P<off> cancelled)? (?P<day>\d{4}-\d\d-\d\d)(?: (?P<time>\d{4}))?"
    r"(?: no (?P<number>\d+))?\.ics$"
)


@dataclass(frozen=True)
class Invitation:
    """One invitation, or the cancellation of one.

    Args:
        dispute_no, invoice_no, customer_id: what it is about, and with whom.
        uid: of the call, the same in all its invitations; it names no computer.
        sequence: 0 for the first invitation, one more for each that replaces it.
        on, at: when; without a time it is for the whole day.
        cancelled: it takes an earlier one back.
        amount, currency: disputed now, minor units.
        reason: as typed, "" where nobody did.
        owner: who settles it, a name or an address.
        row: the sheet row of the dispute, 0 where it was deleted.
    """

    dispute_no: str
    invoice_no: str
    customer_id: str
    uid: str
    sequence: int
    on: date
    at: time | None
    cancelled: bool
    amount: int
    currency: str
    reason: str
    owner: str
    row: int

    @property
    def file_name(self) -> str:
        """The name of its file, from which `invitations` knows it again, without the ending."""
        off = " cancelled" if self.cancelled else ""
        hour = f" {self.at:%H%M}" if self.at else ""
        number = f" no {self.sequence + 1}" if self.sequence else ""
        return f"{_plain(self.dispute_no)}{off} {self.on}{hour}{number}"


@dataclass(frozen=True)
class _Sent:
    """The last invitation of a dispute, and how many there were."""

    customer_id: str
    on: date
    at: time | None
    off: bool
    count: int


def invitations(ledger: Ledger, as_of: date) -> list[Invitation]:
    """The invitations that are due: new calls, calls that were moved, calls that are off.

    Args:
        ledger: its Disputes and Activities.
        as_of: calls before it are over.

    Returns:
        In the order of the Disputes sheet, then those of disputes that were deleted. Two disputes
        of one number get none.
    """
    rows, sent = ledger.posted("Disputes"), _sent(ledger)
    cases = dispute_cases(ledger, as_of)
    standing = np.isnat(cases.ended) & (cases.opened <= day(as_of)) & cases.known
    alone = np.array(
        [np.count_nonzero(cases.number == each) == 1 for each in cases.number], dtype=np.bool_
    )
    company = ledger.policy.settings.company
    made: list[Invitation] = []
    for i in np.flatnonzero((cases.number != "") & alone).tolist():
        number, about = str(cases.number[i]), str(cases.invoice_no[i])
        before = sent.pop((_plain(number), about), None)
        when = None if np.isnat(cases.call_at[i]) else as_date(cases.call_at[i])
        wanted = bool(standing[i]) and when is not None and when >= as_of
        on, at = (when, call_time(str(rows.text("call_time")[i]))) if wanted else (None, None)
        due = _due(before, on, at, as_of)
        if due is None:
            continue
        on, at, off = due
        reason = str(cases.reason[i])
        made.append(
            Invitation(
                number, about, str(cases.customer_id[i]), uid_of(company, number, about),
                before.count if before else 0, on, at, off, int(cases.disputed[i]),
                str(cases.currency[i]), "" if reason == NO_REASON else reason,
                str(rows.text("owner")[i]), int(rows.row[i]),
            )
        )  # fmt: skip
    known = {(_plain(str(no)), str(about)) for no, about in zip(cases.number, cases.invoice_no,
                                                               strict=True)}  # fmt: skip
    gone = {key: last for key, last in sent.items() if key not in known}
    return [*made, *_of_the_deleted(company, gone, as_of)]


def uid_of(company: str, dispute_no: str, invoice_no: str) -> str:
    """The UID of the call about a dispute: the same wherever and whenever it is made."""
    return str(uuid5(_SPACE, "\n".join((company, _plain(dispute_no), invoice_no))))


def activities_of(request: Request, made: list[Invitation], papers: list[str]) -> Frame:
    """The Activities rows of invitations; they count as done once Done On is filled in.

    Args:
        request: its as-of date and user.
        made: the invitations.
        papers: folder and name of the file of each.
    """
    off = np.array([each.cancelled for each in made], dtype=np.bool_)
    next_date = np.array([each.on for each in made], dtype="datetime64[D]")
    next_date[off] = np.datetime64("NaT")
    return Frame.build(
        ACTIVITIES,
        len(made),
        date=np.full(len(made), day(request.as_of)),
        customer_id=text_array(each.customer_id for each in made),
        invoice_no=text_array(each.invoice_no for each in made),
        kind=CALL,
        outcome=text_array(_outcome(each) for each in made),
        next_action=text_array(
            "" if each.cancelled else f"Conference call about dispute {each.dispute_no}"
            for each in made
        ),
        next_date=next_date,
        by=request.user,
        paper=text_array(papers),
    )


def _outcome(made: Invitation) -> str:
    what = "Cancelled: conference call" if made.cancelled else "Invitation to a conference call"
    hour = f" {made.at:%H:%M}" if made.at else ""
    return f"{what} about dispute {made.dispute_no}, {made.on}{hour}"


def _due(
    before: _Sent | None, on: date | None, at: time | None, as_of: date
) -> tuple[date, time | None, bool] | None:
    """When to invite for, or what to cancel; None where nothing is to be sent."""
    if on is not None:
        same = before is not None and not before.off and (before.on, before.at) == (on, at)
        return None if same else (on, at, False)
    if before is None or before.off or before.on < as_of:
        return None
    return before.on, before.at, True


def _of_the_deleted(
    company: str, sent: dict[tuple[str, str], _Sent], as_of: date
) -> Iterator[Invitation]:
    """Cancellations of calls about disputes that nobody finds on the sheet any more."""
    for (number, about), last in sent.items():
        due = _due(last, None, None, as_of)
        if due is not None:
            yield Invitation(
                number, about, last.customer_id, uid_of(company, number, about), last.count,
                due[0], due[1], True, 0, "", "", "", 0,
            )  # fmt: skip


def _sent(ledger: Ledger) -> dict[tuple[str, str], _Sent]:
    """The last invitation by dispute, as file names write it, and invoice."""
    rows = ledger.posted("Activities")
    rows = rows.take(np.flatnonzero((rows.text("kind") == CALL) & (rows.text("paper") != "")))
    found: dict[tuple[str, str], _Sent] = {}
    for i, paper in enumerate(rows.text("paper").tolist()):
        said = _PAPER.search(paper)
        if said is None:
            continue
        try:
            on = date.fromisoformat(said["day"])
            at = time(int(said["time"][:2]), int(said["time"][2:])) if said["time"] else None
        except ValueError:
            continue
        key = (said["dispute"], str(rows.text("invoice_no")[i]))
        count = max(int(said["number"] or 1), found[key].count + 1 if key in found else 1)
        found[key] = _Sent(str(rows.text("customer_id")[i]), on, at, bool(said["off"]), count)
    return found


def _plain(number: str) -> str:
    """A dispute number as every system takes it in the name of a file."""
    return _NOT_IN_NAMES.sub("-", number)


def invoice_dates(ledger: Ledger, numbers: list[str]) -> list[date | None]:
    """The date of each of some documents; None where it is not posted."""
    documents = ledger.posted("Invoices")
    at = positions(documents.text("invoice_no"), text_array(numbers))
    return [as_date(documents.dates("invoice_date")[i]) if i >= 0 else None for i in at.tolist()]
