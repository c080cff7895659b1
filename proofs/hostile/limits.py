"""Part d: every limit is accepted when it is reached and refused one step beyond."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ar_xl.book.host import FileProblem
from ar_xl.core.findings import Refusal
from ar_xl.xlfile.addresses import AddressError


class Refused(Exception):  # noqa: N818 - an outcome, not an error
    """A value was not accepted; its text is what was said."""


Try = Callable[[Path, int], None]


@dataclass(frozen=True)
class Limit:
    """One limit.

    Args:
        name: of what.
        n: the last value that is accepted.
        attempt: tries a value in a folder of its own; raises a refusal, or `AssertionError` where
            what comes back is not what went in.
        step: to the first value that is refused; -1 where the limit is the least value.
    """

    name: str
    n: int
    attempt: Try
    step: int = 1


LIMITS: list[Limit] = []


def limit(name: str, n: int, step: int = 1) -> Callable[[Try], Try]:
    """Put a limit on the list."""

    def put(attempt: Try) -> Try:
        LIMITS.append(Limit(name, n, attempt, step))
        return attempt

    return put


def outcome(each: Limit, value: int) -> str:
    """Say "accepted", or what was said in refusal, or what went wrong in capitals."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            each.attempt(Path(folder), value)
        except (FileProblem, Refusal, Refused, AddressError) as refusal:
            said = str(refusal)
            return said if said else "REFUSED WITHOUT A WORD"
        except AssertionError as change:
            return f"CHANGED: {change}"
        except ValueError as refusal:  # as xlwings in Excel, where a program called us
            return str(refusal) if str(refusal).endswith(".") else f"CRASHED: {refusal}"
        except Exception as error:  # noqa: BLE001  # any other kind would be our mistake
            return f"CRASHED: {type(error).__name__} {error}"
    return "accepted"


def limits(wanted: str = "") -> bool:
    """Print a table of all limits; whether all of it is right."""
    right = total = 0
    for each in (one for one in LIMITS if wanted in one.name):
        row = []
        for value, expected in (
            (each.n - each.step, True), (each.n, True), (each.n + each.step, False)
        ):  # fmt: skip
            seen = outcome(each, value)
            is_right = (seen == "accepted") if expected else _is_plain(seen)
            total, right = total + 1, right + is_right
            row.append("accepted" if seen == "accepted" else "refused")
            if not is_right:
                print(f"WRONG {each.name} {value:,}: {seen[:300]}")
            elif not expected:
                row.append(seen.splitlines()[0][:100])
        print(f"{each.n:>15,} {' '.join(f'{word:8}' for word in row[:3])} {each.name}: {row[-1]}")
    print(f"{right} of {total} right at {total // 3} limits (one before, the limit, one beyond)")
    return right == total


def _is_plain(said: str) -> bool:
    return said != "accepted" and not said.startswith(("CHANGED", "REFUSED", "CRASHED"))
