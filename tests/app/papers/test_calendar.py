"""Calendar files as another program reads them, and their lines as RFC 5545 wants them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.headerregistry import Address
from typing import Any

import pytest
from icalendar import Calendar

from ar_xl.app.papers.calendar import Event, calendar_file

STAMP = datetime(2026, 10, 31, 17, 4, 5, tzinfo=UTC)
EVENT = Event(
    uid="1f6f7b0c-0000-5000-8000-000000000001",
    sequence=0,
    on=date(2026, 11, 2),
    at=time(14, 30),
    zone="",
    summary="Conference call about invoice INV-1",
    description="Invoice: INV-1\nReason: Damage; 3 of 5, \\ wet",
    place="Telephone +1 555 0100",
    language="en",
    organizer=Address("Test & Sons", "ar", "test.example"),
    attendees=(
        Address('Ann "Q" Smith; Ltd, Inc: x', "pay", "acme.example"),
        Address("", "eve", "test.example"),
    ),
    cancelled=False,
)


def read(event: Event) -> tuple[Any, Any]:
    """The calendar and its event, by the icalendar library."""
    found = Calendar.from_ical(calendar_file(event, STAMP))
    (one,) = found.walk("VEVENT")
    return found, one


def test_another_reader_finds_what_was_written() -> None:
    calendar, event = read(EVENT)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert str(event["UID"]) == EVENT.uid
    assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")
    assert event["DTSTAMP"].dt == STAMP
    assert str(event["SUMMARY"]) == EVENT.summary
    assert str(event["DESCRIPTION"]) == EVENT.description
    assert str(event["LOCATION"]) == EVENT.place
    assert str(event["ORGANIZER"]) == "mailto:ar@test.example"
    asked = event["ATTENDEE"]
    assert [str(each) for each in asked] == ["mailto:pay@acme.example", "mailto:eve@test.example"]
    assert asked[0].params["RSVP"] == "TRUE"


def test_a_time_without_a_zone_is_that_of_whoever_reads_it() -> None:
    _, event = read(EVENT)
    assert event["DTSTART"].dt == datetime(2026, 11, 2, 14, 30)  # it floats
    assert event["DTEND"].dt == datetime(2026, 11, 2, 15, 0)


@pytest.mark.parametrize(("on", "hour"), [(date(2026, 11, 2), 13), (date(2026, 7, 2), 12)])
def test_a_time_of_a_zone_is_written_in_utc_summer_time_and_all(on: date, hour: int) -> None:
    _, event = read(replace(EVENT, on=on, zone="Europe/Berlin"))
    assert event["DTSTART"].dt == datetime(on.year, on.month, on.day, hour, 30, tzinfo=UTC)


def test_without_a_time_it_is_for_the_whole_day() -> None:
    _, event = read(replace(EVENT, at=None, zone="Europe/Berlin"))
    assert event["DTSTART"].dt == date(2026, 11, 2)
    assert event["DTEND"].dt == date(2026, 11, 3)


def test_a_cancellation_names_the_same_event_and_a_later_version() -> None:
    calendar, event = read(replace(EVENT, cancelled=True, sequence=2))
    assert (calendar["METHOD"], str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert (str(event["UID"]), event["SEQUENCE"]) == (EVENT.uid, 2)


@pytest.mark.parametrize("text", ["ü" * 200, "漢字" * 60, "😀" * 50, "a" * 74 + "é", "x," * 90])
def test_lines_have_at_most_75_octets_and_no_character_is_cut(text: str) -> None:
    made = calendar_file(replace(EVENT, summary=text), STAMP)
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert all(line.decode("utf-8") for line in made.rstrip(b"\r\n").split(b"\r\n"))
    assert str(read(replace(EVENT, summary=text))[1]["SUMMARY"]) == text


def test_what_somebody_typed_cannot_add_lines_of_its_own() -> None:
    evil = "x\r\nATTENDEE:mailto:eve@evil.example\x85y\u2028END:VEVENT"
    event = replace(
        EVENT, summary=evil, description=evil, place=evil,
        attendees=(Address(evil.replace("\r\n", " "), "pay", "acme.example"),),
    )  # fmt: skip
    _, found = read(event)
    assert str(found["ATTENDEE"]) == "mailto:pay@acme.example"
    made = calendar_file(event, STAMP).replace(b"\r\n ", b"").decode("utf-8")
    assert made.count("\r\nATTENDEE") == 1
    assert made.count("\r\nEND:VEVENT") == 1


def test_the_same_event_makes_the_same_bytes() -> None:
    assert calendar_file(EVENT, STAMP) == calendar_file(EVENT, STAMP)
