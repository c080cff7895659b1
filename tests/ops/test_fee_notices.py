"""What a customer is told about late fees: the rule, what was charged, what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ar_xl.app.papers.agreement_words import MISSED, RESTS
from ar_xl.app.papers.fee_words import fee_lines
from ar_xl.app.papers.statement_words import kind_words
from ar_xl.app.papers.wording import LANGUAGES, Wording
from ar_xl.core.policy import FeeCeiling, FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.fees.late_fees import assess
from ar_xl.ops.fees.notices import fee_notices
from ar_xl.ops.fees.waivers import waived_in_year
from tests.ledger_text import policy
from tests.ops.plan_office import late_office
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
    plain = [line.replace("\u00a0", " ") for line in fee_lines(Wording("de"), notice)]
    assert plain == [
        "Verzugskosten: 12,5 % im Jahr auf den überfälligen Betrag, taggenau, nach 5 Tagen "
        "Nachfrist, höchstens 8 % im Jahr (Ohio: ORC 1343.01).",
        "Bisher berechnete Verzugskosten: 4,14 USD, davon offen 4,14 USD.",
        "Geht bis 31.03.2013 keine Zahlung ein, werden an diesem Tag weitere 6,79 USD berechnet.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_late_fee_has_one_name_on_all_papers_of_a_language(language: str) -> None:
    said = Wording(language)
    name = kind_words(said, "Late Fee")
    rule, so_far, _ = fee_lines(said, fee_notices(book(LINES, RULES), ON, BY)["Acme", "USD"])
    assert rule.startswith(name)
    assert name[1:5].casefold() in so_far.casefold()
    stem = {"it": "penali di mora", "fr": "pénalité", "es": "recargos por mora", "en": "late fees"}
    for phrase in (RESTS, MISSED):
        text = said.say(phrase, grace="5", after="x")
        assert stem.get(language, name).casefold() in text.replace("\xa0", " ").casefold()


def test_whoever_bears_no_fees_is_told_nothing() -> None:
    ledger = book("invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31", Policy())
    notice = fee_notices(ledger, ON, BY)["Acme", "USD"]
    assert not notice.says_something
    assert fee_lines(Wording("en"), notice) == ()


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


@pytest.mark.parametrize(
    "why",
    ["status=Agency", "status=Legal", "status=Closed", "reminder_block=deceased",
     "jurisdiction=Atlantis"],
)  # fmt: skip
def test_a_customer_who_bears_no_fees_is_told_of_none_to_come_only_of_those_charged(
    why: str,
) -> None:
    text = LINES.replace("jurisdiction=Ohio", why)
    notice = fee_notices(book(text, RULES), ON, BY)["Acme", "USD"]
    assert (notice.policy.method, notice.next_fee) == ("none", 0)
    assert (notice.charged, notice.open) == (414, 414)


def test_what_is_in_dispute_in_full_bears_no_fees_and_none_is_announced() -> None:
    text = f"{LINES}\ndispute A1 2013-03-05"
    notice = fee_notices(book(text, RULES), ON, BY)["Acme", "USD"]
    assert (notice.policy.method, notice.next_fee) == ("none", 0)


def test_a_plan_that_is_kept_has_no_late_fees_to_come_and_its_interest_is_none() -> None:
    daily = FeePolicy("P", "daily", rate_percent=Decimal(12))
    clerk = late_office(policy(fees=(daily,), default_fee_policy="P"))
    on, by = date(2026, 4, 3), date(2026, 5, 3)
    assert fee_notices(clerk.books, on, by)["ACME", "USD"].next_fee > 0
    clerk.plans(documents=("INV-1", "INV-2"), percent=Decimal(12))
    kept = fee_notices(clerk.books, on, by)["ACME", "USD"]  # the first line: within its grace days
    assert (kept.charged, kept.open) == (0, 0)
    assert kept.next_fee == 48  # INV-3 alone: 50.00 for 29 days


def test_accounts_of_one_paper_are_added_up_and_a_rule_they_share_is_said_once() -> None:
    one = fee_notices(book(LINES, RULES), ON, BY)["Acme", "USD"]
    rule, so_far, to_come = fee_lines(Wording("en"), one, replace(one, customer_id="Bolt"))
    assert rule.startswith("Late fee: ")
    assert "USD 8.28, of which USD 8.28" in so_far.replace("\xa0", " ")
    assert "USD 13.58 more" in to_come.replace("\xa0", " ")
