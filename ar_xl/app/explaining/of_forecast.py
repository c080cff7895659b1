"""Figures of Expected Cash, Payers and Expected Items."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.app.sheets.expected_sheet import CUMULATIVE, EXPECTED_BY, STANDS, TOTAL, stands
from ar_xl.core.arrays import BLANK, BoolArray, IntArray, text_array
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.expected import Expected, day_number, expected, week_of
from ar_xl.ops.collecting.expecting import BOOK_ITEMS, WEEK, WEEKS, week_rate
from ar_xl.ops.collecting.habits import FEWEST, RECENT_DAYS, done_items
from ar_xl.ops.collecting.payhistory import MEMORY_DAYS
from ar_xl.ops.collecting.paying_habits import SOON, payers
from ar_xl.ops.open_items import open_items
from ar_xl.ops.settlements import all_settlements, day_numbers
from ar_xl.ops.tracing import item_rows, of_items

_HABIT, _PROMISED, _PLANNED = EXPECTED_BY
_LATER, _APART = "Later or Never", "Apart"
_RULES = {
    _HABIT: "What is left of each open item, as often as items that were as late were paid in the "
    f"week: the customer's own of the last {MEMORY_DAYS} days, with {BOOK_ITEMS} of the whole book "
    "beside them.",
    _PROMISED: "What standing promises cover, on the day promised.",
    _PLANNED: "What unpaid lines of live payment plans cover, on the day each line is due.",
    TOTAL: "By habit, promised and from plans together.",
    CUMULATIVE: "All that is expected up to the last day of the week.",
    _LATER: f"What is not expected within {WEEKS} weeks: later, or never.",
}


def cash_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A week of Expected Cash, the sum of a column, or where all that is open stands."""
    found = expected(ledger, cell.as_of)
    if cell.heading in STANDS:
        return _stands(ledger, found, cell)
    if cell.heading not in (*EXPECTED_BY, TOTAL, CUMULATIVE):
        return None
    weeks = slice(0, WEEKS)
    when = f"{cell.as_of} and {WEEKS} weeks on"
    if not cell.is_total:
        week = _week(found, cell.line.get("From", ""))
        if week is None:
            return None
        weeks = slice(0 if cell.heading == CUMULATIVE else week, week + 1)
        when = f"{cell.line['From']} to {cell.line['To']}"
    table = {
        _HABIT: found.by_habit, _PROMISED: found.by_promise, _PLANNED: found.by_plan,
    }.get(cell.heading, found.weeks)  # fmt: skip
    amounts = table[:, weeks].sum(axis=1)
    return _of_items(ledger, found, cell, amounts, f"{when}: {_RULES[cell.heading]}")


def _week(found: Expected, first_day: str) -> int | None:
    """The number of the week that begins on a day."""
    try:
        day = day_number(date.fromisoformat(first_day))
    except ValueError:
        return None
    inside = found.today < day <= found.today + WEEK * WEEKS
    return int(week_of(np.array([day]), found.today)[0]) if inside else None


def _of_items(
    ledger: Ledger, found: Expected, cell: ReportCell, amounts: IntArray, rule: str
) -> Explanation:
    """Amounts of the items of the cell's currency, those of nothing left out."""
    mine = np.flatnonzero(found.items.currency == cell.currency)
    rows = of_items(ledger, found.items.take(mine), amounts[mine], "expected")
    value = int(amounts[mine].sum())
    part = Part("Expected", rows)
    return Explanation(f"{cell.currency}, {rule}", Unit.MONEY, value, cell.currency, (part,))


def _stands(ledger: Ledger, found: Expected, cell: ReportCell) -> Explanation:
    at = STANDS.index(cell.heading)
    mine = np.flatnonzero(found.items.currency == cell.currency)
    items = found.items.take(mine)
    value = stands(found, cell.currency)[at]
    if at == len(STANDS) - 1:
        part = Part("Open items", item_rows(ledger, cell.as_of, items))
        rule = "Everything open; the five figures before it add up to it."
        return Explanation(rule, Unit.MONEY, value, cell.currency, (part,))
    amounts, rule = (
        (found.weeks[:, :WEEKS].sum(axis=1), "The weeks below added up."),
        (found.weeks[:, WEEKS], _RULES[_LATER]),
        (found.disputed, "What the Disputes sheet says is contested, at most what is open."),
        (found.credited, "Covered by unapplied receipts and credit memos of the customer, oldest "
         "items first."),
        (found.given_up, "Owed by customers who are with an agency, in legal action or closed."),
    )[at]  # fmt: skip
    rows = of_items(ledger, items, amounts[mine], "of the open item")
    return Explanation(rule, Unit.MONEY, value, cell.currency, (Part("Expected", rows),))


