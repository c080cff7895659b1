"""What the starting templates of letters say, a language each; the accountant edits them in Word.

The tone goes from a courtesy to a firm request. Nothing is threatened that ar_xl does not know to
be true: a hand-over is only written about where the customer's status says that it happened.
"""

from __future__ import annotations

from collections.abc import Mapping

from ar_xl.app.papers.letterwords import de, en, es, fr
from ar_xl.app.papers.letterwords.parts import LetterWords

LETTERS = (
    "Friendly reminder", "First reminder", "Second reminder", "Final notice", "Promise broken",
    "Returned payment", "Credit hold", "Hand-over",
)  # fmt: skip
_WORDS = {"en": en.WORDS, "de": de.WORDS, "fr": fr.WORDS, "es": es.WORDS}
LETTER_LANGUAGES = tuple(_WORDS)


def letter_words(language: str) -> LetterWords:
    """The words of a language, one of LETTER_LANGUAGES."""
    return _WORDS[language]


def built_in_names() -> Mapping[str, str]:
    """The letters that need no file, by their name in small letters."""
    return {name.casefold(): name for name in LETTERS}
