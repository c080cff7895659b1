"""What the reader makes of a workbook, and what it says about what it cannot read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ar_xl.book.reader import ReadResult, read_ledger
from ar_xl.core.findings import Exit, Finding, Refusal
from ar_xl.core.terms import Discount
from tests.book.workbooks import Rows, Styled, resize, workbook
from tests.book.workbooks import put as put_cell
from tests.ledger_text import frame_text

DAY = dt.date(2026, 1, 5)
INVOICE = {"Invoice No": "00123", "Customer ID": "ACME", "Invoice Date": DAY, "Amount": 100.0}
POSTED = {**INVOICE, "Type": "Invoice", "Currency": "USD", "Posting Date": DAY, "Seal": 7,
          "Batch": "B-000001"}  # fmt: skip


def read(path: Path, rows: Rows | None = None, **more: Any) -> ReadResult:
    return read_ledger(workbook(path, rows, **more))


def located(result: ReadResult) -> list[Finding]:
    return [result.layout.locate(finding) for finding in result.ledger.findings]


def said(result: ReadResult) -> list[tuple[str, str, str]]:
    """Code, place and what was seen of each finding."""
    return [(f.code.name, f"{f.sheet}!{f.cell}", f.seen) for f in located(result)]


def test_a_new_workbook_has_no_rows_and_no_findings(tmp_path: Path) -> None:
    result = read(tmp_path)
    assert not result.ledger.findings
    assert len(result.ledger.posted("Invoices")) == len(result.ledger.draft("Invoices")) == 0
    assert result.layout.places["Invoices"].used_row == 1


def test_a_row_with_a_batch_is_posted_and_one_without_is_a_draft(tmp_path: Path) -> None:
    ledger = read(tmp_path, {"Invoices": [POSTED, {**INVOICE, "Invoice No": "124"}]}).ledger
    assert frame_text(ledger.posted("Invoices"), "Invoice No", "Amount", "Batch") == [
        "00123 | 100.00 | B-000001"
    ]
    assert frame_text(ledger.draft("Invoices"), "Invoice No", "Invoice Date", "Amount") == [
        "124 | 2026-01-05 | 100.00"
    ]
    assert ledger.draft("Invoices").row.tolist() == [3]


def test_a_step_typed_in_other_capitals_is_the_step_of_the_ladder(tmp_path: Path) -> None:
    called = {"Date": DAY, "Customer ID": "ACME", "Kind": "Letter", "Step": "FIRST  reminder"}
    ledger = read(tmp_path, {"Activities": [called, {**called, "Step": "Visit"}]}).ledger
    assert ledger.posted("Activities").text("step").tolist() == ["First reminder", "Visit"]


def test_blank_rows_are_no_drafts(tmp_path: Path) -> None:
    result = read(tmp_path, {"Invoices": [INVOICE, {}, {**INVOICE, "Invoice No": "124"}, {}]})
    assert result.ledger.draft("Invoices").row.tolist() == [2, 4]
    assert result.layout.places["Invoices"].used_row == 4
    assert result.layout.places["Invoices"].last_row == 5


def test_columns_may_be_reordered_and_more_may_stand_beside_them(tmp_path: Path) -> None:
    def reorder(made: openpyxl.Workbook) -> None:
        sheet = made["Reserves"]
        for at, heading in enumerate(["Reason", "My column", "Amount", "Document No", "From"], 1):
            sheet.cell(1, at, heading)
        row: list[Any] = ["dispute", 7, 50, "INV-1", DAY]
        for at, value in enumerate(row, 1):
            sheet.cell(2, at).value = value
        sheet.tables["Reserves"].ref = sheet.tables["Reserves"].autoFilter.ref = "A1:E2"
        del sheet.tables["Reserves"].tableColumns[:]

    result = read(tmp_path, change=reorder)
    reserves = result.ledger.policy.reserves
    assert frame_text(reserves, "Document No", "Amount", "Reason") == ["INV-1 | 50.00 | dispute"]
    assert result.layout.places["Reserves"].columns["amount"] == 3


def test_a_renamed_heading_is_named_with_the_one_that_was_expected(tmp_path: Path) -> None:
    def rename(made: openpyxl.Workbook) -> None:
        sheet = made["Invoices"]
        sheet["H1"] = "Amout"
        sheet.tables["Invoices"].tableColumns[7].name = "Amout"

    result = read(tmp_path, {"Invoices": [INVOICE]}, change=rename)
    assert said(result) == [
        ("heading_missing", "Invoices!H1", "the heading `Amout` and no column `Amount`")
    ]
    assert result.ledger.findings[0].expected == "the heading `Amount`"
    assert not len(result.ledger.draft("Invoices"))


def test_a_renamed_table_is_named_with_its_sheet(tmp_path: Path) -> None:
    def rename(made: openpyxl.Workbook) -> None:
        table = made["Receipts"].tables["Receipts"]
        table.name = table.displayName = "Table7"

    (finding,) = located(read(tmp_path, change=rename))
    assert finding.code.name == "table_missing"
    assert finding.seen == (
        "sheet `Receipts` has the table `Table7`, and no table is named `Receipts`"
    )
    assert finding.sheet == "Receipts"


def test_a_deleted_sheet_is_a_finding(tmp_path: Path) -> None:
    (finding,) = located(read(tmp_path, change=lambda made: made.remove(made["Ladder"])))
    assert (finding.code.name, finding.seen) == (
        "table_missing", "no table `Ladder` and no sheet `Ladder`"
    )  # fmt: skip


def test_a_workbook_without_any_of_the_tables_is_refused(tmp_path: Path) -> None:
    def empty(made: openpyxl.Workbook) -> None:
        for sheet in made.worksheets[1:]:
            made.remove(sheet)

    with pytest.raises(Refusal) as refused:
        read(tmp_path, change=empty)
    assert refused.value.code.exit is Exit.UNREADABLE
    assert "`Home`" in refused.value.seen


@pytest.mark.parametrize(
    ("heading", "value", "code", "cell", "seen"),
    [
        ("Amount", "12,50 EUR", "amount_not_a_number", "H2", "the text `12,50 EUR`"),
        ("Amount", "#N/A", "error_value", "H2", "the error #N/A"),
        ("Amount", Styled(41_279, "yyyy-mm-dd"), "date_in_amount", "H2", "the date 2013-01-05"),
        ("Amount", 1.005, "too_many_decimals", "H2", "the number 1.005"),
        ("Tax", Styled(0.19, "0%"), "percent_formatted", "I2",
         "19 % (the cell is formatted as percent)"),
        ("Amount", True, "amount_not_a_number", "H2", "the truth value TRUE"),
        ("Amount", "=1+1", "formula_without_value", "H2", "a formula without a result"),
        ("Invoice Date", "05.01.2026", "date_not_a_date", "D2", "the text `05.01.2026`"),
        ("Invoice Date", dt.datetime(2026, 1, 5, 8, 30), "date_with_time", "D2",
         "the date 2026-01-05"),
        ("Invoice No", Styled(46_054, "yyyy-mm-dd"), "number_became_date", "A2",
         "the date 2026-02-01"),
        ("Type", "invoce", "not_a_choice", "B2", "`invoce`"),
        ("Currency", "usd", "currency_unknown", "G2", "`usd`"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_cell_and_the_row_left_out(
    tmp_path: Path, heading: str, value: Any, code: str, cell: str, seen: str
) -> None:
    result = read(tmp_path, {"Invoices": [{**INVOICE, heading: value}, {**INVOICE}]})
    assert said(result) == [(code, f"Invoices!{cell}", seen)]
    finding = result.ledger.findings[0]
    assert finding.is_error
    assert finding.expected or finding.code.expected
    assert result.ledger.draft("Invoices").row.tolist() == [3]
    assert result.layout.bad_rows["Invoices"].tolist() == [2]
    assert result.layout.bad_row_count == 1


def test_a_misspelt_type_is_told_what_was_probably_meant(tmp_path: Path) -> None:
    result = read(tmp_path, {"Invoices": [{**INVOICE, "Type": "credit memo"}]})
    assert result.ledger.findings[0].expected.endswith("probably `Credit Memo`")


def test_a_dispute_of_less_than_nothing_is_an_error_that_names_its_cell(tmp_path: Path) -> None:
    dispute = {"Invoice No": "INV-1", "Opened": DAY, "Amount": -5}
    result = read(tmp_path, {"Disputes": [dispute, {**dispute, "Amount": None}]})
    assert said(result) == [("amount_negative", "Disputes!D2", "an amount below zero")]
    assert result.ledger.findings[0].is_error
    assert result.ledger.posted("Disputes").row.tolist() == [3]


def test_a_posted_row_that_was_made_unreadable_is_told_from_a_draft(tmp_path: Path) -> None:
    result = read(tmp_path, {"Invoices": [{**POSTED, "Amount": "100"}]})
    assert said(result) == [("posted_row_unreadable", "Invoices!H2", "the text `100`")]
    assert result.ledger.findings[0].row_id == "00123"
    assert not len(result.ledger.posted("Invoices"))


def test_a_row_typed_where_only_ar_xl_writes_is_a_warning(tmp_path: Path) -> None:
    result = read(tmp_path, {"Applications": [{"Application No": "A-1", "Amount": 5}]})
    assert said(result) == [("row_without_batch", "Applications!Q2", "a row without a batch")]
    assert not result.ledger.findings[0].is_error


def test_amounts_have_the_decimals_of_their_own_currency(tmp_path: Path) -> None:
    rows: Rows = {
        "Customers": [{"Customer ID": "KUWAIT", "Currency": "KWD"}],
        "Invoices": [
            {**INVOICE, "Invoice No": "Y", "Currency": "JPY", "Amount": 500},
            {**INVOICE, "Invoice No": "K", "Customer ID": "KUWAIT", "Amount": 1.234},
            {**INVOICE, "Invoice No": "U", "Amount": 1.23},
        ],
        "Applications": [
            {"Application No": "1", "Invoice No": "Y", "Amount": 500, "Batch": "B"},
            {"Application No": "2", "Invoice No": "K", "Amount": 1.234, "Batch": "B"},
        ],
    }
    ledger = read(tmp_path, rows).ledger
    assert not ledger.findings
    assert ledger.draft("Invoices").ints("amount").tolist() == [500, 1234, 123]
    assert ledger.posted("Applications").ints("amount").tolist() == [500, 1234]


def test_yen_with_decimals_are_refused_even_though_the_books_are_in_dollars(tmp_path: Path) -> None:
    result = read(tmp_path, {"Invoices": [{**INVOICE, "Currency": "JPY", "Amount": 1.5}]})
    assert result.ledger.findings[0].expected == "no decimals in this currency"


def test_dates_of_a_1904_workbook_are_the_same_days(tmp_path: Path) -> None:
    def in_1904(made: openpyxl.Workbook) -> None:
        made.epoch = CALENDAR_MAC_1904

    result = read(tmp_path, {"Invoices": [INVOICE]}, change=in_1904)
    assert result.layout.date1904
    assert frame_text(result.ledger.draft("Invoices"), "Invoice Date") == ["2026-01-05"]


def test_only_the_tables_asked_for_and_those_they_need_are_read(tmp_path: Path) -> None:
    result = read_ledger(workbook(tmp_path), tables=["Applications"])
    assert {"Applications", "Invoices", "Receipts", "Customers", "Settings"} <= set(
        result.layout.places
    )
    assert "Journal" not in result.layout.places


def test_formulas_of_drafts_are_remembered(tmp_path: Path) -> None:
    def extend(made: openpyxl.Workbook) -> None:
        resize(made["Invoices"], "Invoices", 6)

    result = read(tmp_path, {"Invoices": [INVOICE]}, change=extend)
    assert result.layout.places["Invoices"].last_row == 6
    assert result.layout.formulas["Invoices"] == {}


def test_policies_are_read(tmp_path: Path) -> None:
    policy = read(tmp_path).ledger.policy
    assert policy.settings.company == "Cassia Trading Ltd"
    assert policy.terms["2/10 Net 30"].tiers[0] == Discount(policy.terms["2/10 Net 30"].tiers[0]
                                                            .percent, 10)  # fmt: skip
    assert len(policy.terms["Thirds 30/60/90"].parts) == 3
    assert policy.fee_policies["1.5 % a month"].method == "monthly"
    assert [step.after_days for step in policy.ladder] == [-5, 7, 14, 30, 45, 60]
    washington = [each for each in policy.fee_ceilings if each.jurisdiction == "Washington"]
    assert [each.percent for each in washington] == [12]
    assert all(each.source and "counsel" in each.note for each in policy.fee_ceilings)
    assert set(policy.loss_rates) == {"Current", "1-30", "31-60", "61-90", "Over 90"}


@pytest.mark.parametrize(
    ("table", "row", "code", "column", "expected"),
    [
        ("Terms", {"Terms": "X", "Discount %": Styled(0.02, "0%")}, "percent_formatted",
         "discount_percent", "a plain number: 2 means 2 %"),
        ("Terms", {"Terms": "X", "Instalments": "50%@30; 60%@60"}, "policy_not_understood",
         "instalments", "percents that total 100, or `rest` as the last part"),
        ("Terms", {"Terms": "X", "Net Days": 1.5}, "policy_not_understood", "net_days",
         "a whole number"),
        ("Terms", {"Terms": "Net 30", "Net Days": 31}, "policy_named_twice", "terms",
         "each name once"),
        ("FeePolicies", {"Fee Policy": "X", "Method": "weekly"}, "not_a_choice", "method",
         "one of: none, flat, percent, monthly, daily, greater, sum"),
        ("FeePolicies", {"Fee Policy": "X", "Method": "daily"}, "policy_not_understood",
         "rate_percent", "a rate for the method `daily`; 2 means 2 %"),
        ("FeeCeilings", {"Jurisdiction": "X", "Annual Ceiling %": Styled(0.12, "0%")},
         "percent_formatted", "annual_ceiling_percent", "a plain number: 2 means 2 %"),
        ("FeeCeilings", {"Jurisdiction": "Washington", "Annual Ceiling %": 9},
         "policy_named_twice", "from_date", "each Jurisdiction once for each From"),
        ("FeeCeilings", {"Annual Ceiling %": 9}, "policy_not_understood", "jurisdiction",
         "a Jurisdiction"),
        ("Ladder", {"Action": "Call"}, "policy_not_understood", "step", "a Step"),
        ("Rates", {"Currency": "EUR", "Date": DAY, "Rate": -1}, "rate_not_understood", "rate",
         "a positive number: units of the base currency per unit of the currency"),
    ],
)  # fmt: skip
def test_a_policy_that_is_not_understood_is_never_guessed(
    tmp_path: Path, table: str, row: dict[str, Any], code: str, column: str, expected: str
) -> None:
    (finding,) = read(tmp_path, {table: [row]}).ledger.findings
    assert (finding.code.name, finding.table, finding.column) == (code, table, column)
    assert (finding.expected or finding.code.expected) == expected
    assert finding.is_error


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("Aging Basis", "invoices", "setting_not_understood"),
        ("Tolerance %", Styled(0.02, "0%"), "percent_formatted"),
    ],
)
def test_a_setting_that_is_not_understood_stops_everything(
    tmp_path: Path, setting: str, value: Any, code: str
) -> None:
    def put(made: openpyxl.Workbook) -> None:
        sheet = made["Settings"]
        row = next(cells for cells in sheet.iter_rows(min_row=2) if cells[0].value == setting)
        put_cell(row[1], value if isinstance(value, Styled) else Styled(value, ""))

    (finding,) = located(read(tmp_path, change=put))
    assert (finding.code.name, finding.sheet, finding.row_id) == (code, "Settings", setting)


def test_a_cut_over_date_may_be_typed_as_a_date(tmp_path: Path) -> None:
    def put(made: openpyxl.Workbook) -> None:
        for row in made["Settings"].iter_rows(min_row=2):
            if row[0].value == "Cut-over Date":
                put_cell(row[1], Styled(DAY, "yyyy-mm-dd"))

    result = read(tmp_path, change=put)
    assert not result.ledger.findings
    assert result.ledger.policy.settings.cut_over == DAY
