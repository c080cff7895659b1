"""Send: the drafts that wait, through the company's mail server, no message twice.

Sending takes long and is no business of the workbook: it is read before and closed, and only what
the server took is marked in it afterwards. Until then the journal beside the drafts knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from ar_xl.app import clock, life
from ar_xl.app.answer import Answer, counted
from ar_xl.app.desk import Desk
from ar_xl.app.drafts import own_address
from ar_xl.app.mailing import terminal
from ar_xl.app.mailing.delivering import Delivered, deliver
from ar_xl.app.mailing.server import Account, Server
from ar_xl.app.mailing.waiting import FATE_UNKNOWN, Ready, Waiting, waiting
from ar_xl.app.outbox import Shelf, shelf_beside
from ar_xl.book import host
from ar_xl.book.layout import Layout
from ar_xl.book.reader import read_ledger
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code
from ar_xl.core.ledger import Derived, Ledger
from ar_xl.core.settings import Settings

MAIL_NOT_SET_UP = code(
    "mail_not_set_up",
    Severity.ERROR,
    "a Mail Server on the Settings sheet, and its password",
    "Fill in Mail Server and Mail User, or open the drafts in your mail program and send them "
    "from there. The password is asked for, or taken from the environment variable "
    f"{terminal.PASSWORD_VARIABLE}; never write it into a workbook.",
    Exit.WRONG_CALL,
)
NOT_AGREED = code(
    "sending_not_agreed",
    Severity.ERROR,
    "somebody's yes to what would be sent",
    "Look at a preview first, then agree: at a terminal when asked, in a script beforehand.",
    Exit.WRONG_CALL,
)
SENDING_NOW = code(
    "sending_goes_on",
    Severity.ERROR,
    "one run of sending at a time",
    "Wait until the other run is done.",
    Exit.BUSY,
)
MAIL_REFUSED = code(
    "email_refused",
    Severity.WARNING,
    "an address that the mail server takes",
    "Correct the Email on the Customers sheet and make the papers again, or send again later.",
)
_SHOWN = 20
Say = Callable[[str], None]


def send_command(desk: Desk) -> None:
    """Say which drafts wait, and fill in Done On of the papers that the mail server took."""
    found = waiting(
        desk.ledger, desk.shelf().place, desk.request.as_of, desk.params["customer"] or ""
    )
    desk.note(found.findings)
    desk.said += _said(found, found.ready)
    if found.accepted:
        rows = np.array([row for row, _ in found.accepted], dtype=np.int64)
        days = np.array([entry.on for _, entry in found.accepted], dtype="datetime64[D]")
        desk.mark((Derived("Activities", "done_on", rows, days),))
        desk.said.append(f"Done On is filled in for {counted(len(rows), 'paper')}.")


def send_drafts_command(
    options: life.Options, given: Mapping[str, Any], progress: Say, _: Say
) -> Answer:
    """Show what waits, ask, send, and mark what the server took."""
    as_of = options.as_of or clock.today()
    try:
        progress("Reading the workbook")
        ledger, layout, shelf = _read(Path(given["book"]))
        if options.preview:
            found = waiting(
                ledger, shelf.place, options.as_of or clock.today(), given["customer"] or ""
            )
            return _located(_shown(found, _chosen(found, given), options), layout)
        with _alone(shelf):
            answer = _sent(ledger, shelf, options, given, progress)
        marked = life.run("send", Path(given["book"]), options, {"customer": given["customer"]},
                          progress)  # fmt: skip
        return _located(_with_marks(answer, marked), layout)
    except Refusal as refusal:
        return life.refused("send", as_of, refusal, options.preview)
    except host.FileProblem as problem:
        return life.unusable("send", as_of, problem, options.preview)


def _read(book: Path) -> tuple[Ledger, Layout, Shelf]:
    host.insist_on_file(book)
    opened = host.open_book(book)
    try:
        read = read_ledger(opened)
        papers = read.ledger.policy.settings.papers_folder
        return read.ledger, read.layout, shelf_beside(str(opened.fullname), papers)
    finally:
        opened.close()


def _alone(shelf: Shelf) -> FileLock:
    """One run at a time on a folder of papers."""
    lock = FileLock(shelf.place / ".ar-xl-sending.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Refusal(SENDING_NOW, "Another run is sending these papers.") from None
    return lock


def _chosen(found: Waiting, given: Mapping[str, Any]) -> list[Ready]:
    limit = given["limit"]
    if limit is not None and not (limit.isdecimal() and limit.isascii()):
        raise Refusal(NOT_AGREED, f"`{limit}` is no number of e-mails.",
                      "a whole number", "Write a number such as 20.")  # fmt: skip
    return found.ready if limit is None else found.ready[: int(limit)]


def _shown(found: Waiting, ready: list[Ready], options: life.Options) -> Answer:
    """What would be sent."""
    return Answer(
        "send", options.as_of, findings=tuple(found.findings), said=_said(found, ready),
        preview=options.preview, more={"ready": [each.customer_id for each in ready]},
    )  # fmt: skip


def _said(found: Waiting, ready: list[Ready]) -> tuple[str, ...]:
    customers = list(dict.fromkeys(each.customer_id for each in ready))
    said = []
    if ready:
        more = f" and {len(customers) - _SHOWN:,} more" if len(customers) > _SHOWN else ""
        said.append(f"{_emails(ready)} to {counted(len(customers), 'customer')} can be sent: "
                    f"{', '.join(customers[:_SHOWN])}{more}.")  # fmt: skip
    elif not found.accepted and not found.held:
        said.append("No e-mail waits to be sent.")
    said += [f"All the same to {each.customer_id}: {each.despite}." for each in ready
             if each.despite]  # fmt: skip
    if found.held:
        said.append(f"{counted(found.held, 'e-mail')} held back: "
                    "what is in Activities would not be made any more.")  # fmt: skip
    later = len(found.ready) - len(ready)
    if later:
        said.append(_later(later))
    if found.without_draft:
        said.append(f"{counted(found.without_draft, 'paper')} without an e-mail draft: send by "
                    "post, or make the papers with e-mail drafts.")  # fmt: skip
    return tuple(said)


def _later(count: int) -> str:
    return f"{counted(count, 'e-mail')} {'waits' if count == 1 else 'wait'} for a later run."


def _emails(ready: list[Ready]) -> str:
    return counted(len(ready), "e-mail")


def _sent(
    ledger: Ledger, shelf: Shelf, options: life.Options, given: Mapping[str, Any], progress: Say
) -> Answer:
    found = waiting(ledger, shelf.place, options.as_of or clock.today(), given["customer"] or "")
    ready = _chosen(found, given)
    shown = _shown(found, ready, options)
    if not ready:
        return shown
    account = _account(ledger.policy.settings)
    _insist_on_agreement(shown, given)
    if account.user and not account.password:
        account = replace(account, password=_password(account))
    on = options.as_of or clock.today()
    done = deliver(ready, lambda: Server(account), on, clock.mail_text, progress)
    return _told(shown, found, ready, done)


def _account(settings: Settings) -> Account:
    """Where to log in; the password is asked for later.

    Raises:
        Refusal: no mail server is set up.
    """
    if not settings.mail_server:
        raise Refusal(MAIL_NOT_SET_UP, "Mail Server on the Settings sheet is empty.")
    domain = own_address(settings).domain
    return Account(settings.mail_server, int(settings.mail_port), settings.mail_security,
                   settings.mail_user, "", domain)  # fmt: skip


def _password(account: Account) -> str:
    password = terminal.password(f"Password of {account.user} at {account.host}: ")
    if not password:
        raise Refusal(MAIL_NOT_SET_UP, f"No password for {account.user} at {account.host}.")
    return password


def _insist_on_agreement(shown: Answer, given: Mapping[str, Any]) -> None:
    if given["yes"]:
        return
    if given["json"] or not terminal.is_there():
        raise Refusal(NOT_AGREED, " ".join(shown.said))
    if not terminal.agreed(f"{' '.join(shown.said)}\nSend now?"):
        raise Refusal(NOT_AGREED, "Nothing was sent.", fix="Run again when you want to send.")


def _told(shown: Answer, found: Waiting, ready: list[Ready], done: Delivered) -> Answer:
    findings = [
        *shown.findings,
        *(_finding(MAIL_REFUSED, each, f"{', '.join(each.to)}: {said}")
          for each, said in done.refused),
        *(_finding(FATE_UNKNOWN, each, "the connection ended before the mail server answered")
          for each in done.unknown),
    ]  # fmt: skip
    said = [f"{_emails(done.sent)} of {len(ready):,} sent."]
    if done.stopped:
        left = len(ready) - len(done.sent) - len(done.refused) - len(done.unknown)
        said.append(f"Stopped: {done.stopped}. {counted(left, 'e-mail')} not tried; run again.")
    later = len(found.ready) - len(ready)
    said += [_later(later)] if later else []
    well = len(done.sent) == len(ready)
    return replace(shown, findings=tuple(findings), said=tuple(said),
                   exit=Exit.DONE if well else Exit.REFUSED)  # fmt: skip


def _finding(what: Any, each: Ready, seen: str) -> Finding:
    return Finding(what, "Activities", each.rows[0], "paper", each.customer_id, seen)


def _with_marks(answer: Answer, marked: Answer) -> Answer:
    """The answer, with what became of marking."""
    if marked.exit is Exit.DONE:
        return replace(answer, said=(*answer.said, *marked.said[-1:]))
    return replace(
        answer, exit=marked.exit,
        said=(*answer.said, "What was sent could not be marked in the workbook; it is noted "
              "beside the drafts and is not sent again. Run send again to mark it.", *marked.said),
    )  # fmt: skip


def _located(answer: Answer, layout: Layout) -> Answer:
    return replace(answer, findings=tuple(layout.locate(each) for each in answer.findings))
