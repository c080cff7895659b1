"""Settings: how a workbook works, declared once, read from its `Settings` table.

A value that cannot be read is a finding and stops every posting: a policy is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.settinglist import SETTINGS

SETTING_UNKNOWN_VALUE = code(
    "setting_not_understood",
    Severity.ERROR,
    "one of the values that the note beside the setting allows",
    "Correct the value on the Settings sheet.",
)
SETTING_UNKNOWN = code(
    "setting_unknown",
    Severity.WARNING,
    "the name of a setting that ar_xl knows",
    "Correct the name or remove the line; it has no effect.",
)


@dataclass(frozen=True)
class Settings:
    """The settings of one workbook, read and checked. Amounts are Decimal in base units."""

    company: str
    address: str
    base_currency: str
    cut_over: date | None
    aging_basis: str
    aging_edges: tuple[int, ...]
    default_terms: str
    default_fee_policy: str
    tax_mode: str
    partial_discount: bool
    discount_on_full: str
    memo_overflow: str
    allocation_rules: tuple[int, ...]
    under_tolerance: Decimal | None
    over_tolerance: Decimal | None
    tolerance_percent: Decimal | None
    fees_paid: str
    write_off_limit: Decimal | None
    refund_limit: Decimal | None
    auto_accept: Decimal | None
    bank_fee_tolerance: Decimal | None
    deduction_reasons: tuple[str, ...]
    bounced_fee: Decimal | None
    deposit_overdue_days: Decimal
    card_settlement_days: Decimal
    card_fee_percent: Decimal
    invoice_prefix: str
    memo_prefix: str
    fee_prefix: str
    receipt_prefix: str
    adjustment_prefix: str
    refund_prefix: str
    deposit_prefix: str
    weight_overdue: Decimal
    weight_age: Decimal
    weight_promises: Decimal
    weight_habit: Decimal
    weight_limit: Decimal
    weight_returned: Decimal
    promise_grace_days: Decimal
    phone: str
    email: str
    signed_by: str
    pay_to: str
    logo: str
    language: str
    papers_folder: str
    statement_kind: str
    statement_file: str
    statement_minimum: Decimal | None
    mail_server: str
    mail_port: Decimal
    mail_security: str
    mail_user: str
    calls_a_day: Decimal
    plan_grace_days: Decimal
    plan_breaks_after: Decimal
    plan_interest: Decimal | None
    plan_prefix: str
    dispute_prefix: str
    dispute_overdue_days: Decimal
    overdue_limit_days: Decimal
    time_zone: str
    gl_ar: str
    gl_cash: str
    gl_undeposited: str
    gl_sales: str
    gl_tax: str
    gl_discounts: str
    gl_late_fees: str
    gl_write_offs: str
    gl_bad_debt: str
    gl_allowance: str
    gl_fx: str
    gl_bank_fees: str
    gl_fees_charged: str
    gl_fx_unrealised: str
    gl_opening: str
    schema_version: int


def read_settings(
    values: Mapping[str, str], rows: Mapping[str, int] | None = None
) -> tuple[Settings, list[Finding]]:
    """Read settings from the texts of the sheet.

    Args:
        values: text by setting name; a setting that is not there takes its default.
        rows: sheet row by setting name, for findings.

    Returns:
        The settings, with the default where a value was not understood, and the findings.
    """
    rows = rows or {}
    read: dict[str, Any] = {}
    findings = []
    for setting in SETTINGS:
        text = values.get(setting.name, setting.default)
        try:
            read[setting.field] = setting.parse(text)
        except ValueError as error:
            read[setting.field] = setting.parse(setting.default)
            findings.append(
                Finding(
                    SETTING_UNKNOWN_VALUE, "Settings", rows.get(setting.name, 0), "value",
                    setting.name, f"`{text}`", str(error),
                )
            )  # fmt: skip
    findings += _control_account_twice(read, rows)
    known = {setting.name for setting in SETTINGS}
    findings += [
        Finding(SETTING_UNKNOWN, "Settings", rows.get(name, 0), "setting", name, f"`{name}`")
        for name in values
        if name and name not in known
    ]
    return Settings(**read), findings


def _control_account_twice(read: Mapping[str, Any], rows: Mapping[str, int]) -> list[Finding]:
    """The control account is no other account: what is booked against it would cancel itself."""
    control = read["gl_ar"]
    return [
        Finding(
            SETTING_UNKNOWN_VALUE, "Settings", rows.get(setting.name, 0), "value", setting.name,
            f"`{control}`, the account of GL AR too", "an account of its own",
        )
        for setting in SETTINGS
        if setting.field.startswith("gl_") and setting.field != "gl_ar"
        and read[setting.field] == control
    ]  # fmt: skip


def default_settings(**changed: str) -> Settings:
    """The settings of a new workbook, some of them changed; texts by attribute name."""
    by_field = {setting.field: setting.name for setting in SETTINGS}
    settings, findings = read_settings({by_field[key]: text for key, text in changed.items()})
    assert not findings, findings
    assert {f.name for f in fields(Settings)} == set(by_field)
    return settings
