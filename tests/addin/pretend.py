"""A Windows computer played in a temporary folder: disks, registry, Excel, Python, servers."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any

from ar_xl.addin import package
from ar_xl.addin.identity import AGENT_CLSID, FILE_NAME
from ar_xl.addin.machine import Link, MachineError, OpenExcel, Python, Reply, System
from ar_xl.addin.programs import Bitness

AR_XL, XLWINGS = "0.1.0", "0.37.8"
OFFICE = r"C:\Program Files\Microsoft Office\root\Office16"
X86, X64, ARM = 0x014C, 0x8664, 0xAA64
_BITS = {Bitness.X86: X86, Bitness.X64: X64, Bitness.ARM64: ARM}
_APP_PATHS = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"


def build(settings: Mapping[str, str]) -> bytes:
    """A file with the settings of an add-in in it, and no macros to speak of."""
    return package.write(b"macros", "<customUI/>", settings, package.Make.ADDIN)


def program(made_for: int) -> bytes:
    """The beginning of a program for Windows."""
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80)
    return head.ljust(0x80, b"\0") + b"PE\0\0" + struct.pack("<H", made_for)


class PowerCut(BaseException):
    """The computer goes off: nothing more is done, nothing is tidied up."""


class Pretend:
    """A Windows computer; everything is as it should be until a test says otherwise."""

    def __init__(self, root: Path, user: str = "Anna") -> None:
        self.root = root
        self.home = PureWindowsPath(r"C:\Users") / user
        self.held: set[str] = set()  # files that a program has open
        self.unreadable: set[str] = set()  # files that another program lets nobody read
        self.full: set[str] = set()  # files for which the disk has no room
        self.closed: set[str] = set()  # folders that nothing can be written into
        self.registry: dict[str, dict[str, object]] = {}
        self.variables = {
            "APPDATA": str(self.home / r"AppData\Roaming"),
            "LOCALAPPDATA": str(self.home / r"AppData\Local"),
        }
        self.excel: OpenExcel | None = None
        self.elevated = False
        self.short_names = True
        self.load_problem = ""
        self.link_problem = ""
        self.start_problem = ""
        self.server = Reply(AR_XL, seconds=1.44)  # what a server says that we start
        self.agent_version = ""  # of the agent that runs
        self.steps = 0  # how often a file or folder was written, moved or deleted
        self.cut_off_at = 0  # the step at which the power goes; 0 never
        self.started: list[tuple[str, ...]] = []
        self._file = _files(self)
        environment = self.home / "ar_xl-env"
        self._python = Python(
            program=environment / r"Scripts\python.exe",
            base=PureWindowsPath(r"C:\Python311"),
            version="3.11.9", bits=64, ar_xl=AR_XL, xlwings=XLWINGS,
            home=environment / r"Lib\site-packages",
            user_packages=self.home / r"AppData\Roaming\Python\Python311\site-packages",
            has_pywin32=True,
        )  # fmt: skip
        self.put(self._python.program, program(X64))
        self.put(self._python.program.with_name("pythonw.exe"), program(X64))
        self.put(environment / f"xlwings64-{XLWINGS}.dll", program(X64))
        self.put(environment / f"xlwings32-{XLWINGS}.dll", program(X86))
        roaming, local = (PureWindowsPath(text) for text in self.variables.values())
        for folder in (roaming / r"Microsoft\Excel", local, self.startup_entries):
            self.file(folder).mkdir(parents=True)
        self.installs_excel()

    # What tests say of it.

    def put(self, place: PurePath, content: bytes = b"") -> None:
        """A file is there."""
        path = self.file(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def installs_excel(self, bits: Bitness = Bitness.X64, folder: str = OFFICE) -> None:
        """An Excel is there, and Windows knows where."""
        place = PureWindowsPath(folder) / "EXCEL.EXE"
        self.put(place, program(_BITS[bits]))
        self.registry[_APP_PATHS] = {"": str(place)}

    def uninstalls_excel(self) -> None:
        """No Excel any more."""
        self.file(PureWindowsPath(OFFICE) / "EXCEL.EXE").unlink()

    def sets(self, key: str, **values: object) -> None:
        """Values of the registry."""
        self.registry.setdefault(key, {}).update(values)

    def python_is(self, **changes: Any) -> None:
        """Another Python than the usual one."""
        self._python = replace(self._python, **changes)
        self.put(self._python.program, program(X64))

    @property
    def addin(self) -> PureWindowsPath:
        """Where the add-in belongs."""
        return PureWindowsPath(self.variables["APPDATA"], r"Microsoft\Excel\XLSTART", FILE_NAME)

    @property
    def startup_entries(self) -> PureWindowsPath:
        """The folder of programs that start with the log-on."""
        within = r"Microsoft\Windows\Start Menu\Programs\Startup"
        return PureWindowsPath(self.variables["APPDATA"], within)

    def everything(self) -> set[str]:
        """Every file and folder of the user's profile, but those of the environment."""
        found = {str(each.relative_to(self.root)) for each in self.root.rglob("*")}
        return {each for each in found if "AppData" in each}

    # What the product asks of it.

    @property
    def system(self) -> System:
        return System.WINDOWS

    @property
    def python(self) -> Python:
        return self._python

    def place(self, text: str) -> PurePath:
        return PureWindowsPath(text)

    def file(self, place: PurePath) -> Path:
        drive = place.drive.replace(":", "").strip("\\").replace("\\", "/")
        (self.root / drive).mkdir(parents=True, exist_ok=True)  # drives and shares are there
        made: Path = self._file(self.root, drive, *place.parts[1 if place.drive else 0 :])
        return made

    def variable(self, name: str) -> str:
        return self.variables.get(name, "")

    def values(self, key: str) -> Mapping[str, object]:
        return self.registry.get(key, {})

    def runs_elevated(self) -> bool:
        return self.elevated

    def open_excel(self) -> OpenExcel | None:
        return self.excel

    def version_of(self, program: PurePath) -> str:
        return "16.0.17928.20114" if "Office16" in program.parts else ""

    def short_name(self, place: PurePath) -> PurePath:
        if not self.short_names:
            return place
        parts = [each if each.isascii() else f"USER{n}~1" for n, each in enumerate(place.parts)]
        short = PureWindowsPath(*parts)
        self.put(short, program(X64))  # the same folder by its other name
        for bits, made_for in ((64, X64), (32, X86)):
            self.put(short.parent.parent / f"xlwings{bits}-{XLWINGS}.dll", program(made_for))
        return short

    def loads(self, library: PurePath) -> str:
        return self.load_problem

    def asks(self, class_id: str) -> Reply:
        if class_id == AGENT_CLSID and self.agent_version:
            return Reply(self.agent_version)
        return Reply("", "Class not registered")

    def starts_and_asks(self, command: Sequence[str], class_id: str) -> Reply:
        assert class_id in command
        return self.server

    def awaits(self, class_id: str) -> Reply:
        return self.asks(class_id)

    def starts(self, command: Sequence[str]) -> None:
        if self.start_problem:
            raise MachineError(self.start_problem)
        self.started.append(tuple(command))
        self.agent_version = self.server.version

    def stops_agent(self) -> bool:
        ran, self.agent_version = bool(self.agent_version), ""
        return ran

    def writes_link(self, place: PurePath, link: Link) -> None:
        if self.link_problem:
            raise MachineError(self.link_problem)
        self.file(place).write_text(json.dumps(asdict(link)), encoding="utf-8")

    def reads_link(self, place: PurePath) -> Link | None:
        try:
            return Link(**json.loads(self.file(place).read_text(encoding="utf-8")))
        except ValueError:
            return None


