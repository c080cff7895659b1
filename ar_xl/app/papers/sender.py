"""The sender of papers: what the Settings say about the company."""

from __future__ import annotations

from dataclasses import dataclass

from ar_xl.app.papers.wording import Wording
from ar_xl.core.settings import Settings


@dataclass(frozen=True)
class Sender:
    """Who writes.

    Args:
        settings: of the workbook.
        logo: a picture that can be drawn, or None.
    """

    settings: Settings
    logo: bytes | None = None

    @property
    def name(self) -> str:
        """The company's name."""
        return self.settings.company

    def lines(self, phone: str) -> list[str]:
        """How the company can be reached, below its name.

        Args:
            phone: the word for the telephone.
        """
        settings = self.settings
        called = f"{phone} {settings.phone}" if settings.phone else ""
        return [
            line.strip()
            for line in (*settings.address.splitlines(), called, settings.email)
            if line.strip()
        ]

    @property
    def return_address(self) -> str:
        """Name and address in one line, for the window of an envelope."""
        parts = [self.name, *(part.strip() for part in self.settings.address.splitlines())]
        return " · ".join(part for part in parts if part)

    def wording(self, language: str) -> Wording:
        """The wording for a customer of some language."""
        return Wording.of(language, self.settings.language)
