"""`kill -9` at any moment: the old workbook or the new one, and nothing left behind."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from proofs.halves.disk import Disk
from proofs.halves.office import Case, run

SAVING = "Saving and checking"
AGAIN_EVERY = 5  # verify and the command again are run after one attempt in so many


@dataclass
class Outcome:
    """What was found after a number of attempts.

    Args:
        tried: how many.
        states: "old", "new" or "half", how often.
        undone: attempts in which the command had ended before.
        wrong: what should not be, in words; empty where the promise holds.
    """

    tried: int = 0
    states: Counter[str] = field(default_factory=Counter)
    undone: int = 0
    wrong: list[str] = field(default_factory=list)

    def look(self, case: Case, what: str) -> None:
        """Judge the workbook after an attempt."""
        self.tried += 1
        state = case.state()
        self.states[state] += 1
        if state == "half":
            self.wrong.append(f"{what}: the workbook is neither old nor new")
            return
        wrong = case.next_commands_are_right(again=self.tried % AGAIN_EVERY == 0)
        if wrong:
            self.wrong.append(f"{what}: {wrong}")


def random_kills(case: Case, kills: int, seed: int) -> Outcome:
    """Kill the command at random moments: a third of them anywhere, the others while it saves.

    Args:
        case: the command.
        kills: how many.
        seed: of the moments.
    """
    chance, outcome = random.Random(seed), Outcome()
    whole, saving = _durations(case)
    for number in range(kills):
        case.reset()
        anywhere = number % 3 == 0
        seconds = chance.uniform(0, 1.05 * (whole if anywhere else saving))
        child, ready = _started(case)
        if not anywhere:
            select.select([ready], [], [], 60)
        time.sleep(seconds)
        os.close(ready)
        outcome.undone += not _kill(child)
        moment = f"{seconds * 1000:.1f} ms after {'its start' if anywhere else 'saving began'}"
        outcome.look(case, f"kill {number}, {moment}")
    return outcome


def kills_at_calls(case: Case, every: int = 1) -> Outcome:
    """Kill the command just before each call that changes the disk; of writes, each few.

    Args:
        case: the command.
        every: of the calls one in so many.
    """
    outcome = Outcome()
    disk = Disk(case.reset().parent, changes_only=True)
    with disk.between():
        run(case.name, case.book)
    for number in range(1, disk.count + 1, every):
        case.reset()
        child = forked(lambda n=number: _run_until(case, n))  # type: ignore[misc]
        outcome.undone += not _kill(child, first_wait=True)
        outcome.look(case, f"killed before call {number} of {disk.count}")
    return outcome


def _run_until(case: Case, number: int) -> None:
    with Disk(case.folder, number, changes_only=True).between():
        run(case.name, case.book)


def _durations(case: Case) -> tuple[float, float]:
    """Seconds that the command takes, and those from the moment it begins to save."""
    case.reset()
    marks = [time.perf_counter()]

    def say(stage: str) -> None:
        if stage == SAVING:
            marks.append(time.perf_counter())

    run(case.name, case.book, say)
    end = time.perf_counter()
    return end - marks[0], end - marks[-1]


def _started(case: Case) -> tuple[int, int]:
    """Start the command in a process of its own; its number, and a pipe that tells of saving."""
    ready, tell = os.pipe()

    def work() -> None:
        run(case.name, case.book, lambda stage: _tell(tell, stage))

    child = forked(work)
    os.close(tell)
    return child, ready


def _tell(pipe: int, stage: str) -> None:
    if stage == SAVING:
        os.write(pipe, b"s")


def forked(work: Callable[[], None]) -> int:
    """A copy of this process, which has loaded everything already, that does some work."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001  # the copy must not go on as if it were the proof
        os._exit(1)


def _kill(child: int, first_wait: bool = False) -> bool:
    """Kill a process that we started; False where it had ended by itself.

    Args:
        child: its number.
        first_wait: it kills itself; wait for that.
    """
    if not first_wait:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
