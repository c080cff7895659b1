"""The drop-downs and checks of the template: Excel says no before we have to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ar_xl.book.look import is_ours
from ar_xl.core.schema import Column, Kind, Table
from ar_xl.core.settinglist import SETTINGS

LAST_ROW = 1_048_576


def add_validations(sheet: Worksheet, table: Table, list_name: Callable[[str], str]) -> None:
    """Give each column that the user fills in its drop-down or check, down to Excel's last row.

    Args:
        sheet: the table's sheet, headings in row 1.
        table: the declaration.
        list_name: the workbook name of the list that `Column.list_from` names.
    """
    if table.name == "Settings":
        _add_setting_choices(sheet)
    for number, column in enumerate(table.columns, 1):
        if is_ours(column):
            continue
        check = _check_of(column, table, list_name)
        if check is None:
            continue
        letter = get_column_letter(number)
        check.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(check)


def _check_of(
    column: Column, table: Table, list_name: Callable[[str], str]
) -> DataValidation | None:
    if column.key == "reason_code":
        reasons = next(s for s in SETTINGS if s.field == "deduction_reasons").default
        listed = ",".join(part.strip() for part in reasons.split(";"))
        return _list(f'"{listed}"', "warning", column.heading,
                     "It is not one of the usual reasons.")  # fmt: skip
    if column.choices:
        listed = ",".join(column.choices)
        assert len(listed) <= 253, f"{column.heading}: Excel takes no list this long in a check"
        return _list(f'"{listed}"', "stop", column.heading, "Choose one of the list.")
    if column.list_from and column.list_from != f"{table.name}[{column.heading}]":
        sheet_name = column.list_from.partition("[")[0]
        return _list(
            list_name(column.list_from), "warning", column.heading,
            f"It is not in the table {sheet_name} yet.",
        )  # fmt: skip
    if column.kind is Kind.DATE:
        return _between(
            "date", "61", "2958465", column.heading,
            "Type a date. Text that looks like a date is none.",
        )  # fmt: skip
    if column.kind in (Kind.MONEY, Kind.RATE, Kind.NUMBER):
        hint = "Type a number; 2 means 2 %." if "%" in column.heading else "Type a number."
        low = "0" if column.never_negative else "-999999999999999"
        return _between("decimal", low, "999999999999999", column.heading, hint)
    if column.kind is Kind.INT:
        return _between("whole", "0", "1000000", column.heading, "Type a whole number.")
    return None


def _list(
    formula: str, style: Literal["stop", "warning"], title: str, message: str
) -> DataValidation:
    return DataValidation(
        type="list", formula1=formula, allow_blank=True, showErrorMessage=True,
        errorStyle=style, errorTitle=title[:32], error=message,
    )  # fmt: skip


def _between(
    kind: Literal["whole", "decimal", "date"], low: str, high: str, title: str, message: str
) -> DataValidation:
    return DataValidation(
        type=kind, operator="between", formula1=low, formula2=high, allow_blank=True,
        showErrorMessage=True, errorStyle="stop", errorTitle=title[:32], error=message,
    )  # fmt: skip


def _add_setting_choices(sheet: Worksheet) -> None:
    """Drop-downs beside the settings that allow a few words only; rows as the template has them."""
    for row, setting in enumerate(SETTINGS, 2):
        if setting.choices:
            listed = ",".join(setting.choices)
            check = _list(f'"{listed}"', "stop", setting.name, "Choose one of the list.")
            check.add(f"B{row}")
            sheet.add_data_validation(check)
