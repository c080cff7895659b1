"""restore: the earlier states of a workbook, and one of them brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import strptime
from typing import Any

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.book import backups, host
from ar_xl.book.backups import State
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.money import totals_shown
from ar_xl.ops.batches import read_control_total

NO_SUCH_BACKUP = code(
    "no_such_backup",
    Severity.ERROR,
    "the number of a backup, or a time at which the workbook was saved already",
    "Run `ar-xl restore BOOK` without options to see what there is.",
    Exit.WRONG_CALL,
)
BACKUP_DAMAGED = code(
    "backup_does_not_open",
    Severity.ERROR,
    "a backup of which every part can be read",
    "Choose another backup; the workbook is as it was.",
    Exit.UNREADABLE,
)
_TIMES = (("%Y-%m-%d %H:%M:%S", ""), ("%Y-%m-%d %H:%M", ":59"), ("%Y-%m-%d", " 23:59:59"))
_COLUMNS = ("backup", "saved (UTC)", "size", "replaced by", "last batch", "receivables")
Say = Callable[[str], None]


def restore_command(
    options: life.Options, given: Mapping[str, Any], progress: Say, _: Say
) -> Answer:
    """List the backups, or bring one back byte for byte; the present state is kept first."""
    workbook = Path(given["book"])
    wanted, at = str(given["backup"] or "").strip(), str(given["at"] or "").strip()
    try:
        progress("Reading the backups")
        if not (wanted or at):
            return _listed(workbook)
        with host.locked(None if options.preview else workbook, options.user):
            return _restored(workbook, wanted, at, options.preview)
    except Refusal as refusal:
        return life.refused("restore", None, refusal, options.preview)
    except host.FileProblem as problem:
        return life.unusable("restore", None, problem, options.preview)
    except OSError as failure:
        return life.unusable("restore", None, host.disk_problem(failure), options.preview)


def _listed(workbook: Path) -> Answer:
    present, kept = backups.present_state(workbook), backups.states_of(workbook)
    if present is None and not kept:
        host.insist_on_file(workbook)
    more = {"backups": [_json(state) for state in kept]}
    if not kept:
        said = (f"{workbook.name} has no backups yet: each command that writes makes one.",)
        return Answer("restore", said=said, more=more)
    lines = [f"{workbook.name} is not there any more."] if present is None else []
    lines += _table([*([present] if present else []), *kept])
    lines += [
        f"Does not open: backup {state.number}. {state.problem}" for state in kept if state.problem
    ]
    lines.append(f"Bring one back: ar-xl restore {workbook} --backup {kept[0].number}")
    return Answer("restore", said=tuple(lines), more=more)


def _restored(workbook: Path, wanted: str, at: str, preview: bool) -> Answer:
    present, kept = backups.present_state(workbook), backups.states_of(workbook)
    if present is None and not kept:
        host.insist_on_file(workbook)
    chosen = _numbered(kept, wanted) if wanted else _of_time(present, kept, at)
    said = f"{workbook.name} as it was saved on {chosen.saved or 'an unknown day'} UTC"
    more = {"restored": chosen.number, "kept_as": None}
    if chosen.number == 0 or backups.is_same(chosen.path, workbook):
        already = f"Nothing to do: {workbook.name} is in that state already."
        return Answer("restore", said=(already,), preview=preview, more=more)
    try:
        backups.insist_on_whole(chosen.path)
    except host.FileProblem as problem:
        raise Refusal(
            BACKUP_DAMAGED, f"Backup {chosen.number} does not open. {problem.sentence}"
        ) from problem
    change = _change(present, chosen)
    if preview:
        said = f"Backup {chosen.number} would bring back {said}."
        return Answer("restore", said=(said, *change), preview=True, more=more)
    replaced = backups.bring_back(workbook, chosen.path)
    lines = [f"Brought back {said} (backup {chosen.number}).", *change]
    if replaced is not None:
        number = backups.number_of(replaced)
        lines.append(f"The state before is kept: ar-xl restore {workbook} --backup {number}")
        more["kept_as"] = number
    return Answer("restore", said=tuple(lines), more=more)


def _numbered(kept: Sequence[State], wanted: str) -> State:
    for state in kept:
        if wanted.isdecimal() and state.number == int(wanted):
            return state
    numbers = ", ".join(str(state.number) for state in kept)
    there = f"there are: {numbers}" if numbers else "there are none yet"
    raise Refusal(NO_SUCH_BACKUP, f"There is no backup `{wanted}`; {there}.")


def _of_time(present: State | None, kept: Sequence[State], at: str) -> State:
    """The state that the workbook had at a time: the last one saved until then."""
    until = _time(at)
    states = [*([present] if present else []), *kept]
    for state in states:
        if state.saved and state.saved <= until:
            return state
    first = min((state.saved for state in states if state.saved), default="")
    oldest = f"the oldest state here was saved on {first} UTC" if first else "there are no backups"
    raise Refusal(NO_SUCH_BACKUP, f"Nothing is kept from {at}: {oldest}.")


def _time(at: str) -> str:
    for form, rest in _TIMES:
        try:
            strptime(at.replace("T", " "), form)
        except ValueError:
            continue
        return at.replace("T", " ") + rest
    raise Refusal(
        NO_SUCH_BACKUP, f"`{at}` is not a time.",
        fix='Write the time as "2026-10-31 17:00" or 2026-10-31, in UTC.',
    )  # fmt: skip


def _change(present: State | None, chosen: State) -> list[str]:
    """What the books hold before and after, in one line."""
    before = _holds(present) if present else "gone"
    return [f"Before: {before}. After: {_holds(chosen)}."]


def _holds(state: State) -> str:
    if state.problem:
        return "a workbook that does not open"
    if not state.batch:
        return "nothing posted"
    return f"last batch {state.batch}, receivables {_receivables(state)}"


def _receivables(state: State) -> str:
    try:
        return totals_shown(read_control_total(state.control))
    except ValueError:
        return state.control


def _table(states: Sequence[State]) -> list[str]:
    rows = [_COLUMNS, *map(_row, states)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _row(state: State) -> tuple[str, ...]:
    if state.problem:
        holds = ("does not open", "")
    else:
        holds = (state.batch or "-", _receivables(state) if state.batch else "-")
    number = str(state.number) if state.number else "now"
    kilobytes = f"{-(-state.size // 1024):,} KB"
    return (number, state.saved or "-", kilobytes, state.before or "-", *holds)


def _json(state: State) -> dict[str, Any]:
    return {
        "backup": state.number,
        "file": str(state.path),
        "saved_utc": state.saved or None,
        "size": state.size,
        "replaced_by": state.before or None,
        "opens": not state.problem,
        "problem": state.problem or None,
        "last_batch": state.batch or None,
        "receivables": state.control or None,
    }
