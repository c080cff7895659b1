"""A calendar file: one event with its attendees, as RFC 5545 and RFC 5546 have it.

Every calendar program that takes invitations opens it. The same event and stamp make the same
bytes; nothing in it names a computer or a user of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.headerregistry import Address
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ar_xl.app.papers.addresses import one_line

MINUTES = 30  # a conference call takes so long where nobody says otherwise
_OCTETS = 75  # of a line (RFC 5545, 3.1)


@dataclass(frozen=True)
class Event:
    """What a calendar is told.

    Args:
        uid, sequence: which event, and which version of it.
        on, at: when; without a time it is for the whole day.
        zone: an IANA name; "" leaves the time as it stands, wherever it is read.
        summary, description, place: texts; line breaks in the description stay.
        language: of the texts, `de`.
        organizer: who asks, with a name.
        attendees: who is asked.
        cancelled: the event is off.
    """

    uid: str
    sequence: int
    on: date
    at: time | None
    zone: str
    summary: str
    description: str
    place: str
    language: str
    organizer: Address
    attendees: tuple[Address, ...]
    cancelled: bool


def calendar_file(event: Event, stamp: datetime) -> bytes:
    """The bytes of an .ics file.

    Args:
        event: what it says.
        stamp: when it was made, UTC.
    """
    return b"".join(_folded(line) for line in _lines(event, stamp))


def _lines(event: Event, stamp: datetime) -> Iterator[str]:
    in_language = f";LANGUAGE={event.language}" if event.language else ""
    yield "BEGIN:VCALENDAR"
    yield "PRODID:-//ar_xl//Conference calls//EN"
    yield "VERSION:2.0"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{'CANCEL' if event.cancelled else 'REQUEST'}"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{event.sequence}"
    yield from _times(event)
    yield f"SUMMARY{in_language}:{_escaped(one_line(event.summary))}"
    if event.description:
        yield f"DESCRIPTION{in_language}:{_escaped(event.description)}"
    if event.place:
        yield f"LOCATION:{_escaped(one_line(event.place))}"
    yield f"ORGANIZER{_name(event.organizer)}:{_mailto(event.organizer)}"
    for each in event.attendees:
        asked = "" if event.cancelled else ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        yield f"ATTENDEE{_name(each)};ROLE=REQ-PARTICIPANT{asked}:{_mailto(each)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'OPAQUE' if event.at else 'TRANSPARENT'}"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _times(event: Event) -> Iterator[str]:
    """Beginning and end: a day, a time that floats, or one in UTC, which needs no zone's rules."""
    if event.at is None:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
        return
    start, mark = datetime.combine(event.on, event.at), ""
    if event.zone:
        start, mark = start.replace(tzinfo=ZoneInfo(event.zone)).astimezone(UTC), "Z"
    for name, when in (("DTSTART", start), ("DTEND", start + timedelta(minutes=MINUTES))):
        yield f"{name}:{when:%Y%m%dT%H%M%S}{mark}"


def _escaped(text: str) -> str:
    """A value of type TEXT; characters that nobody sees are taken out of each line."""
    lines = [one_line(line) for line in text.splitlines()]
    whole = "\n".join(lines).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return whole.replace("\n", "\\n")


def _name(address: Address) -> str:
    """The parameter CN, where the address has a name; quotes as RFC 6868 writes them."""
    name = one_line(address.display_name)
    return f';CN="{name.replace("^", "^^").replace(chr(34), "^" + chr(39))}"' if name else ""


def _mailto(address: Address) -> str:
    return "mailto:" + quote(address.addr_spec, safe="@!$'*+-=._~")


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets; no character is cut in two."""
    pieces, room = [b""], _OCTETS
    for character in line:
        encoded = character.encode("utf-8")
        if len(pieces[-1]) + len(encoded) > room:
            pieces.append(b"")
            room = _OCTETS - 1  # what follows begins with a blank
        pieces[-1] += encoded
    return b"\r\n ".join(pieces) + b"\r\n"
