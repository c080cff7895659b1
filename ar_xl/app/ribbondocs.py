"""docs/RIBBON.md, generated from the buttons; a test compares the two."""

from __future__ import annotations

from collections.abc import Iterable

from ar_xl.app.buttons import GROUPS, TAB, TAB_KEYTIP, Button, buttons
from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.questions import IN_WORDS, Kind, Needs, Question, Start

_INTRODUCTION = f"""\
# The tab {TAB}

Generated from the command registry; do not edit. This is what the add-in shows in Excel, after the
tab Data. The pictures are drawn from the same registry, with icons of ours; Excel shows its own.

![The tab {TAB}, with a receivables workbook open](pictures/ribbon.png)

Rest the mouse on a button to read what it does before you press it.

![The tip of Post Invoices](pictures/ribbon-tip.png)

**Drafts.** A row that you typed, pasted or imported is a draft: it counts nowhere until a button
posts it. What was posted is never changed; it can be reversed.

**Nothing is posted unasked.** A button that posts first shows what it would post, with counts and
totals in each currency, and asks. "No" is chosen until you choose "Yes"; after "No" nothing is
written. A report is made at once, on a new sheet. While a button works, the status bar says what
it is at; at the end the sheet with the result comes up, and one sentence says what was done. The
workbook is not saved for you: save it when you are content.

![What Post Payments shows before it posts](pictures/preview.png)

**Dates** are asked for with today's date in place, and months with the month that is being closed
(this month from its 21st day on, before that the month before), so that Enter is mostly enough.

**Taking back.** Excel's own Undo cannot take back what a button did; its list is empty afterwards.
The button Undo on this tab reverses a posting by opposite rows. Closing the workbook without saving
takes back everything since it was last saved. Use This Workbook keeps the file of before, and so
does every command that is run without Excel: `ar-xl restore` lists them and brings one back.

**In any other workbook**, only Help and what begins a receivables workbook is lit. Excel knows a
receivables workbook by its sheet Batches with the table Batches.

![The tab with another workbook open](pictures/ribbon-other-workbook.png)

**From the keyboard**, press Alt, then {TAB_KEYTIP}, then the letters of the button.

![The letters of each button](pictures/ribbon-keytips.png)
"""
_NEEDS = {
    Needs.OURS: "",
    Needs.ANY: "Lit when any workbook is open.",
    Needs.NONE: "Always lit.",
}
_STARTS = {
    Start.TODAY: "today is offered",
    Start.MONTH: "the month to close is offered",
    Start.CLOSED: "the month closed last is offered",
    Start.BATCH: "the batch of the row you are in is offered, else the last one",
}
_EXAMPLES = {
    Start.TODAY: "2026-10-31",
    Start.MONTH: "2026-10",
    Start.CLOSED: "2026-10",
    Start.BATCH: "B-000012",
    Start.SHEET: "SHEET",
    Start.CELL: "A1",
}
_TAKES = {Start.SHEET: "the sheet you are on", Start.CELL: "the cell you are in"}


def render() -> str:
    """The text of docs/RIBBON.md."""
    shown = buttons()
    parts = [_INTRODUCTION]
    for group in GROUPS:
        parts.append(f"## {group}\n")
        parts += [_section(button) for button in shown if button.group == group]
    return "\n".join(parts)


def _section(button: Button) -> str:
    keys = f"Alt, {TAB_KEYTIP}, {button.keytip}"
    lines = [f"### {button.label}", "", f"**{button.screentip}** ({keys}). {button.supertip}", ""]
    if button.items:
        lines += [f"![The menu {button.label}](pictures/ribbon-help.png)", ""]
        lines += ["| entry | keys | what it does |", "|---|---|---|"]
        lines += [f"| {each.label} | {keys}, {each.keytip} | {each.supertip} |"
                  for each in button.items]  # fmt: skip
        return "\n".join([*lines, ""])
    facts = [*_asks(button.questions), _writes(button), _NEEDS[button.needs]]
    if button.command in COMMANDS:
        facts.append(f"Without Excel: `{_command_line(button)}`.")
    listed = [f"- {fact}" for fact in facts if fact]
    return "\n".join([*lines, *listed, ""] if listed else lines)


def _asks(questions: Iterable[Question]) -> Iterable[str]:
    for question in questions:
        if question.kind is Kind.TAKEN:
            yield f"Takes {_TAKES[question.start]}."
        else:
            when = "Asks, only where the file leaves it open" if question.after else "Asks"
            yield f'{when}: "{question.words}"{_offered(question)}'


def _offered(question: Question) -> str:
    said = _STARTS.get(question.start) or (f"{question.text} is offered" if question.text else "")
    if question.choices:
        called = [IN_WORDS.get(each, each) for each in question.choices]
        said = "; ".join(called[:-1]) + "; or " + called[-1]
    may = "" if question.required or question.kind is Kind.YES_NO else "may be left empty"
    both = "; ".join(each for each in (said, may) if each)
    return f" ({both})" if both else ""


def _writes(button: Button) -> str:
    if button.posts:
        return f'Shows what it would do, then asks: "{button.confirm}"'
    if button.command and (button.command not in COMMANDS or COMMANDS[button.command].writes):
        return "Posts nothing."
    return ""


def _command_line(button: Button) -> str:
    if button.command == "import":
        return "ar-xl import FILE --into BOOK"
    typed = [f"--{name.replace('_', '-')}" for name, value in button.fixed if value is True]
    must = {each.name: each.flag for each in COMMANDS[button.command].parameters if each.required}
    for question in button.questions:
        if question.parameter in must:
            example = _EXAMPLES.get(question.start, "TEXT")
            typed.append(f"{must[question.parameter]} {example}")
    return " ".join(["ar-xl", button.command, "BOOK", *typed])
