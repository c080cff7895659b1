"""Questions of a button to its user: a text, a date, a month, one of several, yes or no, a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from datetime import date

from ar_xl.app.flows.replies import Cancelled, Given, Reply
from ar_xl.app.questions import IN_WORDS, Kind, Question
from ar_xl.core.dates import FIRST_DATE, LAST_DATE, period_bounds

MOST_TRIES = 5
MOST_IN_BOX = 200  # characters; Excel's box for a text holds 255, and what was wrong with one
_LONGEST_ECHO = 30
Asked = Generator[Reply, Given, object]
_DAY = re.compile(r"(\d{1,4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,4})\.?")


def asked(title: str, question: Question, default: str, before: str = "") -> Asked:
    """Put one question.

    Args:
        title: of the box.
        question: as the button declares it.
        default: what stands in the box.
        before: what is said before the question.

    Returns:
        What the parameter is to be: a text, a date, True or False; None where it was left empty.

    Raises:
        Cancelled: the user closed the box, or left empty what is needed.
    """
    words = f"{before}\n\n{question.words}".strip()
    if before and len(words) > MOST_IN_BOX:
        yield Reply("say", title, before)
        words = question.words
    if question.kind is Kind.TAKEN:
        return default or None
    if question.kind is Kind.YES_NO:
        return (yield from agreed(title, words))
    if question.kind in (Kind.OPEN, Kind.SAVE):
        return (yield from _file(question, default))
    if question.kind is Kind.DATE:
        return read_day((yield from _checked(title, words, default, day_problem)))
    if question.kind is Kind.MONTH:
        return (yield from _checked(title, words, default, month_problem))
    if question.kind is Kind.CHOICE:
        return (yield from _choice(title, words, question.choices))
    text = yield from _text(title, words, default)
    if question.required and not text:
        raise Cancelled
    return text or None


def agreed(title: str, words: str) -> Generator[Reply, Given, bool]:
    """Ask yes or no; a box that was closed is a no."""
    given = yield Reply("ask", title, words)
    return given.is_yes


def read_day(text: str) -> date:
    """A date as people write it, where only one day can be meant.

    Raises:
        ValueError: it is no date, or day and month could be exchanged.
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    first, middle, last = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        return _possible(first, middle, last)
    if len(found[3]) != 4 or len(found[1]) > 2:
        raise ValueError(text)
    days = {(first, middle), (middle, first)}
    dates = {_date(last, month, day) for day, month in days} - {None}
    if len(dates) != 1:
        raise ValueError(text)
    (only,) = dates
    assert only is not None
    return _possible(only.year, only.month, only.day)


def day_problem(text: str) -> str:
    """What is wrong with a date as it was typed; empty where nothing is."""
    try:
        read_day(text)
    except ValueError:
        return (
            f"`{text}` can be read as several dates, or as none. "
            "Write year-month-day, such as 2026-10-31."
        )
    return ""


def month_problem(text: str) -> str:
    """What is wrong with a month as it was typed; empty where nothing is."""
    try:
        period_bounds(text)
    except ValueError:
        return f"`{_echo(text)}` is not a month. Write year-month, such as 2026-10."
    return ""


def _echo(text: str) -> str:
    """What was typed, as far as there is room for it in the box that asks again."""
    return text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]} ..."


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _possible(year: int, month: int, day: int) -> date:
    found = date(year, month, day)
    if not FIRST_DATE <= found <= LAST_DATE:
        raise ValueError(found)
    return found


def _text(title: str, words: str, default: str) -> Generator[Reply, Given, str]:
    given = yield Reply("text", title, words, default)
    if given.cancelled:
        raise Cancelled
    return given.text.strip()


def _checked(
    title: str, words: str, default: str, problem_of: Callable[[str], str]
) -> Generator[Reply, Given, str]:
    """Ask until it is a text that can be used, a few times."""
    shown = words
    for _ in range(MOST_TRIES):
        given = yield from _text(title, shown, default)
        problem = problem_of(given)
        if not problem:
            return given
        shown, default = f"{problem}\n\n{words}", given or default
    raise Cancelled


def _choice(title: str, words: str, choices: tuple[str, ...]) -> Generator[Reply, Given, str]:
    lines = [f"{number}  {IN_WORDS.get(each, each)}" for number, each in enumerate(choices, 1)]
    by_number = {str(number): each for number, each in enumerate(choices, 1)}

    def problem_of(given: str) -> str:
        return "" if given in by_number else f"`{_echo(given)}` is none of the numbers below."

    text = f"{words}\n\n" + "\n".join(lines) + "\n\nType the number:"
    return by_number[(yield from _checked(title, text, "1", problem_of))]


def _file(question: Question, default: str) -> Generator[Reply, Given, str]:
    opens = question.kind is Kind.OPEN
    given = yield Reply(
        "file" if opens else "save", question.words, "" if opens else default, question.filter
    )
    if given.cancelled or not given.text.strip():
        raise Cancelled
    return given.text.strip()