def items_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one open item, or the sum of a column of Expected Items."""
    found = expected(ledger, cell.as_of)
    items = found.items
    mine = items.currency == cell.currency
    if not cell.is_total:
        mine &= items.invoice_no == cell.line.get("Invoice No", "")
        mine &= items.line.astype(str) == cell.line.get("Line", "")
    at = np.flatnonzero(mine)
    if not len(at):
        return None
    some = items.take(at)
    if cell.heading == "Open":
        part = Part("Open items", item_rows(ledger, cell.as_of, some))
        rule = f"The amount less what was applied by rows posted up to {cell.as_of}."
        return Explanation(rule, Unit.MONEY, int(some.open.sum()), cell.currency, (part,))
    if cell.heading == "Line":
        rule = "The instalment; 1 where the document falls due in one part."
        return Explanation(rule, Unit.WHOLE, int(some.line[0]))
    if cell.heading == "Days Past Due":
        rule = f"{cell.as_of} less the due date, {some.due_date[0]}; below zero before it."
        return Explanation(rule, Unit.WHOLE, found.today - int(day_numbers(some.due_date)[0]))
    if cell.heading == "Expected On" and not cell.is_total:
        return _pay_date(found, int(at[0]))
    amounts = {
        _HABIT: found.by_habit[:, :WEEKS].sum(axis=1),
        _PROMISED: found.by_promise[:, :WEEKS].sum(axis=1),
        _PLANNED: found.by_plan[:, :WEEKS].sum(axis=1),
        _LATER: found.weeks[:, WEEKS],
        _APART: found.disputed + found.credited + found.given_up,
    }.get(cell.heading)
    if amounts is None:
        return None
    rule = _RULES.get(cell.heading, "In dispute, covered by unapplied credits, or with an agency.")
    rows = of_items(ledger, some, amounts[at], cell.heading.lower())
    see = () if cell.is_total or cell.heading != _HABIT else _first_weeks(found, int(at[0]))
    return Explanation(
        rule, Unit.MONEY, int(amounts[at].sum()), cell.currency, (Part("Expected", rows),), see=see
    )


def _first_weeks(found: Expected, at: int) -> tuple[str, ...]:
    """The counts behind the rates of the first four weeks of an item, to reckon by hand."""
    age = np.array([found.today], dtype=np.int64) - day_numbers(found.items.due_date[at : at + 1])
    said = []
    for week in range(SOON):
        rate = week_rate(found.past, found.customer[at : at + 1], age + WEEK * week)
        if not int(rate.book_unpaid[0]):
            break
        own, of, book, of_all, share = (
            int(getattr(rate, name)[0])
            for name in ("own_paid", "own_unpaid", "book_paid", "book_unpaid", "rate")
        )
        said.append(
            f"Week {week + 1}: {own} of the customer's {of} items that were unpaid so late were "
            f"paid in it, of the whole book {book} of {of_all}: ({own} + {BOOK_ITEMS} x {book} / "
            f"{of_all}) / ({of} + {BOOK_ITEMS}) = {share // 10_000}.{share % 10_000 // 100:02} % "
            "of what was left."
        )
    return tuple(said)


def _pay_date(found: Expected, at: int) -> Explanation:
    when = found.pay_date[at]
    due = found.items.due_date[at]
    if np.isnat(when):
        rule = "Nothing tells: nobody ever paid so late, or nothing of the item is left to habit."
        return Explanation(rule, Unit.WORDS, words="")
    age = np.array([found.today - int(day_numbers(np.array([due]))[0])], dtype=np.int64)
    own = int(found.past.paid_after(found.customer[at : at + 1], age)[0])
    whose = (
        f"the customer's {own} items" if own >= FEWEST
        else f"all customers' {int(found.past.book_paid_after(age)[0])} items (the customer has "
        f"fewer than {FEWEST})"
    )  # fmt: skip
    late = int((when - due).astype(np.int64))
    rule = (
        f"Due date {due} and {late} days, the average of {whose} of the last {MEMORY_DAYS} days "
        f"that were paid more than {int(age[0])} days late."
    )
    return Explanation(rule, Unit.WORDS, words=str(when))


def payers_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one payer, or the sum of a column."""
    found = expected(ledger, cell.as_of)
    weeks = found.weeks
    amounts = {
        "Open": found.items.open,
        f"In {SOON} Weeks": weeks[:, :SOON].sum(axis=1),
        f"In {WEEKS} Weeks": weeks[:, :WEEKS].sum(axis=1),
        _LATER: weeks[:, WEEKS],
        _APART: found.disputed + found.credited + found.given_up,
    }.get(cell.heading)
    customer = cell.line.get("Customer ID", "")
    if amounts is None:
        return None if cell.is_total else _habit(ledger, found, cell, customer)
    if not cell.is_total:
        amounts = np.where(found.items.customer_id == customer, amounts, 0)
    whose = "all customers" if cell.is_total else customer
    return _of_items(ledger, found, cell, amounts, f"{whose}: {_said(cell.heading)}")


