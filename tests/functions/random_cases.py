"""Random books for the agreement of formulas and commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import strategies as st

from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.core.tables import FEE_POLICIES, TERMS
from ar_xl.core.terms import Discount, Terms
from tests.functions.agreement import moment
from tests.functions.sheet import call
from tests.functions.workbook import column, table
from tests.ops.plain_books import Invoice, Receipt, as_ledger, day_after
from tests.ops.random_books import DAYS, FIRST, on, random_lines
from tests.posted_lines import book

CENTS = st.one_of(st.sampled_from([100, 200, 300, 500, 1000]), st.integers(1, 60_000))
DAYS_AFTER = st.integers(-5, DAYS + 40).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def books(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Instalments, memos, write-offs, reversals, two currencies; aged either way; and drafts."""
    changed = {
        "aging_basis": draw(st.sampled_from(["due", "due", "invoice"])),
        "aging_edges": draw(st.sampled_from(["30,60,90", "1", "7,14,21,45"])),
    }
    drafts = f"draft invoice D1 Acme {on(3)} 77.00\ndraft receipt D2 Acme {on(4)} 5.00"
    lines = draw(random_lines()).replace("EUR", draw(st.sampled_from(["EUR", "KWD"])))
    return f"{lines}\n{drafts}", changed


@st.composite
def fee_cases(draw: st.DrawFn) -> tuple[Ledger, list[date]]:
    """Unpaid invoices, one policy, and runs in several months."""
    number = st.sampled_from([None, Decimal("0.50"), Decimal(5)])
    policy = FeePolicy(
        "P",
        draw(st.sampled_from(["flat", "percent", "monthly", "daily", "greater", "sum"])),
        draw(st.sampled_from(["due", "invoice"])),
        draw(st.sampled_from([Decimal("1.5"), Decimal(18), Decimal("0.333")])),
        draw(st.sampled_from([Decimal(1), Decimal("25.50")])),
        draw(st.sampled_from([0, 0, 5, 30])),
        draw(st.sampled_from(["shift", "threshold"])),
        draw(number),
        draw(st.sampled_from(["skip", "raise"])),
        draw(number),
        draw(st.sampled_from([None, Decimal(10)])),
        day_basis=draw(st.sampled_from(["365", "360", "actual"])),
    )
    lines = []
    for n in range(draw(st.integers(1, 5))):
        day, cents = draw(st.integers(0, 90)), draw(st.integers(1, 500_000))
        due = on(day + draw(st.sampled_from([0, 1, 30, 60])))
        lines.append(f"invoice A{n} Acme {on(day)} {Decimal(cents) / 100:.2f} due={due}")
    months = draw(st.lists(st.integers(2, 20), min_size=1, max_size=3, unique=True))
    dates = [date(2013 + m // 12, m % 12 + 1, draw(st.integers(1, 28))) for m in sorted(months)]
    rules = Policy(default_settings(default_fee_policy="P"), fee_policies={"P": policy})
    return _with_policy_rows(book("\n".join(lines), rules)), dates


def _with_policy_rows(ledger: Ledger) -> Ledger:
    """The rows of FeePolicies and Terms as they would stand in the workbook."""
    policies = list(ledger.policy.fee_policies.values())
    fees = Frame.build(
        FEE_POLICIES, len(policies),
        fee_policy=_objects([p.name for p in policies]),
        method=_objects([p.method for p in policies]),
        basis=_objects([p.basis for p in policies]),
        rate_percent=_objects([p.rate_percent for p in policies]),
        flat=_objects([p.flat for p in policies]),
        grace_days=_objects([Decimal(p.grace_days) for p in policies]),
        grace_rule=_objects([p.grace_rule for p in policies]),
        minimum=_objects([p.minimum for p in policies]),
        minimum_rule=_objects([p.minimum_rule for p in policies]),
        cap_percent_of_invoice=_objects([p.cap_percent for p in policies]),
        annual_ceiling_percent=_objects([p.ceiling_percent for p in policies]),
        day_basis=_objects([p.day_basis for p in policies]),
    )  # fmt: skip
    terms = list(ledger.policy.terms.values())
    tiers = [(*t.tiers, Discount(Decimal(0), 0), Discount(Decimal(0), 0)) for t in terms]
    rows = Frame.build(
        TERMS, len(terms),
        terms=_objects([t.name for t in terms]),
        due_rule=_objects([t.due_rule for t in terms]),
        net_days=_objects([Decimal(t.net_days) for t in terms]),
        discount_percent=_objects([each[0].percent for each in tiers]),
        discount_days=_objects([Decimal(each[0].days) for each in tiers]),
        second_discount_percent=_objects([each[1].percent for each in tiers]),
        second_discount_days=_objects([Decimal(each[1].days) for each in tiers]),
        discount_grace_days=_objects([Decimal(t.grace_days) for t in terms]),
    )  # fmt: skip
    return replace(ledger, tables={**ledger.tables, "FeePolicies": fees, "Terms": rows})


def _objects(values: list[object]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


@st.composite
def discount_cases(draw: st.DrawFn) -> tuple[Ledger, date]:
    """Invoices under terms, each paid on some day less exactly the discount a formula names."""
    percents = st.sampled_from([Decimal(1), Decimal("2.5"), Decimal(10)])
    terms = {
        "One": Terms("One", net_days=30, tiers=(Discount(draw(percents), 10),),
                     grace_days=draw(st.sampled_from([0, 3]))),
        "Two": Terms("Two", net_days=30, tiers=(Discount(draw(percents), 5),
                                                Discount(draw(percents), 20))),
        "None": Terms("None", net_days=30),
    }  # fmt: skip
    mode = draw(st.sampled_from(["included", "excluded", "mixed"]))
    policy = Policy(default_settings(tax_mode=mode), terms=terms)
    invoices, receipts = [], []
    for n in range(draw(st.integers(1, 5))):
        amount, day = draw(st.integers(2, 60_000)), draw(st.integers(0, 10))
        invoices.append(Invoice(
            f"INV-{n}", f"C{n}", day, day + 30, amount, draw(st.sampled_from([*terms])),
            draw(st.integers(0, amount // 4)), draw(st.sampled_from([0, amount // 5])),
        ))  # fmt: skip
        receipts.append(Receipt(f"R-{n}", f"C{n}", day + draw(st.integers(0, 25)), 1,
                                ((f"INV-{n}", None),)))  # fmt: skip
    ledger = _with_policy_rows(as_ledger(invoices, receipts, policy))
    found = call(
        "AR_DISCOUNT", column(i.amount / 100 for i in invoices),
        column(moment(day_after(i.day)) for i in invoices),
        column(moment(day_after(r.day)) for r in receipts),
        column(i.terms for i in invoices),
        table(ledger, "Terms"), column(i.tax / 100 for i in invoices),
        column(i.freight / 100 for i in invoices), ((mode,),),
    )  # fmt: skip
    paid = [
        replace(r, amount=i.amount - round(cell * 100))
        for r, i, (cell,) in zip(receipts, invoices, found, strict=True)
    ]
    return _with_policy_rows(as_ledger(invoices, paid, policy)), day_after(60)


@st.composite
def receipt_cases(draw: st.DrawFn) -> tuple[Ledger, date]:
    """Open invoices of one customer and one receipt without references."""
    count = draw(st.integers(1, 9))
    invoices = [
        Invoice(f"INV-{n + 1:02}", "A", 0, draw(st.integers(0, 30)), draw(CENTS))
        for n in range(count)
    ]
    chosen = draw(st.lists(st.sampled_from(invoices), unique_by=id))
    some = sum(each.amount for each in chosen)
    amount = draw(st.sampled_from([some, some + 7, sum(i.amount for i in invoices)]))
    day = draw(st.integers(0, 40))
    rules = draw(st.sampled_from(["1,2,3,4,5", "5", "2,4,5", "4,3", "3,5"]))
    policy = Policy(default_settings(allocation_rules=rules), terms={"Net 30": Terms("Net 30")})
    receipt = Receipt("R-1", "A", day, amount or draw(CENTS))
    return as_ledger(invoices, [receipt], policy), day_after(60)
