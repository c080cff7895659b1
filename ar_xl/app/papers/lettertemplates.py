"""Which template a letter is made from: the accountant's own, else the one that comes with ar_xl.

`First reminder (de).docx` in the folder `Letter Templates` for a customer whose language is de,
else `First reminder.docx`, which is in the language of the company, else the built-in one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ar_xl.app.outbox import Paper
from ar_xl.app.papers.letterwords import LETTER_LANGUAGES, LETTERS, built_in_names
from ar_xl.app.papers.starters import starter
from ar_xl.app.papers.wording import Wording
from ar_xl.app.papers.wordletter import WordTemplate, read_template
from ar_xl.core.findings import Exit, Refusal, Severity, code

FOLDER = "Letter Templates"
TEMPLATE_MISSING = code(
    "letter_template_missing",
    Severity.ERROR,
    f"a Word file of that name in the folder {FOLDER}, or one of: {', '.join(LETTERS)}",
    "Make the file, or correct Template on the Ladder sheet; Letters with its templates makes "
    "files to start from.",
    Exit.REFUSED,
)
TEMPLATE_UNREAD = code(
    "letter_template_not_read",
    Severity.ERROR,
    "a file that can be read",
    "Close it in Word and look at who may read it, then run again.",
    Exit.BUSY,
)


@dataclass(frozen=True)
class Chosen:
    """The template of one letter.

    Args:
        template: as it was read.
        shown: its file name, or that it is built in.
        language: that it is written in.
    """

    template: WordTemplate
    shown: str
    language: str


@dataclass
class Templates:
    """The templates of one run, each read once.

    Args:
        folder: where the accountant's own are.
        company: the language of the settings.
    """

    folder: Path
    company: str
    _found: dict[tuple[str, str], Chosen] = field(default_factory=dict)
    _files: Mapping[str, Path] | None = None

    def of(self, name: str, language: str) -> Chosen:
        """The template of a letter in a customer's language.

        Args:
            name: as the Ladder names it.
            language: of the customer; empty or unknown is the company's.

        Raises:
            Refusal: there is none, or it cannot be used.
        """
        house = Wording.of("", self.company).language
        wanted = Wording.of(language, self.company).language
        key = name.casefold(), wanted
        if key not in self._found:
            self._found[key] = self._choose(name, wanted, house)
        return self._found[key]

    def _choose(self, name: str, wanted: str, house: str) -> Chosen:
        for file, language in ((f"{name} ({wanted})", wanted), (name, house)):
            path = self._own().get(f"{file}.docx".casefold())
            if path is not None:
                return Chosen(read_template(path.name, _content(path)), path.name, language)
        built_in = built_in_names().get(name.casefold())
        if built_in is None:
            raise Refusal(TEMPLATE_MISSING, f"The letter `{name}` has no template.")
        speaks = next(each for each in (wanted, house, "en") if each in LETTER_LANGUAGES)
        shown = f"{built_in} ({speaks}), built in"
        return Chosen(read_template(shown, starter(built_in, speaks)), shown, speaks)

    def _own(self) -> Mapping[str, Path]:
        """The Word files of the folder by their names in small letters."""
        if self._files is None:
            there = self.folder.iterdir() if self.folder.is_dir() else ()
            self._files = {path.name.casefold(): path for path in there}
        return self._files


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        said = problem.strerror or type(problem).__name__
        raise Refusal(TEMPLATE_UNREAD, f"The template {path.name}: {said}.") from None


def starting_papers(company: str) -> list[Paper]:
    """All starting templates as papers: that of the company's language without one in its name."""
    house = Wording.of("", company).language
    plain = house if house in LETTER_LANGUAGES else "en"
    made = []
    for name in LETTERS:
        for language in LETTER_LANGUAGES:
            ending = "" if language == plain else f" ({language})"
            made.append(
                Paper(f"{name}{ending}.docx", lambda n=name, of=language: starter(n, of))  # type: ignore[misc]  # bound now
            )
    return made
