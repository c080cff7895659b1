"""Sending drafts: each once, whatever happens in between."""

from __future__ import annotations

import os
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest

from ar_xl.app.drafts import Mailing, add_drafts
from ar_xl.app.mailing.delivering import Delivered, deliver
from ar_xl.app.mailing.journal import Fate, Journal
from ar_xl.app.mailing.server import Account, Server
from ar_xl.app.mailing.waiting import Waiting, place_of, waiting
from ar_xl.app.outbox import Outbox, Paper, shelf_beside, staged_papers
from ar_xl.app.papers.mailwords import About
from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Ledger, Request
from tests.app.mailing.post_office import PostOffice, post_office
from tests.ledger_text import ledger, policy

END = date(2026, 10, 31)
NAMES = ("Acme", "Bolt", "Caro")
BOOKS = """
    Customers
    Customer ID | Name | Email
    ACME        | Acme | jo@acme.example; ap@acme.example
    BOLT        | Bolt | jo@bolt.example
    CARO        | Caro | jo@caro.example

    Activities
    Date       | Customer ID | Kind   | Paper             | Done On
    2026-10-31 | ACME        | Letter | Letters/Acme.docx |
    2026-10-31 | BOLT        | Letter | Letters/Bolt.docx |
    2026-10-31 | CARO        | Letter | Letters/Caro.docx |
    2026-10-30 | CARO        | Call   |                   |
    2026-10-30 | CARO        | Letter | Letters/Old.docx  | 2026-10-30
    """


