"""The exchange table of a month-end: foreign receivables at the month's rate, gains and losses."""

from __future__ import annotations

from datetime import date

from ar_xl.app.sheets.parts import money, text
from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import period_bounds, period_of
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text, rate_text
from ar_xl.core.report import ReportBlock
from ar_xl.ops.revaluation import Revaluation, realised_rows, revaluations

REALISED = "Realised in the month"
NO_RATE = "no rate"


def exchange_blocks(ledger: Ledger, last: date) -> list[ReportBlock]:
    """What foreign receivables are worth at a month's end; nothing where there are none.

    Args:
        ledger: after everything of the month was posted.
        last: the last day of the month.
    """
    found = revaluations(ledger, last)
    rows, gains = realised_rows(ledger, period_bounds(period_of(last))[0], last)
    if not found and not len(rows):
        return []
    base = ledger.policy.settings.base_currency
    count = len(found)
    return [
        ReportBlock(
            "Exchange",
            f"Exchange, in {base}",
            base,
            (
                text("Exchange", [*(f"{each.currency}, not realised" for each in found), REALISED]),
                text("Open", [*(_open(each) for each in found), ""]),
                text("Rate", [*(_rate(each) for each in found), ""]),
                money("Carried At", [*(each.carried for each in found), BLANK], total=False),
                money("Worth", [*(_worth(each) for each in found), BLANK], total=False),
                money("Gain or Loss", [*(_gain(each) for each in found), int(gains.sum())],
                      total=False),
            ),
            strong=(count,),
        )
    ]  # fmt: skip


def _open(found: Revaluation) -> str:
    return f"{found.currency} {money_text(found.open, found.currency)}"


def _rate(found: Revaluation) -> str:
    return NO_RATE if found.rate == BLANK else rate_text(found.rate)


def _worth(found: Revaluation) -> int:
    return BLANK if found.rate == BLANK else found.value


def _gain(found: Revaluation) -> int:
    return BLANK if found.rate == BLANK else found.unrealised