def _said(heading: str) -> str:
    return {
        "Open": "all open items.",
        _LATER: _RULES[_LATER],
        _APART: "in dispute, covered by unapplied credits, or with an agency.",
    }.get(heading, "by habit, promised and from plans within so many weeks.")


def _habit(ledger: Ledger, found: Expected, cell: ReportCell, customer: str) -> Explanation | None:
    """An average, a share or a count of settled items, with the days late of each."""
    rows = payers(ledger, cell.as_of, found)
    at = np.flatnonzero((rows.currency == cell.currency) & (rows.customer_id == customer))
    if not len(at):
        return None
    items = open_items(ledger, cell.as_of)
    done = done_items(items, all_settlements(ledger, cell.as_of), cell.as_of)
    theirs = items.customer_id[done.item] == customer
    here = theirs & (items.currency[done.item] == cell.currency)
    none = np.zeros(len(theirs), dtype=np.bool_)
    table: dict[str, tuple[IntArray, BoolArray, str]] = {
        "Items Paid": (rows.count, here, "Items that were settled in full."),
        "Paid Late %": (rows.share_late, here & (done.late > 0),
                        "Items settled after their due date, listed here, as a share of all "
                        "items settled."),
        "Days Late": (rows.average, here, "Days late of all settled items / their number."),
        "Days Late By Amount": (rows.weighted, here, "Days late x amount, added up, / amounts "
                                "added up."),
        "Recent": (rows.recent, theirs & done.recent,
                   f"Days late of the items settled in the last {RECENT_DAYS} days / their "
                   "number, in all currencies."),
        "Before": (rows.earlier, theirs & ~done.recent,
                   "Days late of the items settled before that / their number, in all currencies."),
        "Trend": (rows.trend, none, "Recent less Before; above zero the customer pays later."),
    }  # fmt: skip
    if cell.heading not in table:
        return None
    values, chosen, rule = table[cell.heading]
    value = int(values[at[0]])
    some = items.take(done.item[chosen])
    late = done.late[chosen]
    counted = cell.heading == "Items Paid"
    words = text_array(f"{days} days late" for days in late.tolist())
    ones = np.ones(len(late), dtype=np.int64)
    listed = of_items(ledger, some, ones if counted else np.where(late == 0, 0, late), words)
    summed = f" {len(late)} items, {int(late.sum())} days late in all." if chosen.any() else ""
    fewest = f" Fewer than {FEWEST} items are no habit." if value == BLANK else ""
    unit = Unit.WHOLE if counted else Unit.TENTHS
    return Explanation(
        f"{customer}: {rule}{summed}{fewest}", unit, None if value == BLANK else value, "",
        (Part("Items paid", listed, Unit.WHOLE),) if len(listed) else (), adds_up=counted,
    )  # fmt: skip
