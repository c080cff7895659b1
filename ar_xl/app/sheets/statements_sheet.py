"""Statements: the register of a run, one table a currency, and who got none and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ar_xl.app.papers.wording import known_language
from ar_xl.app.sheets.parts import Line, drafts_line, money, text
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.statements.deciding import Asked, LeftOut, Section, Statement

OWN, TO_PARENT = "each on a statement of its own", "children on their parent's statement"
OPEN_ITEMS, ACTIVITY = "open items", "activity from "
ALL = "all"


@dataclass(frozen=True)
class Made:
    """One statement that was made.

    Args:
        statement: what it says.
        files: their names, the main one first.
        missing: letters for which no font was found; there is no PDF then.
    """

    statement: Statement
    files: tuple[str, ...]
    missing: str = ""


def statements_report(
    ledger: Ledger, asked: Asked, made: Sequence[Made], left_out: Sequence[LeftOut]
) -> Report:
    """The register of a run.

    Args:
        ledger: as it stands.
        asked: what was asked for.
        made: the statements, in their order.
        left_out: who gets none.
    """
    rows: dict[str, list[tuple[Made, Section]]] = {}
    for each in made:
        for section in each.statement.sections:
            rows.setdefault(section.currency, []).append((each, section))
    blocks = [_block(ledger, code, rows[code]) for code in sorted(rows)]
    if left_out:
        blocks.append(
            ReportBlock(
                "StatementsLeftOut", "Left out", "",
                (
                    text("Customer ID", (each.customer_id for each in left_out)),
                    text("Customer", (each.name for each in left_out)),
                    text("Why", (each.why for each in left_out), width=64),
                ),
            )
        )  # fmt: skip
    return Report(
        "Statements", asked.as_of, ledger.policy.settings.company,
        (*asked_lines(asked), _minimum(ledger), drafts_line(ledger)), tuple(blocks),
        (
            "Total Due is what is open less unapplied credits; Past Due is after credits too.",
            "Made is not sent: fill in Done On on the Activities sheet once a statement is sent.",
        ),
        kept=True,
    )  # fmt: skip


def asked_lines(asked: Asked) -> tuple[Line, ...]:
    """What was asked for, as the title block of the register says it."""
    return (
        ("Kind", f"{ACTIVITY}{asked.since}" if asked.since else OPEN_ITEMS),
        ("Customers", "; ".join(asked.customers) or ALL),
        ("Collector", asked.collector or ALL),
        ("Accounts", TO_PARENT if asked.to_parent else OWN),
        ("Nothing open", "gets a statement too" if asked.everyone else "gets none"),
    )


def _minimum(ledger: Ledger) -> Line:
    minimum = ledger.policy.settings.statement_minimum
    return "Statement Minimum", "none" if minimum is None else f"{minimum:f}"


def _block(ledger: Ledger, currency: str, rows: list[tuple[Made, Section]]) -> ReportBlock:
    company = known_language(ledger.policy.settings.language) or "en"
    to = [each.statement.recipient for each, _ in rows]
    return ReportBlock(
        "Statements", currency, currency,
        (
            text("Customer ID", (who.customer_id for who in to)),
            text("Name", (who.name for who in to)),
            text("Email", (who.email for who in to)),
            text("Language", (known_language(who.language) or company for who in to)),
            money("Total Due", (section.total for _, section in rows)),
            money("Past Due", (section.past_due for _, section in rows)),
            text("File", (_files(each.files) for each, _ in rows), width=44),
            text("Note", (_note(each, section) for each, section in rows), width=40),
        ),
    )  # fmt: skip


def _files(names: tuple[str, ...]) -> str:
    """The files of one statement in a line: `Acme C-1 (pdf, xlsx)`."""
    if len(names) < 2:
        return "".join(names)
    endings = ", ".join(name.rpartition(".")[2] for name in names)
    return f"{names[0].rpartition('.')[0]} ({endings})"


def _note(made: Made, section: Section) -> str:
    """What whoever sends it should know."""
    who = made.statement.recipient
    said = []
    if not who.address:
        said.append("no address")
    if not who.email:
        said.append("no e-mail")
    if made.missing:
        said.append("a workbook, as no font has all its letters")
    if section.total < 0:
        said.append("in the customer's favour")
    if section.disputed:
        said.append("part of it in dispute")
    children = [
        each.customer_id for each in section.accounts if each.customer_id != who.customer_id
    ]
    if children:
        said.append(f"with {', '.join(children)}")
    return "; ".join(said)
