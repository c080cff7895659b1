"""Letters: what was made for whom, what waits to be sent, and who was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ar_xl.app.sheets.parts import dates, drafts_line, money, text
from ar_xl.core.arrays import text_array
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.collecting.letterlist import Asked, Letters
from ar_xl.ops.customers import customer_values

WHY_WIDTH = 60


@dataclass(frozen=True)
class Made:
    """What the report says of a letter besides the letter itself.

    Args:
        template: its file.
        language: of the letter.
        paper: where it is, `folder/file`.
        note: what else to know.
    """

    template: str
    language: str
    paper: str
    note: str


def letters_report(
    ledger: Ledger, request: Request, chosen: Letters, made: Sequence[Made]
) -> Report:
    """The letters of a run by currency, then those that wait, then who got none.

    Args:
        ledger: as it stands.
        request: whose command it is.
        chosen: the letters of the date.
        made: what was made, a letter each.
    """
    sums = [each for letter in chosen.now for each in letter.sums]
    left = [each for other in chosen.left_out for each in other.sums]
    blocks = [
        _now(ledger, chosen, made, currency) for currency in sorted({s.currency for s in sums})
    ]
    if chosen.waiting:
        blocks.append(_waiting(ledger, chosen))
    blocks += [
        _left_out(ledger, chosen, currency) for currency in sorted({s.currency for s in left})
    ]
    steps = [f"{step.name} {_when(step.after_days)}" for step in ledger.policy.ladder]
    return Report(
        "Letters",
        chosen.as_of,
        ledger.policy.settings.company,
        (("Ladder", "; ".join(steps) or "none"), drafts_line(ledger)),
        tuple(blocks),
        (
            "Asked For is what is open less what is in dispute, on a payment plan, covered by "
            "credits or promised.",
            "A letter that was made is not sent yet. It counts for the Ladder once Done On is "
            "filled in Activities.",
        ),
    )


def _when(after_days: int) -> str:
    if after_days < 0:
        return f"{-after_days} days before the due date"
    return f"after {after_days} days"


def _now(ledger: Ledger, chosen: Letters, made: Sequence[Made], currency: str) -> ReportBlock:
    rows = [
        (letter, each, asked)
        for letter, each in zip(chosen.now, made, strict=True)
        for asked in letter.sums
        if asked.currency == currency
    ]
    customers = text_array(letter.customer_id for letter, _, _ in rows)
    return ReportBlock(
        "Letters",
        currency,
        currency,
        (
            text("Customer ID", customers),
            text("Name", customer_values(ledger, customers, "name")),
            text("Step", (letter.step for letter, _, _ in rows)),
            text("By", (letter.kind for letter, _, _ in rows)),
            text("Template", (each.template for _, each, _ in rows)),
            text("Language", (each.language for _, each, _ in rows)),
            money("Open", (asked.open for _, _, asked in rows)),
            money("Disputed", (asked.disputed for _, _, asked in rows)),
            money("Asked For", (asked.asked for _, _, asked in rows)),
            text("File", (each.paper.partition("/")[2] for _, each, _ in rows)),
            text("Note", (each.note for _, each, _ in rows)),
        ),
    )


def _waiting(ledger: Ledger, chosen: Letters) -> ReportBlock:
    customers = text_array(letter.customer_id for letter in chosen.waiting)
    made = [letter.made or chosen.as_of for letter in chosen.waiting]
    return ReportBlock(
        "Waiting",
        "Made before and not sent: not made again",
        "",
        (
            text("Customer ID", customers),
            text("Customer", customer_values(ledger, customers, "name")),
            text("Waiting Step", (letter.step for letter in chosen.waiting)),
            dates("Made On", np.array([day(each) for each in made], dtype="datetime64[D]")),
            text("Paper", (letter.paper for letter in chosen.waiting), width=WHY_WIDTH),
        ),
    )


def _left_out(ledger: Ledger, chosen: Letters, currency: str) -> ReportBlock:
    rows: list[tuple[str, str, Asked]] = [
        (other.customer_id, other.why, asked)
        for other in chosen.left_out
        for asked in other.sums
        if asked.currency == currency
    ]
    customers = text_array(customer for customer, _, _ in rows)
    return ReportBlock(
        "NoLetter",
        f"No letter, {currency}",
        currency,
        (
            text("Customer ID", customers),
            text("Customer", customer_values(ledger, customers, "name")),
            text("Why", (why for _, why, _ in rows), width=WHY_WIDTH),
            money("Past Due", (asked.open for _, _, asked in rows)),
            money("In Dispute", (asked.disputed for _, _, asked in rows)),
        ),
    )
