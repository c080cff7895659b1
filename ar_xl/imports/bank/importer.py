"""Import of bank files: what they bring, what is proved, and where every row and cent went.

All files of one import come in together or not at all, unless bad ones are left out. Nothing is
posted: lines stand in the workbook until someone matches them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, text_array
from ar_xl.core.findings import Finding, errors_of
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.tables import BY_NAME
from ar_xl.imports.bank import codes, proof
from ar_xl.imports.bank.files import all_files, read_files
from ar_xl.imports.bank.formats import FORMATS, Format
from ar_xl.imports.bank.gather import Booked, Known, Lines, ReadFile, gather
from ar_xl.imports.bank.once import mark_known
from ar_xl.imports.bank.parts import BankOptions, Remembered
from ar_xl.imports.bank.proof import Proof
from ar_xl.imports.bank.returned import draft_returns
from ar_xl.imports.result import ImportResult, Outcome, Tally, counted, money_tallies, tally
from ar_xl.imports.words import number_of

MOST_SAID = 20  # statements that are shown one by one
MOST_ACCOUNTS_SAID = 8
_REMEMBERED = ("headings", "columns", "dates", "decimal", "currency", "account")


@dataclass(frozen=True)
class Asked:
    """How bank files are to be imported.

    Args:
        reading: what readers are asked; accounts and formats that the workbook knows are added.
        skip_bad: take what is good and list the rest; else one error keeps everything out.
        accept_unproved: take statements whose balances do not prove.
    """

    reading: BankOptions
    skip_bad: bool = False
    accept_unproved: bool = False


def import_bank(
    paths: Sequence[Path], ledger: Ledger, asked: Asked, formats: Sequence[Format] = FORMATS
) -> ImportResult:
    """Read bank files into rows of BankLines, BankStatements, BankAccounts and BankFormats.

    Args:
        paths: files and folders.
        ledger: what the workbook holds; lines it has already add nothing.
        asked: how to read and what to accept.
        formats: those that are tried, in order.

    Returns:
        The rows to add, what to say, and the tally: rows and money read are what is new, known,
        refused and left out.
    """
    reading = with_known(asked.reading, ledger)
    findings: list[Finding] = []
    files: list[ReadFile] = []
    for each in read_files(all_files(paths), reading, formats):
        if isinstance(each, Finding):
            findings.append(each)
            continue
        findings += each.content.findings
        empty = not (each.content.statements or each.content.returns)
        if empty and not errors_of(each.content.findings):
            seen = f"this {each.content.format} file holds no statement"
            findings.append(Finding(codes.NOTHING_IN_FILE, seen=seen, sheet=each.name))
        files.append(each)
    known = Known(reading.currencies, reading.account, reading.currency,
                  ledger.policy.settings.base_currency)  # fmt: skip
    lines, booked, unread = gather(files, known)
    findings += unread
    return _decide(files, lines, booked, findings, ledger, asked)


def with_known(asked: BankOptions, ledger: Ledger) -> BankOptions:
    """What readers are asked, with the accounts and the formats that the workbook knows."""
    accounts, forms = ledger.posted("BankAccounts"), ledger.posted("BankFormats")
    currencies: dict[str, str] = {}
    for account, currency in zip(
        accounts.text("account").tolist(), accounts.text("currency").tolist(), strict=True
    ):  # of an account that keeps several none is meant without being named
        several = currencies.get(account, currency) != currency
        currencies[account] = "" if several else currency
    columns = [forms.text(key).tolist() for key in ("format", *_REMEMBERED)]
    remembered = tuple(Remembered(*row) for row in zip(*columns, strict=True))
    return replace(asked, currencies=currencies, remembered=remembered)


def _decide(
    files: list[ReadFile], lines: Lines, booked: list[Booked], findings: list[Finding],
    ledger: Ledger, asked: Asked,
) -> ImportResult:  # fmt: skip
    before = ledger.posted("BankStatements")
    proofs = proof.prove(booked, lines, asked.accept_unproved, before)
    _set_aside(lines, proofs)
    ids, about_lines = mark_known(lines, files, ledger, proofs)
    findings += [*proof.unproved(proofs, files), *about_lines]
    returned = draft_returns(files, ledger, asked.accept_unproved)
    if returned is not None:
        findings += returned.findings
    errors = errors_of(findings)
    if errors and not asked.skip_bad:
        lines.outcome[lines.outcome == Outcome.NEW] = Outcome.REFUSED
    counts, money = _tallies(lines)
    said = [*_said(files, proofs), *counted("Bank lines", counts, money)]
    tallies, sums = {"Bank lines": counts}, {"Bank lines": money}
    if returned is not None:
        brought = returned if not errors or asked.skip_bad else returned.refused()
        tallies["Returns"], sums["Returns"] = brought.rows, brought.money
        said += counted("Returns", brought.rows, brought.money)
    change = Change()
    if not errors or asked.skip_bad:
        added = _new_statements(proofs, lines, files, before)
        findings += proof.gaps(proofs, added, before, lines)
        appends = {
            "BankStatements": _statement_rows(proofs, added, files),
            "BankLines": _line_rows(lines, ids, proofs),
            "BankAccounts": _new_accounts(proofs, files, ledger),
            "BankFormats": _new_formats(files, booked, ledger),
        }
        if returned is not None:
            appends |= {"Adjustments": returned.adjustments, "Activities": returned.activities}
        change = Change(appends={t: f for t, f in appends.items() if len(f)}, as_drafts=True)
        said += _said_accounts(appends["BankAccounts"])
    else:
        said.append(f"Nothing was imported: {number_of(len(errors), 'error')}.")
    source = "; ".join(each.source for each in files)
    return ImportResult("bank", source, change, tuple(findings), tallies, sums, tuple(said))


def _set_aside(lines: Lines, proofs: Sequence[Proof]) -> None:
    """Refuse the lines of unproved statements, leave out those of statements that are not final."""
    statuses = [each.status for each in proofs]
    refused = [each.status == proof.UNPROVED or each.statement.refused != "" for each in proofs]
    not_final = np.array([each == proof.NOT_FINAL for each in statuses], dtype=np.bool_)
    for mask, outcome in (
        (np.array(refused, dtype=np.bool_), Outcome.REFUSED),
        (not_final, Outcome.LEFT_OUT),
    ):
        new = lines.outcome == Outcome.NEW
        lines.outcome[new & _of(mask, lines)] = outcome


def _of(mask: BoolArray, lines: Lines) -> BoolArray:
    return mask[lines.statement] if len(mask) else np.zeros(0, dtype=np.bool_)


def _tallies(lines: Lines) -> tuple[Tally, dict[str, Tally]]:
    """Rows, and money by currency, by outcome; both are asserted to add up."""
    rows = tally(lines.outcome, np.ones(len(lines), dtype=np.int64))
    return rows, money_tallies(lines.outcome, lines.currency, lines.amount)


def _new_statements(
    proofs: Sequence[Proof], lines: Lines, files: Sequence[ReadFile], before: Frame
) -> IntArray:
    """Numbers of the statements that the workbook gets a row of, each once.

    One without balances whose lines are all known tells nothing new.
    """
    brings = np.zeros(len(proofs), dtype=np.bool_)
    brings[lines.statement[lines.outcome == Outcome.NEW]] = True
    seen = set(before.text("statement_id").tolist())
    chosen = []
    for number, each in enumerate(proofs):
        if each.status == proof.UNPROVED or each.statement.refused or each.id in seen:
            continue
        told = each.statement.closing != BLANK or each.status == proof.NOT_FINAL
        if brings[number] or told:
            seen.add(each.id)
            chosen.append(number)
    return np.array(chosen, dtype=np.int64)


def _statement_rows(proofs: Sequence[Proof], added: IntArray, files: Sequence[ReadFile]) -> Frame:
    picked = [proofs[number] for number in added.tolist()]
    told = [each.statement for each in picked]
    return Frame.build(
        BY_NAME["BankStatements"], len(picked),
        statement_id=text_array(each.id for each in picked),
        account=text_array(each.account for each in told),
        currency=text_array(each.currency for each in told),
        from_date=np.array([each.first for each in told], dtype="datetime64[D]"),
        to_date=np.array([each.last for each in told], dtype="datetime64[D]"),
        opening=_whole(each.opening for each in picked),
        closing=_whole(each.closing for each in told),
        lines=_whole(each.lines for each in picked),
        difference=_whole(each.difference for each in picked),
        status=text_array(each.status for each in picked),
        source=text_array(files[each.file].source for each in told),
    )  # fmt: skip


def _whole(values: object) -> IntArray:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]  # of a generator


def _line_rows(lines: Lines, ids: TextArray, proofs: Sequence[Proof]) -> Frame:
    new = np.flatnonzero(lines.outcome == Outcome.NEW)
    statement = text_array(each.id for each in proofs)
    return Frame.build(
        BY_NAME["BankLines"], len(new),
        line_id=ids[new], statement_id=statement[lines.statement[new]],
        bank_id=lines.bank_id[new], account=lines.account[new], date=lines.date[new],
        kind=lines.kind[new], amount=lines.amount[new], fee=lines.fee[new],
        currency=lines.currency[new], payer=lines.payer[new],
        payer_account=lines.payer_account[new], reference=lines.reference[new],
        text=lines.text[new],
    )  # fmt: skip


def _new_accounts(proofs: Sequence[Proof], files: Sequence[ReadFile], ledger: Ledger) -> Frame:
    """Accounts that the workbook does not have yet, with each currency that they keep."""
    accounts = ledger.posted("BankAccounts")
    have = set(zip(accounts.text("account").tolist(), accounts.text("currency").tolist(),
                   strict=True))  # fmt: skip
    have |= {(account, "") for account in accounts.text("account")[accounts.text("currency") == ""]}
    rows: dict[tuple[str, str], str] = {}
    for each in proofs:
        told = each.statement
        key = (told.account, told.currency)
        brought = each.status not in (proof.UNPROVED, proof.NOT_FINAL) and not told.refused
        if not brought or key in have or (told.account, "") in have:
            continue
        if each.status == proof.NOT_FINAL:  # it brings no line, and may be an account of others
            continue
        rows.setdefault(key, files[told.file].content.format)
    return Frame.build(
        BY_NAME["BankAccounts"], len(rows),
        account=text_array(account for account, _ in rows),
        currency=text_array(currency for _, currency in rows),
        format=text_array(rows.values()),
    )  # fmt: skip


def _new_formats(files: Sequence[ReadFile], booked: Sequence[Booked], ledger: Ledger) -> Frame:
    """How tables were read, where the workbook does not remember their headings yet."""
    refused = {each.file for each in booked if each.refused}
    have = set(ledger.posted("BankFormats").text("headings").tolist())
    made: list[Remembered] = []
    for number, each in enumerate(files):
        told = each.content.remember
        if told is not None and number not in refused and told.headings not in have:
            have.add(told.headings)
            made.append(told)
    columns = {key: text_array(getattr(each, key) for each in made) for key in _REMEMBERED}
    names = text_array(each.name for each in made)
    return Frame.build(BY_NAME["BankFormats"], len(made), format=names, **columns)


def _said(files: Sequence[ReadFile], proofs: Sequence[Proof]) -> list[str]:
    said = []
    for number, each in enumerate(files):
        mine = [proved for proved in proofs if proved.statement.file == number]
        lines = sum(proved.lines for proved in mine)
        statements = number_of(len(mine), "statement")
        said.append(
            f"{each.name}: {each.content.format}, {statements}, {number_of(lines, 'line')}."
        )
        said += each.content.said
        if len(proofs) <= MOST_SAID:
            said += [
                f"  {proof.title(proved)}: {proved.words}. {proved.status}."
                for proved in mine
                if proved.status not in (proof.UNPROVED, proof.ACCEPTED)  # findings tell those
                and not proved.statement.refused
            ]
    if len(proofs) > MOST_SAID:
        statuses = [each.status or "unproved" for each in proofs]
        parts = [f"{statuses.count(each):,} {each.lower()}" for each in dict.fromkeys(statuses)]
        said.append(f"{number_of(len(proofs), 'statement')}: {', '.join(parts)}.")
    if any(each.status == proof.NOT_FINAL for each in proofs):
        said.append(
            "Lines that are not final are left out: the bank's final statement brings them."
        )
    return said


def _said_accounts(added: Frame) -> list[str]:
    if not len(added):
        return []
    pairs = zip(added.text("account").tolist(), added.text("currency").tolist(), strict=True)
    listed = [f"{account} {currency}" for account, currency in pairs]
    names = "; ".join(listed[:MOST_ACCOUNTS_SAID])
    if len(listed) > MOST_ACCOUNTS_SAID:
        names += f" and {len(listed) - MOST_ACCOUNTS_SAID:,} more"
    return [f"New on the sheet BankAccounts: {names}. Give their accounts in the general ledger."]
