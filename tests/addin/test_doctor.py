"""What the doctor says of a Windows computer, one condition after the other."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest

from ar_xl.addin import places
from ar_xl.addin.doctor import examine
from ar_xl.addin.elsewhere import Elsewhere
from ar_xl.addin.install import decide, install
from ar_xl.addin.machine import OpenExcel, Reply
from ar_xl.addin.programs import Bitness
from ar_xl.addin.trouble import Trouble, Verdict
from tests.addin.examined import line_of, troubles_of
from tests.addin.pretend import OFFICE, X64, X86, XLWINGS, Pretend, build, program

_CHOICE = r"HKCU\Software\Microsoft\Office\16.0"


def test_all_is_well_after_an_installation(computer: Pretend) -> None:
    assert troubles_of(computer) == []
    assert {line.verdict for line in examine(computer, build)} == {Verdict.OK, Verdict.NOTE}


def test_each_check_has_one_line_and_one_sentence(computer: Pretend) -> None:
    lines = examine(computer, build)
    assert len({line.name for line in lines}) == len(lines)
    assert all(line.seen.endswith(".") and "\n" not in line.seen for line in lines)


def test_the_doctor_changes_nothing(computer: Pretend) -> None:
    before = computer.everything()
    examine(computer, build)
    assert computer.everything() == before


def test_no_excel_is_a_problem(computer: Pretend) -> None:
    computer.uninstalls_excel()
    assert line_of(computer, "Excel").trouble is Trouble.NO_EXCEL


def test_excel_of_32_bits_is_named_and_its_library_looked_at(computer: Pretend) -> None:
    computer.installs_excel(Bitness.X86)
    assert "32-bit" in line_of(computer, "Excel").seen
    assert f"xlwings32-{XLWINGS}.dll" in line_of(computer, "Library").seen


def test_excel_on_arm_takes_the_library_of_64_bits(computer: Pretend) -> None:
    computer.installs_excel(Bitness.ARM64)
    assert "64-bit ARM" in line_of(computer, "Excel").seen
    assert f"xlwings64-{XLWINGS}.dll" in line_of(computer, "Library").seen


def test_every_excel_of_several_is_named(computer: Pretend) -> None:
    folder = r"C:\Program Files (x86)\Microsoft Office\Office15"
    computer.put(PureWindowsPath(folder) / "EXCEL.EXE", program(X86))
    key = r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Office\15.0\Excel\InstallRoot"
    computer.sets(key, Path=folder + "\\")
    seen = line_of(computer, "Excel").seen
    assert "16.0.17928.20114, 64-bit" in seen
    assert "15.0, 32-bit" in seen
    assert "xlwings32" in line_of(computer, "Library").seen


def test_an_excel_before_2016_is_warned_of(computer: Pretend) -> None:
    computer.uninstalls_excel()
    folder = r"C:\Program Files\Microsoft Office\Office15"
    computer.put(PureWindowsPath(folder) / "EXCEL.EXE", program(X64))
    computer.sets(r"HKLM\SOFTWARE\Microsoft\Office\15.0\Excel\InstallRoot", Path=folder)
    line = line_of(computer, "Excel")
    assert (line.verdict, line.trouble) == (Verdict.WARNING, Trouble.EXCEL_TOO_OLD)


def test_store_excel_is_warned_of(computer: Pretend) -> None:
    computer.installs_excel(
        folder=r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop\Office16"
    )
    line = line_of(computer, "Excel")
    assert (line.verdict, line.trouble) == (Verdict.WARNING, Trouble.STORE_EXCEL)


def test_store_excel_is_found_by_its_folder_alone(computer: Pretend) -> None:
    computer.uninstalls_excel()
    package = "Packages/Microsoft.Office.Desktop_8wekyb3d8bbwe/settings.dat"
    computer.put(PureWindowsPath(computer.variables["LOCALAPPDATA"]) / package)
    assert line_of(computer, "Excel").trouble is Trouble.STORE_EXCEL


def test_a_missing_add_in(computer: Pretend) -> None:
    computer.file(computer.addin).unlink()
    assert line_of(computer, "Add-in").trouble is Trouble.ADDIN_MISSING


def test_an_add_in_that_cannot_be_read(computer: Pretend) -> None:
    computer.unreadable.add(str(computer.file(computer.addin)))
    assert line_of(computer, "Add-in").trouble is Trouble.ADDIN_UNREADABLE


def test_on_a_mac_the_doctor_says_what_works_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    lines = examine(Elsewhere(), build)
    assert "on a Mac" in " ".join(line.seen for line in lines)
    assert not any(line.trouble for line in lines)


def test_a_file_that_is_no_add_in(computer: Pretend) -> None:
    computer.put(computer.addin, b"PK nothing")
    assert line_of(computer, "Add-in").trouble is Trouble.NOT_THE_ADDIN


@pytest.mark.parametrize("what", ["ar_xl", "xlwings"])
def test_a_version_that_has_moved_on_since(computer: Pretend, what: str) -> None:
    computer.python_is(**{what: "9.9.9"})
    line = line_of(computer, "Add-in")
    assert line.trouble is Trouble.ADDIN_OF_ANOTHER_VERSION
    assert line.seen.endswith(f"here is {what} 9.9.9.")


def test_a_python_that_is_gone(computer: Pretend) -> None:
    computer.file(computer.python.program.with_name("pythonw.exe")).unlink()
    assert line_of(computer, "Add-in").trouble is Trouble.PYTHON_MOVED


def test_an_add_in_for_another_python_is_warned_of(computer: Pretend) -> None:
    computer.python_is(program=PureWindowsPath(r"C:\Other\Scripts\python.exe"))
    line = line_of(computer, "Add-in")
    assert (line.verdict, line.trouble) == (Verdict.WARNING, Trouble.ADDIN_FOR_ANOTHER_PYTHON)


def test_one_byte_that_differs_is_seen(computer: Pretend) -> None:
    path = computer.file(computer.addin)
    content = path.read_bytes()
    assert b"<customUI/>" in content
    computer.put(computer.addin, content + b"\0")
    assert line_of(computer, "Add-in").trouble is Trouble.ADDIN_CHANGED


@pytest.mark.parametrize(
    "place",
    [
        rf"{OFFICE}\XLSTART\ar_xl.xlam",
        r"C:\Users\Anna\AppData\Roaming\Microsoft\Excel\XLSTART\ar_xl (1).xlam",
        r"C:\Users\Anna\AppData\Roaming\Microsoft\Excel\XLSTART\AR_XL - Copy.xlam",
        r"D:\Startup\ar_xl.xlam",
    ],
)
def test_a_second_copy_that_excel_opens_too(computer: Pretend, place: str) -> None:
    computer.sets(rf"{_CHOICE}\Excel\Options", AltStartup=r"D:\Startup")
    computer.put(PureWindowsPath(place))
    line = line_of(computer, "Copies")
    assert line.trouble is Trouble.SEVERAL_COPIES
    assert place in line.seen


@pytest.mark.parametrize(
    "entry", [r'/R "C:\Users\Anna\AppData\Roaming\Microsoft\AddIns\ar_xl.xlam"', '"ar_xl.xlam"']
)
def test_a_second_copy_that_is_ticked_in_excels_list(computer: Pretend, entry: str) -> None:
    computer.sets(rf"{_CHOICE}\Excel\Options", OPEN="/F SOLVER.XLAM", OPEN1=entry)
    computer.put(PureWindowsPath(r"C:\Users\Anna\AppData\Roaming\Microsoft\AddIns\ar_xl.xlam"))
    assert line_of(computer, "Copies").trouble is Trouble.SEVERAL_COPIES


def test_a_ticked_entry_whose_file_is_gone_or_is_ours_is_no_copy(computer: Pretend) -> None:
    computer.sets(rf"{_CHOICE}\Excel\Options", OPEN=r"C:\gone\ar_xl.xlam",
                  OPEN1=f'/R "{computer.addin}"')  # fmt: skip
    assert line_of(computer, "Copies").verdict is Verdict.OK


@pytest.mark.parametrize(("zone", "blocked"), [(1, False), (2, False), (3, True), (4, True)])
def test_a_file_marked_as_from_the_internet(computer: Pretend, zone: int, blocked: bool) -> None:
    mark = computer.addin.with_name("ar_xl.xlam:Zone.Identifier")
    computer.put(mark, f"[ZoneTransfer]\r\nZoneId={zone}\r\nHostUrl=about:internet\r\n".encode())
    assert (line_of(computer, "Blocked mark").trouble is Trouble.ADDIN_BLOCKED) == blocked


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_an_add_in_that_excel_has_switched_off(computer: Pretend, encoding: str) -> None:
    words = str(computer.addin).lower().encode(encoding) + b"\0\0"
    computer.sets(rf"{_CHOICE}\Excel\Resiliency\DisabledItems", E1A2=b"\1" + b"\0" * 11 + words)
    assert line_of(computer, "Disabled items").trouble is Trouble.ADDIN_DISABLED


def test_another_file_that_excel_has_switched_off_does_not_matter(computer: Pretend) -> None:
    words = r"c:\x\other.xlam".encode("utf-16-le")
    computer.sets(rf"{_CHOICE}\Excel\Resiliency\DisabledItems", E1A2=b"\0" * 12 + words)
    assert line_of(computer, "Disabled items").verdict is Verdict.OK


def test_a_missing_library(computer: Pretend) -> None:
    computer.file(computer.home / f"ar_xl-env/xlwings64-{XLWINGS}.dll").unlink()
    assert line_of(computer, "Library").trouble is Trouble.LIBRARY_MISSING


def test_a_library_of_the_wrong_bitness(computer: Pretend) -> None:
    computer.put(computer.home / f"ar_xl-env/xlwings64-{XLWINGS}.dll", program(X86))
    assert line_of(computer, "Library").trouble is Trouble.LIBRARY_WRONG


def test_a_library_that_does_not_load(computer: Pretend) -> None:
    computer.load_problem = "The specified module could not be found"
    line = line_of(computer, "Library")
    assert line.trouble is Trouble.LIBRARY_DOES_NOT_LOAD
    assert line.seen.endswith("does not load: The specified module could not be found.")


def test_a_library_beside_python_will_do(computer: Pretend) -> None:
    computer.file(computer.home / f"ar_xl-env/xlwings64-{XLWINGS}.dll").unlink()
    computer.put(computer.home / f"ar_xl-env/Scripts/xlwings64-{XLWINGS}.dll", program(X64))
    assert line_of(computer, "Library").verdict is Verdict.OK


def test_a_server_that_stays_silent(computer: Pretend) -> None:
    computer.server = Reply("", "No module named ar_xl")
    line = line_of(computer, "Server")
    assert line.trouble is Trouble.SERVER_SILENT
    assert "No module named ar_xl." in line.seen


def test_a_server_that_answers_says_how_long_it_took(computer: Pretend) -> None:
    assert (
        line_of(computer, "Server").seen == "starts, and answers as ar_xl 0.1.0 after 1.4 seconds."
    )


def test_a_server_of_another_version(computer: Pretend) -> None:
    computer.server = Reply("0.0.9")
    assert line_of(computer, "Server").trouble is Trouble.SERVER_OF_ANOTHER_VERSION


def test_no_agent_is_needed(computer: Pretend) -> None:
    assert line_of(computer, "Agent").verdict is Verdict.NOTE


def test_an_agent_that_is_set_up_and_answers(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=True))
    computer.agent_version = "0.1.0"
    assert (
        line_of(computer, "Agent").seen == "answers as ar_xl 0.1.0, and starts with every log-on."
    )


def test_an_agent_that_was_started_by_hand(computer: Pretend) -> None:
    computer.agent_version = "0.1.0"
    assert line_of(computer, "Agent").verdict is Verdict.OK


def test_an_agent_that_is_set_up_and_does_not_run(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=True))
    line = line_of(computer, "Agent")
    assert (line.verdict, line.trouble) == (Verdict.WARNING, Trouble.AGENT_NOT_RUNNING)


def test_an_agent_of_before_the_upgrade(computer: Pretend) -> None:
    computer.agent_version = "0.0.9"
    assert line_of(computer, "Agent").trouble is Trouble.AGENT_OF_ANOTHER_VERSION


def test_an_entry_that_windows_gives_back_by_its_long_name_is_the_same(tmp_path: Path) -> None:
    computer = Pretend(tmp_path, "José")
    install(computer, build, decide(computer, agent=True))
    place = places.agent_link(computer)
    link = computer.reads_link(place)
    assert link is not None
    assert link.program.isascii()
    long = str(computer.python.program.with_name("pythonw.exe"))
    computer.writes_link(place, replace(link, program=long))
    computer.agent_version = "0.1.0"
    assert line_of(computer, "Agent").verdict is Verdict.OK


@pytest.mark.parametrize("content", [b"damaged", b'{"program": "C:\\\\old\\\\pythonw.exe", '
                         b'"arguments": "", "folder": "", "words": ""}'])  # fmt: skip
def test_an_entry_that_starts_something_else(computer: Pretend, content: bytes) -> None:
    computer.put(places.agent_link(computer), content)
    assert line_of(computer, "Agent").trouble is Trouble.AGENT_ENTRY_STALE


@pytest.mark.parametrize(
    ("folder", "trouble"),
    [
        (r"C:\Users\Anna\OneDrive - Firm\env\Scripts", Trouble.PYTHON_IN_ONEDRIVE),
        (r"\\server\tools\env\Scripts", Trouble.PYTHON_ON_NETWORK),
    ],
)
def test_a_python_in_a_place_that_may_go_away(
    computer: Pretend, folder: str, trouble: Trouble
) -> None:
    computer.python_is(program=PureWindowsPath(folder) / "python.exe")
    line = line_of(computer, "Path of Python")
    assert (line.verdict, line.trouble) == (Verdict.WARNING, trouble)


def test_rights_of_an_administrator_are_warned_of(computer: Pretend) -> None:
    computer.elevated = True
    assert line_of(computer, "Rights").trouble is Trouble.RUNS_AS_ADMINISTRATOR


@pytest.mark.parametrize(
    ("excel", "seen"),
    [
        (None, "does not run."),
        (OpenExcel("", has_addin=True), "runs, with the add-in open."),
        (OpenExcel("", has_addin=False), "runs without the add-in, or is busy; "
         "the add-in opens when Excel starts."),
    ],
)  # fmt: skip
def test_whether_excel_runs_now(computer: Pretend, excel: OpenExcel | None, seen: str) -> None:
    computer.excel = excel
    assert line_of(computer, "Excel now").seen == seen
