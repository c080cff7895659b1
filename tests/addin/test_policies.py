"""What the doctor says of settings of Office and Windows, one after the other."""

from __future__ import annotations

import pytest

from ar_xl.addin.install import decide, install
from ar_xl.addin.policychecks import CHILD_PROCESS_RULE
from ar_xl.addin.trouble import Trouble, Verdict
from tests.addin.examined import line_of
from tests.addin.pretend import Pretend, build

_POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"
_CHOICE = r"HKCU\Software\Microsoft\Office\16.0"
_DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
_RULES = _DEFENDER + r"\Windows Defender Exploit Guard\ASR\Rules"


@pytest.mark.parametrize(
    ("key", "name", "value", "trouble"),
    [
        (rf"{_POLICY}\Common", "VBAOff", 1, Trouble.MACROS_OFF),
        (r"HKLM\Software\Policies\Microsoft\Office\16.0\Common", "VBAOff", 1, Trouble.MACROS_OFF),
        (rf"{_POLICY}\Excel\Security", "DisableAllAddins", 1, Trouble.ADDINS_OFF),
        (rf"{_CHOICE}\Excel\Security", "disablealladdins", 1, Trouble.ADDINS_OFF),
        (rf"{_POLICY}\Excel\Resiliency\AddinList", "ar_xl.xlam", "0", Trouble.ADDINS_OFF),
        (rf"{_POLICY}\Excel\Resiliency", "RestrictToList", 1, Trouble.ADDINS_OFF),
        (rf"{_CHOICE}\Excel\Security", "RequireAddinSig", 1, Trouble.SIGNATURE_REQUIRED),
        (rf"{_POLICY}\Common\Security", "requirealwaysonmacrosig", 1, Trouble.SIGNATURE_REQUIRED),
    ],
)
def test_a_setting_of_office_that_keeps_add_ins_away(
    computer: Pretend, key: str, name: str, value: object, trouble: Trouble
) -> None:
    computer.sets(key, **{name: value})
    line = line_of(computer, "Macro settings")
    assert (line.verdict, line.trouble) == (Verdict.PROBLEM, trouble)


def test_the_companys_setting_counts_before_the_users(computer: Pretend) -> None:
    computer.sets(rf"{_CHOICE}\Excel\Security", RequireAddinSig=1)
    computer.sets(rf"{_POLICY}\Excel\Security", RequireAddinSig=0)
    assert line_of(computer, "Macro settings").verdict is Verdict.OK


def test_an_add_in_that_the_company_lists_is_opened(computer: Pretend) -> None:
    computer.sets(rf"{_POLICY}\Excel\Resiliency", RestrictToList=1)
    computer.sets(rf"{_POLICY}\Excel\Resiliency\AddinList", **{"ar_xl.xlam": "1"})
    assert line_of(computer, "Macro settings").verdict is Verdict.OK


@pytest.mark.parametrize(
    ("level", "verdict", "trouble"),
    [
        (None, Verdict.WARNING, Trouble.FOLDER_NOT_TRUSTED),
        (2, Verdict.WARNING, Trouble.FOLDER_NOT_TRUSTED),
        (3, Verdict.PROBLEM, Trouble.SIGNATURE_REQUIRED),
        (4, Verdict.PROBLEM, Trouble.MACROS_OFF),
    ],
)
def test_without_trusted_folders_the_level_of_macros_decides(
    computer: Pretend, level: int | None, verdict: Verdict, trouble: Trouble
) -> None:
    computer.sets(rf"{_POLICY}\Excel\Security\Trusted Locations", AllLocationsDisabled=1)
    computer.sets(rf"{_CHOICE}\Excel\Security", VBAWarnings=level)
    line = line_of(computer, "Macro settings")
    assert (line.verdict, line.trouble) == (verdict, trouble)


def test_in_a_trusted_folder_the_level_of_macros_does_not_matter(computer: Pretend) -> None:
    computer.sets(rf"{_CHOICE}\Excel\Security", VBAWarnings=4)
    assert line_of(computer, "Macro settings").verdict is Verdict.OK


def test_a_start_folder_on_the_network_is_not_trusted(computer: Pretend) -> None:
    computer.variables["APPDATA"] = r"\\server\profiles$\Anna"
    install(computer, build, decide(computer, agent=False))
    assert line_of(computer, "Macro settings").trouble is Trouble.FOLDER_NOT_TRUSTED
    computer.sets(rf"{_POLICY}\Excel\Security\Trusted Locations", AllowNetworkLocations=1)
    assert line_of(computer, "Macro settings").verdict is Verdict.OK


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (_RULES, {CHILD_PROCESS_RULE.upper(): "1"}),
        (_RULES.replace(r"\Policies", ""), {CHILD_PROCESS_RULE: 1}),
        (rf"{_DEFENDER}\Policy Manager", {"ASRRules": f"other=2|{CHILD_PROCESS_RULE}=1"}),
    ],
)
def test_the_rule_against_child_processes_needs_an_agent(
    computer: Pretend, key: str, values: dict[str, object]
) -> None:
    computer.sets(key, **values)
    line = line_of(computer, "Child processes")
    assert (line.verdict, line.trouble) == (Verdict.PROBLEM, Trouble.CHILD_PROCESSES_BLOCKED)
    computer.agent_version = "0.1.0"
    assert line_of(computer, "Child processes").verdict is Verdict.OK


@pytest.mark.parametrize(
    ("state", "verdict"),
    [("0", Verdict.OK), ("2", Verdict.NOTE), ("5", Verdict.OK), ("6", Verdict.WARNING),
     ("?", Verdict.OK)],
)  # fmt: skip
def test_the_rule_in_its_other_states(computer: Pretend, state: str, verdict: Verdict) -> None:
    computer.sets(_RULES, **{CHILD_PROCESS_RULE: state})
    assert line_of(computer, "Child processes").verdict is verdict
