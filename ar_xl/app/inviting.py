"""Inviting: calendar files for conference calls about disputes, each to one customer."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import partial

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.drafts import address_finding, customer_row, own_address
from ar_xl.app.outbox import Outbox, Paper, file_names
from ar_xl.app.papers.addresses import addresses, named
from ar_xl.app.papers.calendar import Event, calendar_file
from ar_xl.app.papers.invitation_words import Meeting, description, place, summary
from ar_xl.app.papers.wording import Wording
from ar_xl.core.ledger import Change
from ar_xl.ops.collecting.invitations import (
    Invitation,
    activities_of,
    invitations,
    invoice_dates,
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
        desk.said.append("No invitation is due: no call from this day on that is not invited yet.")
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
    """The event of an invitation; None, and a finding, where the customer has no address."""
    settings = desk.ledger.policy.settings
    customer = customer_row(desk.ledger, each.customer_id)
    problem = address_finding(customer)
    if problem is not None:
        desk.note([problem])
        return None
    (issued,) = invoice_dates(desk.ledger, [each.invoice_no])
    about = Meeting(
        each.dispute_no, each.invoice_no, issued, each.amount, each.currency, each.reason,
        settings.phone, each.cancelled,
    )  # fmt: skip
    wording = Wording.of(customer.text("language")[0], settings.language)
    who = str(customer.text("contact")[0] or customer.text("name")[0])
    theirs = addresses(str(customer.text("email")[0])).good
    asked = [one if one.display_name else named(who, one) for one in theirs[:1]] + [*theirs[1:]]
    known = {one.addr_spec.casefold() for one in asked}
    asked += [one for one in addresses(each.owner).good if one.addr_spec.casefold() not in known]
    return Event(
        each.uid, each.sequence, each.on, each.at, settings.time_zone, summary(wording, about),
        description(wording, about), place(wording, about), wording.language,
        own_address(settings), tuple(asked), each.cancelled,
    )  # fmt: skip


def _stamp(desk: Desk) -> datetime:
    """When it was made: the time of the run, UTC."""
    text = desk.request.posted_at
    if not text:
        return datetime.combine(desk.request.as_of, time(), UTC)
    return datetime.fromisoformat(text).astimezone(UTC)
