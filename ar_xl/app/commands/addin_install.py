"""addin install, addin uninstall, agent: what is done on a computer, and said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ar_xl.addin import agent, install, record, uninstall
from ar_xl.addin.doctor import concerns
from ar_xl.addin.machine import Machine, this_machine
from ar_xl.addin.problem import CannotBuild
from ar_xl.addin.trouble import Cannot, Line, Trouble, Verdict
from ar_xl.app import life
from ar_xl.app.answer import Answer, sentence
from ar_xl.app.commands.addin import ADDIN_NOT_BUILT, content
from ar_xl.app.commands.addin_words import TROUBLES
from ar_xl.core.findings import Exit, Refusal, Severity, code

TARGET_WITHOUT_PYTHON = code(
    "target_without_python",
    Severity.ERROR,
    "the full path of python.exe on the computers that the add-in is for",
    'Add --python PATH, such as "C:\\Program Files\\ar_xl\\Scripts\\pythonw.exe".',
    Exit.WRONG_CALL,
)
PYTHON_WITHOUT_TARGET = code(
    "python_without_target",
    Severity.ERROR,
    "--python only together with --target",
    "Leave --python out: on this computer the Python that runs ar-xl is used.",
    Exit.WRONG_CALL,
)
PYTHON_NOT_A_PROGRAM = code(
    "python_not_a_program",
    Severity.ERROR,
    "a full path of Windows in plain letters that ends in python.exe or pythonw.exe",
    "Write the path as it is on the computers that the add-in is for.",
    Exit.WRONG_CALL,
)

# With these the file is in place, and Excel leaves it out.
_NO_TAB = (
    Trouble.NO_EXCEL, Trouble.ADDIN_DISABLED, Trouble.ADDINS_OFF, Trouble.MACROS_OFF,
    Trouble.SIGNATURE_REQUIRED,
)  # fmt: skip

Say = Callable[[str], None]


def guarded(name: str, work: Callable[[], Answer]) -> Answer:
    """The answer, or the refusal in words."""
    try:
        return work()
    except Cannot as refused:
        return life.refused(name, None, Refusal(TROUBLES[refused.trouble], refused.seen))
    except CannotBuild as problem:
        return life.refused(name, None, Refusal(ADDIN_NOT_BUILT, str(problem)))
    except Refusal as refusal:
        return life.refused(name, None, refusal)


def install_command(options: life.Options, given: Mapping[str, Any], _: Say, __: Say) -> Answer:
    """Put the add-in where Excel opens it; or, with a target, write it for other computers."""
    target, python = given.get("target"), given.get("python")
    with_agent = bool(given.get("agent"))

    def work() -> Answer:
        if target:
            return _for_others(Path(target), python, options.preview)
        if python:
            raise Refusal(PYTHON_WITHOUT_TARGET, "There is --python, but no --target.")
        return _here(this_machine(), with_agent, options.preview)

    return guarded("addin install", work)


def _here(machine: Machine, with_agent: bool, preview: bool) -> Answer:
    plan = install.decide(machine, with_agent)
    more: dict[str, Any] = {
        "file": str(plan.addin), "replaced": plan.replaced or None,
        "agent_entry": str(plan.link) if plan.link else None, "settings": dict(plan.settings),
    }  # fmt: skip
    found = concerns(machine, content)
    if preview:
        said = (
            f"Would put the add-in here: {plan.addin}",
            *([f"Would put the agent's entry here: {plan.link}"] if plan.link else []),
        )
        return Answer("addin install", said=(*said, *_warnings(found)), preview=True, more=more)
    done = install.install(machine, content, plan)
    version = plan.settings["ar_xl"]
    said_of_version = f"Installed ar_xl {version}"
    if plan.replaced and plan.replaced != version:
        said_of_version += f" in place of {plan.replaced}"
    lines = [f"{said_of_version}: {plan.addin}"]
    if done.removed:
        lines.append(f"Took the older add-in away: {done.removed}")
    lines += _agent_lines(machine, plan, done) if plan.link else []
    if any(line.trouble in _NO_TAB for line in found):
        lines.append("Excel will not show the tab until what follows is settled.")
    elif plan.excel_runs:
        lines.append("Close Excel and start it again: the tab Receivables is there then.")
    else:
        lines.append("Start Excel: the tab Receivables is there.")
    lines += _warnings(found)
    lines.append("`ar-xl addin doctor` looks at everything; `ar-xl addin uninstall` takes it away.")
    return Answer("addin install", said=tuple(lines), more=more)


def _agent_lines(machine: Machine, plan: install.Plan, done: install.Installed) -> list[str]:
    """Have the agent run now too, of this version."""
    if done.link_failed:
        return [_advice(Trouble.AGENT_ENTRY_NOT_WRITTEN, sentence(done.link_failed))]
    lines = [f"The agent starts with every log-on: {plan.link}"]
    try:
        running = agent.start(machine)
        if running.version != plan.settings["ar_xl"]:
            agent.stop(machine)
            agent.start(machine)
        lines.append("The agent runs.")
    except Cannot as refused:
        lines.append(_advice(refused.trouble, refused.seen))
    return lines


def _for_others(folder: Path, python: str | None, preview: bool) -> Answer:
    machine = this_machine()
    if not python:
        raise Refusal(TARGET_WITHOUT_PYTHON, "There is --target, but no --python.")
    if not install.is_python_path(python):
        raise Refusal(PYTHON_NOT_A_PROGRAM, f"`{python}` is no such path.")
    settings = {"target": str(folder), "python": python}
    if preview:
        said = (f"Would write the add-in into {folder}, for {python}.",)
        return Answer("addin install", said=said, preview=True, more=settings)
    made = install.write_for_others(machine, content, machine.place(str(folder)), python)
    digest = record.fingerprint(machine.file(made).read_bytes())
    lines = (
        f"Wrote {made}, for {python}.",
        f"SHA-256 {digest}",
        "Copy it into %APPDATA%\\Microsoft\\Excel\\XLSTART of each user; on each computer "
        f"ar_xl {machine.python.ar_xl} and xlwings {machine.python.xlwings} must be installed "
        "in that Python. `ar-xl addin doctor`, run there, looks at everything.",
    )
    return Answer(
        "addin install", said=lines, more={"file": str(made), "sha256": digest, **settings}
    )


def uninstall_command(options: life.Options, given: Mapping[str, Any], _: Say, __: Say) -> Answer:
    """Take away what was installed, and say what was left."""
    return guarded("addin uninstall", lambda: _away(this_machine()))


def _away(machine: Machine) -> Answer:
    done = uninstall.uninstall(machine)
    lines = [f"Took away {place}" for place in done.removed]
    lines += ["The agent was told to end."] if done.agent_stopped else []
    lines += [f"Left {place}: {why}. Delete it by hand if you want." for place, why in done.left]
    if not done.removed and not done.left:
        lines.append("Nothing is installed for you; nothing was changed.")
    elif done.removed:
        lines.append(
            "Your workbooks are as they were; cells with functions of ar_xl keep their "
            "last values until they are calculated anew."
        )
    more = {
        "removed": [str(place) for place in done.removed],
        "left": [{"file": str(place), "why": why} for place, why in done.left],
        "agent_stopped": done.agent_stopped,
    }
    return Answer("addin uninstall", said=tuple(lines), more=more)


def agent_command(options: life.Options, given: Mapping[str, Any], _: Say, __: Say) -> Answer:
    """Start the agent, or end it."""
    return guarded("agent", lambda: _agent(this_machine(), bool(given.get("stop"))))


def _agent(machine: Machine, stop: bool) -> Answer:
    if stop:
        ended = agent.stop(machine)
        words = "The agent was told to end." if ended else "No agent runs."
        return Answer("agent", said=(words,), more={"running": False, "ended": ended})
    running = agent.start(machine)
    more = {"running": True, **asdict(running)}
    if running.ran_before and running.version != machine.python.ar_xl:
        seen = f"The agent that runs is ar_xl {running.version}; here is {machine.python.ar_xl}."
        raise Refusal(TROUBLES[Trouble.AGENT_OF_ANOTHER_VERSION], seen)
    if running.ran_before:
        return Answer("agent", said=("The agent runs already.",), more=more)
    said = (
        "The agent runs until you log off; this window can be closed.",
        "`ar-xl addin install --agent` has it start with every log-on.",
    )
    return Answer("agent", said=said, more=more)


def _warnings(lines: list[Line]) -> list[str]:
    """What someone should look at, as sentences."""
    return [
        _advice(line.trouble, f"{line.name}: {line.seen}")
        for line in lines
        if line.trouble and line.verdict in (Verdict.WARNING, Verdict.PROBLEM)
    ]


def _advice(trouble: Trouble, seen: str) -> str:
    """A case in two sentences: what was seen, and what to do."""
    return f"To look at: {sentence(seen)} {TROUBLES[trouble].fix}"
