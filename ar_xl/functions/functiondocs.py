"""docs/FUNCTIONS.md, generated from the declarations; a test compares the two."""

from __future__ import annotations

from typing import Any

from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.registry import Example, Function

_INTRODUCTION = """\
# Worksheet functions

Generated from the declarations; do not edit. The functions work in any workbook once the add-in is
installed: on single cells, on columns (`A2:A100`), on whole table columns (`Invoices[Amount]`).
Several rows in, several rows out: the answer spills below the cell. They look at nothing but their
arguments and are never volatile, so a date to look from is always an argument.

Rules that hold for all of them:

- **An error is a true error value**, never a text that SUM would skip. A row that cannot be read
  is an error in its row: a heading in a column of amounts, a number kept as text, a day that is
  none. Where one bad row would change every other (AR_ALLOCATE, AR_MATCH, AR_BALANCE), the answer
  is that error as a whole.
- An error in a cell is passed on as it is. `#VALUE!`: not what belongs there, something that is
  needed is blank, or columns of different length. `#NUM!`: a number that cannot be, such as an
  amount with more digits than its currency, sums that no cell holds to the cent (over 90 trillion),
  or a date with a time. `#N/A`: there is no answer.
  `#REF!`: a heading of a table is missing.
- **A blank cell**, or an empty text that a formula left, is nothing: rows below a table give
  nothing. A blank amount beside a name or date is 0. An argument left blank is left out.
- **Money is exact**: whole cents inside, rounded once, halves away from zero, as ROUND does.
- **Percents are plain numbers**: 2 means 2 %. A cell formatted as 2% holds 0.02.
- Dates are date cells, or Excel's numbers for them in the 1900 date system. A result that shows as
  a number such as 46053 wants a date format.
- A single cell goes with a column; a row of cells gives a row.

In a workbook of ar_xl, with the date to look from in H1:

| what | formula |
|---|---|
| what is open of each posted invoice | `=AR_OPEN(Invoices[Invoice No], \
Invoices[Amount]*(Invoices[Batch]<>""), Applications[Invoice No], \
Applications[Amount]+Applications[Discount]+Applications[Difference])` |
| what customers in A2:A50 owe | `=AR_BALANCE(A2:A50, Invoices[#All], Receipts[#All], \
Applications[#All], H1)` |
| whether due dates follow the terms | `=AR_DUE_DATE(Invoices[Invoice Date], Invoices[Terms], \
Terms[#All], 1)` |
| days past due | `=AR_DAYS_PAST_DUE(Invoices[Due Date], H1)` |
"""


def render() -> str:
    """The text of docs/FUNCTIONS.md."""
    return "\n".join([_INTRODUCTION, *(_section(each) for each in FUNCTIONS)])


def _section(function: Function) -> str:
    given = ", ".join(f"[{a.name}]" if a.optional else a.name for a in function.arguments)
    lines = [f"## {function.name}", "", function.help, "", f"`={function.name}({given})`", ""]
    lines += ["| argument | what it is | left out |", "|---|---|---|"]
    lines += [f"| {a.name} | {a.help} | {a.default or ''} |" for a in function.arguments]
    lines += ["", f"**Gives:** {function.returns}", ""]
    return "\n".join(lines + _example(function.example))


def _example(example: Example) -> list[str]:
    lines = [f"**Example.** {example.said}", ""]
    if example.cells:
        letters = [chr(65 + at) for at in range(len(example.cells[0]))]
        lines += ["| | " + " | ".join(letters) + " |", "|" + "---|" * (len(letters) + 1)]
        for number, row in enumerate(example.cells, 1):
            lines.append(f"| **{number}** | " + " | ".join(map(_cell, row)) + " |")
        lines.append("")
    lines += [f"`{example.formula}` gives", ""]
    head, *rest = example.result
    lines += ["| " + " | ".join(map(_cell, head)) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rest]
    return [*lines, ""]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value is None else str(value)
