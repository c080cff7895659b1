"""Delivering: drafts one after the other, each noted in its journal before the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ar_xl.app.mailing.journal import Fate, Journal
from ar_xl.app.mailing.server import ConnectionLostError, FateUnknownError, Server
from ar_xl.app.mailing.waiting import Ready
from ar_xl.app.papers.mail import message_id, to_send
from ar_xl.core.findings import Refusal


@dataclass
class Delivered:
    """How a run of sending went.

    Args:
        sent: what the server took.
        refused: what it did not, with its answer.
        unknown: the message after which the connection ended; nothing was sent after it.
        stopped: why the rest was not tried, "" where all was.
    """

    sent: list[Ready] = field(default_factory=list)
    refused: list[tuple[Ready, str]] = field(default_factory=list)
    unknown: list[Ready] = field(default_factory=list)
    stopped: str = ""


def deliver(
    ready: Sequence[Ready],
    connect: Callable[[], Server],
    on: date,
    date_header: Callable[[], str],
    progress: Callable[[str], None],
) -> Delivered:
    """Send drafts; a connection that ends between two messages is opened once more.

    Args:
        ready: what to send, in order.
        connect: opens a connection; a Refusal at the first is the caller's.
        on: the day for the journal.
        date_header: the time now, as mail says it.
        progress: called with a few words, `x of y` among them.
    """
    done = Delivered()
    line = _Line(connect)
    try:
        for count, each in enumerate(ready, 1):
            progress(f"Sending, {count:,} of {len(ready):,}")
            _deliver_one(line, each, on, date_header, done)
            if done.stopped:
                break
    finally:
        line.server.close()
    return done


class _Line:
    """The connection, opened again where it ended."""

    def __init__(self, connect: Callable[[], Server]) -> None:
        self._connect = connect
        self.server = connect()

    def again(self) -> None:
        self.server.close()
        self.server = self._connect()


def _deliver_one(
    line: _Line, each: Ready, on: date, date_header: Callable[[], str], done: Delivered
) -> None:
    journal = Journal(each.draft.parent)
    try:
        raw = each.draft.read_bytes()
        if message_id(raw) != each.message_id:
            done.refused.append((each, "the draft was changed just now"))
            return
        _, content = to_send(raw, date_header())
        try:
            answer = _hand_over(line.server, each, content, journal, on)
        except ConnectionLostError:
            line.again()
            answer = _hand_over(line.server, each, content, journal, on)
        journal.note(on, Fate.REFUSED if answer else Fate.SENT, each.message_id)
    except ConnectionLostError:
        done.stopped = "the connection to the mail server ended twice"
    except FateUnknownError:
        done.unknown.append(each)
        done.stopped = "the connection to the mail server ended within a message"
    except Refusal as refusal:
        done.stopped = refusal.seen
    except OSError:
        done.stopped = f"{journal.path.parent.parent.name} can be read or written no more"
    else:
        if answer:
            done.refused.append((each, answer))
        else:
            done.sent.append(each)


def _hand_over(server: Server, each: Ready, content: bytes, journal: Journal, on: date) -> str:
    return server.deliver(
        each.sender, each.to, content, lambda: journal.note(on, Fate.TRYING, each.message_id)
    )
