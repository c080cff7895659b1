"""The command send on a workbook: what it asks, what it marks, what it keeps to itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from ar_xl.app import life
from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.drafts import Mailing, add_drafts
from ar_xl.app.mailing import terminal
from ar_xl.app.outbox import Outbox, Paper
from ar_xl.app.papers.mailwords import About
from ar_xl.book import host
from ar_xl.cli import main
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change
from ar_xl.core.tables import BY_NAME
from tests.app.conftest import done, run
from tests.app.mailing.post_office import PostOffice

SECRET = "hunter2-secret"
BOX = "Letters 2026-10-31"


@pytest.fixture
def book(blank_book: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook with two customers, a letter and a draft for each, and a mail server."""
    opened = host.open_book(blank_book)
    sheet = opened.sheets["Settings"]
    values = {
        "Email": "ar@sons.example", "Mail Server": "localhost", "Mail Port": office.port,
        "Mail User": "ada",
    }  # fmt: skip
    for row in range(2, 120):
        name = sheet.range((row, 1)).value
        if name in values:
            sheet.range((row, 2)).value = values[name]
    host.save(opened, blank_book)
    opened.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(COMMANDS["check"].__class__, "work", property(lambda _: _letters))
        done(run("check", blank_book))
    monkeypatch.setenv(terminal.PASSWORD_VARIABLE, SECRET)
    return blank_book


def _letters(desk: Any) -> None:
    """What letters does: rows of Activities, papers, drafts."""
    names = ["Acme", "Bolt"]
    customers = Frame.build(
        BY_NAME["Customers"], 2, customer_id=np.array(["ACME", "BOLT"], dtype=object),
        name=np.array(names, dtype=object),
        email=np.array([f"jo@{n}.example".lower() for n in names], dtype=object),
    )  # fmt: skip
    papers = np.array([f"{BOX}/{n}.docx" for n in names], dtype=object)
    made = Frame.build(
        BY_NAME["Activities"], 2, date="2026-10-31", customer_id=customers.text("customer_id"),
        kind="Letter", paper=papers,
    )  # fmt: skip
    desk.draft(Change(appends={"Customers": customers, "Activities": made}))
    box = Outbox(BOX, [Paper(f"{n}.docx", n.encode) for n in names])
    mailings = [Mailing(n.upper(), n, (f"{n}.docx",), About.LETTER) for n in names]
    add_drafts(desk.ledger, desk.request, box, mailings)
    desk.outboxes.append(box)


pytestmark = pytest.mark.usefixtures("trusted")


def send(book: Path, *options: str, answer: str | None = None) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "is_there", lambda: answer is not None)
        given = ["send", str(book), "--as-of", "2026-11-02", *options]
        return CliRunner().invoke(main, given, input=answer)


def marks(book: Path) -> list[str]:
    opened = host.open_book(book)
    try:
        rows = opened.sheets["Activities"].range("M2:M3").value
        return [str(each)[:10] for each in rows]
    finally:
        opened.close()


def test_what_was_sent_is_marked_done_and_not_sent_again(book: Path, office: PostOffice) -> None:
    first, second = send(book, "--yes"), send(book, "--yes")

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "2 e-mails of 2 sent." in first.output
    assert marks(book) == ["2026-11-02", "2026-11-02"]
    assert len(office.got) == 2
    assert "No e-mail waits to be sent." in second.output


def test_a_preview_shows_and_sends_nothing(book: Path, office: PostOffice) -> None:
    before = book.read_bytes()
    shown = send(book, "--preview")

    assert "2 e-mails to 2 customers can be sent: ACME, BOLT." in shown.output
    assert (office.got, book.read_bytes()) == ([], before)


@pytest.mark.heavy
@pytest.mark.parametrize("answer", ["no\n", "\n", "maybe\n"])
def test_nothing_is_sent_without_a_plain_yes(book: Path, office: PostOffice, answer: str) -> None:
    asked = send(book, answer=answer)

    assert asked.exit_code == 2
    assert "2 e-mails to 2 customers can be sent" in asked.output
    assert office.got == []


@pytest.mark.heavy
def test_a_yes_sends(book: Path, office: PostOffice) -> None:
    assert send(book, answer="yes\n").exit_code == 0
    assert len(office.got) == 2


@pytest.mark.heavy
def test_where_nobody_can_be_asked_nothing_is_sent(book: Path, office: PostOffice) -> None:
    assert "agree" in send(book).output
    assert json.loads(send(book, "--json").output)["exit"] == 2
    assert office.got == []


@pytest.mark.heavy
def test_no_more_are_sent_than_the_limit(book: Path, office: PostOffice) -> None:
    limited = send(book, "--yes", "--limit", "1")

    assert "1 e-mail of 1 sent." in limited.output
    assert "1 e-mail waits for a later run." in limited.output
    assert marks(book) == ["2026-11-02", "None"]
    assert send(book, "--yes", "--limit", "few").exit_code == 2


@pytest.mark.heavy
def test_one_customer_alone_can_be_sent_to(book: Path, office: PostOffice) -> None:
    send(book, "--yes", "--customer", "BOLT")

    assert marks(book) == ["None", "2026-11-02"]


@pytest.mark.heavy
def test_what_was_sent_and_could_not_be_marked_is_marked_by_the_next_run(
    book: Path, office: PostOffice
) -> None:
    with host.locked(book, "Bob"):
        first = send(book, "--yes")
    second = send(book, "--yes")

    assert first.exit_code == 4
    assert "it is noted beside the drafts and is not sent again" in first.output.replace("\n", " ")
    assert (second.exit_code, marks(book)) == (0, ["2026-11-02", "2026-11-02"])
    assert len(office.got) == 2


@pytest.mark.heavy
def test_the_button_marks_what_was_sent_and_says_what_waits(book: Path, office: PostOffice) -> None:
    with host.locked(book, "Bob"):
        send(book, "--yes", "--limit", "1")
    answer = done(run("send", book))

    assert marks(book) == ["2026-11-02", "None"]
    assert "1 e-mail to 1 customer can be sent: BOLT." in answer.said


@pytest.mark.heavy
def test_the_password_stands_nowhere(
    book: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.wants = "another"
    refused = send(book, "--yes", "--json")
    assert json.loads(refused.output)["exit"] == 4
    monkeypatch.delenv(terminal.PASSWORD_VARIABLE)
    asked = send(book, "--yes")

    assert asked.exit_code == 2
    assert "AR_XL_MAIL_PASSWORD" in asked.output
    everything = [p.read_bytes() for p in book.parent.rglob("*") if p.is_file()]
    assert not [each for each in everything if SECRET.encode() in each]
    assert SECRET not in refused.output + asked.output
    assert life.Options("Ada", date(2026, 10, 31)).user == "Ada"
    assert office.got == []


@pytest.mark.heavy
def test_without_a_mail_server_the_drafts_are_what_there_is(book: Path, office: PostOffice) -> None:
    opened = host.open_book(book)
    sheet = opened.sheets["Settings"]
    row = next(r for r in range(2, 120) if sheet.range((r, 1)).value == "Mail Server")
    sheet.range((row, 2)).value = None
    host.save(opened, book)
    opened.close()

    assert "open the drafts in your mail program" in send(book, "--yes").output.replace("\n", " ")
