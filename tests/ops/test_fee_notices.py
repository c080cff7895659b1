"""What a customer is told about late fees: the rule, what was charged, what comes next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ar_xl.app.papers.fee_words import fee_lines
from ar_xl.app.papers.wording import Wording
from ar_xl.core.policy import FeeCeiling, FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.fees.late_fees import assess
from ar_xl.ops.fees.notices import fee_notices
from ar_xl.ops.fees.waivers import waived_in_year
from tests.posted_lines import book

OHIO = FeeCeiling("Ohio", None, Decimal(8), "ORC 1343.01")
RULES = Policy(
    default_settings(default_fee_policy="P"),
    fee_policies={"P": FeePolicy("P", "daily", rate_percent=Decimal("12.5"), grace_days=5)},
    fee_ceilings=(OHIO,),
)
LINES = """
    customer Acme jurisdiction=Ohio
    invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31
    late-fee LF1 Acme 2013-02-28 6.14 for=A1
    fee LF1 A1 P 2013-01-31 2013-02-28 6.14
    adjustment W1 Fee~Waiver LF1 2013-03-05 2.00
    apply W1 LF1 2.00 2013-03-05
    """
ON, BY = date(2013, 3, 10), date(2013, 3, 31)


def test_charged_is_less_what_was_waived_and_the_next_fee_is_that_of_a_run_on_the_day() -> None:
    ledger = book(LINES, RULES)
    notice = fee_notices(ledger, ON, BY)["Acme", "USD"]
    assert (notice.charged, notice.open) == (414, 414)
    assert notice.next_fee == int(assess(ledger, BY).fee.sum()) == 679  # 31 days at 8 %


def test_a_waiver_after_the_day_of_the_paper_is_not_known_on_it() -> None:
    assert fee_notices(book(LINES, RULES), date(2013, 3, 4), BY)["Acme", "USD"].charged == 614


def test_the_lines_are_in_the_customers_language_and_name_the_statute() -> None:
    notice = fee_notices(book(LINES, RULES), ON, BY)["Acme", "USD"]
    plain = [line.replace("\u00a0", " ") for line in fee_lines(notice, Wording("de"))]
    assert plain == [
        "Verzugsgebühr: 12,5 % im Jahr auf den überfälligen Betrag, taggenau, nach 5 Tagen "
        "Nachfrist, höchstens 8 % im Jahr (Ohio: ORC 1343.01).",
        "Bisher berechnete Verzugsgebühren: 4,14 USD, davon offen 4,14 USD.",
        "Geht bis 31.03.2013 keine Zahlung ein, werden an diesem Tag weitere 6,79 USD berechnet.",
    ]


def test_whoever_bears_no_fees_is_told_nothing() -> None:
    ledger = book("invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31", Policy())
    notice = fee_notices(ledger, ON, BY)["Acme", "USD"]
    assert not notice.says_something
    assert fee_lines(notice, Wording("en")) == ()


def test_what_was_waived_this_year_counts_by_the_day_of_the_waiver() -> None:
    ledger = book(LINES, RULES)
    assert waived_in_year(ledger, ON).amount.tolist() == [200]
    assert waived_in_year(ledger, date(2013, 3, 4)).amount.tolist() == []
    assert waived_in_year(ledger, date(2014, 3, 10)).amount.tolist() == []


def test_a_period_whose_fee_was_waived_is_not_charged_again() -> None:
    ledger = book(f"{LINES}\nadjustment W2 Fee~Waiver LF1 2013-03-06 4.14\n"
                  "apply W2 LF1 4.14 2013-03-06", RULES)  # fmt: skip
    assert assess(ledger, date(2013, 2, 28)).fee.tolist() == [0]
    assert assess(ledger, BY).days.tolist() == [31]
