"""The agent: a server that runs from log-on on, so that Excel need not start Python itself."""

from __future__ import annotations

from dataclasses import dataclass

from ar_xl.addin import places
from ar_xl.addin.identity import AGENT_CLSID
from ar_xl.addin.machine import Machine, MachineError, System
from ar_xl.addin.pythonchecks import refuse_unfit_python
from ar_xl.addin.trouble import Cannot, Trouble


@dataclass(frozen=True)
class Agent:
    """An agent that runs.

    Args:
        version: of ar_xl, as it tells.
        ran_before: it ran already.
    """

    version: str
    ran_before: bool


def start(machine: Machine) -> Agent:
    """Start the agent, unless one runs.

    Raises:
        Cannot: this is no Windows, this Python cannot serve Excel, or the agent stayed silent.
    """
    refuse_unfit_python(machine)
    running = machine.asks(AGENT_CLSID)
    if running.version:
        return Agent(running.version, ran_before=True)
    try:
        machine.starts(places.server_command(str(places.plain_python(machine)), AGENT_CLSID))
    except MachineError as error:
        raise Cannot(Trouble.AGENT_DID_NOT_START, f"Windows did not start it: {error}.") from error
    reply = machine.awaits(AGENT_CLSID)
    if not reply.version:
        raise Cannot(Trouble.AGENT_DID_NOT_START, f"It was started, but is silent: {reply.why}.")
    return Agent(reply.version, ran_before=False)


def stop(machine: Machine) -> bool:
    """End the agent; False where none runs.

    Raises:
        Cannot: this is no Windows.
    """
    if machine.system is not System.WINDOWS:
        raise Cannot(Trouble.NOT_WINDOWS, f"This computer runs {machine.system.value}.")
    return machine.stops_agent()
