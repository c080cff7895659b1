"""A mail server that never comes to the point holds nobody for ever."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, repeat
from time import sleep

import pytest

from ar_xl.app import clock
from ar_xl.app.mailing.server import Account, Server
from ar_xl.core.findings import Refusal
from tests.app.mailing.post_office import PostOffice


def account(office: PostOffice) -> Account:
    return Account("localhost", office.port, "starttls", "", "", "sons.example")


@pytest.mark.parametrize("piece", [b"220-on and on\r\n", b"220-" + b"x" * 7000 + b"\r\n", b"x"])
def test_a_server_that_never_comes_to_the_point_is_left(office: PostOffice, piece: bytes) -> None:
    office.greeting = lambda: repeat(piece)
    with pytest.raises(Refusal, match=r"did not answer as a mail server|Line too long"):
        Server(account(office))


def test_a_server_that_says_a_letter_a_minute_is_left(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = count(step=59)
    monkeypatch.setattr(clock, "seconds", lambda: next(minutes))

    def slowly() -> Iterator[bytes]:
        for letter in b"220 post.test\r\n":
            yield bytes([letter])
            sleep(0.01)

    office.greeting = slowly
    with pytest.raises(Refusal, match="did not answer as a mail server does"):
        Server(account(office))
