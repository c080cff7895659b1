"""How sure each kind of evidence is, as tables: what the benchmark measures and people may judge.

99 and 100 mean two pieces of evidence that are independent of each other: a number and an
amount, a confirmed payer and an amount that only one of its documents has. Everything below is
for a person to look at. `python -m bench matching` measures how often each rule is right.
"""

from __future__ import annotations

from ar_xl.ops.matching.fits import (
    EXACT,
    FEE,
    INSTALMENT,
    LATE,
    NET,
    OVER,
    PART,
    TOLERANCE,
    UNDISPUTED,
)
from ar_xl.ops.matching.names import ALIAS, GIVEN, LIKE, SAME, WEAK
from ar_xl.ops.matching.textnumbers import ANNOUNCED, DIGITS, TYPO
from ar_xl.ops.matching.textnumbers import EXACT as NUMBER

# Level of the number -> kind of amount -> (the payer agrees, nothing is known of the payer).
BY_NUMBER: dict[int, dict[str, tuple[int, int]]] = {
    NUMBER: {
        EXACT: (100, 99), NET: (100, 99), INSTALMENT: (99, 97), UNDISPUTED: (98, 95),
        TOLERANCE: (99, 99), FEE: (99, 95), LATE: (96, 92), PART: (95, 88), OVER: (92, 82),
    },
    ANNOUNCED: {
        EXACT: (100, 99), NET: (100, 99), INSTALMENT: (99, 95), UNDISPUTED: (97, 92),
        TOLERANCE: (99, 95), FEE: (98, 90), LATE: (95, 88), PART: (92, 80), OVER: (85, 70),
    },
    DIGITS: {
        EXACT: (99, 99), NET: (99, 99), INSTALMENT: (97, 90), UNDISPUTED: (95, 85),
        TOLERANCE: (97, 70), FEE: (95, 55), LATE: (93, 70), PART: (85, 50), OVER: (75, 40),
    },
    TYPO: {
        EXACT: (99, 93), NET: (99, 92), INSTALMENT: (94, 80), UNDISPUTED: (92, 75),
        TOLERANCE: (94, 80), FEE: (90, 70), LATE: (88, 65), PART: (75, 35), OVER: (60, 25),
    },
}  # fmt: skip

# Kind of amount -> level of the payer; the amount is one that a single document of it has.
BY_PAYER: dict[str, dict[int, int]] = {
    EXACT: {GIVEN: 99, ALIAS: 99, SAME: 99, LIKE: 99, WEAK: 90},
    NET: {GIVEN: 99, ALIAS: 99, SAME: 99, LIKE: 98, WEAK: 88},
    INSTALMENT: {GIVEN: 98, ALIAS: 98, SAME: 98, LIKE: 94, WEAK: 75},
    UNDISPUTED: {GIVEN: 97, ALIAS: 97, SAME: 97, LIKE: 92, WEAK: 75},
    TOLERANCE: {GIVEN: 95, ALIAS: 95, SAME: 95, LIKE: 88, WEAK: 65},
    FEE: {GIVEN: 93, ALIAS: 93, SAME: 93, LIKE: 85, WEAK: 60},
    LATE: {GIVEN: 93, ALIAS: 93, SAME: 93, LIKE: 85, WEAK: 60},
}
# Several documents of one payer that add up, before chance is taken off.
TOGETHER: dict[int, int] = {GIVEN: 99, ALIAS: 99, SAME: 99, LIKE: 97, WEAK: 80}
PAYER_ALONE: dict[int, int] = {GIVEN: 60, ALIAS: 60, SAME: 55, LIKE: 45, WEAK: 25}
# The amount alone: one open document has it; by how like the payer's name is to its customer's.
AMOUNT_ALONE, AMOUNT_AND_LIKENESS, LIKENESS_FROM = 60, 85, 60

SURE = 99  # two pieces of evidence that are independent of each other
EQUALS = 97  # several documents of the payer have the amount: the oldest is proposed
SEVERAL_SETS = 75  # two different sets add up
FEW_AMOUNTS = 3  # an amount alone that more documents have proposes none of them
COMMON_AMOUNT = 5  # an amount that so many open documents have says little
COMMON_COSTS = 5
FOREIGN = 60  # at most, where the numbers are another customer's than the known payer's
STRANGERS = 70  # at most, where documents of customers that are not related are paid together
TAKEN = 80  # at most, where what is named was proposed for another line
RIVAL = 90  # at most, where another line wants the same document as much
FEWER_NAMED = 90  # at most, where the text names more documents than are paid
FEWER_AND_UNFIT = 50  # at most, where moreover the amount does not fit
READ_TWICE = 35  # at most, where a mistyped number is the right one of another document
NAMES_OTHERS = 20  # less, where the text names other open documents than the amount says
NAMES_SETTLED = 12  # less, where the text names documents that are settled
DATED_LATER = 10  # less, where the document is dated after the payment
ONE_MORE = 95  # named documents, and one that is not named but makes up the amount
IN_TURN = 70  # named documents that the amount does not cover
SPLIT = 99  # several lines that name one document and together pay it
SPLIT_UNNAMED = 88  # several lines of one payer that together pay a document


def less_chance(confidence: int, chance: int) -> int:
    """What is left of a confidence where chance alone would give such a set.

    Args:
        confidence: whole percent.
        chance: how many such sets there would be by mere chance, in millionths.
    """
    for most, at_most in ((500, 99), (2_000, 98), (10_000, 95), (50_000, 88), (200_000, 75)):
        if chance <= most:
            return min(confidence, at_most)
    return min(confidence, 60)
