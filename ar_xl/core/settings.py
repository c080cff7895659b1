"""Settings: how a workbook works, declared once, read from its `Settings` table.

A value that cannot be read is a finding and stops every posting: a policy is never guessed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.money import is_currency

SCHEMA_VERSION = 2

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
class Setting:
    """One line of the Settings sheet.

    Args:
        name: as it stands in the sheet.
        field: the attribute of `Settings` it becomes.
        default: the value in a new workbook, as text.
        note: what it means and what is allowed.
        parse: text to value; raises ValueError for what is not allowed.
    """

    name: str
    field: str
    default: str
    note: str
    parse: Callable[[str], Any]

    @property
    def choices(self) -> tuple[str, ...]:
        """The only words allowed; empty for anything else."""
        return tuple(getattr(self.parse, "allowed", ()))


class _OneOf:
    """Reads one of a few words; the template offers them as a drop-down."""

    def __init__(self, *allowed: str) -> None:
        self.allowed = allowed

    def __call__(self, text: str) -> Any:
        value = text.strip().lower()
        if value not in self.allowed:
            raise ValueError(f"one of: {', '.join(self.allowed)}")
        return value


class _YesNo(_OneOf):
    """Reads yes or no as a truth value."""

    def __call__(self, text: str) -> Any:
        return super().__call__(text) == "yes"


_choice = _OneOf
_yes_no = _YesNo("yes", "no")


def _currency(text: str) -> str:
    value = text.strip().upper()
    if not is_currency(value):
        raise ValueError("a currency code of three letters such as USD")
    return value


def _edges(text: str) -> tuple[int, ...]:
    try:
        edges = tuple(int(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise ValueError("day numbers in rising order such as 30,60,90") from None
    if not edges or edges[0] < 1 or any(b <= a for a, b in itertools.pairwise(edges)):
        raise ValueError("day numbers in rising order such as 30,60,90; buckets may not overlap")
    return edges


def _rules(text: str) -> tuple[int, ...]:
    try:
        rules = tuple(int(part) for part in text.replace(";", ",").split(",") if part.strip())
    except ValueError:
        rules = (0,)
    if len(set(rules)) != len(rules) or not set(rules) <= {1, 2, 3, 4, 5}:
        raise ValueError("some of the rules 1 to 5 in the order they run, such as 1,2,3,4,5")
    return rules


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise ValueError("a date such as 2026-01-31, or nothing") from None


def _number(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise ValueError("a number such as 5.00, or nothing") from None
    if not value.is_finite() or value < 0:
        raise ValueError("a number that is not negative, or nothing")
    return value


def _weight(text: str) -> Decimal:
    return _number(text) or Decimal(0)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _words(text: str) -> str:
    return text.strip()


def _account(text: str) -> str:
    if not text.strip():
        raise ValueError("the number or name of a general-ledger account")
    return text.strip()


SETTINGS: tuple[Setting, ...] = (
    Setting("Company", "company", "",
            "Your company's name, on every report.", _words),
    Setting("Address", "address", "",
            "For letters and statements.", _words),
    Setting("Base Currency", "base_currency", "USD",
            "The currency of your books: USD, EUR, ...", _currency),
    Setting("Cut-over Date", "cut_over", "",
            "Documents dated before it are opening balances, not sales. Empty: none.", _date),
    Setting("Aging Basis", "aging_basis", "due",
            "due: days past the due date; invoice: days since the invoice date.",
            _choice("due", "invoice")),
    Setting("Aging Buckets", "aging_edges", "30,60,90",
            "The upper edges; 30,60,90 is Current, 1-30, 31-60, 61-90, Over 90.", _edges),
    Setting("Default Terms", "default_terms", "",
            "For customers without terms of their own.", _words),
    Setting("Default Fee Policy", "default_fee_policy", "",
            "For customers without one of their own. Empty: no late fees.", _words),
    Setting("Tax Mode", "tax_mode", "included",
            "included: a discount shrinks the tax too; excluded: discount on the net; mixed: the "
            "invoice's tax already reckons with the discount.",
            _choice("included", "excluded", "mixed")),
    Setting("Partial Discount", "partial_discount", "no",
            "yes: a part payment earns its share of the discount; no: only the payment that "
            "closes the item earns it.", _yes_no),
    Setting("Discount On Full Payment", "discount_on_full", "nothing",
            "nothing: who pays in full in the window gets nothing back; credit: the discount "
            "stays as unapplied credit.", _choice('nothing', 'credit')),
    Setting("Credit Memo Overflow", "memo_overflow", "apply",
            "A memo larger than its invoice. apply: pays what is open, the rest stays a credit; "
            "hold: the whole memo stays a credit.", _choice('apply', 'hold')),
    Setting("Allocation Rules", "allocation_rules", "1,2,3,4,5",
            "Which rules apply receipts, in order: 1 references, 2 one equal item, 3 the balance, "
            "4 a subset, 5 oldest first.", _rules),
    Setting("Underpayment Tolerance", "under_tolerance", "",
            "A difference up to this amount is written off, per item. Empty with Tolerance % "
            "empty: none.", _number),
    Setting("Overpayment Tolerance", "over_tolerance", "",
            "The same for paying too much, per receipt.", _number),
    Setting("Tolerance %", "tolerance_percent", "",
            "Both are also limited to this percent of the item. Empty: no such limit.", _number),
    Setting("Fees Paid", "fees_paid", "last",
            "Whether receipts pay late fees last or first.", _choice('last', 'first')),
    Setting("Write-off Approval Limit", "write_off_limit", "",
            "Above it another person approves. Empty: no limit.", _number),
    Setting("Refund Approval Limit", "refund_limit", "",
            "Above it another person approves a refund. Empty: no limit.", _number),
    Setting("Auto Accept", "auto_accept", "99",
            "Match accepts proposals itself from this confidence on, in percent. Empty: never.",
            _number),
    Setting("Bank Fee Tolerance", "bank_fee_tolerance", "",
            "A payment that is short by up to this amount may have lost a bank fee. Empty: none.",
            _number),
    Setting("Deduction Reasons", "deduction_reasons",
            "Damage; Shortage; Price; Freight; Tax; Other",
            "Why customers pay less, for the Match sheet; with `;` between them.", _list),
    Setting("Bounced Fee", "bounced_fee", "",
            "What a customer is charged for a returned payment, where the row says nothing.",
            _number),
    Setting("Deposit Overdue Days", "deposit_overdue_days", "3",
            "After so many days a slip that the bank has not credited is reported.", _weight),
    Setting("Card Settlement Days", "card_settlement_days", "2",
            "So many days after the slip card money arrives.", _weight),
    Setting("Invoice Prefix", "invoice_prefix", "INV-",
            "For numbers that posting gives.", _words),
    Setting("Memo Prefix", "memo_prefix", "CM-",
            "For credit memos.", _words),
    Setting("Fee Prefix", "fee_prefix", "LF-",
            "For late fees.", _words),
    Setting("Receipt Prefix", "receipt_prefix", "R-",
            "For receipts without a number.", _words),
    Setting("Card Fee %", "card_fee_percent", "5",
            "A card slip that arrives smaller lost a fee of up to this percent; more is asked "
            "about. Empty: none is taken for a fee.", _weight),
    Setting("Adjustment Prefix", "adjustment_prefix", "ADJ-",
            "For adjustments.", _words),
    Setting("Refund Prefix", "refund_prefix", "RF-",
            "For refunds.", _words),
    Setting("Deposit Prefix", "deposit_prefix", "DEP-",
            "For deposit slips.", _words),
    Setting("Weight Overdue", "weight_overdue", "40",
            "Collections score: the overdue amount.", _weight),
    Setting("Weight Age", "weight_age", "30",
            "Collections score: the oldest item.", _weight),
    Setting("Weight Broken Promises", "weight_promises", "15",
            "Collections score: broken promises.", _weight),
    Setting("Weight Habit", "weight_habit", "10",
            "Collections score: paying later than before.", _weight),
    Setting("Weight Credit Limit", "weight_limit", "5",
            "Collections score: use of the credit limit.", _weight),
    Setting("Promise Grace Days", "promise_grace_days", "3",
            "Days after a promise before it counts as broken.", _weight),
    Setting("GL AR", "gl_ar", "1200",
            "The control account.", _account),
    Setting("GL Cash", "gl_cash", "1000",
            "The bank.", _account),
    Setting("GL Undeposited", "gl_undeposited", "1050",
            "Cash, checks and cards not deposited yet.", _account),
    Setting("GL Sales", "gl_sales", "4000",
            "Revenue, where the row names no account.", _account),
    Setting("GL Tax", "gl_tax", "2200",
            "Sales tax.", _account),
    Setting("GL Discounts", "gl_discounts", "4900",
            "Discounts given.", _account),
    Setting("GL Late Fees", "gl_late_fees", "4950",
            "Late fees earned.", _account),
    Setting("GL Write-offs", "gl_write_offs", "6900",
            "Small differences.", _account),
    Setting("GL Bad Debt", "gl_bad_debt", "6950",
            "Expense of the allowance.", _account),
    Setting("GL Allowance", "gl_allowance", "1290",
            "Allowance for doubtful accounts.", _account),
    Setting("GL FX", "gl_fx", "7000",
            "Exchange differences.", _account),
    Setting("GL Bank Fees", "gl_bank_fees", "6800",
            "Bank charges.", _account),
    Setting("GL Fees Charged", "gl_fees_charged", "4960",
            "Bank fees passed on to customers.", _account),
    Setting("GL FX Unrealised", "gl_fx_unrealised", "7010",
            "Revaluation of open items at month-end, reversed the next day.", _account),
    Setting("GL Opening Balance", "gl_opening", "3900",
            "The other side of opening balances.", _account),
    Setting("Schema Version", "schema_version", str(SCHEMA_VERSION),
            "Do not change.", int),
)  # fmt: skip


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
    promise_grace_days: Decimal
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
