"""An answer as the text of a box: what was or would be done and what was found, in short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ar_xl.app.answer import Answer, by_kind, counted, expected_text, seen_text
from ar_xl.app.flows.replies import MOST_CHARACTERS
from ar_xl.app.flows.words import for_excel
from ar_xl.core.findings import Finding, Severity, errors_of
from ar_xl.core.money import totals_shown

_LONGEST_LINE = 260
_ALIKE_SHOWN = 2
# Tables whose rows a user counts; of the others he hears nothing in a box.
_NOUNS = {
    "Customers": ("customer", "customers"),
    "Invoices": ("invoice or memo", "invoices and memos"),
    "Receipts": ("receipt", "receipts"),
    "Applications": ("application to an invoice", "applications to invoices"),
    "Adjustments": ("adjustment", "adjustments"),
    "BankLines": ("bank line", "bank lines"),
    "BankStatements": ("bank statement", "bank statements"),
}
COUNTED = tuple(_NOUNS)
_NOUNS_OF = {
    "match": {"Matches": ("proposal", "proposals")},
    "late-fees": {"Invoices": ("late fee", "late fees")},
    "undo": {"Invoices": ("invoice, memo or late fee", "invoices, memos and late fees")},
    "month-end": {"Invoices": ("invoice, memo or late fee", "invoices, memos and late fees")},
}


def fitted(head: Sequence[str], items: Sequence[str], tail: Sequence[str]) -> str:
    """A text of at most so many characters as a box shows.

    Args:
        head: lines that begin it; they are kept, as far as a box holds them.
        items: lines of which as many are kept as there is room for; the others are counted.
        tail: lines that end it; they are always kept.
    """
    end = "\n".join(tail)
    start = _cut("\n".join(head), MOST_CHARACTERS - len(end) - 2)
    room = MOST_CHARACTERS - len(start) - len(end) - 20
    shown: list[str] = []
    for item in items:
        room -= len(item) + 1
        if room < 0:
            shown.append(f"... and {len(items) - len(shown):,} more.")
            break
        shown.append(item)
    return "\n".join(part for part in (start, *shown, end) if part is not None).strip("\n")


def rows_text(answer: Answer) -> str:
    """How many rows there are, in the words of a user: `86 receipts, 88 applications`."""
    nouns = {**_NOUNS, **_NOUNS_OF.get(answer.command, {})}
    parts = []
    for table, names in nouns.items():
        number = answer.rows.get(table, 0)
        if number:
            parts.append(f"{number:,} {names[number != 1]}")
    return ", ".join(parts)


def totals_lines(totals: Mapping[str, Mapping[str, int]]) -> list[str]:
    """One line per total that is not nothing."""
    return [
        f"{label[:1].upper()}{label[1:]}: {totals_shown(amounts)}"
        for label, amounts in totals.items()
        if any(amounts.values())
    ]


def finding_lines(findings: Iterable[Finding], with_fix: bool = True) -> list[str]:
    """The findings, errors first; of those alike the first two, and how many more there are."""
    lines = []
    for alike in by_kind(findings):
        if alike[0].severity is Severity.NOTE:
            continue
        lines += [_cut(f"- {for_excel(seen_text(found))}") for found in alike[:_ALIKE_SHOWN]]
        if len(alike) > _ALIKE_SHOWN:
            lines.append(f"  and {len(alike) - _ALIKE_SHOWN:,} more like these.")
        if with_fix:
            fix = alike[0].fix or alike[0].code.fix
            lines.append(_cut(f"  {for_excel(f'{expected_text(alike[0])} {fix}')}"))
    return lines


def preview_text(answer: Answer, question: str) -> str:
    """What a command would do, and the question whether it may."""
    head = [*_to_do_lines(answer), *_left_out(answer)]
    found = warnings_text(answer)
    items = ["", f"To look at, {found}:", *finding_lines(answer.findings)] if found else []
    return fitted(head, items, ["", f"Nothing is written yet. {question}"])


def done_text(said: Sequence[str], tail: Sequence[str], answer: Answer) -> str:
    """What a command did; what there is to look at was in the preview."""
    found = warnings_text(answer)
    look = [f"{found[:1].upper()}{found[1:]} to look at: press Check for the list."]
    return fitted([*said, *_left_out(answer), *(look if found else [])], [], tail)


def report_text(answer: Answer, said: Sequence[str]) -> str:
    """What a report says beside its sheets, and what its user should look at."""
    found = warnings_text(answer)
    items = ["", f"To look at, {found}:", *finding_lines(answer.findings)] if found else []
    return fitted([*said, *_left_out(answer)], items, [])


def explained_text(answer: Answer) -> str:
    """Why a figure is what it is: the figure and its rule, rows as far as they fit, the end."""
    said = [for_excel(" ".join(line.split())) for line in answer.said]
    return fitted(said[:2], [*finding_lines(answer.findings), *said[2:-1]], said[2:][-1:])


def refused_text(answer: Answer) -> str:
    """Why nothing was done, and what to do."""
    errors = errors_of(answer.findings)
    told = {for_excel(line) for line in answer.said}
    said = [for_excel(line) for line in answer.said]
    if len(errors) == 1 and any(line.startswith(errors[0].seen) for line in told):
        return fitted(said, [], [])
    return fitted([], finding_lines(errors), ["", *said[-2:]])


def bad_rows_text(answer: Answer, question: str) -> str:
    """How many rows are bad, the first of them, and a question."""
    errors = errors_of(answer.findings)
    head = [f"Nothing was written: {counted(len(errors), 'error')}.", ""]
    return fitted(head, finding_lines(errors), ["", question])


def _to_do_lines(answer: Answer) -> list[str]:
    rows = rows_text(answer)
    verb = {
        "import": added_as(answer),
        "undo": "reversed",
        "match": "written to the Match sheet",
    }.get(answer.command, "posted")
    lines = [f"As of {answer.as_of}, to be {verb}: {rows}."] if rows else []
    lines += totals_lines(answer.totals)
    lines += [for_excel(line) for line in answer.said]
    if answer.sheets:
        made = "Sheet to be made" if len(answer.sheets) == 1 else "Sheets to be made"
        lines.append(f"{made}: {', '.join(answer.sheets)}.")
    return lines


def added_as(answer: Answer) -> str:
    """How an import adds rows: lists come in as drafts, bank lines as what they are."""
    return "added" if answer.rows.get("BankStatements") else "added as drafts"


def _left_out(answer: Answer) -> list[str]:
    if not answer.drafts_left_out or answer.command == "import":  # it counts what it has added
        return []
    drafts = counted(answer.drafts_left_out, "other draft")
    verb = "stays a draft" if answer.drafts_left_out == 1 else "stay drafts"
    return [f"{drafts} {verb}."]


def warnings_text(answer: Answer) -> str:
    """How many errors and warnings there are; empty where there are none."""
    kinds = [found.severity for found in answer.findings]
    counts = {kind: kinds.count(kind) for kind in (Severity.ERROR, Severity.WARNING)}
    named = [counted(number, kind.value) for kind, number in counts.items() if number]
    return " and ".join(named)


def _cut(line: str, most: int = _LONGEST_LINE) -> str:
    return line if len(line) <= most else line[: most - 4].rstrip() + " ..."
