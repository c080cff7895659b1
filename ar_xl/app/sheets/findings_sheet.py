"""Check: every finding as a row, errors first."""

from __future__ import annotations

from collections.abc import Sequence

from ar_xl.app.sheets.parts import drafts_line, text
from ar_xl.core.findings import Finding, Severity
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.core.tables import BY_NAME


def findings_report(ledger: Ledger, request: Request, found: Sequence[Finding]) -> Report:
    """The findings of the whole workbook.

    Args:
        ledger: as it stands.
        request: whose command it is.
        found: located in the workbook or not; one that is not shows its row and column.
    """
    ranked = sorted(found, key=lambda finding: list(Severity).index(finding.severity))
    counted = {kind: sum(each.severity is kind for each in found) for kind in Severity}
    said = ", ".join(
        f"{count:,} {kind.value}{'s' if count > 1 else ''}"
        for kind, count in counted.items()
        if count
    )
    block = ReportBlock(
        "Check",
        "",
        "",
        (
            text("Severity", [finding.severity.value for finding in ranked]),
            text("Sheet", [_sheet(finding) for finding in ranked]),
            text("Cell", [_cell(finding) for finding in ranked]),
            text("Document", [finding.row_id for finding in ranked]),
            text("Seen", [finding.seen for finding in ranked]),
            text("Expected", [finding.expected or finding.code.expected for finding in ranked]),
            text("What To Do", [finding.fix or finding.code.fix for finding in ranked]),
            text("Code", [finding.code.name for finding in ranked]),
        ),
    )
    return Report(
        "Check",
        request.as_of,
        ledger.policy.settings.company,
        (("Found", said if found else "nothing is wrong"), drafts_line(ledger)),
        (block,) if found else (),
    )


def _sheet(finding: Finding) -> str:
    if finding.sheet or finding.table not in BY_NAME:
        return finding.sheet or finding.table
    return BY_NAME[finding.table].sheet


def _cell(finding: Finding) -> str:
    if finding.cell or not finding.row:
        return finding.cell
    table = BY_NAME.get(finding.table)
    column = table.by_key.get(finding.column) if table else None
    return f"row {finding.row}" + (f", {column.heading}" if column else "")
