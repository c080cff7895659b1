"""Settings of Office and Windows, often made by a company, that keep add-ins or servers away.

The registry is read, nothing else: no setting is changed, and no other program is started. Value
names are those of Microsoft's administrative templates for Office 2016 and Windows Defender.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from ar_xl.addin.identity import FILE_NAME
from ar_xl.addin.look import Look
from ar_xl.addin.machine import Machine, registry_text, registry_value
from ar_xl.addin.trouble import Line, Trouble, Verdict

CHILD_PROCESS_RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"

_POLICY = r"Software\Policies\Microsoft\Office\16.0"
_CHOICE = r"Software\Microsoft\Office\16.0"
_SECURITY = r"Excel\Security"
_DEFENDER_POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
_DEFENDER = r"HKLM\SOFTWARE\Microsoft\Windows Defender"
_RULES = r"Windows Defender Exploit Guard\ASR\Rules"
_SIGNED_ONLY, _ALL_OFF = 3, 4


class Rule(Enum):
    """What Windows does when Office starts another program."""

    OFF = 0
    BLOCK = 1
    AUDIT = 2
    WARN = 6


def macros(look: Look) -> Line:
    """Whether Office's settings let the add-in's macros run."""
    name = "Macro settings"
    machine = look.machine
    for trouble, seen in _settings_against_addins(machine):
        return Line(name, Verdict.PROBLEM, seen, trouble)
    untrusted = _why_not_trusted(look)
    if not untrusted:
        return Line(name, Verdict.OK, "add-ins run, and Excel's start folder is trusted.")
    level = _number(machine, _SECURITY, "VBAWarnings")
    if level == _ALL_OFF:
        return Line(name, Verdict.PROBLEM, f"{untrusted}, and macros are switched off.",
                    Trouble.MACROS_OFF)  # fmt: skip
    if level == _SIGNED_ONLY:
        seen = f"{untrusted}, and only signed macros run."
        return Line(name, Verdict.PROBLEM, seen, Trouble.SIGNATURE_REQUIRED)
    return Line(name, Verdict.WARNING, f"{untrusted}.", Trouble.FOLDER_NOT_TRUSTED)


def _settings_against_addins(machine: Machine) -> Iterable[tuple[Trouble, str]]:
    if _number(machine, "Common", "VBAOff") == 1 or _machine_wide_vba_off(machine):
        yield Trouble.MACROS_OFF, "Office is set to run no macros at all (VBAOff)."
    if _number(machine, _SECURITY, "DisableAllAddins") == 1:
        yield Trouble.ADDINS_OFF, "Excel is set to open no add-ins (DisableAllAddins)."
    managed = str(
        registry_value(machine, rf"HKCU\{_POLICY}\Excel\Resiliency\AddinList", FILE_NAME) or ""
    )
    restricted = registry_value(machine, rf"HKCU\{_POLICY}\Excel\Resiliency", "RestrictToList")
    if managed == "0" or (restricted == 1 and managed not in {"1", "2"}):
        yield Trouble.ADDINS_OFF, f"the company's list of add-ins leaves {FILE_NAME} out."
    if _number(machine, r"Common\Security", "RequireAlwaysOnMacroSig") == 1:
        seen = "Office opens only signed add-ins (RequireAlwaysOnMacroSig)."
        yield Trouble.SIGNATURE_REQUIRED, seen
    if _number(machine, _SECURITY, "RequireAddinSig") == 1:
        yield Trouble.SIGNATURE_REQUIRED, "Excel opens only signed add-ins (RequireAddinSig)."


def _why_not_trusted(look: Look) -> str:
    """Why Excel's start folder is no trusted location; "" where it is one."""
    trusted = rf"{_SECURITY}\Trusted Locations"
    if _number(look.machine, trusted, "AllLocationsDisabled") == 1:
        return "trusted folders are switched off"
    on_network = str(look.addin).startswith("\\\\")
    if on_network and _number(look.machine, trusted, "AllowNetworkLocations") != 1:
        return f"{look.addin.parent} is on the network, which Excel does not trust"
    return ""


def _number(machine: Machine, key: str, name: str) -> int | None:
    """A setting of Office: the company's where it made one, else the user's."""
    for root in (_POLICY, _CHOICE):
        value = registry_value(machine, rf"HKCU\{root}\{key}", name)
        if isinstance(value, int):
            return value
    return None


def _machine_wide_vba_off(machine: Machine) -> bool:
    return registry_value(machine, rf"HKLM\{_POLICY}\Common", "VBAOff") == 1


def child_processes(look: Look) -> Line:
    """Whether Windows lets Excel start Python; with an agent Excel starts nothing."""
    name = "Child processes"
    rule = child_process_rule(look.machine)
    if rule is Rule.BLOCK:
        seen = "Windows keeps Office from starting other programs"
        if look.agent.version:
            return Line(name, Verdict.OK, f"{seen}; the agent runs, so that Excel starts none.")
        return Line(name, Verdict.PROBLEM, f"{seen}, and no agent runs.",
                    Trouble.CHILD_PROCESSES_BLOCKED)  # fmt: skip
    if rule is Rule.WARN:
        return Line(name, Verdict.WARNING, "Windows asks before Office starts another program.",
                    Trouble.CHILD_PROCESSES_BLOCKED)  # fmt: skip
    if rule is Rule.AUDIT:
        seen = "Windows writes down what Office starts, and lets it; a block may follow."
        return Line(name, Verdict.NOTE, seen)
    return Line(name, Verdict.OK, "no rule in the registry keeps Excel from starting Python.")


def child_process_rule(machine: Machine) -> Rule:
    """The state of Defender's rule against programs started by Office, as the registry has it."""
    assigned = registry_text(machine, rf"{_DEFENDER_POLICY}\Policy Manager", "ASRRules")
    pairs = dict(pair.strip().casefold().partition("=")[::2] for pair in assigned.split("|"))
    states: list[object] = [pairs.get(CHILD_PROCESS_RULE)]
    states += [
        registry_value(machine, rf"{root}\{_RULES}", CHILD_PROCESS_RULE)
        for root in (_DEFENDER_POLICY, _DEFENDER)
    ]
    for state in states:
        text = str(state).strip()
        if state is not None and text.isdecimal() and int(text) in {rule.value for rule in Rule}:
            return Rule(int(text))
    return Rule.OFF
