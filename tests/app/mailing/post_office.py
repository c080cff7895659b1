"""A mail server for tests, on this computer, with a certificate made for it; of sockets alone."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class PostOffice:
    """What the server does, and what it got.

    Args:
        refuse: addresses it does not take.
        greeting: pieces that it says instead of its own.
        refuse_messages: what it answers to the message itself, "" to take it.
        cut_after: it ends the connection after so many messages, before it answers the last.
        only: messages a connection; then 421.
        wants: name and password, "" for any.
        got: messages as they came, dots taken out.
        logins, hellos: what clients said.
    """

    tls: bool
    context: ssl.SSLContext
    refuse: set[str] = field(default_factory=set)
    refuse_messages: str = ""
    greeting: Callable[[], Iterable[bytes]] | None = None
    cut_after: int = 0
    only: int = 0
    wants: str = ""
    got: list[bytes] = field(default_factory=list)
    hellos: list[str] = field(default_factory=list)
    port: int = 0

    def serve(self, listening: socket.socket) -> None:
        """Take one connection after the other."""
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            try:
                self._talk(self.context.wrap_socket(plain, True) if self.tls else plain)
            except OSError:
                plain.close()

    def _talk(self, line: socket.socket) -> None:
        count, file = 0, line.makefile("rb")

        def say(words: str) -> None:
            line.sendall(words.encode() + b"\r\n")

        for piece in self.greeting() if self.greeting else [b"220 post.test\r\n"]:
            line.sendall(piece)
        while said := file.readline().decode(errors="replace").strip():
            verb = said.split()[0].upper()
            if verb == "EHLO":
                self.hellos.append(said)
                offers = ["AUTH PLAIN"] if isinstance(line, ssl.SSLSocket) else ["STARTTLS"]
                say("\r\n".join(["250-post.test", *(f"250 {each}" for each in offers)]))
            elif verb == "STARTTLS":
                say("220 go")
                line = self.context.wrap_socket(line, True)
                file = line.makefile("rb")
            elif verb == "AUTH":
                say("235 ok" if self.wants in ("", said.split()[-1]) else "535 wrong password")
            elif verb == "MAIL" and self.only and count == self.only:
                say("421 too many")
                break
            elif verb == "RCPT" and said[9:].rstrip(">") in self.refuse:
                say("550 no such user here")
            elif verb == "DATA":
                say("354 go on")
                message = b""
                while (part := file.readline()) not in (b".\r\n", b""):
                    message += part.removeprefix(b".")
                if not part:  # the client is gone: this was no whole message
                    break
                self.got.append(message)
                count += 1
                if self.cut_after == len(self.got):
                    break
                say(self.refuse_messages or "250 taken")
            elif verb == "QUIT":
                say("221 bye")
                break
            else:
                say("250 ok")
        file.close()
        line.close()


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A certificate for a name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(tz=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "post.pem", folder / "post.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, private


@contextmanager
def post_office(pem: Path, key: Path, tls: bool) -> Iterator[PostOffice]:
    """A server that runs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    listening = socket.create_server(("127.0.0.1", 0))
    office = PostOffice(tls, context, port=listening.getsockname()[1])
    serving = threading.Thread(target=office.serve, args=[listening], daemon=True)
    serving.start()
    try:
        yield office
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        serving.join(5)
