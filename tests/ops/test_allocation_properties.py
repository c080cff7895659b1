"""What holds for allocation whatever the books look like."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.ledger import Change, Request
from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.apply_discounts import apply_discounts
from ar_xl.ops.fifo import oldest_first
from ar_xl.ops.open_items import credits, open_items
from ar_xl.ops.post_payments import post_payments
from bench.deciding import run
from tests.ops.plain_books import TERMS, Invoice, Receipt, as_ledger, as_plain, day_after

REQUEST = Request(day_after(60), "tester")
Case = tuple[list[Invoice], list[Receipt], dict[str, str]]
AMOUNTS = st.one_of(st.sampled_from([100, 200, 300, 500, 1000, 10000]), st.integers(1, 60000))


def policy(changed: dict[str, str]) -> Policy:
    return Policy(settings=default_settings(**changed), terms=TERMS)


@st.composite
def invoices(draw: st.DrawFn, most: int = 9) -> list[Invoice]:
    made = []
    for at in range(draw(st.integers(1, most))):
        amount = draw(AMOUNTS)
        day = draw(st.integers(0, 12))
        late_fee = draw(st.integers(0, 9)) == 0
        made.append(Invoice(
            number=f"INV-{at + 1}", customer=draw(st.sampled_from("AAB")), day=day,
            due=day + draw(st.sampled_from([0, 5, 30])), amount=amount,
            terms=draw(st.sampled_from([*TERMS])), late_fee=late_fee,
            tax=draw(st.integers(0, amount // 4)), freight=draw(st.sampled_from([0, amount // 5])),
            disputed=draw(st.sampled_from([0, 0, 0, 0, amount // 3, amount])),
            parts=draw(st.sampled_from([1, 1, 1, 2, 3])) if amount > 3 and not late_fee else 1,
        ))  # fmt: skip
    return made


@st.composite
def books(draw: st.DrawFn) -> Case:
    documents = draw(invoices())
    changed = {
        "allocation_rules": draw(
            st.sampled_from(["1,2,3,4,5", "5", "1,5", "2,4,5", "4,3", "3,5", "1,4,2"])
        ),
        "partial_discount": draw(st.sampled_from(["no", "yes"])),
        "discount_on_full": draw(st.sampled_from(["nothing", "credit"])),
        "tax_mode": draw(st.sampled_from(["included", "excluded", "mixed"])),
        "fees_paid": draw(st.sampled_from(["last", "first"])),
        "under_tolerance": draw(st.sampled_from(["", "0.50", "5.00"])),
        "over_tolerance": draw(st.sampled_from(["", "0.50", "5.00"])),
        "tolerance_percent": draw(st.sampled_from(["", "1", "10"])),
    }
    plain = as_plain(documents, [], policy(changed))
    receipts = []
    for at in range(draw(st.integers(1, 7))):
        customer, day = draw(st.sampled_from("AAB")), draw(st.integers(0, 40))
        theirs = [item for item in plain.items if item.customer == customer]
        chosen = draw(st.lists(st.sampled_from(theirs), unique_by=id)) if theirs else []
        full = sum(item.open - item.disputed for item in chosen)
        net = sum(item.open - item.discount(day) for item in chosen)
        amount = draw(st.sampled_from([full, net, full + 3, net - 30, 0]))
        amount = amount if amount > 0 else draw(AMOUNTS)
        names: tuple[tuple[str, int | None], ...] = ()
        if chosen and draw(st.integers(0, 2)) == 0:
            numbers = sorted({item.number for item in chosen})
            names = tuple(
                (number, draw(st.sampled_from([None, None, 50, 5000]))) for number in numbers
            )
            if draw(st.booleans()):
                names = (*names, ("NOBODY", draw(st.sampled_from([None, 20]))))
        receipts.append(Receipt(f"R-{at + 1}", customer, day, amount, names))
    return documents, receipts, changed


def applied(change: Change) -> list[tuple[str, str, int, int, int, int, int]]:
    if "Applications" not in change.appends:
        return []
    rows = change.appends["Applications"]
    return sorted(
        zip(
            rows.text("source_no"), rows.text("invoice_no"), rows.ints("line").tolist(),
            rows.ints("amount").tolist(), rows.ints("discount").tolist(),
            rows.ints("difference").tolist(), [int(rule[0]) for rule in rows.text("rule")],
            strict=True,
        )
    )  # fmt: skip


@settings(max_examples=300)
@given(books())
def test_every_application_is_the_one_of_the_plain_loop(case: Case) -> None:
    documents, receipts, rules = case[0], case[1], policy(case[2])
    plain = as_plain(documents, receipts, rules)
    expected = sorted(plain.run(rules.settings.allocation_rules))
    change = post_payments(as_ledger(documents, receipts, rules), REQUEST)
    assert applied(change) == expected
    posted = set(change.posts["Receipts"].text("receipt_no")) if change.posts else set()
    assert {r.number for r in receipts} - posted == plain.refused
    asked = {f.row_id for f in change.findings if f.code.name == "allocation_question"}
    assert asked == plain.asked


@settings(max_examples=150)
@given(books())
def test_applied_and_unapplied_make_up_the_receipt_and_nothing_falls_below_zero(case: Case) -> None:
    before = as_ledger(case[0], case[1], policy(case[2]))
    change = post_payments(before, REQUEST)
    if not change.posts:
        return
    after = before.after(change)
    items, money = open_items(after, REQUEST.as_of), credits(after, REQUEST.as_of)
    assert (items.open >= 0).all()
    assert (money.unapplied >= 0).all()
    posted = change.posts["Receipts"]
    assert dict(zip(money.source_no, money.unapplied, strict=True)) == dict(
        zip(posted.text("receipt_no"), posted.ints("unapplied"), strict=True)
    )
    totals = {label: amounts["USD"] for label, amounts in change.totals.items()}
    assert totals["received"] == totals["applied"] + totals["unapplied"]
    relieved = int((items.amount - items.open).sum())
    assert relieved == totals["applied"] + totals["discount"] + totals["difference"]


@settings(max_examples=150)
@given(books())
def test_an_invoice_never_gets_more_discount_than_d(case: Case) -> None:
    documents, receipts, rules = case[0], case[1], policy(case[2])
    change = post_payments(as_ledger(documents, receipts, rules), REQUEST)
    granted: dict[str, int] = defaultdict(int)
    for _, number, _, _, discount, _, _ in applied(change):
        granted[number] += discount
    most: dict[str, int] = defaultdict(int)
    for item in as_plain(documents, receipts, rules).items:
        most[item.number] += max((discount for _, discount in item.tiers), default=0)
    assert all(0 <= amount <= most[number] for number, amount in granted.items())


@settings(max_examples=100)
@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_the_sheet_changes_nothing(case: Case, chance: random.Random) -> None:
    documents, receipts, rules = case[0], case[1], policy(case[2])
    first = post_payments(as_ledger(documents, receipts, rules), REQUEST)
    shuffled = as_ledger(
        chance.sample(documents, len(documents)), chance.sample(receipts, len(receipts)), rules
    )
    second = post_payments(shuffled, REQUEST)
    assert applied(first) == applied(second)
    numbers = [
        sorted(zip(c.appends["Applications"].text("application_no"), applied(c), strict=True))
        for c in (first, second)
        if c.appends
    ]
    assert len(numbers) != 2 or numbers[0] == numbers[1]


@settings(max_examples=100)
@given(books())
def test_a_second_run_posts_no_receipt_again(case: Case) -> None:
    before = as_ledger(case[0], case[1], policy(case[2]))
    change = post_payments(before, REQUEST)
    again = post_payments(before.after(change), REQUEST)
    refused = {finding.row_id for finding in change.findings if finding.is_error}
    posted = set(again.posts["Receipts"].text("receipt_no")) if again.posts else set()
    assert posted <= refused


@settings(max_examples=150)
@given(books())
def test_late_grants_are_made_once_and_stay_within_open_and_d(case: Case) -> None:
    before = as_ledger(case[0], case[1], policy({**case[2], "partial_discount": "no"}))
    first = before.after(post_payments(before, REQUEST))
    later = replace(first, policy=policy({**case[2], "partial_discount": "yes"}))
    change = apply_discounts(later, REQUEST)
    after = later.after(change)
    assert (open_items(after, REQUEST.as_of).open >= 0).all()
    assert apply_discounts(after, REQUEST).is_empty
    granted: dict[str, int] = defaultdict(int)
    rows = after.posted("Applications")
    for number, discount in zip(rows.text("invoice_no"), rows.ints("discount"), strict=True):
        granted[number] += int(discount)
    most: dict[str, int] = defaultdict(int)
    for item in as_plain(case[0], [], later.policy).items:
        most[item.number] += max((discount for _, discount in item.tiers), default=0)
    assert all(0 <= amount <= most[number] for number, amount in granted.items())


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 50)), max_size=12),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 50)), max_size=12),
)
def test_oldest_first_equals_the_plain_loop(
    items: list[tuple[int, int]], money: list[tuple[int, int]]
) -> None:
    items, money = sorted(items, key=lambda i: i[0]), sorted(money, key=lambda m: m[0])
    left = [amount for _, amount in items]
    expected = []
    for at, (group, amount) in enumerate(money):
        for item, (owner, _) in enumerate(items):
            used = min(amount, left[item]) if owner == group else 0
            if used:
                expected.append((item, at, used))
                left[item] -= used
                amount -= used
    owners, opens = (np.array([i[at] for i in items], dtype=np.int64) for at in (0, 1))
    payers, amounts = (np.array([m[at] for m in money], dtype=np.int64) for at in (0, 1))
    found = oldest_first(owners, opens, payers, amounts, 4)
    assert sorted(zip(*(column.tolist() for column in found), strict=True)) == sorted(expected)


def test_the_benchmark_of_deciding_finds_no_cent_of_difference() -> None:
    found = run(600)
    assert found["oldest_first_applications"] > 500
    assert found["all_rules_applications"] > 500
    assert found["oldest_first_cents_of_difference"] == 0
    assert found["all_rules_cents_of_difference"] == 0
