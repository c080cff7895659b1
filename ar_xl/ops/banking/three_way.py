"""Three-way match: slip, bank line and receipts.

A slip lists its receipts; the bank line it arrived with is found here. Where the bank shows less
on a card slip, what is missing is the processor's fee, within a percent that Settings allow. What
has one answer is decided; everything else is proposed with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, codes_of, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text, percent_of
from ar_xl.ops.banking.accounts import account_keys
from ar_xl.ops.banking.side import moved, undecided_lines
from ar_xl.ops.banking.slips import Slips, standing_slips
from ar_xl.ops.pairing import Side, paired

LATEST = 30  # days after a slip that a line of its amount is still thought of
MOST_TOGETHER = 7  # slips that one line may bring
SEVERAL = "several lines could be it less a fee"
NO_CARD = "less a fee, but its text does not speak of cards"
CARD_WORDS = (
    "card", "visa", "mastercard", "amex", "american express", "discover", "merchant", "bankcard",
    "stripe", "square", "paypal", "adyen", "worldpay", "sumup", "klarna", "settlement", "payout",
    "batch", "pos ", "terminal", "zettle", "girocard", "maestro", "karte", "carte", "tarjeta",
)  # fmt: skip


@dataclass(frozen=True)
class Tie:
    """Slips that arrived with a bank line.

    Args:
        slips: their numbers.
        line: its Line ID.
        fee: what was kept beside the fee that the slips have, minor units.
        why: how it was found, in words.
    """

    slips: tuple[str, ...]
    line: str
    fee: int
    why: str


@dataclass(frozen=True)
class Proposal:
    """A slip and a line that may belong together.

    Args:
        slip, line: number and Line ID.
        difference: what the bank shows less than the slip, minor units.
        why: why a person has to say so.
    """

    slip: str
    line: str
    difference: int
    why: str


@dataclass(frozen=True)
class ThreeWay:
    """What was found: ties to be kept, and questions."""

    ties: tuple[Tie, ...]
    proposals: tuple[Proposal, ...]


@dataclass
class _Search:
    """Slips and lines that are still looking for each other; `taken` ones are not."""

    ledger: Ledger
    slips: Slips
    lines: Frame
    account: TextArray
    slip_taken: set[int]
    line_taken: set[int]
    ties: list[Tie]
    proposals: list[Proposal]

    def open_slips(self) -> list[int]:
        """Slips without a line."""
        return [i for i in range(len(self.slips)) if i not in self.slip_taken]

    def open_lines(self) -> IntArray:
        """Lines without a slip."""
        free = [i for i in range(len(self.lines)) if i not in self.line_taken]
        return np.array(free, dtype=np.int64)

    def tie(self, slips: list[int], line: int, fee: int, why: str) -> None:
        """Keep what was found."""
        numbers = tuple(str(self.slips.number[i]) for i in slips)
        self.ties.append(Tie(numbers, str(self.lines.text("line_id")[line]), fee, why))
        self.slip_taken |= set(slips)
        self.line_taken.add(line)

    def ask(self, slip: int, line: int, why: str) -> None:
        """Keep a question."""
        off = int(self.slips.net[slip]) - int(moved(self.lines)[line])
        name = str(self.lines.text("line_id")[line])
        self.proposals.append(Proposal(str(self.slips.number[slip]), name, off, why))


def three_way(ledger: Ledger, as_of: date) -> ThreeWay:
    """Find the bank lines that slips arrived with.

    Args:
        ledger: slips that have no bank line yet, and lines that nobody decided on.
        as_of: both up to it.
    """
    slips = standing_slips(ledger, as_of)
    slips = slips.take(np.flatnonzero(slips.rows.text("bank_line") == ""))
    lines = undecided_lines(ledger, as_of)
    lines = lines.take(moved(lines) > 0)
    if not len(slips) or not len(lines):
        return ThreeWay((), ())
    search = _Search(ledger, slips, lines, _accounts(slips, lines), set(), set(), [], [])
    _equal(search)
    _together(search)
    _net_of_fee(search)
    _nearly(search)
    return ThreeWay(tuple(search.ties), tuple(search.proposals))


def _accounts(slips: Slips, lines: Frame) -> TextArray:
    """The account of each slip; of one that names none the only account there are lines of."""
    keys = account_keys(slips.rows.text("bank_account"))
    theirs = sorted(set(account_keys(lines.text("account")).tolist()))
    keys[keys == ""] = theirs[0] if len(theirs) == 1 else ""
    return keys


def _windows(search: _Search) -> tuple[IntArray, IntArray]:
    """Days after its date within which each slip arrives: usually, and at the latest."""
    settings, rows = search.ledger.policy.settings, search.slips.rows
    card = rows.text("method") == "Card"
    working = np.where(card, int(settings.card_settlement_days) + 1,
                       int(settings.deposit_overdue_days))  # fmt: skip
    start = rows.dates("date")
    end = np.busday_offset(start, working, roll="forward")
    usual = (end - start).astype(np.int64)
    return usual, np.maximum(usual, LATEST)


def _sides(search: _Search, slips: IntArray, lines: IntArray, amount: IntArray) -> list[Side]:
    rows, bank = search.slips.rows.take(slips), search.lines.take(lines)
    ours = text_array(
        f"{a}\x1f{c}" for a, c in zip(search.account[slips], rows.text("currency"), strict=True)
    )
    keys = zip(account_keys(bank.text("account")), bank.text("currency"), strict=True)
    theirs = text_array(f"{a}\x1f{c}" for a, c in keys)
    (left, right), _ = codes_of(ours, theirs)
    return [
        Side(left, amount, rows.dates("date")),
        Side(right, moved(bank), bank.dates("date")),
    ]


def _equal(search: _Search) -> None:
    """A slip and a line of what it should bring, in the usual time; later ones are asked about."""
    slips, lines = np.arange(len(search.slips)), search.open_lines()
    usual, latest = _windows(search)
    ours, theirs = _sides(search, slips, lines, search.slips.net)
    pairs = paired(ours, theirs, np.zeros_like(usual), usual)
    for slip, line, sure in zip(pairs.left, lines[pairs.right], pairs.sure, strict=True):
        if sure:
            search.tie([int(slip)], int(line), 0, "the same amount")
    for slip, line, sure in zip(pairs.left, lines[pairs.right], pairs.sure, strict=True):
        if not sure:
            search.ask(int(slip), int(line), "another slip or line has the same amount")
    asked = {proposal.slip for proposal in search.proposals}
    left = [i for i in search.open_slips() if str(search.slips.number[i]) not in asked]
    slips, lines = np.array(left, dtype=np.int64), search.open_lines()
    if len(slips) and len(lines):
        ours, theirs = _sides(search, slips, lines, search.slips.net[slips])
        late = paired(ours, theirs, np.zeros_like(slips), latest[slips])
        for slip, line in zip(slips[late.left], lines[late.right], strict=True):
            days = _days(search, int(slip), int(line))
            search.ask(int(slip), int(line), f"the same amount, but {days} days after the slip")


def _days(search: _Search, slip: int, line: int) -> int:
    start = search.slips.rows.dates("date")[slip]
    return int((search.lines.dates("date")[line] - start).astype(np.int64))


def _runs(search: _Search) -> list[list[int]]:
    """Slips that may have come together: some of one day, or card slips of days that follow."""
    rows = search.slips.rows
    by_day: dict[tuple[str, str, str], list[int]] = {}
    cards: dict[tuple[str, str], list[int]] = {}
    for i in search.open_slips():
        key = (str(search.account[i]), str(rows.text("currency")[i]))
        by_day.setdefault((*key, str(rows.dates("date")[i])), []).append(i)
        if rows.text("method")[i] == "Card":
            cards.setdefault(key, []).append(i)
    made = []
    for group in by_day.values():
        if 1 < len(group) <= MOST_TOGETHER:
            made.append(group)
            counted = [i for i in group if rows.text("method")[i] != "Card"]
            for size in range(2, len(counted) + 1):
                made += [list(each) for each in combinations(counted, size)]
    for group in cards.values():
        group.sort(key=lambda i: (str(rows.dates("date")[i]), str(search.slips.number[i])))
        made += [
            group[at : at + size]
            for size in range(2, MOST_TOGETHER + 1)
            for at in range(len(group) - size + 1)
            if _days_between(rows, group[at], group[at + size - 1]) <= MOST_TOGETHER
        ]
    return [list(each) for each in dict.fromkeys(tuple(group) for group in made)]


def _days_between(rows: Frame, first: int, last: int) -> int:
    dates = rows.dates("date")
    return int((dates[last] - dates[first]).astype(np.int64))


def _together(search: _Search) -> None:
    """Several slips that one line brought: as many as make its amount, where only one way does."""
    runs = _runs(search)
    found = _lines_for(search, runs, 0)
    for run, lines in _only(runs, found):
        search.tie(run, lines, 0, f"{len(run)} slips together make the amount")


def _net_of_fee(search: _Search) -> None:
    """Card slips, alone or together, less a fee within the bound of Settings."""
    percent = search.ledger.policy.settings.card_fee_percent
    if not percent:
        return
    rows = search.slips.rows
    cards = [
        i for i in search.open_slips()
        if rows.text("method")[i] == "Card" and not search.slips.fee[i]
    ]  # fmt: skip
    runs = [[i] for i in cards]
    runs += [run for run in _runs(search) if set(run) <= set(cards)]
    totals = np.array([int(search.slips.net[run].sum()) for run in runs], dtype=np.int64)
    found = _lines_for(search, runs, percent_of(totals, percent) if len(runs) else totals)
    for run, line in _only(runs, found):
        fee = int(search.slips.net[run].sum()) - int(moved(search.lines)[line])
        if (
            _speaks_of_cards(search.lines, line)
            and not set(run) & search.slip_taken
            and line not in search.line_taken
        ):
            share = _percent_text(fee, int(search.slips.net[run].sum()))
            search.tie(run, line, fee, f"less a fee of {share}")
    for run, lines in zip(runs, found, strict=True):
        if set(run) & search.slip_taken or len(run) > 1:
            continue
        for line in lines:
            if line not in search.line_taken:
                named = _speaks_of_cards(search.lines, line)
                search.ask(run[0], line, SEVERAL if named else NO_CARD)


def _percent_text(fee: int, total: int) -> str:
    tenths = (fee * 2000 + total) // (2 * total)
    return f"{tenths // 10}.{tenths % 10} %"


def _speaks_of_cards(lines: Frame, line: int) -> bool:
    words = f"{lines.text('payer')[line]} {lines.text('text')[line]} ".casefold()
    return bool(lines.text("kind")[line] == "Payout") or any(word in words for word in CARD_WORDS)


def _lines_for(search: _Search, runs: list[list[int]], most_fee: IntArray | int) -> list[list[int]]:
    """For each run of slips the lines of its net amount, or up to a fee less, in the usual time."""
    lines = search.open_lines()
    amount = moved(search.lines)[lines]
    order = np.argsort(amount, kind="stable")
    lines, amount = lines[order], amount[order]
    key = account_keys(search.lines.text("account"))
    usual, _ = _windows(search)
    rows, found = search.slips.rows, []
    most = np.broadcast_to(np.asarray(most_fee, dtype=np.int64), (len(runs),))
    for run, fee in zip(runs, most.tolist(), strict=True):
        total, last = int(search.slips.net[run].sum()), run[-1]
        low = int(np.searchsorted(amount, total - fee, side="left"))
        high = int(np.searchsorted(amount, total - (1 if fee else 0), side="right"))
        near = [
            int(line) for line in lines[low:high].tolist()
            if key[line] == search.account[last]
            and search.lines.text("currency")[line] == rows.text("currency")[last]
            and 0 <= _days(search, last, line) <= usual[last]
        ]  # fmt: skip
        found.append(near)
    return found


def _only(runs: list[list[int]], found: list[list[int]]) -> list[tuple[list[int], int]]:
    """Runs with one line, which is that of no other run, and no slip of which has another way."""
    lines = [line for each in found for line in set(each)]
    slips = [slip for run, each in zip(runs, found, strict=True) if each for slip in run]
    return [
        (run, each[0]) for run, each in zip(runs, found, strict=True)
        if len(each) == 1 and lines.count(each[0]) == 1
        and all(slips.count(slip) == 1 for slip in run)
    ]  # fmt: skip


def _nearly(search: _Search) -> None:
    """Cash and checks that the bank counted otherwise: a deposit of nearly the amount is asked."""
    rows, asked = search.slips.rows, {proposal.slip for proposal in search.proposals}
    left = [
        i for i in search.open_slips()
        if rows.text("method")[i] != "Card" and str(search.slips.number[i]) not in asked
    ]  # fmt: skip
    runs = [[i] for i in left]
    net = search.slips.net[np.array(left, dtype=np.int64)]
    words = search.lines.text("text")
    for run, lines in zip(runs, _lines_for(search, runs, net // 10), strict=True):
        for line in lines:
            if any(word in words[line].casefold() for word in ("deposit", "einzahlung", "cash")):
                currency = str(rows.text("currency")[run[0]])
                off = int(search.slips.net[run[0]]) - int(moved(search.lines)[line])
                search.ask(run[0], line, f"a deposit that is {money_text(off, currency)} less")


def slip_text(numbers: tuple[str, ...]) -> str:
    """Slips in one cell: `DEP-1; DEP-2`."""
    return "; ".join(numbers)
