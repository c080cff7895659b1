"""Deposit: the slips of a batch, to be printed, counted, signed and taken to the bank."""

from __future__ import annotations

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.sheets.parts import amount, batch_line, dates, drafts_line, money, text, whole
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.banking.slips import received_net, slip_lines
from ar_xl.ops.customers import customer_values
from ar_xl.ops.open_items import zero_if_blank

SIGNATURES = (
    f"Prepared by {'_' * 22}  Counted by {'_' * 22}",
    f"Received by the bank {'_' * 22}  Date {'_' * 14}",
)


def deposit_report(ledger: Ledger, request: Request, batch: str) -> Report:
    """The slips of a batch: one table a slip, and one that adds them up.

    Args:
        ledger: after the batch was posted.
        request: whose command it is.
        batch: its number.
    """
    slips = ledger.posted("Deposits")
    slips = slips.take(np.flatnonzero(slips.text("batch") == batch))
    lines = slip_lines(ledger, slips)
    receipts = ledger.posted("Receipts").take(lines.receipt)
    blocks = [
        _slip(ledger, slips.take(np.array([i])), receipts.take(np.flatnonzero(lines.slip == i)))
        for i in range(len(slips))
    ]
    if len(slips) > 1:
        blocks += _sums(slips, np.bincount(lines.slip, minlength=len(slips)))
    return Report(
        "Deposit",
        request.as_of,
        ledger.policy.settings.company,
        (
            ("Bank account", str(slips.text("bank_account")[0]) or "not named"),
            ("Deposit date", str(slips.dates("date")[0])),
            *_cash_lines(slips),
            drafts_line(ledger),
            batch_line([batch]),
        ),
        tuple(blocks),
        SIGNATURES,
        portrait=True,
        tab=f"Deposit {slips.text('deposit_no')[0]}",
    )


def _cash_lines(slips: Frame) -> list[tuple[str, str]]:
    """What the cash box should hold, and room for what it does."""
    return [
        (
            "Cash count",
            f"{amount(total, currency)} on slip {number}; counted: {'_' * 14}",
        )
        for number, method, currency, total in zip(
            slips.text("deposit_no"), slips.text("method"), slips.text("currency"),
            slips.ints("total").tolist(), strict=True,
        )
        if method == "Cash"
    ]  # fmt: skip


def _slip(ledger: Ledger, slip: Frame, receipts: Frame) -> ReportBlock:
    number, method, currency = (
        str(slip.text(key)[0]) for key in ("deposit_no", "method", "currency")
    )
    fee = int(zero_if_blank(slip.ints("fee"))[0])
    net = (
        f"; fee {amount(fee, currency)}, to the bank {amount(_net(slip), currency)}" if fee else ""
    )
    return ReportBlock(
        "Deposit",
        f"Slip {number}, {method}: {counted(len(receipts), 'receipt')}{net}, {currency}",
        currency,
        (
            text("Receipt No", receipts.text("receipt_no")),
            dates("Date", receipts.dates("receipt_date")),
            text("Check/Ref", receipts.text("check_ref")),
            text("Customer ID", receipts.text("customer_id")),
            text("Payer", customer_values(ledger, receipts.text("customer_id"), "name")),
            money("Amount", received_net(receipts)),
        ),
    )


def _net(slips: Frame) -> int:
    return int((slips.ints("total") - zero_if_blank(slips.ints("fee"))).sum())


def _sums(slips: Frame, count: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[ReportBlock]:
    """What the slips of each currency come to."""
    made = []
    for currency in sorted(set(slips.text("currency").tolist())):
        at = np.flatnonzero(slips.text("currency") == currency)
        mine = slips.take(at)
        fee = zero_if_blank(mine.ints("fee"))
        made.append(
            ReportBlock(
                "Slips",
                f"All slips, {currency}",
                currency,
                (
                    text("Deposit No", mine.text("deposit_no")),
                    text("Method", mine.text("method")),
                    whole("Receipts", count[at]),
                    money("Total", mine.ints("total")),
                    money("Fee", fee),
                    money("To the Bank", mine.ints("total") - fee),
                ),
            )
        )
    return made
