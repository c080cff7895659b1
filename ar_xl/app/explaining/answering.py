"""An explanation in words and as JSON, with a limit on the rows that are listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ar_xl.app.answer import counted, sentence
from ar_xl.app.explaining.figures import REPORTS, Found
from ar_xl.core.dates import period_of
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponent, money_text, plain_text
from ar_xl.core.picked import Picked
from ar_xl.core.schema import Filler
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.aging import drafts_left_out

MOST_ROWS = 20  # of a part, in words
MOST_ROWS_FOR_PROGRAMS = 1_000
FIGURE_DIFFERS = code(
    "figure_does_not_follow",
    Severity.WARNING,
    "what the rows of the books add up to",
    "Make the report again; where a cell was typed over, the new sheet shows what it should be.",
)
CAN_BE = (
    "Pick a figure of a report sheet (Aging, Aging Detail, Collections, Today, Worklist, "
    "Letters, Disputes, Plans, Payments Posted, Adjustments Posted, Late Fees, Late Fees "
    "What-If, Deposit, Reconciliation, Month-End) or a cell of one of our tables."
)


def amount(minor: int, unit: Unit, currency: str) -> str:
    """A figure as people read it."""
    if unit is Unit.MONEY:
        return f"{currency} {money_text(minor, currency)}".strip()
    if unit is Unit.TENTHS:
        return f"{'-' if minor < 0 else ''}{abs(minor) // 10:,}.{abs(minor) % 10}"
    return f"{minor:,}"


def unexplained(ledger: Ledger, picked: Picked) -> str:
    """Why there is nothing to explain in a cell, and what can be explained."""
    where = f"{picked.cell} of {picked.sheet}"
    cell = picked.report
    if picked.table is not None:
        table = BY_NAME[picked.table.table]
        column = table.by_key.get(picked.table.column)
        if column is None:
            return f"{where} is in a column of your own; ar_xl does not read it. {CAN_BE}"
        if picked.table.is_heading:
            who = "ar_xl fills it in" if column.filler is Filler.PRODUCT else "you fill it in"
            return f"{where} is the heading {column.heading}: {column.note} {sentence(who)}".strip()
        if not picked.text:
            return f"{where} is blank. {CAN_BE}"
        row = picked.table.row
        wrong = [f for f in ledger.findings if f.is_error and (f.table, f.row) == (table.name, row)]
        said = " ".join(f"{sentence(f.seen)} {f.fix or f.code.fix}" for f in wrong[:2])
        return f"The row of {where} cannot be read and counts nowhere. {said}".strip()
    if cell is None:
        what = "is blank" if not picked.text else "is on a sheet that ar_xl did not make"
        return f"{where} {what}. {CAN_BE}"
    if cell.is_heading:
        return f"{where} is a heading of {cell.report}; pick a figure below it."
    if not cell.heading:
        return f"{where} belongs to the title, the notes or nothing; pick a figure in a table."
    if cell.report not in REPORTS:
        return f"{cell.report} lists findings; there is nothing in it to add up. {CAN_BE}"
    if picked.number is None:
        said = f"{where} is text; its row is about {next(iter(cell.line.values()), '')}."
        return f"{said} Pick a figure of the row, to see the rows behind it."
    return (
        f"Nothing in the books is behind {where}: its row is not one that this report has on these "
        "books. It was typed or moved there, or what it was about was undone or renamed."
    )


def sentences(ledger: Ledger, picked: Picked, found: Found) -> list[str]:
    """The explanation as lines: the figure, the rule, the rows, their sum.

    Args:
        ledger: as it stands.
        picked: the cell.
        found: what explains it.
    """
    made = found.explanation
    assert made is not None, "there is nothing to put into words"
    where = f"{picked.sheet}!{picked.cell}"
    name = picked.report.heading if picked.report else _heading(picked)
    lines = [f"{where}, {name}: {_figure(made, picked)}", made.rule]
    for part in made.parts:
        lines += _part_lines(made, part)
    if made.adds_up and len(made.parts) > 1:
        total = sum(part.amount for part in made.parts)
        lines.append(f"Together: {amount(total, made.unit, made.currency)}")
    lines += made.see
    left = drafts_left_out(ledger)
    if left and made.unit is Unit.MONEY:
        total = sum(left.values())
        lines.append(f"{counted(total, 'draft')} not posted yet and so not in it.")
    return [*lines, *_agreement(made, found)]


def _heading(picked: Picked) -> str:
    assert picked.table is not None, "a cell of neither a report nor a table"
    return BY_NAME[picked.table.table].by_key[picked.table.column].heading


def _figure(made: Explanation, picked: Picked) -> str:
    if picked.number is None or made.unit is Unit.WORDS:
        return picked.text or "blank"
    if made.unit is Unit.MONEY:
        places = exponent(made.currency)
        exact = picked.number == round(picked.number, places)
        shown = f"{picked.number:,.{places}f}" if exact else f"{picked.number:,}"
        return f"{made.currency} {shown}".strip()
    whole = picked.number == int(picked.number)
    return f"{int(picked.number) if whole else picked.number:,}"


def _part_lines(made: Explanation, part: Part) -> list[str]:
    currency = part.currency or made.currency
    unit = part.unit
    rows = part.rows
    head = f"{part.name}: {amount(part.amount, unit, currency)} from {counted(len(rows), 'row')}"
    if not len(rows):
        return [f"{part.name}: none"]
    lines = [head]
    shown = _first(part, MOST_ROWS)
    for i in shown.tolist():
        place = f"{_sheet(rows.table[i])}!{rows.row[i]}" if rows.row[i] else _sheet(rows.table[i])
        dated = "" if np.isnat(rows.date[i]) else f" {rows.date[i]}"
        what = f" {rows.what[i]}" if rows.what[i] else ""
        minor = amount(int(rows.amount[i]), unit, currency)
        lines.append(f"    {place:<20} {rows.document[i]}{dated}{what}: {minor}")
    if len(rows) > len(shown):
        rest = part.amount - int(rows.amount[shown].sum())
        more = counted(len(rows) - len(shown), "more row")
        lines.append(f"    ... and {more}, together {amount(rest, unit, currency)}")
    return lines


def _first(part: Part, most: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Which rows are listed: document by document where all fit, else the largest amounts."""
    rows = part.rows
    if len(rows) <= most:
        return np.lexsort((rows.date, rows.document.astype(str)))
    return np.argsort(-np.abs(rows.amount), kind="stable")[:most]


