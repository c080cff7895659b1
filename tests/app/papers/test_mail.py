"""E-mail drafts: what a mail program finds in them."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.app.papers import mailwords
from ar_xl.app.papers.addresses import addresses, named, one_line
from ar_xl.app.papers.mail import Attachment, Message, draft, message_id, to_send
from ar_xl.app.papers.mailwords import About, Covering
from ar_xl.app.papers.wording import LANGUAGES, Wording

OURS = Address("Test & Sons, Ltd.", "ar", "sons.example")
THEIRS = Address("Müller & Söhne", "konto", "mueller.example")
PDF = Attachment("Kontoauszug Müller.pdf", b"%PDF-1.4 not really")


def message(**changed: object) -> Message:
    said = {
        "sender": OURS,
        "to": (THEIRS,),
        "subject": "Kontoauszug zum 31.10.2026",
        "body": "Guten Tag,\n\nanbei für Sie.\n",
        "attachments": (PDF,),
    }
    return Message(**{**said, **changed})  # type: ignore[arg-type]  # changed by name


def opened(raw: bytes) -> EmailMessage:
    read = message_from_bytes(raw, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def decoded(text: str) -> str:
    """A header as RFC 2047 reads it; the newer parser leaves blanks between encoded words."""
    return str(make_header(decode_header(text)))


def test_a_draft_opens_as_a_message_still_to_be_sent_with_its_papers() -> None:
    read = opened(draft(message()))

    assert (read["X-Unsent"], read["Date"]) == ("1", None)
    assert read["From"].addresses == (OURS,)
    assert read["To"].addresses == (THEIRS,)
    assert read["Subject"] == "Kontoauszug zum 31.10.2026"
    body = read.get_body()
    assert body is not None
    assert body.get_content().splitlines() == ["Guten Tag,", "", "anbei für Sie."]
    (paper,) = read.iter_attachments()
    assert paper.get_filename() == "Kontoauszug Müller.pdf"
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_content() == PDF.content
    assert read.defects == []


def test_every_byte_of_a_draft_is_one_that_any_server_takes() -> None:
    raw = draft(message(subject="Größe ✓ " * 20, body="€" * 3000 + "\n"))

    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


@settings(max_examples=40)
@given(st.text(), st.text(), st.text(), st.text())
def test_no_name_subject_text_or_file_name_adds_a_header_or_an_addressee(
    name: str, subject: str, body: str, file: str
) -> None:
    raw = draft(
        message(
            to=(named(name, THEIRS),), subject=subject, body=body,
            attachments=(Attachment(f"{file}.pdf", b"1"),),
        )
    )  # fmt: skip
    read = opened(raw)

    heads = {"Message-ID", "X-Unsent", "From", "To", "Subject", "MIME-Version", "Content-Type"}
    assert len(list(read)) == len(heads)
    assert set(read) == heads
    assert [each.addr_spec for each in read["To"].addresses] == ["konto@mueller.example"]
    assert [each.addr_spec for each in read["From"].addresses] == ["ar@sons.example"]
    plain = message_from_bytes(raw)
    assert decoded(parseaddr(plain["To"])[0]) == one_line(name)
    assert decoded(plain["Subject"]) == one_line(subject)
    (paper,) = read.iter_attachments()
    assert paper.get_content() == b"1"
    assert paper.get_filename() == one_line(f"{file}.pdf")


@pytest.mark.parametrize("evil", ["A\r\nBcc: b@evil.example", "A\nBcc: b@evil.example\n\nHello"])
def test_a_line_break_in_a_name_is_a_blank(evil: str) -> None:
    raw = draft(message(to=(named(evil, THEIRS),), subject=evil))

    assert b"\r\nBcc:" not in raw
    assert opened(raw)["Bcc"] is None


def test_the_same_message_gives_the_same_bytes_and_another_one_another_id() -> None:
    assert draft(message()) == draft(message())
    assert message_id(draft(message())) != message_id(draft(message(body="Other.\n")))


def test_a_draft_names_no_computer() -> None:
    assert message_id(draft(message())).rpartition("@")[2] == "sons.example"


def test_a_draft_that_was_changed_since_is_known_from_its_id() -> None:
    raw = draft(message())

    assert message_id(raw)
    assert not message_id(raw.replace(b"konto@", b"other@"))
    assert not message_id(raw + b"\r\nPS: one more thing")
    assert not message_id(b"From: somebody@else.example\r\n\r\nHello")


def test_what_goes_to_the_server_has_a_date_and_is_no_draft() -> None:
    raw = draft(message())
    parsed, sent = to_send(raw, "Sat, 31 Oct 2026 17:04:05 +0000")
    read = message_from_bytes(sent, policy=SMTP)

    assert read["Date"] == "Sat, 31 Oct 2026 17:04:05 +0000"
    assert read["X-Unsent"] is None
    assert read["Message-ID"] == f"<{message_id(raw)}>"
    assert parsed["To"].addresses == (THEIRS,)
    assert sent.partition(b"\r\n\r\n")[2] == raw.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    ("cell", "good"),
    [
        ("a@x.example", ["a@x.example"]),
        ("a@x.example; b@y.example,c@z.example", ["a@x.example", "b@y.example", "c@z.example"]),
        ("a@x.example\nb@y.example", ["a@x.example", "b@y.example"]),
        ('"Doe, Jo" <jo.doe+ar@x.example>', ["jo.doe+ar@x.example"]),
        ("a@X.example;A@x.example ;", ["a@x.example"]),
        ("post@bücher.example", ["post@xn--bcher-kva.example"]),
        ("", []),
    ],
)
def test_addresses_are_read_as_they_stand_in_the_cell(cell: str, good: list[str]) -> None:
    read = addresses(cell)

    assert [each.addr_spec for each in read.good] == good
    assert read.wrong == ()


@pytest.mark.parametrize(
    "cell",
    [
        "none", "a@", "@x.example", "a@x", "a b@x.example", "a@x..example", "a@-x.example",
        "jörg@x.example", "a@x.example b@x.example", "a@x.example\nBcc: b@x.example",
        "mailto:a@x.example", "<a@x.example", "a.@x.example", "a@x.example>",
        "a" * 65 + "@x.example", "a@x.example\x00", "a@x_y.example", "a@1.2.3.4@",
        ";".join(f"a{i}@x.example" for i in range(21)),
    ],
)  # fmt: skip
def test_what_is_no_address_is_said_and_never_mended(cell: str) -> None:
    assert addresses(cell).wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", About)
def test_every_language_says_what_is_attached_and_who_writes(language: str, about: About) -> None:
    covering = Covering(about, date(2026, 10, 31), "Test {& Sons}", "+1 555", "Ada", "Jo")
    text = mailwords.body(Wording(language), covering)

    assert text.splitlines()[0].endswith(" Jo,")
    assert Wording(language).date(covering.as_of) in text
    assert text.splitlines()[-3:] == ["Ada", "Test {& Sons}", "+1 555"]
    assert mailwords.subject(Wording(language), covering).endswith(" - Test {& Sons}")
