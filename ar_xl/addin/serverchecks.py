"""Whether Excel's way to Python is open: the library, the server, the agent."""

from __future__ import annotations

from uuid import uuid4

from ar_xl.addin import places
from ar_xl.addin.identity import AGENT_CLSID
from ar_xl.addin.librarycheck import library_line, wanted_bits
from ar_xl.addin.look import Look
from ar_xl.addin.machine import Machine
from ar_xl.addin.trouble import Line, Trouble, Verdict


def library(look: Look) -> Line:
    """Whether xlwings' library for each Excel's bitness is there, is right, and loads."""
    name = "Library"
    machine = look.machine
    lines = [library_line(machine, look.python, bits) for bits in wanted_bits(look.excels)]
    for line in lines:
        if line.trouble:
            return line
    return Line(name, Verdict.OK, " ".join(line.seen for line in lines))


def server(look: Look) -> Line:
    """Whether the server starts as Excel would start it, and tells this version."""
    name = "Server"
    machine = look.machine
    class_id = f"{{{uuid4()}}}".upper()
    command = places.server_command(str(look.python), class_id)
    reply = machine.starts_and_asks(command, class_id)
    if not reply.version:
        return Line(name, Verdict.PROBLEM, f"gives no answer: {reply.why}.",
                    Trouble.SERVER_SILENT)  # fmt: skip
    if reply.version != machine.python.ar_xl:
        seen = f"answers as ar_xl {reply.version}; here is ar_xl {machine.python.ar_xl}."
        return Line(name, Verdict.PROBLEM, seen, Trouble.SERVER_OF_ANOTHER_VERSION)
    return Line(
        name,
        Verdict.OK,
        f"starts, and answers as ar_xl {reply.version} after {reply.seconds:.1f} seconds.",
    )


def agent(look: Look) -> Line:
    """Whether an agent is set up and answers; none is needed where Excel may start Python."""
    name = "Agent"
    here = look.machine.python.ar_xl
    entry, said = look.agent_entry, look.agent
    program, *arguments = places.server_command(str(look.python), AGENT_CLSID)
    if entry and not (
        entry.arguments == " ".join(arguments) and _same(look.machine, entry.program, program)
    ):
        seen = f"the entry in the Startup folder starts {entry.program or 'nothing readable'}."
        return Line(name, Verdict.PROBLEM, seen, Trouble.AGENT_ENTRY_STALE)
    if said.version and said.version != here:
        seen = f"the one that runs is ar_xl {said.version}; here is ar_xl {here}."
        return Line(name, Verdict.PROBLEM, seen, Trouble.AGENT_OF_ANOTHER_VERSION)
    if said.version:
        starts = "starts with every log-on" if entry else "was started by hand"
        return Line(name, Verdict.OK, f"answers as ar_xl {said.version}, and {starts}.")
    if entry:
        return Line(name, Verdict.WARNING, "starts with every log-on, but does not run now.",
                    Trouble.AGENT_NOT_RUNNING)  # fmt: skip
    return Line(name, Verdict.NOTE, "not set up; Excel starts Python itself.")


def _same(machine: Machine, one: str, other: str) -> bool:
    """Whether two paths name one file; Windows gives a short name back as the long one."""
    if one.casefold() == other.casefold():
        return True
    shorts = [machine.short_name(machine.place(each)) for each in (one, other) if each]
    return len(shorts) == 2 and str(shorts[0]).casefold() == str(shorts[1]).casefold()
