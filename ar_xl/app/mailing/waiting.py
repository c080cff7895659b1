"""What waits to be sent: papers of Activities that were produced, with drafts that still hold.

A draft is sent only as it was made: its bytes, its papers and its addressee are looked at again.
What the Activities sheet names is looked for in the folder of papers and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path, PurePosixPath

import numpy as np

from ar_xl.app.drafts import FOLDER, address_finding, customer_row, draft_of, own_address
from ar_xl.app.mailing.journal import NAME, Entry, Fate, Journal
from ar_xl.app.papers.addresses import addresses
from ar_xl.app.papers.mail import message_id
from ar_xl.core.findings import Code, Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.sending import overtaken, replaced_statements
from ar_xl.ops.statements.overtaken import overtaken_statements

PAPER_ELSEWHERE = code(
    "paper_outside_its_folder",
    Severity.WARNING,
    "a paper in the folder of papers, named as it was when it was made",
    "Put back what the Paper cell said; nothing is sent for this row.",
)
DRAFT_CHANGED = code(
    "draft_changed_since",
    Severity.WARNING,
    "the draft and its papers as they were made, to the address that stands with the customer",
    "Make the papers again, or open the draft in your mail program and send it from there.",
)
STATEMENT_REPLACED = code(
    "statement_made_again",
    Severity.WARNING,
    "one statement a customer and day",
    "The newer one is sent in its place. Delete the row of the older one; if it is the older that "
    "should go, open its draft in your mail program.",
)
LETTER_OVERTAKEN = code(
    "letter_overtaken",
    Severity.WARNING,
    "a letter or statement that would be made today, too",
    "It is not sent. Delete its row from Activities, and make letters again; if it should go "
    "nevertheless, have it sent for this customer alone.",
)
SENT_ALL_THE_SAME = code(
    "email_goes_all_the_same",
    Severity.WARNING,
    "a letter or statement that would be made today, too",
    "It can be sent because this customer alone was asked for. Where it should not go, delete its "
    "row from Activities.",
)
FATE_UNKNOWN = code(
    "email_fate_unknown",
    Severity.WARNING,
    "the mail server's word that it took the message",
    "Ask the customer, or look whether your mail server kept a copy. If it arrived, type Done On; "
    "if it did not, open the draft in your mail program, or have it sent for this customer alone.",
)


@dataclass(frozen=True)
class Ready:
    """A draft that may be sent.

    Args:
        rows: of Activities that it is for.
        customer_id: whose.
        draft: the file.
        message_id: of it.
        sender, to: addresses.
        despite: why it would have been held back, had the customer not been named.
    """

    rows: tuple[int, ...]
    customer_id: str
    draft: Path
    message_id: str
    sender: str
    to: tuple[str, ...]
    despite: str = ""


@dataclass
class Waiting:
    """What waits, and what does not any more.

    Args:
        ready: to be sent.
        accepted: rows of Activities whose message the server took, with its entry.
        without_draft: rows whose paper has no draft.
        held: how many drafts are held back, for they would not be made any more.
        findings: why others are not sent.
    """

    ready: list[Ready] = field(default_factory=list)
    accepted: list[tuple[int, Entry]] = field(default_factory=list)
    without_draft: int = 0
    held: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What a draft is judged by."""

    ledger: Ledger
    own: str
    entries: Mapping[str, Entry]
    replaced: Mapping[int, str]
    overtaken: Mapping[int, str]
    again: bool


def waiting(ledger: Ledger, place: Path, as_of: date, customer: str = "") -> Waiting:
    """Look through the papers that were produced and not yet sent.

    Args:
        ledger: its Activities, Customers and Settings.
        place: the folder of papers.
        as_of: the day of sending: a paper that would not be made then is not sent.
        customer: only this one's; a message whose fate is unknown may then be sent again, and a
            paper that would not be made any more, which is said.

    Raises:
        Refusal: the settings have no address to send from.
    """
    own = own_address(ledger.policy.settings).addr_spec
    rows = ledger.posted("Activities")
    open_rows = (rows.text("paper") != "") & np.isnat(rows.dates("done_on"))
    if customer:
        open_rows &= rows.text("customer_id") == customer
    rows = rows.take(np.flatnonzero(open_rows))
    found = Waiting()
    drafts = _by_draft(rows, place, found)
    # The same message may lie in two folders: what any journal knows holds for both.
    folders = {each.parent for each in place.glob(f"*/{FOLDER}/{NAME}")}
    entries = Journal.read_all(folders | {draft.parent for draft in drafts})
    over = overtaken(ledger, as_of) | overtaken_statements(ledger, as_of)
    known = _Known(ledger, own, entries, _replaced(ledger, place), over, bool(customer))
    for draft, members in drafts.items():
        part = rows.take(np.array(members, dtype=np.int64))
        if not draft.is_file():
            found.without_draft += len(members)
            continue
        _look_at(known, part, draft, found)
    found.ready = _each_once(found.ready)
    return found


