"""ar_xl in xlwings Lite: the buttons as scripts and the worksheet functions as custom functions.

The whole of a workbook's `main.py` is `from ar_xl.lite import *`. Every script is made from a
button of the ribbon and every function from the registry of functions, when this is imported; both
are named in `__all__`. What runs here, what does not, and why is in docs/LITE.md.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from keyword import iskeyword
from typing import Any, Literal

import xlwings as xw
from xlwings import arg, func, script

from ar_xl.app import clock
from ar_xl.app.answer import Answer
from ar_xl.app.buttons import Button, all_ids, start_text
from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.flows import boxes
from ar_xl.app.flows.words import for_excel
from ar_xl.app.life import Options
from ar_xl.app.lite import run_lite
from ar_xl.app.questions import Kind, Question
from ar_xl.core.findings import Exit
from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.errors import TEXTS, CellError
from ar_xl.functions.registry import Function

# Where the name of the user is not known: Lite does not tell it.
NOBODY = "xlwings Lite"
_NUMBERS = {text: number for number, text in TEXTS.items()}
_PREVIEW = "Tick `post` and run it again to go ahead."
_NO_DATE = "Nothing was done. Write the date as year, month and day: 2026-10-31."
_POST = "Without a tick at `post` this shows what would be posted, and writes nothing."
_WHO = (
    "`user` is your name, for the Batches sheet. With `skip_bad` rows that are wrong stay behind."
)


def runs_here(command: str) -> bool:
    """Whether Lite can run a command: it works on tables of one workbook, and makes no files."""
    known = COMMANDS.get(command)
    return known is not None and not known.looks and not known.papers


def script_of(button: Button) -> Callable[..., Any]:
    """The script of a button: it asks what the button asks.

    A button that posts has the fields `post`, `user` and `skip_bad` besides.

    Returns:
        A coroutine function whose signature Lite makes its form from.
    """

    async def run(book: Any, **given: Any) -> None:
        try:
            options, own = _options(button, given)
        except ValueError:
            _show(_NO_DATE)
            return
        answer = await run_lite(button.command, book, options, own, _show)
        for line in lines_of(answer):
            _show(line)
        if answer.sheets and answer.exit is Exit.DONE and not answer.preview:
            with suppress(NotImplementedError):  # nice to see; all is written
                book.sheets[answer.sheets[0]].activate()

    asked = [_field(question) for question in button.questions if question.kind is not Kind.TAKEN]
    if button.posts:
        asked += [("post", bool, False), ("user", str, ""), ("skip_bad", bool, False)]
    parameters = [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default,
                          annotation=kind)
        for name, kind, default in asked
    ]  # fmt: skip
    told = [button.supertip, *([_POST, _WHO] if button.posts else [])]
    text = f"# {button.label}\n\n{button.screentip}.\n\n" + "\n\n".join(told)
    return _shaped(run, _name_of(button), "book", xw.BookAsync, parameters, text)


def function_of(function: Function) -> Callable[..., Any]:
    """The custom function of a declared one.

    Lite makes an exception the error value of the whole result. How it would take the error value
    of a single cell is not documented, and a text there would be left out of sums: so one row that
    is wrong makes all of it an error.
    """

    def reckon(*given: Any) -> Any:
        rows = [list(row) for row in function.work(*map(_cells, given))]
        wrong = next((cell for row in rows for cell in row if isinstance(cell, CellError)), None)
        if wrong is not None:
            raise wrong
        return rows

    first, *rest = function.arguments
    optional = {each.name: None for each in function.arguments if each.optional}
    parameters = [
        inspect.Parameter(each.name, inspect.Parameter.POSITIONAL_OR_KEYWORD,
                          default=optional.get(each.name, inspect.Parameter.empty))
        for each in rest
    ]  # fmt: skip
    told = [f"{each.name}: {each.help}" for each in function.arguments]
    text = "\n".join([function.help, "", *told])
    made = _shaped(reckon, function.name, first.name, inspect.Parameter.empty, parameters, text)
    for each in reversed(function.arguments):
        made = arg(each.name, ndim=2, err_to_str=True, doc=each.help)(made)
    return made


def lines_of(answer: Answer) -> list[str]:
    """What an answer says, line by line, in the words of the buttons."""
    if answer.exit is not Exit.DONE:
        return boxes.refused_text(answer).splitlines()
    if answer.preview and (answer.rows or answer.sheets):
        return boxes.preview_text(answer, _PREVIEW).splitlines()
    rows = boxes.rows_text(answer)
    done = [f"Posted as {', '.join(answer.batches)}: {rows}."] if answer.batches and rows else []
    said = [*done, *boxes.totals_lines(answer.totals), *map(for_excel, answer.said)]
    made = [f"Made: {', '.join(answer.sheets)}."] if answer.sheets else []
    return [*boxes.report_text(answer, said).splitlines(), *made]


def _options(button: Button, given: Mapping[str, Any]) -> tuple[Options, dict[str, Any]]:
    own: dict[str, Any] = dict(button.fixed)
    for question in button.questions:
        text = given.get(question.parameter)
        if isinstance(text, str):
            text = text.strip() or start_text(question, clock.today()) or None
        own[question.parameter] = text
    as_of = own.pop("as_of", None)
    common = Options(
        str(given.get("user") or "").strip() or NOBODY,
        as_of=date.fromisoformat(as_of) if as_of else None,
        preview=button.posts and not given.get("post"),
        skip_bad=bool(given.get("skip_bad")),
        reason=str(own.get("reason") or ""),
        source=str(own.get("file") or ""),
    )
    return common, own


def _field(question: Question) -> tuple[str, Any, Any]:
    """Name, type and default of the field that a question becomes."""
    if question.kind is Kind.YES_NO:
        return question.parameter, bool, False
    if question.kind is Kind.CHOICE:
        return question.parameter, Literal["", *question.choices], ""
    return question.parameter, str, ""


def _cells(given: Any) -> Any:
    """An argument as rows of cells; errors come as texts."""
    if given is None:
        return None
    rows = given if isinstance(given, list | tuple) else [[given]]
    return tuple(tuple(_cell(value) for value in row) for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value in _NUMBERS:
        return CellError(_NUMBERS[value])
    return value


def _shaped(
    work: Callable[..., Any],
    name: str,
    first: str,
    annotation: Any,
    parameters: Sequence[inspect.Parameter],
    text: str,
) -> Callable[..., Any]:
    """Give a function a name, a text and the parameters that Lite asks for."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    shape = inspect.Signature([inspect.Parameter(first, kind, annotation=annotation), *parameters])

    def bound(*args: Any, **kwargs: Any) -> inspect.BoundArguments:
        found = shape.bind(*args, **kwargs)
        found.apply_defaults()
        return found

    async def waiting(*args: Any, **kwargs: Any) -> Any:
        return await work(**bound(*args, **kwargs).arguments)

    def at_once(*args: Any, **kwargs: Any) -> Any:
        return work(*bound(*args, **kwargs).args)

    made: Callable[..., Any] = waiting if inspect.iscoroutinefunction(work) else at_once
    made.__name__ = made.__qualname__ = name
    made.__doc__ = text
    made.__module__ = __name__
    made.__signature__ = shape  # type: ignore[attr-defined]
    made.__annotations__ = {
        each.name: each.annotation for each in shape.parameters.values()
        if each.annotation is not inspect.Parameter.empty
    }  # fmt: skip
    return made


def _name_of(button: Button) -> str:
    name = button.label.lower().replace("-", "_").replace(" ", "_")
    return f"{name}_" if iskeyword(name) else name


def _show(line: str) -> None:
    print(line)


SCRIPTS: dict[str, Callable[..., Any]] = {
    _name_of(button): script(name=button.label)(script_of(button))
    for button in all_ids().values()
    if runs_here(button.command)
}
CUSTOM_FUNCTIONS: dict[str, Callable[..., Any]] = {
    each.name: func(function_of(each)) for each in FUNCTIONS
}
globals().update(SCRIPTS, **CUSTOM_FUNCTIONS)
__all__ = [*SCRIPTS, *CUSTOM_FUNCTIONS]
