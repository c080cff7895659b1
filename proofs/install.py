"""Conditions of a Windows computer, and what installation and doctor make of each.

`python -m proofs.install` plays every condition on a pretended computer, through the commands as
they are typed: install, then doctor, then uninstall. It exits non-zero where a command says
anything else than what stands here, where a refusal changes a file, or where uninstalling does not
leave the profile as it was.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from unittest.mock import patch

from click.testing import CliRunner

from ar_xl import __version__
from ar_xl.addin.machine import OpenExcel, Reply
from ar_xl.addin.programs import Bitness
from ar_xl.app.commands import addin_doctor, addin_install
from ar_xl.cli import main as program
from tests.addin.pretend import X64, X86, XLWINGS, Pretend
from tests.addin.pretend import program as program_for

_SECURITY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
_RULES = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
)
_RULE = {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": "1"}
_STORE = r"C:\Program Files\WindowsApps"


@dataclass(frozen=True)
class Condition:
    """A computer that is not as it should be.

    Args:
        name: in words.
        makes: makes the computer so, before the installation.
        installs: "" where the installation goes through, else the code it is refused with.
        finds: the codes that the doctor names, in its order.
        later: makes the computer so only after the installation.
        user: the name of the user.
        options: of the installation.
    """

    name: str
    makes: Callable[[Pretend], object] = lambda _: None
    installs: str = ""
    finds: tuple[str, ...] = ()
    later: Callable[[Pretend], object] = lambda _: None
    user: str = "Anna"
    options: tuple[str, ...] = ()


def _library(bits: int) -> PureWindowsPath:
    return PureWindowsPath(rf"C:\Users\Anna\ar_xl-env\xlwings{bits}-{XLWINGS}.dll")


def _second_office(computer: Pretend) -> None:
    folder = r"C:\Program Files (x86)\Microsoft Office\Office15"
    computer.put(PureWindowsPath(folder) / "EXCEL.EXE", program_for(X86))
    key = r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Office\15.0\Excel\InstallRoot"
    computer.sets(key, Path=folder)


def _old_excel(computer: Pretend) -> None:
    computer.uninstalls_excel()
    _second_office(computer)


def _closed_start_folder(computer: Pretend) -> None:
    computer.file(computer.addin.parent).mkdir()
    computer.closed.add(str(computer.file(computer.addin.parent)))


def _moved_on(computer: Pretend) -> None:
    computer.python_is(xlwings="9.9.9")
    computer.put(PureWindowsPath(r"C:\Users\Anna\ar_xl-env\xlwings64-9.9.9.dll"), program_for(X64))


def _marked(computer: Pretend) -> None:
    computer.put(computer.addin.with_name("ar_xl.xlam:Zone.Identifier"), b"ZoneId=3")


def _disabled(computer: Pretend) -> None:
    key = r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
    computer.sets(key, A1=b"\0" * 12 + str(computer.addin).lower().encode("utf-16-le"))


def _no_short_names(computer: Pretend) -> None:
    computer.short_names = False


def _silent(computer: Pretend) -> None:
    computer.server = Reply("", "no answer")


def _open(computer: Pretend) -> None:
    computer.excel = OpenExcel("", has_addin=True)


def _running(computer: Pretend) -> None:
    computer.excel = OpenExcel("", has_addin=False)


def _held(computer: Pretend) -> None:
    computer.held.add(str(computer.file(computer.addin)))


def _elevated(computer: Pretend) -> None:
    computer.elevated = True


def _on_network(computer: Pretend) -> None:
    computer.variables["APPDATA"] = r"\\server\profiles$\Anna"


def _without_profile(computer: Pretend) -> None:
    computer.variables["APPDATA"] = ""


_ALIAS = PureWindowsPath(r"C:\Users\Anna\AppData\Local\Microsoft\WindowsApps\python.exe")
_IN_ONEDRIVE = PureWindowsPath(r"C:\Users\Anna\OneDrive - Firm\env\Scripts\python.exe")
_COPY = PureWindowsPath(r"C:\Users\Anna\AppData\Roaming\Microsoft\Excel\XLSTART\ar_xl (1).xlam")


def _in_onedrive(computer: Pretend) -> None:
    computer.python_is(program=_IN_ONEDRIVE)
    computer.put(_IN_ONEDRIVE.parent.parent / f"xlwings64-{XLWINGS}.dll", program_for(X64))


CONDITIONS = (
    Condition("all as it should be"),
    Condition("with an agent", options=("--agent",)),
    Condition("Excel open, without the add-in", _running),
    Condition("start folder that Excel never made"),
    Condition("Excel of 32 bits", lambda c: c.installs_excel(Bitness.X86)),
    Condition("Excel for ARM", lambda c: c.installs_excel(Bitness.ARM64)),
    Condition("Excel twice, of both bitnesses", _second_office),
    Condition("no Excel", lambda c: c.uninstalls_excel(), finds=("no_excel",)),
    Condition("Excel 2013 alone", _old_excel, finds=("excel_too_old",)),
    Condition("Store Excel", lambda c: c.installs_excel(folder=rf"{_STORE}\Office16"),
              finds=("store_excel",)),
    Condition("Store Python", lambda c: c.python_is(base=PureWindowsPath(_STORE + r"\Python")),
              "store_python", ("store_python", "addin_missing")),
    Condition("Store Python by its alias", lambda c: c.python_is(program=_ALIAS),
              "store_python", ("store_python", "addin_missing", "library_missing")),
    Condition("packages of one user only",
              lambda c: c.python_is(home=c.python.user_packages),
              "packages_for_user_only", ("packages_for_user_only", "addin_missing")),
    Condition("pywin32 missing", lambda c: c.python_is(has_pywin32=False),
              "pywin32_missing", ("pywin32_missing", "addin_missing")),
    Condition("Python in OneDrive", _in_onedrive, finds=("python_in_onedrive",)),
    Condition("user José", user="José"),
    Condition("user 王芳, no short names", _no_short_names, "python_name_not_plain",
              ("python_name_not_plain", "addin_missing"), user="王芳"),
    Condition("library missing", lambda c: c.file(_library(64)).unlink(), "library_missing",
              ("addin_missing", "library_missing")),
    Condition("library of the wrong bitness", lambda c: c.put(_library(64), program_for(X86)),
              "library_wrong", ("addin_missing", "library_wrong")),
    Condition("start folder closed to us", _closed_start_folder, "folder_not_writable",
              ("addin_missing",)),
    Condition("no profile folder", _without_profile, "no_profile_folder", ("no_profile_folder",)),
    Condition("profile on the network", _on_network, finds=("folder_not_trusted",)),
    Condition("a stranger's ar_xl.xlam", lambda c: c.put(c.addin, b"mine"), "not_the_addin",
              ("not_the_addin",)),
    Condition("run as administrator", _elevated, finds=("runs_as_administrator",)),
    Condition("Excel has the add-in open", _open, "addin_open_in_excel", ("addin_missing",)),
    Condition("some Excel holds the file", later=_held),
    Condition("second copy", lambda c: c.put(_COPY), finds=("several_copies",)),
    Condition("marked as from the internet", later=_marked, finds=("addin_blocked",)),
    Condition("switched off by Excel", later=_disabled, finds=("addin_disabled",)),
    Condition("changed by one byte",
              later=lambda c: c.put(c.addin, c.file(c.addin).read_bytes() + b"\0"),
              finds=("addin_changed",)),
    Condition("deleted since", later=lambda c: c.file(c.addin).unlink(),
              finds=("addin_missing",)),
    Condition("xlwings moved on", later=_moved_on, finds=("addin_of_another_version",)),
    Condition("only signed add-ins", lambda c: c.sets(_SECURITY, RequireAddinSig=1),
              finds=("signature_required",)),
    Condition("no add-ins", lambda c: c.sets(_SECURITY, DisableAllAddins=1),
              finds=("addins_off",)),
    Condition("no macros", lambda c: c.sets(_SECURITY.replace(r"Excel\Security", "Common"),
              VBAOff=1), finds=("macros_off",)),
    Condition("server silent", _silent, finds=("server_silent",)),
    Condition("child-process rule", lambda c: c.sets(_RULES, **_RULE),
              finds=("child_processes_blocked",)),
    Condition("child-process rule, with an agent", lambda c: c.sets(_RULES, **_RULE),
              options=("--agent",)),
)  # fmt: skip


def _called(computer: Pretend, *words: str) -> dict[str, object]:
    with (
        patch.object(addin_install, "this_machine", lambda: computer),
        patch.object(addin_doctor, "this_machine", lambda: computer),
    ):
        result = CliRunner().invoke(program, [*words, "--json"])
    found: dict[str, object] = json.loads(result.stdout)
    return found


def _codes(answer: dict[str, object], key: str, name: str = "code") -> tuple[str, ...]:
    listed = answer.get(key)
    assert isinstance(listed, list)
    return tuple(each[name] for each in listed if each[name])


def played(condition: Condition, folder: Path) -> tuple[str, tuple[str, ...], list[str]]:
    """Play one condition.

    Returns:
        The code that the installation was refused with, those that the doctor named, and what
        should not have been.
    """
    computer = Pretend(folder, condition.user)
    computer.python_is(ar_xl=__version__)
    computer.server = Reply(__version__)
    condition.makes(computer)
    wrong: list[str] = []
    before = computer.everything()
    refused = _codes(_called(computer, "addin", "install", *condition.options), "findings")
    if refused and computer.everything() != before:
        wrong.append("a refusal changed files")
    if not refused:
        condition.later(computer)
    looked = computer.everything()
    doctor = _called(computer, "addin", "doctor")
    found = _codes(doctor, "checks" if "checks" in doctor else "findings")
    if computer.everything() != looked:
        wrong.append("the doctor changed files")
    computer.excel, computer.held = None, set()
    _called(computer, "addin", "uninstall")
    left = computer.everything() - before
    if left:
        wrong.append(f"uninstalling left {sorted(left)}")
    return "".join(refused), found, wrong


def main() -> int:
    """Play every condition and print one line each."""
    failures = 0
    print(f"{'condition':36}{'install':26}doctor")
    for condition in CONDITIONS:
        with tempfile.TemporaryDirectory() as folder:
            refused, found, wrong = played(condition, Path(folder))
        if (refused, found) != (condition.installs, condition.finds):
            wrong.append(f"expected {condition.installs or 'installed'}, {condition.finds}")
        verdict = refused or "installed"
        print(f"{condition.name:36}{verdict:26}{', '.join(found) or 'all is well'}")
        for each in wrong:
            print(f"    WRONG: {each}")
        failures += bool(wrong)
    print(f"{len(CONDITIONS)} conditions, {failures} wrong.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
