"""The company's mail server: encrypted, its certificate verified, one message after the other."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ar_xl.app.mailing.bounded import Bounded, connection
from ar_xl.app.papers.addresses import one_line
from ar_xl.core.findings import Exit, Refusal, Severity, code

MAIL_SERVER = code(
    "mail_server_failed",
    Severity.ERROR,
    "a mail server that can be reached, offers encryption and takes the name and password",
    "Check Mail Server, Mail Port, Mail Security and Mail User on the Settings sheet; ask whoever "
    "looks after your e-mail. What was sent before stays sent.",
    Exit.BUSY,
)
_LONGEST_ANSWER = 200
_NOT_AVAILABLE = 421  # RFC 5321, 3.8: the server closes the connection


class ConnectionLostError(Exception):
    """The connection ended before the message was handed over: it was not sent."""


class FateUnknownError(Exception):
    """The connection ended after the message was handed over and before the server's answer."""


@dataclass(frozen=True)
class Account:
    """Where and as whom to log in.

    Args:
        host, port: of the server.
        security: `starttls` or `tls`.
        user, password: "" where it wants none.
        domain: what we call ourselves: that of our address, never this computer's name.
    """

    host: str
    port: int
    security: str
    user: str
    password: str
    domain: str


class Server:
    """A connection to the server."""

    def __init__(self, account: Account) -> None:
        """Connect, encrypt, log in.

        Raises:
            Refusal: one of that failed, in words.
        """
        where = f"{account.host}, port {account.port}"
        try:
            self._smtp = _connected(account)
        except ssl.SSLCertVerificationError as problem:
            said = f"the certificate cannot be trusted: {problem.verify_message}"
        except smtplib.SMTPNotSupportedError:
            said = "it offers no encryption, or no way to log in that is known here"
        except smtplib.SMTPAuthenticationError as problem:
            said = f"it refused the name or the password: {_words(problem.smtp_error)}"
        except smtplib.SMTPResponseException as problem:
            said = f"it answered {problem.smtp_code} {_words(problem.smtp_error)}"
        except (OSError, smtplib.SMTPException) as problem:
            said = getattr(problem, "strerror", "") or "it did not answer as a mail server does"
        else:
            return
        raise Refusal(MAIL_SERVER, f"Mail server {where}: {said}.")

    def deliver(
        self, sender: str, to: Sequence[str], content: bytes, before: Callable[[], None]
    ) -> str:
        """Hand one message over, to all its addressees or to none.

        Args:
            sender, to: addresses.
            content: the message, its lines ended as mail does.
            before: called when the server is ready for the message, and before it gets any of it.

        Returns:
            "" where the server took it, else its answer in words.

        Raises:
            ConnectionLostError: it was not sent, and the connection is of no more use.
            FateUnknownError: it may have been sent.
        """
        self._smtp.begin()
        try:
            answer = self._offered(sender, to)
        except (OSError, smtplib.SMTPException) as problem:
            raise ConnectionLostError from problem
        if answer:
            return answer
        try:
            before()
        except BaseException:
            self._smtp.close()  # a farewell would count as the message's first line
            raise
        try:
            ended = content if content.endswith(b"\r\n") else content + b"\r\n"
            self._smtp.send(re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n")
            number, said = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            raise FateUnknownError from problem
        return "" if number // 100 == 2 else f"{number} {_words(said)}"

    def _offered(self, sender: str, to: Sequence[str]) -> str:
        """Name sender and addressees; "" where the server is ready for the message."""
        steps = [("mail", f"FROM:<{sender}>"), *(("rcpt", f"TO:<{each}>") for each in to)]
        for verb, words in (*steps, ("data", "")):
            number, said = self._smtp.docmd(verb, words)
            if number == _NOT_AVAILABLE:
                raise ConnectionLostError
            if number // 100 not in (2, 3):
                self._smtp.docmd("rset")
                return f"{number} {_words(said)}"
        return ""

    def close(self) -> None:
        """End the connection; the server's farewell does not matter any more."""
        self._smtp.begin()
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()


def _connected(account: Account) -> Bounded:
    trusted = ssl.create_default_context()
    at_once = account.security == "tls"
    smtp = connection((account.host, account.port), account.domain, trusted, at_once)
    try:
        if not at_once:
            smtp.starttls(context=trusted)
        smtp.ehlo_or_helo_if_needed()
        if account.user:
            smtp.login(account.user, account.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _words(said: bytes | str) -> str:
    text = said if isinstance(said, str) else said.decode("utf-8", errors="replace")
    return one_line(text)[:_LONGEST_ANSWER]
