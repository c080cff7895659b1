"""What several buttons ask and say."""

from __future__ import annotations

from ar_xl.app.questions import Kind, Question, Start

SHOWS_FIRST = "Shows counts and totals first; then you post or cancel."


def up_to(words: str) -> Question:
    """The day that a command looks at; today unless said otherwise."""
    return Question("as_of", words, Kind.DATE, Start.TODAY, required=True)


def month(words: str, start: Start = Start.MONTH) -> Question:
    """The month that a command is about."""
    return Question("period", words, Kind.MONTH, start, required=True)