def _sheet(table: str) -> str:
    return BY_NAME[table].sheet if table in BY_NAME else str(table)


def _agreement(made: Explanation, found: Found) -> list[str]:
    if found.since:
        now = "" if found.now is None else amount(found.now, made.unit, made.currency)
        batches = ", ".join(found.since[:6]) + (" and others" if len(found.since) > 6 else "")
        return [
            f"So it was when the report was made. Posted since: {batches}; the same figure is now "
            f"{now or 'blank'}."
        ]
    if made.unit is Unit.WORDS or not found.agrees:
        return []
    if made.adds_up and made.parts:
        return ["The rows add up to the cell."]
    return ["The rule gives what the cell shows."]


def difference(picked: Picked, found: Found) -> Finding | None:
    """Say by how much a cell differs from what the books give, and why, where that can be seen."""
    made = found.explanation
    if made is None or found.agrees:
        return None
    if not made.is_proved:
        rows = sum(part.amount for part in made.parts)
        came = amount(rows, made.unit, made.currency)
        seen = f"{picked.text}; the rows behind it come to {came}. {_cause(picked, made)}"
        return Finding(FIGURE_DIFFERS, seen=seen, sheet=picked.sheet, cell=picked.cell)
    ours = "nothing" if made.value is None else amount(made.value, made.unit, made.currency)
    seen = f"{picked.text or 'blank'}; the books give {ours}"
    if made.value is not None and found.shown is not None:
        off = found.shown - made.value
        whole = int(off)
        if whole == off:
            seen += f", a difference of {amount(whole, made.unit, made.currency)}"
    seen += f". {_cause(picked, made)}"
    row_id = next(iter(picked.report.line.values()), "") if picked.report else ""
    return Finding(FIGURE_DIFFERS, row_id=row_id, seen=seen, sheet=picked.sheet, cell=picked.cell)


def _cause(picked: Picked, made: Explanation) -> str:
    cell = picked.report
    if not made.is_proved:
        return "A row was edited after it was posted, or is ours to mend: run verify"
    if cell is None:
        return "The row was edited after it was posted: run verify"
    if not cell.as_made():
        reason = "The sheet was edited after it was made"
        if cell.is_total:
            reason += ", or a filter hides rows, which a total leaves out"
        return reason
    month = period_of(cell.as_of)
    return (
        "The sheet is as it was made, so something that no batch records was changed since: "
        f"Settings, Customers, Disputes, Activities or policies (the report is of {month})"
    )


def as_json(picked: Picked, found: Found) -> Mapping[str, Any]:
    """The explanation for programs; money is text."""
    made = found.explanation
    base: dict[str, Any] = {"sheet": picked.sheet, "cell": picked.cell, "shown": picked.text}
    if made is None:
        return {"explanation": {**base, "rule": None, "agrees": None, "parts": []}}
    return {
        "explanation": {
            **base,
            "rule": made.rule,
            "unit": made.unit.value,
            "currency": made.currency or None,
            "value": _number(made.value, made.unit, made.currency),
            "adds_up": made.adds_up,
            "agrees": found.agrees,
            "posted_since": list(found.since),
            "value_now": _number(found.now, made.unit, made.currency) if found.since else None,
            "more": list(made.see),
            "parts": [_part_json(made, part) for part in made.parts],
        }
    }


def _number(value: int | None, unit: Unit, currency: str) -> str | int | None:
    if value is None:
        return None
    if unit is Unit.MONEY:
        return plain_text(value, currency)
    return amount(value, unit, "") if unit is Unit.TENTHS else value


def _part_json(made: Explanation, part: Part) -> dict[str, Any]:
    currency, rows = part.currency or made.currency, part.rows
    listed = _first(part, MOST_ROWS_FOR_PROGRAMS).tolist()
    return {
        "name": part.name,
        "amount": _number(part.amount, part.unit, currency),
        "rows": [
            {
                "sheet": _sheet(rows.table[i]),
                "row": int(rows.row[i]) or None,
                "document": str(rows.document[i]),
                "date": None if np.isnat(rows.date[i]) else str(rows.date[i]),
                "what": str(rows.what[i]),
                "batch": str(rows.batch[i]) or None,
                "amount": _number(int(rows.amount[i]), part.unit, currency),
            }
            for i in listed
        ],
        "rows_in_all": len(rows),
        "rest": _number(part.amount - int(rows.amount[listed].sum()), part.unit, currency),
    }
