"""Whatever is done in whatever order: a bank line is posted at most once, no cent is lost."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ar_xl.core.findings import Refusal
from ar_xl.ops.banking.states import standing_receipts
from tests.ops.match_clerk import MatchClerk

BOOKS = """
    Customers
    Customer ID | Name
    ACME        | Acme Ltd
    BETA        | Beta GmbH

    Invoices
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-01-05   | 2026-02-04 | 100.00
    INV-2      | ACME        | 2026-01-05   | 2026-02-04 | 55.00
    INV-3      | BETA        | 2026-01-05   | 2026-02-04 | 80.00
"""
BANK = """
    BankLines
    Line ID | Account | Date       | Kind    | Amount | Currency | Payer   | Text
    BL-1    | DE1     | 2026-03-02 | Payment | 100.00 | USD      | Acme    | INV-1
    BL-2    | DE1     | 2026-03-02 | Payment | 55.00  | USD      | Acme    | INV-2
    BL-3    | DE1     | 2026-03-03 | Payment | 80.00  | USD      | Beta    | INV-3
    BL-4    | DE1     | 2026-03-03 | Payment | 33.00  | USD      | Nobody  | gift
"""
AMOUNTS = {"BL-1": 10_000, "BL-2": 5_500, "BL-3": 8_000, "BL-4": 3_300}
STEPS = st.lists(
    st.one_of(
        st.sampled_from([("match",), ("post",), ("undo",), ("redraft",), ("import",)]),
        st.tuples(
            st.just("decide"), st.sampled_from(sorted(AMOUNTS)),
            st.sampled_from(["Accept", "Change", "Reject", ""]),
        ),
    ),
    min_size=3, max_size=14,
)  # fmt: skip


def _done(clerk: MatchClerk, step: tuple[str, ...]) -> None:
    if step[0] == "match":
        clerk.matches()
    elif step[0] == "post":
        clerk.posts(skip_bad=True)
    elif step[0] == "import":
        clerk.imports(BANK)
    elif step[0] == "decide":
        if step[1] in clerk.sheet("Line ID"):
            clerk.decides(step[1], step[2], customer_id="ACME")
    else:
        clerk.undoes(redraft=step[0] == "redraft")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_a_line_is_never_posted_twice_whatever_the_order(steps: list[tuple[str, ...]]) -> None:
    clerk = MatchClerk(BOOKS + BANK)
    for step in steps:
        try:
            _done(clerk, step)
        except Refusal:
            continue
        receipts = standing_receipts(clerk.books)
        numbers = receipts.text("receipt_no").tolist()
        assert len(numbers) == len(set(numbers))
        assert receipts.ints("amount").tolist() == [AMOUNTS[number] for number in numbers]
        posted = [row.split(" | ")[0] for row in clerk.bank() if " | Posted | " in row]
        assert sorted(posted) == sorted(numbers)
    assert clerk.holds()


@settings(max_examples=8, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(AMOUNTS)), st.sampled_from(["Accept", "Reject"])))
def test_receipts_made_add_up_to_the_lines_accepted(decisions: dict[str, str]) -> None:
    clerk = MatchClerk(BOOKS + BANK).matches()
    for line in AMOUNTS:
        clerk.decides(line, decisions.get(line, ""), customer_id="BETA", documents="")
    clerk.posts()
    accepted = [line for line, decision in decisions.items() if decision == "Accept"]
    receipts = standing_receipts(clerk.books)
    assert int(receipts.ints("amount").sum()) == sum(AMOUNTS[line] for line in accepted)
    assert sorted(receipts.text("receipt_no").tolist()) == sorted(accepted)
