"""Words of the call list: why a customer is called."""

from __future__ import annotations

from ar_xl.core.arrays import BLANK, TextArray, text_array
from ar_xl.core.money import money_text
from ar_xl.ops.collecting.calllist import CallList

HIGH_USE = 900  # tenths of a percent of the credit limit that are worth a word


def reasons(calls: CallList) -> TextArray:
    """Why each customer is on the list, most telling first."""
    return text_array(_reason(calls, i) for i in range(len(calls)))


def _reason(calls: CallList, i: int) -> str:
    currency = calls.currency[i]

    def shown(minor: int) -> str:
        return money_text(int(minor), currency)

    words = [
        f"{shown(calls.overdue[i])} overdue, the oldest {calls.oldest_days[i]} days "
        f"({calls.oldest_no[i]})"
    ]
    promises = int(calls.broken[i]) - bool(calls.broken_plan[i])
    if promises:
        words.append(f"{promises} broken promise{'s' if promises > 1 else ''}")
    if calls.broken_plan[i]:
        words.append(calls.broken_plan[i])
    if calls.promised[i]:
        words.append(f"{shown(calls.promised[i])} promised for {calls.promise_due[i]}")
    recent, earlier = int(calls.recent[i]), int(calls.earlier[i])
    if BLANK not in (recent, earlier) and recent > earlier and recent > 0:
        words.append(f"pays {_tenths(recent)} days late, before {_tenths(earlier)}")
    if calls.limit_use[i] >= HIGH_USE:
        words.append(f"uses {calls.limit_use[i] // 10} % of the credit limit")
    if calls.returned[i]:
        words.append(f"{calls.returned[i]} returned payment{'s' if calls.returned[i] > 1 else ''}")
    if calls.disputed[i]:
        words.append(f"{shown(calls.disputed[i])} in dispute left out")
    if calls.planned[i]:
        words.append(f"{shown(calls.planned[i])} on a payment plan left out")
    if calls.unapplied[i]:
        words.append(f"{shown(calls.unapplied[i])} of unapplied credits taken off")
    return "; ".join(words)


def _tenths(value: int) -> str:
    return f"{'-' if value < 0 else ''}{abs(value) // 10}.{abs(value) % 10}"
