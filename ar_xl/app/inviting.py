"""Inviting: calendar files for conference calls about disputes, each to one customer."""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.headerregistry import Address
from functools import partial

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.drafts import address_finding, customer_row, own_address
from ar_xl.app.outbox import Outbox, Paper, file_names
from ar_xl.app.papers.addresses import addresses, named
from ar_xl.app.papers.calendar import Event, calendar_file
from ar_xl.app.papers.invitation_words import Meeting, description, place, summary
from ar_xl.app.papers.wording import Wording
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change
from ar_xl.ops.collecting.invitations import (
    Invitation,
    activities_of,
    invitations,
    invoice_dates,
)

CALL_NOT_INVITED = code(
    "call_not_invited",
    Severity.WARNING,
    "an Email of the customer, or an address in Owner of the dispute",
    "Type the Email on the Customers sheet, or an address in Owner, then invite again; or call "
    "them.",
)
CUSTOMER_NOT_INVITED = code(
    "customer_not_invited",
    Severity.WARNING,
    "an Email of the customer, to invite the customer too",
    "The owner alone is invited: tell the customer yourself when the call is.",
)


def invite(desk: Desk) -> None:
    """Make the invitations that are due as papers, and note each on Activities.

    Args:
        desk: its disputes are numbered.

    Raises:
        Refusal: the settings have no address to invite from, or papers have no place to go.
    """
    due = invitations(desk.ledger, desk.request.as_of)
    kept, events = [], []
    for each in due:
        event = _event(desk, each)
        if event is not None:
            kept.append(each)
            events.append(event)
    if not kept:
        desk.said.append(
            f"No invitation was made: {counted(len(due), 'call')} with nobody to invite, see above."
            if due else
            "No invitation is due: no call from this day on that is not invited yet."
        )  # fmt: skip
        return
    names = [f"{name}.ics" for name in file_names(each.file_name for each in kept)]
    folder = desk.shelf().free(f"Invitations {desk.request.as_of}")
    stamp = _stamp(desk)
    desk.outboxes.append(
        Outbox(
            folder,
            [
                Paper(name, partial(calendar_file, event, stamp))
                for name, event in zip(names, events, strict=True)
            ],
        )
    )
    papers = [f"{folder}/{name}" for name in names]
    rows = activities_of(desk.request, kept, papers)
    desk.draft(Change(appends={"Activities": rows}, as_drafts=True))
    off = sum(each.cancelled for each in kept)
    desk.said.append(
        f"{counted(len(kept) - off, 'invitation')} and {counted(off, 'cancellation')} made. Open "
        "each and send it, then fill in Done On on the sheet Activities."
    )


def _event(desk: Desk, each: Invitation) -> Event | None:
    """The event of an invitation; None where there is nobody to invite. Who is not is noted."""
    settings = desk.ledger.policy.settings
    customer = customer_row(desk.ledger, each.customer_id)
    asked = _asked(desk, each, customer)
    if not asked:
        return None
    (issued,) = invoice_dates(desk.ledger, [each.invoice_no])
    about = Meeting(
        each.dispute_no, each.invoice_no, issued, each.amount, each.currency, each.reason,
        settings.phone, each.cancelled,
    )  # fmt: skip
    wording = Wording.of(customer.text("language")[0], settings.language)
    return Event(
        each.uid, each.sequence, each.on, each.at, settings.time_zone, summary(wording, about),
        description(wording, about), place(wording, about), wording.language,
        own_address(settings), asked, each.cancelled,
    )  # fmt: skip


def _asked(desk: Desk, each: Invitation, customer: Frame) -> tuple[Address, ...]:
    """The customer and the owner, as far as they have addresses; who has none is noted."""
    owner = addresses(each.owner).good
    problem = address_finding(customer)
    if problem is not None:
        said = CUSTOMER_NOT_INVITED if owner else CALL_NOT_INVITED
        seen = f"the call of {each.on}; {each.customer_id}: {problem.seen}"
        finding = Finding(said, "Disputes", each.row, "call_at", each.dispute_no, seen)
        desk.note([finding])
        return owner
    who = str(customer.text("contact")[0] or customer.text("name")[0])
    theirs = addresses(str(customer.text("email")[0])).good
    asked = [one if one.display_name else named(who, one) for one in theirs[:1]] + [*theirs[1:]]
    known = {one.addr_spec.casefold() for one in asked}
    return (*asked, *(one for one in owner if one.addr_spec.casefold() not in known))


def _stamp(desk: Desk) -> datetime:
    """When it was made: the time of the run, UTC."""
    text = desk.request.posted_at
    if not text:
        return datetime.combine(desk.request.as_of, time(), UTC)
    return datetime.fromisoformat(text).astimezone(UTC)
