"""A folder of drafts and a server to send them to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.mailing.post_office import PostOffice, certificate, post_office


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate and its key."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted(certified: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer trusts the certificate, as it does that of a company."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certified[0]))


@pytest.fixture
def office(certified: tuple[Path, Path]) -> Iterator[PostOffice]:
    """A server with STARTTLS."""
    with post_office(*certified, tls=False) as running:
        yield running