def _replaced(ledger: Ledger, place: Path) -> dict[int, str]:
    """Rows of statements that a newer one replaces which was sent or can be, with its paper."""
    rows = ledger.posted("Activities")
    made = {}
    for old, new in replaced_statements(rows).items():
        paper = str(rows.text("paper")[new])
        file = place_of(place, draft_of(paper))
        if not np.isnat(rows.dates("done_on")[new]) or (file is not None and file.is_file()):
            made[old] = paper
    return made


def _each_once(ready: Iterable[Ready]) -> list[Ready]:
    """The same message in two folders is one message, for the rows of both."""
    once: dict[str, Ready] = {}
    for each in ready:
        before = once.get(each.message_id)
        rows = each.rows if before is None else (*before.rows, *each.rows)
        once[each.message_id] = replace(before or each, rows=rows)
    return list(once.values())


def place_of(place: Path, paper: str) -> Path | None:
    """The file that a Paper cell names, within the folder of papers; None where it leads out.

    Args:
        place: the folder.
        paper: as it stands in the cell, with slashes.
    """
    path = PurePosixPath(paper)
    strange = any(part in ("", ".", "..") for part in paper.split("/"))
    if strange or path.is_absolute() or "\\" in paper or ":" in paper or "\x00" in paper:
        return None
    whole = place / path
    return whole if whole.resolve().is_relative_to(place.resolve()) else None


def _by_draft(rows: Frame, place: Path, found: Waiting) -> dict[Path, list[int]]:
    """Which rows each draft is for; a row whose paper leads elsewhere or is gone is said."""
    drafts: dict[Path, list[int]] = {}
    for i, paper in enumerate(rows.text("paper")):
        file = place_of(place, paper)
        if file is None or not file.is_file():
            seen = f"`{paper}`" + ("" if file is None else ", which is not there")
            found.findings.append(_finding(PAPER_ELSEWHERE, rows, i, seen))
            continue
        drafts.setdefault(place / PurePosixPath(draft_of(paper)), []).append(i)
    return drafts


def _look_at(known: _Known, part: Frame, draft: Path, found: Waiting) -> None:
    """Tell whether one draft is ready, was accepted, or why it is not sent."""
    raw = draft.read_bytes()
    said_id = message_id(raw)
    entry = known.entries.get(said_id)
    if entry is not None and entry.fate is Fate.SENT:
        found.accepted += [(row, entry) for row in part.row.tolist()]
        return
    newer = [known.replaced[row] for row in part.row.tolist() if row in known.replaced]
    if len(newer) == len(part):
        found.findings.append(_finding(STATEMENT_REPLACED, part, 0, f"made again: {newer[0]}"))
        return
    over = [known.overtaken[row] for row in part.row.tolist() if row in known.overtaken]
    if over and not known.again:
        found.findings.append(_finding(LETTER_OVERTAKEN, part, 0, over[0]))
        found.held += 1
        return
    customers = set(part.text("customer_id"))
    row = customer_row(known.ledger, part.text("customer_id")[0])
    problem = address_finding(row)
    if problem is not None:
        found.findings.append(problem)
        return
    wanted = [each.addr_spec for each in addresses(row.text("email")[0]).good]
    why = "the draft was changed" if not said_id else _differs(raw, draft, known.own, wanted)
    if len(customers) > 1:
        why = "it is named for several customers"
    if why:
        found.findings.append(_finding(DRAFT_CHANGED, part, 0, f"{draft.name}: {why}"))
    elif entry is not None and entry.fate is Fate.TRYING and not known.again:
        seen = f"the connection ended on {entry.on} before the mail server answered"
        found.findings.append(_finding(FATE_UNKNOWN, part, 0, seen))
    else:
        found.findings += [_finding(SENT_ALL_THE_SAME, part, 0, why) for why in over[:1]]
        found.ready.append(Ready(tuple(part.row.tolist()), part.text("customer_id")[0], draft,
                                 said_id, known.own, tuple(wanted), "".join(over[:1])))  # fmt: skip


def _differs(raw: bytes, draft: Path, own: str, wanted: Sequence[str]) -> str:
    """What is not any more as it was when the draft was made; "" where all is."""
    read = message_from_bytes(raw, policy=default)
    assert isinstance(read, EmailMessage)
    if [each.addr_spec for each in read["From"].addresses] != [own]:
        return "it is from another address than that of the Settings sheet"
    if [each.addr_spec for each in read["To"].addresses] != wanted:
        return "it is to another address than that of the Customers sheet"
    for attached in read.iter_attachments():
        name = attached.get_filename() or ""
        file = place_of(draft.parent.parent, name)
        if file is None or not file.is_file() or file.read_bytes() != _content(attached):
            return f"`{name}` is not what the draft holds"
    return ""


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _finding(what: Code, rows: Frame, i: int, seen: str) -> Finding:
    return Finding(what, "Activities", int(rows.row[i]), "paper", rows.text("customer_id")[i], seen)
