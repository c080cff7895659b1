"""Where the add-in, the record of its installation and the agent's entry stand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from ar_xl.addin.identity import (
    AGENT_CLSID,
    AGENT_LINK,
    FILE_NAME,
    RECORD_FILE,
    STATE_FOLDER,
)  # fmt: skip
from ar_xl.addin.machine import Machine, OpenExcel, registry_text
from ar_xl.addin.trouble import Cannot, Trouble

_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


def profile(machine: Machine, variable: str) -> PurePath:
    """A folder of the user's profile: `APPDATA` or `LOCALAPPDATA`.

    Raises:
        Cannot: Windows does not name it.
    """
    text = machine.variable(variable)
    if not text:
        raise Cannot(Trouble.NO_PROFILE_FOLDER, f"Windows names no folder %{variable}%.")
    return machine.place(text)


def default_startup(machine: Machine) -> PurePath:
    """The folder whose files Excel opens when it starts, unless Excel says otherwise."""
    return profile(machine, "APPDATA") / "Microsoft" / "Excel" / "XLSTART"


def startup(machine: Machine, excel: OpenExcel | None) -> PurePath:
    """The folder whose files Excel opens when it starts: an Excel that runs knows best."""
    if excel and excel.startup:
        return machine.place(excel.startup.rstrip("\\"))
    return default_startup(machine)


def addin_file(machine: Machine, excel: OpenExcel | None) -> PurePath:
    """Where the add-in stands once it is installed."""
    return startup(machine, excel) / FILE_NAME


def open_in_excel() -> Cannot:
    """The refusal where Excel itself says that it has the add-in open."""
    return Cannot(Trouble.ADDIN_OPEN_IN_EXCEL, "Excel is running and has the add-in open.")


def held(addin: PurePath) -> Cannot:
    """The refusal where Windows does not let go of the file."""
    seen = f"Windows holds {addin}: some Excel has it open, or it is write-protected."
    return Cannot(Trouble.ADDIN_OPEN_IN_EXCEL, seen)


def waiting_addin(addin: PurePath) -> PurePath:
    """Where an add-in stands until it is written: on the same disk, but where Excel does not look.

    Excel opens every file of its start folder, also one that an installation left half written.
    """
    return addin.parent.parent / f"{addin.name}.new"


def addins_folder(machine: Machine) -> PurePath:
    """Where Excel keeps add-ins that are ticked in its list."""
    return profile(machine, "APPDATA") / "Microsoft" / "AddIns"


def record_file(machine: Machine) -> PurePath:
    """Where it is written what was installed."""
    return profile(machine, "LOCALAPPDATA") / STATE_FOLDER / RECORD_FILE


def agent_link(machine: Machine) -> PurePath:
    """The agent's entry in the folder of programs that start with the log-on."""
    text = registry_text(machine, _SHELL_FOLDERS, "Startup")
    usual = ("Microsoft", "Windows", "Start Menu", "Programs", "Startup")
    folder = machine.place(text) if text else profile(machine, "APPDATA").joinpath(*usual)
    return folder / AGENT_LINK


def windowless_python(machine: Machine) -> PurePath:
    """The Python that shows no window: `pythonw.exe` where it stands beside ours."""
    program = machine.python.program
    quiet = program.with_name("pythonw.exe")
    return quiet if machine.file(quiet).is_file() else program


def plain_python(machine: Machine) -> PurePath:
    """The same, in letters that every part of Excel's way to Python can pass on.

    Raises:
        Cannot: the path has other letters, and the disk keeps no short names.
    """
    program = windowless_python(machine)
    if str(program).isascii():
        return program
    short = machine.short_name(program)
    if not str(short).isascii():
        raise Cannot(Trouble.PYTHON_NAME_NOT_PLAIN, f"Python stands in {program.parent}.")
    return short


def settings(machine: Machine, python: str | None = None) -> Mapping[str, str]:
    """The settings of the add-in for this computer.

    Args:
        machine: the computer.
        python: the interpreter on the computer that the add-in is for, where it is another.

    Raises:
        Cannot: the path of Python cannot be passed on.
    """
    return {
        "python": str(plain_python(machine)) if python is None else python,
        "ar_xl": machine.python.ar_xl,
        "xlwings": machine.python.xlwings,
        "agent": AGENT_CLSID,
    }


def server_command(python: str, class_id: str) -> tuple[str, ...]:
    """How a server is started: isolated from variables, folders and packages of the user."""
    return (python, "-I", "-B", "-m", "ar_xl.server", class_id)


def library_places(machine: Machine, python: PurePath, bits: int) -> tuple[PurePath, ...]:
    """Where the add-in looks for xlwings' library: beside Python, and one folder up."""
    name = f"xlwings{bits}-{machine.python.xlwings}.dll"
    return (python.parent / name, python.parent.parent / name)
