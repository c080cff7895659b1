"""Every Excel on a Windows computer, from the places where its installers write themselves down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from ar_xl.addin.machine import Machine, registry_text
from ar_xl.addin.programs import Bitness, bitness

OFFICE_VERSIONS = ("16.0", "15.0", "14.0")  # 2016 and later, 2013, 2010
_APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_STORE_PACKAGE = "Microsoft.Office.Desktop_8wekyb3d8bbwe"


@dataclass(frozen=True)
class Excel:
    """One installed Excel.

    Args:
        program: `EXCEL.EXE`.
        version: `16.0.17928.20114`, or as much of it as is known.
        bitness: of the program.
        from_store: it came from the Microsoft Store, which keeps it apart from other programs.
    """

    program: PurePath
    version: str
    bitness: Bitness
    from_store: bool


def installed_excels(machine: Machine) -> tuple[Excel, ...]:
    """Every Excel whose program is there, the one that opens workbooks first."""
    found: dict[str, Excel] = {}
    for text, stated in _candidates(machine):
        program = machine.place(text.strip('"'))
        key = str(program).casefold()
        if key in found or not _is_there(machine, program):
            continue
        version = machine.version_of(program) or stated
        store = "\\windowsapps\\" in key
        found[key] = Excel(program, version, bitness(machine.file(program)), store)
    store_folder = machine.place(machine.variable("LOCALAPPDATA")) / "Packages" / _STORE_PACKAGE
    if not found and machine.file(store_folder).is_dir():
        found["store"] = Excel(store_folder, "", Bitness.UNKNOWN, from_store=True)
    return tuple(found.values())


def _is_there(machine: Machine, program: PurePath) -> bool:
    try:
        return machine.file(program).is_file()
    except OSError:  # the folder of Store programs lets nobody look
        return True


def _candidates(machine: Machine) -> list[tuple[str, str]]:
    """Paths of EXCEL.EXE that installers wrote down, each with the version they state."""
    click_to_run = registry_text(machine, _CLICK_TO_RUN, "VersionToReport")
    found = [
        (registry_text(machine, rf"{root}\{_APP_PATHS}", ""), click_to_run)
        for root in ("HKCU", "HKLM")
    ]
    for version in OFFICE_VERSIONS:
        for software in (r"HKLM\SOFTWARE", r"HKLM\SOFTWARE\WOW6432Node"):
            key = rf"{software}\Microsoft\Office\{version}\Excel\InstallRoot"
            folder = registry_text(machine, key, "Path")
            if folder:
                found.append((folder.rstrip("\\") + "\\EXCEL.EXE", version))
    return [(path, version) for path, version in found if path]
