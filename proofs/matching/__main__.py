"""How often matching is right: `python -m proofs.matching [--lines 10000] [--seeds 1 2 3 4]`.

Prints precision and recall per rule, per scenario and overall, of what is accepted by itself and
of all proposals. Ends with 1 where fewer than 99.9 % of what is accepted by itself is right, or
fewer than 90 % of the payments that pay something are proposed rightly, or a line made to cost
time takes too much of it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ar_xl.core.arrays import filled, text_array
from ar_xl.ops.matching.parts import BANK_LINE, Incoming, Proposals
from ar_xl.ops.matching.propose import propose
from bench.tables import show
from proofs.matching.book import TODAY, ledger_of, make_world
from proofs.matching.hard import LIMIT, hardest
from proofs.matching.lines import Line, Payments
from proofs.matching.scenarios import SCENARIOS

ACCEPTED_AIM, FOUND_AIM = 99.9, 90.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m proofs.matching", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="show N wrong ones")
    asked = parser.parse_args(arguments)
    good = True
    overall = []
    for seed in asked.seeds:
        world = make_world(seed, asked.lines // 4, asked.lines * 9 // 5)
        lines = Payments(world).make(asked.lines, SCENARIOS)
        began = time.process_time()
        answer = propose(ledger_of(world), money_of(lines), TODAY)
        took = time.process_time() - began
        right = judged(lines, answer)
        overall.append([seed, *_overall(lines, answer, right), f"{took:.1f}"])
        good = good and _reached(lines, answer, right)
        if seed == asked.seeds[0]:
            show(
                f"By rule, seed {seed}", _HEADINGS, _by(answer.rule.tolist(), lines, answer, right)
            )
            names = [line.scenario for line in lines]
            show(f"By scenario, seed {seed}", _HEADINGS, _by(names, lines, answer, right))
            _show_wrong(lines, answer, right, asked.wrong)
    headings = ["Seed", "Lines", "Pay something", "Accepted", "right %", "of all %", "Proposed",
                "right %", "of all %", "Questions", "CPU s"]  # fmt: skip
    show("Overall", headings, overall)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n  Most memory: {peak} MiB. Aims: {ACCEPTED_AIM} % of what is accepted is right, "
          f"{FOUND_AIM} % of what pays something is rightly proposed.")  # fmt: skip
    quick = hardest(money_of)
    print(f"\n  No line may take more than {LIMIT} ms.")
    return 0 if good and quick else 1


def money_of(lines: Sequence[Line]) -> Incoming:
    """Lines as the engine reads them."""
    return Incoming(
        line_id=text_array(f"BL-{at:06d}" for at in range(len(lines))),
        source=filled(len(lines), BANK_LINE),
        date=np.array([line.day for line in lines], dtype="datetime64[D]"),
        kind=text_array(line.kind for line in lines),
        amount=np.array([line.amount for line in lines], dtype=np.int64),
        currency=filled(len(lines), "USD"),
        payer=text_array(line.payer for line in lines),
        payer_account=text_array(line.account for line in lines),
        text=text_array(f"{line.reference} {line.text}".strip() for line in lines),
        customer_id=filled(len(lines), ""),
        row=np.arange(2, len(lines) + 2),
    )


def judged(lines: Sequence[Line], answer: Proposals) -> list[bool]:
    """Whether each proposal says what was truly paid, to the cent, and names a right customer."""
    out = []
    for line, text, customer in zip(lines, answer.documents, answer.customer_id, strict=True):
        said: dict[str, int | None] = {}
        for part in text.split("; ") if text else []:
            number, _, amount = part.partition(" ")
            said[number] = int(amount.replace(".", "")) if amount else None
        same = said.keys() == line.paid.keys() and all(
            amount is None or amount == line.paid[number] for number, amount in said.items()
        )
        whole = all(
            amount is not None or not _is_part(line, number) for number, amount in said.items()
        )
        out.append(same and whole and (not text or customer in line.customers))
    return out


def _is_part(line: Line, number: str) -> bool:
    return line.scenario in ("in part", "discount, late", "split") and number in line.paid


_HEADINGS = ["", "Lines", "Proposed", "right %", "Accepted", "right %", "Found of true %",
             "Accepted of true %"]  # fmt: skip


def _by(
    names: Sequence[str], lines: Sequence[Line], answer: Proposals, right: Sequence[bool]
) -> list[list[object]]:
    rows: list[list[object]] = []
    for name, count in sorted(Counter(names).items(), key=lambda pair: -pair[1]):
        mine = np.array([each == name for each in names])
        rows.append([name, count, *_figures(mine, lines, answer, right)])
    return rows


def _figures(
    mine: np.ndarray, lines: Sequence[Line], answer: Proposals, right: Sequence[bool]
) -> list[object]:  # fmt: skip
    good = np.array(right)
    proposed = mine & (answer.documents != "")
    accepted = mine & answer.auto
    true = mine & np.array([bool(line.paid) for line in lines])
    return [
        int(proposed.sum()), _percent(good & proposed, proposed), int(accepted.sum()),
        _percent(good & accepted, accepted), _percent(good & true & proposed, true),
        _percent(good & true & accepted, true),
    ]  # fmt: skip


def _percent(some: np.ndarray, of: np.ndarray) -> str:
    return f"{100 * some.sum() / of.sum():.2f}" if of.any() else "-"


def _overall(lines: Sequence[Line], answer: Proposals, right: Sequence[bool]) -> list[object]:
    every = np.ones(len(lines), dtype=bool)
    proposed, good, accepted, sure, found, taken = _figures(every, lines, answer, right)
    true = sum(bool(line.paid) for line in lines)
    questions = int(((answer.rule != "Not a receipt") & ~answer.auto).sum())  # fmt: skip
    return [len(lines), true, accepted, sure, taken, proposed, good, found, questions]


def _reached(lines: Sequence[Line], answer: Proposals, right: Sequence[bool]) -> bool:
    good, accepted = np.array(right), answer.auto
    true = np.array([bool(line.paid) for line in lines])
    sure = 100 * (good & accepted).sum() / max(accepted.sum(), 1)
    found = 100 * (good & true & (answer.documents != "")).sum() / max(true.sum(), 1)
    return bool(sure >= ACCEPTED_AIM and found >= FOUND_AIM)


def _show_wrong(lines: Sequence[Line], answer: Proposals, right: Sequence[bool], most: int) -> None:
    wrong = [at for at in range(len(lines)) if not right[at]]
    wrong.sort(key=lambda at: -int(answer.confidence[at]) - 100 * bool(answer.auto[at]))
    for at in wrong[:most]:
        line = lines[at]
        print(f"\n{line.scenario}: {line.amount} on {line.day} by `{line.payer}` {line.account}")
        print(f"  {line.reference} {line.text}")
        print(f"  true: {line.customers} {line.paid}")
        print(f"  said: {answer.customer_id[at]} {answer.documents[at]}")
        print(f"  {answer.confidence[at]} %, accepted {answer.auto[at]}, {answer.rule[at]}")
        print(f"  {answer.why[at]} | {answer.alternatives[at]}")


if __name__ == "__main__":
    sys.exit(main())
