"""The Home sheet: how to work in ten lines, what the colours mean, and the way to every sheet."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ar_xl.book.look import AMBER, DRAFT, INK, MUTED, NAVY, SLATE, SUB_LEDGER, TAB_COLOURS, WHITE
from ar_xl.book.template_rows import HOW_TO_WORK
from ar_xl.core.schema import Role
from ar_xl.core.tables import TABLES

_ROLE_TITLES = {
    Role.POSTED: "You enter, ar_xl posts",
    Role.MASTER: "You keep",
    Role.PRODUCT: "ar_xl writes",
    Role.POLICY: "Your rules",
}


def add_home(workbook: Workbook, company: str) -> None:
    """Add the Home sheet as the first and active one.

    Args:
        workbook: the new workbook.
        company: the name in the title; may be empty.
    """
    sheet = workbook.create_sheet("Home", 0)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = NAVY
    for letter, width in zip("ABCDE", (2.5, 12, 24, 88, 2.5), strict=True):
        sheet.column_dimensions[letter].width = width
    _title(sheet, company)
    row = _how_to_work(sheet, 5)
    row = _legend(sheet, row + 1)
    row = _sheets(sheet, row + 1)
    sheet.print_area = f"A1:E{row}"
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True


def _font(size: int = 11, bold: bool = False, color: str = INK, underline: bool = False) -> Font:
    return Font(
        name="Calibri", size=size, bold=bold, color=color, underline="single" if underline else None
    )


def _title(sheet: Worksheet, company: str) -> None:
    sheet.row_dimensions[2].height = 30
    sheet["B2"] = company or "Accounts receivable"
    sheet["B2"].font = _font(20, bold=True, color=NAVY)
    sheet["B3"] = (
        f"{SUB_LEDGER} Post Invoices below is the command "
        "`ar-xl post-invoices` with the name of this workbook; `ar-xl --help` lists them all."
    )
    sheet["B3"].font = _font(11, color=MUTED)


def _section(sheet: Worksheet, row: int, title: str) -> None:
    sheet.cell(row, 2, title).font = _font(12, bold=True, color=NAVY)
    for column in (2, 3, 4):
        sheet.cell(row, column).border = Border(bottom=Side("medium", color=NAVY))


def _how_to_work(sheet: Worksheet, row: int) -> int:
    _section(sheet, row, "How to work")
    for number, (when, text) in enumerate(HOW_TO_WORK, 1):
        row += 1
        sheet.row_dimensions[row].height = 33
        sheet.cell(row, 2, when).font = _font(bold=True, color=SLATE)
        sheet.cell(row, 2).alignment = Alignment(vertical="center")
        cell = sheet.cell(row, 3, f"{number}. {text}")
        cell.font = _font()
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)
        for column in (2, 3, 4):
            sheet.cell(row, column).border = Border(bottom=Side("hair", color=SLATE))
    return row + 1


def _legend(sheet: Worksheet, row: int) -> int:
    _section(sheet, row, "What the colours mean")
    shown = (
        ("Invoice No", NAVY, WHITE, "", "A heading of a column that you fill in."),
        ("Customer ID", NAVY, WHITE, AMBER, "The same; a row cannot be posted without it."),
        ("Batch", SLATE, WHITE, "", "A heading of a column that ar_xl fills in. Leave it alone."),
        ("INV-1042", DRAFT, INK, "", "A draft: not posted yet, counts nowhere."),
    )
    for text, fill, ink, line, meaning in shown:
        row += 1
        cell = sheet.cell(row, 2, text)
        cell.fill = PatternFill("solid", fgColor=fill)
        cell.font = _font(bold=fill != DRAFT, color=ink)
        if line:
            cell.border = Border(bottom=Side("thick", color=line))
        sheet.cell(row, 3, meaning).font = _font()
        sheet.cell(row, 3).alignment = Alignment(indent=1)
    return row + 1


def _sheets(sheet: Worksheet, row: int) -> int:
    _section(sheet, row, "The sheets")
    for role in (Role.POSTED, Role.MASTER, Role.PRODUCT, Role.POLICY):
        for table in (table for table in TABLES if table.role is role):
            row += 1
            mark = sheet.cell(row, 2, _ROLE_TITLES[role].split(",")[0])
            mark.font = _font(9, bold=True, color=TAB_COLOURS[role])
            link = sheet.cell(row, 3, table.sheet)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{table.sheet}'!A1")
            link.font = _font(color="0B5394", underline=True)
            sheet.cell(row, 4, table.purpose).font = _font()
    return row