def _unmark(path: Any) -> None:
    """A mark of the internet belongs to the file, and goes with it."""
    Path(f"{path}:Zone.Identifier").unlink(missing_ok=True)


def _files(computer: Pretend) -> Any:
    """Paths that refuse what Windows would refuse."""

    class File(type(Path())):  # type: ignore[misc]  # Path of this system is chosen when run
        def _refuse(self, *places: Path) -> None:
            computer.steps += 1
            if computer.steps == computer.cut_off_at:
                raise PowerCut
            for each in places:
                if str(each) in computer.held or str(each.parent) in computer.closed:
                    raise PermissionError(13, "Access is denied", str(each))

        def open(self, mode: str = "r", *given: Any, **more: Any) -> Any:
            if str(self) in computer.unreadable:
                raise PermissionError(13, "Access is denied", str(self))
            if str(self) in computer.full:
                raise OSError(28, "No space left on device", str(self))
            if set(mode) & set("wax+"):
                if computer.steps + 1 == computer.cut_off_at:
                    super().open(mode, *given, **more).close()  # begun, and nothing in it
                self._refuse(self)
            return super().open(mode, *given, **more)

        def replace(self, target: Any) -> Any:
            self._refuse(self, target)
            _unmark(target)
            return super().replace(target)

        def unlink(self, missing_ok: bool = False) -> None:
            self._refuse(self)
            super().unlink(missing_ok)
            _unmark(self)

        def mkdir(self, *given: Any, **more: Any) -> None:
            self._refuse(self)
            super().mkdir(*given, **more)

    return File