def books(text: str = BOOKS) -> Ledger:
    return ledger(text, policy(company="Sons", email="ar@sons.example"))


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder with three letters and their drafts; the drafts are in `Letters/E-mail`."""
    papers = [Paper(f"{n}.docx", f"letter to {n}".encode) for n in NAMES]
    box = Outbox("Letters", papers)
    mailings = [Mailing(n.upper(), n, (f"{n}.docx",), About.LETTER) for n in NAMES]
    add_drafts(books(), Request(END, "Ada"), box, mailings)
    shelf = shelf_beside(str(tmp_path / "books.xlsx"), "")
    with staged_papers(lambda: shelf, [box], lambda _: None):
        pass
    return tmp_path


def account(office: PostOffice, **changed: str) -> Account:
    said = {"host": "localhost", "security": "starttls", "user": "", "password": ""}
    return Account(port=office.port, domain="sons.example", **{**said, **changed})


def sent(found: Waiting, office: PostOffice, **changed: str) -> Delivered:
    return deliver(
        found.ready, lambda: Server(account(office, **changed)), END,
        lambda: "Sat, 31 Oct 2026 17:04:05 +0000", lambda _: None,
    )  # fmt: skip


def who(found: Waiting) -> list[str]:
    return [each.customer_id for each in found.ready]


def journal(place: Path) -> Journal:
    return Journal(place / "Letters" / "E-mail")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("tls", [False, True], ids=["starttls", "tls"])
def test_every_draft_is_sent_once_and_encrypted(
    drafts: Path, certified: tuple[Path, Path], tls: bool
) -> None:
    with post_office(*certified, tls=tls) as office:
        done = sent(waiting(books(), drafts, END), office, security="tls" if tls else "starttls")
        assert [each.customer_id for each in done.sent] == ["ACME", "BOLT", "CARO"]
        after = waiting(books(), drafts, END)
        assert (who(after), len(after.accepted)) == ([], 3)
        sent(after, office, security="tls" if tls else "starttls")
    assert [message_from_bytes(each)["To"] for each in office.got] == [
        '"Acme" <jo@acme.example>,\r\n "Acme" <ap@acme.example>',
        '"Bolt" <jo@bolt.example>',
        '"Caro" <jo@caro.example>',
    ]
    assert office.hellos
    assert set(office.hellos) == {"ehlo sons.example"}  # and not the name of this computer


@pytest.mark.usefixtures("trusted")
def test_who_the_server_refuses_is_named_with_its_words_and_the_rest_is_sent(
    drafts: Path, office: PostOffice
) -> None:
    office.refuse = {"ap@acme.example"}  # one of two: then neither gets it
    done = sent(waiting(books(), drafts, END), office)

    assert [(each.customer_id, said) for each, said in done.refused] == [
        ("ACME", "550 no such user here")
    ]
    assert len(office.got) == len(done.sent) == 2
    assert who(waiting(books(), drafts, END)) == ["ACME"]


@pytest.mark.usefixtures("trusted")
def test_a_message_that_the_server_does_not_take_may_be_sent_again(
    drafts: Path, office: PostOffice
) -> None:
    office.refuse_messages = "452 disk full"
    done = sent(waiting(books(), drafts, END), office)

    assert [said for _, said in done.refused] == ["452 disk full"] * 3
    assert len(who(waiting(books(), drafts, END))) == 3


@pytest.mark.usefixtures("trusted")
def test_a_connection_cut_within_a_message_leaves_its_fate_unknown_and_the_rest_unsent(
    drafts: Path, office: PostOffice
) -> None:
    office.cut_after = 2
    done = sent(waiting(books(), drafts, END), office)
    assert [each.customer_id for each in done.sent] == ["ACME"]
    assert [each.customer_id for each in done.unknown] == ["BOLT"]
    office.cut_after = 0

    after = waiting(books(), drafts, END)
    assert who(after) == ["CARO"]
    assert [(f.code.name, f.row_id) for f in after.findings] == [("email_fate_unknown", "BOLT")]
    assert who(waiting(books(), drafts, END, customer="BOLT")) == ["BOLT"]
    sent(after, office)
    assert len(office.got) == 3


@pytest.mark.usefixtures("trusted")
def test_a_run_that_died_before_it_marked_anything_is_taken_up_where_it_was(
    drafts: Path, office: PostOffice
) -> None:
    first, second, third = waiting(books(), drafts, END).ready
    journal(drafts).note(END, Fate.TRYING, first.message_id)
    journal(drafts).note(END, Fate.SENT, first.message_id)
    with journal(drafts).path.open("ab") as file:  # killed while it wrote the next line
        file.write(f"2026-10-31 trying <{second.message_id[:9]}".encode())

    after = waiting(books(), drafts, END)
    assert [row for row, _ in after.accepted] == list(first.rows)
    assert who(after) == ["BOLT", "CARO"]
    sent(after, office)
    assert {e.fate for e in journal(drafts).read().values()} == {Fate.SENT}
    assert third.message_id in journal(drafts).read()


@pytest.mark.usefixtures("trusted")
def test_a_server_that_takes_few_messages_a_connection_is_called_again(
    drafts: Path, office: PostOffice
) -> None:
    office.only = 1
    done = sent(waiting(books(), drafts, END), office)

    assert (len(done.sent), len(office.hellos)) == (3, 6)


@pytest.mark.usefixtures("trusted")
def test_a_journal_that_cannot_be_written_stops_before_anything_is_handed_over(
    drafts: Path, office: PostOffice
) -> None:
    journal(drafts).path.mkdir()
    done = sent(waiting(books(), drafts, END), office)

    assert (done.sent, office.got) == ([], [])
    assert done.stopped


def test_a_certificate_that_nobody_vouches_for_ends_it(drafts: Path, office: PostOffice) -> None:
    with pytest.raises(Refusal, match="certificate cannot be trusted"):
        sent(waiting(books(), drafts, END), office)
    assert office.got == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"user": "ada", "password": "a secret"},
            "refused the name or the password: wrong password",
        ),
        ({"host": "127.0.0.1"}, "certificate cannot be trusted"),
        ({"security": "tls"}, "did not answer|version"),
    ],
)
def test_what_is_wrong_with_the_server_is_said_in_words(
    drafts: Path, office: PostOffice, changed: dict[str, str], said: str
) -> None:
    office.wants = "none of these"
    with pytest.raises(Refusal, match=said) as refused:
        sent(waiting(books(), drafts, END), office, **changed)
    assert "a secret" not in str(refused.value)


def test_a_server_without_encryption_gets_neither_password_nor_message(
    drafts: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtplib.SMTP.has_extn", lambda *_: False)
    with pytest.raises(Refusal, match="offers no encryption"):
        sent(waiting(books(), drafts, END), office, user="ada", password="secret")
    assert office.got == []


def test_what_was_sent_on_a_day_that_no_calendar_has_was_sent(drafts: Path) -> None:
    (one, *_) = waiting(books(), drafts, END).ready
    journal(drafts).path.write_text(f"2026-13-99 sent <{one.message_id}>\n", encoding="ascii")

    assert who(waiting(books(), drafts, END)) == ["BOLT", "CARO"]


def test_a_journal_holds_nobodys_name_or_address(drafts: Path) -> None:
    (one, *_) = waiting(books(), drafts, END).ready
    journal(drafts).note(END, Fate.SENT, one.message_id)

    text = journal(drafts).path.read_text(encoding="ascii")
    assert text == f"2026-10-31 sent <{one.message_id}>\n"
    assert "acme" not in text.lower()


def _no(raw: bytes) -> bytes:
    return raw.replace(b"jo@bolt", b"me@bolt")


@pytest.mark.parametrize(
    ("name", "change", "seen"),
    [
        ("E-mail/Bolt.eml", _no, "the draft was changed"),
        ("Bolt.docx", lambda _: b"edited in Word", "`Bolt.docx` is not what the draft holds"),
    ],
)
def test_a_draft_or_paper_that_was_changed_since_is_not_sent(
    drafts: Path, name: str, change: object, seen: str
) -> None:
    path = drafts / "Letters" / name
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]  # a function
    found = waiting(books(), drafts, END)

    assert who(found) == ["ACME", "CARO"]
    assert [f.seen.partition(": ")[2] for f in found.findings] == [seen]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("jo@bolt.example", "new@bolt.example", "draft_changed_since"),
        ("jo@bolt.example", "none", "email_not_an_address"),
        ("jo@bolt.example", "", "email_missing"),
        ("Letters/Bolt.docx", "../../etc/passwd", "paper_outside_its_folder"),
        ("Letters/Bolt.docx", "Letters/Gone.docx", "paper_outside_its_folder"),
    ],
)
def test_what_does_not_fit_any_more_is_said_and_not_sent(
    drafts: Path, before: str, after: str, code: str
) -> None:
    found = waiting(books(BOOKS.replace(before, after)), drafts, END)

    assert who(found) == ["ACME", "CARO"]
    assert [(f.code.name, f.row_id) for f in found.findings] == [(code, "BOLT")]


def test_a_row_that_names_anothers_paper_does_not_send_it(drafts: Path) -> None:
    found = waiting(books(BOOKS.replace("Letters/Bolt.docx", "Letters/Acme.docx")), drafts, END)

    assert who(found) == ["CARO"]


def test_a_paper_without_draft_goes_by_post(drafts: Path) -> None:
    (drafts / "Letters" / "E-mail" / "Bolt.eml").unlink()
    found = waiting(books(), drafts, END)

    assert (who(found), found.without_draft) == (["ACME", "CARO"], 1)


@pytest.mark.parametrize(
    "paper",
    ["../a", "a/../../b", "/etc/passwd", "C:/a", "C:a", "a\\..\\b", "./a", "a//b", "a/", "a\x00",
     "//server/share"],
)  # fmt: skip
def test_a_paper_cell_leads_nowhere_but_into_the_folder(tmp_path: Path, paper: str) -> None:
    assert place_of(tmp_path, paper) is None


def test_nor_does_a_link_lead_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    os.symlink("/etc", tmp_path / "in" / "out")

    assert place_of(tmp_path / "in", "out/passwd") is None


STATEMENTS = """
    Customers
    Customer ID | Name | Email
    ACME        | Acme | jo@acme.example

    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-10-05   | 2026-11-04 | 100.00

    Activities
    Date       | Customer ID | Kind      | Paper      | Done On
    2026-10-31 | ACME        | Statement | S/Acme.pdf |
    2026-10-31 | ACME        | Statement | S2/Acme.pdf |
    """


def with_statements(place: Path, texts: tuple[str, str]) -> None:
    """Two folders with a statement and its draft each."""
    shelf = shelf_beside(str(place / "books.xlsx"), "")
    for folder, text in zip(("S", "S2"), texts, strict=True):
        box = Outbox(folder, [Paper("Acme.pdf", text.encode)])
        mailing = Mailing("ACME", "Acme", ("Acme.pdf",), About.STATEMENT)
        add_drafts(books(STATEMENTS), Request(END, "Ada"), box, [mailing])
        with staged_papers(lambda: shelf, [box], lambda _: None):
            pass


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("kind", ["Statement", "Letter"])
def test_the_same_message_in_two_folders_is_sent_once_and_marks_both(
    tmp_path: Path, office: PostOffice, kind: str
) -> None:
    with_statements(tmp_path, ("same", "same"))
    both = books(STATEMENTS.replace("Statement ", f"{kind} "))
    assert len(waiting(both, tmp_path, END).ready) == 1
    sent(waiting(both, tmp_path, END), office)
    after = waiting(both, tmp_path, END)
    assert (len(office.got), who(after), len(after.accepted)) == (1, [], 2)


def test_a_statement_made_again_the_same_day_replaces_the_one_before(tmp_path: Path) -> None:
    with_statements(tmp_path, ("old", "new"))
    found = waiting(books(STATEMENTS), tmp_path, END)
    assert [each.draft.parent.parent.name for each in found.ready] == ["S2"]
    assert [(f.code.name, f.seen) for f in found.findings] == [
        ("statement_made_again", "made again: S2/Acme.pdf")
    ]
    (tmp_path / "S2" / "E-mail" / "Acme.eml").unlink()
    left = waiting(books(STATEMENTS), tmp_path, END)
    assert [each.draft.parent.parent.name for each in left.ready] == ["S"], "nothing else can go"


def test_a_letter_that_would_not_be_made_any_more_is_not_sent(drafts: Path) -> None:
    told = BOOKS.replace("Kind   | Paper", "Kind | Step | Paper").replace("Call   |", "Call | |")
    told = told.replace("Letter | Letters/", "Letter | First | Letters/")
    found = waiting(books(told), drafts, END)
    assert who(found) == []
    assert [(f.code.name, f.seen) for f in found.findings][:1] == [
        ("letter_overtaken", "nothing that it is about is open any more")
    ]
    named = waiting(books(told), drafts, END, customer="BOLT")
    assert who(named) == ["BOLT"]
    assert [f.code.name for f in named.findings] == ["email_goes_all_the_same"]
    assert (found.held, named.ready[0].despite) == (
        3, "nothing that it is about is open any more"
    )  # fmt: skip
