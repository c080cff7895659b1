"""Colours of the Match sheet: how sure a proposal is, what is decided, what is done."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ar_xl.book.look import DRAFT, MUTED
from ar_xl.book.template_checks import LAST_ROW
from ar_xl.core.schema import Table

GOOD = "DDF0DF"
FAIR = "FFF1C9"
POOR = "F9DEDC"
_SURE, _LIKELY = 95, 75  # percent


def mark_matches(sheet: Worksheet, table: Table) -> None:
    """Colour rows of the Match sheet by formulas that Excel keeps up to date.

    Args:
        sheet: of the table, headings in row 1.
        table: the declaration of Matches.
    """
    keys = [column.key for column in table.columns]
    at = {key: get_column_letter(keys.index(key) + 1) for key in keys}
    decision, sure, done, line = (at[key] for key in ("decision", "confidence", "done", "line_id"))
    last = get_column_letter(len(keys))

    sheet.conditional_formatting.add(
        f"A2:{last}{LAST_ROW}",
        FormulaRule([f'${done}2<>""'], font=Font(color=MUTED), stopIfTrue=True),  # type: ignore[no-untyped-call]  # the stubs leave it out
    )
    for formula, fill in (
        (f'OR(${decision}2="Accept",${decision}2="Change")', GOOD),
        (f'${decision}2="Reject"', POOR),
        (f'AND(${line}2<>"",${decision}2="")', DRAFT),
    ):
        _fill(sheet, decision, formula, fill)
    for formula, fill in (
        (f"AND(ISNUMBER(${sure}2),${sure}2>={_SURE})", GOOD),
        (f"AND(ISNUMBER(${sure}2),${sure}2>={_LIKELY})", FAIR),
        (f"ISNUMBER(${sure}2)", POOR),
    ):
        _fill(sheet, sure, formula, fill)


def _fill(sheet: Worksheet, letter: str, formula: str, colour: str) -> None:
    look = PatternFill("solid", bgColor=colour)
    rule = FormulaRule([formula], fill=look, stopIfTrue=True)  # type: ignore[no-untyped-call]  # the stubs leave it out
    sheet.conditional_formatting.add(f"{letter}2:{letter}{LAST_ROW}", rule)
