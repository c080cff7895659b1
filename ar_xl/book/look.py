"""How our sheets look: colours, number formats and widths, said once for template and reports."""

from __future__ import annotations

from typing import Literal

from ar_xl.core.schema import Column, Filler, Kind, Role

NAVY = "1F3864"  # headings that the user fills in
SLATE = "7F8794"  # headings that ar_xl fills in
AMBER = "E8A33D"  # the line under a heading that a draft cannot do without
SHADE = "F3F4F6"  # cells that ar_xl fills in
DRAFT = "FFF7E0"  # a row that is not posted yet
INK = "262626"
MUTED = "6B7280"
WHITE = "FFFFFF"

SUB_LEDGER = "Sub-ledger of accounts receivable."  # what the Home sheet begins with

TAB_COLOURS = {
    Role.POSTED: "2E75B6",
    Role.PRODUCT: "7F8794",
    Role.MASTER: "548235",
    Role.POLICY: "BF9000",
}

ALIGNED: dict[Kind, Literal["left", "center", "right"]] = {
    Kind.TEXT: "left", Kind.DATE: "center", Kind.MONEY: "right", Kind.INT: "right",
    Kind.RATE: "right", Kind.NUMBER: "right",
}  # fmt: skip

DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"
WHOLE_FORMAT = "0"
RATE_FORMAT = "0.000000####"
GENERAL_FORMAT = "General"

_WIDTHS = {Kind.TEXT: 16.0, Kind.DATE: 13.0, Kind.MONEY: 15.0, Kind.INT: 8.0, Kind.RATE: 13.0,
           Kind.NUMBER: 11.0}  # fmt: skip
_WIDE = {
    "name": 30.0, "email": 28.0, "address": 36.0, "notes": 36.0, "description": 34.0,
    "memo": 30.0, "reason": 34.0, "remittance": 30.0, "outcome": 30.0, "resolution": 30.0,
    "next_action": 26.0, "rule": 24.0, "hash": 22.0, "previous_hash": 22.0, "rows": 34.0,
    "control_before": 26.0, "control_after": 26.0, "control_total": 26.0, "posted_at_utc": 22.0,
    "closed_at": 22.0, "reopened_at": 22.0, "seal": 12.0, "setting": 28.0, "note": 108.0,
    "instalments": 28.0, "template": 20.0, "action": 20.0, "source": 30.0, "step": 20.0,
    "value": 22.0, "documents": 34.0, "why": 64.0, "alternatives": 44.0, "payer": 26.0,
    "text": 36.0, "line_id": 18.0, "matched_to": 18.0, "done": 18.0,
}  # fmt: skip


def money_format(exponent: int) -> str:
    """The number format of amounts whose minor unit has `exponent` digits: 2 is `#,##0.00`."""
    return "#,##0" + ("." + "0" * exponent if exponent else "")


def number_format(kind: Kind, exponent: int) -> str:
    """The number format of a column.

    Args:
        kind: what the column holds.
        exponent: digits of the currency that its amounts are in.
    """
    if kind is Kind.MONEY:
        return money_format(exponent)
    formats = {
        Kind.TEXT: TEXT_FORMAT, Kind.DATE: DATE_FORMAT, Kind.INT: WHOLE_FORMAT,
        Kind.RATE: RATE_FORMAT, Kind.NUMBER: GENERAL_FORMAT,
    }  # fmt: skip
    return formats[kind]


def column_width(column: Column) -> float:
    """The width of a table's column in characters: its content, and its heading with a button."""
    wanted = _WIDE.get(column.key, _WIDTHS[column.kind])
    return max(wanted, len(column.heading) * 1.15 + 5)


def is_ours(column: Column) -> bool:
    """Whether ar_xl fills the column in, so that it is shaded."""
    return column.filler is Filler.PRODUCT
