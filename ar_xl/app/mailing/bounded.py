"""An SMTP connection that a server cannot hold for ever, nor fill the memory through.

The standard library bounds a line and the wait for the next byte. A server that sends lines without
end, or a byte a minute, is bounded here: so many lines and bytes an answer, so long an answer, so
long from `begin` on for all that is said and sent.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from typing import Any

from ar_xl.app import clock

SECONDS_AN_ANSWER = 60
SECONDS_IN_ALL = 600  # 20 MB of papers through a slow line
_LINES, _BYTES = 100, 50_000  # the longest honest answer, to EHLO, has some twenty short lines
_PIECE = 16_384


class _Answers:
    """What the server says, read line by line within bounds; stands in for a file."""

    def __init__(self, sock: socket.socket, left: Callable[[], int]) -> None:
        self._sock, self._left = sock, left
        self._ahead = b""
        self.begin()

    def begin(self) -> None:
        """The next answer."""
        self._ends = clock.seconds() + SECONDS_AN_ANSWER
        self._lines, self._bytes = _LINES, _BYTES

    def readline(self, limit: int) -> bytes:
        """The next line, with its end; what there is of it where the server ended or it is long.

        Raises:
            OSError: the server says too much or takes too long.
        """
        while b"\n" not in self._ahead and len(self._ahead) < limit:
            self._sock.settimeout(max(min(self._ends - clock.seconds(), self._left()), 0) + 1)
            got = self._sock.recv(_PIECE)
            if not got:
                break
            self._ahead += got
            if clock.seconds() > self._ends or self._left() < 0:
                raise TimeoutError
        end = min(self._ahead.find(b"\n") + 1 or len(self._ahead), limit)
        line, self._ahead = self._ahead[:end], self._ahead[end:]
        self._lines, self._bytes = self._lines - 1, self._bytes - len(line)
        if self._lines < 0 or self._bytes < 0:
            raise OSError(None, "it says more than a mail server does")
        return line

    def close(self) -> None:
        """The socket is closed by whoever opened it."""


class Bounded(smtplib.SMTP):
    """Answers within bounds, messages sent within bounds."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.begin()
        super().__init__(*given, **named)

    def begin(self) -> None:
        """What follows has its time from now on."""
        self._ends = clock.seconds() + SECONDS_IN_ALL

    def _left(self) -> int:
        return self._ends - clock.seconds()

    def getreply(self) -> tuple[int, bytes]:
        """An answer; see the standard library."""
        if self.file is None and self.sock is not None:
            self.file = _Answers(self.sock, self._left)
        if self.file is not None:
            self.file.begin()
        return super().getreply()

    def send(self, s: Any) -> None:
        """Send, piece by piece, as long as there is time."""
        content = s.encode(self.command_encoding) if isinstance(s, str) else bytes(s)
        for start in range(0, len(content), _PIECE):
            if self._left() < 0:
                self.close()
                raise smtplib.SMTPServerDisconnected("it takes too long")
            if self.sock is not None:
                self.sock.settimeout(min(self._left() + 1, SECONDS_AN_ANSWER))
            super().send(content[start : start + _PIECE])


class _BoundedFromTheStart(Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def connection(
    where: tuple[str, int], name: str, trusted: ssl.SSLContext, at_once: bool
) -> Bounded:
    """Connect.

    Args:
        where: host and port.
        name: what we call ourselves.
        trusted: whose certificates are.
        at_once: encrypted from the start.

    Raises:
        OSError, smtplib.SMTPException: nobody is there, or no mail server.
    """
    if at_once:
        return _BoundedFromTheStart(
            *where, local_hostname=name, timeout=SECONDS_AN_ANSWER, context=trusted
        )
    return Bounded(*where, local_hostname=name, timeout=SECONDS_AN_ANSWER)
