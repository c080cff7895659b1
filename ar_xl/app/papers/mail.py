"""E-mail drafts: a message with papers attached, as a file that a mail program opens to send.

`X-Unsent: 1` makes Outlook and others open it as a message still to be sent. It has no date: that
comes with sending. Its Message-ID is made of all that it says, so that the same message has the
same one, and a draft that was changed since is told from one that was not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from ar_xl.app.papers.addresses import one_line
from ar_xl.app.papers.headers import address_header, text_header

MOST_BYTES = 20_000_000  # of attachments; many servers take no more than 25 MB as it is sent
KINDS = {
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ics": ("text", "calendar"),
}
# No line of an encoded part begins so: `=_` stands in neither of the two encodings.
_BOUNDARY = "=_ar_xl_part"
_ID = re.compile(rb"Message-ID: <([0-9a-f]{40})@[A-Za-z0-9.-]+>\r\n")


@dataclass(frozen=True)
class Attachment:
    """A paper that goes with a message.

    Args:
        name: of the file as the reader sees it, with its ending.
        content: its bytes.
    """

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """What a draft says.

    Args:
        sender: the company's name and address.
        to: the customer's addresses, at least one.
        subject: one line; line breaks and characters that cannot be seen are taken out.
        body: plain text.
        attachments: papers, with the endings of `KINDS`.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    body: str
    attachments: Sequence[Attachment]


def draft(message: Message) -> bytes:
    """The bytes of an .eml file.

    Args:
        message: what it says; the same message gives the same bytes.

    Returns:
        Lines of ASCII as mail servers take them, every other character encoded.
    """
    assert message.to, "a draft needs an address"
    made = EmailMessage(policy=SMTP)
    made.set_content(message.body, cte="quoted-printable")
    for each in message.attachments:
        maintype, subtype = KINDS[_ending(each.name)]
        made.add_attachment(
            each.content, maintype=maintype, subtype=subtype, filename=one_line(each.name)
        )
    if made.is_multipart():
        made.set_boundary(_BOUNDARY)
    said = b"".join([
        b"X-Unsent: 1\r\n",
        address_header("From", [message.sender]),
        address_header("To", message.to),
        text_header("Subject", message.subject),
        made.as_bytes(),
    ])  # fmt: skip
    return b"Message-ID: <%b@%b>\r\n" % (_digest(said), message.sender.domain.encode()) + said


def message_id(raw: bytes) -> str:
    """The Message-ID of a draft that says what it was made to say.

    Returns:
        It, without its brackets; "" where the bytes are no draft of ours or were changed.
    """
    found = _ID.match(raw)
    if found is None or _digest(raw[found.end() :]) != found[1]:
        return ""
    return found[0].decode("ascii").partition("<")[2].rpartition(">")[0]


def to_send(raw: bytes, date_header: str) -> tuple[EmailMessage, bytes]:
    """A draft as it goes to a server: with its date, and no draft any more.

    Args:
        raw: a draft whose `message_id` holds.
        date_header: when it is sent, as mail says it: `Fri, 31 Oct 2026 17:04:05 +0000`.

    Returns:
        The message, for its addresses, and the bytes to send.
    """
    assert message_id(raw), "only a draft as it was made is sent"
    found = _ID.match(raw)
    assert found is not None
    rest = raw[found.end() :].removeprefix(b"X-Unsent: 1\r\n")
    sent = b"Date: %b\r\n%b%b" % (one_line(date_header).encode("ascii"), found[0], rest)
    parsed = message_from_bytes(sent, policy=SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed, sent


def _digest(said: bytes) -> bytes:
    return sha256(said).hexdigest()[:40].encode("ascii")


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2].casefold()
